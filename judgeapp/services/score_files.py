"""Score files written at a judge's desk, and taken over by a second laptop of the same judge."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from judgeapp.domain.collecting import Ancestor, Claims, ScoreHeader
from judgeapp.domain.errors import BadInput
from judgeapp.domain.marks import MarkEvent, current_marks
from judgeapp.domain.remarks import is_remark
from judgeapp.domain.sheets import sheets
from judgeapp.exchange.score_file import (
    ScoreFile,
    file_name,
    read_score_file,
    receipt,
    write_score_file,
)
from judgeapp.exchange.spelling import sha256
from judgeapp.services.context import Kind, Outcome, changed
from judgeapp.services.desk import Desk
from judgeapp.services.kept_scores import FOLDER, header_from, read_score_file_at
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import cannot_write, safe_name, write_atomically

TAKEN_OVER = "taken_over"


@dataclass(frozen=True)
class Exported:
    """A score file that was written.

    Attributes:
        number: of this desk's files; writing again without a new mark gives the same file.
        receipt: to be read to the secretary.
        scored: sheets that are complete, ``of`` those owed.
        marks: mark events in it, and remarks.
    """

    file: Path
    number: int
    receipt: str
    scored: int
    of: int
    marks: int
    signed: bool


@dataclass(frozen=True)
class TakenOver:
    """What came from another laptop's score file; ``marks`` are those that were new here."""

    device: str
    number: int
    marks: int


def export_score_file(app: Desk, *, target: Path) -> Outcome[Exported]:
    """Write this judge's score file for the open pack's round to ``target``, complete.

    Losing it costs nothing: it is written again. A desk also keeps each of its files.

    Args:
        app: the desk.
        target: the file, or a folder in which it gets its usual name.

    Raises:
        JudgeError: ``files.…`` if it cannot be written, ``packs.score_too_large``.
    """
    with app.write() as u:
        events = u.judging.mark_events(app.pack.round.id, app.pack.rubric_hash, with_remarks=True)
        claims = _claims(app, u, events)
        known = _same_again(app, u, claims, events)
        if known is None:
            data, header = write_score_file(claims, events, salt=secrets.token_hex(16))
            _keep(app, claims.number, data)
            u.packs.add_export(claims.number, header.hash, asdict(header))
            u.log("judging.exported", number=claims.number, marks=len(events))
            u.commit()
        else:
            data, header = known
    name = safe_name(file_name(app.judge, app.device, header.number))
    file = target / name if target.is_dir() else target
    write_atomically(file, data)
    value = Exported(
        file=file,
        number=header.number,
        receipt=receipt(header.hash),
        scored=header.scored,
        of=header.of,
        marks=header.events,
        signed=False,
    )
    return changed(value, [Kind.SCORE_FILES])


def _claims(app: Desk, u: UnitOfWork, events: Iterable[MarkEvent]) -> Claims:
    found = sheets(app.pack.owed_by(app.judge), app.pack.round.parts, current_marks(events))
    scored = sum(1 for sheet in found if not sheet.missing)
    previous = _newest_own(app, u)
    return Claims(
        contest=app.pack.contest,
        pack=app.pack.id,
        round=app.pack.round.id,
        rubric_hash=app.pack.rubric_hash,
        judge=app.judge,
        device=app.device,
        number=previous.number + 1 if previous else 1,
        previous=previous.hash if previous else None,
        scored=scored,
        of=len(found),
        final=scored == len(found),
        took_over=_ancestors(app, u),
        at=u.at,
    )


def _newest_own(app: Desk, u: UnitOfWork) -> ScoreHeader | None:
    """Return the header of this device's newest file, also if it came back by taking it over."""
    headers = [header_from(row.header) for row in u.packs.exports()]
    headers += [header for header in _taken(u) if header.device == app.device]
    return max(headers, key=lambda header: header.number, default=None)


def _taken(u: UnitOfWork) -> list[ScoreHeader]:
    return [header_from(row.header) for row in u.packs.score_files() if row.header]


def _ancestors(app: Desk, u: UnitOfWork) -> tuple[Ancestor, ...]:
    newest: dict[str, Ancestor] = {}
    for header in _taken(u):
        if header.round == app.pack.round.id:
            own = Ancestor(header.device, header.number, header.hash)
            for item in (own, *header.took_over):
                if item.device not in newest or newest[item.device].number < item.number:
                    newest[item.device] = item
    newest.pop(app.device, None)
    return tuple(sorted(newest.values()))


def _same_again(
    app: Desk, u: UnitOfWork, claims: Claims, events: list[MarkEvent]
) -> tuple[bytes, ScoreHeader] | None:
    """Return the newest file if it says the same: one double click makes one file."""
    exports = u.packs.exports()
    if not exports:
        return None
    header = header_from(exports[-1].header)
    same = (
        (header.pack, header.round, header.rubric_hash, header.events, header.of, header.took_over)
        == (claims.pack, claims.round, claims.rubric_hash, len(events), claims.of, claims.took_over)
        and header.number == claims.number - 1
    )  # fmt: skip
    if not same:
        return None
    try:
        data = _kept(app, header.number).read_bytes()
        return (data, header) if read_score_file(data, name="").header == header else None
    except (OSError, BadInput):
        return None


def _kept(app: Desk, number: int) -> Path:
    return app.folder / FOLDER / safe_name(file_name(app.judge, app.device, number))


def _keep(app: Desk, number: int, data: bytes) -> None:
    target = _kept(app, number)
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(target, error) from error
    write_atomically(target, data)


def take_over(app: Desk, *, file: Path) -> Outcome[TakenOver]:
    """Go on from this judge's score file of another laptop: its marks are here afterwards.

    Marks typed here before stay; of two for one criterion the one with the higher counter holds,
    and the organiser is told that there were two.

    Raises:
        BadInput: ``packs.score_…`` if it is damaged, ``packs.other_contest``,
            ``judging.other_judge``, ``judging.other_rubric``, ``packs.no_such_file``.
    """
    data, read = _read(file)
    header = read.header
    _refuse_strange(app, header, file.name)
    with app.write() as u:
        here = u.judging.event_hashes(header.round, app.judge)
        new = [event for event in read.events if event.hash not in here]
        digest = sha256(data)
        if u.packs.score_file_with(digest) is None:
            u.packs.add_score_file(
                sha256=digest,
                name=file.name,
                stored_name="",
                verdict=TAKEN_OVER,
                counts=True,
                round_id=header.round,
                judge=header.judge,
                device=header.device,
                number=header.number,
                header=asdict(header),
            )
        u.judging.add_mark_events(header.round, header.rubric_hash, new)
        u.log("judging.taken_over", device=header.device, number=header.number, marks=len(new))
        u.commit()
    marks = sum(1 for event in new if not is_remark(event))
    return changed(TakenOver(header.device, header.number, marks), [Kind.MARKS])


def read_of_judge(file: Path) -> ScoreFile:
    """Return what a score file holds.

    Raises:
        BadInput: ``packs.score_…`` if it is damaged; ``packs.no_such_file``, ``packs.unreadable``.
    """
    return _read(file)[1]


def _read(file: Path) -> tuple[bytes, ScoreFile]:
    data, read = read_score_file_at(file)
    if isinstance(read, BadInput):
        raise read
    return data, read


def _refuse_strange(app: Desk, header: ScoreHeader, name: str) -> None:
    if header.contest != app.pack.contest:
        raise BadInput("judging.file_of_other_contest", file=name, contest=app.pack.contest_name)
    if header.judge != app.judge:
        raise BadInput("judging.other_judge", file=name, place=header.judge, judge=app.judge)
    if (header.round, header.rubric_hash) != (app.pack.round.id, app.pack.rubric_hash):
        raise BadInput("judging.other_rubric", file=name, place=header.round)
