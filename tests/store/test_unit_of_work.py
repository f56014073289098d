"""One transaction: durable, logged, whole or not at all, one writer after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from judgeapp.store import row_count, tables
from judgeapp.store.engine import sqlite_engine
from judgeapp.store.failures import BrokenRule
from judgeapp.store.store import Store
from tests.refused import refused
from tests.store.filler import AT, fill, rows_in
from tests.store.writer import facts, units_of, write_unit

LOGGED = [table.name for table in tables.APPEND_ONLY]

Opened = Callable[[Path], Store]


def pragma(store: Store, name: str) -> object:
    with store.write(actor="", at=AT) as u:
        return u.connection.execute(text(f"PRAGMA {name}")).scalar()


# --- how the file is written --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 3),  # EXTRA: sqlite.org/pragma.html#pragma_synchronous
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("query_only", 0),
    ],
)
def test_the_file_is_written_durably(store: Store, name: str, value: object) -> None:
    assert pragma(store, name) == value


def test_a_transaction_has_a_journal_that_is_deleted(store: Store, folder: Path) -> None:
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(0, 1))
        assert (folder / "contest.db-journal").exists()
        u.log("test")
        u.commit()
    assert [path.name for path in folder.iterdir()] == ["contest.db"]


def test_every_connection_of_the_pool_is_set_up(store: Store) -> None:
    with store.read() as one, store.read() as other, store.write(actor="", at=AT) as third:
        for u in (one, other, third):
            assert u.connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert u.connection.execute(text("PRAGMA synchronous")).scalar() == 3


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with store.write(actor="", at=AT) as u, pytest.raises(BrokenRule, match="FOREIGN KEY"):
        u.connection.execute(insert(tables.facts), {**facts(0, 1)[0], "contestant_id": "nobody"})


def test_values_never_reach_a_message(store: Store) -> None:
    """They may be names and marks, and messages may be logged."""
    row = {"id": "01", "name": "Lò Thị Bí Mật"}
    with store.write(actor="", at=AT) as u, pytest.raises(BrokenRule) as caught:
        u.connection.execute(insert(tables.contestants), row)
    assert "Mật" not in repr(caught.value)


# --- whole or not at all ------------------------------------------------------------------------


def test_what_is_committed_is_there_for_a_fresh_start(
    store: Store, folder: Path, opened: Opened
) -> None:
    write_unit(store, 0, 3)
    store.close()
    assert units_of(opened(folder)) == {"part 0": 3}


def test_an_exception_takes_everything_back(store: Store) -> None:
    before = rows_in(store)

    def fail() -> None:
        with store.write(actor="", at=AT) as u:
            u.connection.execute(insert(tables.facts), facts(0, 3))
            u.log("test")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows_in(store) == before


def test_a_forgotten_commit_takes_everything_back(store: Store) -> None:
    before = rows_in(store)
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(0, 3))
        u.log("test")
    assert rows_in(store) == before


def test_nothing_is_committed_without_a_line_in_the_log(store: Store) -> None:
    before = rows_in(store)
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(0, 3))
        with pytest.raises(RuntimeError, match="log"):
            u.commit()
    assert rows_in(store) == before


def test_a_unit_is_committed_once(store: Store) -> None:
    with store.write(actor="", at=AT) as u:
        u.log("test")
        u.commit()
        with pytest.raises(RuntimeError, match="once"):
            u.commit()


def test_a_unit_is_over_after_its_block(store: Store) -> None:
    with store.read() as u:
        pass
    with pytest.raises(RuntimeError, match="over"):
        _ = u.connection


def test_the_log_says_who_what_and_when(store: Store) -> None:
    with store.write(actor="chair", at=AT) as u:
        u.log("test.one", count=2, names=["01"])
        u.log("test.two")
        u.commit()
    with store.read() as u:
        lines = [
            (line.actor, line.at, line.action, line.details) for line in u.contest.log_entries()
        ]
    assert lines[-2:] == [
        ("chair", AT, "test.one", {"count": 2, "names": ["01"]}),
        ("chair", AT, "test.two", {}),
    ]


# --- reading ------------------------------------------------------------------------------------


def test_a_reading_unit_cannot_write(store: Store) -> None:
    before = rows_in(store)
    with store.read() as u:
        with pytest.raises(BrokenRule):
            u.connection.execute(insert(tables.facts), facts(0, 1))
        with pytest.raises(RuntimeError):
            u.commit()
    assert rows_in(store) == before


def test_a_reading_unit_sees_one_state(store: Store, folder: Path, opened: Opened) -> None:
    """Its lock keeps the writer from committing; on a server it has a snapshot."""
    engine = sqlite_engine(folder / "contest.db", wait=0.05)
    with store.read() as reading:
        before = reading.connection.execute(select(tables.log)).all()
        with engine.connect().execution_options(writes=True) as writing:
            writing.execute(insert(tables.facts), facts(0, 1))
            with refused("store.busy"):
                writing.commit()
        assert reading.connection.execute(select(tables.log)).all() == before
    engine.dispose()


# --- one writer at a time -----------------------------------------------------------------------


def test_a_second_writer_that_waits_in_vain_is_told(store: Store, folder: Path) -> None:
    engine = sqlite_engine(folder / "contest.db", wait=0.05)
    waiting = engine.connect().execution_options(writes=True)
    with store.write(actor="", at=AT), refused("store.busy") as caught:
        waiting.begin()
    waiting.close()
    assert caught.value.file == str(folder / "contest.db")
    engine.dispose()


def test_writers_wait_for_one_another(store: Store, folder: Path, opened: Opened) -> None:
    """Four at once, each reading the number before it adds the next: no number is given twice."""
    stores = [store, store, opened(folder), opened(folder)]

    def work(own: Store) -> None:
        for _ in range(5):
            with own.write(actor="", at=AT) as u:
                version = u.contest.add_definition({}, reason="test")
                u.log("test", version=version)
                u.commit()

    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(work, stores))
    with store.read() as u:
        assert [row.version for row in u.contest.definitions()] == list(range(1, 21))


# --- rows that are only added -------------------------------------------------------------------


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


def changes(name: str) -> Iterator[str]:
    yield f"UPDATE {name} SET rowid = rowid + 100"
    yield f"DELETE FROM {name}"
    yield f"REPLACE INTO {name} SELECT * FROM {name}"
    yield f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}"


@pytest.mark.parametrize("name", LOGGED)
def test_what_people_did_is_never_changed(filled: Store, name: str) -> None:
    before = rows_in(filled)
    assert before[name]
    for statement in changes(name):
        with (
            filled.write(actor="", at=AT) as u,
            pytest.raises(BrokenRule, match="only ever added"),
        ):
            u.connection.execute(text(statement))
    assert rows_in(filled) == before


def test_another_program_cannot_change_it_either(filled: Store, folder: Path) -> None:
    """The triggers stand in the file; without our settings REPLACE of a key is still refused."""
    engine = sqlite_engine(folder / "contest.db")
    with engine.connect().execution_options(writes=True) as connection:
        for statement in ("UPDATE mark_events SET points = '10'", "DELETE FROM log"):
            with pytest.raises(BrokenRule, match="only ever added"):
                connection.execute(text(statement))
    engine.dispose()


# --- the count of rows --------------------------------------------------------------------------


def counts(store: Store) -> tuple[int, int | None]:
    with store.read() as u:
        return row_count.count_rows(u.connection), row_count.logged_count(u.connection)


def test_the_log_counts_all_rows(filled: Store) -> None:
    counted, logged = counts(filled)
    assert counted == logged == 3 * (len(tables.APPEND_ONLY) - 1) + 2
    write_unit(filled, 0, 7)
    assert counts(filled) == (counted + 8, counted + 8)


def test_rows_with_numbers_of_their_own_are_counted_too(store: Store) -> None:
    """A second laptop goes on with the number of the first."""
    with store.write(actor="", at=AT) as u:
        row = {"header_hash": "h", "header": "{}", "at": AT}
        u.connection.execute(insert(tables.exports), {"number": 41, **row})
        u.connection.execute(insert(tables.exports), {"number": 7, **row})
        u.log("one")
        u.log("two")
        u.commit()
    counted, logged = counts(store)
    assert counted == logged


def test_what_was_taken_back_is_not_counted(store: Store) -> None:
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(0, 9))
    write_unit(store, 1, 2)
    counted, logged = counts(store)
    assert counted == logged


def test_the_count_costs_nothing(store: Store) -> None:
    """It is found at the end of each table, by a search and not by a scan."""
    numbered = [name for name in LOGGED if name not in ("definitions", "exports")]
    with store.read() as u:
        for name in numbered:
            plan = u.connection.execute(text(f"EXPLAIN QUERY PLAN SELECT max(rowid) FROM {name}"))
            assert plan.one().detail == f"SEARCH {name}"
