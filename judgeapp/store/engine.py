"""Opening a contest's database: durable, one writer at a time, foreign keys on.

Decision 0001: journal_mode DELETE with synchronous EXTRA. A mark is on the disk when its commit
returns, the contest stays one file, and a folder that cannot be written can still be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from judgeapp.domain.errors import JudgeError

DATABASE_NAME = "contest.db"
APPLICATION_ID = 0x4A554447  # "JUDG" in the file's header


def sqlite_engine(file: Path) -> Engine:
    """Return an engine on an SQLite file; nothing is opened or made before its first use."""
    engine = create_engine(
        f"sqlite:///{file}",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=4,
        connect_args={"check_same_thread": False, "timeout": 10},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin` only
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=DELETE",
        "synchronous=EXTRA",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else REPLACE would slip past the append-only triggers
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def require_folder(folder: Path) -> Path:
    """Return the database file of a contest folder.

    Raises:
        JudgeError: ``contest.not_a_contest`` if there is none.
    """
    file = folder / DATABASE_NAME
    if not file.is_file():
        raise JudgeError("contest.not_a_contest", file=str(folder))
    return file
