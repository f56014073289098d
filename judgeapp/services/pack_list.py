"""The packs that were built, and whether what they hold is still what holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from judgeapp.domain.contest import Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId, PackId, PanelId
from judgeapp.exchange.pack_json import read_pack
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.pack_holders import Holder, holders, place_of
from judgeapp.services.pack_plan import is_unchanged
from judgeapp.services.roster import judges_of
from judgeapp.store.packs import PackRow
from judgeapp.store.uow import UnitOfWork

PackState = Literal["current", "changed", "outdated", "replaced"]


@dataclass(frozen=True)
class PackLine:
    """A pack that was built.

    Attributes:
        place: where it was written to last, None if it is not there any more.
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
    place: Path | None


@dataclass(frozen=True)
class PackList:
    """All packs, the newest first, and of one round who has which.

    Attributes:
        holders: the judges of the round ``held``, by number.
    """

    held: Round
    rounds: tuple[Round, ...]
    packs: tuple[PackLine, ...]
    holders: tuple[Holder, ...]


def list_packs(app: Context, *, round_id: str | None = None) -> PackList:
    """Return the packs of the contest with what has become of them, and who has which.

    Args:
        app: the contest.
        round_id: whose judges are told of, the current one if None.

    Raises:
        JudgeError: ``contest.unknown_round``.
    """
    with app.read() as u:
        definition = read_definition(u)
        rounds = {item.id: item for item in definition.rounds}
        rows = u.packs.packs()
        lines = [
            _line(u, row, rows, rounds[row.round_id]) for row in rows if row.round_id in rounds
        ]
        held = round_of(u, definition, round_id)
        seats = {judge.id: judge for part in held.parts for judge in judges_of(u, part)}
        ordered = sorted(seats.values(), key=lambda judge: judge.id)
        given = holders(u, held, ordered)
    newest_first = sorted(lines, key=lambda one: one.built_at, reverse=True)
    return PackList(held, definition.rounds, tuple(newest_first), given)


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
        place_of(u, row.id),
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
