"""Stacking rows in a field: gaps are springs, and the skyline of the ink has the last word.

Words: each row stands below the one above at its *natural* distance where there is room; all
distances shrink together towards their *least* ones; what is left over goes above and below.
Distances are from baseline to baseline, in mm; heights on the sheet count from its top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from judgeapp.formats.typeset import LEADING, Row, clearance

ABOVE = 0.3  # share of spare room that goes above the first row


@dataclass(frozen=True)
class Sized:
    """Which field a row belongs to, and the sizes that it may have, in pt."""

    field: str
    full: float
    floor: float


@dataclass(frozen=True)
class Item:
    """A row and the white that it wants above it beside its leading: natural and least, in mm.

    Attributes:
        of: the field that it belongs to, where that is asked for.
    """

    row: Row
    gap: float
    least: float = 0.0
    of: Sized | None = None


@dataclass(frozen=True)
class Set:
    """A row at its place: ``y`` is the baseline's distance from the top of the sheet in mm."""

    row: Row
    y: float
    of: Sized | None = None


def stack(
    items: Sequence[Item], top: float, bottom: float, above: float = ABOVE
) -> list[Set] | None:
    """Place rows between ``top`` and ``bottom`` with all their ink inside, or None if too high.

    ``above`` is the share of spare room that goes above the first row.
    """
    if not items:
        return []
    floors = [
        max(clearance(upper.row, lower.row), _leading(lower.row) + lower.least)
        for upper, lower in pairwise(items)
    ]
    wishes = [
        max(floor, _leading(item.row) + item.gap)
        for floor, item in zip(floors, items[1:], strict=True)
    ]
    room = bottom - top - items[0].row.ink.top + items[-1].row.ink.bottom
    if sum(floors) > room:
        return None
    distances = _shrink(floors, wishes, room)
    y = top + items[0].row.ink.top + above * (room - sum(distances))
    placed = [Set(items[0].row, y, items[0].of)]
    for distance, item in zip(distances, items[1:], strict=True):
        y += distance
        placed.append(Set(item.row, y, item.of))
    return placed


def _leading(row: Row) -> float:
    return LEADING * row.em


def _shrink(floors: Sequence[float], wishes: Sequence[float], room: float) -> list[float]:
    """Return the natural distances, or all of them the same share nearer to the least ones."""
    if sum(wishes) <= room:
        return list(wishes)
    share = (room - sum(floors)) / (sum(wishes) - sum(floors))
    return [floor + (wish - floor) * share for floor, wish in zip(floors, wishes, strict=True)]


def stack_up(rows: Sequence[Row], baseline: float, gaps: Sequence[float]) -> list[Set]:
    """Place rows upward from the last one's baseline; ``gaps`` are the distances wished for."""
    placed = [Set(rows[-1], baseline)]
    y = baseline
    for index in range(len(rows) - 2, -1, -1):
        y -= max(gaps[index], clearance(rows[index], rows[index + 1]))
        placed.append(Set(rows[index], y))
    return placed[::-1]
