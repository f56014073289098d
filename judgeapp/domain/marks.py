"""Marks as events: what a judge typed, in order, and which of them holds.

Words: a *mark event* is one typing of one mark; nothing is overwritten, a later event takes its
place. Counters decide which is later, never clocks: the current mark is the event with the highest
(counter, device, hash). An event without points took a mark back: it is missing again, never 0.
Each event names those it *replaces*: events of one mark that nobody replaced are *rivals*, made on
two laptops (or two copies of one) that did not know of each other.
Not checked here: whether the points fit the criterion.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.ids import ContestantId, ContestId, CriterionId, JudgeId, PartId, RoundId
from judgeapp.domain.numbers import plain

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

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
        replaces: hashes of the events of the same mark that it took the place of, in order.
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
    replaces: tuple[str, ...] = ()

    @property
    def key(self) -> MarkKey:
        """What was marked by whom."""
        return self.judge, self.contestant, self.part, self.criterion


def typed_mark(
    contest: ContestId,
    round_id: RoundId,
    rubric_hash: str,
    key: MarkKey,
    *,
    points: Decimal | None,
    comment: str | None,
    counter: int,
    device: str,
    at: str,
    replaces: Iterable[str] = (),
) -> MarkEvent:
    """Return the event of one typing with its hash.

    The hash covers the contest, the round and its rubric: an event of last year's contest, of the
    round before or of rubrics that were changed since is never taken for one of this.
    """
    judge, contestant, part, criterion = key
    ordered = tuple(sorted(replaces))
    text = _encode(
        [
            "mark/1", contest, round_id, rubric_hash, judge, contestant, part, criterion,
            None if points is None else plain(points), comment, counter, device, at, *ordered,
        ]
    )  # fmt: skip
    digest = hashlib.sha256(text.encode()).hexdigest()
    return MarkEvent(
        judge, contestant, part, criterion, points, comment, counter, device, at, digest, ordered
    )


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


def merge(*files: Iterable[MarkEvent]) -> frozenset[MarkEvent]:
    """Return the events of all score files together: their union, in whatever order they came."""
    return frozenset(event for events in files for event in events)


def heads(events: Iterable[MarkEvent]) -> dict[MarkKey, tuple[MarkEvent, ...]]:
    """Return for each mark the events that no other one replaces, by (counter, device, hash)."""
    every = list(events)
    replaced = {digest for event in every for digest in event.replaces}
    found: dict[MarkKey, list[MarkEvent]] = {}
    for event in every:
        if event.hash not in replaced:
            found.setdefault(event.key, []).append(event)
    return {key: tuple(sorted(group, key=_later)) for key, group in found.items()}


def rivals(events: Iterable[MarkEvent]) -> dict[MarkKey, tuple[MarkEvent, ...]]:
    """Return the marks that one judge gave twice, apart, with different points: people decide."""
    return {
        key: group for key, group in heads(events).items() if len({e.points for e in group}) > 1
    }
