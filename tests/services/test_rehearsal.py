"""A rehearsal: judges send many files, some broken, twice or from two laptops, in any order."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.domain.closing import basis_of
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.marks import rivals
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.score_files import export_score_file, take_over
from judgeapp.store.uow import UnitOfWork
from tests.judging_kit import (
    ROUND,
    TALK,
    build_pack,
    criterion,
    desk,
    make_contest,
    one_round,
    part,
)
from tests.refused import refused

JUDGES = ("J01", "J02", "J03", "J04", "J05")


class Rehearsal:
    """One contest, its judges' desks, and the files that they send."""

    def __init__(
        self, machine: Machine, folder: Path, *, entries: int, chance: random.Random
    ) -> None:
        self.machine, self.folder, self.chance = machine, folder, chance
        rubric = part("talk", [criterion("c1"), criterion("c2"), criterion("c3")])
        self.app = make_contest(
            machine,
            folder / "contest",
            one_round(rubric),
            contestants=[f"{number:02}" for number in range(1, entries + 1)],
            judges=JUDGES,
            conflicts=[("J02", "03")],
        )
        self.pack = build_pack(self.app, folder / "packs")
        self.app.store.close()
        self.files: list[Path] = []

    def marks(self, at: Desk, count: int) -> None:
        """Type some marks anywhere, as somebody does who goes back and forth."""
        owed = at.pack.owed_by(at.judge)
        typed = [
            TypedMark(
                self.chance.choice(owed)[1],
                TALK,
                self.chance.choice(at.pack.round.parts[0].criteria).id,
                self.chance.choice(["7", "7,5", "8", "8.25", "9", ""]),
            )
            for _ in range(count)
        ]
        enter_marks(at, marks=typed)

    def send(self, at: Desk) -> Path:
        target = self.folder / f"sent-{len(self.files):03}"
        target.mkdir()
        self.files.append(export_score_file(at, target=target).value.file)
        return self.files[-1]

    def let_all_judge(self, files_each: int) -> None:
        for judge in JUDGES:
            at = desk(self.machine, self.pack, judge)
            for _ in range(files_each):
                self.marks(at, 12)
                self.send(at)
            if judge == JUDGES[0]:
                self.go_on_elsewhere(at)
            at.store.close()

    def go_on_elsewhere(self, at: Desk) -> None:
        """On a second laptop from the last file, while the first one is used as well."""
        second = desk(self.machine, self.pack, at.judge, self.folder / "second")
        take_over(second, file=self.files[-1])
        for one in (second, at, second):
            self.marks(one, 6)
            self.send(one)
        second.store.close()

    def add_faults(self) -> None:
        for number, file in enumerate(self.chance.sample(self.files, k=len(self.files) // 4)):
            content = bytearray(file.read_bytes())
            broken = self.folder / f"broken-{number}.score"
            if number % 3 == 0:
                broken.write_bytes(content[: self.chance.randrange(len(content))])
            elif number % 3 == 1:
                content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
                broken.write_bytes(content)
            else:
                broken.write_bytes(content.replace(b"\n", b"\r\n"))
            self.files.append(broken)
            again = self.folder / f"{file.stem} ({number}).score"
            shutil.copy(file, again)
            self.files.append(again)

    def outcome(self, order: list[Path], name: str) -> tuple[str, frozenset[object]]:
        """Collect the files in that order into a fresh copy; return what the tally rests on."""
        shutil.copytree(self.app.folder, self.folder / name)
        app = open_contest(self.folder / name, self.machine)
        for file in order:
            collect_file(app, file=file)
        with app.read() as u:
            events = u.judging.mark_events(ROUND)
        app.store.close()
        return basis_of(events), frozenset(rivals(events))


def rehearse(machine: Machine, folder: Path, *, entries: int, files_each: int, orders: int) -> None:
    chance = random.Random(entries)
    rehearsal = Rehearsal(machine, folder, entries=entries, chance=chance)
    rehearsal.let_all_judge(files_each)
    rehearsal.add_faults()
    found = set()
    for number in range(orders):
        order = list(rehearsal.files)
        chance.shuffle(order)
        found.add(rehearsal.outcome(order, f"copy-{number}"))
    assert len(found) == 1


def test_any_order_gives_the_same_marks(machine: Machine, tmp_path: Path) -> None:
    rehearse(machine, tmp_path, entries=12, files_each=4, orders=4)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_any_order_gives_the_same_marks_in_full_size(machine: Machine, tmp_path: Path) -> None:
    rehearse(machine, tmp_path, entries=60, files_each=26, orders=12)


@pytest.fixture
def one_file(machine: Machine, tmp_path: Path) -> tuple[Context, Path]:
    app = make_contest(machine, tmp_path / "contest")
    at = desk(machine, build_pack(app, tmp_path / "packs"))
    enter_marks(
        at, marks=[TypedMark(entry.id, TALK, criterion("c1").id, "8") for entry in at.pack.entries]
    )
    return app, export_score_file(at, target=tmp_path).value.file


@pytest.mark.parametrize(
    "broken",
    [
        "judgeapp.services.kept_scores.write_atomically",
        "judgeapp.services.collecting.take_events",
        "judgeapp.store.packs.PackRows.add_score_file",
        "judgeapp.store.judging.JudgingRows.add_mark_events",
        "judgeapp.store.uow.UnitOfWork.commit",
    ],
)
def test_a_full_disk_while_collecting_counts_nothing_and_can_be_done_again(
    one_file: tuple[Context, Path], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    app, file = one_file

    def full(*_: object, **__: object) -> None:
        raise JudgeError("store.disk_full", file="x")

    with monkeypatch.context() as patched:
        patched.setattr(broken, full)
        with refused("store.disk_full"):
            collect_file(app, file=file)
    with app.read() as u:
        assert u.judging.mark_events(ROUND) == []
        assert u.packs.score_files() == []
    assert collect_file(app, file=file).value.verdict == "new"
    with app.read() as u:
        assert len(u.judging.mark_events(ROUND)) == 2


def test_a_full_disk_while_typing_is_no_mark(
    one_file: tuple[Context, Path],
    machine: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = desk(machine, build_pack(one_file[0], tmp_path / "packs"))

    def full(unit: UnitOfWork) -> None:
        raise JudgeError("store.disk_full", file="x")

    again = [TypedMark(at.pack.entries[0].id, TALK, criterion("c1").id, "9")]
    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", full)
        with refused("store.disk_full"):
            enter_marks(at, marks=again)
    with at.read() as u:
        assert len(u.judging.mark_events(ROUND)) == 2
    assert enter_marks(at, marks=again).value == 1
