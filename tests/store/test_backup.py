"""Copies of a database: whole, checked, named last, and nothing else touched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from judgeapp.store import backup, checks
from judgeapp.store.engine import reading_engine, sqlite_engine
from judgeapp.store.store import Store, copy_contest, copy_file, open_copy
from tests.refused import refused
from tests.store.filler import AT, DATA, fill, rows_in
from tests.store.writer import write_unit

Opened = Callable[[Path], Store]


def marks_in(file: Path) -> list[tuple[object, ...]]:
    engine = reading_engine(file)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM mark"))]
    engine.dispose()
    return rows


def rows_in_copy(file: Path) -> object:
    copy = open_copy(file)
    try:
        return rows_in(copy)
    finally:
        copy.close()


def test_a_copy_equals_the_original_row_by_row(store: Store, tmp_path: Path) -> None:
    fill(store)
    target = tmp_path / "copy.db"
    store.copy_to(target)
    assert rows_in_copy(target) == rows_in(store)
    assert {path.name for path in tmp_path.iterdir()} == {"contest", "copy.db"}


def test_a_copy_has_what_is_committed_and_nothing_else(
    store: Store, folder: Path, opened: Opened, tmp_path: Path
) -> None:
    write_unit(store, 0, 5)
    before = rows_in(store)
    with opened(folder).write(actor="", at=AT) as u:
        u.connection.execute(text("DELETE FROM contestants WHERE id = 'nobody'"))
        u.contest.set_meta({"half": "written"})
        store.copy_to(tmp_path / "copy.db")
    assert rows_in_copy(tmp_path / "copy.db") == before


def test_a_copy_does_not_wait_for_ever(store: Store, folder: Path, tmp_path: Path) -> None:
    engine = sqlite_engine(folder / "contest.db", wait=0.05)
    with engine.connect().execution_options(writes=True) as writing:
        writing.execute(text("PRAGMA cache_size=2"))
        writing.execute(text("CREATE TABLE much(x)"))
        for _ in range(50):
            writing.execute(text("INSERT INTO much VALUES (randomblob(4000))"))
        waiting = sqlite_engine(folder / "contest.db", wait=0.05)
        with refused("store.busy"):
            backup.copy_database(waiting, tmp_path / "copy.db")
        waiting.dispose()
    engine.dispose()
    assert {path.name for path in tmp_path.iterdir()} == {"contest"}


def test_a_copy_of_a_damaged_database_is_not_named(folder: Path, tmp_path: Path) -> None:
    engine = sqlite_engine(folder / "contest.db")
    with (folder / "contest.db").open("r+b") as opened:
        opened.seek(3 * 4096)
        opened.write(b"\xff" * 700)
    with refused("store.damaged"):
        backup.copy_database(engine, tmp_path / "copy.db")
    engine.dispose()
    assert {path.name for path in tmp_path.iterdir()} == {"contest"}


def test_a_copy_to_where_no_folder_is(store: Store, tmp_path: Path) -> None:
    with refused("files.folder_missing"):
        store.copy_to(tmp_path / "no" / "copy.db")


def test_the_old_copy_stays_if_the_new_one_fails(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"old")

    def fail(_: Path) -> None:
        raise OSError(5, "no")

    monkeypatch.setattr(backup, "flush_to_disk", fail)
    with refused("files.cannot_write"):
        store.copy_to(target)
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"contest", "copy.db"}


# --- databases that may not be opened where they lie --------------------------------------------


def test_marks_in_a_wal_are_taken_in(tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    case = expected["d01_wal_left_behind"]
    lying = tmp_path / "lying"
    shutil.copytree(DATA / "d01_wal_left_behind", lying)
    before = {path.name: path.read_bytes() for path in lying.iterdir()}
    backup.copy_loose(lying / "contest.db", tmp_path / "copy.db")
    assert len(marks_in(tmp_path / "copy.db")) == case["rows_with_wal"]
    assert {path.name: path.read_bytes() for path in lying.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"lying", "copy.db"}

    (lying / "contest.db-wal").unlink()
    assert len(marks_in(lying / "contest.db")) == case["rows_without_wal"]


def test_a_contest_with_a_wal_of_another_program_is_copied_with_it(
    folder: Path, tmp_path: Path
) -> None:
    """As if a database browser had been closed by a crash, its last change in the -wal only."""
    engine = sqlite_engine(folder / "contest.db")
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("PRAGMA wal_autocheckpoint=0"))
        connection.execute(text("INSERT INTO meta VALUES ('by', 'a browser')"))
        lying = tmp_path / "lying"
        lying.mkdir()
        for name in ("contest.db", "contest.db-wal"):
            shutil.copy(folder / name, lying / name)
        connection.execute(text("BEGIN"))
    engine.dispose()
    copy_contest(lying, tmp_path / "copy.db")
    copy = open_copy(tmp_path / "copy.db")
    with copy.read() as u:
        assert u.contest.meta() == {"by": "a browser"}
    copy.close()
    assert {path.name for path in lying.iterdir()} == {"contest.db", "contest.db-wal"}


def test_a_journal_of_another_contest_is_left_out(folder: Path, tmp_path: Path) -> None:
    before = rows_in_copy(folder / "contest.db")
    (folder / "contest.db-journal").write_bytes(
        bytes.fromhex("d9d505f920a163d7") + bytes(12) + b"\0\0\2\0" + b"\0\0\4\0" + bytes(600)
    )
    copy_contest(folder, tmp_path / "copy.db")
    assert rows_in_copy(tmp_path / "copy.db") == before
    assert (folder / "contest.db-journal").exists()


@pytest.mark.parametrize("place", ["network", "stick"])
def test_a_contest_on_a_share_or_stick_is_copied_in(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(checks, "place_of", lambda _: place)
    copy_contest(folder, tmp_path / "copy.db")
    assert rows_in_copy(tmp_path / "copy.db") == rows_in_copy(folder / "contest.db")


def test_a_file_of_another_program_is_not_copied(tmp_path: Path) -> None:
    shutil.copy(DATA / "d05_newer_program.db", tmp_path / "contest.db")
    with refused("store.newer_program"):
        copy_contest(tmp_path, tmp_path / "copy.db")
    with refused("store.newer_program"):
        copy_file(tmp_path / "contest.db", tmp_path / "copy.db")


def test_files_that_change_while_they_are_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program goes on writing: a copy of its files would be of no moment at all."""
    states = iter(range(1000))
    monkeypatch.setattr(backup, "_state", lambda _: next(states))
    monkeypatch.setattr("time.sleep", lambda _: None)
    with refused("store.busy"):
        copy_file(folder / "contest.db", tmp_path / "copy.db")
    assert {path.name for path in tmp_path.iterdir()} == {"contest"}


# --- dated copies -------------------------------------------------------------------------------


def test_the_ten_newest_dated_copies_stay(store: Store, folder: Path) -> None:
    for day in range(1, 14):
        store.keep_copy(folder, f"202611{day:02}-080000")
    kept = sorted(path.name for path in (folder / "backups").iterdir())
    assert kept == [f"contest-202611{day:02}-080000.db" for day in range(4, 14)]
    assert checks.newest_backup(folder) == folder / "backups" / kept[-1]


def test_a_folder_without_copies(folder: Path) -> None:
    assert checks.newest_backup(folder) is None


def test_a_dated_copy_where_a_file_stands_in_the_way(store: Store, folder: Path) -> None:
    (folder / "backups").write_text("not a folder")
    with refused("files.name_taken"):
        store.keep_copy(folder, "20261125-080000")
