"""How firm a place is: what would change it is computed from the marks, not guessed."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings

from judgeapp.domain.firmness import Firmness, Rival, firmness, seat_of, tally_without
from judgeapp.domain.grid import Mark
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.numbers import shortest
from judgeapp.domain.tally import Tally, tally
from tests.domain.tally_sheets import body, oracle, part, sheets, table, tallied

STEP = [("c", "100", "0.5")]


def marks_of(sheet: dict[str, Any]) -> list[Mark]:
    return [Mark(**item) for item in sheet["marks"]]


def firm(sheet: dict[str, Any], contestant: str) -> Firmness:
    found = firmness(tallied(sheet), marks_of(sheet), ContestantId(contestant))
    assert found is not None
    return found


def places(result: Tally, seat: str) -> list[str]:
    return sorted(item.contestant for item in result.ranking if seat_of(result, item) == seat)


# --- one judge less -----------------------------------------------------------------------------


@pytest.mark.parametrize("judge", ["J1", "J2", "J3"])
def test_without_a_judge_as_worked_out_elsewhere(judge: str) -> None:
    example = oracle("judge-resampling-exact")
    given_marks, expected = example["input"]["marks"], example["expected"]["without_judge"]
    rows = {one: [given_marks[j][one] for j in sorted(given_marks)] for one in given_marks["J1"]}
    sheet = body(table(rows), [part(min_judges=3)], cut=example["input"]["seats"])
    left = tally_without(tallied(sheet), marks_of(sheet), JudgeId(judge))
    assert places(left, "in") == expected[judge]["in"]
    assert places(left, "tied") == expected[judge]["on_the_line"]
    assert places(left, "out") == expected[judge]["out"]
    for contestant in rows:
        there = {item.judge: item.seat for item in firm(sheet, contestant).without}
        assert (there[JudgeId(judge)] == "in") == (contestant in expected[judge]["in"])


def test_a_secretary_and_the_only_judge_of_a_part_are_never_left_out() -> None:
    sheet = body(
        [*table({"A": ["9", "8"], "B": ["7", "6"]}), *table({"A": ["5"], "B": ["5"]}, "q/c")],
        [part(judges=["J1", "J2"]), part("q", judges=["J1"])],
    )
    assert [item.judge for item in firm(sheet, "A").without] == ["J2"]
    sheet["judges"] = [{"id": "J1"}, {"id": "J2", "role": "secretary"}]
    assert firm(sheet, "A").without == ()


def test_a_judge_of_a_panel_is_left_out_of_it_and_the_only_one_never() -> None:
    panels = [{"id": "a", "weight": "1", "judges": ["J1", "J2"]},
              {"id": "b", "weight": "1", "judges": ["J3"]}]  # fmt: skip
    sheet = body(
        table({"A": ["9", "5", "7"], "B": ["6", "7", "7"]}),
        [{**part(judges=["J1", "J2", "J3"]), "panels": panels}], cut=1,
    )  # fmt: skip
    found = {item.judge: (item.total, item.seat) for item in firm(sheet, "A").without}
    assert found == {"J1": (F(6), "out"), "J2": (F(8), "in")}


# --- one step of one mark -----------------------------------------------------------------------


def test_one_step_that_costs_the_seat_is_found() -> None:
    """A leads B by half a point in the mean: one step of one judge makes them equal."""
    sheet = body(
        table({"A": ["80", "81"], "B": ["80.5", "80"], "C": ["70", "70"]}),
        [part(criteria=STEP)], cut=1,
    )  # fmt: skip
    found = firm(sheet, "A")
    assert found.seat == "in"
    assert found.one_step is not None
    assert (found.one_step.change, found.one_step.seat) == (F(-1, 2), "tied")
    assert (found.one_step.total, found.one_step.rank) == (F("80.25"), 1)
    assert found.rival == Rival(ContestantId("B"), 2, F(1, 4), ahead=False)


def test_who_is_out_is_asked_about_one_step_more() -> None:
    sheet = body(
        table({"A": ["80", "80"], "B": ["80", "79.5"], "C": ["59", "100"]}),
        [part(criteria=STEP)], cut=1,
    )  # fmt: skip
    found = firm(sheet, "B")
    assert found.one_step is not None
    assert (found.one_step.change, found.one_step.seat) == (F(1, 2), "tied")
    assert found.rival == Rival(ContestantId("A"), 1, F(1, 4), ahead=True)
    at_the_top = {step.judge for step in [firm(sheet, "C").one_step] if step}
    assert at_the_top == {"J1"}  # J2 gave the most there is


def test_a_dropped_mark_changes_nothing_and_the_one_that_does_is_told() -> None:
    sheet = body(
        table({"A": ["70", "80", "90"], "B": ["70", "79.5", "90"]}),
        [part(criteria=STEP, method="trimmed_mean", drop_low=1, drop_high=1)], cut=1,
    )  # fmt: skip
    found = firm(sheet, "A").one_step
    assert found is not None
    assert (found.judge, found.seat) == ("J2", "tied")


def test_where_nothing_flips_the_place_is_firm() -> None:
    sheet = body(table({"A": ["90", "90"], "B": ["50", "50"]}), [part(criteria=STEP)], cut=1)
    found = firm(sheet, "A")
    assert found.one_step is not None
    assert found.one_step.seat == "in"
    assert {item.seat for item in found.without} == {"in"}


def test_without_a_cut_the_next_in_rank_counts() -> None:
    sheet = body(table({"A": ["9", "9"], "B": ["8", "8"], "C": ["7", "7"]}))
    assert firm(sheet, "B").rival == Rival(ContestantId("C"), 3, F(1), ahead=False)
    assert firm(sheet, "C").rival == Rival(ContestantId("B"), 2, F(1), ahead=True)


def test_nobody_without_a_rank_has_a_firm_place() -> None:
    sheet = body(table({"A": ["9"], "B": ["8"]}), withdrawn=("B",))
    result = tallied(sheet)
    assert firmness(result, marks_of(sheet), ContestantId("B")) is None
    assert firmness(result, marks_of(sheet), ContestantId("X")) is None


@settings(max_examples=40)
@given(sheets(faults=False))
def test_the_told_step_is_a_tally_of_the_changed_marks(sheet: dict[str, Any]) -> None:
    """Changing that one mark in the sheet and tallying it again gives what was told."""
    result, marks = tallied(sheet), marks_of(sheet)
    for standing in result.ranking[:3]:
        found = firmness(result, marks, standing.contestant)
        if found is None or found.one_step is None:
            continue
        step = found.one_step
        changed = [
            Mark(m.judge, m.contestant, m.part, m.criterion, shortest(F(m.points) + step.change))
            if (m.judge, m.contestant, m.part, m.criterion)
            == (step.judge, standing.contestant, step.part, step.criterion)
            else m
            for m in marks
        ]
        there = tally(result.sheet, changed).of(standing.contestant)
        assert there is not None
        assert (there.rank, there.total) == (step.rank, step.total)
