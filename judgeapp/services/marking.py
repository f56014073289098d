"""Marks typed at a judge's desk, each on the disk before it is acknowledged.

Nothing is overwritten: each typing is an event that names those it replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey, current_marks, heads, typed_mark
from judgeapp.domain.names import nfc
from judgeapp.domain.points import Accepted, Empty, Refused, read_points
from judgeapp.domain.remarks import Kind as RemarkKind
from judgeapp.domain.remarks import remark_key
from judgeapp.services.context import Kind, Outcome, changed
from judgeapp.services.desk import Desk, criterion_of

MAX_COMMENT = 2000


@dataclass(frozen=True)
class Entered:
    """What became of a typed mark; ``event`` is None where nothing was stored."""

    answer: Accepted | Empty | Refused
    event: MarkEvent | None


@dataclass(frozen=True)
class TypedMark:
    """One mark to be entered, as typed; an empty text takes a mark back that is there.

    Attributes:
        comment: None leaves the comment as it is, an empty text takes it away.
    """

    contestant: ContestantId
    part: PartId
    criterion: CriterionId
    points: str
    comment: str | None = None


def enter_mark(
    app: Desk,
    *,
    contestant: ContestantId,
    part: PartId,
    criterion: CriterionId,
    typed: str,
    comment: str | None = None,
) -> Outcome[Entered]:
    """Store a typed mark; when this returns it survives a power cut.

    An empty or refused text changes nothing; neither does the mark and comment already there.

    Args:
        app: the desk.
        contestant: whose entry.
        part: of the round.
        criterion: of the part.
        typed: the points as typed or pasted.
        comment: None leaves the comment as it is, an empty text takes it away.

    Raises:
        JudgeError: ``judging.unknown_criterion``, ``judging.not_assigned``,
            ``judging.comment_too_long``.
    """
    found = criterion_of(app, contestant, part, criterion)
    answer = read_points(typed, maximum=found.max, step=found.step)
    if not isinstance(answer, Accepted):
        return changed(Entered(answer, None), [])
    key = (app.judge, contestant, part, criterion)
    event = _store(app, key, points=answer.points, comment=comment, keep_points=False)
    return changed(Entered(answer, event), [Kind.MARKS])


def take_mark_back(
    app: Desk, *, contestant: ContestantId, part: PartId, criterion: CriterionId
) -> Outcome[MarkEvent | None]:
    """Make a mark missing again; None where there was none. Its comment stays.

    Raises:
        JudgeError: as `enter_mark` does.
    """
    criterion_of(app, contestant, part, criterion)
    key = (app.judge, contestant, part, criterion)
    event = _store(app, key, points=None, comment=None, keep_points=False)
    return changed(event, [Kind.MARKS])


def comment_on_mark(
    app: Desk,
    *,
    contestant: ContestantId,
    part: PartId,
    criterion: CriterionId,
    comment: str,
) -> Outcome[MarkEvent | None]:
    """Store a comment beside a mark, whether there is one yet or not; an empty one takes it away.

    Raises:
        JudgeError: as `enter_mark` does.
    """
    criterion_of(app, contestant, part, criterion)
    key = (app.judge, contestant, part, criterion)
    event = _store(app, key, points=None, comment=comment, keep_points=True)
    return changed(event, [Kind.MARKS])


def comment_on_entry(
    app: Desk, *, contestant: ContestantId, comment: str
) -> Outcome[MarkEvent | None]:
    """Store a comment on the whole entry; an empty one takes it away.

    It is handed in with the marks.

    Raises:
        JudgeError: ``judging.unknown_entry``, ``judging.not_assigned``,
            ``judging.comment_too_long``.
    """
    return _remark(app, contestant, "comment", comment)


def report_problem(
    app: Desk, *, contestant: ContestantId, problem: str
) -> Outcome[MarkEvent | None]:
    """Store what is wrong with an entry, for the organiser; an empty text takes it back.

    It is handed in with the marks; the entry can be marked all the same.

    Raises:
        JudgeError: as `comment_on_entry` does.
    """
    return _remark(app, contestant, "problem", problem)


def _remark(
    app: Desk, contestant: ContestantId, kind: RemarkKind, said: str
) -> Outcome[MarkEvent | None]:
    rules = app.pack.rules
    if contestant not in rules.contestants:
        raise JudgeError("judging.unknown_entry", place=contestant, typed=contestant)
    if not any((j, c) == (app.judge, contestant) for j, c, _ in rules.sheets):
        raise JudgeError("judging.not_assigned", place=contestant, judge=app.judge)
    key = remark_key(app.judge, contestant, kind)
    event = _store(app, key, points=None, comment=said, keep_points=True)
    return changed(event, [Kind.MARKS])


def enter_marks(app: Desk, *, marks: Sequence[TypedMark]) -> Outcome[int]:
    """Store many marks as if each had been typed, all or none; return how many were new.

    Raises:
        JudgeError: as `enter_mark` does; ``judging.refused_points`` for a text that is no mark.
    """
    wanted = [(_key(app, mark), _points(app, mark), _comment(mark.comment)) for mark in marks]
    with app.write() as u:
        per_mark = _by_mark(u.judging.mark_events(app.pack.round.id, app.pack.rubric_hash))
        counter = u.judging.highest_counter()
        new: list[MarkEvent] = []
        for key, points, comment in wanted:
            group = per_mark.setdefault(key, [])
            event = _next(app, u.at, key, points, comment, group, counter + 1)
            if event is not None:
                counter += 1
                group.append(event)
                new.append(event)
        if new:
            u.judging.add_mark_events(app.pack.round.id, app.pack.rubric_hash, new)
        u.log("judging.marks_entered", round=app.pack.round.id, count=len(new))
        u.commit()
    return changed(len(new), [Kind.MARKS])


def _key(app: Desk, mark: TypedMark) -> MarkKey:
    return app.judge, mark.contestant, mark.part, mark.criterion


def _points(app: Desk, mark: TypedMark) -> Decimal | None:
    found = criterion_of(app, mark.contestant, mark.part, mark.criterion)
    answer = read_points(mark.points, maximum=found.max, step=found.step)
    if isinstance(answer, Refused):
        raise JudgeError(
            "judging.refused_points",
            place=f"{mark.contestant}/{mark.part}/{mark.criterion}",
            typed=answer.typed,
        )
    return answer.points if isinstance(answer, Accepted) else None


def _comment(comment: str | None) -> str | None:
    """Return the comment as it is stored; an empty text stands for no comment.

    Raises:
        JudgeError: ``judging.comment_too_long``.
    """
    if comment is None:
        return None
    said = nfc(comment).encode("utf-8", "ignore").decode().strip()
    if len(said) > MAX_COMMENT:
        raise JudgeError("judging.comment_too_long", limit=MAX_COMMENT)
    return said


def _store(
    app: Desk, key: MarkKey, *, points: Decimal | None, comment: str | None, keep_points: bool
) -> MarkEvent | None:
    said = _comment(comment)
    round_id, rubric = app.pack.round.id, app.pack.rubric_hash
    with app.write() as u:
        group, highest = u.judging.mark_so_far(round_id, rubric, key)
        before = current_marks(group).get(key)
        wanted = (before.points if before else None) if keep_points else points
        event = _next(app, u.at, key, wanted, said, group, highest + 1)
        if event is not None:
            u.judging.add_mark_events(round_id, rubric, [event])
            u.log("judging.mark_entered", contestant=key[1], part=key[2], criterion=key[3])
            u.commit()
    return event


def _next(
    app: Desk,
    at: str,
    key: MarkKey,
    points: Decimal | None,
    comment: str | None,
    group: Sequence[MarkEvent],
    counter: int,
) -> MarkEvent | None:
    """Return the event that a typing makes, or None if it changes nothing."""
    before = current_marks(group).get(key)
    last = heads(group).get(key, ())
    known = (before.points, before.comment) if before else (None, None)
    said = known[1] if comment is None else (comment or None)
    if (points, said) == known and len(last) < 2:
        return None
    return typed_mark(
        app.pack.contest,
        app.pack.round.id,
        app.pack.rubric_hash,
        key,
        points=points,
        comment=said,
        counter=counter,
        device=app.device,
        at=at,
        replaces=[event.hash for event in last],
    )


def _by_mark(events: Iterable[MarkEvent]) -> dict[MarkKey, list[MarkEvent]]:
    groups: dict[MarkKey, list[MarkEvent]] = {}
    for event in events:
        groups.setdefault(event.key, []).append(event)
    return groups
