"""Whole contests in one file: backups, and contest folders made from them.

Nothing here changes a contest that exists; a backup or a folder has its name only once it is whole.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from judgeapp import __version__
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.exchange.archive import (
    Line,
    Manifest,
    Member,
    copy_members,
    open_archive,
    write_archive,
)
from judgeapp.exchange.member_names import Fault, faults_of
from judgeapp.services.context import Context, Kind, Machine, Outcome, changed
from judgeapp.store.checks import BACKUPS, require_own_disk
from judgeapp.store.engine import DATABASE_NAME
from judgeapp.store.postgresql import ADDRESS_NAME
from judgeapp.store.store import copy_contest, copy_file, open_copy
from judgeapp.store.upkeep import KeptFile
from judgeapp.system.files import cannot_write, flush_to_disk
from judgeapp.system.progress import Progress, no_progress

_log = logging.getLogger(__name__)

ENDING = ".zip"
FOLDERS = ("media", "packs", "score-files")


@dataclass(frozen=True)
class LeftOut:
    """A file of the folder that is not in the backup, and what is wrong with its name."""

    name: str
    reason: Fault


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds.

    Attributes:
        missing: files that the database names and that are not there, or not as they were.
    """

    file: Path
    contest_id: str
    made_at: str
    files: int
    bytes: int
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[str, ...] = ()


def backup_contest(
    machine: Machine, *, folder: Path, out: Path, progress: Progress = no_progress
) -> BackupReport:
    """Write the whole contest, its database in one state and all files, as one backup file.

    The database is copied first: every file that it names was there before it. A contest that may
    not be opened where it lies (a stick, a share, a ``-wal`` beside it) can be backed up.

    Args:
        machine: this computer.
        folder: the contest folder.
        out: the file to write, not there yet; or a folder, where it gets a name with the date.
        progress: told in megabytes.

    Raises:
        JudgeError: as `open_store` does; ``upkeep.backup_exists``, ``files.…``; nothing is left
            behind then.
    """
    made_at = machine.now()
    target = out / _dated_name(folder, made_at) if out.is_dir() else out
    try:
        with tempfile.TemporaryDirectory(prefix="judgeapp-") as private:
            database = Path(private) / DATABASE_NAME
            copy_contest(folder, database)
            contest_id, kept = _read_copy(database)
            members, left_out = _files_of(folder)

            def describe(lines: tuple[Line, ...]) -> Manifest:
                return Manifest(contest_id, made_at, __version__, lines)

            whole = [Member(DATABASE_NAME, database), *members]
            manifest = write_archive(target, whole, describe, progress)
    except OSError as error:
        raise cannot_write(target, error) from error
    return BackupReport(
        target,
        contest_id,
        made_at,
        len(manifest.files),
        manifest.bytes,
        tuple(left_out),
        _lacking(kept, manifest.files),
    )


def back_up(app: Context, *, out: Path, progress: Progress = no_progress) -> Outcome[BackupReport]:
    """Write the open contest as one backup file, and note in its log when and where.

    Args:
        app: the contest.
        out: as in `backup_contest`.
        progress: told in megabytes.

    Raises:
        JudgeError: as `backup_contest` does.
    """
    made = backup_contest(app.machine, folder=app.folder, out=out, progress=progress)
    try:
        with app.write() as u:
            u.log("upkeep.backed_up", file=str(made.file), files=made.files)
            u.commit()
    except JudgeError as error:  # the backup is there all the same
        _log.warning("a backup is not noted: %s", error.code)
        return changed(made, [])
    return changed(made, [Kind.CONTEST])


def _dated_name(folder: Path, made_at: str) -> str:
    moment = made_at[:16].replace("T", " ").replace(":", "")
    return f"{folder.resolve().name} {moment}{ENDING}"


def _read_copy(database: Path) -> tuple[str, list[KeptFile]]:
    copy = open_copy(database)
    try:
        with copy.read() as u:
            return u.contest.meta().get("contest_id", ""), u.upkeep.kept_files()
    finally:
        copy.close()


def _files_of(folder: Path) -> tuple[list[Member], list[LeftOut]]:
    """Return the contest's files but for its database, and those whose names are refused."""
    found: dict[str, Path] = {}
    links: set[str] = set()
    for path in _walk(folder, folder):
        name = path.relative_to(folder).as_posix()
        found[name] = path
        if path.is_symlink() or not path.is_file():
            links.add(name)
    names = sorted(found)
    members: list[Member] = []
    left_out: list[LeftOut] = []
    for name, fault in zip(names, faults_of(names, links), strict=True):
        if fault is None:
            members.append(Member(name, found[name]))
        else:
            left_out.append(LeftOut(name, fault))
    return members, left_out


def _walk(folder: Path, root: Path) -> Iterable[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise JudgeError("upkeep.cannot_read", file=str(folder)) from error
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name.endswith(".part"):
            continue
        if folder == root and (_is_database(entry.name) or entry.name == BACKUPS):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        else:
            yield path


def _is_database(name: str) -> bool:
    return name.casefold().startswith(DATABASE_NAME) or name.casefold() == ADDRESS_NAME


def _lacking(kept: Iterable[KeptFile], lines: Iterable[Line]) -> tuple[str, ...]:
    hashes = {line.name: line.sha256 for line in lines}
    names = ((f"{file.folder}/{file.name}", file.sha256) for file in kept)
    return tuple(name for name, sha256 in names if hashes.get(name) != sha256)


@dataclass(frozen=True)
class RestoreReport:
    """What was restored.

    Attributes:
        made_at: when the backup was made; None for a dated copy of the database alone.
        missing: files that the database names and that are not there, or not as they were.
    """

    folder: Path
    contest_id: str
    made_at: str | None
    files: int
    missing: tuple[str, ...]


def restore_contest(*, file: Path, folder: Path, progress: Progress = no_progress) -> RestoreReport:
    """Make a contest folder from a backup; it gets its name only once everything was checked.

    Args:
        file: a backup, or one of the dated copies in a contest's ``backups``: then all other files
            come from the folder around that.
        folder: not there yet, or empty.
        progress: told in megabytes.

    Raises:
        JudgeError: ``upkeep.folder_taken``, one of `open_archive`, of `open_store`, ``files.…``.
            Nothing is left behind then, and no other folder is touched.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JudgeError("upkeep.folder_taken", file=str(folder))
    require_own_disk(folder)
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder.absolute().parent))
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        report = _restore_into(part, file, folder, progress)
        part.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        _keep_name(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return report


def _keep_name(folder: Path) -> None:
    """Make the new folder's name durable; if that fails the folder goes, not to seem restored."""
    try:
        flush_to_disk(folder.absolute().parent)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _restore_into(part: Path, file: Path, folder: Path, progress: Progress) -> RestoreReport:
    if file.suffix == Path(DATABASE_NAME).suffix:
        made_at = None
        lines = _copy_around(file, part, progress)
    else:
        with open_archive(file) as archive:
            lines = archive.manifest.files
            made_at = archive.manifest.made_at
            _require_contest_names(file, lines)
            archive.extract(part, progress)
    contest_id, kept = _read_copy(part / DATABASE_NAME)
    for name in FOLDERS:
        (part / name).mkdir(exist_ok=True)
    return RestoreReport(folder, contest_id, made_at, len(lines), _lacking(kept, lines))


def _copy_around(database: Path, part: Path, progress: Progress) -> tuple[Line, ...]:
    """Copy a dated copy of a database, and all other files of the folder that it was kept in."""
    if not database.is_file():
        raise BadInput("upkeep.no_such_backup", file=str(database))
    if database.absolute().parent.name != BACKUPS:
        raise BadInput("upkeep.not_a_backup", file=str(database))
    copy_file(database, part / DATABASE_NAME)
    members, _ = _files_of(database.absolute().parent.parent)
    return copy_members(members, part, progress)


def _require_contest_names(file: Path, lines: Iterable[Line]) -> None:
    """Refuse a backup without a database, or with something that SQLite would read beside it.

    Raises:
        BadInput: ``upkeep.not_a_backup``, ``upkeep.backup_bad_name``.
    """
    names = [line.name for line in lines]
    if DATABASE_NAME not in names:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    for name in names:
        if name != DATABASE_NAME and _is_database(name):
            raise BadInput("upkeep.backup_bad_name", file=str(file), place=name)
