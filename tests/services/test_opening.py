from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from judgeapp.services.backup import back_up
from judgeapp.services.context import Context
from judgeapp.services.opening import What, what_is
from tests.judging_kit import build_pack, make_contest


@pytest.fixture
def pack(contest: Context, tmp_path: Path) -> Path:
    made = make_contest(contest.machine, tmp_path / "other")
    built = build_pack(made, tmp_path / "stick")
    made.store.close()
    return built


def test_a_contest_is_known_by_its_folder_and_by_its_database(contest: Context) -> None:
    assert what_is(contest.folder) == ("contest", contest.folder)
    assert what_is(contest.folder / "contest.db") == ("contest", contest.folder)


def test_a_pack_is_known_by_its_folder_or_the_one_stick_that_holds_it(pack: Path) -> None:
    assert what_is(pack) == ("pack", pack)
    assert what_is(pack.parent) == ("pack", pack)


def test_a_folder_of_several_packs_is_not_guessed(pack: Path) -> None:
    (pack.parent / "second" / "data").mkdir(parents=True)
    (pack.parent / "second" / "data" / "pack.json").write_bytes(b"{}")
    assert what_is(pack.parent) is None


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("GK3-A-0001.score", "score_file"),
        ("GK3-A-0001.SCORE", "score_file"),
        ("gói.zip", "pack"),
        ("ảnh.jpg", None),
        ("contest.db.txt", None),
    ],
)
def test_files_are_known_by_their_names(tmp_path: Path, name: str, what: What | None) -> None:
    file = tmp_path / name
    file.write_bytes(b"x")
    assert what_is(file) == (None if what is None else (what, file))


def test_a_backup_is_told_from_a_zipped_pack(contest: Context, tmp_path: Path) -> None:
    made = back_up(contest, out=tmp_path / "b.zip").value.file
    assert what_is(made) == ("backup", made)
    with zipfile.ZipFile(tmp_path / "gói.zip", "w") as packed:
        packed.writestr("GOI/data/pack.json", "{}")
    assert what_is(tmp_path / "gói.zip") == ("pack", tmp_path / "gói.zip")


def test_a_folder_on_a_server_is_a_contest_too(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("{}", encoding="utf-8")
    assert what_is(tmp_path) == ("contest", tmp_path)


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert what_is(tmp_path / "không có") is None
    assert what_is(tmp_path) is None
