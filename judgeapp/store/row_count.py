"""How many rows the append-only tables hold, kept in the log so that lost ones are noticed.

A database copied without its journal, or mended by a stranger's tool, can open cleanly and pass
SQLite's own check although rows are gone. So each line of the log says how many there are, and
opening counts them. Not noticed: a whole older state put in place of a newer one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, literal_column, select
from sqlalchemy.dialects import sqlite

from judgeapp.store import tables
from judgeapp.store.failures import failures_named


def _counted(table: Table) -> ColumnElement[Any]:
    return select(func.count()).select_from(table).scalar_subquery()


def _numbered(table: Table) -> ColumnElement[Any]:
    """Return the highest number of a row; it grows by one with each row that is added."""
    if any(column.autoincrement is False for column in table.primary_key):
        return _counted(table)  # these are few, and numbered by somebody else
    highest: ColumnElement[int] = func.coalesce(func.max(literal_column("rowid")), 0)
    return select(highest).select_from(table).scalar_subquery()


def _sum(terms: list[ColumnElement[Any]]) -> ColumnElement[Any]:
    return sum(terms[1:], start=terms[0])


def _sql(*columns: ColumnElement[Any]) -> str:
    """Return a query as text: it goes straight to SQLite, as it is part of every mark's time."""
    query = select(*columns).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    return str(query)


_LOGGED = select(tables.log.c.row_count).order_by(tables.log.c.id.desc()).limit(1)
_NUMBERS = _sum([_numbered(table) for table in tables.APPEND_ONLY])
_COUNTS = _sum([_counted(table) for table in tables.APPEND_ONLY])
_NUMBERS_SQL = _sql(_NUMBERS)
_NUMBERS_AND_LOGGED_SQL = _sql(_NUMBERS, _LOGGED.scalar_subquery())


def row_numbers(connection: Connection) -> int:
    """Return a sum that grows by one with each added row: found at once, without counting."""
    (numbers,) = _ask(connection, _NUMBERS_SQL)
    return int(numbers)


def count_after(connection: Connection, numbers_before: int) -> int:
    """Return how many rows there are now, from what the log counted before this unit.

    Args:
        connection: with the unit's transaction.
        numbers_before: `row_numbers` when the unit began.
    """
    numbers, logged = _ask(connection, _NUMBERS_AND_LOGGED_SQL)
    if logged is None:
        return count_rows(connection)
    return int(logged) + int(numbers) - numbers_before


def _ask(connection: Connection, sql: str) -> tuple[Any, ...]:
    driver: Any = connection.connection.driver_connection
    with failures_named(connection.engine, connection.get_execution_options()["file"]):
        row: tuple[Any, ...] = driver.execute(sql).fetchone()
    return row


def count_rows(connection: Connection) -> int:
    """Return how many rows the append-only tables hold."""
    return int(connection.execute(select(_COUNTS)).scalar_one())


def logged_count(connection: Connection) -> int | None:
    """Return the count in the newest line of the log; None if it has none."""
    found = connection.execute(_LOGGED).scalar()
    return None if found is None else int(found)
