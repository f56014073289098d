"""What facts cost: penalty rules turned into points, each a line of its own.

Words: a *deduction* is one line of points taken from a part once, after the judges' sheets were
put together and before the weight. A negative one is a bonus. A part that is *void* counts 0.
Lengths are whole seconds, the decoded length cut off; exactly at limit and grace costs nothing.

Source: head of rubric-presets.yaml; scoring.md 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from judgeapp.domain.contest import Part, PenaltyRule, Round
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import ContestantId, PartId

DeductionType = Literal["over", "under", "late", "points"]
_SECONDS_A_MINUTE = 60


@dataclass(frozen=True)
class Deduction:
    """One line of points taken from a part, with the fact and the rule behind it.

    Attributes:
        points: what is taken off; below 0 for a bonus.
        rule: None where the secretary gave the points themselves.
        units: how many minutes or days were counted.
        capped: the rule's cap holds it down.
        void: so far beyond the limit that the part counts 0.
    """

    part: PartId
    contestant: ContestantId
    type: DeductionType
    points: Fraction
    fact: Fact
    rule: PenaltyRule | None = None
    units: int = 0
    capped: bool = False
    void: bool = False

    @property
    def reason(self) -> str:
        """What a tally sheet says it is for: the fact's own reason, else rule and value."""
        return self.fact.reason or f"{self.type} {self.fact.value}"


def deductions(
    held: Round, facts: Iterable[Fact], panel_sizes: Mapping[PartId, int]
) -> list[Deduction]:
    """Return what the facts that hold cost in this round; lines that cost nothing are left out.

    Args:
        held: the round whose rules apply; facts on other rounds or parts are passed over.
        facts: those that hold.
        panel_sizes: how many judges a part has; where scores are sums a void part needs it.
    """
    lines: list[Deduction] = []
    for fact in facts:
        part = held.part(fact.part)
        if part is None or fact.round != held.id:
            continue
        lines += _lines_of(part, fact)
    return [line for line in _with_void_points(held, lines, panel_sizes) if line.points]


def _lines_of(part: Part, fact: Fact) -> list[Deduction]:
    if fact.what == "points":
        return [Deduction(part.id, fact.contestant, "points", fact.number, fact)]
    return [
        line
        for rule in part.penalties
        if (rule.type == "late") == (fact.what == "late_days")
        for line in [_line(part, rule, fact)]
        if line is not None
    ]


def _line(part: Part, rule: PenaltyRule, fact: Fact) -> Deduction | None:
    """Return the line of one rule, or None where the fact is inside what is allowed."""
    beyond = _beyond(rule, fact)
    if beyond <= 0:
        return None
    units = _units(rule, beyond)
    points = units * Fraction(rule.per_unit)
    capped = rule.cap is not None and points > rule.cap
    if rule.cap is not None and capped:
        points = Fraction(rule.cap)
    void = rule.void_over_s is not None and beyond > rule.void_over_s
    return Deduction(part.id, fact.contestant, rule.type, points, fact, rule, units, capped, void)


def _beyond(rule: PenaltyRule, fact: Fact) -> int:
    """Return by how many seconds (or begun days) the fact is beyond limit and grace."""
    if rule.type == "late":
        return ceil(fact.number)
    seconds, limit = floor(fact.number), rule.limit_s or 0
    over = seconds - limit if rule.type == "over" else limit - seconds
    return over - rule.grace_s


def _units(rule: PenaltyRule, beyond: int) -> int:
    if rule.unit == "day":
        return beyond
    if rule.unit == "begun_minute":
        return -(-beyond // _SECONDS_A_MINUTE)
    return beyond // _SECONDS_A_MINUTE


def _with_void_points(
    held: Round, lines: list[Deduction], panel_sizes: Mapping[PartId, int]
) -> list[Deduction]:
    """Give each void line as many points as the part could have, bonuses included."""
    bonuses: dict[tuple[PartId, ContestantId], Fraction] = {}
    for line in lines:
        if line.points < 0:
            key = line.part, line.contestant
            bonuses[key] = bonuses.get(key, Fraction(0)) - line.points
    result = []
    for line in lines:
        part = held.part(line.part)
        if line.void and part is not None:
            sheets = panel_sizes.get(line.part, 1) if held.aggregate.method == "sum" else 1
            most = Fraction(part.max) * max(sheets, 1)
            most += bonuses.get((line.part, line.contestant), Fraction(0))
            line = replace(line, points=most, capped=False)
        result.append(line)
    return result
