"""Which judge has which pack: what was handed out, and what a judge's score files were made on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from judgeapp.domain.contest import Round
from judgeapp.domain.ids import JudgeId, PackId
from judgeapp.domain.people import Judge
from judgeapp.exchange.pack_json import read_pack
from judgeapp.store.packs import PackRow
from judgeapp.store.uow import UnitOfWork

HolderState = Literal["no_pack", "not_given", "current", "old"]


@dataclass(frozen=True)
class Holder:
    """A judge of a round, and the pack that the judge has.

    Attributes:
        pack: the newest pack for this judge, None while there is none; ``newest`` its version.
        has: the version that the judge is known to have, or None.
        sent: it is known from a score file that was made on it.
        at: when it was handed out, or when that file came.
    """

    judge: Judge
    pack: PackId | None
    newest: int | None
    has: int | None
    sent: bool
    at: str | None

    @property
    def id(self) -> str:
        """The judge's number."""
        return self.judge.id

    @property
    def state(self) -> HolderState:
        """Whether the judge has what is needed."""
        if self.newest is None:
            return "no_pack"
        if self.has is None:
            return "not_given"
        return "current" if self.has == self.newest else "old"


def note_place(u: UnitOfWork, pack: PackId, folder: Path) -> None:
    """Store where a pack was written to last."""
    u.contest.put_meta(f"pack_place:{pack}", str(folder.absolute()))


def place_of(u: UnitOfWork, pack: PackId) -> Path | None:
    """Return where a pack was written to last, if it is still there."""
    stored = u.contest.meta().get(f"pack_place:{pack}")
    return Path(stored) if stored and Path(stored).is_dir() else None


def note_handed_out(u: UnitOfWork, pack: PackId, judges: Iterable[JudgeId]) -> None:
    """Store that these judges were given a pack now."""
    known = json.loads(u.contest.meta().get(_key(pack), "{}"))
    u.contest.put_meta(_key(pack), json.dumps({**known, **dict.fromkeys(judges, u.at)}))


def _key(pack: PackId) -> str:
    return f"handed_out:{pack}"


def holders(u: UnitOfWork, held: Round, judges: Iterable[Judge]) -> tuple[Holder, ...]:
    """Return which pack of a round each of these judges has."""
    rows = u.packs.of_round(held.id)
    inside = {
        row.id: {judge.id for judge in read_pack(row.body.encode(), name=row.folder).judges}
        for row in rows
    }
    meta = u.contest.meta()
    handed = {row.id: json.loads(meta.get(_key(row.id), "{}")) for row in rows}
    return tuple(
        _holder(u, judge, [row for row in rows if judge.id in inside[row.id]], handed)
        for judge in judges
    )


def _holder(
    u: UnitOfWork, judge: Judge, rows: list[PackRow], handed: dict[PackId, dict[str, str]]
) -> Holder:
    newest = max(rows, key=lambda row: row.version, default=None)
    versions = {row.id: row.version for row in rows}
    seen = [
        (row.version, False, handed[row.id][judge.id]) for row in rows if judge.id in handed[row.id]
    ]
    seen += [
        (versions[file.header["pack"]], True, file.received_at)
        for file in u.packs.score_files_of(judge.id)
        if file.header and file.header["pack"] in versions
    ]
    has, sent, at = max(seen, default=(None, False, None))
    return Holder(
        judge,
        newest.id if newest else None,
        newest.version if newest else None,
        has,
        sent,
        at,
    )
