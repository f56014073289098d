"""The check of a whole contest, the daily copy, and the log."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from judgeapp.bootstrap import open_contest
from judgeapp.services.context import Context, Machine
from judgeapp.services.upkeep import Fault, check_contest, keep_daily_copy, read_log
from judgeapp.store import tables
from judgeapp.store.engine import sqlite_engine
from judgeapp.store.store import open_store
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import Cancelled
from tests.conftest import Clock


def keep_file(app: Context, folder: str, name: str, content: bytes) -> Path:
    """Put a file into the contest folder, with its row, as the services do."""
    path = app.folder / folder / name
    path.write_bytes(content)
    table = tables.entry_files if folder == "media" else tables.score_files
    row: dict[str, object] = {
        column.name: name for column in table.columns if not column.primary_key
    }
    row |= {"stored_name": name, "sha256": sha256_of(path)}
    if folder == "media":
        row |= {"id": name, "size": len(content), "contestant_id": "01", "replaced_by": None}
    else:
        row |= {"counts": True, "number": 1, "header": None}
    with app.write() as u:
        if folder == "media" and not u.upkeep.row_counts()["contestants"]:
            u.connection.execute(insert(tables.contestants).values(id="01", name="Thử"))
        u.connection.execute(insert(table), row)
        u.log("test")
        u.commit()
    return path


def faults_of(app: Context) -> dict[str, tuple[Fault, ...]]:
    report = check_contest(app)
    found = {step.name: step.faults for step in report.steps if step.faults}
    assert report.ok == (not found)
    return {str(name): faults for name, faults in found.items()}


# --- the check ----------------------------------------------------------------------------------


def test_a_whole_contest(contest: Context) -> None:
    keep_file(contest, "media", "e1.mp4", b"clip")
    keep_file(contest, "media", "e2.pdf", b"")
    keep_file(contest, "score-files", "1.score", b"{}")
    report = check_contest(contest)
    assert report.ok
    assert {step.name: step.looked_at for step in report.steps if step.name != "rows"} == {
        "database": 1,
        "definition": 1,
        "media": 2,
        "score_files": 1,
    }


def test_files_that_are_gone_or_not_as_they_were(contest: Context) -> None:
    keep_file(contest, "media", "e1.mp4", b"clip").unlink()
    keep_file(contest, "media", "e2.mp4", b"clip").write_bytes(b"cli")
    keep_file(contest, "media", "e3.mp4", b"clip").write_bytes(b"clap")
    keep_file(contest, "score-files", "1.score", b"{}").write_bytes(b"{ }")
    assert faults_of(contest) == {
        "media": (
            Fault("missing", "media/e1.mp4"),
            Fault("changed", "media/e2.mp4", have=3, expected=4),
            Fault("changed", "media/e3.mp4"),
        ),
        "score_files": (Fault("changed", "score-files/1.score"),),
    }


def test_a_file_that_cannot_be_read(contest: Context) -> None:
    path = keep_file(contest, "score-files", "1.score", b"{}")
    path.unlink()
    path.mkdir()
    assert faults_of(contest) == {"score_files": (Fault("unreadable", "score-files/1.score"),)}


def test_rows_that_point_nowhere_and_rows_that_vanished(contest: Context) -> None:
    keep_file(contest, "media", "e1.mp4", b"clip")
    engine = sqlite_engine(contest.folder / "contest.db")
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text("DELETE FROM contestants"))
        connection.execute(text("DROP TRIGGER log_no_delete"))
        connection.execute(text("DELETE FROM log WHERE id = 1"))
        connection.execute(text("BEGIN"))
    engine.dispose()
    found = faults_of(contest)["rows"]
    assert [fault.code for fault in found] == ["loose_rows", "row_count"]
    assert found[0].have == 1
    assert (found[1].expected or 0) - (found[1].have or 0) == 1


def test_damaged_pages(contest: Context) -> None:
    """An index that lacks an entry: opening's quick look does not see it, the whole check does."""
    with contest.write() as u:
        row: dict[str, object] = {c.name: c.name for c in tables.mark_events.columns}
        row |= {"counter": 1, "score_file_id": None}
        u.connection.execute(insert(tables.mark_events), row)
        u.log("test")
        u.commit()
    contest.store.close()
    engine = sqlite_engine(contest.folder / "contest.db")
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text("PRAGMA writable_schema=ON"))
        connection.execute(
            text(
                "UPDATE sqlite_schema SET sql = replace(sql, 'judge_id', 'device') "
                "WHERE name = 'mark_events_of'"
            )
        )
        connection.commit()
    engine.dispose()
    app = Context(contest.machine, contest.folder, open_store(contest.folder), "secretary")
    assert faults_of(app) == {"database": (Fault("damaged_pages"),)}
    app.store.close()


def test_rules_that_cannot_be_read(contest: Context) -> None:
    with contest.write() as u:
        u.contest.add_definition({"rounds": "none"}, reason="test")
        u.log("test")
        u.commit()
    assert faults_of(contest) == {"definition": (Fault("definition"),)}


def test_a_person_may_stop_the_check(contest: Context) -> None:
    keep_file(contest, "media", "e1.mp4", b"clip")

    def stop(done: int, total: int, what: str = "") -> None:
        assert (done, total, what) == (0, 1, "media/e1.mp4")
        raise Cancelled

    with pytest.raises(Cancelled):
        check_contest(contest, progress=stop)


# --- the daily copy -----------------------------------------------------------------------------


def copies(app: Context) -> list[str]:
    return sorted(path.name for path in (app.folder / "backups").glob("*"))


def open_on(day: int, contest: Context, machine: Machine, clock: Clock) -> None:
    clock.moment = datetime(2026, 11, day, 7, 0, 0, tzinfo=UTC)
    open_contest(contest.folder, machine).store.close()


def test_the_first_opening_of_a_day_keeps_what_the_days_before_left(
    contest: Context, machine: Machine, clock: Clock
) -> None:
    assert copies(contest) == []
    open_on(26, contest, machine, clock)
    open_on(26, contest, machine, clock)
    assert copies(contest) == ["contest-20261126-070001.db"]


def test_days_on_which_nothing_happened_keep_no_copy(
    contest: Context, machine: Machine, clock: Clock
) -> None:
    for day in (26, 27, 28):
        open_on(day, contest, machine, clock)
    assert len(copies(contest)) == 1
    keep_file(contest, "score-files", "1.score", b"{}")
    open_on(29, contest, machine, clock)
    assert len(copies(contest)) == 2


def test_a_copy_that_cannot_be_kept_stops_nothing(
    contest: Context, machine: Machine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (contest.folder / "backups").write_text("in the way")
    logging.getLogger("judgeapp").addHandler(caplog.handler)
    open_on(26, contest, machine, clock)
    logging.getLogger("judgeapp").removeHandler(caplog.handler)
    assert "no daily copy kept: files.name_taken" in caplog.text


def test_a_contest_that_cannot_be_written_keeps_none(contest: Context, clock: Clock) -> None:
    clock.moment = datetime(2026, 11, 30, tzinfo=UTC)
    contest.store.writable = False
    assert keep_daily_copy(contest) is None


# --- the log ------------------------------------------------------------------------------------


def test_the_log_from_a_moment_on(contest: Context) -> None:
    keep_file(contest, "score-files", "1.score", b"{}")
    lines = read_log(contest)
    assert [line.action for line in lines] == ["contest.created", "test"]
    assert [line.action for line in read_log(contest, since=lines[1].at)] == ["test"]
    assert read_log(contest, since="2099-01-01T00:00:00+00:00") == []
