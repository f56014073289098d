"""The unit of work: one transaction that is rolled back unless it is committed, and always logged.

``with store.write(actor, now) as u: ...; u.log("people.imported", count=38); u.commit()``
The log is written with the commit: each line also says how many rows there are after it.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, insert

from judgeapp.domain.errors import JudgeError
from judgeapp.store import row_count, tables
from judgeapp.store.awards import AwardRows
from judgeapp.store.contest import ContestRows
from judgeapp.store.entries import EntryRows
from judgeapp.store.judging import JudgingRows
from judgeapp.store.packs import PackRows
from judgeapp.store.people import PeopleRows
from judgeapp.store.results import ResultRows
from judgeapp.store.rows import to_json
from judgeapp.store.upkeep import UpkeepRows


class UnitOfWork:
    """One transaction, and the rows that can be read and written in it, by feature."""

    def __init__(
        self, engine: Engine, *, actor: str, at: str, writes: bool, refusal: JudgeError | None
    ) -> None:
        self._engine = engine
        self._writes = writes
        self._refusal = refusal
        self._lines: list[dict[str, object]] = []
        self._numbers_before = 0
        self._connection: Connection | None = None
        self._committed = False
        self.actor = actor
        self.at = at

    def __enter__(self) -> Self:
        if self._refusal is not None:
            raise self._refusal
        connection = self._engine.connect().execution_options(writes=self._writes)
        try:
            connection.begin()
            if self._counts_rows(connection):
                self._numbers_before = row_count.row_numbers(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self.contest = ContestRows(connection, self.actor, self.at)
        self.people = PeopleRows(connection, self.actor, self.at)
        self.entries = EntryRows(connection, self.actor, self.at)
        self.judging = JudgingRows(connection, self.actor, self.at)
        self.packs = PackRows(connection, self.actor, self.at)
        self.results = ResultRows(connection, self.actor, self.at)
        self.awards = AwardRows(connection, self.actor, self.at)
        self.upkeep = UpkeepRows(connection, self.actor, self.at)
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
    def writes(self) -> bool:
        """Whether this unit may be committed."""
        return self._writes

    @property
    def connection(self) -> Connection:
        """The open connection; only store's own modules use it."""
        if self._connection is None:
            raise RuntimeError("the unit of work is over")
        return self._connection

    def log(self, action: str, **details: object) -> None:
        """Note what was done for the log that people read: ids and counts, no marks, no names."""
        self._lines.append(
            {"at": self.at, "actor": self.actor, "action": action, "details": to_json(details)}
        )

    def commit(self) -> None:
        """Make everything durable; when this returns it survives a power cut.

        Raises:
            RuntimeError: if this unit only reads, nothing was logged, or it is committed already.
            JudgeError: ``store.disk_full``, ``store.busy``, … : then nothing of the unit is kept.
        """
        if not self._writes:
            raise RuntimeError("a reading unit of work has nothing to commit")
        if self._committed:
            raise RuntimeError("a unit of work is committed once")
        if not self._lines:
            raise RuntimeError("log what was done before the commit")
        connection = self.connection
        self._committed = True  # even if it fails: the unit is over then
        connection.execute(insert(tables.log), self._numbered_lines(connection))
        connection.commit()

    def _counts_rows(self, connection: Connection) -> bool:
        return self._writes and connection.dialect.name == "sqlite"

    def _numbered_lines(self, connection: Connection) -> list[dict[str, object]]:
        """Return the lines of the log with the number of rows that there are after each."""
        if not self._counts_rows(connection):
            return self._lines
        count = row_count.count_after(connection, self._numbers_before)
        return [{**line, "row_count": count + n} for n, line in enumerate(self._lines, start=1)]
