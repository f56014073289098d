"""What the packs of a round would hold if they were built now, panel by panel."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from judgeapp.domain.assignment import own_orders
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.entries import EntryFile
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, ContestId, JudgeId, PackId, PanelId, PartId
from judgeapp.domain.packs import Pack, PackEntry, PackMedia
from judgeapp.domain.people import Contestant, Judge
from judgeapp.exchange.member_names import ENDINGS, media_name
from judgeapp.exchange.pack_json import read_pack
from judgeapp.services.assignment import Assigned, assigned
from judgeapp.services.definition import read_definition
from judgeapp.services.roster import contestants_of
from judgeapp.services.viewing import Viewing, codes_of, draw_codes, viewing_of
from judgeapp.store.uow import UnitOfWork

MINIMUM_APP = "0.1.0"


@dataclass(frozen=True)
class PackPlan:
    """A pack as it would be built.

    Attributes:
        files: of each path in the pack the name in the contest's media folder.
        is_new: no pack with this content was built yet.
        without_files: contestants in it who handed nothing in.
    """

    pack: Pack
    files: Mapping[str, str]
    is_new: bool
    without_files: tuple[ContestantId, ...]


@dataclass(frozen=True)
class _Seen:
    """How the judges of a panel see the contestants.

    Attributes:
        contestants: in the order of the pack.
        codes: what each is called in the pack, by contestant; empty where they are called by name.
        orders: of each judge, where there are own ones.
    """

    contestants: tuple[Contestant, ...]
    codes: Mapping[ContestantId, ContestantId]
    orders: Mapping[JudgeId, Sequence[ContestantId]]

    def called(self, one: ContestantId) -> ContestantId:
        """Return what a contestant is called in the pack."""
        return self.codes.get(one, one)


def pack_plans(
    u: UnitOfWork, definition: Definition, item: Round, panel: str | None
) -> list[PackPlan]:
    """Return the packs of a round, of one panel if it is named.

    In a writing unit contestants without a code are given one where judges see codes.

    Raises:
        JudgeError: ``packs.no_contestants``, ``packs.no_judges``, ``packs.unknown_panel``,
            ``packs.entry_kind``.
    """
    present = [one for one in contestants_of(u, definition, item.id) if not one.withdrawn]
    if not present:
        raise JudgeError("packs.no_contestants", place=item.id, round=item.vi)
    assignment = {
        judge: parts for judge, parts in assigned(u, item, present).items() if any(parts.values())
    }
    panels = {judge.panel for judge in u.judging.judges() if judge.id in assignment}
    if not panels:
        raise JudgeError("packs.no_judges", place=item.id, round=item.vi)
    if panel is not None:
        if panel not in panels:
            known = ", ".join(sorted(name for name in panels if name)) or "–"
            raise JudgeError("packs.unknown_panel", place=panel, known=known)
        panels = {PanelId(panel)}
    ordered = sorted(panels, key=lambda name: name or "")
    return [_plan(u, item, one, present, assignment) for one in ordered]


def is_unchanged(u: UnitOfWork, item: Round, panel: PanelId | None) -> bool:
    """Tell whether a panel's newest pack holds what a pack built now would hold.

    Raises:
        JudgeError: as `pack_plans` does, where none could be built.
    """
    plans = pack_plans(u, read_definition(u), item, panel)
    return not any(plan.is_new for plan in plans)


def _plan(
    u: UnitOfWork,
    item: Round,
    panel: PanelId | None,
    present: Sequence[Contestant],
    assignment: Assigned,
) -> PackPlan:
    judges = tuple(
        judge for judge in u.judging.judges() if judge.panel == panel and judge.id in assignment
    )
    theirs = {judge.id: assignment[judge.id] for judge in judges}
    listed = {one for parts in theirs.values() for owed in parts.values() for one in owed}
    seen = _seen(u, item, [one for one in present if one.id in listed], judges)
    marked = {part for parts in theirs.values() for part, owed in parts.items() if owed}
    entries, files = _entries(u, item, seen, marked)
    row = u.contest.definition()
    meta = u.contest.meta()
    wanted = Pack(
        id=PackId(secrets.token_hex(8)),
        version=1,
        built_at=u.at,
        expires=None,
        minimum_app=MINIMUM_APP,
        contest=ContestId(meta["contest_id"]),
        contest_name=meta["name"],
        definition_version=row.version,
        round=item,
        rubric_hash=rubric_hash(item),
        panel=panel,
        entries=entries,
        judges=judges,
        assignment=_called(theirs, seen),
        rehearsal=u.contest.is_rehearsal(),
        blind=bool(seen.codes),
    )
    without = tuple(
        sorted(one.id for one in seen.contestants if not _media_of(entries, seen.called(one.id)))
    )
    before = [pack for pack in u.packs.of_round(item.id) if pack.panel == panel]
    if not before:
        return PackPlan(wanted, files, is_new=True, without_files=without)
    newest = read_pack(before[-1].body.encode(), name=before[-1].folder)
    same = replace(
        wanted,
        id=newest.id,
        version=newest.version,
        built_at=newest.built_at,
        definition_version=newest.definition_version,
    )
    if same == newest:
        return PackPlan(newest, files, is_new=False, without_files=without)
    return PackPlan(
        replace(wanted, version=newest.version + 1), files, is_new=True, without_files=without
    )


def _media_of(entries: Sequence[PackEntry], called: ContestantId) -> tuple[PackMedia, ...]:
    return next(entry.media for entry in entries if entry.id == called)


def _seen(
    u: UnitOfWork, item: Round, contestants: list[Contestant], judges: Sequence[Judge]
) -> _Seen:
    viewing = viewing_of(u, item.id)
    codes = _codes(u, item, viewing, [one.id for one in contestants])
    ordered = (
        sorted(contestants, key=lambda one: codes.get(one.id, one.id)) if codes else contestants
    )
    orders = {}
    if viewing.own_order:
        numbers = sorted(one.id for one in contestants)
        orders = own_orders(numbers, [judge.id for judge in judges], viewing.seed)
    return _Seen(tuple(ordered), codes, orders)


def _codes(
    u: UnitOfWork, item: Round, viewing: Viewing, contestants: Sequence[ContestantId]
) -> Mapping[ContestantId, ContestantId]:
    """Return the codes that judges see, empty where they see names."""
    if not viewing.blind:
        return {}
    codes = draw_codes(u, item.id, contestants) if u.writes else codes_of(u, item.id)
    return {one: codes.get(one, one) for one in contestants}


def _called(theirs: Assigned, seen: _Seen) -> Assigned:
    """Return an assignment in the words and orders of the pack."""
    usual = [one.id for one in seen.contestants]
    found = {}
    for judge, parts in theirs.items():
        order = {one: at for at, one in enumerate(seen.orders.get(judge, usual))}
        found[judge] = {
            part: tuple(seen.called(one) for one in sorted(owed, key=order.__getitem__))
            for part, owed in parts.items()
        }
    return found


def _entries(
    u: UnitOfWork, item: Round, seen: _Seen, parts: Collection[PartId]
) -> tuple[tuple[PackEntry, ...], dict[str, str]]:
    """Return the entries, and of each path in the pack the name in the contest's media folder.

    Only files of the parts that the panel marks are in its pack.
    """
    units = {unit.id: unit.name for unit in u.people.units()}
    found: dict[ContestantId, list[EntryFile]] = {}
    for file in u.entries.files():
        if file.round == item.id and file.part in parts:
            found.setdefault(file.contestant, []).append(file)
    files: dict[str, str] = {}
    counts = {"clips": 0, "docs": 0}
    entries = []
    for one in seen.contestants:
        media = []
        for file in sorted(found.get(one.id, []), key=lambda file: (file.part, file.id)):
            place = _media(file, counts)
            files[place.path] = file.stored_name
            media.append(place)
        if seen.codes:
            title = one.topic or f"Bài {seen.called(one.id)}"
            entries.append(PackEntry(seen.called(one.id), title, None, None, tuple(media)))
        else:
            unit = units.get(one.unit_id) if one.unit_id else None
            entries.append(PackEntry(one.id, one.name, unit, one.topic, tuple(media)))
    return tuple(entries), files


def _media(file: EntryFile, counts: dict[str, int]) -> PackMedia:
    folder: Literal["clips", "docs"] = "clips" if file.kind == "clip" else "docs"
    ending = file.stored_name.rpartition(".")[2].lower()
    if ending not in ENDINGS[folder]:
        raise JudgeError("packs.entry_kind", file=file.original_name, place=file.contestant)
    counts[folder] += 1
    path = media_name(folder, counts[folder], ending)
    peaks = file.check.peaks if file.check else ()
    return PackMedia(file.part, file.kind, path, file.size, file.sha256, peaks)
