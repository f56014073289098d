"""The calls of packs: build, copy, check, collect."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.services.context import Context, Machine
from tests.cli.judging_calls import Call, Say, marks_table
from tests.judging_kit import attach, make_contest

DATA = Path(__file__).parents[1] / "data" / "exchange"
COLLECTED = {
    "file", "verdict", "signed", "judge", "device", "number", "scored", "of", "put_aside",
    "message",
}  # fmt: skip


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = make_contest(machine, tmp_path / "contest")
    attach(made, "01", "e0001.mp4", b"clip")
    return made


@pytest.fixture
def pack(app: Context, call: Call, tmp_path: Path) -> Path:
    _, answer, _ = call("packs", "build", app.folder, tmp_path / "packs")
    return Path(answer["packs"][0]["folder"])


def test_build_answers(app: Context, call: Call, say: Say, tmp_path: Path) -> None:
    code, answer, err = call("packs", "build", app.folder, tmp_path / "packs")
    assert (code, err) == (0, "")
    (pack,) = answer["packs"]
    assert (pack["version"], pack["round"], pack["panel"]) == (1, "round-1", None)
    assert (pack["judges"], pack["entries"], pack["files"]) == (["J05", "J07"], 2, 1)
    assert pack["without_files"] == ["02"]
    _, out, _ = say("packs", "build", app.folder, tmp_path / "packs")
    assert "2 giám khảo, 2 bài dự thi, 1 tệp" in out
    assert "Chưa có tệp nào của thí sinh: 02." in out
    code, answer, _ = call("packs", "build", app.folder, tmp_path / "packs", "--panel", "X")
    assert (code, answer["error"]["code"]) == (1, "packs.unknown_panel")


def test_check_answers(app: Context, pack: Path, call: Call, say: Say, tmp_path: Path) -> None:
    code, answer, err = call("packs", "check", pack)
    assert (code, err, answer["verdict"], answer["ignored"]) == (0, "", "ok", [])
    assert all(item["ok"] and item["message"] for item in answer["files"])
    (pack / "Thumbs.db").write_bytes(b"x")
    code, out, _ = say("packs", "check", pack, "--contest", app.folder)
    assert code == 0
    assert "nguyên vẹn (chưa ký)" in out
    assert "Bỏ qua 1 tệp không thuộc gói chấm: Thumbs.db." in out
    (pack / "data/clips/c0001.mp4").write_bytes(b"cl")
    code, answer, err = call("packs", "check", pack)
    assert (code, answer["verdict"]) == (1, "damaged")
    assert [item["file"] for item in answer["files"] if not item["ok"]] == ["data/clips/c0001.mp4"]
    assert len(err.splitlines()) == 1
    code, answer, _ = call("packs", "check", tmp_path / "none")
    assert (code, answer["error"]["code"]) == (1, "packs.no_such_pack")


def test_check_of_hostile_and_cut_off_zips(call: Call, say: Say) -> None:
    code, answer, _ = call("packs", "check", DATA / "x01_hostile_names.zip")
    assert (code, answer["verdict"], len(answer["files"])) == (1, "refused", 20)
    assert len({item["message"] for item in answer["files"]}) == 12
    code, out, _ = say("packs", "check", DATA / "x01_hostile_names.zip")
    assert "\u202e" not in out
    assert "a\\u202efdp.exe: tên có ký tự ẩn" in out
    code, answer, _ = call("packs", "check", DATA / "x02_cut_off.zip")
    assert (code, answer["verdict"], answer["files"]) == (1, "damaged", [])
    assert "chép chưa xong" in answer["message"]


def test_copy_answers(pack: Path, call: Call, say: Say, tmp_path: Path) -> None:
    code, answer, _ = call("packs", "copy", pack, tmp_path / "stick")
    assert (code, answer) == (0, {"folder": str(tmp_path / "stick" / pack.name)})
    assert call("packs", "check", answer["folder"])[1]["verdict"] == "ok"
    assert "Đã chép xong" in say("packs", "copy", pack, tmp_path / "stick")[1]


def test_collect_answers(app: Context, pack: Path, call: Call, say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    table = marks_table(tmp_path / "m.csv", n01="8")
    _, answer, _ = call(
        "judging", "score", pack, "--judge", "J07", "--marks", table, "--out", folder
    )
    device = answer["device"]
    code, answer, err = call("packs", "collect", app.folder, folder, DATA / "x03_J07-0003.score")
    assert (code, err) == (0, "")
    good, bad = answer["files"]
    assert good.keys() >= COLLECTED
    assert (good["verdict"], good["judge"], good["device"]) == ("new", "J07", device)
    assert (good["number"], good["scored"], good["of"], good["put_aside"]) == (1, 1, 2, 0)
    assert (bad["verdict"], bad["judge"], bad["signed"]) == ("damaged", None, False)
    assert "chương trình khác" in bad["message"]
    code, answer, err = call("packs", "collect", app.folder, tmp_path / "none", folder)
    assert (code, answer["error"]["code"]) == (1, "packs.no_such_file")
    assert [item["verdict"] for item in answer["files"]] == ["duplicate"]
    _, out, _ = say("packs", "collect", app.folder, folder)
    assert "đã nhận trước đó (số 1)" in out
    assert "Điểm trong tệp đang được tính." in out
