"""Why this number: the tree of a total, down to each single mark, and what separated a tie.

Words: a *term* is one step of the calculation: a label (key of its text), a formula, its exact
value, and the terms it is made of. `evaluate` computes a tree again from its leaves alone and must
give the total; a *dropped* term (trimmed) is shown and does not count, and one without a value is
a sheet that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Literal

from judgeapp.domain.grid import BARRED, PartGrid
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.numbers import half_up
from judgeapp.domain.scores import PartScore, combined, doubled_ranks, penalised, penalties_of
from judgeapp.domain.tally import Standing, Tally, tie_chain
from judgeapp.domain.tally_sheet import NOT_ASSIGNED, PenaltyLine
from judgeapp.domain.ties import TieStep

_OVER_SHEETS = ("rank_by_judge", "sheet_less_penalties")
_AROUND = ("rounded", "less", "product")
Formula = Literal["given", "none", "sum", "product", "mean", "median", "less", "rank", "rounded"]


@dataclass(frozen=True)
class Term:
    """One step of a calculation.

    Attributes:
        label: what it is, as a key: ``total``, ``part``, ``sheet``, ``mark``, ``weight``, …
        formula: how its value follows from its terms; ``less`` takes all others from the first,
            not below 0; ``rank`` is 1 + better + half of the equal ones; ``rounded`` rounds the
            first half up to a multiple of the second.
        value: exact, in points (or ranks); None where there is none.
        names: ids and reasons that belong to it: part, judge, criterion, reason.
        dropped: shown but not counted.
    """

    label: str
    formula: Formula
    value: Fraction | None
    terms: tuple[Term, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    dropped: bool = False


@dataclass(frozen=True)
class Explanation:
    """Everything behind one contestant's place.

    Attributes:
        total: the tree of the total; its value is the total that was ranked.
        tie_steps: what separated this one from others with the same total, in order.
        missing: how many points (or ranks) the total is short of the last who is in by the cut;
            None for who is in or on the line, or if there is no cut.
    """

    standing: Standing
    total: Term
    tie_steps: tuple[TieStep, ...]
    missing: Fraction | None


def evaluate(term: Term) -> Fraction | None:
    """Return the value of a tree, computed from its leaves."""
    if term.formula in ("given", "none"):
        return term.value
    values = [
        value for part in term.terms if not part.dropped and (value := evaluate(part)) is not None
    ]
    return _FORMULAS[term.formula](values)


def _less(values: Sequence[Fraction]) -> Fraction:
    return max(Fraction(0), values[0] - sum(values[1:], Fraction(0)))


def _rank(values: Sequence[Fraction]) -> Fraction:
    _, better, equal = values
    return 1 + better + equal / 2


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered, middle = sorted(values), len(values) // 2
    return (ordered[middle] + ordered[-middle - 1]) / 2


_FORMULAS: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda values: sum(values, Fraction(0)),
    "product": lambda values: prod(values, start=Fraction(1)),
    "mean": lambda values: sum(values, Fraction(0)) / len(values),
    "median": _median,
    "less": _less,
    "rank": _rank,
    "rounded": lambda values: half_up(values[0], values[1]),
}


def part_chain(term: Term) -> list[Term]:
    """Return a part's terms from what the judges gave outward to what counts in the total."""
    inner = term
    chain = [term]
    while inner.formula in _AROUND and inner.terms:
        inner = inner.terms[1] if inner.formula == "product" else inner.terms[0]
        chain.append(inner)
    return chain[::-1]


def sums_of(part: Term) -> list[Term]:
    """Return the innermost terms of a part: what the judges gave, panel by panel."""
    inner = part_chain(part)[0]
    if inner.label == "part_by_panels":
        return [term.terms[1] for term in inner.terms]
    return [inner]


def part_terms(total: Term) -> tuple[Term, ...]:
    """Return the terms of a total that are its parts."""
    return total.terms[0].terms if total.label == "total_rounded" else total.terms


def sheet_terms(term: Term) -> Iterator[Term]:
    """Yield the judges' sheets with their marks, wherever they lie in a part's term."""
    for below in term.terms:
        if below.label in ("sheet", "sheet_not_counting"):
            yield below
        elif below.label in _OVER_SHEETS or below.label.startswith("panel_"):
            yield from sheet_terms(below)


def explain(result: Tally, standing: Standing) -> Explanation:
    """Return everything behind the place of a contestant of this tally."""
    return Explanation(
        standing, _total(result, standing), _tie_steps(result, standing), _missing(result, standing)
    )


def _given(label: str, value: Fraction, **names: str) -> Term:
    return Term(label, "given", value, names=names)


def _total(result: Tally, standing: Standing) -> Term:
    terms = tuple(
        _weighted(result, standing, index, score) for index, score in enumerate(standing.parts)
    )
    if standing.exact is None:
        label = "withdrawn" if standing.row is None else "no_total"
        return Term(label, "none", None, terms)
    total = Term("total", "sum", standing.exact, terms)
    return _rounded("total_rounded", total, standing.total, result.sheet.rules.round_total)


def _rounded(label: str, term: Term, value: Fraction | None, step: str | None) -> Term:
    """Return the term rounded by the rule, or as it is where nothing is rounded."""
    if step is None or term.value is None:
        return term
    return Term(
        label, "rounded", value, (term, _given("rounding_step", Fraction(step))), term.names
    )


def _weighted(result: Tally, standing: Standing, index: int, score: PartScore) -> Term:
    part = result.sheet.parts[index]
    term = _part(result, standing, index, score)
    if part.weight == 1 or term.value is None:
        return term
    weight = _given("weight", part.weight)
    return Term(
        "part_weighted", "product", part.weight * term.value, (weight, term), {"part": part.id}
    )


def _part(result: Tally, standing: Standing, index: int, score: PartScore) -> Term:
    part, row, names = (
        result.grid.parts[index],
        standing.row,
        {"part": result.sheet.parts[index].id},
    )
    if row is None:
        return Term("no_score", "none", None, names=names)
    others = _unassigned(result, part, standing.contestant)
    sheets = tuple(
        Term("sheet_not_assigned", "none", None, names={"judge": str(judge)})
        if judge in others
        else _sheet(part, row, at)
        for at, judge in enumerate(part.part.judges)
    )
    if score.exact is None:
        return Term("no_score", "none", None, sheets, names)
    lines = [
        line
        for line in result.sheet.penalties
        if (line.contestant, line.part) == (standing.contestant, part.part.id)
    ]
    if part.part.aggregate.method == "rank_sum":
        term = _by_ranks(result, part, row, lines, names)
    else:
        term = _aggregated(part, row, sheets, names)
        term = _less_penalties("part_less_penalties", term, lines, names)
    return _rounded("part_rounded", term, score.score, result.sheet.rules.round_parts)


def _unassigned(result: Tally, part: PartGrid, contestant: str) -> set[str]:
    """Return the judges of a part who were not given this contestant to mark."""
    return {
        pair.judge
        for pair in result.sheet.excluded
        if pair.contestant == contestant
        and pair.reason == NOT_ASSIGNED
        and pair.part in (None, part.part.id)
    }


def _less_penalties(
    label: str, term: Term, lines: Sequence[PenaltyLine], names: Mapping[str, str]
) -> Term:
    if not lines:
        return term
    penalties = tuple(
        _given("penalty" if line.points >= 0 else "bonus", line.points, reason=line.reason or "")
        for line in lines
    )
    terms = (term, *penalties)
    value = _less([item.value for item in terms if item.value is not None])
    return Term(label, "less", value, terms, names)


def _aggregated(
    part: PartGrid, row: int, sheets: tuple[Term, ...], names: Mapping[str, str]
) -> Term:
    if not part.seats:
        return _of_judges("part", part, row, sheets, names, range(len(sheets)))
    whole = sum((panel.weight for panel, _ in part.seats), Fraction(0))
    terms = []
    for panel, seats in part.seats:
        own = {**names, "panel": panel.id}
        inner = _of_judges("panel", part, row, sheets, own, seats)
        share = panel.weight / whole
        value = None if inner.value is None else share * inner.value
        weight = Term("panel_share", "given", share, names={"panel": panel.id})
        terms.append(Term("panel_weighted", "product", value, (weight, inner), own))
    value = sum((term.value for term in terms if term.value is not None), Fraction(0))
    return Term("part_by_panels", "sum", value, tuple(terms), names)


def _of_judges(
    label: str,
    part: PartGrid,
    row: int,
    sheets: tuple[Term, ...],
    names: Mapping[str, str],
    seats: range,
) -> Term:
    """Return what the judges in these places give together: of a part, or of one of its panels."""
    if part.part.aggregate.over == "sheet":
        return _combined(label, part, sheets[seats.start : seats.stop], names)
    units_of = part.sheets_of(row)
    counting = [part.part.judges[at] for at in seats if units_of[at] is not None]
    terms = []
    for at, criterion in enumerate(part.part.criteria):
        marks = tuple(
            _given("mark_of_judge", Fraction(units, part.scale), judge=judge)
            for judge, units in zip(counting, part.column_of(row, at, seats), strict=True)
        )
        terms.append(_combined("criterion", part, marks, {**names, "criterion": criterion.id}))
    value = sum((term.value for term in terms if term.value is not None), Fraction(0))
    return Term(f"{label}_by_criteria", "sum", value, tuple(terms), names)


def _combined(
    label: str, part: PartGrid, terms: tuple[Term, ...], names: Mapping[str, str]
) -> Term:
    """Return what the part's method makes of the terms; the trimmed ones are marked as dropped."""
    how = part.part.aggregate
    formula: Formula = "mean"
    if how.method == "trimmed_mean":
        terms = _trimmed(terms, how.drop_low, how.drop_high)
    elif how.method in ("sum", "median"):
        formula = how.method
    units = [int(term.value * part.scale) for term in terms if term.value is not None]
    return Term(f"{label}_{how.method}", formula, combined(part, units), terms, names)


def _trimmed(terms: tuple[Term, ...], low: int, high: int) -> tuple[Term, ...]:
    known = sorted((term.value, at) for at, term in enumerate(terms) if term.value is not None)
    kept = {at for _, at in known[low : max(len(known) - high, 0)]}
    return tuple(
        term
        if at in kept or term.value is None
        else Term(term.label, term.formula, term.value, term.terms, term.names, dropped=True)
        for at, term in enumerate(terms)
    )


def _sheet(part: PartGrid, row: int, judge_index: int) -> Term:
    names = {"judge": str(part.part.judges[judge_index])}
    cells = part.cells_of(row, judge_index)
    if cells[0] == BARRED:
        return Term("sheet_barred", "none", None, names=names)
    terms = tuple(
        Term("mark", "given", Fraction(cell, part.scale), names={"criterion": criterion.id})
        if isinstance(cell, int)
        else Term(f"mark_{cell or 'missing_mark'}", "none", None, names={"criterion": criterion.id})
        for cell, criterion in zip(cells, part.part.criteria, strict=True)
    )
    units = part.sheets_of(row)[judge_index]
    if units is None:
        return Term("sheet_not_counting", "none", None, terms, names)
    return Term("sheet", "sum", Fraction(units, part.scale), terms, names)


def _by_ranks(
    result: Tally, part: PartGrid, row: int, lines: list[PenaltyLine], names: Mapping[str, str]
) -> Term:
    sums = penalties_of(result.sheet)
    terms = []
    for at, judge in enumerate(part.part.judges):
        values = {
            other: penalised(part, sheet, sums.get((part.part.id, contestant), Fraction(0)))
            for other, contestant in enumerate(result.grid.contestants)
            if (sheet := part.sheet(other, judge)) is not None
        }
        better = Fraction(sum(value > values[row] for value in values.values()))
        equal = Fraction(sum(value == values[row] for value in values.values()) - 1)
        sheet_term = _less_penalties(
            "sheet_less_penalties", _sheet(part, row, at), lines, {"judge": judge}
        )
        rank = Fraction(doubled_ranks(values)[row], 2)
        terms.append(
            Term(
                "rank_by_judge",
                "rank",
                rank,
                (sheet_term, _given("better", better), _given("equal", equal)),
                {"judge": judge},
            )
        )
    value = sum((term.value for term in terms if term.value is not None), Fraction(0))
    return Term("part_rank_sum", "sum", value, tuple(terms), names)


def _tie_steps(result: Tally, standing: Standing) -> tuple[TieStep, ...]:
    group = [
        item.row
        for item in result.ranking
        if item.row is not None and item.total == standing.total and item.total is not None
    ]
    steps: list[TieStep] = []
    if standing.row in group and len(group) > 1:
        tie_chain(result).separate(group, steps.append)
    return tuple(step for step in steps if standing.contestant in step.values)


def distance_to_cut(result: Tally, standing: Standing) -> Fraction | None:
    """Return how far a total lies from the line, above 0 on the side of those who go on.

    The line is the total of those who share the last seat, else of the last who goes on; None if
    there is no cut or no total.
    """
    at_the_line = result.cut.undecided or result.cut.taken
    last = result.of(at_the_line[-1]) if at_the_line else None
    if last is None or standing.total is None or last.total is None:
        return None
    ahead = standing.total - last.total
    return -ahead if result.sheet.lower_is_better else ahead


def _missing(result: Tally, standing: Standing) -> Fraction | None:
    settled: set[ContestantId] = {*result.cut.taken, *result.cut.undecided}
    distance = distance_to_cut(result, standing)
    return None if distance is None or standing.contestant in settled else abs(distance)
