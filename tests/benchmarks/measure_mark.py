"""How long a mark takes until it is acknowledged, against one raw SQLite commit of the same kind.

Both are done in turn in one run, each in a file of its own on the same disk; the raw one inserts
one row into one table with the same settings (journal DELETE, synchronous EXTRA).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from judgeapp.domain.ids import ContestantId
from judgeapp.services.context import Machine
from judgeapp.services.desk import Desk, open_desk
from judgeapp.services.marking import enter_mark
from judgeapp.system.clock import utc_now
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.benchmarks.measures import Measure, medians_in_turn
from tests.judging_kit import TALK, build_pack, criterion, make_contest, one_round, part

LIMIT = 2.0
CONTESTANTS, CRITERIA = 38, 8


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure typing marks of a whole round: first marks and corrections."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = _desk(folder)
        raw = raw_database(folder / "raw.db")
        value, reference_value = medians_in_turn(
            _typing(desk), committing(raw), times=10 if quick else 600
        )
        raw.close()
        desk.store.close()
    return [
        Measure(
            "mark",
            value * 1000,
            "ms",
            LIMIT,
            reference="one raw SQLite commit",
            reference_value=reference_value * 1000,
        )
    ]


def _desk(folder: Path) -> Desk:
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    machine = Machine(utc_now, paths, Settings())
    rubric = part("talk", [criterion(f"c{number}") for number in range(CRITERIA)])
    numbers = [f"{number:02}" for number in range(1, CONTESTANTS + 1)]
    app = make_contest(machine, folder / "contest", one_round(rubric), contestants=numbers)
    pack = build_pack(app, folder / "packs")
    app.store.close()
    return open_desk(machine, pack=pack, judge="J07").value


def _typing(desk: Desk) -> Callable[[], object]:
    """Return what types one mark more at each call; after the last one it corrects the first."""
    places = [
        (entry.id, criterion.id)
        for entry in desk.pack.entries
        for criterion in desk.pack.round.parts[0].criteria
    ]
    count = 0

    def type_one() -> None:
        nonlocal count
        contestant, name = places[count % len(places)]
        typed = "7,5" if count // len(places) % 2 else "8,25"
        made = enter_mark(
            desk, contestant=ContestantId(contestant), part=TALK, criterion=name, typed=typed
        )
        assert made.value.event is not None
        count += 1

    return type_one


def raw_database(file: Path) -> sqlite3.Connection:
    """Return a database with one table and the settings of a contest's."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY, mark TEXT NOT NULL)")
    return connection


def committing(connection: sqlite3.Connection) -> Callable[[], object]:
    """Return what inserts and commits one row at each call."""
    content = os.urandom(100).hex()

    def commit_one() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO marks (mark) VALUES (?)", (content,))
        connection.execute("COMMIT")

    return commit_one
