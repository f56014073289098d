"""A contest's store: made once, opened with its checks, and used one unit of work at a time."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine

from judgeapp.domain.errors import JudgeError
from judgeapp.store import backup, checks, migrations, postgresql, schema, tables
from judgeapp.store.engine import DATABASE_NAME, reading_engine, sqlite_engine
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.clock import stamp, utc_now

_OPENED_AS_COPY = frozenset(
    {
        "store.on_network",
        "store.on_stick",
        "store.foreign_wal",
        "store.foreign_journal",
        "store.wal_read_only",
        "store.unfinished_read_only",
    }
)


class Store:
    """One contest's database.

    Attributes:
        file: the SQLite file, or None if the store is on a server.
        writable: whether this user may write it; if not, it is open for reading.
    """

    def __init__(self, engine: Engine, *, file: Path | None, writable: bool = True) -> None:
        self._engine = engine
        weakref.finalize(self, engine.dispose)  # whoever forgets a store leaves nothing open
        self.file = file
        self.writable = writable

    def write(self, *, actor: str, at: str) -> UnitOfWork:
        """Return a unit of work that may write; one at a time, others wait.

        Entering it raises ``store.read_only`` if the place cannot be written.
        """
        refusal = None if self.writable else JudgeError("store.read_only", file=str(self.file))
        return UnitOfWork(self._engine, actor=actor, at=at, writes=True, refusal=refusal)

    def read(self) -> UnitOfWork:
        """Return a unit of work that sees one state of everything and changes nothing."""
        return UnitOfWork(self._engine, actor="", at="", writes=False, refusal=None)

    def copy_to(self, target: Path) -> None:
        """Put a checked copy of the database at ``target``, as an SQLite file.

        Raises:
            JudgeError: ``store.busy``, ``store.disk_full``, …; ``target`` is as before then.
        """
        backup.copy_database(self._engine, target)

    def keep_copy(self, folder: Path, stamp: str) -> Path:
        """Keep a dated copy in the contest folder's ``backups``; return where."""
        return backup.keep_dated_copy(self._engine, folder, stamp)

    def close(self) -> None:
        """Close all connections; the file may then be moved."""
        self._engine.dispose()


def create_store(folder: Path, address: str | None = None) -> Store:
    """Make the database of a new contest in ``folder``, which holds none yet.

    Args:
        folder: the contest folder.
        address: of a PostgreSQL server and database (``postgresql+psycopg://…``) to keep the
            contest there instead of in a file; the folder then holds ``store.json``.

    Raises:
        JudgeError: ``store.on_network``, ``store.on_stick``, ``store.exists``,
            ``store.disk_full``, …; with an address ``store.bad_address``, ``store.no_server``, …
    """
    if any((folder / name).exists() for name in (DATABASE_NAME, postgresql.ADDRESS_NAME)):
        raise JudgeError("store.exists", file=str(folder))
    if address is not None:
        return _create_on_server(folder, address)
    checks.require_own_disk(folder)
    file = folder / DATABASE_NAME
    engine = sqlite_engine(file)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            schema.make_tables(connection)
    except BaseException:
        engine.dispose()
        file.unlink(missing_ok=True)
        raise
    return Store(engine, file=file)


def _create_on_server(folder: Path, text: str) -> Store:
    address = postgresql.new_address(text)
    engine = postgresql.postgresql_engine(address)
    try:
        postgresql.make_schema(engine, address)
        postgresql.write_address(folder, address)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, file=None)


def open_store(folder: Path) -> Store:
    """Open the contest in ``folder`` after checking that it is one and that it is whole.

    A contest of an older schema is brought to the present one, after a backup of its database.

    Raises:
        JudgeError: ``contest.not_a_contest``, ``store.two_stores``, one of `require_ours`,
            `require_own_disk` and `require_own_sidecars`, ``store.rows_missing``,
            ``store.older_read_only``; nothing is changed then.
    """
    on_server = (folder / postgresql.ADDRESS_NAME).is_file()
    if on_server and (folder / DATABASE_NAME).exists():
        raise JudgeError("store.two_stores", file=str(folder))
    if on_server:
        return _open_on_server(folder)
    file = checks.find_database(folder)
    checks.require_ours(file)
    checks.require_own_disk(folder)
    return open_copy(file)


def copy_contest(folder: Path, target: Path) -> None:
    """Put a checked copy of a contest's database at ``target``, also if it may not be opened.

    Raises:
        JudgeError: as `open_store` does, but not because of the disk or of what lies beside.
    """
    try:
        store = open_store(folder)
    except JudgeError as error:
        if error.code not in _OPENED_AS_COPY:
            raise
        backup.copy_loose(checks.find_database(folder), target)
        return
    try:
        store.copy_to(target)
    finally:
        store.close()


def copy_file(file: Path, target: Path) -> None:
    """Put a checked copy of a contest's database that nobody works on at ``target``.

    Raises:
        JudgeError: as `require_ours` does; ``files.…``.
    """
    checks.require_ours(file)
    backup.copy_loose(file, target)


def open_copy(file: Path) -> Store:
    """Open a contest's database by its file, wherever it lies, with all other checks."""
    header = checks.require_ours(file)
    checks.require_own_sidecars(file)
    writable = checks.is_writable(file)
    if header.uses_wal and not writable:
        raise JudgeError("store.wal_read_only", file=str(file))
    engine = sqlite_engine(file) if writable else reading_engine(file)
    try:
        with engine.connect() as connection:
            checks.require_sound_pages(connection, file)
        number = checks.require_ours(file).user_version  # again: a cut-off transaction is undone
        if number < tables.SCHEMA_VERSION:
            if not writable:
                raise JudgeError("store.older_read_only", file=str(file))
            _migrate(engine, number, file.parent, schema.set_sqlite_number)
        with engine.connect() as connection:
            checks.require_all_rows(connection, file)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, file=file, writable=writable)


def _open_on_server(folder: Path) -> Store:
    address = postgresql.read_address(folder)
    engine = postgresql.postgresql_engine(address)
    try:
        with engine.connect() as connection:
            number = postgresql.read_number(connection, address)
        if number > tables.SCHEMA_VERSION:
            raise JudgeError(
                "store.newer_program",
                file=address.shown,
                theirs=number,
                ours=tables.SCHEMA_VERSION,
            )
        if number < tables.SCHEMA_VERSION:
            _migrate(engine, number, folder, address.set_number)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, file=None)


def _migrate(
    engine: Engine, number: int, folder: Path, set_number: Callable[[Connection, int], None]
) -> None:
    """Bring an older contest to the present schema, after keeping a copy of it as it was."""
    now = utc_now()
    backup.keep_dated_copy(engine, folder, f"{now:%Y%m%d-%H%M%S}-schema-{number}")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        migrations.migrate(connection, number)
        set_number(connection, tables.SCHEMA_VERSION)
        migrations.note(connection, number, stamp(now))
