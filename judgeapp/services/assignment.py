"""Which judge marks whom in which part of a round, by definition, people and panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from judgeapp.domain.collecting import Assignment
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.ids import ContestantId, JudgeId, PartId
from judgeapp.domain.packs import criteria_of
from judgeapp.domain.people import Contestant
from judgeapp.domain.sheets import SheetKey
from judgeapp.services.roster import contestants_of, excluded_pairs, judges_of
from judgeapp.store.uow import UnitOfWork

Assigned = Mapping[JudgeId, Mapping[PartId, tuple[ContestantId, ...]]]


def assigned(u: UnitOfWork, item: Round, contestants: list[Contestant]) -> Assigned:
    """Return of each judge, and of each part that the judge sits in, whom to mark, in order."""
    excluded = {(pair.judge, pair.contestant) for pair in excluded_pairs(u, contestants)}
    found: dict[JudgeId, dict[PartId, tuple[ContestantId, ...]]] = {}
    for part in item.parts:
        for judge in judges_of(u, part):
            found.setdefault(judge.id, {})[part.id] = tuple(
                one.id for one in contestants if (judge.id, one.id) not in excluded
            )
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
