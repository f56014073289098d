"""Rows of certificates that were made: one for each serial, and one for each print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json, to_json


@dataclass(frozen=True)
class CertificateRow:
    """One certificate.

    Attributes:
        fields: what is printed on it, the office's facts included.
        sha256: of the fields as they are stored, to tell a reprint that says something else.
        made_at: when it was last printed.
    """

    serial: str
    round: RoundId
    contestant: ContestantId
    prize: str
    template: str
    fields: dict[str, Any]
    sha256: str
    made_at: str


@dataclass(frozen=True)
class PrintRow:
    """One time that a certificate was printed.

    Attributes:
        way: ``whole``, or ``text`` on a form that was printed before.
        target: ``file``, or the name of a printer.
        reason: why it was printed again; "" for the first time.
    """

    id: int
    serial: str
    way: str
    target: str
    sha256: str
    reason: str
    actor: str
    at: str


class AwardRows(Rows):
    """Reads and writes certificates that were made."""

    def certificates(self) -> list[CertificateRow]:
        """Return all certificates of the contest, by serial."""
        table = tables.certificates
        rows = self._connection.execute(select(table).order_by(table.c.serial))
        return [
            CertificateRow(
                row.serial,
                RoundId(row.round_id),
                ContestantId(row.contestant_id),
                row.prize_id,
                row.template,
                from_json(row.fields),
                row.sha256,
                row.made_at,
            )
            for row in rows
        ]

    def keep_certificates(self, rows: Iterable[CertificateRow]) -> None:
        """Store what was printed; a serial that is known says from now on what it says here."""
        table = tables.certificates
        known = set(self._connection.execute(select(table.c.serial)).scalars())
        for row in rows:
            values = {
                "round_id": row.round,
                "contestant_id": row.contestant,
                "prize_id": row.prize,
                "template": row.template,
                "fields": to_json(row.fields),
                "sha256": row.sha256,
                "made_at": self._at,
            }
            if row.serial in known:
                self._connection.execute(
                    update(table).where(table.c.serial == row.serial).values(values)
                )
            else:
                self._connection.execute(insert(table).values(serial=row.serial, **values))

    def prints(self) -> list[PrintRow]:
        """Return every print, the oldest first."""
        table = tables.prints
        rows = self._connection.execute(select(table).order_by(table.c.id))
        return [PrintRow(**row._mapping) for row in rows]

    def add_prints(
        self, rows: Iterable[CertificateRow], *, way: str, target: str, reason: str
    ) -> None:
        """Note that certificates were printed."""
        values = [
            {
                "serial": row.serial,
                "way": way,
                "target": target,
                "sha256": row.sha256,
                "reason": reason,
                "actor": self._actor,
                "at": self._at,
            }
            for row in rows
        ]
        if values:
            self._connection.execute(insert(tables.prints), values)
