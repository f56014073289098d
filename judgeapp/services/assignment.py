"""Which judge marks whom in which part of a round, by definition, people, panel and sharing out.

Words: where everybody marks everything there is no *plan*; a plan names, panel by panel, the judges
whom each contestant was given. Whoever came after it was made has no judges yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from judgeapp.domain.collecting import Assignment
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, PartId, RoundId
from judgeapp.domain.packs import criteria_of
from judgeapp.domain.people import Contestant, Judge
from judgeapp.domain.sheets import SheetKey
from judgeapp.domain.tally_sheet import NOT_ASSIGNED, Excluded
from judgeapp.services.roster import contestants_of, excluded_pairs, seats_of
from judgeapp.store.uow import UnitOfWork

Assigned = Mapping[JudgeId, Mapping[PartId, tuple[ContestantId, ...]]]


@dataclass(frozen=True)
class Plan:
    """How a round's entries were shared out.

    Attributes:
        per_entry: how many judges of each panel an entry was to get.
        seed: what decided between equals.
        given: of each panel (empty: the only one) the judges of each contestant.
    """

    per_entry: int
    seed: int
    given: Mapping[str, Mapping[str, tuple[str, ...]]]

    def holds(self, panel: PanelId | None, judge: JudgeId, contestant: ContestantId) -> bool:
        """Tell whether the judge was given the contestant."""
        return judge in self.given.get(panel or "", {}).get(contestant, ())


def plan_of(u: UnitOfWork, round_id: RoundId) -> Plan | None:
    """Return how the round's entries were shared out, None where everybody marks everything."""
    stored = u.contest.meta().get(_key(round_id))
    if not stored:
        return None
    body = json.loads(stored)
    given = {
        panel: {one: tuple(judges) for one, judges in shares.items()}
        for panel, shares in body["given"].items()
    }
    return Plan(body["per_entry"], body["seed"], given)


def store_plan(u: UnitOfWork, round_id: RoundId, plan: Plan | None) -> None:
    """Store how a round's entries are shared out; with None everybody marks everything."""
    body = {} if plan is None else vars(plan)
    u.contest.put_meta(_key(round_id), json.dumps(body, ensure_ascii=False) if body else "")


def _key(round_id: RoundId) -> str:
    return f"assignment:{round_id}"


def assigned(u: UnitOfWork, item: Round, contestants: list[Contestant]) -> Assigned:
    """Return of each judge, and of each part that the judge sits in, whom to mark, in order."""
    excluded = {(pair.judge, pair.contestant) for pair in excluded_pairs(u, contestants)}
    plan = plan_of(u, item.id)
    found: dict[JudgeId, dict[PartId, tuple[ContestantId, ...]]] = {}
    for part in item.parts:
        for seats in seats_of(u, part):
            shared = None if part.objective else plan
            for judge in seats.judges:
                found.setdefault(judge.id, {})[part.id] = tuple(
                    one.id
                    for one in contestants
                    if (judge.id, one.id) not in excluded
                    and (shared is None or shared.holds(seats.panel, judge.id, one.id))
                )
    return found


def unassigned(
    u: UnitOfWork, item: Round, contestants: Iterable[Contestant]
) -> tuple[Excluded, ...]:
    """Return the pairs of a part that are not marked because others were given the contestant."""
    plan = plan_of(u, item.id)
    if plan is None:
        return ()
    people = list(contestants)
    barred = {(pair.judge, pair.contestant) for pair in excluded_pairs(u, people)}
    return tuple(
        Excluded(judge.id, one.id, part.id, NOT_ASSIGNED)
        for part in item.parts
        if not part.objective
        for seats in seats_of(u, part)
        for judge in seats.judges
        for one in people
        if not plan.holds(seats.panel, judge.id, one.id) and (judge.id, one.id) not in barred
    )


def panels_of_round(u: UnitOfWork, item: Round) -> dict[PanelId | None, list[Judge]]:
    """Return the panels that mark a round with their judges; None is the one without a name."""
    found: dict[PanelId | None, list[Judge]] = {}
    for part in item.parts:
        if not part.objective:
            for seats in seats_of(u, part):
                found[seats.panel] = list(seats.judges)
    return found


def sheets_of(assignment: Assigned) -> Iterable[SheetKey]:
    """Return each sheet of an assignment."""
    return (
        (judge, contestant, part)
        for judge, parts in assignment.items()
        for part, contestants in parts.items()
        for contestant in contestants
    )


def owed_sheets(u: UnitOfWork, definition: Definition, item: Round) -> frozenset[SheetKey]:
    """Return the sheets that judges owe; those of withdrawn contestants are not among them."""
    present = [one for one in contestants_of(u, definition, item.id) if not one.withdrawn]
    return frozenset(sheets_of(assigned(u, item, present)))


def rules_of(u: UnitOfWork, definition: Definition, item: Round) -> Assignment:
    """Return what may be marked by whom, the withdrawn included: their marks stay."""
    everybody = contestants_of(u, definition, item.id)
    return Assignment(
        contestants=frozenset(one.id for one in everybody),
        criteria=criteria_of(item),
        sheets=frozenset(sheets_of(assigned(u, item, everybody))),
    )
