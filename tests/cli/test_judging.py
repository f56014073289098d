"""The calls of judging and packs, as cli.md promises them, from panel to closing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from judgeapp.services.context import Context, Machine
from tests.cli.judging_calls import Call, Say, marks_table, write
from tests.judging_kit import make_contest, one_round

PANEL = "id,name,role,conflicts\nJ05,Quàng Văn Mẫu,chair,\nJ07,Lò Thị Ví,member,02\n"


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = make_contest(machine, tmp_path / "contest", one_round(spread_block="3"), judges=())
    made.store.close()
    return made


@pytest.fixture
def pack(app: Context, call: Call, tmp_path: Path) -> Path:
    call("judging", "panel", app.folder, write(tmp_path / "panel.csv", PANEL))
    _, answer, _ = call("packs", "build", app.folder, tmp_path / "packs")
    return Path(answer["packs"][0]["folder"])


def open_kinds(answer: dict[str, Any]) -> list[str]:
    return [item["kind"] for item in answer["open"]]


def test_a_round_from_the_panel_to_closing(
    app: Context, pack: Path, call: Call, tmp_path: Path
) -> None:
    contest = app.folder
    files = []
    for judge, points in (("J05", {"n01": "9,5", "n02": "7"}), ("J07", {"n01": "6"})):
        code, answer, err = call(
            "judging", "score", pack, "--judge", judge,
            "--marks", marks_table(tmp_path / "m.csv", **points), "--out", tmp_path,
        )  # fmt: skip
        assert (code, err) == (0, "")
        assert answer["signed"] is False
        assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer["receipt"])
        assert (answer["judge"], answer["number"], answer["new_marks"]) == (judge, 1, len(points))
        files.append((answer["file"], answer["receipt"]))
    code, answer, _ = call("packs", "collect", contest, *(file for file, _ in files))
    assert code == 0
    assert [item["verdict"] for item in answer["files"]] == ["new", "new"]
    assert [item["receipt"] for item in answer["files"]] == [receipt for _, receipt in files]
    code, answer, err = call("judging", "close", contest, "--round", "round-1")
    assert (code, answer["error"]["code"]) == (1, "judging.open_items")
    assert open_kinds(answer) == ["spread"]
    assert len(err.splitlines()) == 1
    code, answer, _ = call(
        "judging", "conclude", contest, "--contestant", "1", "--part", "Phần talk",
        "--text", "Giữ nguyên điểm",
    )  # fmt: skip
    assert (code, answer) == (0, {"contestant": "01", "part": "talk"})
    assert call("judging", "status", contest)[1] == {
        "round": "round-1",
        "stage": "open",
        "open": [],
    }
    assert call("judging", "close", contest, "--round", "round-1")[1] == {
        "round": "round-1", "stage": "closed",
    }  # fmt: skip
    code, answer, _ = call(
        "judging", "reopen", contest, "--round", "round-1", "--reason", "Giám khảo gửi nhầm"
    )
    assert (code, answer["stage"]) == (0, "open")


def test_panel_and_facts_answer(app: Context, call: Call, tmp_path: Path) -> None:
    code, answer, err = call("judging", "panel", app.folder, write(tmp_path / "p.csv", PANEL))
    assert (code, err) == (0, "")
    assert answer == {"judges": 2, "conflicts": 1, "added": ["J05", "J07"], "removed": []}
    facts = write(tmp_path / "f.csv", "contestant,part,seconds\n01,talk,612\n")
    assert call("judging", "facts", app.folder, facts)[1] == {"stored": 1, "unchanged": 0}
    assert call("judging", "facts", app.folder, facts)[1] == {"stored": 0, "unchanged": 1}


def test_refused_rows_are_named_the_first_ten(
    app: Context, call: Call, say: Say, tmp_path: Path
) -> None:
    text = "id,name\n" + "".join(f"Giám khảo {n},A\n" for n in range(12))
    table = write(tmp_path / "p.csv", text)
    code, answer, err = call("judging", "panel", app.folder, table)
    assert (code, answer["error"]["code"]) == (1, "judging.bad_panel")
    assert [row["row"] for row in answer["rows"]] == [str(n) for n in range(2, 12)]
    assert answer["rows"][0]["message"] in answer["error"]["message"]
    assert "12 dòng" in err
    code, out, err = say("judging", "panel", app.folder, table)
    assert (code, len(out.splitlines()), len(err.splitlines())) == (1, 11, 1)


def test_a_refused_mark_exports_nothing(pack: Path, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "x.score"
    table = marks_table(tmp_path / "m.csv", n01="8,3")
    words = ("judging", "score", pack, "--judge", "J07", "--marks", table, "--out", out)
    code, answer, err = call(*words)
    assert (code, answer["error"]["code"], out.exists()) == (1, "judging.bad_marks", False)
    assert "8,25 hoặc 8,5" in err
    marks_table(table, n01="8,25")
    code, answer, _ = call(*words)
    assert (code, answer["number"], answer["new_marks"], answer["file"]) == (0, 1, 1, str(out))


def test_a_second_laptop_goes_on_from_the_file(
    app: Context, pack: Path, call: Call, say: Say, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.score", tmp_path / "2.score"
    table = marks_table(tmp_path / "m.csv", n01="8")
    base = ("judging", "score", pack, "--judge", "J07", "--marks", table)
    call(*base, "--out", first)
    marks_table(table, n01="8,5")
    code, out, _ = say(*base, "--out", second, "--desk", tmp_path / "b", "--from", first)
    assert code == 0
    assert "tệp số 1" in out
    code, answer, _ = call("packs", "collect", app.folder, second, first)
    assert [item["verdict"] for item in answer["files"]] == ["new", "older"]


def test_a_late_file_is_concluded_on(app: Context, pack: Path, call: Call, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"

    def send(judge: str, **points: str) -> dict[str, Any]:
        marks_table(table, **points)
        _, answer, _ = call(
            "judging", "score", pack, "--judge", judge, "--marks", table, "--out", tmp_path
        )
        _, answer, _ = call("packs", "collect", app.folder, answer["file"])
        found: dict[str, Any] = answer["files"][0]
        return found

    send("J05", n01="8", n02="7")
    send("J07", n01="8")
    call("judging", "close", app.folder, "--round", "round-1")
    late = send("J07", n01="7")
    assert (late["verdict"], late["counts"]) == ("late", False)
    call("judging", "reopen", app.folder, "--round", "round-1", "--reason", "Xét")
    _, answer, _ = call("judging", "status", app.folder)
    assert (open_kinds(answer), answer["open"][0]["file"]) == (["file"], late["id"])
    code, answer, _ = call(
        "judging", "conclude", app.folder, "--file", late["id"], "--count", "--text", "Tính"
    )
    assert (code, answer) == (0, {"file": late["id"], "new_marks": 1})
    code, answer, _ = call("judging", "conclude", app.folder, "--text", "Về gì?")
    assert (code, answer["error"]["code"]) == (1, "judging.conclude_on_what")


def test_what_people_read(app: Context, pack: Path, say: Say, tmp_path: Path) -> None:
    table = write(tmp_path / "m.csv", "entry,part,criterion,points\n01,talk,c1,9\n")
    _, out, _ = say("judging", "score", pack, "--judge", "J05", "--marks", table, "--out", tmp_path)
    assert re.search(r"Mã xác nhận: \S{14}\.", out)
    assert "1/2 phiếu" in out
    (file,) = tmp_path.glob("*.score")
    _, out, _ = say("packs", "collect", app.folder, file)
    assert "Tệp mới của J05" in out
    assert "chưa được giám khảo ký" in out
    code, out, err = say("judging", "close", app.folder, "--round", "round-1")
    assert code == 1
    assert out.splitlines() == [
        "J05 (Quàng Văn Mẫu) còn thiếu 1 phiếu phần Phần talk: thí sinh 02.",
        "J07 (Lò Thị Ví) còn thiếu 1 phiếu phần Phần talk: thí sinh 01.",
    ]
    assert err.startswith("Chưa khoá được Vòng round-1: còn 2 việc mở.")
    _, out, _ = say("judging", "status", app.folder, "--lang", "en")
    assert "J07 (Lò Thị Ví) still owes 1 sheets of Phần talk: contestants 01." in out


def test_nothing_open_is_said(app: Context, say: Say, call: Call, tmp_path: Path) -> None:
    only = "id,name\nJ1,Quàng Văn Mẫu\n"
    say("judging", "panel", app.folder, write(tmp_path / "p.csv", only))
    _, answer, _ = call("packs", "build", app.folder, tmp_path / "packs")
    table = marks_table(tmp_path / "m.csv", n01="8", n02="7")
    pack = answer["packs"][0]["folder"]
    say("judging", "score", pack, "--judge", "J1", "--marks", table, "--out", tmp_path / "s.score")
    say("packs", "collect", app.folder, tmp_path / "s.score")
    assert "Có thể khoá chấm" in say("judging", "status", app.folder)[1]
    assert "Đã khoá chấm" in say("judging", "close", app.folder, "--round", "round-1")[1]
    assert "Đã mở lại" in say(
        "judging", "reopen", app.folder, "--round", "round-1", "--reason", "Sai"
    )[1]  # fmt: skip
    _, out, _ = say("judging", "panel", app.folder, write(tmp_path / "p.csv", only + "J2,B\n"))
    assert "2 giám khảo" in out
    _, out, _ = say("judging", "panel", app.folder, write(tmp_path / "p.csv", only))
    assert "Không còn trong ban giám khảo: J2." in out
    facts = write(tmp_path / "f.csv", "contestant,part,seconds\n01,talk,x\n")
    assert say("judging", "facts", app.folder, facts)[0] == 1
    facts = write(tmp_path / "f.csv", "contestant,part,seconds\n01,talk,9\n")
    assert "Đã ghi 1 số liệu" in say("judging", "facts", app.folder, facts)[1]


def test_marks_twice_and_files_are_named(
    app: Context, pack: Path, say: Say, call: Call, tmp_path: Path
) -> None:
    table = tmp_path / "m.csv"
    base = ("judging", "score", pack, "--judge", "J07", "--marks", table, "--out", tmp_path)
    for name, points in (("a", "8"), ("b", "9")):
        marks_table(table, n01=points)
        call(*base, "--desk", tmp_path / name)
    files = sorted(tmp_path.glob("*.score"))
    _, out, _ = say("packs", "collect", app.folder, *files)
    assert "hai điểm khác nhau" in out
    _, out, _ = say("judging", "status", app.folder)
    assert "(Tiêu chí c1), chấm trên hai máy: cần kết luận." in out
    _, out, _ = say(
        "judging", "conclude", app.folder, "--contestant", "01", "--part", "talk", "--text", "Ok"
    )
    assert "Đã ghi kết luận về thí sinh 01" in out


def test_one_judges_own_work(
    app: Context, pack: Path, call: Call, say: Say, tmp_path: Path
) -> None:
    mine = (pack, "--judge", "J07")
    for text in ("Mở đầu tốt", "Số liệu rõ"):
        call("judging", "note", pack, "01", "--judge", "J07", "--at", "12.5", "--text", text)
    code, answer, _ = call("judging", "note", pack, "01", "--judge", "J07", "--remove", "1")
    assert (code, answer) == (0, {"notes": [{"seconds": 12.5, "text": "Số liệu rõ"}]})
    code, answer, _ = call("judging", "note", pack, "01", "--judge", "J07", "--remove", "7")
    assert (code, answer["error"]["code"]) == (1, "judging.no_such_note")
    for what, text in (("comment", "Gọn"), ("problem", "Clip đen")):
        code, answer, _ = call("judging", what, pack, "01", "--judge", "J07", "--text", text)
        assert (code, answer) == (0, {"entry": "01", "stored": True})
    marks = marks_table(tmp_path / "marks.csv", n01="8")
    call("judging", "score", *mine, "--marks", marks, "--out", tmp_path / "a.score")
    code, answer, _ = call("judging", "review", *mine)
    (entry,) = answer["entries"]
    assert (entry["total"], entry["rank"], entry["missing"]) == ("8", 1, 0)
    assert (entry["comment"], entry["problem"]) == ("Gọn", "Clip đen")
    assert (answer["handed_in"]["old"], answer["barred"]) == (False, ["02"])
    call("packs", "collect", app.folder, tmp_path / "a.score")
    _, answer, _ = call("judging", "remarks", app.folder)
    assert [(r["kind"], r["text"]) for r in answer["remarks"]] == [
        ("comment", "Gọn"),
        ("problem", "Clip đen"),
    ]
    _, said, _ = say("judging", "remarks", app.folder)
    assert "01 · J07 báo sự cố: Clip đen" in said
    code, answer, _ = call("judging", "sheet", *mine, "--out", tmp_path / "sheet.pdf")
    assert (code, answer["pages"]) == (0, 1)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
