"""Calls of the feature `people`: import, take back, withdraw, substitute, list."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.people_edit import add_edit_calls, person_answer
from judgeapp.cli.people_said import said_to
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import sort_key

if TYPE_CHECKING:
    from judgeapp.cli.parser import Parser
    from judgeapp.domain.doubts import Doubt
    from judgeapp.domain.people import Contestant
    from judgeapp.services.people import ImportReport
    from judgeapp.services.people_preview import Hidden
    from judgeapp.services.units import UnitsReport


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("people")
    _add_import(calls, group.call("units", _units))
    _add_import(calls, group.call("import", _import))
    add_contest(group.call("undo", _undo))
    people = group.call("list", _list)
    add_contest(people)
    people.add_argument("--by-name", action="store_true", help=calls.text("cli.people.by_name"))
    add_edit_calls(calls, group)
    for name, call in (
        ("withdraw", _withdraw),
        ("reinstate", _reinstate),
        ("substitute", _substitute),
    ):
        parser = group.call(name, call)
        add_contest(parser)
        parser.add_argument("contestant", metavar="ID", help=calls.text("cli.people.contestant"))
        if name == "substitute":
            parser.add_argument(
                "--name", required=True, metavar="TEXT", help=calls.text("cli.people.new_name")
            )
        parser.add_argument(
            "--reason", required=True, metavar="TEXT", help=calls.text("cli.reason")
        )


def _add_import(calls: Calls, parser: Parser) -> None:
    add_contest(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help=calls.text("cli.people.file"))
    parser.add_argument("--sheet", metavar="NAME", help=calls.text("cli.people.sheet"))
    parser.add_argument("--hidden", choices=("take", "skip"), help=calls.text("cli.people.hidden"))
    parser.add_argument(
        "--map",
        dest="columns",
        action="append",
        nargs="+",
        default=[],
        metavar="FIELD=COLUMN",
        help=calls.text("cli.people.map"),
    )
    parser.add_argument(
        "--answer",
        dest="answers",
        action="append",
        default=[],
        metavar="ROW:FIELD=ANSWER",
        help=calls.text("cli.people.answer"),
    )
    parser.add_argument("--accept", action="store_true", help=calls.text("cli.people.accept"))
    parser.add_argument("--dry-run", action="store_true", help=calls.text("cli.people.dry_run"))


class _Given(TypedDict):
    """What a person said about the list to import."""

    file: Path
    sheet: str | None
    hidden: Hidden | None
    columns: dict[str, str]


def _given(options: argparse.Namespace) -> _Given:
    return {
        "file": options.file,
        "sheet": options.sheet,
        "hidden": options.hidden,
        "columns": _columns(options),
    }


def _columns(options: argparse.Namespace) -> dict[str, str]:
    """Return the columns that the person named, by field."""
    columns = {}
    for pair in [pair for group in options.columns for pair in group]:
        field, equals, column = pair.partition("=")
        if not equals:
            raise JudgeError("people.map_without_equals", place=pair)
        columns[field.strip()] = column.strip()
    return columns


def _import(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.cli.people_answer import people_answer
    from judgeapp.cli.people_words import say_people
    from judgeapp.services.people import import_contestants, preview_import

    app, given = opened(options), _given(options)
    answers = (
        said_to(options.answers, preview_import(app, **given).doubts) if options.answers else {}
    )
    if options.dry_run:
        preview = preview_import(app, **given, answers=answers)
        say_people(preview, console)
        return _previewed(people_answer(preview, console.texts, written=0), console)
    report = import_contestants(app, **given, accept=options.accept, answers=answers).value
    say_people(report.preview, console)
    answer = people_answer(report.preview, console.texts, written=report.written)
    counts = {"new": len(report.new), "changed": len(report.changed)}
    return _imported(report, answer, options, console, said="people.written", counts=counts)


def _units(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.cli.people_answer import units_answer
    from judgeapp.cli.people_words import say_units
    from judgeapp.services.units import import_units, preview_units

    app, given = opened(options), _given(options)
    answers = (
        said_to(options.answers, preview_units(app, **given).doubts) if options.answers else {}
    )
    if options.dry_run:
        preview = preview_units(app, **given, answers=answers)
        say_units(preview, console)
        return _previewed(units_answer(preview, console.texts, written=0), console)
    report = import_units(app, **given, accept=options.accept, answers=answers).value
    say_units(report.preview, console)
    answer = units_answer(report.preview, console.texts, written=report.written)
    counts = {"new": len(report.preview.new), "changed": len(report.preview.updates)}
    return _imported(report, answer, options, console, said="people.units_written", counts=counts)


def _previewed(answer: Mapping[str, object], console: Console) -> int:
    console.answer(answer)
    console.say("people.dry_run")
    return DONE


def _imported(
    report: ImportReport | UnitsReport,
    answer: Mapping[str, object],
    options: argparse.Namespace,
    console: Console,
    *,
    said: str,
    counts: Mapping[str, int],
) -> int:
    """Say what an import wrote, or why it wrote nothing; return the exit code."""
    if report.import_id is not None:
        console.answer(answer)
        console.say(said, **counts)
        return DONE
    refusal = _refusal(
        report.preview.source.file,
        report.preview.doubts,
        options,
        usable=bool(report.preview.rows),
    )
    if refusal is not None:
        return console.refuse(refusal, answer)
    console.answer(answer)
    console.say("people.nothing_new")
    return DONE


def _refusal(
    file: str, doubts: tuple[Doubt, ...], options: argparse.Namespace, *, usable: bool
) -> JudgeError | None:
    """Return why an import wrote nothing, or None if there was nothing new to write."""
    hidden = [item for item in doubts if item.code == "hidden_row" and item.needs_answer]
    asked = [item for item in doubts if item.needs_answer and item.code != "hidden_row"]
    if hidden:
        return JudgeError("people.hidden_undecided", file=file, count=len(hidden))
    if not usable:
        return JudgeError("people.nothing_usable", file=file)
    if asked and not options.accept:
        return JudgeError("people.needs_answers", file=file, count=len(asked))
    return None


def _undo(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people_undo import undo_import

    report = undo_import(opened(options)).value
    console.answer(
        {"import": report.import_id, "what": report.what, "file": report.file,
         "removed": report.removed, "restored": report.restored}
    )  # fmt: skip
    console.say(
        f"people.undone.{report.what}",
        file=report.file,
        removed=report.removed,
        restored=report.restored,
    )
    return DONE


def _withdraw(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people import withdraw

    person = withdraw(
        opened(options), contestant=ContestantId(options.contestant), reason=options.reason
    ).value
    return _changed_person(person, console, said="people.withdrawn")


def _reinstate(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people import reinstate

    person = reinstate(
        opened(options), contestant=ContestantId(options.contestant), reason=options.reason
    ).value
    return _changed_person(person, console, said="people.reinstated")


def _substitute(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people import substitute

    person = substitute(
        opened(options),
        contestant=ContestantId(options.contestant),
        name=options.name,
        reason=options.reason,
    ).value
    return _changed_person(person, console, said="people.substituted")


def _changed_person(person: Contestant, console: Console, *, said: str) -> int:
    console.answer({"contestant": person_answer(vars(person))})
    console.say(said, id=person.id, name=person.name)
    return DONE


def _list(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.cli.people_words import head, say_list
    from judgeapp.services.people_overview import people_overview

    found = people_overview(opened(options))
    lines = list(found.lines)
    if options.by_name:
        lines.sort(key=lambda line: sort_key(line.contestant.name))
    console.answer(
        {
            "contestants": [
                {**person_answer(vars(line.contestant)), "unit": line.unit} for line in lines
            ],
            "last_import": vars(found.last_import) if found.last_import else None,
        }
    )
    say_list(lines, console, head(console))
    return DONE
