"""Clips and outlines of an open pack, each checked before it is used.

A pack that was opened as a zip is not unpacked as a whole: a file is copied out when it is wanted,
into the desk's folder, under its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.packs import PackMedia
from judgeapp.exchange.pack_check import open_source
from judgeapp.exchange.zip import UNREADABLE
from judgeapp.services.desk import Desk
from judgeapp.system.files import cannot_write, sha256_of

FOLDER = "media"
Whole = MutableMapping[Path, tuple[int, int]]
"""Files that were read through and found whole: their size and time of change, nanoseconds."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class EntryMedia:
    """A clip or an outline: ``file`` if it is whole, else ``reason`` why it cannot be used."""

    media: PackMedia
    file: Path | None
    reason: JudgeError | None = None


def entry_media(
    app: Desk, *, contestant: ContestantId, whole: Whole | None = None
) -> list[EntryMedia]:
    """Return the files of one entry, read through once: what is damaged is named, not played.

    Args:
        app: the desk.
        contestant: whose entry.
        whole: files that need not be read again unless they changed; what is found is added.
    """
    entry = next((item for item in app.pack.entries if item.id == contestant), None)
    known: Whole = {} if whole is None else whole
    return [_checked(app, media, known) for media in entry.media] if entry else []


def _checked(app: Desk, media: PackMedia, whole: Whole) -> EntryMedia:
    name = app.source.name
    try:
        file = app.source / media.path if app.source.is_dir() else _copied_out(app, media)
        if not file.is_file():
            raise BadInput("packs.damaged", file=name, place=media.path, count=1)
        found = file.stat()
        state = (found.st_size, found.st_mtime_ns)
        if whole.get(file) != state:
            if found.st_size != media.size or sha256_of(file) != media.sha256:
                raise BadInput("packs.damaged", file=name, place=media.path, count=1)
            whole[file] = state
    except JudgeError as error:
        return EntryMedia(media, None, error)
    except OSError:
        return EntryMedia(media, None, BadInput("packs.unreadable", file=media.path))
    return EntryMedia(media, file)


def _copied_out(app: Desk, media: PackMedia) -> Path:
    """Return the copy of a file of the zip; it is made if it is not there yet."""
    target = app.folder / FOLDER / f"{media.sha256}{Path(media.path).suffix}"
    if target.is_file() and target.stat().st_size == media.size:
        return target
    part = target.with_suffix(".part")
    source = open_source(app.source)
    try:
        target.parent.mkdir(exist_ok=True)
        if source.sizes.get(media.path) != media.size:
            raise BadInput("packs.damaged", file=app.source.name, place=media.path, count=1)
        digest = hashlib.sha256()
        left = media.size
        with source.open(media.path) as file, part.open("wb") as out:
            while left and (piece := file.read(min(_CHUNK, left))):
                digest.update(piece)
                out.write(piece)
                left -= len(piece)
        if left or digest.hexdigest() != media.sha256:
            raise BadInput("packs.damaged", file=app.source.name, place=media.path, count=1)
        part.replace(target)
    except UNREADABLE as error:
        raise BadInput("packs.damaged", file=app.source.name, place=media.path, count=1) from error
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        source.close()
        part.unlink(missing_ok=True)
    return target
