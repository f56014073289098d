"""The same store on a PostgreSQL server, where one answers (tests/server.py)."""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, make_url, text, update

from judgeapp.domain.errors import JudgeError
from judgeapp.store import postgresql, tables
from judgeapp.store.failures import BrokenRule
from judgeapp.store.store import Store, copy_contest, create_store, open_copy, open_store
from tests.refused import refused
from tests.server import drop_contest, plain_engine, server_address
from tests.store.filler import AT, fill, rows_in
from tests.store.writer import facts

LOGGED = [table.name for table in tables.APPEND_ONLY]

# --- what needs no server -----------------------------------------------------------------------

GOOD = "postgresql+psycopg://judge:secret@db.example:5433/contests?sslmode=require"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "contests",
        "sqlite:///contest.db",
        "mysql://u@h/d",
        "postgresql+psycopg2://u@h/d",
        "postgresql+psycopg://u@h",
        "postgresql+psycopg://u@h:port/d",
        "postgresql+psycopg://u@h/d?options=-csearch_path%3Dpublic",
        "postgresql+psycopg://u@h/d?passfile=/etc/passwd",
    ],
)
def test_other_addresses_are_refused(address: str, tmp_path: Path) -> None:
    with refused("store.bad_address"):
        create_store(tmp_path, address)
    assert list(tmp_path.iterdir()) == []


def test_the_password_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    address = postgresql.new_address(GOOD)
    postgresql.write_address(tmp_path, address)
    content = (tmp_path / "store.json").read_text(encoding="utf-8")
    assert "secret" not in content
    assert json.loads(content)["address"] == GOOD.replace(":secret", "")
    again = postgresql.read_address(tmp_path)
    assert (again.schema, again.shown) == (address.schema, address.shown)
    assert "secret" not in address.shown


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "judgeapp-store/2", "address": "postgresql://h/d", "schema": "x"}',
        b'{"format": "judgeapp-store/1", "address": "postgresql://h/d", "schema": "public"}',
        b'{"format": "judgeapp-store/1", "address": "postgresql://h/d", '
        b'"schema": "judgeapp_0123456789abcdef\\"; DROP"}',
        b'{"format": "judgeapp-store/1", "address": 5, "schema": "judgeapp_0123456789abcdef"}',
        b"[" * 10_000,
        b" " * 20_000,
    ],
)
def test_an_address_file_that_is_not_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "store.json").write_bytes(content)
    with refused("store.bad_address_file"):
        open_store(tmp_path)
    assert (tmp_path / "store.json").read_bytes() == content


def test_the_extra_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ImportError

    monkeypatch.setattr(postgresql, "create_engine", refuse)
    with refused("store.no_driver"):
        create_store(tmp_path, GOOD)
    assert list(tmp_path.iterdir()) == []


# --- what needs one -----------------------------------------------------------------------------


@pytest.fixture
def server() -> str:
    return server_address()


@pytest.fixture
def place(server: str, tmp_path: Path) -> Iterator[Path]:
    """A contest folder whose store lies on the server."""
    made = tmp_path / "on server"
    made.mkdir()
    create_store(made, server).close()
    yield made
    drop_contest(server, made)


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Store]]:
    stores: list[Store] = []

    def open_one(folder: Path) -> Store:
        stores.append(open_store(folder))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


Opened = Callable[[Path], Store]


@pytest.fixture
def store(place: Path, opened: Opened) -> Store:
    made = opened(place)
    with made.write(actor="secretary", at=AT) as u:
        u.connection.execute(insert(tables.contestants).values(id="01", name="Lò Thị Thử"))
        u.log("test.made")
        u.commit()
    return made


def test_the_folder_holds_only_the_address(place: Path) -> None:
    assert [path.name for path in place.iterdir()] == ["store.json"]


def test_what_is_committed_is_there_for_everybody(
    store: Store, place: Path, opened: Opened
) -> None:
    fill(store)
    other = opened(place)
    assert rows_in(other) == rows_in(store)
    assert rows_in(other)["mark_events"]


def test_large_sizes_and_counters_fit(store: Store) -> None:
    with store.write(actor="", at=AT) as u:
        row: dict[str, object] = {column.name: "x" for column in tables.entry_files.columns}
        row |= {"contestant_id": "01", "replaced_by": None, "size": 5_000_000_000}
        u.connection.execute(insert(tables.entry_files), row)
        u.log("test")
        u.commit()


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


def test_a_reading_unit_cannot_write(store: Store) -> None:
    with store.read() as u, pytest.raises(BrokenRule):
        u.connection.execute(insert(tables.facts), facts(0, 1))


def test_a_reading_unit_sees_one_state(store: Store) -> None:
    with store.read() as reading:
        before = len(reading.contest.log_entries())
        fill(store)
        assert len(reading.contest.log_entries()) == before
    with store.read() as reading:
        assert len(reading.contest.log_entries()) == before + 1


def test_broken_rules_show_no_values(store: Store) -> None:
    row = {"id": "01", "name": "Lò Thị Bí Mật"}
    with store.write(actor="", at=AT) as u, pytest.raises(BrokenRule) as caught:
        u.connection.execute(insert(tables.contestants), row)
    assert "Mật" not in repr(caught.value)
    row["id"] = "J1"  # and no role, which a judge must have
    with store.write(actor="", at=AT) as u, pytest.raises(BrokenRule) as caught:
        u.connection.execute(insert(tables.judges), row)
    assert "Mật" not in "".join(traceback.format_exception(caught.value))
    with store.write(actor="", at=AT) as u, pytest.raises(BrokenRule):
        u.connection.execute(insert(tables.facts), {**facts(0, 1)[0], "contestant_id": "no"})


@pytest.mark.parametrize("name", LOGGED)
def test_what_people_did_is_never_changed(store: Store, name: str) -> None:
    fill(store)
    before = rows_in(store)
    table = tables.metadata.tables[name]
    column = list(table.columns)[-1]
    for statement in (
        update(table).values({column: column}),
        delete(table),
        text(f"TRUNCATE {name} CASCADE"),
    ):
        with (
            store.write(actor="", at=AT) as u,
            pytest.raises(BrokenRule, match="only ever added"),
        ):
            u.connection.execute(statement)
    assert rows_in(store) == before


def test_writers_follow_one_another(store: Store, place: Path, opened: Opened) -> None:
    """Four at once, each reading the number before it adds the next: no number is given twice."""
    stores = [store, store, opened(place), opened(place)]

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


def test_a_writer_that_waits_in_vain_is_told(
    store: Store, place: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_WRITES", postgresql._WRITES.replace("10s", "50ms"))
    with store.write(actor="", at=AT), refused("store.busy"):
        opened(place).write(actor="", at=AT).__enter__()


def test_two_contests_on_one_server_do_not_wait_for_each_other(
    store: Store, server: str, tmp_path: Path
) -> None:
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    other = create_store(other_folder, server)
    done = threading.Event()
    try:
        with store.write(actor="", at=AT):
            with other.write(actor="", at=AT) as u:
                u.log("test")
                u.commit()
            done.set()
        assert len(rows_in(other)["log"]) == 1
    finally:
        other.close()
        drop_contest(server, other_folder)
    assert done.is_set()


def test_a_backup_of_it_is_an_ordinary_database(store: Store, place: Path, tmp_path: Path) -> None:
    fill(store)
    copy_contest(place, tmp_path / "copy.db")
    copy = open_copy(tmp_path / "copy.db")
    assert rows_in(copy) == rows_in(store)
    copy.close()


def test_numbers_that_were_taken_back_are_no_missing_rows(
    store: Store, place: Path, tmp_path: Path
) -> None:
    """On a server a number is never given twice, so that rows are fewer than the highest one."""
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(0, 2))
    with store.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(1, 2))
        u.log("test")
        u.commit()
    copy_contest(place, tmp_path / "copy.db")
    copy = open_copy(tmp_path / "copy.db")
    assert rows_in(copy) == rows_in(store)
    assert [row[0] for row in rows_in(copy)["facts"]] == [3, 4]
    with copy.write(actor="", at=AT) as u:
        u.connection.execute(insert(tables.facts), facts(2, 2))
        u.log("test.after")
        u.commit()
    copy.close()
    open_copy(tmp_path / "copy.db").close()


def test_a_contest_that_was_dropped(place: Path, server: str) -> None:
    drop_contest(server, place)
    with refused("store.server_without_contest"):
        open_store(place)


def test_a_newer_contest(place: Path, server: str) -> None:
    address = postgresql.read_address(place)
    engine = plain_engine(server)
    with engine.begin() as connection:
        address.set_number(connection, tables.SCHEMA_VERSION + 1)
    engine.dispose()
    with refused("store.newer_program"):
        open_store(place)


@pytest.mark.parametrize(
    "change",
    [{"port": 1}, {"password": "wrong"}, {"database": "no such database"}],
)
def test_a_server_that_does_not_let_us_in(
    server: str, tmp_path: Path, change: dict[str, object]
) -> None:
    url = make_url(server)._replace(**change)  # type: ignore[arg-type]  # its fields by name
    with pytest.raises(JudgeError) as caught:
        create_store(tmp_path, url.render_as_string(hide_password=False))
    assert caught.value.code in ("store.no_server", "store.server_refuses")
    assert "wrong" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_durability_is_asked_for(store: Store) -> None:
    with store.write(actor="", at=AT) as u:
        assert u.connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert u.connection.execute(text("SHOW transaction_read_only")).scalar() == "off"
    with store.read() as u:
        assert u.connection.execute(text("SHOW transaction_isolation")).scalar() == (
            "repeatable read"
        )
