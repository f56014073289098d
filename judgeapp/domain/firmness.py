"""How firm a place is: what one step of one mark, or one judge fewer, would make of it.

Words: a contestant's *seat* is ``in`` if the cut takes the contestant (or there is none), ``tied``
on its line, ``out`` below it, ``none`` without a rank. Nothing is estimated: the round is tallied
anew from the changed marks, by the same rules, tie-breakers and decisions.

Source: scoring.md 5, "How sure are the ten?".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from judgeapp.domain.grid import Mark
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.numbers import shortest
from judgeapp.domain.tally import Standing, Tally, tally
from judgeapp.domain.tally_sheet import SheetPart

Seat = Literal["in", "tied", "out", "none"]
COUNTS_ONLY = "secretary"


@dataclass(frozen=True)
class Otherwise:
    """Where a contestant would stand if one thing were different; no total, no rank: None."""

    total: Fraction | None
    rank: int | None
    seat: Seat


@dataclass(frozen=True)
class OneStep(Otherwise):
    """One mark given one step higher or lower: that of ``judge`` for ``criterion`` of ``part``.

    Attributes:
        change: the step with its sign.
    """

    judge: JudgeId
    part: PartId
    criterion: CriterionId
    change: Fraction


@dataclass(frozen=True)
class WithoutJudge(Otherwise):
    """All sheets of ``judge`` left out, for everybody."""

    judge: JudgeId


@dataclass(frozen=True)
class Rival:
    """The nearest one on the other side of the line, or the next one where there is no cut.

    Attributes:
        gap: how far the totals lie apart, in points (or ranks).
        ahead: the rival stands above.
    """

    contestant: ContestantId
    rank: int
    gap: Fraction
    ahead: bool


@dataclass(frozen=True)
class Firmness:
    """How firm the place of a contestant with a rank is.

    Attributes:
        seat: as it is now; ``rank`` and ``total`` likewise.
        one_step: of all marks one step less (for who is out: one more), the one that changes most;
            None if no mark can be changed so.
        without: what each judge's absence would make of it, in the order of the sheet.
        rival: None if nobody else has a rank.
    """

    seat: Seat
    rank: int
    total: Fraction
    one_step: OneStep | None
    without: tuple[WithoutJudge, ...]
    rival: Rival | None


def seat_of(result: Tally, standing: Standing) -> Seat:
    """Return on which side of the line a contestant stands."""
    if standing.rank is None:
        return "none"
    if standing.contestant in result.cut.undecided:
        return "tied"
    return "in" if standing.contestant in result.cut.taken or result.cut.size is None else "out"


def firmness(result: Tally, marks: Sequence[Mark], contestant: ContestantId) -> Firmness | None:
    """Return how firm a place is, or None for somebody without a rank.

    Args:
        result: the tally of the round.
        marks: what it was computed from.
        contestant: who is asked about.
    """
    standing = result.of(contestant)
    if standing is None or standing.rank is None or standing.total is None:
        return None
    seat = seat_of(result, standing)
    return Firmness(
        seat,
        standing.rank,
        standing.total,
        _largest_step(result, marks, standing, seat),
        tuple(_without_each(result, marks, contestant)),
        _rival(result, standing, seat),
    )


def tally_without(result: Tally, marks: Sequence[Mark], judge: JudgeId) -> Tally:
    """Return the tally as if a judge had not been there; one sheet less is enough then."""
    parts = tuple(_less(part, judge) for part in result.sheet.parts)
    left = [mark for mark in marks if mark.judge != judge]
    return tally(replace(result.sheet, parts=parts), left)


def _less(part: SheetPart, judge: JudgeId) -> SheetPart:
    judges = tuple(one for one in part.judges if one != judge)
    panels = tuple(
        replace(panel, judges=tuple(one for one in panel.judges if one != judge))
        for panel in part.panels
    )
    least = max(1, part.min_judges - 1)
    return replace(part, judges=judges, panels=panels, min_judges=least)


def _alone(part: SheetPart, judge: JudgeId) -> bool:
    """Tell whether a judge is the only one of a part, or of one of its panels."""
    benches = [panel.judges for panel in part.panels] or [part.judges]
    return any(bench == (judge,) for bench in benches)


def _without_each(
    result: Tally, marks: Sequence[Mark], contestant: ContestantId
) -> Iterator[WithoutJudge]:
    for judge in result.sheet.judges:
        seated = [part for part in result.sheet.parts if judge.id in part.judges]
        alone = any(_alone(part, judge.id) for part in seated)
        if not seated or alone or judge.role == COUNTS_ONLY:
            continue
        there = _stands(tally_without(result, marks, judge.id), contestant)
        yield WithoutJudge(there.total, there.rank, there.seat, judge.id)


def _stands(result: Tally, contestant: ContestantId) -> Otherwise:
    standing = result.of(contestant)
    if standing is None:
        return Otherwise(None, None, "none")
    return Otherwise(standing.total, standing.rank, seat_of(result, standing))


def _largest_step(
    result: Tally, marks: Sequence[Mark], standing: Standing, seat: Seat
) -> OneStep | None:
    """Return the single step that moves the contestant furthest; a changed seat weighs most."""
    up = seat == "out"
    found = list(_steps(result, marks, standing.contestant, up=up))
    if not found:
        return None

    def moved(step: OneStep) -> tuple[bool, int]:
        rank = len(result.ranking) + 1 if step.rank is None else step.rank
        return step.seat != seat, -rank if up else rank

    return max(found, key=moved)


def _steps(
    result: Tally, marks: Sequence[Mark], contestant: ContestantId, *, up: bool
) -> Iterator[OneStep]:
    criteria = {(part.id, item.id): item for part in result.sheet.parts for item in part.criteria}
    seats = {(part.id, judge) for part in result.sheet.parts for judge in part.judges}
    changed = list(marks)
    for at, mark in enumerate(marks):
        criterion = criteria.get((mark.part, mark.criterion))
        if mark.contestant != contestant or criterion is None:
            continue
        if (mark.part, mark.judge) not in seats:
            continue
        change = criterion.step if up else -criterion.step
        points = Fraction(mark.points) + change
        if 0 <= points <= criterion.max:
            changed[at] = replace(mark, points=shortest(points))
            there = _stands(tally(result.sheet, changed), contestant)
            changed[at] = mark
            yield OneStep(
                there.total, there.rank, there.seat, mark.judge, mark.part, criterion.id, change
            )


def _rival(result: Tally, standing: Standing, seat: Seat) -> Rival | None:
    ranked = [item for item in result.ranking if item.rank is not None]
    others = [item for item in ranked if item.contestant != standing.contestant]
    if not others:
        return None
    if seat == "out":
        above = [item for item in others if seat_of(result, item) in ("in", "tied")]
        return _as_rival(above[-1], standing, ahead=True) if above else None
    if result.cut.size is not None:
        below = [item for item in others if seat_of(result, item) not in ("in", seat)]
    else:
        below = ranked[ranked.index(standing) + 1 :]
    if below:
        return _as_rival(below[0], standing, ahead=False)
    return _as_rival(others[-1], standing, ahead=True) if result.cut.size is None else None


def _as_rival(other: Standing, standing: Standing, *, ahead: bool) -> Rival:
    gap = abs((other.total or Fraction(0)) - (standing.total or Fraction(0)))
    return Rival(other.contestant, other.rank or 0, gap, ahead)
