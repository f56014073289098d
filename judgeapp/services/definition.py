"""The contest's definition as the other services read it, in one place."""

from __future__ import annotations

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import read_definition_body
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import RoundId
from judgeapp.store.uow import UnitOfWork


def read_definition(u: UnitOfWork, version: int | None = None) -> Definition:
    """Return the definition in its newest version, or in the one named."""
    return read_definition_body(u.contest.definition(version).body)


def require_round(definition: Definition, round_id: str | None, *, open_round: str) -> Round:
    """Return the round of that id; without an id the one named ``open_round``.

    Raises:
        JudgeError: ``contest.unknown_round`` with the ids that there are.
    """
    wanted = round_id or open_round
    found = definition.round(RoundId(wanted))
    if found is None:
        known = ", ".join(item.id for item in definition.rounds)
        raise JudgeError("contest.unknown_round", place=wanted, known=known)
    return found


def last_round(definition: Definition, round_id: str | None) -> Round:
    """Return the round of that id, else the last one; raises as `require_round` does."""
    return require_round(definition, round_id, open_round=definition.rounds[-1].id)


def current_round(u: UnitOfWork, definition: Definition) -> Round:
    """Return the round that is being held: the first one that is not closed, else the last."""
    for item in definition.rounds:
        if u.judging.stage(item.id) != "closed":
            return item
    return definition.rounds[-1]


def round_of(u: UnitOfWork, definition: Definition, round_id: str | None) -> Round:
    """Return the round that a person named, or the current one."""
    return require_round(definition, round_id, open_round=current_round(u, definition).id)
