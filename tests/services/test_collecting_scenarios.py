"""The scenarios of real life in `x04_scenarios.json`, driven through desks and collecting."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.domain.ids import ContestantId, CriterionId
from judgeapp.domain.marks import current_marks
from judgeapp.domain.numbers import plain
from judgeapp.services.closing import closing_state
from judgeapp.services.collecting import Collected, collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk
from judgeapp.services.marking import enter_mark, take_mark_back
from judgeapp.services.score_files import export_score_file, take_over
from judgeapp.system.paths import find_paths
from judgeapp.system.settings import Settings
from tests.judging_kit import (
    ROUND,
    TALK,
    build_pack,
    criterion,
    desk,
    make_contest,
    one_round,
    part,
    set_definition,
)

DATA = Path(__file__).parents[1] / "data" / "exchange" / "x04_scenarios.json"
SCENARIOS = json.loads(DATA.read_text(encoding="utf-8"))["scenarios"]

VERDICTS = {
    "new": "new",
    "duplicate": "duplicate",
    "older, kept": "older",
    "newer than yours": "newer",
    "other contest": "other_contest",
    "other version of the rubric: kept, not counted until the chair decides": "other_rubric",
    "two versions of one number": "fork",
    "damaged or altered": "damaged",
    "late": "late",
}


class SetClock:
    """A laptop's clock that can be set to anything."""

    def __init__(self) -> None:
        self.moment = datetime(2021, 10, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Rehearsal:
    """The organiser's contests, the judge's laptops and the files between them."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    contests: dict[str, Context] = field(default_factory=dict)
    packs: dict[str, Path] = field(default_factory=dict)
    clocks: dict[str, SetClock] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    desks: dict[tuple[str, str], Desk] = field(default_factory=dict)
    contest: str = "HT2021"

    def machine(self, clock: SetClock) -> Machine:
        return Machine(clock, find_paths(), Settings())

    def app(self, name: str) -> Context:
        if name not in self.contests:
            folder = self.folder / name
            self.contests[name] = make_contest(self.machine(self.clock), folder)
            self.packs[name] = build_pack(self.contests[name], self.folder / f"packs-{name}")
        return self.contests[name]

    def desk(self, device: str, judge: str = "J07") -> Desk:
        key = (self.contest, device)
        if key not in self.desks:
            self.app(self.contest)
            clock = self.clocks.setdefault(device, SetClock())
            place = self.folder / f"desk-{self.contest}-{device}"
            self.desks[key] = desk(self.machine(clock), self.packs[self.contest], judge, place)
        return self.desks[key]

    def fresh_copy(self, target: Path) -> Context:
        """A contest as it was before any import: the same identity, another folder."""
        shutil.copytree(self.folder / self.contest, target)
        return open_contest(target, self.machine(self.clock))

    def close(self) -> None:
        for app in [*self.contests.values(), *self.desks.values()]:
            app.store.close()

    # -- the steps ----------------------------------------------------------------------------

    def step(self, step: dict[str, Any]) -> None:
        getattr(self, "do_" + step["do"].replace("-", "_"))(step)

    def do_mark(self, step: dict[str, Any]) -> None:
        at = self.desk(step["device"], step["judge"])
        where = {"contestant": ContestantId(step["entry"]), "part": TALK}
        name = CriterionId(step["criterion"])
        if step["points"] is None:
            take_mark_back(at, **where, criterion=name)  # type: ignore[arg-type]  # kit words
        else:
            entered = enter_mark(at, **where, criterion=name, typed=step["points"])  # type: ignore[arg-type]  # kit words
            assert entered.value.event is not None

    def do_export(self, step: dict[str, Any]) -> None:
        folder = self.folder / "stick" / step["as"]
        folder.mkdir(parents=True)
        self.files[step["as"]] = export_score_file(
            self.desk(step["device"]), target=folder
        ).value.file

    def do_copy(self, step: dict[str, Any]) -> None:
        target = self.folder / "stick" / step["as"] / step["name"]
        target.parent.mkdir(parents=True)
        shutil.copy(self.files[step["file"]], target)
        self.files[step["as"]] = target

    def do_flip(self, step: dict[str, Any]) -> None:
        content = bytearray(self.files[step["file"]].read_bytes())
        content[step["byte"]] ^= 1
        self.files[step["file"]].write_bytes(content)

    def do_clock(self, step: dict[str, Any]) -> None:
        clock = self.clocks.setdefault(step["device"], SetClock())
        clock.moment = datetime.fromisoformat(step["to"]).replace(tzinfo=UTC)

    def do_take_over(self, step: dict[str, Any]) -> None:
        take_over(self.desk(step["device"]), file=self.files[step["from"]])

    def do_contest(self, step: dict[str, Any]) -> None:
        self.contest = step["id"]

    def do_new_rubric_version(self, step: dict[str, Any]) -> None:
        changed = part("talk", [criterion("c1", most="12")])
        set_definition(self.app(self.contest), one_round(changed))

    def do_snapshot(self, step: dict[str, Any]) -> None:
        at = self.desk(step["device"])
        at.store.close()
        shutil.copytree(at.folder, self.folder / f"image-{step['device']}")

    def do_restore(self, step: dict[str, Any]) -> None:
        at = self.desks.pop((self.contest, step["device"]))
        at.store.close()
        shutil.rmtree(at.folder)
        shutil.copytree(self.folder / f"image-{step['device']}", at.folder)


def close_round(app: Context) -> None:
    """Close although sheets are missing: what the scenario means by it is that files are late."""
    with app.write() as u:
        u.judging.add_stage(ROUND, "closed", reason="")
        u.log("test.closed")
        u.commit()


def marks(app: Context) -> dict[str, str]:
    with app.read() as u:
        current = current_marks(u.judging.mark_events(ROUND))
    return {
        f"{judge}/{contestant}/{name}": plain(event.points)
        for (judge, contestant, _, name), event in current.items()
        if event.points is not None
    }


def imports_of(scenario: dict[str, Any]) -> list[list[tuple[str, str]]]:
    """The imports, in stretches between the closings."""
    stretches: list[list[tuple[str, str]]] = [[]]
    for step in scenario["steps"]:
        if step["do"] == "import":
            stretches[-1].append((step["file"], step["expect"]))
        elif step["do"] == "close":
            stretches.append([])
    return stretches


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    made = Rehearsal(tmp_path)
    yield made
    made.close()


def ids(scenario: dict[str, Any]) -> str:
    return str(scenario["id"])


def play(rehearsal: Rehearsal, scenario: dict[str, Any]) -> None:
    """Do everything but the imports, which come afterwards: no desk ever sees them."""
    for step in scenario["steps"]:
        if step["do"] not in ("import", "close"):
            rehearsal.step(step)
    rehearsal.app(rehearsal.contest)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=ids)
def test_each_file_gets_its_verdict_and_the_marks_are_right(
    rehearsal: Rehearsal, scenario: dict[str, Any]
) -> None:
    play(rehearsal, scenario)
    app = rehearsal.app(rehearsal.contest)
    for number, stretch in enumerate(imports_of(scenario)):
        if number:
            close_round(app)
        for name, expected in stretch:
            found = collect_file(app, file=rehearsal.files[name]).value
            assert found.verdict == VERDICTS[expected]
            assert found.signed is False
    if "final" in scenario:
        assert marks(app) == scenario["final"]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=ids)
def test_the_order_of_imports_does_not_matter(
    rehearsal: Rehearsal, scenario: dict[str, Any], tmp_path: Path
) -> None:
    play(rehearsal, scenario)
    orders = [list(itertools.permutations(stretch)) for stretch in imports_of(scenario)]
    finals = []
    for number, order in enumerate(itertools.product(*orders)):
        app = rehearsal.fresh_copy(tmp_path / f"copy-{number}")
        for count, stretch in enumerate(order):
            if count:
                close_round(app)
            for name, _ in (*stretch, *stretch):  # everything twice
                collect_file(app, file=rehearsal.files[name])
        finals.append(marks(app))
        app.store.close()
    assert all(final == finals[0] for final in finals)
    assert finals[0] == scenario.get("final", finals[0])


def collected(rehearsal: Rehearsal, name: str) -> list[Collected]:
    scenario = next(s for s in SCENARIOS if s["id"] == name)
    play(rehearsal, scenario)
    app = rehearsal.app(rehearsal.contest)
    return [
        collect_file(app, file=rehearsal.files[file]).value
        for stretch in imports_of(scenario)
        for file, _ in stretch
    ]


def test_a_clock_that_went_back_is_told(rehearsal: Rehearsal) -> None:
    assert [item.notes for item in collected(rehearsal, "clock-back")] == [(), ("clock_back",)]


def test_a_wrong_name_is_told(rehearsal: Rehearsal) -> None:
    (found,) = collected(rehearsal, "wrong-judge-name")
    assert (found.judge, found.notes) == ("J07", ("name_of_other",))


def test_two_marks_of_one_judge_are_listed_for_the_chair(rehearsal: Rehearsal) -> None:
    first, second = collected(rehearsal, "two-laptops-apart")
    assert (first.apart, second.apart) == ((), ("01",))
    state = closing_state(rehearsal.app("HT2021"), round_id=ROUND)
    assert [(i.judge, i.contestant) for i in state.items if i.kind == "rivals"] == [("J07", "01")]


def test_both_versions_of_one_number_are_kept_and_shown(rehearsal: Rehearsal) -> None:
    found = collected(rehearsal, "restored-image")
    app = rehearsal.app("HT2021")
    state = closing_state(app, round_id=ROUND)
    assert [(i.file, i.verdict) for i in state.items if i.kind == "file"] == [(found[2].id, "fork")]
    kept = sorted(path.read_bytes() for path in (app.folder / "score-files").iterdir())
    sent = sorted(path.read_bytes() for path in rehearsal.files.values())
    assert kept == sent


def test_a_cleared_mark_is_missing_and_never_0(rehearsal: Rehearsal) -> None:
    collected(rehearsal, "erased-mark")
    state = closing_state(rehearsal.app("HT2021"), round_id=ROUND)
    missing = {(i.judge, i.contestant) for i in state.items if i.kind == "missing_sheet"}
    assert ("J07", "01") in missing
    with rehearsal.app("HT2021").read() as u:
        events = u.judging.mark_events(ROUND)
    assert {event.points for event in events} == {Decimal(8), None}
