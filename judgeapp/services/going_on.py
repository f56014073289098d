"""Where a judge goes on from a score file: which pack it belongs to, if this machine knows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId
from judgeapp.domain.packs import Pack
from judgeapp.services.context import Machine
from judgeapp.services.desk import look_at_pack
from judgeapp.services.score_files import read_of_judge
from judgeapp.system.recents import load_recents


@dataclass(frozen=True)
class GoingOn:
    """A score file to go on from: whose it is, and its pack if that was opened here before."""

    file: Path
    judge: JudgeId
    pack: Path | None


def where_to_go_on(machine: Machine, *, file: Path) -> GoingOn:
    """Return whose a score file is and the pack that it belongs to, among those opened here.

    The pack that the file was made with comes first, else another version of the same round.

    Raises:
        BadInput: ``packs.score_…`` if the file is damaged, ``packs.no_such_file``.
    """
    header = read_of_judge(file).header
    found: list[tuple[bool, Path]] = []
    for recent in load_recents(machine.paths):
        pack = _pack_at(machine, Path(recent.path)) if recent.kind == "pack" else None
        if pack is None or pack.judge(header.judge) is None:
            continue
        if (pack.contest, pack.round.id) == (header.contest, header.round):
            found.append((pack.id == header.pack, Path(recent.path)))
    same = [path for exactly, path in found if exactly]
    others = [path for exactly, path in found if not exactly]
    return GoingOn(file, header.judge, next(iter([*same, *others]), None))


def _pack_at(machine: Machine, path: Path) -> Pack | None:
    try:
        return look_at_pack(machine, pack=path)
    except JudgeError:  # the stick is not in, or the pack is too old: another may fit
        return None
