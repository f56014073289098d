"""A judge's own marks side by side: totals, own ranks, and hints that never block.

Words: a *whole* entry has all marks that this judge owes for it; only those have a total and an own
rank, shared where totals are equal (1, 2, 2, 4). A *hint* asks the judge to look again at something
that may be a slip; it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from judgeapp.domain.contest import Part
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey
from judgeapp.domain.remarks import ENTRY, KINDS, remark_key
from judgeapp.domain.remarks import Kind as RemarkKind
from judgeapp.domain.sheets import Sheet, SheetKey, sheets

HintKind = Literal["same_share", "far_above", "far_below", "zero"]
State = Literal["to_do", "begun", "done"]

LEAST_FOR_SHARE, LEAST_FOR_FAR = 3, 8
_FAR = Fraction(3, 2)


@dataclass(frozen=True)
class Hint:
    """What may be a slip; ``percent`` is the share of all criteria where it is the same."""

    kind: HintKind
    percent: Fraction | None = None


@dataclass(frozen=True)
class OwnEntry:
    """One entry as this judge has marked it.

    Attributes:
        sheets: those owed, in the round's order.
        marks: what is typed so far, comments without points and remarks on the entry included.
        so_far: the weighted sum of the marks there are.
        most: the weighted maximum of the parts that are owed.
        rank: among the whole entries of this judge, or None.
    """

    contestant: ContestantId
    sheets: tuple[Sheet, ...]
    marks: Mapping[tuple[PartId, CriterionId], MarkEvent]
    so_far: Decimal
    most: Decimal
    rank: int | None = None
    hints: tuple[Hint, ...] = ()

    @property
    def missing(self) -> int:
        """How many marks are still owed."""
        return sum(len(sheet.missing) for sheet in self.sheets)

    @property
    def total(self) -> Decimal | None:
        """The weighted sum of all marks, or None while one is missing."""
        return None if self.missing else self.so_far

    @property
    def state(self) -> State:
        """How far the entry is."""
        if not self.missing:
            return "done"
        return "begun" if any(sheet.marked for sheet in self.sheets) else "to_do"

    def points(self, part: PartId, criterion: CriterionId) -> Decimal | None:
        """Return the mark that holds, or None."""
        event = self.marks.get((part, criterion))
        return event.points if event else None

    def remark(self, kind: RemarkKind) -> str:
        """Return what the judge said of the whole entry, empty if nothing."""
        event = self.marks.get((ENTRY, CriterionId(kind)))
        return (event.comment or "") if event else ""


def decimals_of(parts: Iterable[Part]) -> int:
    """Return how many decimals a total of these parts can have."""
    found = [
        -int((criterion.step * part.weight).normalize().as_tuple().exponent)
        for part in parts
        for criterion in part.criteria
    ]
    return max([0, *found])


def own_entries(
    owed: Iterable[SheetKey], parts: Sequence[Part], current: Mapping[MarkKey, MarkEvent]
) -> list[OwnEntry]:
    """Return the entries that a judge owes, in the order in which they are named first."""
    by_id = {part.id: part for part in parts}
    groups: dict[ContestantId, list[Sheet]] = {}
    for sheet in sheets(owed, parts, current):
        groups.setdefault(sheet.contestant, []).append(sheet)
    found = [_entry(contestant, group, by_id, current) for contestant, group in groups.items()]
    totals = [entry.total for entry in found if entry.total is not None]
    fence = _fence(totals)
    return [
        replace(entry, rank=_rank(entry, totals), hints=_hints(entry, by_id, fence))
        for entry in found
    ]


def _entry(
    contestant: ContestantId,
    group: Sequence[Sheet],
    parts: Mapping[PartId, Part],
    current: Mapping[MarkKey, MarkEvent],
) -> OwnEntry:
    judge = group[0].judge
    marks = {}
    for kind in KINDS:
        key = remark_key(judge, contestant, kind)
        if key in current:
            marks[key[2], key[3]] = current[key]
    for sheet in group:
        for criterion in parts[sheet.part].criteria:
            event = current.get((sheet.judge, contestant, sheet.part, criterion.id))
            if event is not None:
                marks[sheet.part, criterion.id] = event
    so_far = sum((sheet.sum * parts[sheet.part].weight for sheet in group), Decimal(0))
    most = sum((parts[s.part].max * parts[s.part].weight for s in group), Decimal(0))
    return OwnEntry(contestant, tuple(group), marks, so_far, most)


def _rank(entry: OwnEntry, totals: Sequence[Decimal]) -> int | None:
    total = entry.total
    return None if total is None else 1 + sum(1 for other in totals if other > total)


def _fence(totals: Sequence[Decimal]) -> tuple[Fraction, Fraction] | None:
    """Return the totals outside of which one lies far from the others, or None if too few.

    Source: Tukey, Exploratory Data Analysis: one and a half times the distance of the quarters.
    """
    if len(totals) < LEAST_FOR_FAR:
        return None
    ordered = sorted(Fraction(total) for total in totals)
    half = (len(ordered) + 1) // 2
    low, high = middle(ordered[:half]), middle(ordered[-half:])
    return low - _FAR * (high - low), high + _FAR * (high - low)


def middle(ordered: Sequence[Fraction]) -> Fraction:
    """Return the median of numbers in order; there is at least one."""
    count = len(ordered)
    return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def _hints(
    entry: OwnEntry, parts: Mapping[PartId, Part], fence: tuple[Fraction, Fraction] | None
) -> tuple[Hint, ...]:
    if entry.total is None:
        return ()
    shares = [
        Fraction(points) / Fraction(criterion.max)
        for sheet in entry.sheets
        for criterion in parts[sheet.part].criteria
        if (points := entry.points(sheet.part, criterion.id)) is not None
    ]
    found = []
    if 0 in shares:
        found.append(Hint("zero"))
    elif len(shares) >= LEAST_FOR_SHARE and all(share == shares[0] for share in shares):
        found.append(Hint("same_share", shares[0] * 100))
    if fence is not None and entry.total < fence[0]:
        found.append(Hint("far_below"))
    if fence is not None and entry.total > fence[1]:
        found.append(Hint("far_above"))
    return tuple(found)
