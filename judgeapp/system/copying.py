"""Copying large files so that a copy is whole or not there, and can be gone on with.

A copy is written as ``.part``, hashed while it is written, flushed to the disk, and only then gets
its name. Running a copy again passes over files that are already there with the right content.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from judgeapp.system.files import cannot_write, flush_to_disk, sha256_of

_CHUNK = 1 << 20
_FLUSH_EVERY = 16 << 20


class WrongContent(Exception):
    """The source does not hold what it should; no copy of it was kept."""


def is_there(target: Path, *, size: int, sha256: str) -> bool:
    """Tell whether ``target`` is already a whole copy, by its size and then its content."""
    try:
        return (
            not target.is_symlink()
            and target.is_file()
            and target.stat().st_size == size
            and sha256_of(target) == sha256
        )
    except OSError:
        return False


def copy_checked(
    source: BinaryIO,
    target: Path,
    *,
    size: int,
    sha256: str,
    flushed: Callable[[int], None],
) -> None:
    """Copy a stream to ``target``; afterwards it is there whole and on the disk, or not at all.

    Args:
        source: at its beginning; at most ``size`` + 1 bytes of it are read.
        target: in a folder that exists.
        size: in bytes, as stated.
        sha256: of the content, as stated.
        flushed: told of each number of bytes that has reached the disk.

    Raises:
        WrongContent: if the source holds something else.
        JudgeError: ``files.…`` if it cannot be written.
        OSError: if the source cannot be read.
    """
    part = target.with_name(target.name + ".part")
    try:
        digest = _copy(source, part, target, size, flushed)
        if digest != sha256:
            raise WrongContent
        try:
            part.replace(target)
            flush_to_disk(target.parent)
        except OSError as error:
            raise cannot_write(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _copy(
    source: BinaryIO, part: Path, target: Path, size: int, flushed: Callable[[int], None]
) -> str:
    digest = hashlib.sha256()
    left, waiting = size + 1, 0
    try:
        file = part.open("wb")
    except OSError as error:
        raise cannot_write(target, error) from error
    with file:
        while piece := source.read(min(_CHUNK, left)):
            left -= len(piece)
            digest.update(piece)
            try:
                file.write(piece)
                waiting += len(piece)
                if waiting >= _FLUSH_EVERY:
                    _flush(file)
                    flushed(waiting)
                    waiting = 0
            except OSError as error:
                raise cannot_write(target, error) from error
        try:
            _flush(file)
        except OSError as error:
            raise cannot_write(target, error) from error
    if left != 1:
        raise WrongContent
    flushed(waiting)
    return digest.hexdigest()


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
