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
from math import lcm

from judgeapp.domain.contest import NEEDS_ALL, Aggregate, Method
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


def penalties_of(sheet: TallySheet) -> dict[tuple[str, str], Fraction]:
    """Return the sum of the penalty lines by part and contestant, where there are any."""
    sums: dict[tuple[str, str], Fraction] = {}
    for line in sheet.penalties:
        key = line.part, line.contestant
        sums[key] = sums.get(key, NOTHING) + line.points
    return sums


def part_scores(grid: Grid, part: PartGrid) -> list[PartScore]:
    """Return the scores of a part, row by row; equal ones are one object."""
    step = grid.sheet.rules.round_parts
    rounding = Fraction(step) if step is not None else None
    sums = penalties_of(grid.sheet)
    penalties = [sums.get((part.part.id, item), NOTHING) for item in grid.contestants]
    by_ranks = part.part.aggregate.method == "rank_sum"
    ratios = rank_sums(part, penalties) if by_ranks else _aggregates(part)
    scale = 1 if by_ranks else part.scale
    known: dict[object, PartScore] = {}
    scores = []
    for ratio, penalty in zip(ratios, penalties, strict=True):
        key = ratio if penalty is NOTHING else (ratio, penalty)
        score = known.get(key)
        if score is None:
            exact = Fraction(ratio[0], ratio[1] * scale) if ratio is not None else None
            if exact is not None and not by_ranks:  # ranks have it taken from each sheet
                exact = max(NOTHING, exact - penalty)
            known[key] = score = PartScore(_rounded(exact, rounding), exact, penalty)
        scores.append(score)
    return scores


def whole_numbers(values: Sequence[Fraction | None]) -> tuple[list[int | None], int]:
    """Return values as whole numbers of one measure (so many a point), and that measure.

    They sort, compare and add far quicker than fractions; an object that occurs often is worked
    out once.

    >>> whole_numbers([Fraction(1, 2), None, Fraction(2, 3)])
    ([3, None, 4], 6)
    """
    distinct = {id(value): value for value in values if value is not None}
    measure = lcm(*{value.denominator for value in distinct.values()})
    whole = {
        key: value.numerator * (measure // value.denominator) for key, value in distinct.items()
    }
    return [whole.get(id(value)) for value in values], measure


def totals(sheet: TallySheet, scores: Sequence[Sequence[PartScore]]) -> list[Fraction | None]:
    """Return the totals before rounding, row by row; equal ones are one object.

    Args:
        sheet: with the weights.
        scores: part by part, row by row; a total is None where a part has no score.
    """
    columns = [whole_numbers([score.score for score in column]) for column in scores]
    worth = [part.weight / measure for part, (_, measure) in zip(sheet.parts, columns, strict=True)]
    measure = lcm(*(value.denominator for value in worth))
    factors = [int(value * measure) for value in worth]
    known: dict[int, Fraction] = {}
    result: list[Fraction | None] = []
    for row in zip(*(numbers for numbers, _ in columns), strict=True):
        total = 0
        for factor, number in zip(factors, row, strict=True):
            if number is None:
                result.append(None)
                break
            total += factor * number
        else:
            if total not in known:
                known[total] = Fraction(total, measure)
            result.append(known[total])
    return result


def _rounded(value: Fraction | None, step: Fraction | None) -> Fraction | None:
    return value if value is None or step is None else half_up(value, step)


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


def _aggregates(part: PartGrid) -> list[Ratio | None]:
    """Return what the method makes of each row's counting sheets, in units of the part."""
    if part.seats:
        return [_of_panels(part, row) for row in range(part.rows)]
    return [_aggregate(part, row, part.sheets_of(row)) for row in range(part.rows)]


def _aggregate(
    part: PartGrid, row: int, sheets: Sequence[int | None], seats: range | None = None
) -> Ratio | None:
    how = part.part.aggregate
    counting = [sheet for sheet in sheets if sheet is not None]
    if is_short_of_sheets(part, len(counting)):
        return None
    if how.over == "criterion":
        return _sum_of_criteria(part, row, seats)
    return _METHODS[how.method](counting, how)


def _of_panels(part: PartGrid, row: int) -> Ratio | None:
    """Return the weighted mean of the panels' scores; None if one of them has none."""
    sheets = part.sheets_of(row)
    whole = weighed = NOTHING
    for panel, seats in part.seats:
        ratio = _aggregate(part, row, sheets[seats.start : seats.stop], seats)
        if ratio is None:
            return None
        whole += panel.weight
        weighed += panel.weight * Fraction(*ratio)
    return (weighed / whole).as_integer_ratio()


def _sum_of_criteria(part: PartGrid, row: int, seats: range | None) -> Ratio | None:
    """Return the sum over the criteria; all are made of as many marks, so of one denominator."""
    how = part.part.aggregate
    method = _METHODS[how.method]
    ratios = [method(part.column_of(row, at, seats), how) for at in range(len(part.part.criteria))]
    known = [ratio for ratio in ratios if ratio is not None]
    return (sum(top for top, _ in known), known[0][1]) if known else None


def penalised(part: PartGrid, sheet: int, penalty: Fraction) -> Fraction:
    """Return a sheet in points less the penalty, not below 0: what a judge's ranks compare."""
    return max(NOTHING, Fraction(sheet, part.scale) - penalty)


def rank_sums(part: PartGrid, penalties: Sequence[Fraction]) -> list[Ratio | None]:
    """Return the sums of the judges' ranks, row by row; tied sheets share the mean rank."""
    doubled = [0] * part.rows
    for judge in part.part.judges:
        sheets = [(row, part.sheet(row, judge)) for row in range(part.rows)]
        values = {
            row: penalised(part, sheet, penalties[row])
            for row, sheet in sheets
            if sheet is not None
        }
        for row, rank in doubled_ranks(values).items():
            doubled[row] += rank
    counting = [sum(sheet is not None for sheet in part.sheets_of(row)) for row in range(part.rows)]
    return [
        None if not count or is_short_of_sheets(part, count) else (doubled[row], 2)
        for row, count in enumerate(counting)
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
