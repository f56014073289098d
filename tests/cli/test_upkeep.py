"""The calls of `upkeep` as people and scripts use them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from judgeapp.services.context import Context
from judgeapp.system.clock import shown_moment
from tests.cli.judging_calls import answered, told
from tests.services.test_upkeep import keep_file


@pytest.fixture
def folder(contest: Context) -> Path:
    (contest.folder / "media" / "e1.mp4").write_bytes(bytes(2_345_678))
    return contest.folder


def test_there_and_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = answered(capsys, "upkeep", "backup", folder, tmp_path / "b.zip")
    assert code == 0
    assert (made["file"], made["files"], made["left_out"]) == (str(tmp_path / "b.zip"), 2, [])
    code, restored = answered(capsys, "upkeep", "restore", tmp_path / "b.zip", tmp_path / "new")
    assert code == 0
    assert (restored["contest"], restored["files"]) == (made["contest"], 2)
    assert restored["made_at"] == made["made_at"]
    code, found = answered(capsys, "upkeep", "check", tmp_path / "new")
    assert (code, found["ok"]) == (0, True)


def test_what_people_read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a:b.txt").write_text("x")
    code, out, err = told(capsys, "upkeep", "backup", folder, tmp_path / "b.zip")
    assert (code, err) == (0, "")
    assert "2 tệp, 2,5 MB" in out
    assert "a:b.txt" in out
    code, out, err = told(capsys, "upkeep", "restore", tmp_path / "b.zip", tmp_path / "new")
    assert (code, err) == (0, "")
    assert str(tmp_path / "new") in out
    code, out, err = told(capsys, "upkeep", "check", tmp_path / "new", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "The contest is whole."


def test_what_is_missing_is_said(
    contest: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_file(contest, "media", "e1.mp4", b"clip").unlink()
    _, out, _ = told(capsys, "upkeep", "backup", contest.folder, tmp_path / "b.zip")
    assert "media/e1.mp4" in out.splitlines()[-1]
    _, out, _ = told(capsys, "upkeep", "restore", tmp_path / "b.zip", tmp_path / "new")
    assert "media/e1.mp4" in out.splitlines()[-1]
    code, out, _ = told(capsys, "upkeep", "check", tmp_path / "new")
    assert code == 1
    assert "Không còn tệp media/e1.mp4." in out


def test_a_check_that_finds_something_exits_with_one_and_its_whole_answer(
    contest: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    with contest.write() as u:
        u.contest.add_definition({}, reason="test")
        u.log("test")
        u.commit()
    code, found = answered(capsys, "upkeep", "check", contest.folder)
    assert code == 1
    assert not found["ok"]
    (bad,) = [step for step in found["steps"] if not step["ok"]]
    assert bad["name"] == "definition"
    assert bad["faults"][0]["code"] == "definition"
    assert bad["faults"][0]["message"].endswith(".")
    code, out, _ = told(capsys, "upkeep", "check", contest.folder)
    assert code == 1
    assert "Cần xem lại: thể lệ." in out


def test_the_log_in_words(contest: Context, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "upkeep", "log", contest.folder)
    assert code == 0
    (line,) = out.splitlines()[2:]
    assert "thư ký" in line
    assert "bao-cao-vien-gioi" in line
    code, found = answered(capsys, "upkeep", "log", contest.folder)
    (entry,) = found["entries"]
    assert line.startswith(shown_moment(entry["at"]))
    assert entry["action"] == "contest.created"
    assert entry["details"] == {"preset": "bao-cao-vien-gioi"}


def test_lines_of_another_version_are_shown_as_they_are(
    contest: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    with contest.store.write(actor="chair", at=contest.machine.now()) as u:
        u.log("future.thing", count=3, ids=["01", "02"], by=None)
        u.log("contest.created")
        u.commit()
    _, out, _ = told(capsys, "upkeep", "log", contest.folder)
    assert out.splitlines()[-2].endswith("chair   future.thing by=–, count=3, ids=01, 02")
    assert out.splitlines()[-1].endswith("contest.created")


def test_the_log_since_a_day(contest: Context, capsys: pytest.CaptureFixture[str]) -> None:
    with contest.read() as u:
        day = datetime.fromisoformat(u.contest.log_entries()[0].at).astimezone()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        _, found = answered(capsys, "upkeep", "log", contest.folder, "--since", day.strftime(form))
        assert len(found["entries"]) == 1
    code, out, _ = told(capsys, "upkeep", "log", contest.folder, "--since", "2099-01-01")
    assert code == 0
    assert len(out.splitlines()) == 1
    code, out, err = told(capsys, "upkeep", "log", contest.folder, "--since", "31/02/2026")
    assert (code, out) == (1, "")
    assert "31/02/2026" in err


@pytest.mark.parametrize("call", ["backup", "check", "log"])
def test_no_contest(call: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = [tmp_path / "b.zip"] if call == "backup" else []
    code, found = answered(capsys, "upkeep", call, tmp_path, *more)
    assert code == 1
    assert found["error"]["code"] == "contest.not_a_contest"
    assert found["error"]["file"] == str(tmp_path)


def test_not_a_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.zip").write_bytes(b"something else")
    code, out, err = told(capsys, "upkeep", "restore", tmp_path / "b.zip", tmp_path / "new")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert not (tmp_path / "new").exists()
