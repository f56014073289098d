"""What is looked at before a database is opened, and what it must hold once it is.

Nothing is changed by looking, and a file that is refused stays as it was, byte for byte.
"""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Connection, text

from judgeapp.domain.errors import JudgeError
from judgeapp.store import row_count, tables
from judgeapp.store.engine import APPLICATION_ID, DATABASE_NAME, reading_engine
from judgeapp.store.header import (
    Header,
    journal_beside,
    look_at_journal,
    read_header,
    wal_beside,
)
from judgeapp.system.places import may_write, place_of

BACKUPS = "backups"
_WITH_BACKUP = {
    "store.damaged": "store.damaged_with_backup",
    "store.cut_off": "store.cut_off_with_backup",
    "store.rows_missing": "store.rows_missing_with_backup",
}
_LOOKS = 5
_SECONDS_BETWEEN_LOOKS = 0.02


def require_own_disk(folder: Path) -> None:
    """Refuse to work on a database that lies on a network share or on a stick.

    Raises:
        JudgeError: ``store.on_network`` or ``store.on_stick``.
    """
    place = place_of(folder)
    if place == "network":
        raise JudgeError("store.on_network", file=str(folder))
    if place == "stick":
        raise JudgeError("store.on_stick", file=str(folder))


def require_ours(file: Path) -> Header:
    """Return the head of a contest's database that this program can read.

    Raises:
        JudgeError: ``store.not_a_database``, ``store.newer_program``, ``store.other_program``,
            ``store.damaged``, ``store.cut_off``, or ``store.unreadable`` with the user's rights.
    """
    header = _read_header(file)
    if header is None:
        raise JudgeError("store.not_a_database", file=str(file))
    if header.application_id not in (0, APPLICATION_ID):
        raise JudgeError("store.other_program", file=str(file))
    if header.user_version > tables.SCHEMA_VERSION:
        raise JudgeError(
            "store.newer_program",
            file=str(file),
            theirs=header.user_version,
            ours=tables.SCHEMA_VERSION,
        )
    for _ in range(_LOOKS):  # another instance may be in the middle of writing
        if journal_beside(file).exists() or _is_long_enough(file, header):
            break
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        header = _read_header(file) or header
    else:
        require_whole_size(file, header)
    if header.application_id == 0:
        require_own_sidecars(file)
        if look_at_journal(file) == "none":
            _require_sound_file(file)
        raise JudgeError("store.other_program", file=str(file))
    return header


def _require_sound_file(file: Path) -> None:
    engine = reading_engine(file)
    try:
        with engine.connect() as connection:
            require_sound_pages(connection, file)
    finally:
        engine.dispose()


def _read_header(file: Path) -> Header | None:
    try:
        return read_header(file)
    except OSError as error:
        raise JudgeError("store.unreadable", file=str(file)) from error


def _is_long_enough(file: Path, header: Header) -> bool:
    return header.size is None or file.stat().st_size >= header.size


def require_whole_size(file: Path, header: Header) -> None:
    """Refuse a file that is shorter than the pages that its head counts.

    Raises:
        JudgeError: ``store.cut_off``.
    """
    if header.size is not None and not _is_long_enough(file, header):
        raise damaged(file, "store.cut_off", have=file.stat().st_size, expected=header.size)


def require_own_sidecars(file: Path) -> None:
    """Refuse a ``-wal``, or a ``-journal`` of another database, that lies beside ours.

    Raises:
        JudgeError: ``store.foreign_wal`` or ``store.foreign_journal``.
    """
    wal = wal_beside(file)
    if wal is not None:
        raise JudgeError("store.foreign_wal", file=str(file), place=wal.name)
    if look_at_journal(file) == "foreign":
        raise JudgeError("store.foreign_journal", file=str(file), place=journal_beside(file).name)


def require_sound_pages(connection: Connection, file: Path) -> None:
    """Refuse a database whose pages do not hang together.

    Raises:
        JudgeError: ``store.damaged``.
    """
    try:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    except JudgeError as error:
        if error.code == "store.damaged":
            raise damaged(file) from error
        raise
    if found != "ok":
        raise damaged(file)


def damaged(
    file: Path, code: str = "store.damaged", *, have: int = 0, expected: int = 0
) -> JudgeError:
    """Return the refusal of a damaged database; it names the newest backup if there is one."""
    newest = newest_backup(file.parent)
    if newest is not None:
        code = _WITH_BACKUP[code]
    return JudgeError(code, file=str(file), backup=str(newest), have=have, expected=expected)


def newest_backup(folder: Path) -> Path | None:
    """Return the newest of the dated backups that a contest folder keeps of its database."""
    return max((folder / BACKUPS).glob("contest-*.db"), default=None)


def find_database(folder: Path) -> Path:
    """Return the database file of a contest folder.

    Raises:
        JudgeError: ``contest.not_a_contest`` if there is none.
    """
    file = folder / DATABASE_NAME
    if not file.is_file():
        raise JudgeError("contest.not_a_contest", file=str(folder))
    return file


def is_writable(file: Path) -> bool:
    """Tell whether the database and the folder around it may be written."""
    return may_write(file) and may_write(file.parent)


def require_all_rows(connection: Connection, file: Path) -> None:
    """Refuse a database that holds fewer or more rows than the newest line of its log counted.

    Raises:
        JudgeError: ``store.rows_missing``.
    """
    expected = row_count.logged_count(connection)
    if expected is None:
        return
    counted = row_count.count_rows(connection)
    if counted != expected:
        raise damaged(file, "store.rows_missing", have=counted, expected=expected)
