"""The certificates there are to print: whether each fits, how it looks, what was printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from judgeapp.domain.awards import Certificate
from judgeapp.domain.contest import Round
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.printing import WHOLE, PrintWay
from judgeapp.formats.certificate_look import Fit, look_at
from judgeapp.formats.certificate_pdf import (
    Problem,
    TemplateName,
    draw_one,
    kind_of,
)
from judgeapp.formats.certificate_words import open_facts
from judgeapp.services.certificates import plan_of
from judgeapp.services.context import Context
from judgeapp.store.awards import CertificateRow, PrintRow
from judgeapp.store.uow import UnitOfWork

FieldFit = Fit  # for those who may not look into the formats; so is the next
FieldProblem = Problem


@dataclass(frozen=True)
class Sheet:
    """One certificate to print.

    Attributes:
        serial: its number, or None while it has not been printed: the print gives it.
        problems: what does not fit or cannot be drawn; empty if it can be printed.
        fits: how each field that differs from sheet to sheet fits.
        printed_at: when it was printed last, or None; ``times`` how often.
        printed_otherwise: what was printed says something else than it would now.
    """

    certificate: Certificate
    serial: str | None
    problems: tuple[Problem, ...]
    fits: tuple[Fit, ...]
    printed_at: str | None
    times: int
    printed_otherwise: bool

    @property
    def shrunk(self) -> tuple[Fit, ...]:
        """The fields that are set smaller than they would be with room."""
        return tuple(fit for fit in self.fits if fit.shrunk and fit.problem is None)


@dataclass(frozen=True)
class PrintedLine:
    """One line of the print log.

    Attributes:
        time: the first, second, … print of that serial.
        way: ``whole``, or ``text`` on a form that was printed before.
        target: ``file``, or the name of a printer.
    """

    id: int
    serial: str
    contestant: ContestantId
    name: str
    template: str
    time: int
    way: str
    target: str
    reason: str
    at: str


@dataclass(frozen=True)
class CertificateView:
    """One certificate as it would be printed, with all that is wrong with it."""

    pdf: bytes
    fits: tuple[Fit, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class CertificateSheets:
    """All certificates of a round on one template.

    Attributes:
        shared: problems of the office's own words, which stand on every sheet.
        open_facts: what the office has not said; printed as dotted lines.
        printable: the prizes are signed off, or the round is closed so that printing signs them.
    """

    round: Round
    template: TemplateName
    sheets: tuple[Sheet, ...]
    shared: tuple[Problem, ...]
    open_facts: tuple[str, ...]
    signed: bool
    printable: bool
    printed: tuple[PrintedLine, ...]


def certificate_sheets(
    app: Context, *, template: TemplateName = "lotus", round_id: str | None = None
) -> CertificateSheets:
    """Return the certificates of a round, each with whether it fits.

    Raises:
        JudgeError: ``awards.line_undecided`` while a prize is a question, ``awards.no_prizes``,
            ``awards.nobody``, …
    """
    with app.read() as u:
        plan = plan_of(u, app, template, None, round_id)
        before = {row.serial: row for row in plan.known}
        signed = plan.report.signed is not None
        printable = signed or u.judging.stage(plan.report.round.id) == "closed"
        printed = _printed(u, plan.known)
    times = Counter(line.serial for line in printed)
    shared: list[Problem] = []
    sheets: list[Sheet] = []
    for certificate, row in zip(plan.certificates, plan.rows, strict=True):
        look = look_at(certificate, template=template, paper=plan.paper)
        shared += [one for one in look.problems if one.certificate is None and one not in shared]
        known = before.get(certificate.serial)
        sheets.append(
            Sheet(
                certificate,
                certificate.serial if known else None,
                tuple(one for one in look.problems if one.certificate is not None),
                look.fits,
                known.made_at if known else None,
                times[certificate.serial],
                known is not None and known.sha256 != row.sha256,
            )
        )
    return CertificateSheets(
        plan.report.round,
        template,
        tuple(sheets),
        tuple(shared),
        tuple(open_facts(plan.paper, with_decision=kind_of(template) == "commendation")),
        signed,
        printable,
        printed,
    )


def _printed(u: UnitOfWork, known: Sequence[CertificateRow]) -> tuple[PrintedLine, ...]:
    """Return the print log, the newest first."""
    by_serial = {row.serial: row for row in known}
    seen: Counter[str] = Counter()
    lines = []
    for item in u.awards.prints():
        seen[item.serial] += 1
        lines.append(_line(item, by_serial[item.serial], seen[item.serial]))
    return tuple(lines[::-1])


def _line(item: PrintRow, row: CertificateRow, time: int) -> PrintedLine:
    return PrintedLine(
        item.id, item.serial, row.contestant, str(row.fields["name"]), row.template, time,
        item.way, item.target, item.reason, item.at,
    )  # fmt: skip


def preview_certificate(
    app: Context,
    *,
    contestant: str,
    template: TemplateName = "lotus",
    way: PrintWay = WHOLE,
    round_id: str | None = None,
) -> CertificateView:
    """Return one certificate as it would be printed; it uses up no serial and is not recorded.

    A field that cannot be printed is an ellipsis, and named.

    Raises:
        JudgeError: ``awards.nobody`` if that contestant gets no prize.
    """
    with app.read() as u:
        plan = plan_of(u, app, template, None, round_id, [contestant])
    look = look_at(plan.certificates[0], template=template, paper=plan.paper, mark=plan.mark)
    return CertificateView(draw_one(look.prepared, 0, way), look.fits, look.problems)
