"""Connections to an SQLite file: durable, one writer at a time, foreign keys on.

Decision 0001: journal_mode DELETE with synchronous EXTRA. A mark is on the disk when its commit
returns, the contest stays one file, and a folder that cannot be written can still be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from judgeapp.store.failures import failures_named, watch_failures

DATABASE_NAME = "contest.db"
APPLICATION_ID = 0x4A554447  # "JUDG" in the file's header
WAIT_SECONDS = 10.0
PRAGMAS = {
    "journal_mode": "DELETE",
    "synchronous": "EXTRA",
    "foreign_keys": "ON",
    "recursive_triggers": "ON",  # else REPLACE would slip past the append-only triggers
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
}


def sqlite_engine(file: Path, *, wait: float = WAIT_SECONDS) -> Engine:
    """Return an engine on an SQLite file; nothing is opened or made before its first use.

    Args:
        file: the database.
        wait: seconds to wait for another instance that is writing.
    """
    engine = _engine(URL.create("sqlite", database=str(file)), str(file), wait)

    def prepare(connection: Any, _record: object) -> None:
        _begin_by_hand(connection)
        with failures_named(engine, str(file)):
            _set_pragmas(connection)

    event.listen(engine, "connect", prepare)
    return engine


def reading_engine(file: Path, *, wait: float = WAIT_SECONDS) -> Engine:
    """Return an engine that cannot change the file or anything beside it."""
    address = file.absolute().as_uri()
    url = URL.create("sqlite", database=address, query={"mode": "ro", "uri": "true"})
    engine = _engine(url, str(file), wait)
    event.listen(engine, "connect", lambda connection, _: _begin_by_hand(connection))
    return engine


def _engine(url: URL, file: str, wait: float) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=-1,
        connect_args={"check_same_thread": False, "timeout": wait},
        hide_parameters=True,  # names and marks stay out of every message
        execution_options={"file": file},  # as people know it
    )
    watch_failures(engine, file)
    event.listen(engine, "begin", _begin)
    return engine


def _begin_by_hand(connection: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin` only


def _set_pragmas(connection: Any) -> None:
    cursor = connection.cursor()
    try:
        for name, value in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    driver: Any = connection.connection.driver_connection
    with failures_named(connection.engine, options["file"], writes=writes):
        if connection.info.get("writes") is not writes:  # this pragma makes SQLite forget all
            driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")  # it has prepared
            connection.info["writes"] = writes
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
