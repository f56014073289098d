"""Rows for every table, made from the tables themselves: for samples and for comparing copies.

``python -m tests.store.filler`` writes the sample of the present schema again; only while that
schema has not been released.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Table, insert, select

from judgeapp.store import tables
from judgeapp.store.store import Store, create_store

DATA = Path(__file__).resolve().parent.parent / "data" / "store"
SAMPLE = DATA / f"schema-{tables.SCHEMA_VERSION}.db"
AT = "2026-11-25T08:00:00+00:00"


def value_of(column: Column[Any], number: int) -> object:
    """Return a value for a column: the same for a key and for what points to it."""
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        return value_of(key.column, number)
    if isinstance(column.type, Boolean):
        return number % 2 == 0
    if isinstance(column.type, Integer):
        return number
    return f"{column.table.name}.{column.name} ấ đ {number}"


def rows_of(table: Table, count: int) -> list[dict[str, object]]:
    return [
        {column.name: value_of(column, number) for column in table.columns}
        for number in range(1, count + 1)
    ]


def fill(store: Store, count: int = 3) -> None:
    """Put ``count`` rows into every table but the log, and a line for them into that."""
    with store.write(actor="secretary", at=AT) as u:
        for table in tables.metadata.sorted_tables:
            if table is not tables.log and count:
                u.connection.execute(insert(table), rows_of(table, count))
        u.log("test.filled", count=count)
        u.commit()


def all_rows(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but for the log's count of rows, in a fixed order."""
    found = {}
    for table in tables.metadata.sorted_tables:
        columns = [column for column in table.columns if column is not tables.log.c.row_count]
        rows = connection.execute(select(*columns)).all()
        found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def rows_in(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as u:
        return all_rows(u.connection)


def write_sample() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder))
        fill(store)
        store.copy_to(SAMPLE)
        store.close()


if __name__ == "__main__":
    write_sample()
