"""A whole contest in one file, and back: equal row by row and byte by byte, or refused."""

from __future__ import annotations

import contextlib
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from judgeapp.domain.errors import JudgeError
from judgeapp.exchange.archive import Manifest, Member, write_archive
from judgeapp.services import backup as service
from judgeapp.services.backup import back_up, backup_contest, restore_contest
from judgeapp.services.context import Context, Machine
from judgeapp.services.upkeep import newest_copy
from judgeapp.store import checks, tables
from judgeapp.store.engine import sqlite_engine
from judgeapp.store.store import create_store, open_store
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import Cancelled, no_progress
from tests.faults import every_fault
from tests.refused import refused
from tests.store.filler import fill, rows_in


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("contest.db")
    }


@pytest.fixture
def lived_in(contest: Context) -> Context:
    """A contest with rows in every table it can have, and files in every folder."""
    folder = contest.folder
    clip = folder / "media" / "e0001.mp4"
    clip.write_bytes(bytes(range(256)) * 9000)
    (folder / "media" / "empty.pdf").touch()
    (folder / "packs" / "p1" / "data").mkdir(parents=True)
    (folder / "packs" / "p1" / "data" / "pack.json").write_text("{}")
    (folder / "score-files" / "0001.score").write_text("{}")
    (folder / "Biên bản họp.txt").write_text("của ban tổ chức", encoding="utf-8")
    with contest.write() as u:
        u.connection.execute(insert(tables.contestants).values(id="01", name="Lò Thị Thử"))
        row: dict[str, object] = {column.name: "x" for column in tables.entry_files.columns}
        row |= {
            "contestant_id": "01",
            "stored_name": clip.name,
            "size": clip.stat().st_size,
            "sha256": sha256_of(clip),
            "replaced_by": None,
        }
        u.connection.execute(insert(tables.entry_files), row)
        u.log("test")
        u.commit()
    return contest


def backed_up(machine: Machine, contest: Context, out: Path) -> Path:
    return backup_contest(machine, folder=contest.folder, out=out).file


# --- there and back -----------------------------------------------------------------------------


def test_a_restored_contest_equals_the_first(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    rows, files = rows_in(lived_in.store), files_of(lived_in.folder)
    made = backup_contest(machine, folder=lived_in.folder, out=tmp_path / "b.zip")
    assert (made.files, made.missing, made.left_out) == (len(files) + 1, (), ())
    new = tmp_path / "new"
    restored = restore_contest(file=made.file, folder=new)
    assert (restored.files, restored.missing) == (made.files, ())
    assert (restored.contest_id, restored.made_at) == (made.contest_id, made.made_at)
    assert files_of(new) == files
    store = open_store(new)
    assert rows_in(store) == rows
    store.close()
    assert rows_in(lived_in.store) == rows
    assert files_of(lived_in.folder) == files


def test_a_store_with_rows_in_every_table(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    store = create_store(folder)
    fill(store, 50)
    rows = rows_in(store)
    store.close()
    made = backup_contest(machine, folder=folder, out=tmp_path / "b.zip")
    restore_contest(file=made.file, folder=tmp_path / "new")
    store = open_store(tmp_path / "new")
    assert rows_in(store) == rows
    store.close()


def test_any_zip_program_can_take_it_out(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    file = backed_up(machine, lived_in, tmp_path / "b.zip")
    with zipfile.ZipFile(file) as opened:
        assert opened.testzip() is None
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        assert opened.read("Biên bản họp.txt").decode() == "của ban tổ chức"


def test_a_folder_gets_a_backup_named_by_contest_and_moment(
    machine: Machine, contest: Context, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    file = backed_up(machine, contest, out)
    assert file.parent == out
    assert file.name == "contest 2026-11-25 0800.zip"


def test_the_newest_copy_is_the_later_of_a_backup_and_a_daily_copy(
    contest: Context, tmp_path: Path
) -> None:
    assert newest_copy(contest) is None
    made = back_up(contest, out=tmp_path / "b.zip").value
    first = newest_copy(contest)
    assert first is not None
    assert (first.place, first.whole) == (str(made.file), True)
    (contest.folder / "backups").mkdir()
    (contest.folder / "backups" / "contest-20261124-070000.db").touch()
    assert newest_copy(contest) == first
    later = contest.folder / "backups" / "contest-20261126-070000.db"
    later.touch()
    second = newest_copy(contest)
    assert second is not None
    assert (second.at, second.place, second.whole) == (
        "2026-11-26T07:00:00+00:00",
        str(later),
        False,
    )


def test_a_backup_that_cannot_be_noted_is_there_all_the_same(
    contest: Context, tmp_path: Path
) -> None:
    contest.store.writable = False
    made = back_up(contest, out=tmp_path / "b.zip")
    assert made.value.file.is_file()
    assert not made.changed
    contest.store.writable = True


def test_a_backup_is_made_while_somebody_writes(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    rows = rows_in(lived_in.store)
    with lived_in.write() as u:
        u.contest.set_meta({"half": "written"})
        file = backed_up(machine, lived_in, tmp_path / "b.zip")
    restore_contest(file=file, folder=tmp_path / "new")
    store = open_store(tmp_path / "new")
    assert rows_in(store) == rows
    store.close()


# --- what goes in -------------------------------------------------------------------------------


def test_what_does_not_belong_stays_out(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    folder = lived_in.folder
    for name in (".DS_Store", "media/.hidden", "media/e2.mp4.part", "contest.db-journal"):
        (folder / name).write_bytes(b"")
    lived_in.store.keep_copy(folder, "20261124-080000")
    (folder / "media" / "link.mp4").symlink_to("/etc/passwd")
    (folder / "media" / "outside").symlink_to("/etc")
    (folder / "media" / "a:b.txt").write_text("x")
    made = backup_contest(machine, folder=folder, out=tmp_path / "b.zip")
    assert [(item.name, item.reason) for item in made.left_out] == [
        ("media/a:b.txt", "stream"),
        ("media/link.mp4", "link"),
        ("media/outside", "link"),
    ]
    with zipfile.ZipFile(made.file) as opened:
        assert sorted(opened.namelist()) == [
            "Biên bản họp.txt",
            "contest.db",
            "manifest.json",
            "media/e0001.mp4",
            "media/empty.pdf",
            "packs/p1/data/pack.json",
            "score-files/0001.score",
        ]


def test_a_file_that_the_contest_lacks_is_named_and_stops_nothing(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    (lived_in.folder / "media" / "e0001.mp4").write_bytes(b"other")
    made = backup_contest(machine, folder=lived_in.folder, out=tmp_path / "b.zip")
    assert made.missing == ("media/e0001.mp4",)
    (lived_in.folder / "media" / "e0001.mp4").unlink()
    made = backup_contest(machine, folder=lived_in.folder, out=tmp_path / "c.zip")
    assert made.missing == ("media/e0001.mp4",)
    assert restore_contest(file=made.file, folder=tmp_path / "new").missing == made.missing


def test_a_contest_that_may_not_be_opened_is_backed_up(
    machine: Machine, lived_in: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_in(lived_in.store)
    lived_in.store.close()
    with monkeypatch.context() as patched:
        patched.setattr(checks, "place_of", lambda _: "stick")
        with refused("store.on_stick"):
            open_store(lived_in.folder)
        file = backed_up(machine, lived_in, tmp_path / "b.zip")
    restore_contest(file=file, folder=tmp_path / "new")
    store = open_store(tmp_path / "new")
    assert rows_in(store) == rows
    store.close()


def test_the_way_out_of_a_foreign_wal(machine: Machine, lived_in: Context, tmp_path: Path) -> None:
    """As the refusal says: back up, restore; the other program's newest change is there."""
    lived_in.store.close()
    lying = tmp_path / "lying"
    engine = sqlite_engine(lived_in.folder / "contest.db")
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA journal_mode=WAL"))
        connection.execute(text("INSERT INTO meta VALUES ('by', 'a browser')"))
        shutil.copytree(lived_in.folder, lying)
        connection.execute(text("BEGIN"))
    engine.dispose()
    with refused("store.foreign_wal"):
        open_store(lying)
    made = backup_contest(machine, folder=lying, out=tmp_path / "b.zip")
    restore_contest(file=made.file, folder=tmp_path / "new")
    store = open_store(tmp_path / "new")
    with store.read() as u:
        assert u.contest.meta()["by"] == "a browser"
    store.close()


# --- what stops it ------------------------------------------------------------------------------


def test_no_contest(machine: Machine, tmp_path: Path) -> None:
    with refused("contest.not_a_contest"):
        backup_contest(machine, folder=tmp_path, out=tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []


def test_an_old_backup_is_never_overwritten(
    machine: Machine, contest: Context, tmp_path: Path
) -> None:
    old = tmp_path / "b.zip"
    old.write_bytes(b"old")
    with refused("upkeep.backup_exists"):
        backed_up(machine, contest, old)
    assert old.read_bytes() == b"old"


def test_a_folder_that_is_not_there(machine: Machine, contest: Context, tmp_path: Path) -> None:
    with refused("files.folder_missing"):
        backed_up(machine, contest, tmp_path / "no" / "b.zip")


def test_a_person_may_stop_it(machine: Machine, lived_in: Context, tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, what: str = "") -> None:
        steps.append((done, total, what))
        if what == "media/e0001.mp4":
            raise Cancelled

    good = backed_up(machine, lived_in, tmp_path / "good.zip")
    with pytest.raises(Cancelled):
        backup_contest(machine, folder=lived_in.folder, out=tmp_path / "b.zip", progress=stop)
    with pytest.raises(Cancelled):
        restore_contest(file=good, folder=tmp_path / "new", progress=stop)
    assert {path.name for path in tmp_path.iterdir()} == {"contest", "good.zip"}
    assert all(0 <= done <= total for done, total, _ in steps)


def test_progress_goes_on_and_ends(machine: Machine, lived_in: Context, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int, what: str = "") -> None:
        steps.append((done, total))

    backup_contest(machine, folder=lived_in.folder, out=tmp_path / "b.zip", progress=note)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_restoring_touches_no_folder_that_holds_something(
    machine: Machine, lived_in: Context, tmp_path: Path
) -> None:
    file = backed_up(machine, lived_in, tmp_path / "b.zip")
    before = files_of(lived_in.folder)
    with refused("upkeep.folder_taken"):
        restore_contest(file=file, folder=lived_in.folder)
    with refused("upkeep.folder_taken"):
        restore_contest(file=file, folder=file)
    assert files_of(lived_in.folder) == before


def test_restoring_into_an_empty_folder_and_below_new_ones(
    machine: Machine, contest: Context, tmp_path: Path
) -> None:
    file = backed_up(machine, contest, tmp_path / "b.zip")
    (tmp_path / "empty").mkdir()
    restore_contest(file=file, folder=tmp_path / "empty")
    restore_contest(file=file, folder=tmp_path / "a" / "b" / "c")
    for folder in (tmp_path / "empty", tmp_path / "a" / "b" / "c"):
        open_store(folder).close()


def test_a_contest_is_not_restored_to_a_stick(
    machine: Machine, contest: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(machine, contest, tmp_path / "b.zip")
    monkeypatch.setattr(checks, "place_of", lambda _: "stick")
    with refused("store.on_stick"):
        restore_contest(file=file, folder=tmp_path / "new")


def test_a_backup_whose_database_is_damaged_leaves_nothing(
    machine: Machine, contest: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every hash is right, so the database inside was already bad: it gets no name."""

    def damage(_: Path, target: Path) -> None:
        contest.store.copy_to(target)
        with target.open("r+b") as opened:
            opened.seek(3 * 4096)
            opened.write(b"\xff" * 700)

    with monkeypatch.context() as patched:
        patched.setattr(service, "copy_contest", damage)
        patched.setattr(service, "_read_copy", lambda _: ("id", []))
        file = backed_up(machine, contest, tmp_path / "b.zip")
    with refused("store.damaged"):
        restore_contest(file=file, folder=tmp_path / "new")
    assert {path.name for path in tmp_path.iterdir()} == {"contest", "b.zip"}


@pytest.mark.parametrize("name", ["contest.db-wal", "contest.db-journal", "store.json"])
def test_nothing_comes_in_beside_the_database(
    machine: Machine, contest: Context, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (contest.folder / name.upper()).write_bytes(b"x")
    with monkeypatch.context() as patched:
        patched.setattr(service, "_is_database", lambda name: name == "contest.db")
        file = backed_up(machine, contest, tmp_path / "b.zip")
    with refused("upkeep.backup_bad_name"):
        restore_contest(file=file, folder=tmp_path / "new")


def test_a_zip_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "e1.mp4").write_bytes(b"clip")
    write_archive(
        tmp_path / "b.zip",
        [Member("media/e1.mp4", tmp_path / "e1.mp4")],
        lambda lines: Manifest("id", "", "", lines),
        no_progress,
    )
    with refused("upkeep.not_a_backup"):
        restore_contest(file=tmp_path / "b.zip", folder=tmp_path / "new")
    assert {path.name for path in tmp_path.iterdir()} == {"b.zip", "e1.mp4"}


# --- every call to the system fails once --------------------------------------------------------


def test_a_backup_is_whole_or_not_there_whatever_fails(
    machine: Machine, lived_in: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, files = rows_in(lived_in.store), files_of(lived_in.folder)
    target = tmp_path / "b.zip"
    for faults in every_fault(monkeypatch):
        finished = False
        with contextlib.suppress(JudgeError):
            backed_up(machine, lived_in, target)
            finished = True
        faults.end()
        assert target.exists() == finished
        target.unlink(missing_ok=True)
        assert {path.name for path in tmp_path.iterdir()} == {"contest"}
    assert rows_in(lived_in.store) == rows
    assert files_of(lived_in.folder) == files


def test_a_restored_contest_is_whole_or_not_there_whatever_fails(
    machine: Machine, lived_in: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(machine, lived_in, tmp_path / "b.zip")
    content, files = file.read_bytes(), files_of(lived_in.folder)
    new = tmp_path / "new"
    for faults in every_fault(monkeypatch):
        finished = False
        with contextlib.suppress(JudgeError):
            restore_contest(file=file, folder=new)
            finished = True
        faults.end()
        assert new.exists() == finished
        if finished:
            open_store(new).close()
            assert files_of(new) == files
        shutil.rmtree(new, ignore_errors=True)
        assert {path.name for path in tmp_path.iterdir()} == {"contest", "b.zip"}
    assert file.read_bytes() == content


# --- dated copies of the database alone ---------------------------------------------------------


def test_a_dated_copy_is_restored_with_the_files_around_it(
    lived_in: Context, tmp_path: Path
) -> None:
    rows, files = rows_in(lived_in.store), files_of(lived_in.folder)
    copy = lived_in.store.keep_copy(lived_in.folder, "20261124-080000")
    with lived_in.write() as u:
        u.contest.set_meta({"later": "change"})
        u.log("test")
        u.commit()
    restored = restore_contest(file=copy, folder=tmp_path / "new")
    assert (restored.made_at, restored.missing) == (None, ())
    assert files_of(tmp_path / "new") == files
    store = open_store(tmp_path / "new")
    assert rows_in(store) == rows
    store.close()


def test_a_database_from_elsewhere_is_no_backup(contest: Context, tmp_path: Path) -> None:
    with refused("upkeep.not_a_backup"):
        restore_contest(file=contest.folder / "contest.db", folder=tmp_path / "new")
    with refused("upkeep.no_such_backup"):
        restore_contest(file=tmp_path / "backups" / "no.db", folder=tmp_path / "new")
