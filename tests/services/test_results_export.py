"""Export of a contest's results: files that people and programs read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from judgeapp.domain.contest import Cut
from judgeapp.domain.ids import ContestantId
from judgeapp.services.context import Context, Machine
from judgeapp.services.results import finalists, tally_round
from judgeapp.services.results_export import export_results
from judgeapp.services.results_sheet import tally_file
from tests.judging_kit import withdraw
from tests.refused import refused
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

POINTS = {"01": "8.5", "02": "7", "03": "7", "04": "6"}


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Iterator[Context]:
    opened = contest(machine, tmp_path / "contest")
    give_all(opened, POINTS)
    give(opened, {"01": ["8.25"]})
    note(opened, "04", "points", "0.5", why="+ nộp thiếu")
    yield opened
    opened.store.close()


def rows(file: Path, delimiter: str = ";") -> list[list[str]]:
    text = file.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def rename(app: Context, number: str, name: str) -> None:
    with app.write() as u:
        person = u.people.contestant(ContestantId(number))
        assert person is not None
        u.people.update_contestant(replace(person, name=name))
        u.log("test.renamed")
        u.commit()


def test_the_files_of_an_export(app: Context, tmp_path: Path) -> None:
    out = tmp_path / "out" / "deep"
    written = export_results(app, out=out)
    assert written.files == (
        "thi-sinh.csv", "diem.csv", "xep-hang-round-1.csv", "ket-qua.xlsx", "tong-hop-round-1.json",
    )  # fmt: skip
    assert sorted(path.name for path in out.iterdir()) == sorted(written.files)
    english = export_results(app, out=out, style="plain", language="en").files
    assert english[:2] == ("contestants.csv", "marks.csv")


def test_the_ranking_has_the_exact_value_beside_the_printed_one(
    app: Context, tmp_path: Path
) -> None:
    withdraw(app, "04")
    export_results(app, out=tmp_path)
    heads, *ranking = rows(tmp_path / "xep-hang-round-1.csv")
    assert heads[:7] == [
        "Bảng", "Hạng", "SBD", "Họ và tên", "Đơn vị", "Tổng điểm", "Tổng điểm (giá trị đúng)",
    ]  # fmt: skip
    assert heads[7:10] == ["Phần talk", "Phần talk (giá trị đúng)", "Phần talk: điểm trừ"]
    first = ranking[0]
    assert first[:3] == ["", "1", "01"]
    assert first[5:10] == ["13,38", "'107/8", "8,38", "'67/8", "0"]
    assert [row[2] for row in ranking] == ["01", "02", "03", "04"]
    assert ranking[1][-3:] == ["03", "", "ở vạch"]
    assert ranking[0][-1] == "vào vòng sau"
    assert ranking[3][1] == ranking[3][5] == ""
    assert ranking[3][9] == "0,5"


def test_marks_and_contestants(app: Context, tmp_path: Path) -> None:
    rename(app, "03", "=1+1")
    export_results(app, out=tmp_path, style="plain")
    heads, *marks = rows(tmp_path / "diem.csv", ",")
    assert heads[3:8] == ["Mã giám khảo", "Giám khảo", "SBD", "Họ và tên", "Điểm"]
    assert len(marks) == 4 * 2 * 3
    mine = [row for row in marks if row[3] == "J1" and row[5] == "01" and row[2] == "Tiêu chí c1"]
    assert sorted(row[7] for row in mine) == ["5", "8.25"]
    assert mine[0][0] == "Vòng round-1"
    people = rows(tmp_path / "thi-sinh.csv", ",")
    assert people[3][:2] == ["03", "'=1+1"]
    assert people[1][4] == "Đảng bộ Xã Thử"


def test_a_mark_that_was_taken_back_is_no_mark(app: Context, tmp_path: Path) -> None:
    give(app, {"01": [None]})
    export_results(app, out=tmp_path)
    assert len(rows(tmp_path / "diem.csv")) == 1 + 4 * 2 * 3 - 1


def test_rules_that_cannot_be_applied_stop_the_export(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c", preliminary(tie_breakers=("judge:J9",)), final())
    with refused("results.tie_breaker_judge"):
        export_results(app, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    app.store.close()


def test_the_workbook_holds_the_same_tables(app: Context, tmp_path: Path) -> None:
    export_results(app, out=tmp_path)
    book = load_workbook(tmp_path / "ket-qua.xlsx")
    assert book.sheetnames == ["Thí sinh", "Điểm", "Xếp hạng Vòng round-1"]
    first = [cell.value for cell in book.worksheets[2][2]]
    assert first[1:3] == ["1", "01"]
    assert first[5:7] == ["13,38", "107/8"]


def test_the_tally_sheet_gives_the_same_ranking(app: Context, tmp_path: Path) -> None:
    withdraw(app, "04")
    export_results(app, out=tmp_path)
    again = tally_file(file=tmp_path / "tong-hop-round-1.json")
    (group,) = tally_round(app).groups
    assert again.ranking == group.result.ranking
    assert again.cut == group.result.cut
    assert again.problems == group.result.problems


def test_a_sheet_for_each_group_and_reached_round(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c", preliminary(cut=Cut(1, "group")), final())
    give_all(app, POINTS)
    set_group(app, {"01": "A/1", "02": "A/1", "03": "B", "04": "B"})
    set_stage(app, "closed")
    finalists(app)
    files = export_results(app, out=tmp_path / "out").files
    assert files[-3:] == (
        "tong-hop-round-1-A-1.json", "tong-hop-round-1-B.json", "tong-hop-final.json",
    )  # fmt: skip
    assert "xep-hang-final.csv" in files
    app.store.close()


def test_a_folder_that_cannot_be_made(app: Context, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with refused("files.not_a_folder"):
        export_results(app, out=tmp_path / "taken" / "out")


def test_ties_decided_are_told_in_words(app: Context, tmp_path: Path) -> None:
    give(app, {"02": ["9", "9"]}, where="talk/c2")
    give(app, {"02": ["0", "0"], "03": ["0", "0"]}, where="talk/c1")
    give(app, {"03": ["9", "9"]}, where="outline/c1")
    give(app, {"03": ["5", "5"]}, where="talk/c2")
    export_results(app, out=tmp_path)
    by = {row[2]: row[-2] for row in rows(tmp_path / "xep-hang-round-1.csv")[1:]}
    assert by["02"] == by["03"] == "điểm phần “Phần talk”"
