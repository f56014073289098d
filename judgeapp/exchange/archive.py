"""A backup file: one zip with stored members and a manifest, written whole or not at all.

``manifest.json``, the last member, names every other one with size and SHA-256. Members are stored
as they are (clips do not shrink), so any zip program can take them out. A backup that is read is
believed in nothing: names, sizes and hashes are checked, and nothing is written outside the folder.

Source: decision 0002.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.exchange.limits import MIB, ZIP_LIST_BYTES
from judgeapp.exchange.member_names import faults_of
from judgeapp.system.files import cannot_write, flush_to_disk, open_plain
from judgeapp.system.progress import Progress

MANIFEST = "manifest.json"
FORMAT = "judgeapp-backup/1"
MAX_MANIFEST_BYTES = 8 * MIB
_FAMILY = "judgeapp-backup/"
_LARGE = 1 << 30
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_END_OF_LIST = b"PK\x05\x06"
_END_OF_LIST_64 = b"PK\x06\x06"


@dataclass(frozen=True)
class Member:
    """A file that goes into a backup under a name with ``/``."""

    name: str
    source: Path


@dataclass(frozen=True)
class Line:
    """What the manifest says about one member."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        contest_id: the random id of the contest.
        made_at: when, ISO 8601 in UTC.
        program: version of the program that made it.
    """

    contest_id: str
    made_at: str
    program: str
    files: tuple[Line, ...]

    @property
    def bytes(self) -> int:
        """Bytes of all files together."""
        return sum(line.size for line in self.files)


class _Steps:
    """Counts bytes for the person who waits: progress goes by megabytes."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = max(total // 1_000_000, 1)
        self._bytes = 0

    def __call__(self, count: int, what: str) -> None:
        self._bytes += count
        self._progress(min(self._bytes // 1_000_000, self._total), self._total, what)


def write_archive(
    target: Path,
    members: Sequence[Member],
    describe: Callable[[tuple[Line, ...]], Manifest],
    progress: Progress,
) -> Manifest:
    """Put a backup of ``members`` at ``target``; it was read again and compared before its name.

    Args:
        target: not there yet.
        members: in the order in which they shall lie in the file.
        describe: makes the manifest from its lines.
        progress: told in megabytes; written and read again both count.

    Raises:
        JudgeError: ``upkeep.backup_exists``, ``upkeep.cannot_read``, ``files.…``; nothing is left
            behind then.
    """
    if target.exists():
        raise JudgeError("upkeep.backup_exists", file=str(target))
    total = _sizes(members)
    part = target.with_name(f".{target.name}.part")
    try:
        _require_room(target, total)
        steps = _Steps(progress, 2 * total)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            lines = tuple(_add(archive, member, steps) for member in members)
            manifest = describe(lines)
            archive.writestr(zipfile.ZipInfo(MANIFEST, _EARLIEST), _encoded(manifest))
        flush_to_disk(part)
        with open_archive(part) as written:
            for line in written.manifest.files:
                written.read(line, lambda _piece: None, steps)
        _name_durably(part, target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return manifest


def _name_durably(part: Path, target: Path) -> None:
    part.replace(target)
    try:
        flush_to_disk(target.parent)
    except OSError:
        target.unlink(missing_ok=True)  # else the next try would find it there
        raise


def copy_members(members: Sequence[Member], folder: Path, progress: Progress) -> tuple[Line, ...]:
    """Copy files into ``folder`` under their names; each is durable afterwards.

    Raises:
        JudgeError: ``upkeep.cannot_read``, ``files.…`` with the reason.
    """
    steps = _Steps(progress, _sizes(members))
    lines = []
    for member in members:
        with _new_file(folder, member.name) as written:
            lines.append(_copy(member, written.write, steps))
    return tuple(lines)


@contextlib.contextmanager
def _new_file(folder: Path, name: str) -> Iterator[IO[bytes]]:
    """Give a file to write, with the folders it needs; it is durable afterwards."""
    target = folder.joinpath(*name.split("/"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            yield written
            written.flush()
            os.fsync(written.fileno())
    except OSError as error:
        raise cannot_write(target, error) from error


def _copy(member: Member, write: Callable[[bytes], object], steps: _Steps) -> Line:
    digest, size = hashlib.sha256(), 0
    with _opened(member.source) as source:
        while piece := _piece(source, member.source):
            write(piece)
            digest.update(piece)
            size += len(piece)
            steps(len(piece), member.name)
    return Line(member.name, size, digest.hexdigest())


def _sizes(members: Sequence[Member]) -> int:
    total = 0
    for member in members:
        try:
            total += member.source.stat().st_size
        except OSError as error:
            raise JudgeError("upkeep.cannot_read", file=str(member.source)) from error
    return total


def _require_room(target: Path, size: int) -> None:
    """Refuse to begin what cannot fit."""
    if shutil.disk_usage(target.parent).free < size:
        raise JudgeError("files.disk_full", file=str(target))


def _add(archive: zipfile.ZipFile, member: Member, steps: _Steps) -> Line:
    info = zipfile.ZipInfo(member.name, _EARLIEST)
    info.external_attr = 0o644 << 16
    info.file_size = member.source.stat().st_size
    with archive.open(info, "w", force_zip64=info.file_size > _LARGE) as stored:
        return _copy(member, stored.write, steps)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise JudgeError("upkeep.cannot_read", file=str(path)) from error


def _piece(source: IO[bytes], path: Path) -> bytes:
    try:
        return source.read(MIB)
    except OSError as error:
        raise JudgeError("upkeep.cannot_read", file=str(path)) from error


def _encoded(manifest: Manifest) -> bytes:
    import msgspec

    body = {
        "format": FORMAT,
        "contest_id": manifest.contest_id,
        "made_at": manifest.made_at,
        "program": manifest.program,
        "files": list(manifest.files),
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=1)


@dataclass(frozen=True)
class Archive:
    """An open backup whose list agrees with its manifest; contents are checked as they are read."""

    file: Path
    manifest: Manifest
    _zip: zipfile.ZipFile

    def read(self, line: Line, take: Callable[[bytes], object], steps: _Steps) -> None:
        """Hand the content of one member to ``take``, piece by piece, and check it.

        Raises:
            BadInput: ``upkeep.backup_altered`` if it is not what the manifest says.
        """
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(line.name) as stored:
                while piece := stored.read(MIB):
                    size += len(piece)
                    digest.update(piece)
                    take(piece)
                    steps(len(piece), line.name)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._altered(line) from error
        if size != line.size or digest.hexdigest() != line.sha256:
            raise self._altered(line)

    def _altered(self, line: Line) -> BadInput:
        return BadInput("upkeep.backup_altered", file=str(self.file), place=line.name)

    def extract(self, folder: Path, progress: Progress) -> None:
        """Write all files into ``folder``, which is there and empty; each is durable afterwards.

        Raises:
            BadInput: ``upkeep.backup_altered``.
            JudgeError: ``files.…`` with the reason.
        """
        steps = _Steps(progress, self.manifest.bytes)
        for line in self.manifest.files:
            with _new_file(folder, line.name) as written:
                self.read(line, written.write, steps)


@contextlib.contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """Open a backup after checking its list of names and sizes against its manifest.

    Raises:
        BadInput: ``upkeep.no_such_backup``, ``upkeep.not_a_backup``, ``upkeep.backup_cut_off``,
            ``upkeep.backup_newer``, ``upkeep.backup_bad_name``, ``upkeep.backup_altered``.
    """
    try:
        with open_plain(file) as opened:
            begins_well = opened.read(2) == b"PK"
            listed = _list_bytes(opened)
    except OSError as error:
        raise BadInput("upkeep.no_such_backup", file=str(file)) from error
    if not begins_well:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    if listed is None:
        raise BadInput("upkeep.backup_cut_off", file=str(file))
    if listed > ZIP_LIST_BYTES:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    try:
        opened_zip = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInput("upkeep.backup_cut_off", file=str(file)) from error
    with opened_zip:
        yield Archive(file, _checked_manifest(file, opened_zip), opened_zip)


def _list_bytes(opened: IO[bytes]) -> int | None:
    """Return how long the zip's list says it is; None if the end of the file is not there."""
    size = opened.seek(0, os.SEEK_END)
    opened.seek(max(size - 65_557, 0))
    tail = opened.read()
    end = tail.rfind(_END_OF_LIST)
    if end < 0 or len(tail) - end < 22:
        return None
    long_end = tail.rfind(_END_OF_LIST_64, 0, end)
    if long_end >= 0 and end - long_end >= 56:
        return int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _checked_manifest(file: Path, opened: zipfile.ZipFile) -> Manifest:
    infos = opened.infolist()
    names = [info.orig_filename for info in infos]
    for name, fault in zip(names, faults_of(names), strict=True):
        if fault is not None:
            raise BadInput("upkeep.backup_bad_name", file=str(file), place=repr(name)[1:-1])
    sizes = {info.filename: info.file_size for info in infos}
    stored_as_is = all(
        info.compress_type == zipfile.ZIP_STORED
        and info.file_size == info.compress_size
        and info.filename == info.orig_filename
        and not info.flag_bits & 0x1
        for info in infos
    )
    if MANIFEST not in sizes:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    if not stored_as_is or sum(sizes.values()) > file.stat().st_size:
        raise BadInput("upkeep.backup_altered", file=str(file), place=MANIFEST)
    if sizes.pop(MANIFEST) > MAX_MANIFEST_BYTES:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    manifest = _read_manifest(file, opened)
    listed = {line.name: line.size for line in manifest.files}
    for name in sorted(listed.keys() | sizes.keys()):
        if listed.get(name) != sizes.get(name):
            raise BadInput("upkeep.backup_altered", file=str(file), place=name)
    return manifest


def _read_manifest(file: Path, opened: zipfile.ZipFile) -> Manifest:
    import msgspec

    class Body(msgspec.Struct, forbid_unknown_fields=True):
        format: str
        contest_id: str
        made_at: str
        program: str
        files: list[Line]

    class Kind(msgspec.Struct):
        format: str

    try:
        content = opened.read(MANIFEST)
        kind = msgspec.json.decode(content, type=Kind).format
        if kind != FORMAT and kind.startswith(_FAMILY):
            raise BadInput("upkeep.backup_newer", file=str(file))
        body = msgspec.json.decode(content, type=Body)
    except (zipfile.BadZipFile, EOFError, msgspec.MsgspecError, RecursionError) as error:
        raise BadInput("upkeep.backup_altered", file=str(file), place=MANIFEST) from error
    if body.format != FORMAT:
        raise BadInput("upkeep.not_a_backup", file=str(file))
    return Manifest(body.contest_id, body.made_at, body.program, tuple(body.files))
