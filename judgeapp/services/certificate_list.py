"""The certificates there are to print: whether each fits, how it looks, what was printed."""

from __future__ import annotations

from dataclasses import dataclass

from judgeapp.domain.awards import Certificate
from judgeapp.domain.contest import Round
from judgeapp.domain.ids import ContestantId
from judgeapp.formats.certificate_pdf import (
    Prepared,
    Problem,
    TemplateName,
    draw_one,
    kind_of,
    prepare,
)
from judgeapp.formats.certificate_words import open_facts
from judgeapp.services.certificates import plan_of, prepared_of
from judgeapp.services.context import Context


@dataclass(frozen=True)
class Sheet:
    """One certificate to print.

    Attributes:
        serial: its number, or None while it has not been printed: the print gives it.
        problems: what does not fit or cannot be drawn; empty if it can be printed.
        printed_at: when it was printed last, or None.
        printed_otherwise: what was printed says something else than it would now.
    """

    certificate: Certificate
    serial: str | None
    problems: tuple[Problem, ...]
    printed_at: str | None
    printed_otherwise: bool


@dataclass(frozen=True)
class PrintedLine:
    """One line of the print log: a serial and what was printed last with it."""

    serial: str
    contestant: ContestantId
    name: str
    template: str
    at: str


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
    shared: list[Problem] = []
    sheets: list[Sheet] = []
    for certificate, row in zip(plan.certificates, plan.rows, strict=True):
        found = prepare([certificate], template=template, paper=plan.paper)
        problems = () if isinstance(found, Prepared) else tuple(found)
        shared += [one for one in problems if one.certificate is None and one not in shared]
        printed = before.get(certificate.serial)
        sheets.append(
            Sheet(
                certificate,
                certificate.serial if printed else None,
                tuple(one for one in problems if one.certificate is not None),
                printed.made_at if printed else None,
                printed is not None
                and printed.template == template
                and printed.sha256 != row.sha256,
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
        tuple(
            PrintedLine(
                row.serial, row.contestant, str(row.fields["name"]), row.template, row.made_at
            )
            for row in sorted(plan.known, key=lambda row: (row.made_at, row.serial), reverse=True)
        ),
    )


def preview_certificate(
    app: Context, *, contestant: str, template: TemplateName = "lotus", round_id: str | None = None
) -> bytes:
    """Return one certificate as a PDF; it uses up no serial and is not recorded.

    Raises:
        CannotPrint: what does not fit or cannot be drawn.
        JudgeError: ``awards.nobody`` if that contestant gets no prize.
    """
    with app.read() as u:
        plan = plan_of(u, app, template, None, round_id, [contestant])
    return draw_one(prepared_of(plan, template), 0)
