"""How long 100 score files take to be collected: 5 judges, 38 contestants, 8 criteria, 20 each."""

from __future__ import annotations

import tempfile
from pathlib import Path

from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import open_desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.score_files import export_score_file
from judgeapp.system.clock import utc_now
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.benchmarks.measures import Measure, seconds
from tests.judging_kit import TALK, build_pack, criterion, make_contest, one_round, part

LIMIT_SECONDS = 2.0
JUDGES, CONTESTANTS, CRITERIA, FILES_EACH = 5, 38, 8, 20


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure reading, keeping, judging and merging; each file has a few marks more."""
    with tempfile.TemporaryDirectory() as name:
        app, files = _prepare(Path(name), files_each=2 if quick else FILES_EACH)
        value = seconds(lambda: [collect_file(app, file=file) for file in files])
        app.store.close()
    return [Measure("collect", value, "s", LIMIT_SECONDS, absolute=True)]


def _prepare(folder: Path, *, files_each: int) -> tuple[Context, list[Path]]:
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    machine = Machine(utc_now, paths, Settings())
    rubric = part("talk", [criterion(f"c{number}") for number in range(CRITERIA)])
    app = make_contest(
        machine,
        folder / "contest",
        one_round(rubric),
        contestants=[f"{number:02}" for number in range(1, CONTESTANTS + 1)],
        judges=[f"J{number}" for number in range(JUDGES)],
    )
    pack = build_pack(app, folder / "packs")
    files = []
    for judge in range(JUDGES):
        desk = open_desk(machine, pack=pack, judge=f"J{judge}").value
        for number in range(files_each):
            entries = desk.pack.entries[number : number + 2] if number else desk.pack.entries
            marks = [
                TypedMark(entry.id, TALK, item.id, str((number + place) % 10))
                for entry in entries
                for place, item in enumerate(rubric.criteria)
            ]
            enter_marks(desk, marks=marks)
            target = folder / f"{judge}-{number}"
            target.mkdir()
            files.append(export_score_file(desk, target=target).value.file)
        desk.store.close()
    return app, files
