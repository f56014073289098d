"""Closing and reopening a round, and the written conclusions that closing waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from judgeapp.domain.closing import OpenItem, ReceivedFile, Subject, basis_of, open_items
from judgeapp.domain.collecting import NEED_CONCLUSION, Verdict
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, JudgeId, PartId
from judgeapp.domain.names import clean
from judgeapp.services.assignment import owed_sheets
from judgeapp.services.collecting import take_events
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.judging import find_number, find_part, require_open
from judgeapp.services.kept_scores import kept_score_file
from judgeapp.services.roster import contestants_of, seats_of
from judgeapp.services.taking_back import note_arrival
from judgeapp.store.packs import ScoreFileRow
from judgeapp.store.uow import UnitOfWork


@dataclass(frozen=True)
class ClosingState:
    """Whether a round is closed, and what keeps it open.

    Attributes:
        names: of the judges by id, so that people know who is meant.
    """

    round: Round
    closed: bool
    items: tuple[OpenItem, ...]
    names: dict[JudgeId, str]


class OpenItems(JudgeError):
    """A round cannot be closed yet; ``state`` names everything that keeps it open."""

    def __init__(self, code: str, state: ClosingState, **params: object) -> None:
        super().__init__(code, file=None, place=state.round.id, **params)
        self.state = state


def closing_state(app: Context, *, round_id: str | None = None) -> ClosingState:
    """Return whether a round (the current one if None) may be closed, and if not why."""
    with app.read() as u:
        definition = read_definition(u)
        return state_of(u, definition, round_of(u, definition, round_id))


def state_of(u: UnitOfWork, definition: Definition, item: Round) -> ClosingState:
    """Return what `closing_state` returns, inside a unit of work."""
    conclusions = u.judging.conclusions(item.id)
    concluded: dict[Subject, str] = {
        (row.contestant, row.part): row.basis
        for row in conclusions
        if row.contestant is not None and row.part is not None
    }
    back = u.packs.taken_back()
    items = open_items(
        item,
        present=[one.id for one in contestants_of(u, definition, item.id) if not one.withdrawn],
        owed=owed_sheets(u, definition, item),
        events=u.judging.mark_events(item.id),
        files=[
            _received(row)
            for row in u.packs.score_files()
            if row.round_id == item.id and row.id not in back
        ],
        concluded=concluded,
        concluded_files={row.score_file for row in conclusions if row.score_file is not None},
        panels={
            part.id: [[judge.id for judge in seats.judges] for seats in seats_of(u, part)]
            for part in item.parts
        },
    )
    return ClosingState(
        item,
        u.judging.stage(item.id) == "closed",
        tuple(items),
        {judge.id: judge.name for judge in u.judging.judges()},
    )


def _received(row: ScoreFileRow) -> ReceivedFile:
    return ReceivedFile(row.id, row.judge or JudgeId(""), cast("Verdict", row.verdict))


def close_round(app: Context, *, round_id: str | None = None) -> Outcome[Round]:
    """Close marking of a round: from now on score files are late.

    Raises:
        OpenItems: ``judging.open_items`` with everything that is still open.
        JudgeError: ``judging.round_closed`` if it is closed already.
    """
    with app.write() as u:
        definition = read_definition(u)
        item = round_of(u, definition, round_id)
        require_open(u, item)
        state = state_of(u, definition, item)
        if state.items:
            count = len(state.items)
            raise OpenItems("judging.open_items", state, round=item.vi, count=count)
        u.judging.add_stage(item.id, "closed", reason="")
        u.log("judging.closed", round=item.id)
        u.commit()
    return changed(item, [Kind.STAGES, Kind.RESULTS])


def reopen_round(app: Context, *, round_id: str, reason: str) -> Outcome[Round]:
    """Open marking of a closed round again, with a reason; files that came late stay put aside.

    Raises:
        JudgeError: ``judging.no_reason``, ``judging.round_open``.
    """
    said = clean(reason)
    if not said:
        raise JudgeError("judging.no_reason")
    with app.write() as u:
        item = round_of(u, read_definition(u), round_id)
        if u.judging.stage(item.id) == "open":
            raise JudgeError("judging.round_open", place=item.id, round=item.vi)
        u.judging.add_stage(item.id, "open", reason=said)
        u.log("judging.reopened", round=item.id)
        u.commit()
    return changed(item, [Kind.STAGES, Kind.RESULTS])


def conclude_on_marks(
    app: Context, *, round_id: str | None, contestant: str, part: str, text: str
) -> Outcome[tuple[ContestantId, PartId]]:
    """Record what the panel concluded on one contestant's part: too wide a spread, or a mark twice.

    It holds as long as no mark of that contestant's part is added.

    Raises:
        JudgeError: ``judging.no_conclusion``, ``judging.round_closed``,
            ``judging.no_such_contestant``, ``judging.no_such_part``.
    """
    said = _said(text)
    with app.write() as u:
        definition = read_definition(u)
        item = round_of(u, definition, round_id)
        require_open(u, item)
        numbers = [one.id for one in contestants_of(u, definition, item.id)]
        contestant_id, part_id = find_number(contestant, numbers), find_part(item, part)
        if contestant_id is None:
            raise JudgeError("judging.no_such_contestant", place=item.id, typed=contestant)
        if part_id is None:
            raise JudgeError("judging.no_such_part", place=item.id, typed=part)
        events = [
            event
            for event in u.judging.mark_events(item.id)
            if (event.contestant, event.part) == (contestant_id, part_id)
        ]
        u.judging.add_conclusion(
            item.id, contestant=contestant_id, part=part_id, basis=basis_of(events), text=said
        )
        u.log("judging.concluded", round=item.id, contestant=contestant_id, part=part_id)
        u.commit()
    return changed((contestant_id, part_id), [Kind.STAGES])


def conclude_on_file(
    app: Context, *, file: int, text: str, count: bool
) -> Outcome[tuple[int, int]]:
    """Record what the panel concluded on a score file; return its number and how many marks count.

    Args:
        app: the open contest.
        file: its number here.
        text: the conclusion.
        count: let its marks count, although it came late or was made on other rubrics.

    Raises:
        JudgeError: ``judging.no_conclusion``, ``judging.no_such_file``,
            ``judging.file_needs_none`` for a file about which there is nothing to conclude,
            ``judging.cannot_count`` for one whose judge is not in the panel,
            ``packs.is_taken_back``, ``judging.round_closed``.
    """
    said = _said(text)
    with app.write() as u:
        definition = read_definition(u)
        row = next((row for row in u.packs.score_files() if row.id == file), None)
        if row is None or row.round_id is None:
            raise JudgeError("judging.no_such_file", place=str(file))
        item = definition.round(row.round_id)
        if item is None or row.verdict not in NEED_CONCLUSION:
            raise JudgeError("judging.file_needs_none", file=row.name, place=str(file))
        require_open(u, item)
        before = len(u.judging.mark_events(item.id))
        if file in u.packs.taken_back():
            raise JudgeError("packs.is_taken_back", file=row.name, place=str(file))
        if count:
            _count(app, u, definition, item, row)
        u.judging.add_conclusion(
            item.id, score_file=file, counts=count, basis=row.sha256, text=said
        )
        if count:
            note_arrival(u, app.folder, file, kept_score_file(app.folder, row))
        after = len(u.judging.mark_events(item.id))
        u.log("judging.concluded", round=item.id, file=file, counts=count)
        u.commit()
    return changed((file, after - before), [Kind.STAGES, Kind.MARKS, Kind.RESULTS])


def _count(
    app: Context, u: UnitOfWork, definition: Definition, item: Round, row: ScoreFileRow
) -> None:
    if row.judge not in {judge.id for judge in u.judging.judges()}:
        raise JudgeError("judging.cannot_count", file=row.name, place=str(row.id))
    take_events(u, definition, item, kept_score_file(app.folder, row), row.id)


def _said(text: str) -> str:
    said = clean(text)
    if not said:
        raise JudgeError("judging.no_conclusion")
    return said
