"""What the database itself and the files it names should be, for checking and for backups."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, literal_column, select, text

from judgeapp.store import row_count, tables
from judgeapp.store.rows import Rows


@dataclass(frozen=True)
class KeptFile:
    """A file of the contest folder that the database names.

    Attributes:
        folder: ``media`` or ``score-files``.
        size: bytes, or None where the database does not know.
    """

    folder: str
    name: str
    size: int | None
    sha256: str


class UpkeepRows(Rows):
    """Looks at the database as a whole; changes nothing."""

    def kept_files(self) -> list[KeptFile]:
        """Return all files that the database names, those of replaced entries too, by name."""
        entries = tables.entry_files.c
        scores = tables.score_files.c
        queries = {
            "media": select(entries.stored_name, entries.size, entries.sha256),
            "score-files": select(
                scores.stored_name, literal_column("NULL").label("size"), scores.sha256
            ),
        }
        return [
            KeptFile(folder, row.stored_name, row.size, row.sha256)
            for folder, query in queries.items()
            for row in self._connection.execute(query.order_by(literal_column("1")))
        ]

    def faults(self) -> list[str]:
        """Return what SQLite's full check finds wrong with the pages; a server has its own."""
        if self._connection.dialect.name != "sqlite":
            return []
        found = self._connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
        return [] if found == ["ok"] else [str(line) for line in found]

    def loose_rows(self) -> int:
        """Return how many rows point to a row that is not there."""
        if self._connection.dialect.name != "sqlite":
            return 0
        return len(self._connection.execute(text("PRAGMA foreign_key_check")).all())

    def counts(self) -> tuple[int, int | None]:
        """Return how many rows people's doings have, and how many the log counted (or None)."""
        counted = row_count.count_rows(self._connection)
        return counted, row_count.logged_count(self._connection)

    def newest_moment(self) -> str | None:
        """Return when the newest line of the log was written; None for an empty one."""
        query = select(tables.log.c.at).order_by(tables.log.c.id.desc()).limit(1)
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)

    def row_counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {
            table.name: int(
                self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            )
            for table in tables.metadata.sorted_tables
        }
