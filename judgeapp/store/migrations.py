"""From an older schema to the present one: forward only, step by step, after a backup.

Each step is one function that brings the tables from the number before to its own, on SQLite and
PostgreSQL alike. It comes with a sample database of the schema before it
(``tests/data/store/schema-N.db``) and a test of its own name; a test refuses a step without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, literal, select, text

from judgeapp.store import row_count, tables
from judgeapp.store.rows import to_json

PROGRAM = "program"  # who acts where no person does


class BrokenStep(RuntimeError):
    """A migration left rows that point nowhere, or the steps have a gap: a bug of ours."""


@dataclass(frozen=True)
class Step:
    """One step: the schema number that it leads to, and what it does."""

    to: int
    run: Callable[[Connection], None]


def _to_2(connection: Connection) -> None:
    """Keep files with a reason, take score files back, note each print of a certificate."""
    tables.kept_files.create(connection)
    tables.taken_back.create(connection)
    tables.prints.create(connection)
    made = tables.certificates.c
    before = select(
        made.serial, literal("whole"), literal("file"), made.sha256, literal(""),
        literal(PROGRAM), made.made_at,
    )  # fmt: skip
    columns = ["serial", "way", "target", "sha256", "reason", "actor", "at"]
    connection.execute(insert(tables.prints).from_select(columns, before))


STEPS: tuple[Step, ...] = (Step(2, _to_2),)


def migrate(
    connection: Connection,
    present: int,
    *,
    newest: int = tables.SCHEMA_VERSION,
    steps: Sequence[Step] = STEPS,
) -> None:
    """Bring the tables from schema ``present`` to ``newest`` inside the open transaction.

    The caller stores the new number in the same transaction and commits.

    Raises:
        BrokenStep: if a step is missing, or rows point nowhere afterwards.
    """
    by_number = {step.to: step for step in steps}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for number in range(present + 1, newest + 1):
        if number not in by_number:
            raise BrokenStep(f"no step to schema {number}")
        by_number[number].run(connection)
    if (
        connection.dialect.name == "sqlite"
        and connection.execute(text("PRAGMA foreign_key_check")).first()
    ):
        raise BrokenStep(f"rows point nowhere after the step to schema {newest}")


def note(connection: Connection, before: int, at: str) -> None:
    """Write into the log that the contest was brought forward, with a fresh count of all rows.

    A step may add tables to the append-only ones, or rows to them; opening counts from here on.
    """
    is_file = connection.dialect.name == "sqlite"
    connection.execute(
        insert(tables.log).values(
            at=at,
            actor=PROGRAM,
            action="upkeep.migrated",
            details=to_json({"before": before, "after": tables.SCHEMA_VERSION}),
            row_count=row_count.count_rows(connection) + 1 if is_file else None,
        )
    )
