"""Who takes part in a round, who marks which part, and which pairs are never marked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.contest import Definition, Part
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, RoundId
from judgeapp.domain.names import match_key
from judgeapp.domain.people import Contestant, Judge
from judgeapp.store.uow import UnitOfWork

OWN_UNIT = "own_unit"


@dataclass(frozen=True)
class Exclusion:
    """A pair that is never marked; ``reason`` is as declared, or ``own_unit``."""

    judge: JudgeId
    contestant: ContestantId
    reason: str


def contestants_of(u: UnitOfWork, definition: Definition, round_id: RoundId) -> list[Contestant]:
    """Return who takes part in a round, by number, the withdrawn ones included.

    Everybody takes part in the first round; in a later one those who were signed off after the
    round before, if that round has a cut.

    Raises:
        JudgeError: ``results.no_finalists`` while the round before is not signed off.
    """
    everybody = u.people.contestants()
    before = definition.before(round_id)
    if before is None or before.cut is None:
        return everybody
    signed = u.results.sign_off("finalists", before.id)
    if signed is None:
        raise JudgeError("results.no_finalists", place=round_id, before=before.vi)
    chosen = set(signed.body["contestants"])
    return [contestant for contestant in everybody if contestant.id in chosen]


@dataclass(frozen=True)
class Seats:
    """The judges of a part who give one score together.

    Attributes:
        panel: which panel they are; None where every judge of the round marks the part.
        weight: of the panel among those of the part.
    """

    panel: PanelId | None
    weight: Decimal
    judges: tuple[Judge, ...]


def seats_of(u: UnitOfWork, part: Part) -> list[Seats]:
    """Return who marks a part, panel by panel; for an objective part the secretaries."""
    judges = u.judging.judges()
    if part.objective:
        return [Seats(None, Decimal(1), tuple(j for j in judges if j.role == "secretary"))]
    marking = [judge for judge in judges if judge.role != "secretary"]
    if part.shares:
        return [
            Seats(item.panel, item.weight, tuple(j for j in marking if j.panel == item.panel))
            for item in part.shares
        ]
    return [
        Seats(part.panel, Decimal(1), tuple(j for j in marking if part.panel in (None, j.panel)))
    ]


def judges_of(u: UnitOfWork, part: Part) -> list[Judge]:
    """Return who marks a part, by panel and id; for an objective part the secretaries."""
    return [judge for seats in seats_of(u, part) for judge in seats.judges]


def excluded_pairs(u: UnitOfWork, contestants: list[Contestant]) -> list[Exclusion]:
    """Return the pairs that are never marked: declared conflicts and judges of the own unit."""
    unit_keys = {unit.id: match_key(unit.name) for unit in u.people.units()}
    known = {contestant.id for contestant in contestants}
    pairs = {
        (conflict.judge, conflict.contestant): conflict.reason
        for conflict in u.judging.conflicts()
        if conflict.contestant in known
    }
    for judge in u.judging.judges():
        counts_only = judge.role == "secretary"  # right answers are counted, not judged
        own = match_key(judge.unit) if judge.unit and not counts_only else None
        for contestant in contestants:
            if own and contestant.unit_id and unit_keys.get(contestant.unit_id) == own:
                pairs.setdefault((judge.id, contestant.id), OWN_UNIT)
    return [
        Exclusion(judge, contestant, pairs[judge, contestant])
        for judge, contestant in sorted(pairs)
    ]
