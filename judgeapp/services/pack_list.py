"""The packs that were built, and whether what they hold is still what holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.contest import Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId, PackId, PanelId
from judgeapp.exchange.pack_json import read_pack
from judgeapp.services.context import Context
from judgeapp.services.definition import current_round, read_definition
from judgeapp.services.pack_plan import is_unchanged
from judgeapp.store.packs import PackRow
from judgeapp.store.uow import UnitOfWork

PackState = Literal["current", "changed", "outdated", "replaced"]


@dataclass(frozen=True)
class PackLine:
    """A pack that was built.

    Attributes:
        state: ``current``; ``changed`` if people, files or judges are others by now; ``outdated``
            if the rubrics are; ``replaced`` if there is a newer version.
    """

    id: PackId
    round: Round
    panel: PanelId | None
    version: int
    folder: str
    judges: tuple[JudgeId, ...]
    entries: int
    files: int
    megabytes: int
    built_at: str
    state: PackState


@dataclass(frozen=True)
class PackList:
    """All packs, the newest first, and the round that is held now."""

    held: Round
    packs: tuple[PackLine, ...]


def list_packs(app: Context) -> PackList:
    """Return the packs of the contest with what has become of them."""
    with app.read() as u:
        definition = read_definition(u)
        rounds = {item.id: item for item in definition.rounds}
        rows = u.packs.packs()
        lines = [
            _line(u, row, rows, rounds[row.round_id]) for row in rows if row.round_id in rounds
        ]
        held = current_round(u, definition)
    return PackList(held, tuple(sorted(lines, key=lambda one: one.built_at, reverse=True)))


def _line(u: UnitOfWork, row: PackRow, rows: list[PackRow], held: Round) -> PackLine:
    pack = read_pack(row.body.encode(), name=row.folder)
    return PackLine(
        row.id,
        held,
        row.panel,
        row.version,
        row.folder,
        tuple(judge.id for judge in pack.judges),
        len(pack.entries),
        len(pack.media),
        sum(media.size for media in pack.media) >> 20,
        row.built_at,
        _state(u, row, rows, held),
    )


def _state(u: UnitOfWork, row: PackRow, rows: list[PackRow], held: Round) -> PackState:
    same = [one for one in rows if (one.round_id, one.panel) == (row.round_id, row.panel)]
    if row.version < max(one.version for one in same):
        return "replaced"
    if row.rubric_hash != rubric_hash(held):
        return "outdated"
    if u.judging.stage(held.id) == "closed":
        return "current"
    try:
        return "current" if is_unchanged(u, held, row.panel) else "changed"
    except JudgeError:
        return "changed"
