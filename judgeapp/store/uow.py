"""The unit of work: one transaction that is rolled back unless it is committed, and always logged.

``with store.write(actor, now) as u: ...; u.log("people.imported", count=38); u.commit()``
"""

from __future__ import annotations

import json
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, insert

from judgeapp.store import tables
from judgeapp.store.awards import AwardRows
from judgeapp.store.contest import ContestRows
from judgeapp.store.entries import EntryRows
from judgeapp.store.judging import JudgingRows
from judgeapp.store.packs import PackRows
from judgeapp.store.people import PeopleRows
from judgeapp.store.results import ResultRows


class UnitOfWork:
    """One transaction, and the rows that can be read and written in it, by feature."""

    def __init__(self, engine: Engine, *, actor: str, at: str, writes: bool) -> None:
        self._engine = engine
        self._writes = writes
        self._logged = False
        self._connection: Connection | None = None
        self.actor = actor
        self.at = at

    def __enter__(self) -> Self:
        connection = self._engine.connect().execution_options(writes=self._writes)
        self._connection = connection
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        self.contest = ContestRows(connection, self.actor, self.at)
        self.people = PeopleRows(connection, self.actor, self.at)
        self.entries = EntryRows(connection, self.actor, self.at)
        self.judging = JudgingRows(connection, self.actor, self.at)
        self.packs = PackRows(connection, self.actor, self.at)
        self.results = ResultRows(connection, self.actor, self.at)
        self.awards = AwardRows(connection, self.actor, self.at)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()  # rolls back what was not committed
            self._connection = None

    @property
    def connection(self) -> Connection:
        """The open connection; only store's own modules use it."""
        if self._connection is None:
            raise RuntimeError("the unit of work is over")
        return self._connection

    def log(self, action: str, **details: object) -> None:
        """Note what was done for the log that people read: ids and counts, no marks, no names."""
        self._logged = True
        self.connection.execute(
            insert(tables.log).values(
                at=self.at,
                actor=self.actor,
                action=action,
                details=json.dumps(details, ensure_ascii=False, sort_keys=True),
            )
        )

    def commit(self) -> None:
        """Make everything durable; when this returns it survives a power cut.

        Raises:
            RuntimeError: if this unit only reads, or nothing was logged.
        """
        if not self._writes:
            raise RuntimeError("a reading unit of work has nothing to commit")
        if not self._logged:
            raise RuntimeError("log what was done before the commit")
        self.connection.commit()
