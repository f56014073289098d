"""A judge's desk: marks typed on this laptop, each on the disk before it is acknowledged.

Words: a *desk* is a folder of its own for one judge in one contest, with the same store as a
contest; it is made by opening a pack. Nothing is overwritten: each typing is an event that names
those it replaces. Marks belong to the rubrics they were made on; after a pack with changed rubrics
is opened, those of before are kept and count no more.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.contest import Criterion, Definition, Round
from judgeapp.domain.definition import definition_body
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey, current_marks
from judgeapp.domain.packs import Pack
from judgeapp.domain.sheets import Sheet, sheets
from judgeapp.exchange.pack_check import check_pack, open_source
from judgeapp.exchange.pack_json import pack_bytes
from judgeapp.services.context import Context, Kind, Machine, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.packs import why_not_of_use
from judgeapp.store.engine import DATABASE_NAME
from judgeapp.store.packs import PackRow
from judgeapp.store.store import Store, create_store, open_store
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import cannot_write, safe_name

_DEVICE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Desk(Context):
    """An open desk: its pack, whose desk it is, and the random id of this laptop's copy of it.

    Attributes:
        source: the folder or zip from which the pack was opened; clips are played from there.
    """

    pack: Pack
    judge: JudgeId
    device: str
    source: Path


def look_at_pack(machine: Machine, *, pack: Path) -> Pack:
    """Return what is in a pack, so that the judge can say who one is; nothing is written.

    Raises:
        JudgeError: why the pack is not used (``packs.…``).
    """
    return _read(machine, pack)


def open_desk(
    machine: Machine, *, pack: Path, judge: str, folder: Path | None = None
) -> Outcome[Desk]:
    """Open a judge's desk with a pack, making it if it is not there yet.

    The lists of the pack and ``pack.json`` are checked whole, clips and outlines by their size
    only: each is checked before it is used.

    Args:
        machine: this computer.
        pack: the folder, or a zip of it.
        judge: who marks.
        folder: the desk's folder; by itself one for this contest and judge. Another folder stands
            for another laptop.

    Raises:
        JudgeError: why the pack is not used (``packs.…``), ``judging.not_in_pack`` with the judges
            it is for, ``judging.other_desk`` if the folder is somebody else's.
    """
    content = _read(machine, pack)
    found = content.judge(JudgeId(judge))
    if found is None:
        known = ", ".join(one.id for one in content.judges)
        raise JudgeError("judging.not_in_pack", file=pack.name, place=judge, known=known)
    place = folder or machine.paths.desks / safe_name(f"{content.contest}-{found.id}")
    if not (place / DATABASE_NAME).exists():
        _make_desk(machine, place, content, found.id)
    store = open_store(place)
    try:
        return _open(machine, store, place, content, found.id, pack)
    except BaseException:
        store.close()
        raise


def _read(machine: Machine, pack: Path) -> Pack:
    source = open_source(pack)
    try:
        checked = check_pack(source, media=False)
    finally:
        source.close()
    if checked.pack is None:
        raise checked.reason or BadInput("packs.not_a_pack", file=pack.name)
    reason = why_not_of_use(machine, checked.pack, None, pack.name)
    if reason is not None:
        raise reason
    return checked.pack


def _make_desk(machine: Machine, place: Path, pack: Pack, judge: JudgeId) -> None:
    """Make the desk beside its place and give it its name when it is whole."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise JudgeError("judging.desk_folder_taken", file=str(place))
    part = place.with_name(f".{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        _fill_desk(machine, part, pack, judge)
        if place.exists():
            place.rmdir()
        part.rename(place)
    except OSError as error:
        raise cannot_write(place, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill_desk(machine: Machine, folder: Path, pack: Pack, judge: JudgeId) -> None:
    store = create_store(folder)
    device = "".join(secrets.choice(_DEVICE_CHARACTERS) for _ in range(8))
    try:
        with store.write(actor=judge, at=machine.now()) as u:
            u.contest.set_meta(
                {
                    "contest_id": pack.contest,
                    "name": pack.contest_name,
                    "role": "judge",
                    "judge": judge,
                    "device": device,
                }
            )
            if pack.rehearsal:
                u.contest.mark_as_rehearsal()
            _note_pack(u, pack, [])
            u.commit()
    finally:
        store.close()


def _open(
    machine: Machine, store: Store, place: Path, pack: Pack, judge: JudgeId, source: Path
) -> Outcome[Desk]:
    with store.read() as u:
        meta = u.contest.meta()
        rows = u.packs.packs()
    if (meta.get("contest_id"), meta.get("judge")) != (pack.contest, judge):
        raise JudgeError("judging.other_desk", file=str(place), place=meta.get("judge", "–"))
    newest = max(
        (r.version for r in rows if (r.round_id, r.panel) == (pack.round.id, pack.panel)), default=0
    )
    if pack.version < newest:
        raise BadInput("packs.older", file=place.name, version=pack.version, newest=newest)
    if pack.id not in {row.id for row in rows}:
        with store.write(actor=judge, at=machine.now()) as u:
            _note_pack(u, pack, read_definition(u).rounds)
            u.commit()
    desk = Desk(machine, place, store, judge, pack, judge, meta["device"], source)
    return changed(desk, [Kind.PACKS, Kind.MARKS])


def _note_pack(u: UnitOfWork, pack: Pack, before: Iterable[Round]) -> None:
    """Store that the pack was opened; its round takes the place of that round as it was before."""
    kept = [item for item in before if item.id != pack.round.id]
    body = definition_body(Definition(pack.round.preset, pack.contest_name, (*kept, pack.round)))
    version = u.contest.add_definition(body, reason=pack.id)
    u.packs.add_pack(
        PackRow(
            id=pack.id,
            round_id=pack.round.id,
            panel=pack.panel,
            version=pack.version,
            definition_version=version,
            rubric_hash=pack.rubric_hash,
            folder="",
            body=pack_bytes(pack).decode(),
            built_at=pack.built_at,
        )
    )
    u.log("judging.pack_opened", pack=pack.id, version=pack.version, round=pack.round.id)


def criterion_of(
    app: Desk, contestant: ContestantId, part: PartId, criterion: CriterionId
) -> Criterion:
    """Return the criterion if this judge marks it for this contestant.

    Raises:
        JudgeError: ``judging.unknown_entry``, ``judging.unknown_criterion``,
            ``judging.not_assigned``.
    """
    rules = app.pack.rules
    found = rules.criteria.get((part, criterion))
    if contestant not in rules.contestants:
        raise JudgeError("judging.unknown_entry", place=contestant, typed=contestant)
    if found is None:
        raise JudgeError("judging.unknown_criterion", place=f"{part}/{criterion}")
    if (app.judge, contestant, part) not in rules.sheets:
        raise JudgeError("judging.not_assigned", place=f"{contestant}/{part}", judge=app.judge)
    return found


def desk_marks(app: Desk) -> Mapping[MarkKey, MarkEvent]:
    """Return this judge's marks that hold in the open pack's round."""
    with app.read() as u:
        return current_marks(u.judging.mark_events(app.pack.round.id, app.pack.rubric_hash))


def desk_sheets(app: Desk) -> list[Sheet]:
    """Return the sheets that this judge owes, in the pack's order, with how far each is."""
    return sheets(app.pack.owed_by(app.judge), app.pack.round.parts, desk_marks(app))
