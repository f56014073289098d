"""What each judge gave a contestant in all, side by side, so that they can be drawn on one axis.

Where every part is a plain mean, one axis holds what a judge gave over all parts, by weight; else
each part has an axis of its own, because a dropped sheet is dropped in its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.explain import Term, part_chain, part_terms, sums_of

_MIDDLES = ("mean", "median")


@dataclass(frozen=True)
class OwnTotal:
    """What a judge gave; ``dropped`` by the rule."""

    judge: str
    value: Fraction
    dropped: bool


@dataclass(frozen=True)
class TotalsAxis:
    """Totals of judges on one axis.

    Attributes:
        part: whose sheets they are; None for all parts together.
        panel: which of the part's panels, or None where it has one.
        middle: what the rule makes of them.
    """

    part: str | None
    panel: str | None
    totals: tuple[OwnTotal, ...]
    middle: Fraction


def totals_axes(total: Term) -> list[TotalsAxis]:
    """Return the axes of a total's tree, those with at least two judges."""
    parts = [part for part in part_terms(total) if part.value is not None]
    axes = [
        axis
        for part in parts
        for inner in sums_of(part)
        if (axis := _of_sheets(part, inner)) is not None
    ]
    plain = all(part_chain(part)[0].label == "part_mean" for part in parts)
    together = _together(parts) if plain and len(axes) == len(parts) > 1 else None
    return [together] if together is not None else axes


def _of_sheets(part: Term, inner: Term) -> TotalsAxis | None:
    totals = tuple(
        OwnTotal(term.names["judge"], term.value, term.dropped)
        for term in inner.terms
        if term.value is not None and term.label == "sheet"
    )
    if inner.formula not in _MIDDLES or inner.value is None or len(totals) < 2:
        return None
    return TotalsAxis(part.names.get("part", ""), inner.names.get("panel"), totals, inner.value)


def _together(parts: list[Term]) -> TotalsAxis | None:
    """Return all parts on one axis, if the same judges sat in each."""
    sums: dict[str, Fraction] = {}
    panels: list[set[str]] = []
    middle = Fraction(0)
    for part in parts:
        inner, weight = part_chain(part)[0], _weight(part)
        sheets = {t.names["judge"]: t.value for t in inner.terms if t.value is not None}
        panels.append(set(sheets))
        middle += weight * (inner.value or 0)
        for judge, value in sheets.items():
            sums[judge] = sums.get(judge, Fraction(0)) + weight * value
    if any(panel != panels[0] for panel in panels):
        return None
    totals = tuple(OwnTotal(judge, value, dropped=False) for judge, value in sums.items())
    return TotalsAxis(None, None, totals, middle)


def _weight(part: Term) -> Fraction:
    if part.formula != "product" or part.terms[0].value is None:
        return Fraction(1)
    return part.terms[0].value
