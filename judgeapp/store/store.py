"""A contest's store: made once, opened with its checks, and used one unit of work at a time."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import DDL, Engine, event

from judgeapp.store import tables
from judgeapp.store.engine import APPLICATION_ID, DATABASE_NAME, require_folder, sqlite_engine
from judgeapp.store.uow import UnitOfWork


class Store:
    """One contest's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, *, actor: str, at: str) -> UnitOfWork:
        """Return a unit of work that may write; one at a time, others wait."""
        return UnitOfWork(self._engine, actor=actor, at=at, writes=True)

    def read(self) -> UnitOfWork:
        """Return a unit of work that sees one state of everything and changes nothing."""
        return UnitOfWork(self._engine, actor="", at="", writes=False)

    def close(self) -> None:
        """Close all connections; the file may then be moved."""
        self._engine.dispose()


def _add_triggers() -> None:
    for table in tables.APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            trigger = DDL(  # type: ignore[no-untyped-call]  # its constructor has no annotations
                f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name} "
                "BEGIN SELECT RAISE(ABORT, 'rows of this table are only ever added'); END"
            )
            event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


_add_triggers()


def create_store(folder: Path) -> Store:
    """Make the database of a new contest in ``folder``, which holds none yet."""
    engine = sqlite_engine(folder / DATABASE_NAME)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        tables.metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={tables.SCHEMA_VERSION}")
    return Store(engine)


def open_store(folder: Path) -> Store:
    """Open the contest in ``folder`` after checking that it is one and that it is whole.

    Raises:
        JudgeError: ``contest.not_a_contest``, ``store.damaged``, ``store.newer_program``, …
    """
    return Store(sqlite_engine(require_folder(folder)))
