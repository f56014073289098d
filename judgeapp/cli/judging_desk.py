"""Calls of the feature `judging` for one judge's own work on a pack."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import CallGroup, Calls, add_contest, machine, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser
from judgeapp.domain.entries import clock_text
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.numbers import plain

if TYPE_CHECKING:
    from judgeapp.domain.marks import MarkEvent
    from judgeapp.domain.own_marks import OwnEntry
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_notes import Note


def add_desk_calls(calls: Calls, group: CallGroup) -> None:
    """Add these calls to the group of `judging`."""
    text = calls.text
    review = group.call("review", _review)
    note = group.call("note", _note)
    comment = group.call("comment", _comment)
    problem = group.call("problem", _problem)
    sheet = group.call("sheet", _sheet)
    for call in (review, note, comment, problem, sheet):
        _add_desk(calls, call)
    for call in (note, comment, problem):
        call.add_argument("entry", metavar="ID", help=text("cli.judging.contestant"))
    for call in (comment, problem):
        call.add_argument("--text", required=True, metavar="T", help=text("cli.judging.remark"))
    note.add_argument("--text", metavar="T", help=text("cli.judging.note.text"))
    note.add_argument("--at", type=float, default=0.0, metavar="S", help=text("cli.judging.at"))
    note.add_argument("--remove", type=int, metavar="N", help=text("cli.judging.note.remove"))
    sheet.add_argument(
        "--out", required=True, type=Path, metavar="FILE.pdf", help=text("cli.judging.sheet.out")
    )
    remarks = group.call("remarks", _remarks)
    add_contest(remarks)
    remarks.add_argument("--round", metavar="R", help=text("cli.judging.round"))


def _add_desk(calls: Calls, call: Parser) -> None:
    text = calls.text
    call.add_argument("pack", type=Path, metavar="PACK", help=text("cli.judging.pack"))
    call.add_argument("--judge", required=True, metavar="J", help=text("cli.judging.judge"))
    call.add_argument("--desk", type=Path, metavar="DIR", help=text("cli.judging.desk"))


def _desk(options: argparse.Namespace) -> Desk:
    from judgeapp.services.desk import open_desk

    return open_desk(machine(), pack=options.pack, judge=options.judge, folder=options.desk).value


def _review(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.desk_view import desk_view

    view = desk_view(_desk(options))
    handed = view.handed_in
    console.answer(
        {
            "judge": view.judge,
            "round": view.pack.round.id,
            "missing": view.missing,
            "entries": [_entry_body(entry) for entry in view.entries],
            "barred": [entry.id for entry in view.barred],
            "handed_in": handed and {"number": handed.number, "receipt": handed.receipt,
                                     "at": handed.at, "whole": handed.whole, "old": handed.old},
        }
    )  # fmt: skip
    names = {entry.id: entry.name for entry in view.pack.entries}
    for entry in view.entries:
        console.say(
            "judging.review.row",
            contestant=entry.contestant,
            name=names[entry.contestant],
            points=entry.so_far,
            missing=entry.missing,
            rank=entry.rank or "–",
        )
    console.say("judging.review.end", missing=view.missing, entries=len(view.entries))
    return DONE


def _entry_body(entry: OwnEntry) -> dict[str, object]:
    return {
        "contestant": entry.contestant,
        "total": None if entry.total is None else plain(entry.total),
        "so_far": plain(entry.so_far),
        "missing": entry.missing,
        "rank": entry.rank,
        "hints": [hint.kind for hint in entry.hints],
        "comment": entry.remark("comment") or None,
        "problem": entry.remark("problem") or None,
    }


def _note(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.errors import JudgeError
    from judgeapp.services.desk_notes import add_note, notes_of, remove_note

    desk, entry = _desk(options), ContestantId(options.entry)
    notes = notes_of(desk, contestant=entry)
    if options.text is not None:
        at_ms = round(options.at * 1000)
        notes = add_note(desk, contestant=entry, at_ms=at_ms, text=options.text).value
    elif options.remove is not None:
        if not 1 <= options.remove <= len(notes):
            raise JudgeError("judging.no_such_note", place=str(options.remove), count=len(notes))
        note = notes[options.remove - 1]
        notes = remove_note(desk, contestant=entry, note=note).value
    console.answer({"notes": [_note_body(note) for note in notes]})
    for number, note in enumerate(notes, start=1):
        console.line(f"{number}. {clock_text(note.at_ms / 1000)} {note.text}")
    return DONE


def _note_body(note: Note) -> dict[str, object]:
    return {"seconds": note.at_ms / 1000, "text": note.text}


def _comment(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.marking import comment_on_entry

    done = comment_on_entry(
        _desk(options), contestant=ContestantId(options.entry), comment=options.text
    )
    return _remarked(console, done, options.entry)


def _problem(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.marking import report_problem

    done = report_problem(
        _desk(options), contestant=ContestantId(options.entry), problem=options.text
    )
    return _remarked(console, done, options.entry)


def _remarked(console: Console, done: Outcome[MarkEvent | None], entry: str) -> int:
    console.answer({"entry": entry, "stored": done.value is not None})
    console.say("judging.remarked", contestant=entry)
    return DONE


def _sheet(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.score_sheet import write_score_sheet

    written = write_score_sheet(_desk(options), target=options.out).value
    console.answer({"file": str(written.file), "pages": written.pages})
    console.say("judging.sheet", file=written.file, pages=written.pages)
    return DONE


def _remarks(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.remarks import remarks_on_entries

    found = remarks_on_entries(opened(options), round_id=options.round)
    console.answer({"remarks": [vars(remark) for remark in found]})
    for remark in found:
        console.say(
            f"judging.remark.{remark.kind}",
            contestant=remark.contestant,
            judge=remark.judge,
            text=remark.text,
        )
    return DONE
