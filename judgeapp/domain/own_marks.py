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
        slips: what in its own marks may be a slip.
        rank: among the whole entries of this judge, or None.
        hints: the slips, and whether it lies far from the others.
    """

    contestant: ContestantId
    sheets: tuple[Sheet, ...]
    marks: Mapping[tuple[PartId, CriterionId], MarkEvent]
    so_far: Decimal
    most: Decimal
    slips: tuple[Hint, ...] = ()
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
    return _ranked(
        [_entry(contestant, group, by_id, current) for contestant, group in groups.items()]
    )


def own_entries_after(
    entries: Sequence[OwnEntry], parts: Sequence[Part], event: MarkEvent
) -> list[OwnEntry]:
    """Return the entries as they are once this event, the newest of all, holds.

    The same as `own_entries` of all events, but only one entry is worked out anew: it is part of
    the time from a key to its tick.
    """
    by_id = {part.id: part for part in parts}

    def anew(entry: OwnEntry) -> OwnEntry:
        marks = {**entry.marks, (event.part, event.criterion): event}
        current = {mark.key: mark for mark in marks.values()}
        owed = [(sheet.judge, sheet.contestant, sheet.part) for sheet in entry.sheets]
        return _entry(entry.contestant, sheets(owed, parts, current), by_id, current)

    return _ranked([anew(e) if e.contestant == event.contestant else e for e in entries])


def _ranked(entries: Sequence[OwnEntry]) -> list[OwnEntry]:
    """Return the entries with what follows from all of them: rank, and who lies far off."""
    totals = sorted((e.total for e in entries if e.total is not None), reverse=True)
    ranks: dict[Decimal, int] = {}
    for place, total in enumerate(totals, start=1):
        ranks.setdefault(total, place)
    fence = _fence(totals)
    found = []
    for entry in entries:
        own = entry.total
        rank = None if own is None else ranks[own]
        hints = (*entry.slips, *_far_off(own, fence))
        same = (rank, hints) == (entry.rank, entry.hints)
        found.append(entry if same else replace(entry, rank=rank, hints=hints))
    return found


def _far_off(total: Decimal | None, fence: tuple[Fraction, Fraction] | None) -> tuple[Hint, ...]:
    if total is None or fence is None or fence[0] <= total <= fence[1]:
        return ()
    return (Hint("far_below" if total < fence[0] else "far_above"),)


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
    entry = OwnEntry(contestant, tuple(group), marks, so_far, most)
    return replace(entry, slips=_slips(entry, parts))


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


def _slips(entry: OwnEntry, parts: Mapping[PartId, Part]) -> tuple[Hint, ...]:
    if entry.total is None:
        return ()
    shares = [
        Fraction(points) / Fraction(criterion.max)
        for sheet in entry.sheets
        for criterion in parts[sheet.part].criteria
        if (points := entry.points(sheet.part, criterion.id)) is not None
    ]
    if 0 in shares:
        return (Hint("zero"),)
    if len(shares) >= LEAST_FOR_SHARE and all(share == shares[0] for share in shares):
        return (Hint("same_share", shares[0] * 100),)
    return ()
