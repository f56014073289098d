"""What separates those with equal totals: the tie-breakers of the rule, then recorded decisions.

Words: a *group* is a list of rows that are equal so far, a *piece* a part of it after a step. A
step gives each member of a group a value, higher is better, and looks only inside the group; where
it cannot (a judge who lacks a sheet) it is skipped for that group. Nothing else, no name, number or
order of arrival, ever separates anybody.

Source: cli.md, "How it is computed, exactly", step 5.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from judgeapp.domain.grid import Grid, PartGrid
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.scores import PartScore, whole_numbers
from judgeapp.domain.tally_sheet import Decision

DECISION = "decision"
Values = Sequence[Fraction | int]
Compare = Callable[[list[int]], Values | None]


class Step(NamedTuple):
    """A tie-breaker ready to compare: ``measure`` of its values make a point (or a win)."""

    by: str
    values: Compare
    measure: int = 1


@dataclass(frozen=True, slots=True)
class TieStep:
    """A step that separated a group.

    Attributes:
        by: the tie-breaker as written in the sheet, or ``decision``.
        values: what each member had, higher is better; for a decision its place from the end.
        pieces: the members after the step, best first; those still equal by id.
    """

    by: str
    values: dict[ContestantId, Fraction]
    pieces: tuple[tuple[ContestantId, ...], ...]


@dataclass(frozen=True, slots=True)
class StepName:
    """A tie-breaker taken apart: ``by`` and the ids it names, empty where it names none."""

    by: str
    part: str = ""
    criterion: str = ""
    judge: str = ""


def name_step(written: str) -> StepName:
    """Return what a tie-breaker, as written in a sheet, compares.

    >>> name_step("criterion:presentation/c1")
    StepName(by='criterion', part='presentation', criterion='c1', judge='')
    """
    by, _, name = written.partition(":")
    part, _, criterion = name.partition("/")
    if by == "criterion":
        return StepName(by, part=part, criterion=criterion)
    return StepName(by, part=name) if by == "part" else StepName(by, judge=name)


class TieChain:
    """The tie-breakers and decisions of one sheet, ready to separate groups."""

    def __init__(self, grid: Grid, scores: Sequence[Sequence[PartScore]]) -> None:
        self._grid = grid
        self._scores = scores
        self._parts: dict[str, int] = {part.part.id: index for index, part in enumerate(grid.parts)}
        self._seats, self._seat_measure = _seats(grid)
        self._steps = [self._step(step) for step in grid.sheet.rules.tie_breakers]
        self._steps += [Step(DECISION, self._decision(item)) for item in grid.sheet.decisions]

    def separate(
        self, group: list[int], told: Callable[[TieStep], None] | None = None
    ) -> tuple[list[list[int]], dict[int, str]]:
        """Return the pieces of a group, best first, and which step separated each member last.

        Args:
            group: rows with equal totals.
            told: is told each step that separated somebody, in order.
        """
        pieces, decided = [group], dict[int, str]()
        for step in self._steps:
            if len(pieces) == len(group):
                break
            parted: list[list[int]] = []
            for piece in pieces:
                values = step.values(piece) if len(piece) > 1 else None
                smaller = _split(piece, values) if values is not None else [piece]
                parted += smaller
                if len(smaller) > 1 and values is not None:
                    decided.update(dict.fromkeys(piece, step.by))
                    if told is not None:
                        told(self._told(step, piece, values, smaller))
            pieces = parted
        return pieces, decided

    def compared(self, group: list[int]) -> list[tuple[str, dict[ContestantId, Fraction] | None]]:
        """Return what each rule says of each member of a group, None where it cannot be asked.

        Recorded decisions are left out: they are no rule.
        """
        ids = self._grid.contestants
        found: list[tuple[str, dict[ContestantId, Fraction] | None]] = []
        for step in self._steps:
            if step.by != DECISION:
                values = step.values(group)
                found.append(
                    (
                        step.by,
                        None
                        if values is None
                        else {
                            ids[row]: Fraction(value) / step.measure
                            for row, value in zip(group, values, strict=True)
                        },
                    )
                )
        return found

    def _told(
        self, step: Step, group: list[int], values: Values, pieces: list[list[int]]
    ) -> TieStep:
        ids = self._grid.contestants
        return TieStep(
            step.by,
            {
                ids[row]: Fraction(value) / step.measure
                for row, value in zip(group, values, strict=True)
            },
            tuple(tuple(sorted(ids[row] for row in piece)) for piece in pieces),
        )

    def _step(self, written: str) -> Step:
        name = name_step(written)
        if name.by == "part":
            return self._better_part(written, self._parts[name.part])
        if name.by == "criterion":
            means = self._criterion_mean(self._parts[name.part], name.criterion)
            return Step(written, means)
        if name.by == "judge":
            return Step(written, self._judge_higher(JudgeId(name.judge)), self._seat_measure)
        return Step(written, self._judges_prefer)

    def _better_part(self, written: str, index: int) -> Step:
        numbers, measure = whole_numbers([score.score for score in self._scores[index]])
        if self._grid.sheet.lower_is_better:
            return Step(written, lambda group: [-(numbers[row] or 0) for row in group], measure)
        return Step(written, lambda group: [numbers[row] or 0 for row in group], measure)

    def _criterion_mean(self, index: int, criterion: str) -> Compare:
        part = self._grid.parts[index]
        at = part.criterion_at[criterion][0]

        def mean(row: int, seats: range | None) -> Fraction:
            column = part.column_of(row, at, seats)
            return Fraction(sum(column), len(column) * part.scale)

        def means(group: list[int]) -> Values:
            if not part.seats:
                return [mean(row, None) for row in group]
            whole = sum(panel.weight for panel, _ in part.seats)
            return [
                sum((panel.weight * mean(row, seats) for panel, seats in part.seats), Fraction(0))
                / whole
                for row in group
            ]

        return means

    def _judge_higher(self, judge: JudgeId) -> Compare:
        at = [item.id for item in self._grid.sheet.judges].index(judge)

        def weighted(group: list[int]) -> Values | None:
            values = [self._weighted(row)[at] for row in group]
            known = [value for value in values if value is not None]
            return known if len(known) == len(values) else None

        return weighted

    def _judges_prefer(self, group: list[int]) -> Values:
        """Count for each member the pairs of judge and rival in which the judge put it higher."""
        wins = [0] * len(group)
        for column in zip(*[self._weighted(row) for row in group], strict=True):
            ordered = sorted([value for value in column if value is not None])
            for at, value in enumerate(column):
                if value is not None:
                    wins[at] += bisect_left(ordered, value)
        return wins

    def _weighted(self, row: int) -> list[int | None]:
        """Return of each judge Σ weight × sheet over the judge's parts, None if a sheet lacks."""
        sums: list[int | None] = [0] * len(self._grid.sheet.judges)
        for part, places, worth in self._seats:
            for at, sheet in zip(places, part.sheets_of(row), strict=True):
                before = sums[at]
                if sheet is None or before is None:
                    sums[at] = None
                else:
                    sums[at] = before + worth * sheet
        return sums

    def _decision(self, decision: Decision) -> Compare:
        size = len(decision.order)
        place = {contestant: size - at for at, contestant in enumerate(decision.order)}
        ids = self._grid.contestants
        return lambda group: [place.get(ids[row], 0) for row in group]


def _seats(grid: Grid) -> tuple[list[tuple[PartGrid, list[int], int]], int]:
    """Return each part with its judges' places and the worth of a unit; and so many to a point."""
    at = {judge.id: index for index, judge in enumerate(grid.sheet.judges)}
    worth = [part.part.weight / part.scale for part in grid.parts]
    measure = lcm(*(value.denominator for value in worth))
    seats = [
        (part, [at[judge] for judge in part.part.judges], int(value * measure))
        for part, value in zip(grid.parts, worth, strict=True)
    ]
    return seats, measure


def _split(group: Iterable[int], values: Values) -> list[list[int]]:
    """Return the group in pieces of equal value, the highest first."""
    pieces: dict[Fraction | int, list[int]] = {}
    for row, value in zip(group, values, strict=True):
        pieces.setdefault(value, []).append(row)
    return [pieces[value] for value in sorted(pieces, reverse=True)]
