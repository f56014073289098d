"""How many rows the append-only tables hold, kept in the log so that lost ones are noticed.

A database copied without its journal, or mended by a stranger's tool, can open cleanly and pass
SQLite's own check although rows are gone. So each line of the log says how many there are, and
opening counts them. Not noticed: a whole older state put in place of a newer one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    ScalarSelect,
    Table,
    func,
    literal_column,
    select,
)

from judgeapp.store import tables


def _counted(table: Table) -> ScalarSelect[Any]:
    return select(func.count()).select_from(table).scalar_subquery()


def _numbered(table: Table) -> ScalarSelect[Any]:
    """Return the highest number of a row; it grows by one with each row that is added."""
    if any(column.autoincrement is False for column in table.primary_key):
        return _counted(table)  # these are few, and numbered by somebody else
    highest: ColumnElement[int] = func.coalesce(func.max(literal_column("rowid")), 0)
    return select(highest).select_from(table).scalar_subquery()


def _sum(terms: list[ScalarSelect[Any]]) -> Executable:
    return select(sum(terms[1:], start=terms[0]))


_NUMBERS = _sum([_numbered(table) for table in tables.APPEND_ONLY])
_COUNTS = _sum([_counted(table) for table in tables.APPEND_ONLY])
_NEWEST = select(tables.log.c.row_count).order_by(tables.log.c.id.desc()).limit(1)


def row_numbers(connection: Connection) -> int:
    """Return a sum that grows by one with each added row: found at once, without counting."""
    return int(connection.execute(_NUMBERS).scalar_one())


def count_rows(connection: Connection) -> int:
    """Return how many rows the append-only tables hold."""
    return int(connection.execute(_COUNTS).scalar_one())


def logged_count(connection: Connection) -> int | None:
    """Return the count in the newest line of the log; None if it has none."""
    found = connection.execute(_NEWEST).scalar()
    return None if found is None else int(found)
