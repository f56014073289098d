"""The calls of results, as a person and as a program hear them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from judgeapp.cli.main import run
from judgeapp.cli.results_words import telling
from judgeapp.domain.contest import Aggregate, Cut
from judgeapp.domain.ids import JudgeId
from judgeapp.domain.people import Judge
from judgeapp.services.context import Machine
from judgeapp.system.texts import load_texts
from tests.domain.slow_tally import slow_answer
from tests.domain.tally_sheets import DATA, body, mark, part, table, without_messages
from tests.judging_kit import withdraw
from tests.services.results_kit import (
    contest,
    final,
    give,
    give_all,
    note,
    preliminary,
    set_group,
    set_stage,
)

Capture = pytest.CaptureFixture[str]
RANKING = DATA / "ranking"
TIED = {"01": "9", "02": "7", "03": "7", "04": "6"}


def said(capture: Capture, *arguments: object, code: int = 0) -> str:
    assert run([str(item) for item in arguments]) == code
    heard = capture.readouterr()
    assert "Traceback" not in heard.err
    return heard.out if code == 0 else heard.err


def answer(capture: Capture, *arguments: object, code: int = 0) -> dict[str, Any]:
    assert run([*(str(item) for item in arguments), "--json"]) == code
    found = json.loads(capture.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def folder(machine: Machine, tmp_path: Path) -> Path:
    app = contest(machine, tmp_path / "contest")
    give_all(app, TIED)
    note(app, "02", "seconds", "660")
    note(app, "03", "points", "1", why="trang phục")
    set_stage(app, "closed")
    app.store.close()
    return app.folder


# --- a sheet --------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(RANKING.glob("r*.json")), ids=lambda file: file.stem)
def test_a_sheet_is_answered_as_promised(file: Path, capsys: Capture) -> None:
    got = answer(capsys, "results", "tally", "--sheet", file)
    assert all(problem["message"] for problem in got["problems"])
    assert without_messages(got) == slow_answer(json.loads(file.read_text(encoding="utf-8")))


def test_a_sheet_on_a_terminal(capsys: Capture) -> None:
    out = said(capsys, "results", "tally", "--sheet", RANKING / "r05_tie_at_cut.json")
    assert "ở vạch; đồng hạng với 04, 05" in out
    assert "Đồng điểm ở vạch: 03, 04, 05 (3 người, còn 2 suất)" in out
    english = said(
        capsys, "results", "tally", "--sheet", RANKING / "r05_tie_at_cut.json", "--lang", "en"
    )
    assert "On the line: 03, 04, 05 (3 contestants, 2 seats left)" in english
    assert "9.00" in english
    gaps = said(capsys, "results", "tally", "--sheet", RANKING / "r07_gaps_and_equal_marks.json")
    assert "chưa cho điểm thí sinh 03 ở phần “outline”, tiêu chí “c1”." in gaps
    assert "đã rút" in gaps


def written(tmp_path: Path, sheet: dict[str, Any]) -> Path:
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps(sheet), encoding="utf-8")
    return file


def test_of_many_problems_the_first_are_shown(tmp_path: Path, capsys: Capture) -> None:
    marks = [mark("J1", f"{at:02}", "x") for at in range(30)]
    out = said(capsys, "results", "tally", "--sheet", written(tmp_path, body(marks)))
    assert "Có 60 chỗ chưa ổn:" in out
    assert "và 40 chỗ nữa" in out
    assert "chưa đủ điểm" in out


def test_many_tied_are_not_all_listed(tmp_path: Path, capsys: Capture) -> None:
    marks = table({f"{at:02}": ["5"] for at in range(9)})
    sheet = written(tmp_path, body(marks, tie_breakers=["judge:J1"], cut=9))
    out = said(capsys, "results", "tally", "--sheet", sheet)
    assert "đồng hạng với 01, 02, 03, 04, 05, 06, …" in out


def test_totals_that_differ_are_not_printed_alike() -> None:
    from fractions import Fraction as F

    texts = load_texts("vi")
    values = [F(25, 3), F(8325, 1000), F(8), None, F(25, 3)]
    text = telling(values, None, texts)
    assert [text(value) for value in values] == ["8,333", "8,325", "8,00", "–", "8,333"]
    near = [F(1), F(1) + F(1, 10**12)]
    assert [telling(near, None, texts)(value) for value in near] == ["1,00000000"] * 2
    assert [telling(near, "0.1", texts)(value) for value in near] == ["1,0", "1,0"]


@pytest.mark.parametrize("arguments", [[], ["CONTEST", "--sheet", "x.json"]])
def test_a_contest_or_a_sheet_is_wanted(arguments: Sequence[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as leaving:
        run(["results", "tally", *arguments])
    assert leaving.value.code == 2
    assert "--sheet" in capsys.readouterr().err


def test_a_bad_sheet_is_refused_in_one_line(tmp_path: Path, capsys: Capture) -> None:
    sheet = written(tmp_path, body(table({"A": ["1"]}), [part(weight="x")]))
    error = answer(capsys, "results", "tally", "--sheet", sheet, code=1)["error"]
    assert error["code"] == "results.sheet_not_decimal"
    assert (error["file"], error["place"]) == ("sheet.json", "parts[0].weight")
    assert len(said(capsys, "results", "tally", "--sheet", sheet, code=1).splitlines()) == 1


def test_the_sheet_needs_no_database_and_no_window() -> None:
    script = (
        "import sys; from judgeapp.cli.main import run; "
        f"run(['results', 'tally', '--sheet', {str(RANKING / 'r01_float_tie.json')!r}, '--json']); "
        "print([name for name in ('sqlalchemy', 'PySide6', 'openpyxl', 'numpy', 'reportlab') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


# --- a contest ------------------------------------------------------------------------------------


def test_from_the_tally_to_the_finalists(folder: Path, capsys: Capture) -> None:
    tally = answer(capsys, "results", "tally", folder)
    assert (tally["round"], tally["stage"], tally["signed_off"]) == ("round-1", "closed", None)
    assert [row["contestant"] for row in tally["ranking"]] == ["01", "02", "03", "04"]
    assert tally["ranking"][1]["total"] == "11.00"
    assert tally["ranking"][1]["parts"]["talk"]["penalty"] == "1"
    assert tally["cut"] == {"size": 2, "in": ["01"], "undecided": ["02", "03", "04"]}
    refusal = answer(capsys, "results", "finalists", folder, "--round", "round-1", code=1)
    assert refusal["error"]["code"] == "results.cut_undecided"
    decided = answer(
        capsys, "results", "decide", folder, "--round", "round-1", "--order", "03, 02",
        "--by", "Trưởng ban giám khảo", "--reason", "bốc thăm",
    )  # fmt: skip
    assert decided == {"round": "round-1", "order": ["03", "02", "04"]}
    signed = answer(capsys, "results", "finalists", folder, "--round", "round-1")
    assert signed == {"round": "round-1", "contestants": ["01", "03"], "signed_now": True}
    again = said(capsys, "results", "finalists", folder)
    assert "đã được chốt như thế này từ trước (2 thí sinh): 01, 03" in again
    tally = answer(capsys, "results", "tally", folder)
    assert (tally["signed_off"], tally["difference"]) == (["01", "03"], None)
    assert tally["ranking"][1]["decided_by"] == "decision"


def test_words_of_the_calls(folder: Path, capsys: Capture) -> None:
    decided = said(
        capsys, "results", "decide", folder, "--round", "round-1", "--order", "03",
        "--by", "chair", "--reason", "lots",
    )  # fmt: skip
    assert "Thứ tự hiện nay: 03, 02, 04" in decided
    assert "Đã chốt 2 thí sinh" in said(capsys, "results", "finalists", folder)
    out = said(capsys, "results", "tally", folder)
    assert "Vòng round-1: đã khoá chấm." in out
    assert "phân định bằng quyết định đã ghi" in out
    assert "Danh sách đã chốt lúc " in out


def test_a_difference_is_told(folder: Path, machine: Machine, capsys: Capture) -> None:
    from judgeapp.bootstrap import open_contest
    from judgeapp.services.results import decide, finalists

    app = open_contest(folder, machine)
    decide(app, round_id="round-1", order=["03"], by="chair", reason="…")
    finalists(app)
    withdraw(app, "03")
    app.store.close()
    out = said(capsys, "results", "tally", folder, "--round", "round-1")
    assert "Danh sách đã chốt không bị đổi." in out
    tally = answer(capsys, "results", "tally", folder, "--round", "round-1")
    assert tally["difference"]["left"] == ["03"]


def test_an_explanation_in_words(folder: Path, capsys: Capture) -> None:
    out = said(capsys, "results", "explain", folder, "02")
    assert "Hạng 2 ở Vòng round-1." in out
    assert "Đồng hạng với 03, 04." in out
    assert "  Phần “Phần talk” sau khi trừ (không dưới 0): 6 = 7 − 1" in out
    assert "Điểm trừ (dài 660 giây, quá 1 phút tính trừ): 1" in out
    assert "Giám khảo J1 Giám khảo J1: 7 = Tiêu chí c1 7/10 + Tiêu chí c2 0/10" in out
    assert "Điểm trừ (trang phục): 1" in said(capsys, "results", "explain", folder, "03")
    tree = answer(capsys, "results", "explain", folder, "02")
    assert (tree["rank"], tree["total"], tree["exact"]) == (2, "11.00", "11")
    assert tree["tree"]["terms"][0]["label"] == "part_less_penalties"
    assert tree["penalties"][0]["fact"] == "660"
    refusal = answer(capsys, "results", "explain", folder, "99", code=1)
    assert refusal["error"]["code"] == "results.unknown_contestant"


def test_how_firm_in_words_and_on_paper(machine: Machine, tmp_path: Path, capsys: Capture) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, TIED)
    app.store.close()
    sheet, minutes = tmp_path / "why.pdf", tmp_path / "tie.pdf"
    out = said(capsys, "results", "explain", app.folder, "02", "--pdf", sheet)
    assert "J1 cho thấp hơn 0,25: còn 11,88, hạng 3, xuống dưới vạch" in out
    assert "Người xếp sau (hạng 4) kém 1,00 điểm" in out
    firm = answer(capsys, "results", "explain", app.folder, "04")["firm"]
    assert firm["one_step"]["change"] == "1/4"
    assert firm["rival"] == {"contestant": "03", "rank": 2, "gap": "1", "ahead": True}
    assert [item["judge"] for item in firm["without"]] == ["J1", "J2"]
    said(capsys, "results", "tie", app.folder, "--form", minutes)
    for file in (sheet, minutes):
        assert file.read_bytes().startswith(b"%PDF")
    run(["results", "decide", str(app.folder), "--round", "round-1", "--order", "03", "--by",
         "trưởng ban", "--reason", "sát hơn"])  # fmt: skip
    said(capsys, "results", "tie", app.folder, "--form", minutes)
    words = " ".join(PdfReader(minutes).pages[0].extract_text().split())
    assert "Người được chọn: 03 Thí sinh 03" in words
    assert "Lý do: trưởng ban: sát hơn" in words


def test_minutes_need_a_tie(machine: Machine, tmp_path: Path, capsys: Capture) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, {"01": "9", "02": "8", "03": "7", "04": "6"})
    app.store.close()
    refusal = answer(capsys, "results", "tie", app.folder, "--form", tmp_path / "x.pdf", code=1)
    assert refusal["error"]["code"] == "results.no_tie_on_line"


def test_a_tie_step_in_words(machine: Machine, tmp_path: Path, capsys: Capture) -> None:
    held = preliminary(tie_breakers=("criterion:talk/c2",), cut=Cut(1))
    app = contest(machine, tmp_path / "c", held, final())
    give_all(app, {"01": "7", "02": "7", "03": "3", "04": "1"})
    give(app, {"01": ["0", "1"], "02": ["2", "0"]}, where="talk/c2")
    give(app, {"01": ["7.5", "7.5"]}, where="talk/c1")
    app.store.close()
    out = said(capsys, "results", "explain", app.folder, "01")
    assert "xét tiêu chí “Tiêu chí c2” của phần “Phần talk”: 02 1; 01 0,5. Thứ tự: 02 > 01." in out
    assert "Còn thiếu" not in out
    assert "Còn thiếu 5 điểm" in said(capsys, "results", "explain", app.folder, "03")


def test_a_decision_in_words(folder: Path, capsys: Capture) -> None:
    run(["results", "decide", str(folder), "--round", "round-1", "--order", "03", "--by",
         "trưởng ban", "--reason", "bốc thăm"])  # fmt: skip
    capsys.readouterr()
    out = said(capsys, "results", "explain", folder, "02")
    assert "xét quyết định đã ghi. Thứ tự: 03 > 02 = 04." in out
    assert "Quyết định của trưởng ban: 03 được xếp trước. Lý do: bốc thăm" in out


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Aggregate("median"), "trung vị của 3; 4"),
        (Aggregate("sum"), "7 = 3 + 4"),
        (Aggregate("trimmed_mean", drop_high=1), "[bị bỏ theo thể lệ]"),
        (Aggregate("mean", over="criterion"), "Phần “Phần talk”, cộng các tiêu chí: 3,5"),
        (Aggregate("rank_sum"), "1 + 1 + 0 / 2"),
    ],
)
def test_every_method_in_words(
    how: Aggregate, words: str, machine: Machine, tmp_path: Path, capsys: Capture
) -> None:
    held = preliminary(aggregate=how, round_parts="0.1", round_total="1")
    app = contest(machine, tmp_path / "c", held, final(), numbers=["01", "02"])
    give_all(app, {"01": "0", "02": "0"})
    give(app, {"01": ["3", "4"], "02": ["4", "1"]})
    app.store.close()
    out = said(capsys, "results", "explain", app.folder, "01")
    assert words in out
    assert "làm tròn đến bội của 1" in out


def test_a_value_without_end_is_told_as_a_fraction_too(
    machine: Machine, tmp_path: Path, capsys: Capture
) -> None:
    app = contest(machine, tmp_path / "c", preliminary(), final(), numbers=["01"])
    with app.write() as u:
        u.judging.set_panel([*u.judging.judges(), Judge(JudgeId("J3"), "GK 3", "member")], [])
        u.log("test.panel")
        u.commit()
    for where, row in (("talk/c1", "889"), ("talk/c2", "000"), ("outline/c1", "555")):
        give(app, {"01": list(row)}, where=where, judges=["J1", "J2", "J3"])
    app.store.close()
    out = said(capsys, "results", "explain", app.folder, "01")
    assert "trung bình các phiếu: 8,33 (25/3) = (8 + 8 + 9) : 3" in out


def test_what_is_missing_in_words(machine: Machine, tmp_path: Path, capsys: Capture) -> None:
    app = contest(machine, tmp_path / "c", preliminary(), final(), numbers=["01", "02"])
    give(app, {"01": ["3", "4"]})
    withdraw(app, "02")
    app.store.close()
    out = said(capsys, "results", "explain", app.folder, "01")
    assert "Chưa có hạng" in out
    assert (
        "Phiếu của giám khảo J1 Giám khảo J1 không được tính = Tiêu chí c1 3/10 + Tiêu chí c2 –"
        in out
    )
    assert "Đã rút khỏi Vòng round-1" in said(capsys, "results", "explain", app.folder, "02")
    assert "J1 chưa cho điểm thí sinh 01 ở phần “Phần talk”, tiêu chí “Tiêu chí c2”" in said(
        capsys, "results", "tally", app.folder
    )


def test_groups_are_told_one_after_the_other(
    machine: Machine, tmp_path: Path, capsys: Capture
) -> None:
    app = contest(machine, tmp_path / "c", preliminary(cut=Cut(1, "group")), final())
    give_all(app, TIED)
    set_group(app, {"01": "A", "02": "A", "03": "B", "04": "B"})
    app.store.close()
    out = said(capsys, "results", "tally", app.folder)
    assert "đang chấm, kết quả còn có thể thay đổi" in out
    assert out.index("theo bảng: A") < out.index("theo bảng: B")
    tally = answer(capsys, "results", "tally", app.folder)
    assert [(row["group"], row["contestant"], row["rank"]) for row in tally["ranking"]] == [
        ("A", "01", 1), ("A", "02", 2), ("B", "03", 1), ("B", "04", 2),
    ]  # fmt: skip
    assert tally["cut"] == {"size": 1, "in": ["01", "03"], "undecided": []}
    assert [group["cut"]["in"] for group in tally["groups"]] == [["01"], ["03"]]
    assert tally["problems"] == []


def test_export_tells_the_files(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    out = said(capsys, "results", "export", folder, tmp_path / "out")
    assert "xep-hang-round-1.csv" in out
    files = answer(capsys, "results", "export", folder, tmp_path / "out", "--csv", "plain")["files"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(files)
    tally = answer(capsys, "results", "tally", folder)
    sheet = answer(
        capsys, "results", "tally", "--sheet", tmp_path / "out" / "tong-hop-round-1.json"
    )
    assert {key: tally[key] for key in sheet} == sheet
