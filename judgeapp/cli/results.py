"""Calls of the feature `results`: tally, decisions for ties, finalists, why, and export."""

from __future__ import annotations

import argparse
from pathlib import Path

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console

CSV_STYLES = ("excel-vi", "plain")


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("results")
    tally = group.call("tally", _tally)
    add_contest(tally, nargs="?")
    tally.add_argument("--round", metavar="R", help=calls.text("cli.results.round"))
    tally.add_argument(
        "--sheet", type=Path, metavar="FILE.json", help=calls.text("cli.results.tally.sheet")
    )
    tally.set_defaults(parser=tally)
    decide = group.call("decide", _decide)
    add_contest(decide)
    decide.add_argument("--round", required=True, metavar="R", help=calls.text("cli.results.round"))
    decide.add_argument(
        "--order", required=True, metavar="ID,ID,…", help=calls.text("cli.results.decide.order")
    )
    decide.add_argument(
        "--by", required=True, metavar="TEXT", help=calls.text("cli.results.decide.by")
    )
    decide.add_argument("--reason", required=True, metavar="TEXT", help=calls.text("cli.reason"))
    tie = group.call("tie", _tie)
    add_contest(tie)
    tie.add_argument("--round", metavar="R", help=calls.text("cli.results.round"))
    tie.add_argument(
        "--form", type=Path, metavar="OUT.pdf", help=calls.text("cli.results.tie.form")
    )
    take_all = group.call("take-all", _take_all)
    add_contest(take_all)
    take_all.add_argument(
        "--round", required=True, metavar="R", help=calls.text("cli.results.round")
    )
    take_all.add_argument(
        "--by", required=True, metavar="TEXT", help=calls.text("cli.results.decide.by")
    )
    take_all.add_argument("--reason", required=True, metavar="TEXT", help=calls.text("cli.reason"))
    finalists = group.call("finalists", _finalists)
    add_contest(finalists)
    finalists.add_argument("--round", metavar="R", help=calls.text("cli.results.round"))
    finalists.add_argument(
        "--replace-reason", metavar="TEXT", help=calls.text("cli.results.finalists.replace")
    )
    explain = group.call("explain", _explain)
    add_contest(explain)
    explain.add_argument("contestant", metavar="ID", help=calls.text("cli.results.explain.id"))
    explain.add_argument("--round", metavar="R", help=calls.text("cli.results.round"))
    explain.add_argument(
        "--pdf", type=Path, metavar="OUT.pdf", help=calls.text("cli.results.explain.pdf")
    )
    _add_papers(calls, group)
    export = group.call("export", _export)
    add_contest(export)
    export.add_argument("out", type=Path, metavar="OUT", help=calls.text("cli.results.export.out"))
    export.add_argument(
        "--csv",
        choices=CSV_STYLES,
        default=CSV_STYLES[0],
        help=calls.text("cli.results.export.csv"),
    )


def _add_papers(calls: Calls, group: CallGroup) -> None:
    add_contest(group.call("papers", _papers))
    paper = group.call("paper", _paper)
    add_contest(paper)
    paper.add_argument("document", metavar="ID", help=calls.text("cli.results.paper.id"))
    paper.add_argument(
        "out", type=Path, metavar="OUT.pdf", help=calls.text("cli.results.paper.out")
    )


def _tally(options: argparse.Namespace, console: Console) -> int:
    if (options.contest is None) == (options.sheet is None):
        options.parser.error(console.texts("cli.results.tally.one_of"))
    if options.sheet is not None:
        return _tally_sheet(options.sheet, console)
    from judgeapp.cli.results_answer import round_answer
    from judgeapp.cli.results_words import say_round
    from judgeapp.services.results import tally_round

    found = tally_round(opened(options), round_id=options.round)
    if console.as_json:
        console.answer(round_answer(found, console.texts))
    else:
        say_round(found, console)
    return DONE


def _tally_sheet(file: Path, console: Console) -> int:
    from judgeapp.cli.results_answer import tally_answer
    from judgeapp.cli.results_words import say_tally
    from judgeapp.services.results_sheet import tally_file

    result = tally_file(file=file)
    if console.as_json:
        console.answer(tally_answer(result, console.texts))
    else:
        say_tally(result, console)
    return DONE


def _decide(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.results import decide

    order = decide(
        opened(options),
        round_id=options.round,
        order=options.order.split(","),
        by=options.by,
        reason=options.reason,
    ).value
    console.answer({"round": options.round, "order": list(order)})
    console.say("results.decided", order=", ".join(order))
    return DONE


def _tie(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.numbers import exact
    from judgeapp.domain.round_names import names_of
    from judgeapp.services.results_line import line_tie
    from judgeapp.system.result_words import step_text

    app = opened(options)
    found = line_tie(app, round_id=options.round)
    if options.form is not None:
        from judgeapp.services.results_papers import tie_form

        language = console.texts.language
        _keep(options.form, tie_form(app, round_id=options.round, language=language), console)
    if found is None:
        console.answer({"tie": None})
        console.say("results.no_tie")
        return DONE
    names = names_of(found.held, console.texts.language, found.judges)
    people = [one.id for one in found.contestants]
    rules = {rule.by: rule.values for rule in found.rules}
    console.answer(
        {
            "tie": {
                "round": found.held.id,
                "contestants": people,
                "total": exact(found.total),
                "seats": found.seats,
                "rules": [
                    {
                        "by": by,
                        "values": {key: exact(value) for key, value in (values or {}).items()},
                    }
                    for by, values in rules.items()
                ],
            }
        }
    )
    console.say("results.tie", contestants=", ".join(people), seats=found.seats, total=found.total)
    for by, values in rules.items():
        told = "; ".join(f"{one} {console.texts.number(v)}" for one, v in (values or {}).items())
        console.line(f"  {step_text(names, by, console.texts)}: {told or '–'}")
    return DONE


def _take_all(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.results_line import take_all

    seats = take_all(
        opened(options), round_id=options.round, by=options.by, reason=options.reason
    ).value
    console.answer({"round": options.round, "seats": seats})
    console.say("results.took_all", seats=seats)
    return DONE


def _finalists(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.results import finalists

    found = finalists(
        opened(options), round_id=options.round, replace_reason=options.replace_reason
    ).value
    console.answer(
        {
            "round": found.held.id,
            "contestants": list(found.contestants),
            "signed_now": found.signed_now,
        }
    )
    console.say(
        "results.finalists.signed" if found.signed_now else "results.finalists.unchanged",
        count=len(found.contestants),
        round=found.held.vi,
        contestants=", ".join(found.contestants),
    )
    return DONE


def _keep(file: Path, data: bytes, console: Console) -> None:
    from judgeapp.system.files import write_atomically

    write_atomically(file, data)
    console.say("results.paper.kept", file=file)


def _explain(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.cli.results_answer import explained_answer
    from judgeapp.cli.results_words import say_explained
    from judgeapp.services.results import explain_total, how_firm
    from judgeapp.services.results_papers import why_sheet

    app, asked = opened(options), (options.contestant, options.round)
    found = explain_total(app, contestant=asked[0], round_id=asked[1])
    firm = how_firm(app, contestant=asked[0], round_id=asked[1])
    if options.pdf is not None:
        language = console.texts.language
        sheet = why_sheet(app, contestant=asked[0], round_id=asked[1], language=language)
        _keep(options.pdf, sheet, console)
    if console.as_json:
        console.answer(explained_answer(found, firm))
    else:
        say_explained(found, firm, console)
    return DONE


def _papers(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.documents import list_documents

    found = list_documents(opened(options))
    console.answer(
        {"papers": [{"id": one.id, "ready": one.ready, "count": one.count} for one in found]}
    )
    heads = [console.texts(f"results.papers.{name}") for name in ("id", "what", "state")]
    rows = [
        (
            one.id,
            console.texts(f"gui.documents.{one.kind}", round=one.round.vi if one.round else ""),
            console.texts(f"results.papers.{'ready' if one.ready else 'later'}"),
        )
        for one in found
    ]
    console.table(heads, rows)
    return DONE


def _paper(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.documents import document_pdf

    language = console.texts.language
    data = document_pdf(opened(options), document=options.document, language=language)
    _keep(options.out, data, console)
    console.answer({"file": str(options.out)})
    return DONE


def _export(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.results_export import export_results

    written = export_results(
        opened(options), out=options.out, style=options.csv, language=console.texts.language
    )
    console.answer({"folder": str(written.folder), "files": list(written.files)})
    console.say("results.exported", count=len(written.files), folder=written.folder)
    for name in written.files:
        console.line(f"  {name}")
    return DONE
