"""Rows of the files that contestants handed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

import msgspec
from sqlalchemy import Row, func, insert, select, update

from judgeapp.domain.entries import CheckResult, EntryFile, Kept, Kind
from judgeapp.domain.ids import ContestantId, EntryFileId, PartId, RoundId
from judgeapp.store import tables
from judgeapp.store.rows import Rows

_FILES = tables.entry_files
_KEPT = tables.kept_files
_NEWEST = select(func.max(_KEPT.c.id)).group_by(_KEPT.c.entry_file_id)


class EntryRows(Rows):
    """Reads and writes the files that contestants handed in."""

    def files(self) -> list[EntryFile]:
        """Return the files that count, by contestant, round and part; replaced ones left out."""
        rows = self._connection.execute(
            select(_FILES)
            .where(_FILES.c.replaced_by.is_(None))
            .order_by(_FILES.c.contestant_id, _FILES.c.round_id, _FILES.c.part_id, _FILES.c.id)
        )
        kept = self._kept()
        return [_file(row, kept.get(row.id)) for row in rows]

    def _kept(self) -> dict[str, Kept]:
        """Return which files are kept, by id."""
        rows = self._connection.execute(select(_KEPT).where(_KEPT.c.id.in_(_NEWEST)))
        return {
            row.entry_file_id: Kept(frozenset(row.codes.split()), row.reason, row.actor, row.at)
            for row in rows
            if row.codes
        }

    def keep(self, file: EntryFileId, codes: Collection[str], *, reason: str) -> None:
        """Keep a file as it is, with what was found in it; without ``codes``: no more."""
        self._connection.execute(
            insert(_KEPT).values(
                entry_file_id=file,
                codes=" ".join(sorted(codes)),
                reason=reason,
                actor=self._actor,
                at=self._at,
            )
        )

    def stored_names(self) -> set[str]:
        """Return the names in the media folder of all files ever attached."""
        return set(self._connection.execute(select(_FILES.c.stored_name)).scalars())

    def add(self, file: EntryFile, *, reason: str | None = None) -> None:
        """Attach a file; its check, if it has one, is not taken over."""
        self._connection.execute(
            insert(_FILES).values(
                id=file.id,
                round_id=file.round,
                part_id=file.part,
                contestant_id=file.contestant,
                kind=file.kind,
                original_name=file.original_name,
                stored_name=file.stored_name,
                size=file.size,
                sha256=file.sha256,
                attached_at=self._at,
                actor=self._actor,
                reason=reason,
            )
        )

    def replace(self, old: EntryFileId, new: EntryFileId) -> None:
        """Let a file that is attached already take the place of another, which is kept."""
        self._connection.execute(update(_FILES).where(_FILES.c.id == old).values(replaced_by=new))

    def set_check(self, file: EntryFileId, result: CheckResult) -> None:
        """Keep what a check found, in place of an older check."""
        encoded = msgspec.json.encode(result).decode()
        self._connection.execute(
            update(_FILES)
            .where(_FILES.c.id == file)
            .values(check_result=encoded, checked_at=self._at)
        )


def _file(row: Row[tuple[object, ...]], kept: Kept | None) -> EntryFile:
    check = row.check_result
    return EntryFile(
        id=EntryFileId(row.id),
        round=RoundId(row.round_id),
        part=PartId(row.part_id),
        contestant=ContestantId(row.contestant_id),
        kind=cast("Kind", row.kind),
        original_name=row.original_name,
        stored_name=row.stored_name,
        size=row.size,
        sha256=row.sha256,
        attached_at=row.attached_at,
        check=msgspec.json.decode(check, type=CheckResult) if check else None,
        checked_at=row.checked_at,
        kept=kept,
    )
