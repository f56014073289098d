"""The sample contest from the office's spreadsheet to the certificates, told step by step.

It does with the services what people would do with them, in the same order, and says what it did.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from judgeapp.cli.demo_round import DemoRound
from judgeapp.cli.output import Console
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import RoundId
from judgeapp.services.context import Context, Machine
from judgeapp.services.sample import Sample, draw_sample, sample_words
from judgeapp.services.sample_inputs import input_file, write_facts, write_office_inputs
from judgeapp.system.files import cannot_write

PRESET = "bao-cao-vien-gioi"
PRELIMINARY, FINAL = RoundId("preliminary"), RoundId("final")


@dataclass
class Story:
    """What is told of the run: a line for each step, with its time."""

    console: Console
    steps: list[dict[str, object]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, object]]:
        """Time a step; what is put into the dictionary fills its line ``demo.<name>``."""
        params: dict[str, object] = {}
        begun = time.perf_counter()
        yield params
        seconds = round(time.perf_counter() - begun, 1)
        self.steps.append({"name": name, "seconds": str(seconds)})
        told = self.console.texts(f"demo.{name}", **params)
        took = self.console.texts("demo.took", seconds=f"{seconds:.1f}".replace(".", ","))
        self.console.line(f"{told} {took}")

    def note(self, name: str, /, **params: object) -> None:
        """Tell something that belongs to the step before."""
        self.console.line("   " + self.console.texts(f"demo.{name}", **params))


def run_demo(console: Console, here: Machine, *, folder: Path, seed: int) -> None:
    """Make the sample contest in ``folder`` and run it end to end.

    Raises:
        JudgeError: ``demo.folder_taken``, or why the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise JudgeError("demo.folder_taken", file=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    story = Story(console)
    sample = draw_sample(seed)
    console.say("demo.begin", seed=seed, folder=folder)
    app = _set_up(story, here, folder, sample)
    desks = Path(tempfile.mkdtemp(prefix="judgeapp-desks-"))
    try:
        finalists, prizes = _run(story, app, folder, sample, desks)
    finally:
        app.store.close()
        shutil.rmtree(desks, ignore_errors=True)
    console.say("demo.end", folder=folder)
    for name in ("input", "contest", "packs", "score-files", "out"):
        console.say(f"demo.folder.{name.replace('-', '_')}", path=folder / name)
    console.answer(
        {"folder": str(folder), "steps": story.steps, "finalists": finalists, "prizes": prizes}
    )


def _set_up(story: Story, here: Machine, folder: Path, sample: Sample) -> Context:
    """Make the inputs and the contest, with its rules and papers."""
    from judgeapp.bootstrap import open_contest
    from judgeapp.services.contest import create_contest, presets, revise
    from judgeapp.services.papers import set_papers

    inputs, contest = folder / "input", folder / "contest"
    definition = next(item.definition for item in presets() if item.id == PRESET)
    with story.step("inputs") as said:
        said["files"] = write_office_inputs(
            inputs, sample, definition, progress=story.console.progress
        )
    with story.step("contest") as said:
        create_contest(here, folder=contest, preset=PRESET, name=sample_words()["contest"])
        app = open_contest(contest, here)
        revise(app, file=input_file(inputs, "rules"), reason=sample_words()["rules_reason"])
        set_papers(app, file=input_file(inputs, "papers"))
        said["name"] = sample_words()["contest"]
    return app


def _run(
    story: Story, app: Context, folder: Path, sample: Sample, desks: Path
) -> tuple[list[str], list[dict[str, object]]]:
    """Run the contest; return the finalists and the prizes."""
    _register(story, app, folder)
    _take_entries(story, app, folder, sample)
    first = DemoRound(story.console, app, folder, sample, desks, PRELIMINARY)
    _judge(story, first, preliminary=True)
    finalists = _choose_finalists(story, app, sample)
    final = DemoRound(story.console, app, folder, sample, desks, FINAL)
    _judge(story, final, preliminary=False)
    return finalists, _award(story, app, folder)


def _register(story: Story, app: Context, folder: Path) -> None:
    from judgeapp.services.people import import_contestants, list_people
    from judgeapp.services.units import import_units

    inputs = folder / "input"
    with story.step("units") as said:
        said["count"] = import_units(app, file=input_file(inputs, "units")).value.written
    with story.step("people") as said:
        report = import_contestants(app, file=input_file(inputs, "people")).value
        if not report.written:
            raise JudgeError("demo.people_doubted", file=str(input_file(inputs, "people")))
        said["count"] = report.written
        said["units"] = len({line.unit for line in list_people(app)})


def _take_entries(story: Story, app: Context, folder: Path, sample: Sample) -> None:
    from judgeapp.services.entries import measured_seconds
    from judgeapp.services.entries_attach import attach
    from judgeapp.services.entries_check import check_entries
    from judgeapp.services.judging import set_facts, set_panel

    inputs, progress = folder / "input", story.console.progress
    with story.step("attached") as said:
        entries = input_file(inputs, "entries")
        said["count"] = attach(app, folder=entries, progress=progress).value.attached
    with story.step("checked") as said:
        files = check_entries(app, progress=progress).value
        said["count"] = len(files)
        found = [file for file in files if file.check and file.check.problems]
        said["problems"] = len(found)
    for file in found:
        assert file.check is not None
        for problem in file.check.problems:
            words = story.console.texts(problem.text_key, **problem.params)
            story.note("problem", file=file.original_name, problem=words)
    with story.step("panel") as said:
        panel = set_panel(app, file=input_file(inputs, "panel")).value
        said.update(judges=panel.judges - 1, conflicts=panel.conflicts)
    with story.step("facts") as said:
        held = PRELIMINARY
        table = write_facts(inputs, sample, measured_seconds(app, round_id=held))
        said["count"] = set_facts(app, file=table, round_id=held).value.stored


def _judge(story: Story, held: DemoRound, *, preliminary: bool) -> None:
    """Build packs, mark, collect and close one round."""
    kind = "" if preliminary else "final_"
    with story.step(f"{kind}packs") as said:
        said["copies"] = held.build_packs()
    with story.step(f"{kind}marks") as said:
        said["files"], said["marks"] = held.mark(stories=preliminary)
    with story.step(f"{kind}collected") as said:
        verdicts = held.collect()
        said["count"] = sum(verdicts.values())
        words = story.console.texts
        said["verdicts"] = ", ".join(
            f"{words(f'demo.verdict.{name}')} {count}" for name, count in sorted(verdicts.items())
        )
    with story.step(f"{kind}closed") as said:
        held.close()
        said["ranked"] = held.ranked()


def _choose_finalists(story: Story, app: Context, sample: Sample) -> list[str]:
    from judgeapp.services.results import decide, finalists, tally_round

    held = PRELIMINARY
    cut = tally_round(app, round_id=held).groups[0].result.cut
    with story.step("tie") as said:
        tied = list(cut.undecided)
        said.update(size=cut.size, tied=", ".join(tied))
    with story.step("decided") as said:
        words = sample_words()
        chair = next(judge for judge in sample.judges if judge.role == "chair")
        decide(app, round_id=held, order=tied[:1], by=chair.name, reason=words["decision_reason"])
        said.update(first=tied[0], by=chair.name)
    with story.step("finalists") as said:
        chosen = finalists(app, round_id=held).value.contestants
        said.update(count=len(chosen), numbers=", ".join(chosen))
    return list(chosen)


def _award(story: Story, app: Context, folder: Path) -> list[dict[str, object]]:
    from judgeapp.services.awards import sign_prizes
    from judgeapp.services.certificates import make_certificates
    from judgeapp.services.results_export import export_results

    out, progress = folder / "out", story.console.progress
    with story.step("prizes") as said:
        report = sign_prizes(app).value
        awards = report.signed.awards if report.signed else ()
        said["count"] = len(awards)
    prizes: list[dict[str, object]] = []
    for award in awards:
        person, prize = report.people[award.contestant], report.prize(award.prize)
        prizes.append({"contestant": award.contestant, "name": person.name, "prize": award.prize})
        name = prize.vi if prize else award.prize
        story.note("prize", prize=name, number=award.contestant, name=person.name)
    with story.step("certificates") as said:
        words = story.console.texts
        folder_out = out / words("demo.file.certificates")
        folder_out.mkdir(parents=True, exist_ok=True)
        certificate = folder_out / f"{words('demo.file.certificate')}.pdf"
        made = make_certificates(app, out=certificate, each=True, progress=progress).value
        commendation = folder_out / f"{words('demo.file.commendation')}.pdf"
        make_certificates(app, out=commendation, template="drum", progress=progress)
        said["count"] = len(made.certificates)
    with story.step("exported") as said:
        written = export_results(app, out=out, language=story.console.texts.language)
        said["count"] = len(written.files)
    return prizes
