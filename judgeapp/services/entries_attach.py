"""A folder of clips and outlines is attached: matched by name, copied in, never overwritten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from judgeapp.domain.contest import Round
from judgeapp.domain.entries import EntryFile
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.file_names import is_system_folder
from judgeapp.domain.handing_in import Content, HandedIn, Place, first_look, settle
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.matching import Candidate, Matcher, NameMatch
from judgeapp.domain.people import Contestant
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.media_folder import MEDIA, Copied, MediaFolder
from judgeapp.services.roster import contestants_of
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import Progress, no_progress

MAX_FILES = 10_000
MAX_DEPTH = 4
_ROOM_TO_SPARE = 64 << 20
_FAULTS_OF_ONE_FILE = frozenset({"entries.cannot_read", "entries.changed_while_copying"})


@dataclass(frozen=True)
class AttachReport:
    """What becomes of each file of a folder, in the order of their paths.

    Attributes:
        attached: how many were copied in and attached (none in a dry run).
    """

    round: Round
    files: tuple[HandedIn, ...]
    attached: int = 0

    @property
    def questions(self) -> tuple[HandedIn, ...]:
        """Files that wait for an answer."""
        return tuple(file for file in self.files if file.question is not None)


@dataclass(frozen=True)
class _Plan:
    held: Round
    files: tuple[HandedIn, ...]
    sources: Mapping[str, Path]


def plan_attach(
    app: Context,
    *,
    folder: Path,
    answers: Mapping[str, ContestantId] | None = None,
    round_id: str | None = None,
) -> AttachReport:
    """Return what `attach` would do; nothing is changed.

    Args and errors: as of `attach`.
    """
    plan = _plan(app, folder, answers or {}, round_id)
    return AttachReport(plan.held, plan.files)


def attach(
    app: Context,
    *,
    folder: Path,
    answers: Mapping[str, ContestantId] | None = None,
    round_id: str | None = None,
    progress: Progress = no_progress,
) -> Outcome[AttachReport]:
    """Copy the files of a folder that are surely somebody's into the contest and attach them.

    What is doubtful is left where it is, as a question in the report. Stopped or failing in the
    middle, the files copied so far are attached; the next call goes on with the others.

    Args:
        app: the contest.
        folder: where the files lie; it is only read.
        answers: path inside the folder → contestant, where a person said whose a file is.
        round_id: which round the files are for; the current one if it is None.
        progress: told in files.

    Raises:
        JudgeError: ``entries.no_such_folder``, ``entries.own_folder``, ``entries.too_many_files``,
            ``entries.unknown_contestant``, ``entries.no_such_answer``, ``entries.no_room``,
            ``entries.cannot_read``, ``files.disk_full``, …
        Cancelled: if the person stopped it.
    """
    plan = _plan(app, folder, answers or {}, round_id)
    taken = [file for file in plan.files if file.taken]
    media = MediaFolder(app.folder)
    media.tidy(app.machine.clock())
    _require_room(app.folder, [plan.sources[file.file] for file in taken])
    copies: list[tuple[HandedIn, Copied]] = []
    unread: set[str] = set()
    attached: frozenset[str] = frozenset()
    try:
        for index, file in enumerate(taken):
            sign = _Sign(progress, index, len(taken), file.file)
            sign()
            try:
                name = file.file.rpartition("/")[2]
                copies.append((file, media.take_in(plan.sources[file.file], name, sign)))
            except JudgeError as error:
                if error.code not in _FAULTS_OF_ONE_FILE:
                    raise
                unread.add(file.file)
    finally:
        if copies:
            attached = _attach_copies(app, media, plan.held, copies)
    progress(len(taken), len(taken))
    files = tuple(_as_it_came(file, attached, unread) for file in plan.files)
    report = AttachReport(plan.held, files, len(attached))
    return changed(report, [Kind.ENTRIES] if attached else [])


def _as_it_came(file: HandedIn, attached: frozenset[str], unread: set[str]) -> HandedIn:
    """Return the plan of a file, or the question that arose while it was copied."""
    if file.file in unread:
        return replace(file, question="unreadable")
    if file.taken and file.file not in attached:  # somebody else attached one meanwhile
        return replace(file, question="replaces")
    return file


@dataclass(frozen=True)
class _Sign:
    """Passes on that a large file is still being copied."""

    progress: Progress
    done: int
    total: int
    what: str

    def __call__(self) -> None:
        self.progress(self.done, self.total, self.what)


def _attach_copies(
    app: Context, media: MediaFolder, held: Round, copies: Sequence[tuple[HandedIn, Copied]]
) -> frozenset[str]:
    """Attach whole copies in one transaction; return the files that were (not for taken places)."""
    with app.write() as u:
        there = {(f.part, f.contestant) for f in u.entries.files() if f.round == held.id}
        used = u.entries.stored_names()
        free = [copy for copy in copies if (copy[0].part, copy[0].contestant) not in there]
        media.give_up([copied for file, copied in copies if (file, copied) not in free])
        if not free:
            return frozenset()
        rows = [(copied, _row(media, held, file, copied, used, u.at)) for file, copied in free]
        with media.settled(rows):
            for _, row in rows:
                u.entries.add(row)
            ids = [row.id for _, row in rows]
            u.log("entries.attached", round=held.id, count=len(rows), files=ids)
            u.commit()
    return frozenset(file.file for file, _ in free)


def _row(
    media: MediaFolder, held: Round, file: HandedIn, copied: Copied, used: set[str], at: str
) -> EntryFile:
    assert file.part is not None
    assert file.contestant is not None
    assert file.kind in ("clip", "outline")
    return media.entry(
        copied, round_id=held.id, part=file.part, contestant=file.contestant, kind=file.kind,
        used=used, at=at,
    )  # fmt: skip


# --- planning ------------------------------------------------------------------------------------


def _plan(
    app: Context, folder: Path, answers: Mapping[str, ContestantId], round_id: str | None
) -> _Plan:
    if not folder.is_dir():
        raise JudgeError("entries.no_such_folder", file=str(folder))
    if folder.resolve().is_relative_to((app.folder / MEDIA).resolve()):
        raise JudgeError("entries.own_folder", file=str(folder))
    with app.read() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        candidates = _candidates(u, contestants_of(u, definition, held.id))
        there = [file for file in u.entries.files() if file.round == held.id]
    known = {candidate.id for candidate in candidates}
    for file, contestant in answers.items():
        if contestant not in known:
            raise JudgeError("entries.unknown_contestant", file=file, place=contestant)
    found = dict(_walk(folder))
    for file in answers:
        if file not in found:
            raise JudgeError("entries.no_such_answer", file=file, place=str(folder))
    matcher = Matcher(candidates)
    looked = [_look(file, path, held, matcher, answers) for file, path in found.items()]
    settled = settle(looked, _contents(looked, found), _attached(there), frozenset(answers))
    return _Plan(held, tuple(settled), found)


def _candidates(u: UnitOfWork, people: Sequence[Contestant]) -> list[Candidate]:
    units = {unit.id: unit.name for unit in u.people.units()}
    return [
        Candidate(one.id, one.name, units.get(one.unit_id, "") if one.unit_id else "")
        for one in people
    ]


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file's path inside the folder and its own, in order; no link is followed.

    Raises:
        JudgeError: ``entries.too_many_files``, ``entries.cannot_read``.
    """
    found: list[tuple[str, Path]] = []
    left = [(folder, "", 0)]
    while left:
        place, prefix, depth = left.pop()
        try:
            inside = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            raise JudgeError("entries.cannot_read", file=str(place)) from error
        for entry in inside:
            if not entry.is_dir(follow_symlinks=False):
                found.append((prefix + entry.name, Path(entry.path)))
            elif depth < MAX_DEPTH and not is_system_folder(entry.name):
                left.append((Path(entry.path), f"{prefix}{entry.name}/", depth + 1))
        if len(found) > MAX_FILES:
            raise JudgeError("entries.too_many_files", file=str(folder), most=MAX_FILES)
    yield from sorted(found)


def _look(
    file: str, path: Path, held: Round, matcher: Matcher, answers: Mapping[str, ContestantId]
) -> HandedIn:
    """Return what the name says, or what a person said."""
    if path.is_symlink():
        return HandedIn(file, None, ignored="link")
    inside, _, name = file.rpartition("/")
    match = matcher.match(name, inside.rpartition("/")[2])
    if file in answers and match.ignored is None:
        match = NameMatch(match.kind, answers[file])
    return first_look(file, match, held)


def _contents(files: Sequence[HandedIn], sources: Mapping[str, Path]) -> dict[str, Content]:
    """Return the contents of the files that could be taken, as far as they can be read."""
    contents = {}
    for file in files:
        if file.question in (None, "whose") and file.ignored is None:
            path = sources[file.file]
            with suppress(OSError):
                contents[file.file] = Content(path.stat().st_size, cache(partial(sha256_of, path)))
    return contents


def _attached(files: Sequence[EntryFile]) -> dict[Place, tuple[str, Content]]:
    return {
        (file.part, file.contestant): (
            file.original_name,
            Content(file.size, partial(str, file.sha256)),
        )
        for file in files
    }


def _require_room(contest: Path, sources: Sequence[Path]) -> None:
    """Refuse before the first byte what the disk surely has no room for.

    Raises:
        JudgeError: ``entries.no_room``.
    """
    needed = 0
    for source in sources:
        with suppress(OSError):  # one that is gone meanwhile is found out when it is copied
            needed += source.stat().st_size
    free = shutil.disk_usage(contest).free
    if needed + _ROOM_TO_SPARE > free:
        raise JudgeError("entries.no_room", file=str(contest), needed=needed >> 20, free=free >> 20)
