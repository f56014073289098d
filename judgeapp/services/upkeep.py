"""Keeping a contest sound: daily copies of its database, a check of everything, and its log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from judgeapp.domain.errors import JudgeError
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition
from judgeapp.store.checks import newest_backup
from judgeapp.store.contest import LogEntry
from judgeapp.store.uow import UnitOfWork
from judgeapp.store.upkeep import KeptFile
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import Progress, no_progress

LogLine = LogEntry  # for those who may not look into the store
_log = logging.getLogger(__name__)

StepName = Literal["database", "rows", "definition", "media", "score_files"]
FaultCode = Literal[
    "damaged_pages", "loose_rows", "row_count", "definition", "missing", "changed", "unreadable"
]


@dataclass(frozen=True)
class Fault:
    """Something that is not as it should be.

    Attributes:
        file: the file of the contest folder it is about, or None.
        have: what was found, a count; ``expected`` what should have been.
    """

    code: FaultCode
    file: str | None = None
    have: int | None = None
    expected: int | None = None


@dataclass(frozen=True)
class CheckStep:
    """One thing that was looked at: how many items, and what is wrong with some of them."""

    name: StepName
    looked_at: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong here."""
        return not self.faults


@dataclass(frozen=True)
class CheckReport:
    """What a check of the whole contest found."""

    steps: tuple[CheckStep, ...]

    @property
    def ok(self) -> bool:
        """Everything is as it should be."""
        return all(step.ok for step in self.steps)


def check_contest(app: Context, *, progress: Progress = no_progress) -> CheckReport:
    """Look at the whole contest: pages and rows, definition, media and score files byte for byte.

    Args:
        app: the contest.
        progress: told in files.

    Raises:
        Cancelled: if the person stopped it.
    """
    with app.read() as u:
        steps = [*_database_steps(u), _definition_step(u)]
        kept = u.upkeep.kept_files()
    total = len(kept)
    done = 0
    for name, folder in (("media", "media"), ("score_files", "score-files")):
        faults = []
        files = [file for file in kept if file.folder == folder]
        for file in files:
            progress(done, total, f"{folder}/{file.name}")
            fault = _file_fault(app.folder, file)
            if fault is not None:
                faults.append(fault)
            done += 1
        step: StepName = "media" if name == "media" else "score_files"
        steps.append(CheckStep(step, len(files), tuple(faults)))
    progress(total, total)
    return CheckReport(tuple(steps))


def _database_steps(u: UnitOfWork) -> Iterator[CheckStep]:
    pages = [Fault("damaged_pages") for _ in u.upkeep.faults()[:1]]
    yield CheckStep("database", 1, tuple(pages))
    counted, logged = u.upkeep.counts()
    loose = u.upkeep.loose_rows()
    faults = []
    if loose:
        faults.append(Fault("loose_rows", have=loose, expected=0))
    if logged is not None and counted != logged:
        faults.append(Fault("row_count", have=counted, expected=logged))
    yield CheckStep("rows", sum(u.upkeep.row_counts().values()), tuple(faults))


def _definition_step(u: UnitOfWork) -> CheckStep:
    try:
        read_definition(u)
    except JudgeError:
        return CheckStep("definition", 1, (Fault("definition"),))
    return CheckStep("definition", 1, ())


def _file_fault(folder: Path, file: KeptFile) -> Fault | None:
    name = f"{file.folder}/{file.name}"
    path = folder / file.folder / file.name
    try:
        size = path.stat().st_size
        if file.size is not None and size != file.size:
            return Fault("changed", name, size, file.size)
        return None if sha256_of(path) == file.sha256 else Fault("changed", name)
    except FileNotFoundError:
        return Fault("missing", name)
    except OSError:
        return Fault("unreadable", name)


def read_log(app: Context, *, since: str | None = None) -> list[LogLine]:
    """Return who did what, the oldest first.

    Args:
        app: the contest.
        since: a moment in ISO 8601, UTC; earlier lines are left out.
    """
    with app.read() as u:
        return [entry for entry in u.contest.log_entries() if since is None or entry.at >= since]


def keep_daily_copy(app: Context) -> Path | None:
    """Keep a copy of the database as the days before today left it; return where, or None.

    Once a day, at the first opening, and only if something happened since the last one. A copy that
    cannot be kept stops nothing; the app's log says why.
    """
    if not app.store.writable:
        return None
    with app.read() as u:
        newest = u.upkeep.newest_moment()
    now = app.machine.now()
    if newest is None or newest[:10] >= now[:10]:
        return None
    last = newest_backup(app.folder)
    if last is not None and last.stem.removeprefix("contest-")[:15] > _stamp(newest):
        return None
    try:
        return app.store.keep_copy(app.folder, _stamp(now))
    except JudgeError as error:
        _log.warning("no daily copy kept: %s", error.code)
        return None


@dataclass(frozen=True)
class Copy:
    """A copy of the contest.

    Attributes:
        at: when it was made, ISO 8601 in UTC.
        place: the file.
        whole: a backup of everything that somebody made; else a daily copy of the database.
    """

    at: str
    place: str
    whole: bool


def newest_copy(app: Context) -> Copy | None:
    """Return the newest copy: a backup that somebody made, or a daily copy of the database."""
    found: list[Copy] = []
    with app.read() as u:
        line = u.contest.newest_entry("upkeep.backed_up")
    if line is not None:
        found.append(Copy(line.at, str(line.details.get("file", "")), whole=True))
    last = newest_backup(app.folder)
    if last is not None:
        day, clock = last.stem.removeprefix("contest-")[:15].split("-")
        at = f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:]}+00:00"
        found.append(Copy(at, str(last), whole=False))
    return max(found, key=lambda copy: copy.at[:19], default=None)


def _stamp(moment: str) -> str:
    """Write a moment as it stands in the name of a copy: ``20261125-080000``."""
    return moment[:19].replace("-", "").replace(":", "").replace("T", "-")
