"""The calls of `entries` as people and scripts use them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.entries import PROBLEM_CODES
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.people import Contestant
from judgeapp.services.context import Context
from judgeapp.system.texts import load_texts
from tests.cli.judging_calls import answered, told

DATA = Path(__file__).parent.parent / "data"
CLIP = DATA / "clips" / "c01_rotate_90.mp4"
PROMISED = {
    "file", "kind", "opens", "seconds", "header_seconds", "fps", "width", "height", "rotation",
    "container", "video_codec", "audio_codec", "sound", "pages", "problems",
}  # fmt: skip


@pytest.fixture
def folder(contest: Context) -> Path:
    people = [
        Contestant(ContestantId("01"), "Lò Thị Én"),
        Contestant(ContestantId("02"), "Phạm Quốc Đạt"),
        Contestant(ContestantId("03"), "Lò Thị Én"),
    ]
    with contest.write() as u:
        u.people.add_contestants(people, import_id=None)
        u.log("people.imported", count=3)
        u.commit()
    return contest.folder


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    incoming = tmp_path / "in"
    incoming.mkdir()
    shutil.copy(CLIP, incoming / "01.mp4")
    shutil.copy(CLIP, incoming / "01 (1).mp4")
    shutil.copy(DATA / "clips" / "c04_no_sound_track.mp4", incoming / "Lò Thị Én.mp4")
    shutil.copy(DATA / "outlines" / "o01_owner_password.pdf", incoming / "02.pdf")
    (incoming / "Thumbs.db").write_bytes(b"x")
    return incoming


def test_attach_answers_as_promised(
    folder: Path, incoming: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, dry = answered(capsys, "entries", "attach", folder, incoming, "--dry-run")
    assert code == 0
    assert dry["attached"] == 0
    files = {file["file"]: file for file in dry["files"]}
    promised = {"file", "kind", "contestant", "part", "sure", "ask_among", "ignored"}
    assert all(promised <= set(file) for file in files.values())
    assert files["01.mp4"] == {
        "file": "01.mp4", "kind": "clip", "contestant": "01", "part": "presentation",
        "sure": True, "ask_among": [], "ignored": None, "question": None, "same_as": None,
        "there": False,
    }  # fmt: skip
    doubtful = files["Lò Thị Én.mp4"]
    assert (doubtful["sure"], doubtful["ask_among"]) == (False, ["01", "03"])
    assert (files["Thumbs.db"]["kind"], files["Thumbs.db"]["ignored"]) == (None, "system_file")
    match = "Lò Thị Én.mp4=03"
    code, done = answered(capsys, "entries", "attach", folder, incoming, "--match", match)
    assert (code, done["attached"]) == (0, 3)


def test_check_answers_as_promised(
    folder: Path, incoming: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "entries", "attach", folder, incoming)
    code, found = answered(capsys, "entries", "check", folder)
    assert code == 0
    assert [(file["contestant"], file["part"]) for file in found["files"]] == [
        ("01", "presentation"), ("02", "outline"),
    ]  # fmt: skip
    clip, outline = found["files"]
    assert set(clip) >= PROMISED
    assert (clip["kind"], clip["opens"], clip["seconds"]) == ("clip", True, 2.0)
    assert (clip["width"], clip["height"], clip["sound"]) == (120, 160, True)
    assert [set(problem) for problem in clip["problems"]] == [{"code", "message", "at"}]
    assert clip["problems"][0]["code"] == "too_short"
    assert "7:00" in clip["problems"][0]["message"]
    assert (outline["pages"], outline["problems"], outline["seconds"]) == (2, [], None)


def test_check_of_loose_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = DATA / "clips" / "c07_tail_missing.mp4"
    code, found = answered(capsys, "entries", "check", "--file", CLIP, bad)
    assert code == 0
    assert [file["file"] for file in found["files"]] == [str(CLIP), str(bad)]
    assert set(found["files"][0]) >= PROMISED
    problem = found["files"][1]["problems"][0]
    assert (problem["code"], problem["at"]) == ("truncated", pytest.approx(0.93, abs=0.02))
    code, refused = answered(capsys, "entries", "check", "--file", tmp_path / "x.mp4")
    assert (code, refused["error"]["code"]) == (1, "entries.no_such_file")


def test_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["check"], ["check", str(folder), "--file", str(CLIP)], ["attach"]):
        with pytest.raises(SystemExit) as ended:
            run(["entries", *arguments])
        assert ended.value.code == 2
    capsys.readouterr()


def test_what_people_read(folder: Path, incoming: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, "entries", "attach", folder, incoming)
    assert (code, err) == (0, "")
    assert "Thuyết trình (clip)" in out
    assert "Lò Thị Én.mp4: của ai? (01, 03)" in out
    assert "01 (1).mp4: giống hệt 01.mp4" in out
    code, out, err = told(capsys, "entries", "check", folder)
    assert (code, err) == (0, "")
    assert "Dài 0:02, quy định ít nhất 7:00." in out
    assert "2 trang" in out
    assert "1 tệp dùng được, 1 tệp cần xem lại" in out
    code, out, _ = told(capsys, "entries", "list", folder, "--lang", "en")
    assert code == 0
    assert "Contestant 03 has not handed in: Outline." in out
    assert "needs a look" in out


def test_list_for_programs(
    folder: Path, incoming: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "entries", "attach", folder, incoming)
    told(capsys, "entries", "check", folder)
    code, found = answered(capsys, "entries", "list", folder)
    assert code == 0
    clip = found["files"][0]
    assert (clip["contestant"], clip["seconds"], clip["usable"]) == ("01", 2, False)
    assert Path(clip["poster"]).read_bytes().startswith(b"\xff\xd8\xff")
    assert {"contestant": "03", "part": "outline"} in found["missing"]


def test_replace(folder: Path, incoming: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "entries", "attach", folder, incoming)
    new = incoming / "Lò Thị Én.mp4"
    code, done = answered(capsys, "entries", "replace", folder, "01", new, "--reason", "gửi lại")
    assert (code, done) == (
        0, {"contestant": "01", "part": "presentation", "stored": "c0002.mp4"},
    )  # fmt: skip
    code, out, err = told(capsys, "entries", "replace", folder, "09", new, "--reason", "x")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    code, refused = answered(capsys, "entries", "attach", folder, incoming, "--match", "01.mp4")
    assert (code, refused["error"]["code"]) == (1, "entries.bad_answer")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_problem_that_cli_md_promises_has_its_sentence(language: str) -> None:
    texts = load_texts(language)
    assert all(texts.has(f"entries.problem.{code}") for code in PROBLEM_CODES)
    assert len(PROBLEM_CODES) == 23
