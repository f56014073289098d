"""Calls of the feature `entries` for one contestant: hand in, replace, keep, convert."""

from __future__ import annotations

import argparse
from pathlib import Path

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.entries import EntryFile
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import nfc


def add_care_calls(calls: Calls, group: CallGroup) -> None:
    """Add these calls to the group of `entries`."""
    text = calls.text
    hand_in, replace = group.call("hand-in", _hand_in), group.call("replace", _replace)
    keep, convert = group.call("keep", _keep), group.call("convert", _convert)
    for call in (hand_in, replace, keep, convert):
        add_contest(call)
        call.add_argument("contestant", metavar="ID", help=text("cli.entries.replace.id"))
        call.add_argument("--part", metavar="ID", help=text("cli.entries.replace.part"))
        call.add_argument("--round", metavar="ID", help=text("cli.entries.round"))
    for call in (hand_in, replace):
        call.add_argument("file", type=Path, metavar="FILE", help=text("cli.entries.replace.file"))
    replace.add_argument("--reason", required=True, metavar="TEXT", help=text("cli.reason"))
    decided = keep.add_mutually_exclusive_group(required=True)
    decided.add_argument("--reason", metavar="TEXT", help=text("cli.reason"))
    decided.add_argument("--undo", action="store_true", help=text("cli.entries.keep.undo"))


def _whose(options: argparse.Namespace) -> ContestantId:
    return ContestantId(nfc(options.contestant))


def _tell(console: Console, key: str, file: EntryFile) -> int:
    console.answer({"contestant": file.contestant, "part": file.part, "stored": file.stored_name})
    console.say(key, contestant=file.contestant, file=file.original_name)
    return DONE


def _hand_in(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries import hand_in_entry

    file = hand_in_entry(
        opened(options),
        contestant=_whose(options),
        file=options.file,
        part_id=options.part,
        round_id=options.round,
    ).value
    return _tell(console, "entries.handed_in", file)


def _replace(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries import replace_entry

    file = replace_entry(
        opened(options),
        contestant=_whose(options),
        file=options.file,
        reason=options.reason,
        part_id=options.part,
        round_id=options.round,
    ).value
    return _tell(console, "entries.replaced", file)


def _keep(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries_keep import keep_entry, stop_keeping_entry

    app, contestant = opened(options), _whose(options)
    if options.undo:
        files = stop_keeping_entry(
            app, contestant=contestant, part_id=options.part, round_id=options.round
        ).value
    else:
        files = keep_entry(
            app,
            contestant=contestant,
            part_id=options.part,
            round_id=options.round,
            reason=options.reason,
        ).value
    console.answer({"contestant": contestant, "files": [file.original_name for file in files]})
    key = "entries.kept_no_more" if options.undo else "entries.kept"
    names = ", ".join(nfc(file.original_name) for file in files)
    console.say(key, contestant=contestant, files=names)
    return DONE


def _convert(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries_convert import convert_entry

    file = convert_entry(
        opened(options),
        contestant=_whose(options),
        part_id=options.part,
        round_id=options.round,
        progress=console.progress,
    ).value
    return _tell(console, "entries.converted", file)
