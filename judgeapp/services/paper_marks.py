"""Marks that the secretary types from judges' paper sheets, one contestant at a time.

Words: a *paper mark* was typed at the office; the events of all of them carry the random id of this
contest's own computer instead of a judge's laptop. A mark that came in a score file is never
written over in silence: that takes a reason, and the file's event stays.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.contest import Criterion, Definition, Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, ContestId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey, current_marks, heads, typed_mark
from judgeapp.domain.names import clean
from judgeapp.domain.people import Contestant, Judge
from judgeapp.domain.points import Accepted, Empty, Refused, read_points
from judgeapp.services.assignment import assigned, rules_of
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import last_round, read_definition
from judgeapp.services.judging import require_open
from judgeapp.services.roster import contestants_of
from judgeapp.store.uow import UnitOfWork

_DEVICE = "device"
_DEVICE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MarkPlace = tuple[JudgeId, PartId, CriterionId]


@dataclass(frozen=True)
class PaperMark:
    """A mark that holds.

    Attributes:
        from_file: it came in a score file and was not typed here.
        at: when it was typed, by the clock of the computer it was typed on.
    """

    points: Decimal
    from_file: bool
    at: str


@dataclass(frozen=True)
class PaperSheets:
    """All judges' sheets of one contestant.

    Attributes:
        judges: who marks anybody in the round, by id.
        owed: the sheets that there are of this contestant, as judge and part.
        marks: those that hold.
        closed: the round takes no marks any more.
    """

    held: Round
    contestant: Contestant
    judges: tuple[Judge, ...]
    owed: frozenset[tuple[JudgeId, PartId]]
    marks: Mapping[MarkPlace, PaperMark]
    closed: bool


@dataclass(frozen=True)
class PaperEntered:
    """What became of a typed mark; ``event`` is None where nothing was stored."""

    answer: Accepted | Empty | Refused
    event: MarkEvent | None


def paper_sheets(
    app: Context, *, contestant: ContestantId, round_id: str | None = None
) -> PaperSheets:
    """Return all judges' sheets of a contestant in a round, the last one if none is named.

    Raises:
        JudgeError: ``contest.unknown_round``; ``judging.no_such_contestant``;
            ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = last_round(definition, round_id)
        person = _person(u, definition, held, contestant)
        shared = assigned(u, held, [person])
        own = {
            (judge, part)
            for judge, parts in shared.items()
            for part, contestants in parts.items()
            if contestants
        }
        device = u.contest.meta().get(_DEVICE)
        marks = {
            (event.judge, event.part, event.criterion): PaperMark(
                event.points, event.device != device, event.at
            )
            for event in current_marks(u.judging.mark_events(held.id)).values()
            if event.contestant == contestant and event.points is not None
        }
        judges = tuple(judge for judge in u.judging.judges() if judge.id in shared)
        closed = u.judging.stage(held.id) == "closed"
    return PaperSheets(held, person, judges, frozenset(own), marks, closed)


def enter_paper_mark(
    app: Context,
    *,
    contestant: ContestantId,
    judge: JudgeId,
    part: PartId,
    criterion: CriterionId,
    typed: str,
    round_id: str | None = None,
    reason: str = "",
) -> Outcome[PaperEntered]:
    """Store a mark as it stands on a judge's paper sheet; when this returns it is on the disk.

    A refused text changes nothing, neither does the mark that is there already; an empty text
    takes a mark back that is there. Who typed it is in the log.

    Args:
        app: the open contest.
        contestant: whose performance was marked.
        judge: whose sheet it is.
        part: of the round.
        criterion: of the part.
        typed: the points as typed.
        round_id: the round, the last one if None.
        reason: why a mark that came in a score file does not hold; else not needed.

    Raises:
        JudgeError: ``judging.mark_of_file`` if the mark came in a score file and no reason is
            given; ``judging.round_closed``; ``judging.not_assigned``;
            ``judging.no_such_criterion``; ``judging.no_such_contestant``;
            ``contest.unknown_round``; ``results.no_finalists``.
    """
    key = (judge, contestant, part, criterion)
    with app.write() as u:
        definition = read_definition(u)
        held = last_round(definition, round_id)
        require_open(u, held)
        found = _criterion(u, definition, held, key)
        answer = read_points(typed, maximum=found.max, step=found.step)
        if isinstance(answer, Refused):
            return changed(PaperEntered(answer, None), [])
        points = answer.points if isinstance(answer, Accepted) else None
        event = _next(u, held, key, points, clean(reason))
        if event is None:
            return changed(PaperEntered(answer, None), [])
        u.judging.add_mark_events(held.id, rubric_hash(held), [event])
        place = {"contestant": contestant, "judge": judge, "part": part, "criterion": criterion}
        if clean(reason):
            u.log("judging.file_mark_corrected", **place, reason=clean(reason))
        else:
            u.log("judging.paper_mark_entered", **place)
        u.commit()
    return changed(PaperEntered(answer, event), [Kind.MARKS, Kind.RESULTS])


def _person(
    u: UnitOfWork, definition: Definition, held: Round, contestant: ContestantId
) -> Contestant:
    for one in contestants_of(u, definition, held.id):
        if one.id == contestant:
            return one
    raise JudgeError("judging.no_such_contestant", typed=contestant, place=held.id)


def _criterion(u: UnitOfWork, definition: Definition, held: Round, key: MarkKey) -> Criterion:
    """Return the criterion if this judge marks it for this contestant."""
    judge, contestant, part, criterion = key
    rules = rules_of(u, definition, held)
    if contestant not in rules.contestants:
        raise JudgeError("judging.no_such_contestant", typed=contestant, place=held.id)
    found = rules.criteria.get((part, criterion))
    if found is None:
        raise JudgeError("judging.no_such_criterion", place=f"{part}/{criterion}", round=held.vi)
    if (judge, contestant, part) not in rules.sheets:
        raise JudgeError("judging.not_assigned", place=f"{contestant}/{part}", judge=judge)
    return found


def _next(
    u: UnitOfWork, held: Round, key: MarkKey, points: Decimal | None, reason: str
) -> MarkEvent | None:
    """Return the event that the typing makes, or None if it changes nothing.

    Raises:
        JudgeError: ``judging.mark_of_file``.
    """
    meta = u.contest.meta()
    rubric = rubric_hash(held)
    group, highest = u.judging.mark_so_far(held.id, rubric, key)
    before = current_marks(group).get(key)
    last = heads(group).get(key, ())
    if len(last) < 2 and (before.points if before else None) == points:
        return None
    device = meta.get(_DEVICE)
    if before is not None and before.points is not None and before.device != device and not reason:
        raise JudgeError(
            "judging.mark_of_file", place=f"{key[1]}/{key[2]}/{key[3]}", judge=key[0],
            points=before.points,
        )  # fmt: skip
    return typed_mark(
        ContestId(meta["contest_id"]),
        held.id,
        rubric,
        key,
        points=points,
        comment=before.comment if before else None,
        counter=highest + 1,
        device=device or _new_device(u),
        at=u.at,
        replaces=[event.hash for event in last],
    )


def _new_device(u: UnitOfWork) -> str:
    device = "".join(secrets.choice(_DEVICE_CHARACTERS) for _ in range(8))
    u.contest.put_meta(_DEVICE, device)
    return device
