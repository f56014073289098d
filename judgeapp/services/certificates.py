"""Certificates: serials in order, everything checked, written whole or not at all.

A certificate belongs to a contestant and a prize of a round; its serial stays when it is printed
again. A commendation is another paper and has a serial of its own. What was printed last is kept
with its serial, and each print is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from judgeapp.domain.awards import Award, Certificate, next_serials, settle_prizes
from judgeapp.domain.contest import Prize, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import clean, match_key
from judgeapp.domain.papers import Paper, Papers, papers_body
from judgeapp.domain.printing import WHOLE, PrintWay
from judgeapp.formats.certificate_pdf import (
    Prepared,
    Problem,
    TemplateName,
    draw,
    draw_one,
    kind_of,
    prepare,
)
from judgeapp.formats.certificate_words import open_facts
from judgeapp.formats.emblem import Emblem, read_emblem
from judgeapp.services.awards import PrizeReport, add_sign_off, prizes_of, require_closed
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.papers import mark_of, read_papers
from judgeapp.store.awards import CertificateRow
from judgeapp.store.rows import to_json
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import cannot_write, safe_name, write_atomically
from judgeapp.system.progress import Progress, no_progress

CertificateProblem = Problem
Deliver = Callable[[bytes], object]
State = Literal["new", "same", "changed"]


@dataclass(frozen=True)
class Printing:
    """How certificates are printed, where they go, and why again.

    Attributes:
        way: with frame and titles, or only the text for forms that have them; and how far moved.
        target: where they go, for the print log: ``file`` or the name of a printer.
        deliver: takes the PDF to the printer; if it refuses, nothing is recorded.
        reason: why they are printed again.
    """

    way: PrintWay = WHOLE
    target: str = "file"
    deliver: Deliver | None = None
    reason: str = ""


INTO_FILE = Printing()


@dataclass(frozen=True)
class MadeCertificate:
    """One certificate of this print.

    Attributes:
        file: its own file, or None if only the file of all was asked for.
        state: printed for the first time, as before, or with other words than before.
    """

    certificate: Certificate
    prize: str
    file: Path | None
    state: State


@dataclass(frozen=True)
class CertificateReport:
    """What was printed.

    Attributes:
        file: where it was written; None if it was handed over.
        signed_now: the prizes were signed off by this print, as proposed.
        open_facts: what the office has not said; printed as dotted lines.
    """

    file: Path | None
    template: TemplateName
    certificates: tuple[MadeCertificate, ...]
    signed_now: bool
    open_facts: tuple[str, ...]


class CannotPrint(JudgeError):
    """Something cannot be printed as it is; ``problems`` names everything."""

    def __init__(self, code: str, problems: Sequence[CertificateProblem], **params: object) -> None:
        super().__init__(code, **params)  # type: ignore[arg-type]  # file and place are among them
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Plan:
    """What is to be printed, before anything is written.

    Attributes:
        mark: the word across each page of a rehearsal, else None.
    """

    report: PrizeReport
    awards: tuple[Award, ...]
    certificates: tuple[Certificate, ...]
    rows: tuple[CertificateRow, ...]
    known: tuple[CertificateRow, ...]
    paper: Paper
    mark: str | None


def make_certificates(
    app: Context,
    *,
    out: Path | None,
    template: TemplateName = "lotus",
    award: str | None = None,
    only: Collection[str] | None = None,
    each: bool = False,
    emblem: Path | None = None,
    printing: Printing = INTO_FILE,
    round_id: str | None = None,
    progress: Progress = no_progress,
) -> Outcome[CertificateReport]:
    """Write the certificates of the signed prizes: all in one PDF, and with ``each`` one each.

    Prizes that nobody has signed off yet are signed off by this, if the proposal leaves no
    question open and the round is closed.

    Args:
        app: the open contest.
        out: the PDF of all; files of their own go into a folder of that name without ending. None:
            it goes to a printer, and nothing is written.
        template: ``drum`` (giấy khen) or ``lotus`` (giấy chứng nhận).
        award: only this prize, by id or name.
        only: only these contestants, by number; None for everybody.
        each: also a file for each, named by serial and person.
        emblem: a PNG or JPEG image for the emblem's place.
        printing: how, where to and why.
        round_id: the round that gives the prizes, or None for the last one that has a scheme.
        progress: told about each page.

    Raises:
        JudgeError: ``awards.not_a_pdf``, what `plan_of` refuses; `CannotPrint` before the first
            page; why a file cannot be written. No serial is used up then.
        Cancelled: if the person stopped it; nothing is written.
    """
    if out is not None and out.suffix.casefold() != ".pdf":
        raise JudgeError("awards.not_a_pdf", file=str(out))
    picture = read_emblem(emblem) if emblem else None
    with app.read() as u:
        plan = plan_of(u, app, template, award, round_id, only)
    prepared = prepared_of(plan, template, picture)
    together = draw(prepared, printing.way, progress=progress)
    files = _own_files(out, plan.certificates) if each and out is not None else []
    with app.write() as u:
        again = plan_of(u, app, template, award, round_id, only)
        if again.rows != plan.rows or again.known != plan.known:
            raise JudgeError("awards.changed_meanwhile")
        _record(u, plan, template, printing)
        if out is not None:
            _write(out, together, files, prepared, printing.way)
        if printing.deliver is not None:
            printing.deliver(together)
        u.commit()
    return changed(_report(out, template, plan, files), [Kind.AWARDS])


def _report(
    out: Path | None, template: TemplateName, plan: Plan, files: Sequence[Path]
) -> CertificateReport:
    return CertificateReport(
        out,
        template,
        tuple(_made(plan, files)),
        signed_now=plan.report.signed is None,
        open_facts=tuple(open_facts(plan.paper, with_decision=template == "drum")),
    )


def plan_of(
    u: UnitOfWork,
    app: Context,
    template: TemplateName,
    award: str | None,
    round_id: str | None,
    only: Collection[str] | None = None,
) -> Plan:
    """Return what would be printed; nothing is written.

    Raises:
        JudgeError: as `make_certificates` does, before a page is set.
    """
    report = prizes_of(u, round_id)
    if report.signed:
        awards = report.signed.awards
    else:
        require_closed(u, report.round)
        awards = settle_prizes(report.round.prizes, report.ranking, {}, "").awards
    chosen = _chosen(report.round, awards, award)
    if only is not None:
        chosen = tuple(item for item in chosen if item.contestant in only)
    if not chosen:
        raise JudgeError("awards.nobody", place=report.round.id, round=report.round.vi)
    papers = read_papers(u)
    paper = papers.paper(kind_of(template))
    known = u.awards.certificates()
    year = paper.signed_on.year if paper.signed_on else app.machine.clock().astimezone().year
    serials = _serials(report.round, chosen, known, year, template)
    title = papers.contest_title or u.contest.meta()["name"]
    certificates = tuple(
        _certificate(report, item, serials[item.contestant, item.prize], title) for item in chosen
    )
    rows = tuple(
        _row(report.round, item, certificate, template, paper)
        for item, certificate in zip(chosen, certificates, strict=True)
    )
    return Plan(report, chosen, certificates, rows, tuple(known), paper, mark_of(u))


def prepared_of(plan: Plan, template: TemplateName, emblem: Emblem | None = None) -> Prepared:
    """Return the pages of a plan, set and ready to be drawn.

    Raises:
        CannotPrint: what does not fit or cannot be drawn.
    """
    found = prepare(
        plan.certificates, template=template, paper=plan.paper, emblem=emblem, mark=plan.mark
    )
    if not isinstance(found, Prepared):
        raise refusal_of(found)
    return found


def _record(u: UnitOfWork, plan: Plan, template: TemplateName, printing: Printing) -> None:
    """Keep what is printed, and sign the prizes off if nobody has yet."""
    if plan.report.signed is None:
        settled = settle_prizes(plan.report.round.prizes, plan.report.ranking, {}, "")
        add_sign_off(u, plan.report.round, settled, "")
    u.awards.keep_certificates(plan.rows)
    way = "whole" if printing.way.ground else "text"
    u.awards.add_prints(plan.rows, way=way, target=printing.target, reason=clean(printing.reason))
    u.log("awards.certificates_made", template=template, count=len(plan.rows))


def _chosen(item: Round, awards: Sequence[Award], wish: str | None) -> tuple[Award, ...]:
    """Return the awards of one prize, told by id or name, or all of them."""
    if wish is None:
        wanted = {prize.id for prize in item.prizes}
    else:
        key = match_key(wish)
        wanted = {p.id for p in item.prizes if key in (match_key(p.id), match_key(p.vi))}
        if not wanted:
            known = ", ".join(prize.id for prize in item.prizes)
            raise JudgeError("awards.unknown_award", place=wish, known=known)
    return tuple(award for award in awards if award.prize in wanted)


def _serials(
    item: Round,
    chosen: Sequence[Award],
    known: Sequence[CertificateRow],
    year: int,
    template: TemplateName,
) -> dict[tuple[ContestantId, str], str]:
    """Return each paper's serial: the one it has, else the next ones in the order of prizes."""
    serials = {
        (row.contestant, row.prize): row.serial
        for row in known
        if row.round == item.id and row.template == template
    }
    without = [a for a in chosen if (a.contestant, a.prize) not in serials]
    fresh = next_serials((row.serial for row in known), year, len(without))
    for award, serial in zip(without, fresh, strict=True):
        serials[award.contestant, award.prize] = serial
    return serials


def _certificate(report: PrizeReport, award: Award, serial: str, title: str) -> Certificate:
    person = report.people[award.contestant]
    prize: Prize | None = report.prize(award.prize)
    return Certificate(
        serial=serial,
        contestant=award.contestant,
        name=person.name,
        post=person.post,
        unit=person.unit,
        prize=prize.vi if prize else award.prize,
        contest=title,
        team=report.round.team,
    )


def _row(
    item: Round, award: Award, certificate: Certificate, template: TemplateName, paper: Paper
) -> CertificateRow:
    fields = {
        **{key: value for key, value in asdict(certificate).items() if key != "serial"},
        "paper": papers_body(Papers(both=paper)),
    }
    digest = sha256(to_json([certificate.serial, template, fields]).encode()).hexdigest()
    return CertificateRow(
        certificate.serial, item.id, award.contestant, award.prize, template, fields, digest, ""
    )


def _own_files(out: Path, certificates: Sequence[Certificate]) -> list[Path]:
    folder = out.with_suffix("")
    names: list[str] = []
    for certificate in certificates:
        wish = f"{certificate.serial} {certificate.name}"
        names.append(safe_name(wish, ending=".pdf", taken=names))
    return [folder / name for name in names]


def _write(
    out: Path, together: bytes, files: Sequence[Path], prepared: Prepared, way: PrintWay
) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if files:
            files[0].parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from error
    for index, file in enumerate(files):
        write_atomically(file, draw_one(prepared, index, way))
    write_atomically(out, together)


def _made(plan: Plan, files: Sequence[Path]) -> list[MadeCertificate]:
    before = {row.serial: row.sha256 for row in plan.known}
    made = []
    for index, (award, certificate, row) in enumerate(
        zip(plan.awards, plan.certificates, plan.rows, strict=True)
    ):
        state: State = "new"
        if row.serial in before:
            state = "same" if before[row.serial] == row.sha256 else "changed"
        made.append(
            MadeCertificate(certificate, award.prize, files[index] if files else None, state)
        )
    return made


def refusal_of(problems: Sequence[CertificateProblem]) -> CannotPrint:
    """Return the refusal that names the person and the reason, or all persons."""
    first = problems[0]
    if len(problems) > 1:
        names = dict.fromkeys(p.certificate.name if p.certificate else p.text for p in problems)
        return CannotPrint(
            "awards.several_problems", problems, count=len(problems), names="; ".join(names)
        )
    letters = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in first.letters)
    person = first.certificate
    if person is None:
        office = "awards.paper_letter" if letters else "awards.paper_no_room"
        return CannotPrint(office, problems, text=first.text, letters=letters)
    own = "awards.letter" if letters else "awards.no_room"
    return CannotPrint(
        own,
        problems,
        place=person.contestant,
        name=person.name,
        text=first.text,
        letters=letters,
    )
