"""The files that contestants handed in: which there are, and one put in place of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from judgeapp.domain.contest import Definition, Part, Round
from judgeapp.domain.entries import (
    NO_RULES,
    CheckResult,
    EntryFile,
    FileRules,
    Kind,
    held_to,
    kind_taken,
    rules_of,
)
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.file_names import kind_of_ending
from judgeapp.domain.ids import ContestantId, PartId, RoundId, UnitId
from judgeapp.domain.people import Contestant
from judgeapp.services.context import Context, Outcome, changed
from judgeapp.services.context import Kind as Changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.media_folder import Copied, MediaFolder
from judgeapp.services.roster import contestants_of


@dataclass(frozen=True)
class Missing:
    """A contestant who has not handed in a file for a part."""

    contestant: ContestantId
    part: PartId
    kind: Kind


@dataclass(frozen=True)
class EntryList:
    """What was handed in for a round.

    Attributes:
        files: those that count, by contestant; checks are held to the rules of now.
        missing: who has not handed in what, by contestant; the withdrawn owe nothing.
        people: who competes in the round, the withdrawn left out.
        units: names of their organisations.
        rounds: all rounds of the contest.
    """

    round: Round
    files: tuple[EntryFile, ...]
    missing: tuple[Missing, ...]
    people: tuple[Contestant, ...] = ()
    units: Mapping[UnitId, str] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()


def list_entries(app: Context, *, round_id: str | None = None) -> EntryList:
    """Return what was handed in for a round (the current one) and what is missing."""
    with app.read() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        files = [file for file in u.entries.files() if file.round == held.id]
        people = [one for one in contestants_of(u, definition, held.id) if not one.withdrawn]
        units = {unit.id: unit.name for unit in u.people.units()}
    there = {(file.contestant, file.part) for file in files}
    wanted = [(part.id, kind) for part in held.parts if (kind := kind_taken(part))]
    missing = [
        Missing(person.id, part, kind)
        for person in people
        for part, kind in wanted
        if (person.id, part) not in there
    ]
    checked = [held_to_rules(file, definition) for file in files]
    return EntryList(held, tuple(checked), tuple(missing), tuple(people), units, definition.rounds)


def held_to_rules(file: EntryFile, definition: Definition) -> EntryFile:
    """Return the file with the problems of its check that only the contest's rules make."""
    if file.check is None:
        return file
    return replace(file, check=held_to(file.check, rules_for(file, definition), size=file.size))


def rules_for(file: EntryFile, definition: Definition) -> FileRules:
    """Return what the file's part demands, nothing if the part is gone from the definition."""
    held = definition.round(file.round)
    part = held.part(file.part) if held else None
    return rules_of(part) if part else NO_RULES


def measured_seconds(
    app: Context, *, round_id: RoundId
) -> Mapping[tuple[ContestantId, PartId], int]:
    """Return the decoded length of each checked clip of a round in whole seconds, cut off.

    Only a proposal for the secretary, whose facts decide about time penalties.
    """
    with app.read() as u:
        files = u.entries.files()
    lengths = {}
    for file in files:
        seconds = file.check.whole_seconds if file.check else None
        if file.round == round_id and file.kind == "clip" and seconds is not None:
            lengths[file.contestant, file.part] = seconds
    return lengths


def replace_entry(
    app: Context,
    *,
    contestant: ContestantId,
    file: Path,
    reason: str,
    part_id: str | None = None,
    round_id: str | None = None,
) -> Outcome[EntryFile]:
    """Put a file in place of the one that a contestant handed in; the old one is kept.

    Args:
        app: the contest.
        contestant: whose file it is.
        file: the new one.
        reason: why; required.
        part_id: which part; by the kind of file if it is None.
        round_id: which round; the current one if it is None.

    Raises:
        JudgeError: ``entries.no_such_file``, ``entries.reason_missing``,
            ``entries.unknown_contestant``, ``entries.which_part``, ``entries.nothing_to_replace``,
            ``entries.same_file``; nothing was changed.
    """
    if not reason.strip():
        raise JudgeError("entries.reason_missing")
    _, _, old = _place_of(app, contestant, file, part_id, round_id)
    if old is None:
        raise JudgeError("entries.nothing_to_replace", file=file.name, place=contestant)
    media = MediaFolder(app.folder)
    copied = media.take_in(file, file.name, _nobody_watches)
    if copied.sha256 == old.sha256:
        media.give_up([copied])
        raise JudgeError("entries.same_file", file=file.name, place=contestant)
    return changed(swap_in(media, app, copied, old, reason), [Changed.ENTRIES])


def hand_in_entry(
    app: Context,
    *,
    contestant: ContestantId,
    file: Path,
    part_id: str | None = None,
    round_id: str | None = None,
) -> Outcome[EntryFile]:
    """Attach one file of a contestant, whatever it is called, where there is none yet.

    Args: as of `replace_entry`.

    Raises:
        JudgeError: ``entries.no_such_file``, ``entries.unknown_contestant``,
            ``entries.which_part``, ``entries.already_there``; nothing was changed.
    """
    held, part, old = _place_of(app, contestant, file, part_id, round_id)
    if old is not None:
        raise JudgeError(
            "entries.already_there", file=file.name, place=contestant, other=old.original_name
        )
    kind = kind_taken(part)
    assert kind is not None
    media = MediaFolder(app.folder)
    copied = media.take_in(file, file.name, _nobody_watches)
    with app.write() as u:
        place = (held.id, part.id, contestant)
        if any((f.round, f.part, f.contestant) == place for f in u.entries.files()):
            media.give_up([copied])  # somebody else attached one meanwhile
            raise JudgeError(
                "entries.already_there",
                file=file.name,
                place=contestant,
                other=copied.original_name,
            )
        new = media.entry(
            copied, round_id=held.id, part=part.id, contestant=contestant, kind=kind,
            used=u.entries.stored_names(), at=u.at,
        )  # fmt: skip
        with media.settled([(copied, new)]):
            u.entries.add(new)
            u.log("entries.attached", round=held.id, count=1, files=[new.id])
            u.commit()
    return changed(new, [Changed.ENTRIES])


def _place_of(
    app: Context, contestant: ContestantId, file: Path, part_id: str | None, round_id: str | None
) -> tuple[Round, Part, EntryFile | None]:
    """Return for which part of which round a file is, and the one that is there already."""
    if not file.is_file():
        raise JudgeError("entries.no_such_file", file=str(file))
    with app.read() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        known = {one.id for one in contestants_of(u, definition, held.id)}
        files = u.entries.files()
    if contestant not in known:
        raise JudgeError("entries.unknown_contestant", place=contestant)
    part = _part_for(file, held.parts, part_id)
    place = (held.id, part.id, contestant)
    return held, part, next((f for f in files if (f.round, f.part, f.contestant) == place), None)


def _nobody_watches() -> None:
    """Take no note of the bytes that were copied."""


def _part_for(file: Path, parts: tuple[Part, ...], part_id: str | None) -> Part:
    kind = kind_of_ending(file.suffix.lstrip("."))
    fitting = [
        part
        for part in parts
        if (part.id == part_id if part_id is not None else kind_taken(part) == kind)
        and kind_taken(part)
    ]
    if len(fitting) != 1:
        known = ", ".join(part.id for part in parts if kind_taken(part))
        raise JudgeError("entries.which_part", file=file.name, known=known)
    return fitting[0]


def swap_in(
    media: MediaFolder,
    app: Context,
    copied: Copied,
    old: EntryFile,
    reason: str,
    *,
    check: CheckResult | None = None,
) -> EntryFile:
    """Attach the copy in one transaction with the old file's end; return the new one.

    Args:
        media: where the copy lies.
        app: the contest.
        copied: the copy.
        old: the file whose place it takes.
        reason: why.
        check: what a look into the copy found, or None if it was not looked into yet; then the
            copy is ours, made from the old file.
    """
    with app.write() as u:
        new = media.entry(
            copied, round_id=old.round, part=old.part, contestant=old.contestant, kind=old.kind,
            used=u.entries.stored_names(), at=u.at,
        )  # fmt: skip
        with media.settled([(copied, new)]):
            u.entries.add(new, reason=reason.strip())
            u.entries.replace(old.id, new.id)
            if check is not None:
                u.entries.set_check(new.id, check)
            u.log(
                "entries.replaced" if check is None else "entries.converted",
                old=old.id, new=new.id, round=old.round, part=old.part,
            )  # fmt: skip
            u.commit()
    return replace(new, check=check)
