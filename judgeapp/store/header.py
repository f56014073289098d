"""The first 100 bytes of an SQLite file, and what lies beside it, read without SQLite.

SQLite takes a ``-wal`` or ``-journal`` beside a database for its own and writes it over the file,
whoever left it there. So both are looked at before anything is opened. Ours never has a ``-wal``;
a ``-journal`` is ours if it starts from the very state in which the file is.

Source: sqlite.org/fileformat2.html, sections 1.3 and 3.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

_DATABASE_MAGIC = b"SQLite format 3\x00"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_LOOKS = 10
_SECONDS_BETWEEN_LOOKS = 0.02

Sidecar = Literal["none", "ours", "foreign"]


@dataclass(frozen=True)
class Header:
    """What the head of a database says about it.

    Attributes:
        size: bytes that all its pages need, or None where the head does not know.
        changes: counts the transactions; equal in the head and in a journal that belongs to it.
        uses_wal: another program has switched the file to write-ahead logging.
    """

    page_size: int
    pages: int
    size: int | None
    changes: int
    user_version: int
    application_id: int
    uses_wal: bool


def read_header(file: Path) -> Header | None:
    """Return the head of the database, or None if the file is not one of SQLite."""
    with file.open("rb") as opened:
        return parse_header(opened.read(100))


def parse_header(head: bytes) -> Header | None:
    """Return the head that the first 100 bytes of a database are, or None if they are not one."""
    if len(head) < 100 or not head.startswith(_DATABASE_MAGIC):
        return None
    (page_size,) = struct.unpack_from(">H", head, 16)
    page_size = 65536 if page_size == 1 else page_size
    changes, pages = struct.unpack_from(">II", head, 24)
    (user_version,) = struct.unpack_from(">I", head, 60)
    (application_id,) = struct.unpack_from(">I", head, 68)
    (valid_for,) = struct.unpack_from(">I", head, 92)
    known = pages > 0 and valid_for == changes
    return Header(
        page_size=page_size,
        pages=pages,
        size=pages * page_size if known else None,
        changes=changes,
        user_version=user_version,
        application_id=application_id,
        uses_wal=2 in head[18:20],
    )


def wal_beside(file: Path) -> Path | None:
    """Return the ``-wal`` beside a database if it holds anything."""
    wal = file.with_name(file.name + "-wal")
    try:
        return wal if wal.stat().st_size > 0 else None
    except FileNotFoundError:
        return None


def journal_beside(file: Path) -> Path:
    """Return where the rollback journal of a database lies while one is needed."""
    return file.with_name(file.name + "-journal")


def look_at_journal(file: Path) -> Sidecar:
    """Tell whether a journal lies beside the database, and whether it belongs to it.

    Another instance may be writing at this moment: only what stays foreign counts as foreign.
    """
    verdict: Sidecar = "none"
    for look in range(_LOOKS):
        if look:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        verdict = _look_once(file)
        if verdict != "foreign":
            break
    return verdict


def _look_once(file: Path) -> Sidecar:
    try:
        with journal_beside(file).open("rb") as journal:
            head = journal.read(28)
            if len(head) < 28 or not head.startswith(_JOURNAL_MAGIC):
                return "none"  # empty, or wiped: SQLite does not use it either
            database = read_header(file)
            if database is None:
                return "foreign"
            before = _state_before(journal, head, database.page_size)
    except FileNotFoundError:
        return "none"
    return "ours" if before is not None and _fits(database, before) else "foreign"


@dataclass(frozen=True)
class _Before:
    """The state that a journal leads back to: its pages, and the head if that was changed."""

    pages: int
    head: Header | None


def _fits(database: Header, before: _Before) -> bool:
    """Tell whether a transaction that began in the state ``before`` may have left ``database``."""
    if before.head is None:  # the head was not touched yet
        return database.pages == before.pages
    return (
        database.application_id == before.head.application_id
        and before.head.pages == before.pages
        and database.changes in (before.head.changes, before.head.changes + 1)
    )


def _state_before(journal: BinaryIO, head: bytes, page_size: int) -> _Before | None:
    """Return the state that the journal leads back to; None if its pages are of another size."""
    pages, sector, own_page_size = struct.unpack_from(">III", head, 16)
    if own_page_size != page_size or not 32 <= sector <= 65536:
        return None
    record = page_size + 8
    start, original = 0, pages
    while len(head) == 28 and head.startswith(_JOURNAL_MAGIC):
        (count,) = struct.unpack_from(">I", head, 8)
        start += sector
        journal.seek(start)
        done = 0
        while count in (0, 0xFFFFFFFF) or done < count:
            saved = journal.read(record)
            if len(saved) < record:
                return _Before(original, None)
            if struct.unpack_from(">I", saved)[0] == 1:
                return _Before(original, parse_header(saved[4:104]))
            done += 1
        start += -(-done * record // sector) * sector
        journal.seek(start)
        head = journal.read(28)
    return _Before(original, None)
