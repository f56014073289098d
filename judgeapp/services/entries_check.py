"""Clips and outlines are looked into, several at once, each in a limited child process."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from judgeapp.domain.entries import CheckResult, EntryFile, Problem, clock_text
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.media.file_check import CheckedFile, check_file
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.entries import held_to_rules
from judgeapp.services.media_folder import MEDIA
from judgeapp.system.files import write_atomically
from judgeapp.system.progress import Progress, no_progress

_TICK_SECONDS = 0.1
_MOST_THREADS = 4  # of one decoder: more need more memory than a child has


@dataclass(frozen=True)
class FileReport:
    """What a look into one file that belongs to no contest found."""

    file: str
    check: CheckResult


@dataclass(frozen=True)
class _Job:
    """One file to look into, under the name that people know."""

    path: Path
    name: str
    label: str


@dataclass
class _Work:
    """What the threads and the one that waits for them tell each other.

    Attributes:
        stop: the work is no longer wanted.
        at: second reached by each clip that is being decoded.
    """

    stop: threading.Event = field(default_factory=threading.Event)
    at: dict[int, float] = field(default_factory=dict)


def check_files(*, files: Sequence[Path], progress: Progress = no_progress) -> list[FileReport]:
    """Look into files that belong to no contest; the answers come in the order of the files.

    Args:
        files: clips and outlines, or what claims to be one.
        progress: told in files.

    Raises:
        JudgeError: ``entries.no_such_file`` if one isn't there; then none is looked into.
        Cancelled: if the person stopped it.
    """
    for file in files:
        if not file.is_file():
            raise JudgeError("entries.no_such_file", file=str(file))
    jobs = [_Job(file, file.name, str(file)) for file in files]
    found: dict[int, CheckResult] = {}
    _run(jobs, lambda index, checked: found.update({index: checked.result}), progress)
    return [FileReport(job.label, found[index]) for index, job in enumerate(jobs)]


def check_entries(
    app: Context,
    *,
    again: bool = False,
    contestant: ContestantId | None = None,
    progress: Progress = no_progress,
) -> Outcome[list[EntryFile]]:
    """Look into the attached files that were not looked into yet; return all with their checks.

    Poster and contact sheet of a clip are put beside it. Stopped in the middle, what was found so
    far is kept.

    Args:
        app: the contest.
        again: look into those that were looked into before, too.
        contestant: look into this one's files only.
        progress: told in files.

    Raises:
        Cancelled: if the person stopped it.
    """
    with app.read() as u:
        files = [
            file
            for file in u.entries.files()
            if (again or file.check is None) and contestant in (None, file.contestant)
        ]
    jobs = [
        _Job(app.folder / MEDIA / file.stored_name, file.original_name, file.original_name)
        for file in files
    ]
    found: dict[int, CheckResult] = {}

    def keep(index: int, checked: CheckedFile) -> None:
        keep_pictures(app.folder, files[index], checked)
        found[index] = checked.result

    try:
        _run(jobs, keep, progress)
    finally:
        if found:
            _store(app, [(files[index], result) for index, result in sorted(found.items())])
    with app.read() as u:
        definition = read_definition(u)
        every = [held_to_rules(file, definition) for file in u.entries.files()]
    return changed(every, [Kind.ENTRIES] if found else [])


def poster_of(app: Context, file: EntryFile) -> Path | None:
    """Return where the poster of a clip lies, or None while there is none."""
    path = _picture_path(app.folder, file, "poster")
    return path if path.is_file() else None


def sheet_of(app: Context, file: EntryFile) -> Path | None:
    """Return where the contact sheet of a clip lies, or None while there is none."""
    path = _picture_path(app.folder, file, "sheet")
    return path if path.is_file() else None


def _picture_path(contest: Path, file: EntryFile, what: str) -> Path:
    return contest / MEDIA / f"{file.id}.{what}.jpg"


def keep_pictures(contest: Path, file: EntryFile, checked: CheckedFile) -> None:
    """Put poster and contact sheet of a clip beside it."""
    for what, picture in (("poster", checked.poster), ("sheet", checked.sheet)):
        if picture is not None:
            write_atomically(_picture_path(contest, file, what), picture)


def _store(app: Context, found: Sequence[tuple[EntryFile, CheckResult]]) -> None:
    with app.write() as u:
        definition = read_definition(u)
        bad = 0
        for file, result in found:
            u.entries.set_check(file.id, result)
            held = held_to_rules(replace(file, check=result), definition)
            bad += not (held.check and held.check.usable)
        u.log("entries.checked", count=len(found), with_problems=bad)
        u.commit()


# --- several at once -----------------------------------------------------------------------------


def _run(
    jobs: Sequence[_Job], keep: Callable[[int, CheckedFile], None], progress: Progress
) -> None:
    """Look into all files with one child for each core; ``keep`` runs in the calling thread.

    Raises:
        Cancelled: if ``progress`` says so; all children are gone then.
    """
    if not jobs:
        return
    cores = os.cpu_count() or 1
    workers = min(cores, len(jobs))
    threads = max(1, min(_MOST_THREADS, cores // workers))
    work = _Work()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="entry-check")
    try:
        waiting = {
            pool.submit(_look, index, job, threads, work): index for index, job in enumerate(jobs)
        }
        while waiting:
            progress(len(jobs) - len(waiting), len(jobs), _what(work, jobs))
            ended, _ = wait(waiting, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
            for future in ended:
                keep(waiting.pop(future), future.result())
        progress(len(jobs), len(jobs))
    finally:
        work.stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _look(index: int, job: _Job, threads: int, work: _Work) -> CheckedFile:
    """Look into one file, in a thread that waits for the child."""
    try:
        return check_file(
            job.path,
            name=job.name,
            threads=threads,
            report=lambda second: work.at.update({index: second}),
            stopped=work.stop.is_set,
        )
    except OSError:
        unreadable = Problem("damaged", variant="unreadable")
        return CheckedFile(CheckResult(None, opens=False, problems=(unreadable,)))
    finally:
        work.at.pop(index, None)


def _what(work: _Work, jobs: Sequence[_Job]) -> str:
    """Return which file is at work, and how far."""
    running = dict(work.at)
    if not running:
        return ""
    index, second = next(iter(running.items()))
    return f"{jobs[index].label} {clock_text(second)}"
