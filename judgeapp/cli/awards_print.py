"""Calls of the feature `awards` that print: certificates, their list, previews, calibration."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser
from judgeapp.domain.papers import read_shift

if TYPE_CHECKING:
    from judgeapp.domain.printing import PrintWay
    from judgeapp.services.certificates import CertificateProblem, CertificateReport


def add_print_calls(calls: Calls, group: CallGroup) -> None:
    """Add the calls that print."""
    _add_certificates(calls, group.call("certificates", _certificates))
    sheets = group.call("sheets", _sheets)
    add_contest(sheets)
    _add_template(calls, sheets)
    preview = group.call("preview", _preview)
    add_contest(preview)
    preview.add_argument("contestant", metavar="ID", help=calls.text("cli.awards.preview.id"))
    preview.add_argument(
        "out", type=Path, metavar="OUT.pdf", help=calls.text("cli.awards.preview.out")
    )
    _add_template(calls, preview)
    _add_way(calls, preview)
    calibrate = group.call("calibrate", _calibrate)
    calibrate.add_argument(
        "out", type=Path, metavar="OUT.pdf", help=calls.text("cli.awards.preview.out")
    )
    calibrate.add_argument("--shift", metavar="X;Y", help=calls.text("cli.awards.shift"))


def _add_template(calls: Calls, parser: Parser) -> None:
    parser.add_argument(
        "--template",
        choices=("drum", "lotus"),
        default="lotus",
        help=calls.text("cli.awards.certificates.template"),
    )
    parser.add_argument("--round", metavar="R", help=calls.text("cli.awards.round"))


def _add_certificates(calls: Calls, parser: Parser) -> None:
    add_contest(parser)
    parser.add_argument(
        "out", type=Path, metavar="OUT.pdf", help=calls.text("cli.awards.certificates.out")
    )
    parser.add_argument("--award", metavar="A", help=calls.text("cli.awards.certificates.award"))
    parser.add_argument(
        "--each", action="store_true", help=calls.text("cli.awards.certificates.each")
    )
    parser.add_argument(
        "--only", metavar="ID,ID,…", help=calls.text("cli.awards.certificates.only")
    )
    parser.add_argument(
        "--emblem", type=Path, metavar="IMAGE", help=calls.text("cli.awards.certificates.emblem")
    )
    parser.add_argument(
        "--reason", default="", metavar="TEXT", help=calls.text("cli.awards.certificates.reason")
    )
    _add_template(calls, parser)
    _add_way(calls, parser)


def _add_way(calls: Calls, parser: Parser) -> None:
    parser.add_argument("--text-only", action="store_true", help=calls.text("cli.awards.text_only"))
    parser.add_argument("--shift", metavar="X;Y", help=calls.text("cli.awards.shift"))


def _way(options: argparse.Namespace) -> PrintWay:
    """Return how to print; raises as `read_shift` does."""
    from judgeapp.domain.printing import PrintWay

    right, down = read_shift(options.shift or "0;0")
    return PrintWay(ground=not getattr(options, "text_only", False), right=right, down=down)


def _calibrate(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.print_setup import calibration_sheet
    from judgeapp.system.files import write_atomically

    write_atomically(options.out, calibration_sheet(_way(options), console.texts.language))
    console.answer({"file": str(options.out)})
    console.say("awards.previewed", file=options.out)
    return DONE


def _certificates(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.certificates import CannotPrint, Printing, make_certificates

    try:
        report = make_certificates(
            opened(options),
            out=options.out,
            template=options.template,
            award=options.award,
            only=options.only.replace(" ", "").split(",") if options.only else None,
            each=options.each,
            emblem=options.emblem,
            printing=Printing(_way(options), reason=options.reason),
            round_id=options.round,
            progress=console.progress,
        ).value
    except CannotPrint as refusal:
        if len(refusal.problems) > 1:
            _say_problems(refusal.problems, console)
        raise
    console.answer(_made(report))
    _say_made(report, console)
    return DONE


def _sheets(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.certificate_list import certificate_sheets

    found = certificate_sheets(opened(options), template=options.template, round_id=options.round)
    console.answer(
        {
            "round": found.round.id,
            "template": found.template,
            "sheets": [
                {
                    "contestant": sheet.certificate.contestant,
                    "serial": sheet.serial,
                    "fits": not sheet.problems,
                    "printed_at": sheet.printed_at,
                }
                for sheet in found.sheets
            ],
        }
    )
    console.table(
        [console.texts(f"awards.head.{head}") for head in ("serial", "name", "prize", "state")],
        [
            (
                sheet.serial or "–",
                sheet.certificate.name,
                sheet.certificate.prize,
                console.texts(f"awards.fits.{'no' if sheet.problems else 'yes'}"),
            )
            for sheet in found.sheets
        ],
    )
    _say_problems([*found.shared, *(p for s in found.sheets for p in s.problems)], console)
    return DONE


def _preview(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.certificate_list import preview_certificate
    from judgeapp.services.certificates import refusal_of
    from judgeapp.system.files import write_atomically

    view = preview_certificate(
        opened(options),
        contestant=options.contestant,
        template=options.template,
        way=_way(options),
        round_id=options.round,
    )
    if view.problems:
        raise refusal_of(view.problems)
    write_atomically(options.out, view.pdf)
    console.answer({"file": str(options.out)})
    console.say("awards.previewed", file=options.out)
    return DONE


def _made(report: CertificateReport) -> dict[str, object]:
    return {
        "file": None if report.file is None else str(report.file),
        "template": report.template,
        "signed_now": report.signed_now,
        "open_facts": list(report.open_facts),
        "certificates": [
            {
                "serial": item.certificate.serial,
                "contestant": item.certificate.contestant,
                "name": item.certificate.name,
                "prize": item.prize,
                "file": None if item.file is None else str(item.file),
                "state": item.state,
            }
            for item in report.certificates
        ],
    }


def _say_problems(problems: Iterable[CertificateProblem], console: Console) -> None:
    for problem in problems:
        why = "awards.problem.letter" if problem.letters else "awards.problem.no_room"
        who = problem.certificate.name if problem.certificate else problem.text
        console.say(why, who=who, text=problem.text, letters=" ".join(problem.letters))


def _say_made(report: CertificateReport, console: Console) -> None:
    if report.signed_now:
        console.say("awards.signed_by_printing")
    console.table(
        [console.texts(f"awards.head.{head}") for head in ("serial", "name", "state")],
        [
            (
                item.certificate.serial,
                item.certificate.name,
                console.texts(f"awards.state.{item.state}"),
            )
            for item in report.certificates
        ],
    )
    console.say("awards.made", count=len(report.certificates), file=report.file)
    own = next((item.file for item in report.certificates if item.file), None)
    if own is not None:
        console.say("awards.made_each", folder=own.parent)
    if report.open_facts:
        facts = ", ".join(console.texts(f"awards.fact.{fact}") for fact in report.open_facts)
        console.say("awards.open_facts", facts=facts)
