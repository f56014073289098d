"""Marks as events: what a judge typed, in order, and which of them holds.

Words: a *mark event* is one typing of one mark; nothing is overwritten, a later event takes its
place. Counters decide which is later, never clocks: the current mark is the event with the highest
(counter, device, hash). An event without points took a mark back: it is missing again, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId

MarkKey = tuple[JudgeId, ContestantId, PartId, CriterionId]


@dataclass(frozen=True)
class MarkEvent:
    """One typing of one mark.

    Attributes:
        points: exact, on the criterion's step, or None where a mark was taken back.
        counter: goes up with each event on a device and past all it has taken over.
        device: random id of the laptop it was typed on.
        at: time by that laptop's clock, shown only.
        hash: SHA-256 of the event's canonical text; makes equal events one.
    """

    judge: JudgeId
    contestant: ContestantId
    part: PartId
    criterion: CriterionId
    points: Decimal | None
    comment: str | None
    counter: int
    device: str
    at: str
    hash: str

    @property
    def key(self) -> MarkKey:
        """What was marked by whom."""
        return self.judge, self.contestant, self.part, self.criterion


def current_marks(events: Iterable[MarkEvent]) -> dict[MarkKey, MarkEvent]:
    """Return the event that holds for each mark; the order of ``events`` does not matter."""
    current: dict[MarkKey, MarkEvent] = {}
    for event in events:
        known = current.get(event.key)
        if known is None or _later(event) > _later(known):
            current[event.key] = event
    return current


def _later(event: MarkEvent) -> tuple[int, str, str]:
    return event.counter, event.device, event.hash
