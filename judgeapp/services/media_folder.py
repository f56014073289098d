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
from pathlib import Path

from judgeapp.domain.entries import EntryFile, Kind
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, EntryFileId, PartId, RoundId
from judgeapp.media import sniff
from judgeapp.system.files import cannot_write, flush_to_disk, sha256_of

MEDIA = "media"
_INCOMING = re.compile(r"\.in-([0-9a-f]{64})")
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
            left_behind = self._left_behind(source)
            if left_behind is not None:
                return Copied(left_behind[0], name, source.stat().st_size, left_behind[1])
            reader = source.open("rb")
        except OSError as error:
            raise JudgeError("entries.cannot_read", file=name) from error
        with reader:
            size = os.fstat(reader.fileno()).st_size
            part, digest, copied = self._copy(reader.read, name, sign)
        if copied != size:
            part.unlink(missing_ok=True)
            raise JudgeError("entries.changed_while_copying", file=name)
        whole = self._folder / f".in-{digest}"
        part.replace(whole)
        flush_to_disk(self._folder)
        return Copied(whole, name, size, digest)

    def _left_behind(self, source: Path) -> tuple[Path, str] | None:
        """Return a whole copy of the same bytes that is not attached, and its hash."""
        size = source.stat().st_size
        whole = {
            match[1]: self._folder / name
            for name in self._names()
            if (match := _INCOMING.fullmatch(name)) and (self._folder / name).stat().st_size == size
        }
        if not whole:
            return None
        digest = sha256_of(source)
        path = whole.get(digest)
        return (path, digest) if path is not None and sha256_of(path) == digest else None

    def _copy(
        self, read: Callable[[int], bytes], name: str, sign: Callable[[], None]
    ) -> tuple[Path, str, int]:
        digest = hashlib.sha256()
        copied = count = 0
        part: Path | None = None
        done = False
        try:
            self._folder.mkdir(exist_ok=True)
            handle, path = tempfile.mkstemp(prefix=".in-", suffix=".part", dir=self._folder)
            part = Path(path)
            with os.fdopen(handle, "wb") as writer:
                while piece := _read(read, name):
                    writer.write(piece)
                    digest.update(piece)
                    copied += len(piece)
                    count += 1
                    if count % _PIECES_A_SIGN == 0:
                        sign()
                writer.flush()
                os.fsync(writer.fileno())
            if os.name != "nt":
                part.chmod(0o644)
            done = True
            return part, digest.hexdigest(), copied
        except OSError as error:
            raise cannot_write(self._folder / name, error) from error
        finally:
            if not done and part is not None:
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


def _read(read: Callable[[int], bytes], name: str) -> bytes:
    try:
        return read(_PIECE)
    except OSError as error:
        raise JudgeError("entries.cannot_read", file=name) from error
