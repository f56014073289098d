"""Measured lengths of clips as facts: what the check measured becomes what penalties count by.

A length is only a proposal until somebody takes it over; the secretary may change it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import ContestantId, PartId
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.judging import FactsSet, require_open
from judgeapp.store.uow import UnitOfWork

_BY_LENGTH = ("over", "under")


@dataclass(frozen=True)
class Lengths:
    """Measured lengths, in whole seconds, where no length is noted yet.

    Attributes:
        held: the round.
        outside: how many of them a rule of their part takes points for, grace not counted.
        closed: marking of the round is closed, so nothing can be taken over.
    """

    held: Round
    seconds: Mapping[tuple[ContestantId, PartId], int]
    outside: int
    closed: bool


def lengths_to_take(app: Context, *, round_id: str | None = None) -> Lengths:
    """Return which measured lengths of a round, the current one if None, are no facts yet.

    Raises:
        JudgeError: ``contest.unknown_round``.
    """
    with app.read() as u:
        held = round_of(u, read_definition(u), round_id)
        found = _lengths(u, held)
        closed = u.judging.stage(held.id) == "closed"
    parts = {part.id: part for part in held.parts}
    outside = sum(_outside(parts[part], seconds) for (_, part), seconds in found.items())
    return Lengths(held, found, outside, closed)


def take_lengths(app: Context, *, round_id: str | None = None) -> Outcome[FactsSet]:
    """Make the measured lengths of a round facts; a length that is noted already stays.

    Raises:
        JudgeError: ``judging.round_closed``, ``contest.unknown_round``.
    """
    with app.write() as u:
        held = round_of(u, read_definition(u), round_id)
        require_open(u, held)
        facts = [
            Fact(held.id, part, contestant, "seconds", str(seconds))
            for (contestant, part), seconds in sorted(_lengths(u, held).items())
        ]
        if facts:
            u.judging.add_facts([(fact, False) for fact in facts])
        u.log("judging.facts_set", round=held.id, facts=len(facts))
        u.commit()
    return changed(FactsSet(len(facts), 0), [Kind.FACTS, Kind.RESULTS])


def _lengths(u: UnitOfWork, held: Round) -> dict[tuple[ContestantId, PartId], int]:
    timed = {part.id for part in held.parts if _rules(part)}
    noted = {(f.contestant, f.part) for f in u.judging.facts(held.id) if f.what == "seconds"}
    found = {}
    for file in u.entries.files():
        seconds = file.check.whole_seconds if file.check else None
        key = (file.contestant, file.part)
        if file.round != held.id or file.kind != "clip" or seconds is None:
            continue
        if file.part in timed and key not in noted:
            found[key] = seconds
    return found


def _rules(part: Part) -> list[tuple[str, int]]:
    return [
        (rule.type, rule.limit_s)
        for rule in part.penalties
        if rule.type in _BY_LENGTH and rule.limit_s is not None
    ]


def _outside(part: Part, seconds: int) -> bool:
    return any(
        seconds > limit if kind == "over" else seconds < limit for kind, limit in _rules(part)
    )
