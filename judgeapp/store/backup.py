"""Copies of a contest's database, made by SQLite itself and never by copying its file.

A copy is written to ``.part``, checked, made durable and only then named. From a server the rows
are copied into an SQLite file with the same tables, so that every backup is one kind of file.
Where a database may not be opened in place (a stick, a share, a ``-wal`` of another program beside
it) SQLite opens a private copy of all its files and takes the newest changes in.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from judgeapp.domain.errors import JudgeError
from judgeapp.store import checks, row_count, tables
from judgeapp.store.engine import DATABASE_NAME, reading_engine, sqlite_engine
from judgeapp.store.failures import failures_named
from judgeapp.store.header import journal_beside, look_at_journal, read_header
from judgeapp.store.schema import make_tables
from judgeapp.system.files import cannot_write, flush_to_disk

KEPT_COPIES = 10
_CHUNK = 1000
_LOOKS = 5
_WAITING = (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED


def copy_database(engine: Engine, target: Path) -> None:
    """Put a checked copy of the database, in one state, at ``target``.

    Raises:
        JudgeError: ``store.busy``, ``store.disk_full``, …; ``target`` is as before then.
    """
    with _part_of(target) as part:
        if engine.dialect.name == "sqlite":
            _copy_pages(engine, part, target)
        else:
            _copy_rows(engine, part)
        check_copy(part)


def copy_loose(file: Path, target: Path) -> None:
    """Put a checked copy of a database that must not be opened where it lies at ``target``.

    What another program left in a ``-wal`` is taken in; a journal of another database is not.

    Raises:
        JudgeError: ``store.busy`` if the files are being written; ``store.damaged``, …
    """
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE_NAME
        _copy_files(file, copy)
        engine = sqlite_engine(copy)
        try:
            copy_database(engine, target)
        finally:
            engine.dispose()


def check_copy(file: Path) -> None:
    """Refuse a copy whose pages do not hang together.

    Raises:
        JudgeError: ``store.damaged`` or ``store.cut_off``.
    """
    header = read_header(file)
    if header is None:
        raise JudgeError("store.not_a_database", file=str(file))
    checks.require_whole_size(file, header)
    engine = reading_engine(file)
    try:
        with engine.connect() as connection:
            checks.require_sound_pages(connection, file)
    finally:
        engine.dispose()


def keep_dated_copy(engine: Engine, folder: Path, stamp: str) -> Path:
    """Keep a copy of the database in the contest folder's ``backups``; return where.

    The ten newest copies stay.

    Args:
        engine: on the database.
        folder: the contest folder.
        stamp: part of the name, such as ``20261125-080000``: names sort by time.
    """
    kept = folder / checks.BACKUPS
    try:
        kept.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(kept, error) from error
    target = kept / f"contest-{stamp}.db"
    copy_database(engine, target)
    for old in sorted(kept.glob("contest-*.db"))[:-KEPT_COPIES]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


@contextlib.contextmanager
def _part_of(target: Path) -> Iterator[Path]:
    """Give a path to write; afterwards it is durable and named ``target``, or it is gone."""
    part = target.with_name(target.name + ".part")
    try:
        part.write_bytes(b"")  # the system's own reason, where it cannot be made
        yield part
        flush_to_disk(part)
        part.replace(target)
        flush_to_disk(target.parent)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        for left in (part, journal_beside(part)):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _copy_pages(engine: Engine, part: Path, target: Path) -> None:
    def refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
        if status in _WAITING:  # SQLite has waited already; it would go on for ever
            raise JudgeError("store.busy", file=engine.get_execution_options()["file"])

    written = sqlite_engine(part)
    with contextlib.ExitStack() as stack:
        stack.callback(written.dispose)
        with failures_named(engine, str(target)):
            source: Any = stack.enter_context(contextlib.closing(engine.raw_connection()))
            copy: Any = stack.enter_context(contextlib.closing(written.raw_connection()))
            source.driver_connection.backup(copy.driver_connection, progress=refuse_to_wait)


def _copy_rows(engine: Engine, part: Path) -> None:
    """Copy all rows of a store on a server, as they are at one moment, into an SQLite file."""
    written = sqlite_engine(part)
    try:
        with (
            engine.connect() as source,
            written.connect().execution_options(writes=True) as copy,
            copy.begin(),
        ):
            make_tables(copy)
            copy.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in tables.metadata.sorted_tables:
                if table is not tables.log:
                    rows = source.execute(select(table).execution_options(yield_per=_CHUNK))
                    for chunk in rows.mappings().partitions():
                        copy.execute(insert(table), [dict(row) for row in chunk])
            _copy_log(source, copy)
    finally:
        written.dispose()


def _copy_log(source: Connection, copy: Connection) -> None:
    """Copy the log; its newest line then says how many rows the copy holds."""
    rows = source.execute(select(tables.log).order_by(tables.log.c.id)).mappings()
    lines = [dict(row) for row in rows]
    if lines:
        lines[-1]["row_count"] = row_count.count_rows(copy) + len(lines)
        copy.execute(insert(tables.log), lines)


def _copy_files(file: Path, copy: Path) -> None:
    """Copy a database and what lies beside it while nobody writes them."""
    names = ["", "-wal"] if look_at_journal(file) == "foreign" else ["", "-wal", "-journal"]
    sources = [file.with_name(file.name + name) for name in names]
    for look in range(_LOOKS):
        before = _state(sources)
        try:
            for source in sources:
                target = copy.with_name(copy.name + source.name.removeprefix(file.name))
                target.unlink(missing_ok=True)
                if source.exists():
                    shutil.copyfile(source, target)
        except OSError as error:
            raise cannot_write(copy, error) from error
        if _state(sources) == before:
            return
        time.sleep(0.1 * (look + 1))
    raise JudgeError("store.busy", file=str(file))


def _state(files: list[Path]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for file in files:
        try:
            stat = file.stat()
            found.append((stat.st_size, stat.st_mtime_ns))
        except FileNotFoundError:
            found.append(None)
    return found
