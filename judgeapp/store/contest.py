"""Rows of the contest itself: what it is, its definition in all versions, and the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json, to_json

_REHEARSAL = "rehearsal"
_FOR_EVER = frozenset({"contest_id", "role", _REHEARSAL})


@dataclass(frozen=True)
class LogEntry:
    """One line of the log: who did what, when."""

    id: int
    at: str
    actor: str
    action: str
    details: dict[str, object]


@dataclass(frozen=True)
class DefinitionRow:
    """One version of the contest's definition as it is stored."""

    version: int
    body: dict[str, object]
    reason: str
    actor: str
    at: str


class ContestRows(Rows):
    """Reads and writes what the contest is."""

    def set_meta(self, values: dict[str, str]) -> None:
        """Store what never changes about this contest; each key once."""
        self._connection.execute(
            insert(tables.meta), [{"key": key, "value": value} for key, value in values.items()]
        )

    def meta(self) -> dict[str, str]:
        """Return what never changes, such as ``contest_id``, ``name`` and ``role``."""
        rows = self._connection.execute(select(tables.meta.c.key, tables.meta.c.value))
        return {row.key: row.value for row in rows}

    def mark_as_rehearsal(self) -> None:
        """Let it be known for ever that this is no real contest."""
        self.set_meta({_REHEARSAL: "yes"})

    def is_rehearsal(self) -> bool:
        """Tell whether this is no real contest."""
        return _REHEARSAL in self.meta()

    def put_meta(self, key: str, value: str) -> None:
        """Store what may change about this contest, such as ``papers``; the log keeps when.

        Raises:
            ValueError: for what never changes.
        """
        if key in _FOR_EVER:
            raise ValueError(f"{key} never changes")
        table = tables.meta
        self._connection.execute(delete(table).where(table.c.key == key))
        self._connection.execute(insert(table).values(key=key, value=value))

    def add_definition(self, body: dict[str, object], *, reason: str) -> int:
        """Store the definition as the next version; return its number, from 1."""
        newest = self._connection.execute(select(func.max(tables.definitions.c.version))).scalar()
        version = (newest or 0) + 1
        self._connection.execute(
            insert(tables.definitions).values(
                version=version, body=to_json(body), reason=reason, actor=self._actor, at=self._at
            )
        )
        return version

    def definition(self, version: int | None = None) -> DefinitionRow:
        """Return a version of the definition, the newest if none is named."""
        query = select(tables.definitions).order_by(tables.definitions.c.version.desc()).limit(1)
        if version is not None:
            query = query.where(tables.definitions.c.version == version)
        row = self._connection.execute(query).one()
        return DefinitionRow(row.version, from_json(row.body), row.reason, row.actor, row.at)

    def definitions(self) -> list[DefinitionRow]:
        """Return all versions, the first one first."""
        rows = self._connection.execute(
            select(tables.definitions).order_by(tables.definitions.c.version)
        )
        return [
            DefinitionRow(row.version, from_json(row.body), row.reason, row.actor, row.at)
            for row in rows
        ]

    def newest_entry(self, action: str) -> LogEntry | None:
        """Return the newest line of the log about an action."""
        table = tables.log
        query = select(table).where(table.c.action == action).order_by(table.c.id.desc()).limit(1)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return LogEntry(row.id, row.at, row.actor, row.action, from_json(row.details))

    def log_entries(self) -> list[LogEntry]:
        """Return the whole log, the oldest first."""
        rows = self._connection.execute(select(tables.log).order_by(tables.log.c.id))
        return [
            LogEntry(row.id, row.at, row.actor, row.action, from_json(row.details)) for row in rows
        ]
