"""A rehearsal (diễn tập): the sample contest, made as far as wished, to try everything with.

Words: its contest carries a mark, for ever, that it is no real one; the window, packs, papers and
files show it. It lies in a folder with what the office got (``input``) beside the ``contest``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.contest_facts import read_facts
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.services.contest import create_contest, presets, revise
from judgeapp.services.context import Context, Machine
from judgeapp.services.papers import set_papers
from judgeapp.services.rehearsal_course import Course, ToldStep, Until
from judgeapp.services.rehearsal_round import RehearsedRound
from judgeapp.services.rehearsal_steps import (
    FINAL,
    PRELIMINARY,
    GivenPrize,
    award,
    choose_finalists,
    judge,
    register,
    send_out,
    take_entries,
)
from judgeapp.services.sample import Sample, draw_sample, sample_words
from judgeapp.services.sample_inputs import input_file, write_office_inputs
from judgeapp.store.store import open_store
from judgeapp.system.files import cannot_write
from judgeapp.system.progress import Progress, no_progress

PRESET = "bao-cao-vien-gioi"
SEED = 2026
INPUT, CONTEST = "input", "contest"
FOLDERS = (INPUT, CONTEST, "packs", "score-files", "out")


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal that was made.

    Attributes:
        folder: around everything; ``contest`` is the contest's own folder in it.
        packs: of the first round, a copy for each judge, by the judges' numbers.
        finalists, prizes: empty unless it was run to the end.
    """

    folder: Path
    contest: Path
    packs: tuple[Path, ...] = ()
    finalists: tuple[ContestantId, ...] = ()
    prizes: tuple[GivenPrize, ...] = ()


def make_rehearsal(
    machine: Machine,
    *,
    folder: Path,
    until: Until = "begin",
    seed: int = SEED,
    language: str = "vi",
    told: Callable[[ToldStep], None] = lambda step: None,
    progress: Progress = no_progress,
) -> Rehearsal:
    """Make the sample contest in ``folder`` and run it as far as ``until``.

    Args:
        machine: this computer; judges' desks of the run are not kept on it.
        folder: not there yet, or empty.
        until: ``begin``: the office has its files, the contest is empty; ``packs``: everything is
            ready to be judged; ``end``: the certificates are printed.
        seed: the same one gives the same people, marks, ranking and prizes.
        language: of the names of files that it writes.
        told: is told of each step when it is over.
        progress: told in hundredths of the whole, see `Course`.

    Raises:
        JudgeError: ``demo.folder_taken``, or why something cannot be written. Nothing is left
            behind then.
        Cancelled: if the person stopped it; nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JudgeError("demo.folder_taken", file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        return _make(machine, folder, until, seed, language, Course(until, told, progress))
    except BaseException:
        for name in FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        if not any(folder.iterdir()):
            folder.rmdir()
        raise


def _make(
    machine: Machine, folder: Path, until: Until, seed: int, language: str, course: Course
) -> Rehearsal:
    sample = draw_sample(seed)
    app = _set_up(course, machine, folder, sample)
    desks = Path(tempfile.mkdtemp(prefix="judgeapp-desks-"))
    try:
        if until == "begin":
            return Rehearsal(folder, app.folder)
        register(course, app, folder / INPUT)
        take_entries(course, app, folder / INPUT, sample)
        first = RehearsedRound(course, app, folder, sample, desks, PRELIMINARY)
        send_out(first, preliminary=True)
        packs = tuple(pack for _, pack in sorted(first.packs.items()))
        if until == "packs":
            return Rehearsal(folder, app.folder, packs)
        judge(first, preliminary=True)
        finalists = choose_finalists(course, app, sample)
        last = RehearsedRound(course, app, folder, sample, desks, FINAL)
        send_out(last, preliminary=False)
        judge(last, preliminary=False)
        prizes = award(course, app, folder / "out", language)
        return Rehearsal(folder, app.folder, packs, tuple(finalists), tuple(prizes))
    finally:
        app.store.close()
        shutil.rmtree(desks, ignore_errors=True)


def _set_up(course: Course, machine: Machine, folder: Path, sample: Sample) -> Context:
    """Make the inputs and the contest, with its rules and papers."""
    inputs, contest = folder / INPUT, folder / CONTEST
    definition = next(item.definition for item in presets() if item.id == PRESET)
    with course.step("inputs") as said:
        files = write_office_inputs(inputs, sample, definition, progress=course.progress)
        said.params["files"] = files
    with course.step("contest") as said:
        name: str = sample_words()["contest"]
        facts = read_facts(**sample_words()["facts"])
        create_contest(
            machine, folder=contest, preset=PRESET, name=name, facts=facts, rehearsal=True
        )
        app = Context(machine, contest, open_store(contest), "secretary")
        revise(app, file=input_file(inputs, "rules"), reason=sample_words()["rules_reason"])
        set_papers(app, file=input_file(inputs, "papers"))
        said.params["name"] = name
    return app
