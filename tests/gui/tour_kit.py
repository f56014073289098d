"""Contests at three stages and a judge's pack, made once for the tests that walk all pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from judgeapp.bootstrap import open_contest
from judgeapp.domain.people import Contestant
from judgeapp.services import sample_inputs
from judgeapp.services.awards import sign_prizes
from judgeapp.services.contest import create_contest, presets, revise
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import open_desk
from judgeapp.services.entries_attach import attach
from judgeapp.services.entries_check import check_entries
from judgeapp.services.judging import set_panel
from judgeapp.services.papers import set_papers
from judgeapp.services.people import import_contestants
from judgeapp.services.rehearsal import PRESET
from judgeapp.services.rehearsal_course import Course
from judgeapp.services.rehearsal_round import RehearsedRound
from judgeapp.services.rehearsal_steps import FINAL, PRELIMINARY
from judgeapp.services.results import decide, finalists, tally_round
from judgeapp.services.sample import Sample, draw_sample, sample_words
from judgeapp.services.score_table import score_from_table
from judgeapp.services.units import import_units
from judgeapp.system.paths import Paths
from judgeapp.system.progress import no_progress
from judgeapp.system.settings import Settings
from tests.conftest import Clock
from tests.services.sheets import Sheets

CLIPS = ("01", "02", "03")  # who has sent a clip and an outline: a few are enough to be looked at
JUDGE = "GK1"


@dataclass(frozen=True)
class Tour:
    """Where everything lies.

    Attributes:
        machine: whose settings and desks they are.
        empty: a contest with nothing but its rules.
        prepared: people, few entries, judges, packs out, some score files in.
        tied: the preliminary round is closed, two contestants share the last seat.
        final: the finalists are known, packs of the final are out.
        finished: both rounds signed, prizes given.
        pack: of the judge `JUDGE`, half of whose marks are typed on this machine.
        sheet: an office's list with doubts.
    """

    machine: Machine
    empty: Path
    prepared: Path
    tied: Path
    final: Path
    finished: Path
    pack: Path
    sheet: Path


def make_tour(folder: Path) -> Tour:
    """Make them in a folder; takes some seconds."""
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    machine = Machine(Clock(), paths, Settings())
    sample = draw_sample(7)
    create_contest(machine, folder=folder / "empty", preset=PRESET, name=sample_words()["contest"])
    prepared, held = _prepare(machine, folder / "prepared", sample)
    held.mark(stories=True)
    files, held.files = held.files, held.files[:3]
    held.collect()
    pack = held.packs[sorted(held.packs)[0]]
    table = sorted((folder / "prepared" / "input").rglob(f"{JUDGE}-*"))[0]
    prepared.store.close()
    finished = _finish(machine, folder, sample, held, files)
    finished.store.close()
    desk = open_desk(machine, pack=pack, judge=JUDGE).value
    score_from_table(desk, file=_half(table))
    desk.store.close()
    return Tour(
        machine, folder / "empty", folder / "prepared" / "contest", folder / "tied",
        folder / "final",
        folder / "finished", pack, _doubtful_sheet(folder),
    )  # fmt: skip


def _prepare(machine: Machine, folder: Path, sample: Sample) -> tuple[Context, RehearsedRound]:
    inputs = folder / "input"
    definition = next(item.definition for item in presets() if item.id == PRESET)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_write_clip", "_write_outline"):
            patch.setattr(sample_inputs, name, _for_few(getattr(sample_inputs, name)))
        sample_inputs.write_office_inputs(inputs, sample, definition)

    def file(what: str) -> Path:
        return sample_inputs.input_file(inputs, what)

    create_contest(
        machine, folder=folder / "contest", preset=PRESET, name=sample_words()["contest"]
    )
    app = open_contest(folder / "contest", machine)
    revise(app, file=file("rules"), reason=sample_words()["rules_reason"])
    set_papers(app, file=file("papers"))
    import_units(app, file=file("units"))
    import_contestants(app, file=file("people"))
    attach(app, folder=file("entries"))
    check_entries(app)
    set_panel(app, file=file("panel"))
    held = _round(app, folder, sample, PRELIMINARY)
    held.build_packs()
    return app, held


def _for_few(write: Callable[[Path, Sample, Contestant], None]) -> Callable[..., None]:
    def few(folder: Path, sample: Sample, person: Contestant) -> None:
        if person.id in CLIPS:
            write(folder, sample, person)

    return few


def _round(app: Context, folder: Path, sample: Sample, round_id: str) -> RehearsedRound:
    course = Course("end", lambda _: None, no_progress)
    return RehearsedRound(course, app, folder, sample, folder / f"laptops-{round_id}", round_id)


def _finish(
    machine: Machine, folder: Path, sample: Sample, first: RehearsedRound, files: list[Path]
) -> Context:
    shutil.copytree(folder / "prepared" / "contest", folder / "finished")
    app = open_contest(folder / "finished", machine)
    first.app, first.files = app, files
    first.collect()
    first.close()
    app = first.app = _copy(app, folder / "tied")
    tied = tally_round(app, round_id=PRELIMINARY).groups[0].result.cut.undecided
    chair = next(judge for judge in sample.judges if judge.role == "chair")
    why = sample_words()["decision_reason"]
    decide(app, round_id=PRELIMINARY, order=tied[:1], by=chair.name, reason=why)
    finalists(app, round_id=PRELIMINARY)
    final = _round(app, folder / "prepared", sample, FINAL)
    final.build_packs()
    app = final.app = _copy(app, folder / "final")
    final.mark(stories=False)
    final.collect()
    final.close()
    sign_prizes(app)
    return app


def _copy(app: Context, to: Path) -> Context:
    """Keep a contest as it stands under another name, and open it again."""
    app.store.close()
    shutil.copytree(app.folder, to)
    return open_contest(app.folder, app.machine)


def _half(table: Path) -> Path:
    """Return a table with the first half of the marks: the judge has not finished."""
    lines = table.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    half = table.with_name("half.csv")
    half.write_text("".join(lines[: len(lines) // 2]), encoding="utf-8-sig")
    return half


def _doubtful_sheet(folder: Path) -> Path:
    return Sheets(folder).write(
        [
            ["STT", "HỌ VÀ TÊN", "Năm sinh", "Đơn vị", "ĐT"],
            ["1", "Lò Thị Én", "31/02/1988", "Chi bộ Hội Nông dân", "0912345671"],
            ["2", "Ma Văn Thử", "1979", "Chi bộ Hội Nông dân", "0912345672"],
            ["3", "Lý Văn Mai", "05/1990", "Chi bộ Hội Nông dâm", "0912345673"],
            ["4", "Y Bhĭm Êban", "30/04/1993", "Chi bộ Kho bạc", "0912345674"],
        ],
        name="DS thí sinh.xlsx",
    )
