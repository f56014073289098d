"""The one way in which a contest's rules change: checked, with a reason, as a new version.

Words: a *version* (phiên bản) of the rules is never changed or removed; packs, sheets and results
name theirs. A round is *in use* once a judge pack of it was built or a mark of it is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import definition_body, read_definition_body, rubric_hash
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import PartId, RoundId
from judgeapp.domain.names import clean
from judgeapp.domain.rule_changes import Change, changes
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.services.definition import read_definition
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import load_texts


@dataclass(frozen=True)
class RoundUse:
    """What already rests on the rules of a round.

    Attributes:
        packs: how many judge packs of it were built.
        marks: marks of it are here, on the rubrics as they are now.
        closed: no mark is taken any more; ``signed``: its result is signed off.
        filed: the parts for which files were handed in.
    """

    packs: int
    marks: bool
    closed: bool
    signed: bool
    filed: frozenset[PartId]

    @property
    def is_used(self) -> bool:
        """Whether judges have this round's rules: from then on each change needs a reason."""
        return bool(self.packs or self.marks or self.closed)


@dataclass(frozen=True)
class Version:
    """One version of the rules: who made it, when, why, and what it changed.

    Attributes:
        changes: against the version before; empty for the first one.
    """

    number: int
    at: str
    actor: str
    reason: str
    changes: tuple[Change, ...]


def uses(u: UnitOfWork, definition: Definition) -> Mapping[RoundId, RoundUse]:
    """Return what rests on the rules of each round."""
    files = u.entries.files()
    return {
        item.id: RoundUse(
            packs=len(u.packs.of_round(item.id)),
            marks=bool(u.judging.mark_events(item.id)),
            closed=u.judging.stage(item.id) == "closed",
            signed=any(
                u.results.sign_off(what, item.id) is not None for what in ("finalists", "prizes")
            ),
            filed=frozenset(file.part for file in files if file.round == item.id),
        )
        for item in definition.rounds
    }


def store_rules(
    u: UnitOfWork, after: Definition, reason: str, *, based_on: int | None = None
) -> tuple[int, bool]:
    """Store rules as the next version; return its number, and whether anything was changed.

    The rules that hold already are no new version: then nothing is written. Marks stay as they
    are; what is worked out from them follows the newer rules.

    Args:
        u: the unit of work, which the caller commits.
        after: the rules as they shall be.
        reason: why, for the record; may be empty while no round is in use.
        based_on: the version that ``after`` was made from, if somebody else may have made another.

    Raises:
        JudgeError: ``contest.changed_meanwhile``; ``contest.no_reason`` where a round is in use;
            ``contest.round_in_use``, ``contest.order_in_use``, ``rules.part_in_use``,
            ``rules.round_closed``, ``rules.signed_off``; or why ``after`` is no definition.
    """
    before = read_definition(u)
    if after == before:
        return u.contest.definition().version, False
    if based_on is not None and based_on != u.contest.definition().version:
        raise JudgeError("contest.changed_meanwhile")
    used = uses(u, before)
    if any(use.is_used for use in used.values()) and not clean(reason):
        raise JudgeError("contest.no_reason")
    _require_same_order(before, after, used)
    for held in before.rounds:
        _require_free(held, after.round(held.id), used[held.id])
    body = definition_body(after)
    read_definition_body(body)
    version = u.contest.add_definition(body, reason=clean(reason))
    u.log("contest.revised", version=version)
    return version, True


def undo_of_rules(version: int) -> Undo:
    """Return how a version of the rules is taken back while it is the newest: by one more."""
    return Undo("rules", {}, partial(_back_from, version))


def _back_from(version: int, app: Context) -> Outcome[int]:
    reason = load_texts(app.machine.settings.language)("undo.reason")
    with app.write() as u:
        before = read_definition(u, version - 1)
        number, is_new = store_rules(u, before, reason, based_on=version)
        if is_new:
            u.commit()
    return changed(number, [Kind.CONTEST, Kind.RESULTS], undo_of_rules(number))


def _require_same_order(
    before: Definition, after: Definition, used: Mapping[RoundId, RoundUse]
) -> None:
    """Refuse to put another round before one in use, or rounds in use in another order."""
    last = max((n for n, item in enumerate(before.rounds) if used[item.id].is_used), default=-1)
    fixed = [item.id for item in before.rounds[: last + 1]]
    kept = [item.id for item in after.rounds]
    for held in (item for item in before.rounds if item.id not in kept):
        if used[held.id].is_used:
            raise JudgeError("contest.round_in_use", place=held.id, round=held.vi)
    fixed = [name for name in fixed if name in kept]
    if kept[: len(fixed)] != fixed:
        raise JudgeError("contest.order_in_use")


def _require_free(held: Round, after: Round | None, use: RoundUse) -> None:
    """Refuse what would pull away the ground under files, marks or a signature."""
    if after == held:
        return
    left = {part.id for part in after.parts} if after is not None else set()
    for part in held.parts:
        if part.id in use.filed and part.id not in left:
            raise JudgeError("rules.part_in_use", place=part.id, part=part.vi, round=held.vi)
    if use.signed:
        raise JudgeError("rules.signed_off", place=held.id, round=held.vi)
    if use.closed and after is not None and rubric_hash(after) != rubric_hash(held):
        raise JudgeError("rules.round_closed", place=held.id, round=held.vi)


def versions(app: Context) -> tuple[Version, ...]:
    """Return all versions of the rules, the newest first."""
    with app.read() as u:
        rows = u.contest.definitions()
    found: list[Version] = []
    before: Definition | None = None
    for row in rows:
        now = read_definition_body(row.body)
        what = changes(before, now) if before is not None else ()
        found.append(Version(row.version, row.at, row.actor, row.reason, what))
        before = now
    return tuple(reversed(found))
