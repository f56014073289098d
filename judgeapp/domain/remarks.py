"""What a judge says of a whole entry: a comment, or a problem that keeps it from being marked.

Words: a *remark* is a mark event without points at a place that is no criterion. So it is stored,
put back, merged and handed in as marks are; a later remark of its kind takes its place, an empty
one takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey, current_marks

Kind = Literal["comment", "problem"]
KINDS: tuple[Kind, ...] = ("comment", "problem")

ENTRY = PartId("/entry")
"""Stands for the entry as a whole; a part's id holds no slash."""


@dataclass(frozen=True, order=True)
class Remark:
    """One remark that holds; ``at`` is when, by the judge's clock, shown only."""

    contestant: ContestantId
    judge: JudgeId
    kind: Kind
    text: str
    at: str


def remark_key(judge: JudgeId, contestant: ContestantId, kind: Kind) -> MarkKey:
    """Return the place that a judge's remark on an entry has among the marks."""
    return judge, contestant, ENTRY, CriterionId(kind)


def is_remark(event: MarkEvent) -> bool:
    """Tell whether an event is a remark: no points at the place of one."""
    return event.part == ENTRY and event.criterion in KINDS and event.points is None


def remarks(events: Iterable[MarkEvent]) -> list[Remark]:
    """Return the remarks that hold, by contestant, judge and kind; other events are passed over."""
    held_by_key = current_marks(event for event in events if is_remark(event)).values()
    return sorted(
        Remark(held.contestant, held.judge, cast("Kind", held.criterion), held.comment, held.at)
        for held in held_by_key
        if held.comment
    )
