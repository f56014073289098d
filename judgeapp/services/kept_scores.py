"""Score files as the contest keeps them, byte for byte, and what one changes in the marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from judgeapp.domain.collecting import Ancestor, ScoreHeader
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey
from judgeapp.exchange.limits import SCORE_FILE_BYTES, OverTheCap, read_capped
from judgeapp.exchange.score_file import ENDING, ScoreFile, read_score_file
from judgeapp.store.packs import ScoreFileRow
from judgeapp.system.files import cannot_write, write_atomically

FOLDER = "score-files"


@dataclass(frozen=True)
class MarkChange:
    """A mark that a score file gives otherwise than it stood before; None where there was none."""

    contestant: ContestantId
    part: PartId
    criterion: CriterionId
    before: Decimal | None
    after: Decimal | None


def keep_score_file(folder: Path, digest: str, data: bytes) -> None:
    """Keep the bytes of a score file in the contest's folder.

    Raises:
        JudgeError: ``files.…`` if they can't be written.
    """
    target = folder / FOLDER / (digest + ENDING)
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(target, error) from error
    if not target.exists():
        write_atomically(target, data)


def kept_score_file(folder: Path, row: ScoreFileRow) -> ScoreFile:
    """Return a score file that a contest keeps in its folder.

    Raises:
        BadInput: ``packs.score_…`` if it is damaged; ``packs.kept_file_missing``.
    """
    try:
        data = (folder / FOLDER / row.stored_name).read_bytes()
    except OSError as error:
        raise BadInput("packs.kept_file_missing", file=row.name, place=str(row.id)) from error
    return read_score_file(data, name=row.name)


def read_score_file_at(file: Path) -> tuple[bytes, ScoreFile | BadInput]:
    """Return the bytes of a file and what is in it, or why it is damaged; none if it is too large.

    Raises:
        BadInput: ``packs.no_such_file``, ``packs.unreadable``: then there is no file to judge.
    """
    try:
        data = read_capped(file, SCORE_FILE_BYTES)
    except FileNotFoundError as error:
        raise BadInput("packs.no_such_file", file=str(file)) from error
    except OSError as error:
        raise BadInput("packs.unreadable", file=file.name) from error
    except OverTheCap:
        limit = SCORE_FILE_BYTES >> 20
        return b"", BadInput("packs.score_too_large", file=file.name, limit=limit)
    try:
        return data, read_score_file(data, name=file.name)
    except BadInput as error:
        return data, error


def header_from(body: Mapping[str, Any]) -> ScoreHeader:
    """Return a header as it was stored."""
    ancestors = tuple(Ancestor(**item) for item in body["took_over"])
    return ScoreHeader(**{**body, "took_over": ancestors})


def changes_between(
    before: Mapping[MarkKey, MarkEvent], after: Mapping[MarkKey, MarkEvent]
) -> tuple[MarkChange, ...]:
    """Return the marks that are others afterwards."""
    found = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        was, now = (None if event is None else event.points for event in (old, new))
        if was != now or (old is None) != (new is None):
            found.append(MarkChange(key[1], key[2], key[3], was, now))
    return tuple(found)
