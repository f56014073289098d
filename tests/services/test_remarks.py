"""Comments on entries and reported problems: stored, handed in, merged, never taken for marks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from judgeapp.domain.collecting import misfit
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId
from judgeapp.domain.remarks import ENTRY
from judgeapp.services.collecting import collect_file, look_at_files
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk
from judgeapp.services.desk_view import desk_view
from judgeapp.services.marking import comment_on_entry, enter_mark, report_problem
from judgeapp.services.remarks import remarks_on_entries
from judgeapp.services.results import tally_round
from judgeapp.services.score_files import export_score_file, take_over
from judgeapp.services.score_sheet import write_score_sheet
from tests.judging_kit import C1, TALK, desk, make_contest
from tests.refused import refused

ONE, TWO = ContestantId("01"), ContestantId("02")


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest", conflicts=[("J07", "02")])


def said(app: Context) -> list[tuple[str, str, str, str]]:
    return [(r.contestant, r.judge, r.kind, r.text) for r in remarks_on_entries(app)]


def test_what_is_said_of_an_entry_reaches_the_organiser(
    app: Context, at: Desk, tmp_path: Path
) -> None:
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="8")
    comment_on_entry(at, contestant=ONE, comment="Có dẫn chứng riêng.")
    report_problem(at, contestant=ONE, problem="Clip không có tiếng.")
    file = export_score_file(at, target=tmp_path / "a.score").value
    assert (file.scored, file.of) == (1, 1)
    (looked,) = look_at_files(app, files=[file.file])
    assert len(looked.new) == 1
    taken = collect_file(app, file=file.file).value
    assert (taken.verdict, dict(taken.put_aside)) == ("new", {})
    assert said(app) == [
        ("01", "J07", "comment", "Có dẫn chứng riêng."),
        ("01", "J07", "problem", "Clip không có tiếng."),
    ]


def test_the_newest_remark_holds_and_an_empty_one_takes_it_back(
    app: Context, at: Desk, tmp_path: Path
) -> None:
    report_problem(at, contestant=ONE, problem="Clip đen.")
    comment_on_entry(at, contestant=ONE, comment="a")
    comment_on_entry(at, contestant=ONE, comment="b")
    assert desk_view(at).entry(ONE).remark("problem") == "Clip đen."
    report_problem(at, contestant=ONE, problem=" ")
    assert desk_view(at).entry(ONE).remark("problem") == ""
    collect_file(app, file=export_score_file(at, target=tmp_path / "a.score").value.file)
    assert said(app) == [("01", "J07", "comment", "b")]


def test_a_remark_is_no_mark(at: Desk, app: Context, tmp_path: Path) -> None:
    comment_on_entry(at, contestant=ONE, comment="Tốt")
    view = desk_view(at)
    assert (view.missing, view.entry(ONE).state) == (1, "to_do")
    collect_file(app, file=export_score_file(at, target=tmp_path / "a.score").value.file)
    assert {problem.code for problem in tally_round(app).groups[0].result.problems} <= {
        "missing_mark",
        "too_few_sheets",
    }


def test_a_remark_makes_what_was_handed_in_old(at: Desk, tmp_path: Path) -> None:
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="8")
    export_score_file(at, target=tmp_path / "a.score")
    stored = comment_on_entry(at, contestant=ONE, comment="Gọn").value
    assert stored is not None
    handed = desk_view(at).handed_in
    assert handed is not None
    assert handed.old


def test_a_second_laptop_takes_remarks_over(
    machine: Machine, pack: Path, at: Desk, tmp_path: Path
) -> None:
    comment_on_entry(at, contestant=ONE, comment="Gọn")
    file = export_score_file(at, target=tmp_path / "a.score").value.file
    other = desk(machine, pack, folder=tmp_path / "other")
    assert take_over(other, file=file).value.marks == 0
    assert desk_view(other).entry(ONE).remark("comment") == "Gọn"


def test_who_does_not_mark_an_entry_says_nothing_of_it(at: Desk) -> None:
    with refused("judging.not_assigned"):
        report_problem(at, contestant=TWO, problem="x")
    with refused("judging.unknown_entry"):
        comment_on_entry(at, contestant=ContestantId("77"), comment="x")
    with refused("judging.comment_too_long"):
        comment_on_entry(at, contestant=ONE, comment="x" * 2001)


def test_only_what_a_desk_writes_is_a_remark(at: Desk) -> None:
    event = comment_on_entry(at, contestant=ONE, comment="x").value
    assert event is not None
    rules = at.pack.rules
    assert misfit(event, rules) is None
    for strange, why in (
        (replace(event, points=Decimal(1)), "unknown_criterion"),
        (replace(event, criterion=CriterionId("other")), "unknown_criterion"),
        (replace(event, part=TALK), "unknown_criterion"),
        (replace(event, judge=JudgeId("J99")), "not_assigned"),
    ):
        assert misfit(strange, rules) == why, strange
    assert event.part == ENTRY


def sheet_text(at: Desk, target: Path) -> str:
    written = write_score_sheet(at, target=target).value
    pages = PdfReader(written.file).pages
    assert len(pages) == written.pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_sheet_to_sign_holds_marks_receipt_and_signature(at: Desk, tmp_path: Path) -> None:
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="8,25")
    assert "chưa nộp" in sheet_text(at, tmp_path / "s.pdf")
    done = export_score_file(at, target=tmp_path / "a.score").value
    text = sheet_text(at, tmp_path / "s.pdf")
    for words in ("Giám khảo J07", "Thí sinh 01", "8,25", done.receipt, "GIÁM KHẢO"):
        assert words in text
    assert "Thí sinh 02" not in text
    enter_mark(at, contestant=ONE, part=TALK, criterion=C1, typed="9")
    assert done.receipt not in sheet_text(at, tmp_path / "s.pdf")
