"""A contest's ``media`` folder: copies of what was handed in, under names of our own.

Words: *incoming* is a whole copy that is not attached yet, named after its hash; it is taken up
again when the same file comes a second time, so that copying goes on where it was stopped. Names
are ``c0001.mp4`` for clips and ``d0001.pdf`` for outlines; no player or decoder ever sees a name
that a person made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from judgeapp.domain.entries import EntryFile, Kind
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, EntryFileId, PartId, RoundId
from judgeapp.media import sniff
from judgeapp.system.files import cannot_write, flush_to_disk, open_plain, sha256_of

MEDIA = "media"
_INCOMING = re.compile(r"\.in-([0-9a-f]{64})-\d+")
_STORED = re.compile(r"([cd])(\d{4,})\.")
_LETTERS: dict[Kind, str] = {"clip": "c", "outline": "d"}
_DAY_S = 24 * 3600
_PIECE = 1 << 20
_PIECES_A_SIGN = 16


@dataclass(frozen=True)
class Copied:
    """A whole copy in the media folder that is not attached yet."""

    path: Path
    original_name: str
    size: int
    sha256: str


class MediaFolder:
    """The media folder of one contest during one piece of work.

    Args:
        contest: the contest folder.
    """

    def __init__(self, contest: Path) -> None:
        self._folder = contest / MEDIA
        self._given: set[str] = set()

    def _names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir())

    def tidy(self, now: datetime) -> None:
        """Remove copies that a stopped work left behind more than a day ago."""
        for name in self._names():
            path = self._folder / name
            with contextlib.suppress(OSError):
                if name.startswith(".in-") and now.timestamp() - path.stat().st_mtime > _DAY_S:
                    path.unlink()

    def take_in(self, source: Path, name: str, sign: Callable[[], None]) -> Copied:
        """Return a whole copy of a file, its bytes on the disk; a copy left behind is taken up.

        Args:
            source: where it lies; it is only read.
            name: the name that people know it under.
            sign: called every 16 MiB; may raise to stop.

        Raises:
            JudgeError: ``entries.cannot_read``, ``entries.changed_while_copying``,
                ``files.disk_full`` and the like; nothing of it is left behind.
        """
        try:
            left_behind = self._left_behind(source, name)
            if left_behind is not None:
                return left_behind
            reader = open_plain(source)
        except OSError as error:
            raise JudgeError("entries.cannot_read", file=name) from error
        with reader:
            return self._copy(reader, name, sign)

    def _left_behind(self, source: Path, name: str) -> Copied | None:
        """Return a whole copy of the same bytes that is not attached and not given out, or None."""
        size = source.stat().st_size
        spare = [
            (match[1], self._folder / whole)
            for whole in self._names()
            if (match := _INCOMING.fullmatch(whole))
            and whole not in self._given
            and (self._folder / whole).stat().st_size == size
        ]
        digest = sha256_of(source) if spare else ""
        for claimed, path in spare:
            if claimed == digest and sha256_of(path) == digest:
                self._given.add(path.name)
                return Copied(path, name, size, digest)
        return None

    def _copy(self, reader: BinaryIO, name: str, sign: Callable[[], None]) -> Copied:
        """Copy into a file of ours, which is renamed once it is whole and on the disk."""
        part: Path | None = None
        try:
            size = os.fstat(reader.fileno()).st_size
            self._folder.mkdir(exist_ok=True)
            handle, path = tempfile.mkstemp(prefix=".in-", suffix=".part", dir=self._folder)
            part = Path(path)
            with os.fdopen(handle, "wb") as writer:
                digest = _pour(reader, writer, size, name, sign)
            return self._finish(part, name, size, digest)
        except OSError as error:
            raise cannot_write(self._folder / name, error) from error
        finally:
            if part is not None:
                part.unlink(missing_ok=True)

    def _finish(self, part: Path, name: str, size: int, digest: str) -> Copied:
        """Give a whole file its name, so that it is on the disk under it."""
        if os.name != "nt":
            part.chmod(0o644)
        whole = self._free_name(digest)
        part.replace(whole)
        flush_to_disk(self._folder)
        self._given.add(whole.name)
        return Copied(whole, name, size, digest)

    def _free_name(self, digest: str) -> Path:
        """Return a name for a whole copy: equal files of two contestants are two copies."""
        for number in count():
            whole = self._folder / f".in-{digest}-{number}"
            if whole.name not in self._given and not whole.exists():
                return whole
        raise AssertionError("there is always a next number")

    @contextlib.contextmanager
    def made_here(self, name: str) -> Iterator[tuple[Path, Callable[[], Copied]]]:
        """Give a place for a file that is made in this folder, and what takes it in once whole.

        Args:
            name: the name that people will know it under.
        """
        self._folder.mkdir(exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=".in-", suffix=".part", dir=self._folder)
        os.close(handle)
        part = Path(path)

        def take() -> Copied:
            flush_to_disk(part)
            digest, size = sha256_of(part), part.stat().st_size
            return self._finish(part, name, size, digest)

        try:
            yield part, take
        except OSError as error:
            raise cannot_write(self._folder / name, error) from error
        finally:
            part.unlink(missing_ok=True)

    def give_up(self, copies: Sequence[Copied]) -> None:
        """Remove copies that are not needed after all."""
        for copy in copies:
            with contextlib.suppress(OSError):
                copy.path.unlink()

    def entry(
        self,
        copied: Copied,
        *,
        round_id: RoundId,
        part: PartId,
        contestant: ContestantId,
        kind: Kind,
        used: set[str],
        at: str,
    ) -> EntryFile:
        """Return the row of a copy, with a name of its own whose ending fits the content.

        Args:
            copied: the copy.
            round_id: which round it is for.
            part: which part.
            contestant: whose it is.
            kind: clip or outline.
            used: names of all files ever attached, read in the transaction that will add the row;
                the new name is added to them.
            at: when it is attached.
        """
        ending = Path(copied.original_name).suffix.lstrip(".")
        stem = _next_stem(_LETTERS[kind], [*used, *self._names()])
        stored = f"{stem}.{sniff.fitting_ending(sniff.look(copied.path), ending)}"
        used.add(stored)
        return EntryFile(
            EntryFileId(stem), round_id, part, contestant, kind, copied.original_name, stored,
            copied.size, copied.sha256, at,
        )  # fmt: skip

    @contextlib.contextmanager
    def settled(self, files: Sequence[tuple[Copied, EntryFile]]) -> Iterator[None]:
        """Give copies their names for the time of a commit; take them back if it fails."""
        moved: list[tuple[Path, Path]] = []
        try:
            for copied, entry in files:
                final = self._folder / entry.stored_name
                copied.path.replace(final)
                moved.append((copied.path, final))
            flush_to_disk(self._folder)
            yield
        except BaseException as error:
            for before, final in moved:
                with contextlib.suppress(OSError):
                    final.replace(before)
            if isinstance(error, OSError):
                raise cannot_write(self._folder, error) from error
            raise


def _next_stem(letter: str, names: Sequence[str]) -> str:
    numbers = [
        int(match[2]) for name in names if (match := _STORED.match(name)) and match[1] == letter
    ]
    return f"{letter}{max(numbers, default=0) + 1:04}"


def _pour(
    reader: BinaryIO, writer: BinaryIO, size: int, name: str, sign: Callable[[], None]
) -> str:
    """Copy ``size`` bytes until they are on the disk; return their SHA-256.

    Raises:
        JudgeError: ``entries.cannot_read``, or ``entries.changed_while_copying`` if there are more
            or fewer.
    """
    digest = hashlib.sha256()
    copied = 0
    for number in count(1):
        piece = _read(reader, name)
        writer.write(piece)
        digest.update(piece)
        copied += len(piece)
        if not piece or copied > size:
            break
        if number % _PIECES_A_SIGN == 0:
            sign()
    if copied != size:
        raise JudgeError("entries.changed_while_copying", file=name)
    writer.flush()
    os.fsync(writer.fileno())
    return digest.hexdigest()


def _read(reader: BinaryIO, name: str) -> bytes:
    try:
        return reader.read(_PIECE)
    except OSError as error:
        raise JudgeError("entries.cannot_read", file=name) from error
