"""A laptop that dies while marks are typed: every acknowledged mark is there afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from judgeapp.services.context import Machine
from tests.judging_kit import build_pack, criterion, desk, make_contest, one_round, part


def killed(pack: Path, place: Path, chance: random.Random) -> list[str]:
    """Let a child type marks, kill it at a random instant; return what it had acknowledged."""
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.services.marking_child",
            pack,
            place,
            str(chance.random())[2:],
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    said = [child.stdout.readline().strip() for _ in range(chance.randint(1, 25))]
    until = time.perf_counter() + chance.random() * 0.004
    while time.perf_counter() < until:
        pass
    child.kill()
    rest = child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    return [line for line in (*said, *rest) if len(line) == 64]


def prove(machine: Machine, tmp_path: Path, kills: int) -> None:
    rubric = part("talk", [criterion(f"c{number}") for number in range(8)])
    numbers = [f"{number:02}" for number in range(1, 11)]
    app = make_contest(machine, tmp_path / "contest", one_round(rubric), contestants=numbers)
    pack = build_pack(app, tmp_path / "packs")
    place = tmp_path / "desk"
    desk(machine, pack, folder=place).store.close()
    chance = random.Random(kills)
    acknowledged: set[str] = set()
    for _ in range(kills):
        acknowledged.update(killed(pack, place, chance))
        at = desk(machine, pack, folder=place)
        with at.read() as u:
            events = u.judging.mark_events(at.pack.round.id, at.pack.rubric_hash)
        at.store.close()
        assert acknowledged <= {event.hash for event in events}
        counters = sorted(event.counter for event in events)
        assert counters == list(range(1, len(events) + 1))
    assert len(acknowledged) >= kills


def test_no_acknowledged_mark_is_lost(machine: Machine, tmp_path: Path) -> None:
    prove(machine, tmp_path, 20)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_acknowledged_mark_is_lost_in_500_kills(machine: Machine, tmp_path: Path) -> None:
    prove(machine, tmp_path, 500)
