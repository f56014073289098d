"""Rows of packs, received score files and exports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Row, func, insert, select

from judgeapp.domain.ids import JudgeId, PackId, PanelId, RoundId
from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json, to_json


@dataclass(frozen=True)
class PackRow:
    """One pack that was built here, or, on a judge's desk, opened.

    Attributes:
        body: what ``pack.json`` holds.
    """

    id: PackId
    round_id: RoundId
    panel: PanelId | None
    version: int
    definition_version: int
    rubric_hash: str
    folder: str
    body: str
    built_at: str


@dataclass(frozen=True)
class ScoreFileRow:
    """One score file that came in, kept byte for byte.

    Attributes:
        id: the number by which people know it here.
        name: as it was called when it came; ``stored_name`` is its name in ``score-files``.
        counts: its marks are in the tally.
        header: what its header says, or None where none could be read.
    """

    id: int
    sha256: str
    name: str
    stored_name: str
    verdict: str
    counts: bool
    round_id: RoundId | None
    judge: JudgeId | None
    device: str | None
    number: int | None
    header: Mapping[str, Any] | None
    received_at: str


BackKind = Literal["taken_back", "counted_again", "arrived"]


@dataclass(frozen=True)
class BackRow:
    """A score file that was taken back or counts again, or that arrived after such a one.

    Attributes:
        left_out: hashes of all events of this judge and round that count no more from then on.
    """

    score_file: int
    round_id: RoundId
    judge: JudgeId
    what: BackKind
    left_out: frozenset[str]
    reason: str
    at: str


@dataclass(frozen=True)
class ExportRow:
    """One score file that this desk wrote."""

    number: int
    header_hash: str
    header: Mapping[str, Any]
    at: str


class PackRows(Rows):
    """Reads and writes packs, received score files and exports."""

    def packs(self) -> list[PackRow]:
        """Return all packs, the oldest first."""
        table = tables.packs
        rows = self._connection.execute(
            select(table).order_by(table.c.round_id, table.c.panel, table.c.version)
        )
        return [
            PackRow(
                PackId(row.id),
                RoundId(row.round_id),
                PanelId(row.panel) if row.panel else None,
                row.version,
                row.definition_version,
                row.rubric_hash,
                row.folder,
                row.body,
                row.built_at,
            )
            for row in rows
        ]

    def of_round(self, round_id: RoundId) -> list[PackRow]:
        """Return the packs of one round."""
        return [pack for pack in self.packs() if pack.round_id == round_id]

    def add_pack(self, pack: PackRow) -> None:
        """Store a pack."""
        self._connection.execute(
            insert(tables.packs).values(
                id=pack.id,
                round_id=pack.round_id,
                panel=pack.panel,
                version=pack.version,
                definition_version=pack.definition_version,
                rubric_hash=pack.rubric_hash,
                folder=pack.folder,
                body=pack.body,
                built_at=pack.built_at,
            )
        )

    def score_files(self) -> list[ScoreFileRow]:
        """Return all score files in the order in which they came."""
        table = tables.score_files
        rows = self._connection.execute(select(table).order_by(table.c.id))
        return [_score_file(row) for row in rows]

    def score_files_of(self, judge: JudgeId) -> list[ScoreFileRow]:
        """Return the score files of one judge in the order in which they came."""
        table = tables.score_files
        rows = self._connection.execute(
            select(table).where(table.c.judge_id == judge).order_by(table.c.id)
        )
        return [_score_file(row) for row in rows]

    def score_file_with(self, sha256: str) -> ScoreFileRow | None:
        """Return the score file of exactly these bytes, if it is here."""
        table = tables.score_files
        row = self._connection.execute(select(table).where(table.c.sha256 == sha256)).one_or_none()
        return None if row is None else _score_file(row)

    def add_score_file(
        self,
        *,
        sha256: str,
        name: str,
        stored_name: str,
        verdict: str,
        counts: bool,
        round_id: RoundId | None = None,
        judge: JudgeId | None = None,
        device: str | None = None,
        number: int | None = None,
        header: Mapping[str, Any] | None = None,
    ) -> int:
        """Store that a score file came; return its number here."""
        table = tables.score_files
        newest = self._connection.execute(select(func.max(table.c.id))).scalar()
        number_here = int(newest or 0) + 1
        self._connection.execute(
            insert(table).values(
                id=number_here,
                sha256=sha256,
                name=name,
                stored_name=stored_name,
                verdict=verdict,
                counts=counts,
                round_id=round_id,
                judge_id=judge,
                device=device,
                number=number,
                header=None if header is None else to_json(header),
                received_at=self._at,
            )
        )
        return number_here

    def taken_back_rows(self) -> list[BackRow]:
        """Return what was taken back and counted again, the oldest first."""
        table = tables.taken_back
        rows = self._connection.execute(select(table).order_by(table.c.id))
        return [
            BackRow(
                row.score_file_id,
                RoundId(row.round_id),
                JudgeId(row.judge_id),
                cast("BackKind", row.what),
                frozenset(row.left_out.split()),
                row.reason,
                row.at,
            )
            for row in rows
        ]

    def taken_back(self) -> set[int]:
        """Return the numbers of the score files that are taken back now."""
        newest = {
            row.score_file: row.what for row in self.taken_back_rows() if row.what != "arrived"
        }
        return {number for number, what in newest.items() if what == "taken_back"}

    def add_taken_back(
        self,
        score_file: int,
        what: BackKind,
        left_out: Collection[str],
        *,
        round_id: RoundId,
        judge: JudgeId,
        reason: str = "",
    ) -> None:
        """Store that a score file was taken back, counts again, or arrived after such a one."""
        self._connection.execute(
            insert(tables.taken_back).values(
                score_file_id=score_file,
                round_id=round_id,
                judge_id=judge,
                what=what,
                left_out=" ".join(sorted(left_out)),
                reason=reason,
                actor=self._actor,
                at=self._at,
            )
        )

    def exports(self) -> list[ExportRow]:
        """Return the score files that this desk wrote, the first one first."""
        table = tables.exports
        rows = self._connection.execute(select(table).order_by(table.c.number))
        return [
            ExportRow(row.number, row.header_hash, from_json(row.header), row.at) for row in rows
        ]

    def add_export(self, number: int, header_hash: str, header: Mapping[str, Any]) -> None:
        """Store that this desk wrote a score file."""
        self._connection.execute(
            insert(tables.exports).values(
                number=number, header_hash=header_hash, header=to_json(header), at=self._at
            )
        )


def _score_file(row: Row[Any]) -> ScoreFileRow:
    return ScoreFileRow(
        row.id,
        row.sha256,
        row.name,
        row.stored_name,
        row.verdict,
        row.counts,
        RoundId(row.round_id) if row.round_id else None,
        JudgeId(row.judge_id) if row.judge_id else None,
        row.device,
        row.number,
        None if row.header is None else from_json(row.header),
        row.received_at,
    )
