"""The contest itself: made from a preset, shown, and its rules changed as a new version."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from judgeapp.domain.contest import Definition
from judgeapp.domain.contest_facts import ContestFacts, facts_body, facts_from, read_facts
from judgeapp.domain.definition import (
    definition_body,
    read_definition_body,
    read_round_body,
    rubric_hash,
)
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestId, PackId, PanelId, RoundId
from judgeapp.domain.names import clean
from judgeapp.domain.people import Judge
from judgeapp.services.context import Context, Kind, Machine, Outcome, Undo, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.revision import RoundUse, store_rules, undo_of_rules, uses
from judgeapp.store.store import create_store
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import cannot_write
from judgeapp.system.paths import resources
from judgeapp.system.yaml_file import read_yaml

FOLDERS = ("media", "packs", "score-files")


@dataclass(frozen=True)
class Preset:
    """A contest that can be made: its id, its name, and its rules."""

    id: str
    vi: str
    definition: Definition


@dataclass(frozen=True)
class OutdatedPack:
    """A pack built on other rubrics, as people know it; ``round`` is the round's name."""

    id: PackId
    round: str
    panel: PanelId | None
    version: int


@dataclass(frozen=True)
class ContestSummary:
    """What a contest is, and how far it has come.

    Attributes:
        version: of the definition; ``outdated_packs`` lists packs built on other rubrics.
        stages: round id → ``open`` or ``closed``.
        uses: what rests on the rules of each round.
        panels: the panels that judges sit in or that the rules name.
    """

    id: ContestId
    name: str
    version: int
    definition: Definition
    units: int
    contestants: int
    judges: int
    stages: Mapping[str, str]
    outdated_packs: tuple[OutdatedPack, ...]
    facts: ContestFacts
    uses: Mapping[RoundId, RoundUse]
    panels: tuple[PanelId, ...]


def presets() -> list[Preset]:
    """Return the presets that come with the app: whole contests first, then single rounds."""
    body = read_yaml(resources() / "presets" / "rubric-presets.yaml")
    rounds = {item["id"]: read_round_body(item) for item in body["rounds"]}
    contests = [
        Preset(
            item["id"],
            item["vi"],
            Definition(item["id"], item["vi"], tuple(rounds[name] for name in item["rounds"])),
        )
        for item in body["contests"]
    ]
    known = {preset.id for preset in contests}
    singles = [
        Preset(item.preset, item.vi, Definition(item.preset, item.vi, (item,)))
        for item in rounds.values()
        if item.preset not in known
    ]
    return contests + singles


def create_contest(
    machine: Machine,
    *,
    folder: Path,
    preset: str,
    name: str,
    facts: ContestFacts | None = None,
    store: str | None = None,
    rehearsal: bool = False,
) -> Outcome[ContestId]:
    """Make a new contest in ``folder``, which is not there yet or empty.

    Args:
        machine: this computer.
        folder: the contest folder: database, media, packs and score files.
        preset: id of a contest, or of a single round, of the presets.
        name: as it stands on papers.
        facts: host, place and days, as far as they are known.
        store: address of a PostgreSQL database instead of the folder's own one, or None.
        rehearsal: it is no real contest, and says so for ever.

    Raises:
        JudgeError: ``contest.unknown_preset``, ``contest.folder_taken``, ``contest.no_name``, or
            why the folder cannot be written. Nothing is left behind then.
    """
    chosen = next((item for item in presets() if item.id == preset), None)
    if chosen is None:
        known = ", ".join(item.id for item in presets())
        raise JudgeError("contest.unknown_preset", place=preset, known=known)
    title = clean(name)
    if not title:
        raise JudgeError("contest.no_name")
    part = _new_folder(folder)
    contest_id = ContestId(secrets.token_hex(8))
    try:
        for subfolder in FOLDERS:
            (part / subfolder).mkdir()
        made = create_store(part, store) if store else create_store(part)
        try:
            with made.write(actor="secretary", at=machine.now()) as u:
                u.contest.set_meta({"contest_id": contest_id, "name": title, "role": "organiser"})
                if facts is not None:
                    _put_facts(u, facts)
                if rehearsal:
                    u.contest.mark_as_rehearsal()
                u.contest.add_definition(definition_body(chosen.definition), reason=preset)
                u.log("contest.created", preset=preset)
                u.commit()
        finally:
            made.close()
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise cannot_write(folder, error) from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return changed(contest_id, [Kind.CONTEST])


def _new_folder(folder: Path) -> Path:
    """Make and return the folder in which the contest is built before it gets its name."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JudgeError("contest.folder_taken", file=str(folder))
    part = folder.parent / f".{folder.name}.part"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
    except OSError as error:
        raise cannot_write(folder, error) from error
    return part


def contest_name(app: Context) -> str:
    """Return the contest's name as it stands on papers."""
    with app.read() as u:
        return u.contest.meta()["name"]


def is_rehearsal(app: Context) -> bool:
    """Tell whether the open contest, or the judge's desk, is for trying only."""
    with app.read() as u:
        return u.contest.is_rehearsal()


def summary(app: Context) -> ContestSummary:
    """Return what the open contest is, and how far it has come."""
    with app.read() as u:
        meta = u.contest.meta()
        row = u.contest.definition()
        definition = read_definition_body(row.body)
        hashes = {item.id: rubric_hash(item) for item in definition.rounds}
        names = {item.id: item.vi for item in definition.rounds}
        judges = u.judging.judges()
        return ContestSummary(
            id=ContestId(meta["contest_id"]),
            name=meta["name"],
            version=row.version,
            definition=definition,
            units=len(u.people.units()),
            contestants=len(u.people.contestants()),
            judges=len(judges),
            stages={item.id: u.judging.stage(item.id) for item in definition.rounds},
            outdated_packs=tuple(
                OutdatedPack(pack.id, names.get(pack.round_id, ""), pack.panel, pack.version)
                for pack in u.packs.packs()
                if hashes.get(pack.round_id) != pack.rubric_hash
            ),
            facts=_facts(meta),
            uses=uses(u, definition),
            panels=_panels(judges, definition),
        )


def _put_facts(u: UnitOfWork, facts: ContestFacts) -> None:
    u.contest.put_meta("facts", json.dumps(facts_body(facts), ensure_ascii=False))


def _panels(judges: Iterable[Judge], definition: Definition) -> tuple[PanelId, ...]:
    named = {panel for item in definition.rounds for part in item.parts for panel in part.panels}
    return tuple(sorted(named | {judge.panel for judge in judges if judge.panel}))


def _facts(meta: Mapping[str, str]) -> ContestFacts:
    stored = meta.get("facts")
    return facts_from(json.loads(stored)) if stored else ContestFacts()


def describe_contest(
    app: Context,
    *,
    name: str | None = None,
    host: str | None = None,
    place: str | None = None,
    first_day: str | None = None,
    last_day: str | None = None,
) -> Outcome[ContestFacts]:
    """Say what the contest is called, who holds it, where and when; None leaves what was said.

    Args:
        app: the contest.
        name: as it stands on papers.
        host: the body that holds it; empty takes it back, as with those below.
        place: where it is held.
        first_day: the day it begins, as typed.
        last_day: the day it ends, likewise; empty for the same day.

    Raises:
        JudgeError: ``contest.no_name``, or why `read_facts` refuses.
    """
    with app.write() as u:
        meta = u.contest.meta()
        said = facts_body(_facts(meta))
        given = {"host": host, "place": place, "first_day": first_day, "last_day": last_day}
        said |= {key: value for key, value in given.items() if value is not None}
        facts = read_facts(**said)
        title = meta["name"] if name is None else clean(name)
        if not title:
            raise JudgeError("contest.no_name")
        if title == meta["name"] and facts == _facts(meta):
            return changed(facts, [])
        u.contest.put_meta("name", title)
        _put_facts(u, facts)
        u.log("contest.described")
        u.commit()
    was = facts_body(_facts(meta))
    back = partial(
        describe_contest,
        name=meta["name"],
        host=was.get("host", ""),
        place=was.get("place", ""),
        first_day=was.get("first_day", ""),
        last_day=was.get("last_day", ""),
    )
    return changed(facts, [Kind.CONTEST], Undo("described", {}, back))


def revise(
    app: Context,
    *,
    file: Path | None = None,
    definition: Definition | None = None,
    based_on: int | None = None,
    reason: str = "",
) -> Outcome[int]:
    """Make rules the contest's next version; return its number.

    The rules that hold already are no new version: then nothing is written. Once judges have the
    rules this needs a reason, and packs built on other rubrics are outdated from then on; the
    summary names them.

    Args:
        app: the contest.
        file: a YAML file with the rules, or None.
        definition: the rules, where there is no file.
        based_on: the version that they were made from, or None.
        reason: why, for the record; may be empty while no round is in use.

    Raises:
        JudgeError: why `store_rules` refuses, or what is wrong in the file.
    """
    if definition is None:
        assert file is not None  # one of the two is given
        definition = read_definition_body(read_yaml(file))
    with app.write() as u:
        version, is_new = store_rules(u, definition, reason, based_on=based_on)
        if is_new:
            u.commit()
    if not is_new:
        return changed(version, [])
    return changed(version, [Kind.CONTEST, Kind.RESULTS], undo_of_rules(version))


def export_definition(app: Context, *, version: int | None = None) -> dict[str, object]:
    """Return a version of the definition as plain data, the newest if none is named."""
    with app.read() as u:
        return definition_body(read_definition(u, version))
