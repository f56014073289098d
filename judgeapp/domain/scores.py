"""From the judges' sheets to the score of a part, and from scores to a total.

Words: a part's *exact* score is what the named method makes of the counting sheets, less the
penalties; the *score* is that, rounded where the contest's rule says so. With ``rank_sum`` scores
are sums of ranks and lower is better. No score is None, never 0.

Source: cli.md, "How it is computed, exactly", steps 2 to 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.contest import Aggregate, Method
from judgeapp.domain.grid import Grid, PartGrid
from judgeapp.domain.numbers import half_up
from judgeapp.domain.tally_sheet import TallySheet

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a contestant has in a part.

    Attributes:
        score: as it goes into the total, or None.
        exact: before rounding, or None.
        penalty: sum of the penalty lines, below 0 for a bonus.
    """

    score: Fraction | None
    exact: Fraction | None
    penalty: Fraction


Ratio = tuple[int, int]


def _mean(units: Sequence[int], _how: Aggregate) -> Ratio | None:
    return (sum(units), len(units)) if units else None


def _sum(units: Sequence[int], _how: Aggregate) -> Ratio | None:
    return (sum(units), 1) if units else None


def _median(units: Sequence[int], _how: Aggregate) -> Ratio | None:
    ordered, middle = sorted(units), len(units) // 2
    return (ordered[middle] + ordered[-middle - 1], 2) if ordered else None


def _trimmed_mean(units: Sequence[int], how: Aggregate) -> Ratio | None:
    return _mean(sorted(units)[how.drop_low : max(len(units) - how.drop_high, 0)], how)


_METHODS: dict[Method, Callable[[Sequence[int], Aggregate], Ratio | None]] = {
    "mean": _mean,
    "sum": _sum,
    "median": _median,
    "trimmed_mean": _trimmed_mean,
}
NEEDS_ALL: frozenset[Method] = frozenset({"sum", "rank_sum"})


def penalties_of(sheet: TallySheet) -> dict[tuple[str, str], Fraction]:
    """Return the sum of the penalty lines by part and contestant, where there are any."""
    sums: dict[tuple[str, str], Fraction] = {}
    for line in sheet.penalties:
        key = line.part, line.contestant
        sums[key] = sums.get(key, NOTHING) + line.points
    return sums


def part_scores(grid: Grid, part: PartGrid) -> list[PartScore]:
    """Return the scores of a part, row by row."""
    step = grid.sheet.rules.round_parts
    rounding = Fraction(step) if step is not None else None
    sums = penalties_of(grid.sheet)
    penalties = [sums.get((part.part.id, item), NOTHING) for item in grid.contestants]
    if part.part.aggregate.method == "rank_sum":
        exact = rank_sums(part, penalties)
    else:
        exact = [_less(_aggregate(part, row), penalty) for row, penalty in enumerate(penalties)]
    return [
        PartScore(_rounded(value, rounding), value, penalty)
        for value, penalty in zip(exact, penalties, strict=True)
    ]


def totals(sheet: TallySheet, scores: Sequence[Sequence[PartScore]]) -> list[Fraction | None]:
    """Return the totals before rounding, row by row; None where a part has no score.

    Args:
        sheet: with the weights.
        scores: part by part, row by row.
    """
    weights = [part.weight for part in sheet.parts]
    result: list[Fraction | None] = []
    for row in zip(*scores, strict=True):
        total = NOTHING
        for weight, part in zip(weights, row, strict=True):
            if part.score is None:
                result.append(None)
                break
            total += part.score if weight == 1 else weight * part.score
        else:
            result.append(total)
    return result


def _rounded(value: Fraction | None, step: Fraction | None) -> Fraction | None:
    return value if value is None or step is None else half_up(value, step)


def _less(value: Fraction | None, penalty: Fraction) -> Fraction | None:
    return value if value is None or not penalty else max(NOTHING, value - penalty)


def is_short_of_sheets(part: PartGrid, counting: int) -> bool:
    """Tell whether so many counting sheets are too few for a score."""
    return counting < part.part.min_judges or (
        part.part.aggregate.method in NEEDS_ALL and counting < len(part.part.judges)
    )


def combined(part: PartGrid, units: Sequence[int]) -> Fraction | None:
    """Return what the part's method makes of sheets or marks, in points; None of none left."""
    how = part.part.aggregate
    ratio = _METHODS[how.method](units, how)
    return Fraction(ratio[0], ratio[1] * part.scale) if ratio is not None else None


def _aggregate(part: PartGrid, row: int) -> Fraction | None:
    """Return what the method makes of the row's counting sheets, in points."""
    sheets = [sheet for sheet in part.sheets_of(row) if sheet is not None]
    if is_short_of_sheets(part, len(sheets)):
        return None
    if part.part.aggregate.over == "sheet":
        return combined(part, sheets)
    total = NOTHING
    for index in range(len(part.part.criteria)):
        column = combined(part, part.column_of(row, index))
        if column is None:
            return None
        total += column
    return total


def penalised(part: PartGrid, sheet: int, penalty: Fraction) -> Fraction:
    """Return a sheet in points less the penalty, not below 0: what a judge's ranks compare."""
    return max(NOTHING, Fraction(sheet, part.scale) - penalty)


def rank_sums(part: PartGrid, penalties: Sequence[Fraction]) -> list[Fraction | None]:
    """Return the sums of the judges' ranks, row by row; tied sheets share the mean rank."""
    rows = range(len(penalties))
    doubled = [0] * len(penalties)
    for judge in part.part.judges:
        sheets = [(row, part.sheet(row, judge)) for row in rows]
        values = {
            row: penalised(part, sheet, penalties[row])
            for row, sheet in sheets
            if sheet is not None
        }
        for row, rank in doubled_ranks(values).items():
            doubled[row] += rank
    return [
        None if not counting or is_short_of_sheets(part, counting) else Fraction(doubled[row], 2)
        for row in rows
        for counting in [sum(sheet is not None for sheet in part.sheets_of(row))]
    ]


def doubled_ranks(values: dict[int, Fraction]) -> dict[int, int]:
    """Return twice the mean rank of each row, the highest value first.

    >>> doubled_ranks({7: Fraction(9), 8: Fraction(5), 9: Fraction(5)})
    {7: 2, 8: 5, 9: 5}
    """
    ordered = sorted(values, key=values.__getitem__, reverse=True)
    ranks: dict[int, int] = {}
    first = 0
    while first < len(ordered):
        last = first
        while last + 1 < len(ordered) and values[ordered[last + 1]] == values[ordered[first]]:
            last += 1
        for row in ordered[first : last + 1]:
            ranks[row] = first + last + 2
        first = last + 1
    return ranks
