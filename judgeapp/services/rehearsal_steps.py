"""The steps of a rehearsal, from the office's spreadsheet to the certificates.

They do with the services what people would do with them, in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.services.awards import sign_prizes
from judgeapp.services.certificates import make_certificates
from judgeapp.services.context import Context
from judgeapp.services.entries import measured_seconds
from judgeapp.services.entries_attach import attach
from judgeapp.services.entries_check import check_entries
from judgeapp.services.judging import set_facts, set_panel
from judgeapp.services.people import import_contestants, list_people
from judgeapp.services.rehearsal_course import Course
from judgeapp.services.rehearsal_round import RehearsedRound
from judgeapp.services.results import decide, finalists, tally_round
from judgeapp.services.results_export import export_results
from judgeapp.services.sample import Sample, sample_words
from judgeapp.services.sample_inputs import input_file, write_facts
from judgeapp.services.units import import_units
from judgeapp.system.texts import load_texts

PRELIMINARY, FINAL = RoundId("preliminary"), RoundId("final")


@dataclass(frozen=True)
class GivenPrize:
    """A prize that somebody got: the contestant's number and name, and the prize's id."""

    contestant: ContestantId
    name: str
    prize: str


def register(course: Course, app: Context, inputs: Path) -> None:
    """Import the organisations and the registration sheet."""
    with course.step("units") as said:
        said.params["count"] = import_units(app, file=input_file(inputs, "units")).value.written
    with course.step("people") as said:
        report = import_contestants(app, file=input_file(inputs, "people")).value
        if not report.written:
            raise JudgeError("demo.people_doubted", file=str(input_file(inputs, "people")))
        said.params["count"] = report.written
        said.params["units"] = len({line.unit for line in list_people(app)})


def take_entries(course: Course, app: Context, inputs: Path, sample: Sample) -> None:
    """Attach and check clips and outlines; set the panel and the secretary's facts."""
    progress = course.progress
    with course.step("attached") as said:
        entries = input_file(inputs, "entries")
        said.params["count"] = attach(app, folder=entries, progress=progress).value.attached
    with course.step("checked") as said:
        files = check_entries(app, progress=progress).value
        said.params["count"] = len(files)
        found = [file for file in files if file.check and file.check.problems]
        said.params["problems"] = len(found)
        for file in found:
            for problem in file.check.problems if file.check else ():
                said.note("problem", file=file.original_name, problem=problem)
    with course.step("panel") as said:
        panel = set_panel(app, file=input_file(inputs, "panel")).value
        said.params.update(judges=panel.judges - 1, conflicts=panel.conflicts)
    with course.step("facts") as said:
        table = write_facts(inputs, sample, measured_seconds(app, round_id=PRELIMINARY))
        said.params["count"] = set_facts(app, file=table, round_id=PRELIMINARY).value.stored


def send_out(held: RehearsedRound, *, preliminary: bool) -> None:
    """Build the round's packs, a copy for each judge."""
    with held.course.step("packs" if preliminary else "final_packs") as said:
        said.params["copies"] = held.build_packs()


def judge(held: RehearsedRound, *, preliminary: bool) -> None:
    """Let all judges mark the round, collect their files and close it."""
    kind = "" if preliminary else "final_"
    with held.course.step(f"{kind}marks") as said:
        said.params["files"], said.params["marks"] = held.mark(stories=preliminary)
    with held.course.step(f"{kind}collected") as said:
        verdicts = held.collect()
        said.params.update(count=sum(verdicts.values()), verdicts=verdicts)
    with held.course.step(f"{kind}closed") as said:
        held.close()
        said.params["ranked"] = held.ranked()


def choose_finalists(course: Course, app: Context, sample: Sample) -> list[ContestantId]:
    """Decide the tie at the cut as the chair does, and sign off who goes on."""
    held = PRELIMINARY
    cut = tally_round(app, round_id=held).groups[0].result.cut
    with course.step("tie") as said:
        tied = list(cut.undecided)
        said.params.update(size=cut.size, tied=", ".join(tied))
    with course.step("decided") as said:
        words = sample_words()
        chair = next(judge for judge in sample.judges if judge.role == "chair")
        decide(app, round_id=held, order=tied[:1], by=chair.name, reason=words["decision_reason"])
        said.params.update(first=tied[0], by=chair.name)
    with course.step("finalists") as said:
        chosen = finalists(app, round_id=held).value.contestants
        said.params.update(count=len(chosen), numbers=", ".join(chosen))
    return list(chosen)


def award(course: Course, app: Context, out: Path, language: str) -> list[GivenPrize]:
    """Sign the prizes, print the certificates and write everything for people."""
    progress, words = course.progress, load_texts(language)
    given: list[GivenPrize] = []
    with course.step("prizes") as said:
        report = sign_prizes(app).value
        for one in report.signed.awards if report.signed else ():
            person, prize = report.people[one.contestant], report.prize(one.prize)
            given.append(GivenPrize(one.contestant, person.name, one.prize))
            name = prize.vi if prize else one.prize
            said.note("prize", prize=name, number=one.contestant, name=person.name)
        said.params["count"] = len(given)
    with course.step("certificates") as said:
        folder = out / words("demo.file.certificates")
        folder.mkdir(parents=True, exist_ok=True)
        certificate = folder / f"{words('demo.file.certificate')}.pdf"
        made = make_certificates(app, out=certificate, each=True, progress=progress).value
        commendation = folder / f"{words('demo.file.commendation')}.pdf"
        make_certificates(app, out=commendation, template="drum", progress=progress)
        said.params["count"] = len(made.certificates)
    with course.step("exported") as said:
        said.params["count"] = len(export_results(app, out=out, language=language).files)
    return given
