"""Writes to a contest without end and says on standard output what is acknowledged; to be killed.

``python -m tests.store.writer FOLDER ROWS``: each unit adds ROWS facts. A small cache makes large
units reach the file before their commit, as those of a large contest do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import func, insert, select

from judgeapp.store import tables
from judgeapp.store.store import Store, open_store

AT = "2026-11-25T08:00:00+00:00"


def facts(unit: int, rows: int) -> list[dict[str, object]]:
    return [
        {
            "round_id": "r",
            "part_id": f"part {unit}",
            "what": "points",
            "contestant_id": "01",
            "value": str(row),
            "reason": "x" * 200,
            "actor": "secretary",
            "at": AT,
        }
        for row in range(rows)
    ]


def write_unit(store: Store, unit: int, rows: int) -> None:
    with store.write(actor="secretary", at=AT) as u:
        u.connection.exec_driver_sql("PRAGMA cache_size=10")
        u.connection.execute(insert(tables.facts), facts(unit, rows))
        u.log("test.unit", unit=unit)
        u.commit()


def units_of(store: Store) -> dict[str, int]:
    """Return how many facts each unit left."""
    query = select(tables.facts.c.part_id, func.count()).group_by(tables.facts.c.part_id)
    with store.read() as u:
        return {str(part): int(count) for part, count in u.connection.execute(query)}


def main(folder: str, rows: str) -> None:
    store = open_store(Path(folder))
    unit = len(units_of(store))
    while True:
        write_unit(store, unit, int(rows))
        sys.stdout.write(f"{unit}\n")
        sys.stdout.flush()
        unit += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
