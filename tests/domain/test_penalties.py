"""What facts cost, by the rules of the presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.contest import Aggregate, Criterion, Part, PenaltyRule, Round
from judgeapp.domain.facts import Fact, FactKind
from judgeapp.domain.ids import ContestantId, CriterionId, PartId, RoundId
from judgeapp.domain.penalties import Deduction, deductions

ROUND, PART, SOMEBODY = RoundId("r"), PartId("p"), ContestantId("01")

CLIP_OVER = PenaltyRule("over", "full_minute", Decimal(1), limit_s=600, cap=Decimal(5))
CLIP_UNDER = PenaltyRule("under", "full_minute", Decimal(1), limit_s=420, cap=Decimal(5))
GREETING = PenaltyRule("over", "full_minute", Decimal(1), limit_s=300, void_over_s=180)
LATE = PenaltyRule("late", "day", Decimal("0.5"))


def held(rules: Sequence[PenaltyRule], **aggregate: Any) -> Round:
    criterion = Criterion(CriterionId("c"), "c", "c", Decimal(70), Decimal("0.5"))
    part = Part(PART, "p", "p", Decimal(1), (criterion,), tuple(rules))
    return Round(ROUND, "x", "x", Aggregate(**aggregate), (part,), (), judges=5, min_judges=3)


def fact(what: FactKind, value: str, reason: str = "") -> Fact:
    return Fact(ROUND, PART, SOMEBODY, what, value, reason)


def points_for(
    rules: Sequence[PenaltyRule],
    *,
    seconds: str | None = None,
    late_days: str | None = None,
    points: str | None = None,
    sizes: dict[PartId, int] | None = None,
    **aggregate: Any,
) -> list[Deduction]:
    given_facts: list[tuple[FactKind, str | None]] = [
        ("seconds", seconds),
        ("late_days", late_days),
        ("points", points),
    ]
    facts = [fact(what, value) for what, value in given_facts if value is not None]
    return deductions(held(rules, **aggregate), facts, sizes or {})


def taken(lines: list[Deduction]) -> Fraction:
    return sum((line.points for line in lines), Fraction(0))


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        ("600", "0"), ("601", "0"), ("659", "0"), ("660", "1"), ("660.9", "1"), ("719", "1"),
        ("720", "2"), ("899", "4"), ("900", "5"), ("960", "5"), ("4000", "5"),
        ("420", "0"), ("419", "0"), ("361", "0"), ("360", "1"), ("359.99", "1"), ("300", "2"),
        ("0", "5"),
    ],
)  # fmt: skip
def test_full_minutes_of_the_clip_rule(seconds: str, points: str) -> None:
    assert taken(points_for([CLIP_OVER, CLIP_UNDER], seconds=seconds)) == Fraction(points)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [("630", 0), ("630.5", 0), ("631", 1), ("690", 1), ("691", 2)]
)
def test_begun_minutes_after_the_grace(seconds: str, minutes: int) -> None:
    rule = PenaltyRule("over", "begun_minute", Decimal("0.5"), limit_s=600, grace_s=30)
    lines = points_for([rule], seconds=seconds)
    assert taken(lines) == Fraction(minutes, 2)
    assert [line.units for line in lines] == [minutes] * (minutes > 0)


@pytest.mark.parametrize(("days", "points"), [("0", "0"), ("1", "0.5"), ("1.5", "1"), ("3", "1.5")])
def test_begun_days_late(days: str, points: str) -> None:
    assert taken(points_for([LATE], late_days=days)) == Fraction(points)


def test_a_length_is_not_a_lateness() -> None:
    assert points_for([LATE], seconds="9999") == []
    assert points_for([CLIP_OVER], late_days="99") == []


def test_the_cap_is_told() -> None:
    (line,) = points_for([CLIP_OVER], seconds="960")
    assert (str(line.points), line.units, line.capped, line.void) == ("5", 6, True, False)
    (line,) = points_for([CLIP_OVER], seconds="900")
    assert (str(line.points), line.units, line.capped) == ("5", 5, False)


@pytest.mark.parametrize(("seconds", "points"), [("480", 3), ("481", 70), ("900", 70)])
def test_too_far_beyond_the_limit_the_part_counts_nothing(seconds: str, points: int) -> None:
    """Exactly 180 s beyond costs 3 points, a second more makes the part void (70 of 70)."""
    (line,) = points_for([GREETING], seconds=seconds)
    assert line.points == points
    assert line.void == (points == 70)


def test_a_void_part_has_no_bonus_left() -> None:
    lines = points_for([GREETING], seconds="900", points="-2.5")
    assert taken(lines) == 70
    assert {line.type: line.points for line in lines} == {"over": Fraction("72.5"), "points": -2.5}


@pytest.mark.parametrize(("method", "points"), [("sum", 350), ("mean", 70), ("rank_sum", 70)])
def test_a_void_part_takes_as_much_as_all_sheets_could_give(method: str, points: int) -> None:
    lines = points_for([GREETING], seconds="900", sizes={PART: 5}, method=method)
    assert taken(lines) == points


def test_points_of_the_secretary_are_taken_as_they_are() -> None:
    (line,) = points_for([CLIP_OVER], points="1.25")
    assert (line.type, line.points, line.rule) == ("points", Fraction("1.25"), None)
    assert points_for([CLIP_OVER], points="0") == []


def test_facts_on_another_round_or_part_are_passed_over() -> None:
    here = fact("points", "1")
    strangers = [replace(here, round=RoundId("other")), replace(here, part=PartId("other"))]
    assert deductions(held([]), strangers, {}) == []
    assert len(deductions(held([]), [here, *strangers], {})) == 1


@given(st.integers(0, 3000), st.integers(0, 120), st.integers(0, 900))
def test_begun_costs_at_most_one_minute_more_than_full(
    seconds: int, grace: int, limit: int
) -> None:
    full = PenaltyRule("over", "full_minute", Decimal(1), limit_s=limit, grace_s=grace)
    begun = replace(full, unit="begun_minute")
    more = taken(points_for([begun], seconds=str(seconds)))
    less = taken(points_for([full], seconds=str(seconds)))
    beyond = seconds - limit - grace
    assert 0 <= more - less <= 1
    assert (more > 0) == (beyond > 0)
    assert more - less == (1 if beyond > 0 and beyond % 60 else 0)
