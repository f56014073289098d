"""A score file taken back as a whole: the marks are again what they were without it.

Words: a file that is *taken back* (rút) stays in the contest byte for byte and on the log; its
events count only if another file that counts holds them too. What counts follows from the files
that are there and those taken back, in whatever order that came about, and it can *count again*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from judgeapp.domain.collecting import NEED_CONCLUSION
from judgeapp.domain.contest import Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId, RoundId
from judgeapp.domain.marks import MarkEvent, MarkKey, current_marks
from judgeapp.domain.names import clean
from judgeapp.exchange.score_file import ScoreFile
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.judging import require_open
from judgeapp.services.kept_scores import MarkChange, changes_between, kept_score_file
from judgeapp.store.packs import BackKind, ScoreFileRow
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import load_texts


@dataclass(frozen=True)
class TakenBack:
    """What taking a file back, or counting it again, does to the marks.

    Attributes:
        file: its number here; ``name`` as it came.
        number: the how-manieth file of that laptop it is.
        changes: marks that are others afterwards; ``after`` is None where none is left.
        earlier: the number of that laptop's newest file that still counts, or None.
    """

    held: Round
    file: int
    name: str
    judge: JudgeId
    number: int | None
    changes: tuple[MarkChange, ...]
    earlier: int | None


def take_back(app: Context, *, file: int, reason: str, look: bool = False) -> Outcome[TakenBack]:
    """Take a score file back; its marks are then as they were without it.

    Args:
        app: the open contest.
        file: its number here.
        reason: why, for the record.
        look: only tell what would be, write nothing.

    Raises:
        JudgeError: ``packs.no_reason``, ``judging.no_such_file``, ``packs.not_counted``,
            ``packs.is_taken_back``, ``judging.round_closed``, ``packs.kept_file_missing``.
    """
    return _turn(app, file, "taken_back", reason, look=look)


def count_again(app: Context, *, file: int, reason: str, look: bool = False) -> Outcome[TakenBack]:
    """Let a score file count again that was taken back.

    Args and refusals are those of `take_back`; ``packs.not_taken_back`` if it counts.
    """
    return _turn(app, file, "counted_again", reason, look=look)


def _turn(
    app: Context, file: int, what: BackKind, reason: str, *, look: bool
) -> Outcome[TakenBack]:
    said = clean(reason)
    if not said and not look:
        raise JudgeError("packs.no_reason")
    with app.write() as u:
        row = next((row for row in u.packs.score_files() if row.id == file), None)
        found = read_definition(u).round(row.round_id) if row and row.round_id else None
        if row is None or row.judge is None or found is None:
            raise JudgeError("judging.no_such_file", place=str(file))
        require_open(u, found)
        _require_turn(u, row, what)
        back = u.packs.taken_back() ^ {row.id}
        before = _current(u, found.id, row.judge)
        left_out = events_left_out(u, app.folder, row, back)
        u.packs.add_taken_back(
            row.id, what, left_out, round_id=found.id, judge=row.judge, reason=said
        )
        changes = changes_between(before, _current(u, found.id, row.judge))
        value = TakenBack(
            found, row.id, row.name, row.judge, row.number, changes, _earlier(u, row, back)
        )
        if look:
            return changed(value, [])
        if what == "taken_back":
            u.log("packs.taken_back", file=row.id, judge=row.judge, marks=len(changes))
        else:
            u.log("packs.counted_again", file=row.id, judge=row.judge, marks=len(changes))
        u.commit()
    turn_back: BackKind = "counted_again" if what == "taken_back" else "taken_back"
    undo = Undo(f"file_{what}", {"file": row.name}, partial(_turn_back, file, turn_back))
    return changed(value, [Kind.SCORE_FILES, Kind.MARKS, Kind.RESULTS, Kind.STAGES], undo)


def _turn_back(file: int, what: BackKind, app: Context) -> Outcome[TakenBack]:
    reason = load_texts(app.machine.settings.language)("undo.reason")
    return _turn(app, file, what, reason, look=False)


def _require_turn(u: UnitOfWork, row: ScoreFileRow, what: BackKind) -> None:
    is_back = row.id in u.packs.taken_back()
    if what == "counted_again":
        if not is_back:
            raise JudgeError("packs.not_taken_back", file=row.name, place=str(row.id))
        return
    if is_back:
        raise JudgeError("packs.is_taken_back", file=row.name, place=str(row.id))
    if not row.counts and row.verdict not in NEED_CONCLUSION:
        raise JudgeError("packs.not_counted", file=row.name, place=str(row.id))


def _current(u: UnitOfWork, round_id: RoundId, judge: JudgeId) -> dict[MarkKey, MarkEvent]:
    return current_marks(u.judging.mark_events(round_id, judge=judge))


def _earlier(u: UnitOfWork, row: ScoreFileRow, back: Collection[int]) -> int | None:
    numbers = [
        other.number
        for other in _of_same_sheet(u, row)
        if other.number is not None
        and other.device == row.device
        and other.counts
        and other.id != row.id
        and other.id not in back
    ]
    return max(numbers, default=None)


def _of_same_sheet(u: UnitOfWork, row: ScoreFileRow) -> list[ScoreFileRow]:
    """Return all score files of the same judge and round."""
    files = u.packs.score_files_of(row.judge or JudgeId(""))
    return [other for other in files if other.round_id == row.round_id]


def events_left_out(
    u: UnitOfWork,
    folder: Path,
    row: ScoreFileRow,
    back: Collection[int],
    arrived: Mapping[int, Iterable[str]] | None = None,
) -> frozenset[str]:
    """Return the hashes of a judge's events in a round that only files taken back hold.

    Args:
        u: the unit of work.
        folder: the contest's folder, where files are kept.
        row: any score file of that judge and round.
        back: numbers of the files that are taken back.
        arrived: hashes of the events of files that may not be in the folder yet, by number.

    Raises:
        BadInput: ``packs.kept_file_missing`` if a file is not there any more.
    """
    conclusions = u.judging.conclusions(row.round_id or RoundId(""))
    concluded = {one.score_file for one in conclusions if one.counts}
    held: dict[bool, set[str]] = {True: set(), False: set()}
    for other in _of_same_sheet(u, row):
        if other.counts or other.id in concluded:
            known = (arrived or {}).get(other.id)
            if known is None:
                known = [event.hash for event in kept_score_file(folder, other).events]
            held[other.id in back].update(known)
    return frozenset(held[True] - held[False])


def note_arrival(u: UnitOfWork, folder: Path, number_here: int, file: ScoreFile) -> None:
    """After a file came to count: what it holds counts, also if files taken back held it too."""
    header = file.header
    before = u.judging.left_out(header.round, header.judge)
    if not before:
        return
    row = next(one for one in u.packs.score_files_of(header.judge) if one.id == number_here)
    hashes = {row.id: [event.hash for event in file.events]}
    after = events_left_out(u, folder, row, u.packs.taken_back(), hashes)
    if after != before:
        u.packs.add_taken_back(row.id, "arrived", after, round_id=header.round, judge=header.judge)
