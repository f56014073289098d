"""Marks typed from paper sheets: on the disk at once, never over a score file's in silence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.cli.main import run
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.points import Accepted, Empty, Refused
from judgeapp.services.closing import closing_state
from judgeapp.services.context import Context, Machine
from judgeapp.services.final_board import final_board, set_order
from judgeapp.services.paper_marks import PaperEntered, enter_paper_mark, paper_sheets
from judgeapp.services.upkeep import read_log
from tests.refused import refused
from tests.services.results_kit import contest, give, give_all, preliminary, set_stage

PLACES = (("talk", "c1"), ("talk", "c2"), ("outline", "c1"))


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return contest(machine, tmp_path / "contest", preliminary())


def enter(
    app: Context, typed: str, *, who: str = "01", judge: str = "J1",
    where: tuple[str, str] = ("talk", "c1"), reason: str = "",
) -> PaperEntered:  # fmt: skip
    part, criterion = where
    return enter_paper_mark(
        app,
        contestant=ContestantId(who),
        judge=JudgeId(judge),
        part=PartId(part),
        criterion=CriterionId(criterion),
        typed=typed,
        reason=reason,
    ).value


def shown(app: Context, who: str = "01") -> dict[str, tuple[Decimal, bool]]:
    found = paper_sheets(app, contestant=ContestantId(who))
    return {"/".join(key): (mark.points, mark.from_file) for key, mark in found.marks.items()}


def test_a_mark_is_on_the_disk_when_it_is_told(app: Context) -> None:
    assert enter(app, "8,5").answer == Accepted(Decimal("8.5"))
    again = open_contest(app.folder, app.machine)
    try:
        assert shown(again) == {"J1/talk/c1": (Decimal("8.5"), False)}
    finally:
        again.store.close()


def test_all_sheets_typed_give_the_total(app: Context) -> None:
    for judge, points in (("J1", ("9", "8", "7")), ("J2", ("8", "7", "6"))):
        for where, typed in zip(PLACES, points, strict=True):
            enter(app, typed, judge=judge, where=where)
    row = final_board(app).rows[0]
    assert row.complete
    assert row.total == Fraction(17 + 15, 2) + Fraction(13, 2)
    assert row.owing == ()


def test_what_does_not_fit_changes_nothing(app: Context) -> None:
    enter(app, "8")
    for typed in ("11", "8,3", "tám", "1.000"):
        assert isinstance(enter(app, typed).answer, Refused)
    assert enter(app, "8").event is None
    assert shown(app) == {"J1/talk/c1": (Decimal(8), False)}


def test_an_empty_text_takes_the_mark_back(app: Context) -> None:
    assert enter(app, "").event is None
    enter(app, "8")
    back = enter(app, "")
    assert back.answer == Empty()
    assert back.event is not None
    assert shown(app) == {}


def test_a_mark_of_a_score_file_needs_a_reason(app: Context) -> None:
    give(app, {"01": ["6", "7"]})
    with refused("judging.mark_of_file") as error:
        enter(app, "8")
    assert error.value.params["points"] == Decimal(6)
    assert enter(app, "6").event is None  # the paper says the same
    entered = enter(app, "8", reason="phiếu giấy có chữ ký ghi 8")
    assert entered.event is not None
    assert len(entered.event.replaces) == 1
    assert shown(app)["J1/talk/c1"] == (Decimal(8), False)
    enter(app, "8,5")  # typed here already: no reason is asked any more
    assert not [item for item in closing_state(app).items if item.kind == "rivals"]


def test_who_typed_it_is_in_the_log_without_points(app: Context) -> None:
    enter(app, "8,5")
    line = read_log(app)[-1]
    assert line.action == "judging.paper_mark_entered"
    assert line.actor == app.actor
    assert line.details == {
        "contestant": "01", "judge": "J1", "part": "talk", "criterion": "c1",
    }  # fmt: skip


def test_what_nobody_may_type(app: Context) -> None:
    with refused("judging.no_such_contestant"):
        enter(app, "8", who="99")
    with refused("judging.not_assigned"):
        enter(app, "8", judge="J9")
    with refused("judging.no_such_criterion"):
        enter(app, "8", where=("talk", "c9"))
    set_stage(app, "closed")
    with refused("judging.round_closed"):
        enter(app, "8")
    assert paper_sheets(app, contestant=ContestantId("01")).closed


def test_the_board_names_who_owes_what_and_who_is_next(app: Context) -> None:
    set_order(app, order=["03", "01", "04", "02"])
    give_all(app, {"03": "9"})
    enter(app, "8", who="01")
    board = final_board(app)
    assert [row.contestant.id for row in board.waiting] == ["01", "04", "02"]
    owing = [(item.judge, item.part, item.missing) for item in board.rows[1].owing]
    assert owing == [
        ("J1", "outline", 1), ("J1", "talk", 1), ("J2", "outline", 1), ("J2", "talk", 2),
    ]  # fmt: skip


def test_the_order_set_by_hand_names_everybody_once(app: Context) -> None:
    for order in (["01", "02", "03"], ["01", "02", "03", "03"], ["01", "02", "03", "04", "05"]):
        with refused("judging.order_not_everybody"):
            set_order(app, order=order)
    set_order(app, order=["04", "03", "02", "01"])
    assert [row.place for row in final_board(app).rows] == [1, 2, 3, 4]
    assert [str(row.contestant.id) for row in final_board(app).rows] == ["04", "03", "02", "01"]


def test_an_order_is_taken_back_as_long_as_it_stands(app: Context) -> None:
    first = set_order(app, order=["04", "03", "02", "01"])
    assert first.undo is not None
    second = set_order(app, order=["01", "03", "02", "04"])
    assert second.undo is not None
    with refused("undo.changed_since"):
        first.undo.do(app)
    second.undo.do(app)
    assert [str(row.contestant.id) for row in final_board(app).rows] == ["04", "03", "02", "01"]
    first.undo.do(app)
    assert not final_board(app).drawn


def test_the_command_line_enters_and_shows(
    app: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    app.store.close()
    folder = str(app.folder)
    assert run(["judging", "enter", folder, "01", "J1", "talk/c1=8,5", "outline/c1=7"]) == 0
    assert run(["judging", "enter", folder, "01", "J1", "talk/c1=99"]) == 1
    assert run(["judging", "enter", folder, "01", "J1", "talk:c1"]) == 1
    assert run(["judging", "order", folder, "--set", "02,01,03,04"]) == 0
    capsys.readouterr()
    assert run(["judging", "sheets", folder, "01"]) == 0
    assert "8,5" in capsys.readouterr().out
