"""What opening refuses, with which reason, and that it changes nothing then."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from judgeapp.domain.errors import JudgeError
from judgeapp.store import checks, header, tables
from judgeapp.store.engine import APPLICATION_ID, sqlite_engine
from judgeapp.store.store import Store, create_store, open_copy, open_store
from judgeapp.system.texts import load_texts
from tests.refused import refused
from tests.store.filler import AT, DATA, fill, rows_in

EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
CODES = {
    "d02_page_overwritten.db": "store.damaged",
    "d03_cut_off.db": "store.cut_off",
    "d04_not_a_database.db": "store.not_a_database",
    "d05_newer_program.db": "store.newer_program",
}

Opened = Callable[[Path], Store]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refusal(folder: Path) -> JudgeError:
    """Return why the folder is not opened; nothing in it may have changed."""
    before = content(folder)
    with pytest.raises(JudgeError) as caught:
        open_store(folder)
    assert content(folder) == before
    for language in ("vi", "en"):
        assert load_texts(language).error(caught.value)
    return caught.value


def raw(file: Path, *statements: str) -> None:
    """Do to the database what another program could do to it."""
    engine = sqlite_engine(file)
    with engine.connect().execution_options(writes=True) as connection:
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()
    engine.dispose()


def hurt(file: Path, at: int, with_bytes: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(with_bytes)


# --- the shared cases ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", CODES)
def test_each_broken_database_has_its_own_refusal(name: str, tmp_path: Path) -> None:
    shutil.copy(DATA / name, tmp_path / "contest.db")
    assert refusal(tmp_path).code == CODES[name]


def test_every_case_is_tested() -> None:
    assert {*CODES, "d01_wal_left_behind"} == set(EXPECTED)


def test_a_newer_program_is_named_with_both_numbers(tmp_path: Path) -> None:
    shutil.copy(DATA / "d05_newer_program.db", tmp_path / "contest.db")
    found = refusal(tmp_path)
    assert found.params["theirs"] == EXPECTED["d05_newer_program.db"]["user_version"]
    assert found.params["ours"] == tables.SCHEMA_VERSION


def test_a_wal_left_behind_is_never_passed_over(tmp_path: Path) -> None:
    shutil.copytree(DATA / "d01_wal_left_behind", tmp_path, dirs_exist_ok=True)
    found = refusal(tmp_path)
    assert (found.code, found.place) == ("store.foreign_wal", "contest.db-wal")


# --- whose file it is ---------------------------------------------------------------------------


def test_an_empty_folder_is_no_contest(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "contest.not_a_contest"


def test_an_empty_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "contest.db").touch()
    assert refusal(tmp_path).code == "store.not_a_database"


@pytest.mark.parametrize("application_id", [0, 252006675])
def test_a_sound_database_of_another_program(tmp_path: Path, application_id: int) -> None:
    raw(
        tmp_path / "contest.db",
        "CREATE TABLE mark(x)",
        f"PRAGMA application_id={application_id}",
        "PRAGMA user_version=1",
    )
    assert refusal(tmp_path).code == "store.other_program"


def test_a_high_schema_number_of_another_program_is_not_a_newer_version(tmp_path: Path) -> None:
    raw(
        tmp_path / "contest.db",
        "CREATE TABLE mark(x)",
        "PRAGMA application_id=252006675",
        "PRAGMA user_version=77",
    )
    assert refusal(tmp_path).code == "store.other_program"


def test_a_newer_schema_of_ours(folder: Path) -> None:
    raw(folder / "contest.db", f"PRAGMA user_version={tables.SCHEMA_VERSION + 1}")
    assert refusal(folder).code == "store.newer_program"


def test_the_head_says_whose_it_is(folder: Path) -> None:
    head = header.read_header(folder / "contest.db")
    assert head is not None
    assert head.application_id == APPLICATION_ID == int.from_bytes(b"JUDG", "big")
    assert head.user_version == tables.SCHEMA_VERSION
    assert not head.uses_wal


# --- damage -------------------------------------------------------------------------------------


def test_a_page_of_ours_overwritten(folder: Path) -> None:
    hurt(folder / "contest.db", 3 * 4096, b"\xff" * 700)
    assert refusal(folder).code == "store.damaged"


def test_ours_cut_off_names_how_much_is_there(folder: Path) -> None:
    file = folder / "contest.db"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.truncate(size - 5000)
    found = refusal(folder)
    assert found.code == "store.cut_off"
    assert (found.params["have"], found.params["expected"]) == (size - 5000, size)


def test_a_damaged_database_names_the_newest_backup(folder: Path, opened: Opened) -> None:
    store = opened(folder)
    store.keep_copy(folder, "20261124-080000")
    newest = store.keep_copy(folder, "20261125-080000")
    store.close()
    hurt(folder / "contest.db", 3 * 4096, b"\xff" * 700)
    found = refusal(folder)
    assert found.code == "store.damaged_with_backup"
    assert found.params["backup"] == str(newest)


def test_rows_that_vanished_are_noticed_though_sqlite_says_ok(folder: Path, opened: Opened) -> None:
    """As after copying a database without its journal: the pages are sound, the rows are gone."""
    fill_one = opened(folder)
    fill(fill_one, 0)
    fill_one.close()
    raw(folder / "contest.db", "DROP TRIGGER log_no_delete", "DELETE FROM log WHERE id = 1")
    found = refusal(folder)
    assert found.code == "store.rows_missing"
    assert (found.params["have"], found.params["expected"]) == (1, 2)


# --- what lies beside ---------------------------------------------------------------------------


def test_an_empty_wal_holds_nothing(folder: Path, opened: Opened) -> None:
    (folder / "contest.db-wal").touch()
    assert opened(folder).writable


def test_a_database_that_was_switched_to_wal_is_switched_back(folder: Path, opened: Opened) -> None:
    raw(folder / "contest.db", "COMMIT", "PRAGMA journal_mode=WAL", "BEGIN")
    head = header.read_header(folder / "contest.db")
    assert head is not None
    assert head.uses_wal
    rows_in(opened(folder))
    head = header.read_header(folder / "contest.db")
    assert head is not None
    assert not head.uses_wal


def live_journal(folder: Path, target: Path) -> None:
    """Put what another contest's cut-off transaction leaves behind at ``target``."""
    store = open_store(folder)
    with store.write(actor="secretary", at=AT) as u:
        u.connection.exec_driver_sql("PRAGMA cache_size=2")
        u.connection.exec_driver_sql("UPDATE contestants SET note = 'x'")
        u.connection.exec_driver_sql("CREATE TABLE much(x)")
        u.connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO much SELECT randomblob(200) FROM n"
        )
        shutil.copy(folder / "contest.db-journal", target)
    store.close()


def test_a_journal_of_another_database_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    later = open_store(other)
    fill(later, 0)
    fill(later, 0)
    later.close()
    live_journal(other, folder / "contest.db-journal")
    found = refusal(folder)
    assert (found.code, found.place) == ("store.foreign_journal", "contest.db-journal")


def test_a_journal_with_other_pages_is_refused(folder: Path) -> None:
    live_journal(folder, folder / "kept")
    journal = folder / "contest.db-journal"
    (folder / "kept").rename(journal)
    hurt(journal, 24, (1024).to_bytes(4, "big"))
    assert refusal(folder).code == "store.foreign_journal"


def test_a_journal_that_holds_nothing_is_left_to_sqlite(folder: Path, opened: Opened) -> None:
    (folder / "contest.db-journal").write_bytes(bytes(512))
    assert rows_in(opened(folder))["contestants"]


def test_our_own_cut_off_transaction_is_undone(
    folder: Path, tmp_path: Path, opened: Opened
) -> None:
    """A copy of all files in the middle of a large transaction: the state before it comes back."""
    before = rows_in(opened(folder))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    store = opened(folder)
    with store.write(actor="secretary", at=AT) as u:
        u.connection.exec_driver_sql("PRAGMA cache_size=2")
        u.connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO meta SELECT 'key ' || i, hex(randomblob(100)) FROM n"
        )
        for name in ("contest.db", "contest.db-journal"):
            shutil.copy(folder / name, crashed / name)
    assert header.look_at_journal(crashed / "contest.db") == "ours"
    assert (crashed / "contest.db").stat().st_size > (folder / "contest.db").stat().st_size
    assert rows_in(opened(crashed)) == before
    assert not (crashed / "contest.db-journal").exists()


@pytest.mark.parametrize("changed", [400, 1500])
def test_a_journal_in_several_parts_is_ours_too(
    folder: Path, tmp_path: Path, opened: Opened, changed: int
) -> None:
    """A large change of many pages: SQLite flushes the journal, writes pages, and begins a part."""
    store = opened(folder)
    fill(store, 1500)
    before = rows_in(store)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with store.write(actor="secretary", at=AT) as u:
        u.connection.exec_driver_sql("PRAGMA cache_size=2")
        u.connection.exec_driver_sql(
            f"UPDATE meta SET value = replace(value, 'ấ', 'ầ') WHERE rowid <= {changed}"
        )
        for name in ("contest.db", "contest.db-journal"):
            shutil.copy(folder / name, crashed / name)
    journal = (crashed / "contest.db-journal").read_bytes()
    if changed == 1500:
        assert journal.count(bytes.fromhex("d9d505f920a163d7")) > 1
    assert header.look_at_journal(crashed / "contest.db") == "ours"
    assert rows_in(opened(crashed)) == before

    shutil.copy(folder / "contest.db", crashed / "contest.db")
    hurt(crashed / "contest.db", 28, (7).to_bytes(4, "big"))
    (crashed / "contest.db-journal").write_bytes(journal)
    assert header.look_at_journal(crashed / "contest.db") == "foreign"


@pytest.mark.parametrize("at", [20, 24])
def test_a_journal_whose_head_makes_no_sense(folder: Path, at: int) -> None:
    live_journal(folder, folder / "kept")
    (folder / "kept").rename(folder / "contest.db-journal")
    hurt(folder / "contest.db-journal", at, b"\0\0\0\7")
    assert refusal(folder).code == "store.foreign_journal"


# --- where it lies ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "code"), [("network", "store.on_network"), ("stick", "store.on_stick")]
)
def test_a_share_and_a_stick_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: str
) -> None:
    monkeypatch.setattr(checks, "place_of", lambda _: place)
    assert refusal(folder).code == code
    with refused(code):
        create_store(folder.parent)


def test_a_folder_that_holds_a_contest_is_not_made_one_again(folder: Path) -> None:
    before = content(folder)
    with refused("store.exists"):
        create_store(folder)
    assert content(folder) == before


def test_two_stores_in_one_folder_are_refused(folder: Path) -> None:
    (folder / "store.json").write_text("{}")
    assert refusal(folder).code == "store.two_stores"


# --- rights -------------------------------------------------------------------------------------


def contest_in(place: Path) -> Path:
    made = place / "contest"
    made.mkdir()
    create_store(made).close()
    return made


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o644), (0o755, 0o444)])
def test_what_cannot_be_written_can_be_read(
    open_place: Path,
    opened: Opened,
    as_nobody: Callable[[], None],
    folder_mode: int,
    file_mode: int,
) -> None:
    made = contest_in(open_place)
    (made / "contest.db").chmod(file_mode)
    made.chmod(folder_mode)
    as_nobody()
    store = opened(made)
    assert not store.writable
    with store.read() as u:
        assert u.contest.meta() == {}
    with refused("store.read_only"):
        store.write(actor="secretary", at=AT).__enter__()


def test_a_folder_whose_right_to_write_is_taken_away_later(
    open_place: Path, opened: Opened, as_nobody: Callable[[], None]
) -> None:
    made = contest_in(open_place)
    if os.geteuid() == 0:
        for path in (made, made / "contest.db"):
            os.chown(path, 65534, 65534)
    as_nobody()
    store = opened(made)
    assert store.writable
    made.chmod(0o555)
    with refused("store.read_only"):
        fill(store, 0)


def test_what_may_not_be_read_says_so(open_place: Path, as_nobody: Callable[[], None]) -> None:
    made = contest_in(open_place)
    (made / "contest.db").chmod(0o000)
    as_nobody()
    with refused("store.unreadable"):
        open_store(made)


def test_a_cut_off_transaction_in_a_folder_that_cannot_be_written(
    open_place: Path, as_nobody: Callable[[], None]
) -> None:
    made = contest_in(open_place)
    store = open_store(made)
    fill(store, 1)
    live_journal(made, made / "kept")
    (made / "kept").rename(made / "contest.db-journal")
    (made / "contest.db-journal").chmod(0o644)
    store.close()
    made.chmod(0o555)
    as_nobody()
    with refused("store.unfinished_read_only"):
        open_store(made)


def test_a_wal_database_in_a_folder_that_cannot_be_written(
    open_place: Path, as_nobody: Callable[[], None]
) -> None:
    made = contest_in(open_place)
    raw(made / "contest.db", "COMMIT", "PRAGMA journal_mode=WAL", "BEGIN")
    made.chmod(0o555)
    as_nobody()
    with refused("store.wal_read_only"):
        open_store(made)


def test_a_name_with_signs_that_mean_something_in_addresses(tmp_path: Path, opened: Opened) -> None:
    made = tmp_path / "Hội thi 100%? #1 & x=y"
    made.mkdir()
    create_store(made).close()
    assert opened(made).writable
    assert {path.name for path in made.iterdir()} == {"contest.db"}
    copy = open_copy(made / "contest.db")
    copy.close()
