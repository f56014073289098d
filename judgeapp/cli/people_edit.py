"""Calls of the feature `people` about one contestant: show, edit; and drawing numbers by lot."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId

if TYPE_CHECKING:
    from judgeapp.services.people_edit import Happening


def add_edit_calls(calls: Calls, group: CallGroup) -> None:
    """Add ``people show``, ``people edit`` and ``people draw``."""
    show = group.call("show", _show)
    add_contest(show)
    show.add_argument("contestant", metavar="ID", help=calls.text("cli.people.contestant"))
    edit = group.call("edit", _edit)
    add_contest(edit)
    edit.add_argument("contestant", metavar="ID", help=calls.text("cli.people.contestant"))
    edit.add_argument(
        "--set",
        dest="changes",
        action="append",
        required=True,
        metavar="FIELD=TEXT",
        help=calls.text("cli.people.set"),
    )
    edit.add_argument("--reason", required=True, metavar="TEXT", help=calls.text("cli.reason"))
    draw = group.call("draw", _draw)
    add_contest(draw)
    draw.add_argument("--seed", type=int, metavar="N", help=calls.text("cli.people.seed"))


def person_answer(values: Mapping[str, object]) -> dict[str, object]:
    """Return a contestant as ``--json`` shows one: without our number of the organisation."""
    return {key: value for key, value in values.items() if key != "unit_id"}


def _show(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people_edit import show_person

    card = show_person(opened(options), contestant=ContestantId(options.contestant))
    history = [{**vars(item), "changes": list(item.changes)} for item in card.history]
    person = {**person_answer(vars(card.contestant)), "unit": card.unit}
    console.answer({"contestant": person, "history": history})
    if console.as_json:
        return DONE
    for field, value in person.items():
        if field in ("id", "withdrawn") or value is None:
            continue
        console.say("people.field_line", field=console.texts(f"people.field.{field}"), value=value)
    for item in card.history:
        console.line(_in_words(item, console))
    return DONE


def _in_words(item: Happening, console: Console) -> str:
    nothing = console.texts("people.blank")
    changes = "; ".join(
        console.texts(
            "people.field_change",
            field=console.texts("people.head.number" if field == "id" else f"people.field.{field}"),
            before=before or nothing,
            after=after or nothing,
        )
        for field, before, after in item.changes
    )
    what = console.texts(f"people.happened.{item.what}")
    return console.texts(
        "people.happening", at=item.at, what=what, reason=item.reason, changes=changes
    )


def _edit(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people_edit import edit_contestant

    changes = {}
    for pair in options.changes:
        field, equals, text = pair.partition("=")
        if not equals:
            raise JudgeError("people.set_without_equals", place=pair)
        changes[field.strip()] = text
    person = edit_contestant(
        opened(options),
        contestant=ContestantId(options.contestant),
        changes=changes,
        reason=options.reason,
    ).value
    console.answer({"contestant": person_answer(vars(person))})
    console.say("people.edited", id=person.id, name=person.name)
    return DONE


def _draw(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.people_edit import draw_numbers

    report = draw_numbers(opened(options), seed=options.seed).value
    console.answer({"seed": report.seed, "numbers": dict(report.numbers)})
    console.say("people.drawn", count=len(report.numbers), seed=report.seed)
    return DONE
