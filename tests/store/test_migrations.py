"""Schemas of every number are opened; a step without its sample and its test is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from judgeapp.domain.ids import JudgeId, RoundId
from judgeapp.store import checks, migrations, store, tables
from judgeapp.store.engine import reading_engine, sqlite_engine
from judgeapp.store.migrations import BrokenStep, Step, migrate
from judgeapp.store.store import Store
from tests.refused import refused
from tests.store.filler import AT, DATA, SAMPLE, fill, rows_in

Opened = Callable[[Path], Store]
HERE = Path(__file__).resolve()


def schema_of(file: Path) -> list[str]:
    engine = reading_engine(file)
    with engine.connect() as connection:
        query = text("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        found = [str(sql) for sql in connection.execute(query).scalars()]
    engine.dispose()
    return found


# --- no step without its test -------------------------------------------------------------------


def test_steps_follow_one_another() -> None:
    assert [step.to for step in migrations.STEPS] == list(range(2, tables.SCHEMA_VERSION + 1))


@pytest.mark.parametrize("number", range(1, tables.SCHEMA_VERSION + 1))
def test_each_schema_has_its_sample(number: int) -> None:
    assert (DATA / f"schema-{number}.db").is_file()


def test_each_step_has_its_test() -> None:
    written = HERE.read_text(encoding="utf-8")
    for step in migrations.STEPS:
        assert f"def test_step_to_{step.to}(" in written


def test_no_sample_is_forgotten() -> None:
    numbers = {int(path.stem.removeprefix("schema-")) for path in DATA.glob("schema-*.db")}
    assert numbers == set(range(1, tables.SCHEMA_VERSION + 1))


def test_the_newest_sample_is_the_present_schema(folder: Path) -> None:
    """A released schema is changed by a step only; one that is not gets a new sample (filler)."""
    assert schema_of(SAMPLE) == schema_of(folder / "contest.db")


@pytest.mark.parametrize("number", range(1, tables.SCHEMA_VERSION + 1))
def test_each_sample_still_opens(number: int, tmp_path: Path, opened: Opened) -> None:
    shutil.copy(DATA / f"schema-{number}.db", tmp_path / "contest.db")
    found = opened(tmp_path)
    with found.read() as u:
        assert u.upkeep.row_counts()["mark_events"] == 3
    assert schema_of(tmp_path / "contest.db") == schema_of(SAMPLE)


def test_step_to_2(tmp_path: Path, opened: Opened) -> None:
    shutil.copy(DATA / "schema-1.db", tmp_path / "contest.db")
    found = opened(tmp_path)
    with found.write(actor="secretary", at=AT) as u:
        (first, *_) = [row.id for row in u.connection.execute(text("SELECT id FROM entry_files"))]
        u.entries.keep(first, ["cut"], reason="đã nghe thử")
        u.packs.add_taken_back(
            1, "taken_back", {"a", "b"}, round_id=RoundId("r"), judge=JudgeId("J1"), reason="nhầm"
        )
        u.log("test.kept")
        u.commit()
    with found.read() as u:
        assert u.upkeep.row_counts()["taken_back"] == 1
        assert u.upkeep.row_counts()["kept_files"] == 1
        made = u.connection.execute(text("SELECT serial, made_at FROM certificates")).all()
        assert [(row.serial, row.at) for row in u.awards.prints()] == [tuple(row) for row in made]
        assert made


# --- how a step is made -------------------------------------------------------------------------


def add_note(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE judges ADD COLUMN note TEXT"))


def add_rows(connection: Connection) -> None:
    connection.execute(
        text("INSERT INTO stages(round_id, stage, reason, actor, at) VALUES ('r', 'o', '', '', '')")
    )


def fail(connection: Connection) -> None:
    add_note(connection)
    connection.execute(text("ALTER TABLE nothing ADD COLUMN note TEXT"))


def orphan(connection: Connection) -> None:
    connection.execute(text("DELETE FROM contestants"))


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Connection], None]], None]:
    """Pretend that the program is one schema further, with the given step to it."""

    def pretend(run: Callable[[Connection], None]) -> None:
        number = tables.SCHEMA_VERSION + 1
        monkeypatch.setattr(tables, "SCHEMA_VERSION", number)
        monkeypatch.setattr(
            migrations,
            "migrate",
            lambda connection, present: migrate(
                connection, present, newest=number, steps=[*migrations.STEPS, Step(number, run)]
            ),
        )

    return pretend


Newer = Callable[[Callable[[Connection], None]], None]


def columns_of(file: Path) -> list[str]:
    engine = reading_engine(file)
    with engine.connect() as connection:
        found = [str(row.name) for row in connection.execute(text("PRAGMA table_info(judges)"))]
    engine.dispose()
    return found


def test_an_older_contest_is_brought_forward_after_a_backup(
    folder: Path, opened: Opened, newer: Newer
) -> None:
    old = opened(folder)
    fill(old)
    rows = rows_in(old)
    old.close()
    number = tables.SCHEMA_VERSION
    newer(add_note)
    now = rows_in(opened(folder))
    (line,) = [row for row in now["log"] if row not in rows["log"]]
    assert line[2:4] == ("program", "upkeep.migrated")
    assert {**now, "log": rows["log"]} == rows
    assert columns_of(folder / "contest.db")[-1] == "note"
    kept = checks.newest_backup(folder)
    assert kept is not None
    assert kept.name.endswith(f"-schema-{number}.db")
    assert "note" not in columns_of(kept)
    opened(folder)
    assert len(list((folder / "backups").iterdir())) == 1


def test_rows_that_a_step_adds_are_counted(folder: Path, opened: Opened, newer: Newer) -> None:
    newer(add_rows)
    opened(folder).close()
    fill(opened(folder), 0)
    with opened(folder).read() as u:
        counted, logged = u.upkeep.counts()
    assert counted == logged


def test_a_step_that_fails_changes_nothing(folder: Path, newer: Newer) -> None:
    before = (folder / "contest.db").read_bytes()
    newer(fail)
    with pytest.raises(RuntimeError):
        store.open_store(folder)
    assert (folder / "contest.db").read_bytes() == before


def test_a_step_that_leaves_rows_that_point_nowhere_is_taken_back(
    folder: Path, opened: Opened, newer: Newer
) -> None:
    old = opened(folder)
    fill(old)
    old.close()
    before = schema_of(folder / "contest.db")
    newer(orphan)
    with pytest.raises(BrokenStep):
        store.open_store(folder)
    assert schema_of(folder / "contest.db") == before


def test_a_gap_in_the_steps_is_seen(folder: Path) -> None:
    engine = sqlite_engine(folder / "contest.db")
    with engine.connect() as connection, pytest.raises(BrokenStep):
        migrate(connection, 1, newest=3, steps=[Step(3, add_note)])
    engine.dispose()


def test_an_older_contest_that_cannot_be_written(
    folder: Path, newer: Newer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer(add_note)
    monkeypatch.setattr(checks, "may_write", lambda _: False)
    with refused("store.older_read_only"):
        store.open_store(folder)
