"""The tally: the recomputable way from marks to a ranking and a cut.

A tally is computed from a sheet and all its marks, in exact numbers from end to end, and keeps what
it was computed from, so that every total can be explained down to the single mark.

Source: cli.md, "How it is computed, exactly".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.cut import CutResult, cut_at
from judgeapp.domain.grid import Grid, Problem, RawMark, fill_grid
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.numbers import half_up
from judgeapp.domain.scores import (
    PartScore,
    part_scores,
    penalties_of,
    totals,
    whole_numbers,
)
from judgeapp.domain.tally_sheet import TallySheet
from judgeapp.domain.ties import TieChain

_NO_PENALTY = Fraction(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contestant stands.

    Attributes:
        row: of the grid, or None for the withdrawn.
        rank: 1, 2, 2, 4; None without a total.
        total: rounded where the rule says so; ``exact`` before that.
        parts: in the order of the sheet's parts.
        sharing: all who share the rank, this one included, by id; empty without a rank.
        decided_by: the step that separated this one last from anybody with the same total.
    """

    contestant: ContestantId
    row: int | None
    rank: int | None
    total: Fraction | None
    exact: Fraction | None
    parts: tuple[PartScore, ...]
    sharing: tuple[ContestantId, ...] = ()
    decided_by: str | None = None

    @property
    def tied_with(self) -> list[ContestantId]:
        """The others who share the rank, by id."""
        return [item for item in self.sharing if item != self.contestant]


@dataclass(frozen=True)
class Tally:
    """What came out: the ranking (best first, those without a rank last), cut and problems."""

    sheet: TallySheet
    grid: Grid
    ranking: tuple[Standing, ...]
    cut: CutResult[ContestantId]
    problems: tuple[Problem, ...]

    def sheets_of(self, standing: Standing, part_index: int) -> dict[JudgeId, Fraction]:
        """Return the counting sheets of a contestant in a part, in points, before any penalty."""
        if standing.row is None:
            return {}
        part = self.grid.parts[part_index]
        return {
            judge: Fraction(sheet, part.scale)
            for judge, sheet in zip(part.part.judges, part.sheets_of(standing.row), strict=True)
            if sheet is not None
        }

    def of(self, contestant: ContestantId) -> Standing | None:
        """Return where that contestant stands, or None if the sheet does not know the id."""
        return next((item for item in self.ranking if item.contestant == contestant), None)


def tally(sheet: TallySheet, marks: Iterable[RawMark]) -> Tally:
    """Return the ranking, the cut and all problems of a checked sheet and its marks.

    Raises:
        BadInput: ``results.sheet_number_too_long`` if a mark's points have over 30 characters.
    """
    grid = fill_grid(sheet, marks)
    scores = [part_scores(grid, part) for part in grid.parts]
    exact = totals(sheet, scores)
    ranking = _ranked(grid, scores, exact)
    standings = [*ranking, *_unranked(grid, scores, exact)]
    ranks = {item.contestant: item.rank for item in ranking if item.rank is not None}
    return Tally(
        sheet,
        grid,
        tuple(standings),
        cut_at(ranks, sheet.rules.cut, sheet.rules.cut_ties),
        tuple(_all_problems(grid, scores)),
    )


def tie_chain(result: Tally) -> TieChain:
    """Return the tie chain of a tally again, to tell what separated a group."""
    return TieChain(result.grid, [part_scores(result.grid, part) for part in result.grid.parts])


def _ranked(
    grid: Grid, scores: Sequence[Sequence[PartScore]], exact: Sequence[Fraction | None]
) -> list[Standing]:
    rounded = _rounded(exact, grid.sheet.rules.round_total)
    chain = TieChain(grid, scores)
    parts = list(zip(*scores, strict=True))
    standings: list[Standing] = []
    for group in _equal_totals(rounded, lower_first=grid.sheet.lower_is_better):
        pieces, decided = chain.separate(group) if len(group) > 1 else ([group], {})
        for piece in pieces:
            piece.sort(key=grid.contestants.__getitem__)
            rank, sharing = len(standings) + 1, tuple([grid.contestants[row] for row in piece])
            standings += [
                Standing(
                    contestant=grid.contestants[row],
                    row=row,
                    rank=rank,
                    total=rounded[row],
                    exact=exact[row],
                    parts=parts[row],
                    sharing=sharing,
                    decided_by=decided.get(row),
                )
                for row in piece
            ]
    return standings


def _rounded(values: Sequence[Fraction | None], written: str | None) -> Sequence[Fraction | None]:
    """Return the totals as the rule rounds them; equal objects stay one object."""
    if written is None:
        return values
    step = Fraction(written)
    distinct = {id(value): value for value in values if value is not None}
    rounded = {key: half_up(value, step) for key, value in distinct.items()}
    return [rounded.get(id(value)) for value in values]


def _equal_totals(values: Sequence[Fraction | None], *, lower_first: bool) -> list[list[int]]:
    """Return the rows that have a total in groups of equal ones, the best first."""
    groups: dict[int, list[int]] = {}
    for row, number in enumerate(whole_numbers(values)[0]):
        if number is not None:
            groups.setdefault(number, []).append(row)
    return [groups[total] for total in sorted(groups, reverse=not lower_first)]


def _unranked(
    grid: Grid, scores: Sequence[Sequence[PartScore]], exact: Sequence[Fraction | None]
) -> list[Standing]:
    sums = penalties_of(grid.sheet)
    left: list[Standing] = []
    for item in grid.sheet.contestants:
        if item.withdrawn:
            parts = tuple(
                PartScore(None, None, sums.get((part.id, item.id), _NO_PENALTY))
                for part in grid.sheet.parts
            )
            left.append(Standing(item.id, None, None, None, None, parts))
        elif exact[grid.row_of[item.id]] is None:
            row = grid.row_of[item.id]
            parts = tuple(part[row] for part in scores)
            left.append(Standing(item.id, row, None, None, None, parts))
    return sorted(left, key=lambda standing: standing.contestant)


def _all_problems(grid: Grid, scores: Sequence[Sequence[PartScore]]) -> list[Problem]:
    problems = list(grid.problems)
    for part, column in zip(grid.parts, scores, strict=True):
        problems += [
            Problem("too_few_sheets", None, contestant, part.part.id, None)
            for contestant, score in zip(grid.contestants, column, strict=True)
            if score.score is None
        ]
    return sorted(
        problems,
        key=lambda item: (
            item.contestant or "",
            item.part or "",
            item.judge or "",
            item.criterion or "",
            item.code,
        ),
    )
