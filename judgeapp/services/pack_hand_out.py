"""Packs handed out: copied onto a stick for certain judges, read back, and noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId, PackId
from judgeapp.exchange.pack_check import check_pack, open_source
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.pack_holders import holders, note_handed_out, place_of
from judgeapp.services.packs import copy_pack
from judgeapp.services.roster import judges_of
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.progress import Progress, no_progress


@dataclass(frozen=True)
class HandedOut:
    """What was handed out: to whom, and the copies that were made and read back."""

    judges: tuple[JudgeId, ...]
    folders: tuple[Path, ...]


def hand_out(
    app: Context,
    *,
    judges: Sequence[str],
    round_id: str | None = None,
    target: Path | None = None,
    source: Path | None = None,
    progress: Progress = no_progress,
) -> Outcome[HandedOut]:
    """Give judges the newest pack that is theirs, and note that they have it.

    Args:
        app: the open contest.
        judges: their numbers.
        round_id: the round, the current one if None.
        target: where the packs are copied to, each then read back whole; None: they were handed
            over in another way, only note it.
        source: the folder in which the packs lie; None: where they were built.
        progress: told of megabytes.

    Raises:
        JudgeError: ``panel.unknown_judge``, ``packs.no_pack_for``, ``packs.place_gone``,
            ``packs.copy_damaged``, ``packs.…`` or ``files.…`` if a pack can't be copied. Nothing
            is noted then.
    """
    with app.read() as u:
        packs = _packs(u, round_id, judges)
        places = {pack: place_of(u, pack) for pack in packs}
        folders = {row.id: row.folder for row in u.packs.packs()}
    made: list[Path] = []
    if target is not None:
        for pack in packs:
            place = source / folders[pack] if source is not None else places[pack]
            if place is None or not place.is_dir():
                raise JudgeError("packs.place_gone", file=folders[pack])
            made.append(_copied(place, target, progress))
    with app.write() as u:
        for pack, given in packs.items():
            note_handed_out(u, pack, given)
        numbers = tuple(judge for given in packs.values() for judge in given)
        u.log("packs.handed_out", judges=list(numbers), copied=target is not None)
        u.commit()
    return changed(HandedOut(numbers, tuple(made)), [Kind.PACKS])


def _packs(
    u: UnitOfWork, round_id: str | None, wanted: Sequence[str]
) -> dict[PackId, list[JudgeId]]:
    """Return the newest packs of these judges, each with those it is for."""
    held = round_of(u, read_definition(u), round_id)
    seats = {judge.id: judge for part in held.parts for judge in judges_of(u, part)}
    unknown = [judge for judge in wanted if JudgeId(judge) not in seats]
    if unknown or not wanted:
        raise JudgeError("panel.unknown_judge", place=unknown[0] if unknown else "–")
    found: dict[PackId, list[JudgeId]] = {}
    for holder in holders(u, held, [seats[JudgeId(judge)] for judge in wanted]):
        if holder.pack is None:
            raise JudgeError("packs.no_pack_for", place=holder.id, round=held.vi)
        found.setdefault(holder.pack, []).append(holder.judge.id)
    return found


def _copied(place: Path, target: Path, progress: Progress) -> Path:
    """Copy a pack and read every byte of the copy again."""
    folder = copy_pack(place, target, progress=progress)
    opened = open_source(folder)
    try:
        checked = check_pack(opened, progress=progress)
    finally:
        opened.close()
    if checked.verdict != "ok":
        bad = next((item.file for item in checked.files if not item.ok), folder.name)
        raise JudgeError("packs.copy_damaged", file=str(folder), place=bad)
    return folder
