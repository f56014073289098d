"""Calls of the feature `entries`: attach a folder, look into files, list them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.entries_care import add_care_calls
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.entries import CheckResult, EntryFile, clock_text
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, PartId
from judgeapp.domain.names import nfc

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.domain.handing_in import HandedIn
    from judgeapp.services.entries_attach import AttachReport


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("entries")
    attach = group.call("attach", _attach)
    add_contest(attach)
    attach.add_argument(
        "folder", type=Path, metavar="FOLDER", help=calls.text("cli.entries.attach.folder")
    )
    attach.add_argument(
        "--dry-run", action="store_true", help=calls.text("cli.entries.attach.dry_run")
    )
    attach.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="FILE=ID",
        help=calls.text("cli.entries.attach.match"),
    )
    attach.add_argument("--round", metavar="ID", help=calls.text("cli.entries.round"))
    check = group.call("check", _check)
    add_contest(check, nargs="?")
    check.add_argument(
        "--file", type=Path, nargs="+", metavar="FILE", help=calls.text("cli.entries.check.file")
    )
    check.set_defaults(parser=check)
    check.add_argument("--again", action="store_true", help=calls.text("cli.entries.check.again"))
    check.add_argument(
        "--contestant", metavar="ID", help=calls.text("cli.entries.check.contestant")
    )
    add_care_calls(calls, group)
    listing, lengths = group.call("list", _list), group.call("lengths", _lengths)
    for call in (listing, lengths):
        add_contest(call)
        call.add_argument("--round", metavar="ID", help=calls.text("cli.entries.round"))
    lengths.add_argument(
        "--dry-run", action="store_true", help=calls.text("cli.entries.lengths.dry_run")
    )


# --- attach --------------------------------------------------------------------------------------


def _attach(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries_attach import attach, plan_attach

    app = opened(options)
    answers = _answers(options.match)
    if options.dry_run:
        report = plan_attach(app, folder=options.folder, answers=answers, round_id=options.round)
    else:
        report = attach(
            app,
            folder=options.folder,
            answers=answers,
            round_id=options.round,
            progress=console.progress,
        ).value
    console.answer(
        {
            "round": report.round.id,
            "files": [_handed_in(file) for file in report.files],
            "attached": report.attached,
        }
    )
    _say_attached(console, report, dry_run=options.dry_run)
    return DONE


def _answers(pairs: Sequence[str]) -> dict[str, ContestantId]:
    """Return the files of which a person said whose they are.

    Raises:
        JudgeError: ``entries.bad_answer``.
    """
    answers = {}
    for pair in pairs:
        file, equals, contestant = pair.rpartition("=")
        if not equals or not file or not contestant.strip():
            raise JudgeError("entries.bad_answer", place=pair)
        answers[file] = ContestantId(nfc(contestant.strip()))
    return answers


def _handed_in(file: HandedIn) -> dict[str, object]:
    return {
        "file": file.file,
        "kind": file.kind,
        "contestant": file.contestant,
        "part": file.part,
        "sure": file.contestant is not None,
        "ask_among": list(file.ask_among),
        "ignored": file.ignored,
        "question": file.question,
        "same_as": file.same_as,
        "there": file.there,
    }


def _say_attached(console: Console, report: AttachReport, *, dry_run: bool) -> None:
    taken = [file for file in report.files if file.taken]
    if taken:
        _say_taken(console, report, taken)
    there = sum(file.there for file in report.files)
    if dry_run:
        console.say("entries.would_attach", count=len(taken), there=there)
    else:
        console.say("entries.attached", count=report.attached, there=there)
    for file in report.files:
        if file.same_as is not None and not file.there:
            console.say("entries.twin", file=file.file, other=file.same_as)
    for file in report.questions:
        among = ", ".join(file.ask_among) or console.texts("entries.nobody")
        console.say(
            f"entries.question.{file.question}",
            file=file.file,
            among=among,
            contestant=file.contestant or "",
        )
    ignored = [file.file for file in report.files if file.ignored is not None]
    if ignored:
        console.say("entries.ignored", count=len(ignored), files=", ".join(ignored[:10]))


def _say_taken(console: Console, report: AttachReport, taken: Sequence[HandedIn]) -> None:
    console.table(
        (
            console.texts("entries.head.contestant"),
            console.texts("entries.head.part"),
            console.texts("entries.head.file"),
        ),
        [
            (file.contestant or "", _part(console, report.round, file.part), nfc(file.file))
            for file in taken
        ],
    )


# --- check ---------------------------------------------------------------------------------------


def _check(options: argparse.Namespace, console: Console) -> int:
    if (options.contest is None) == (options.file is None):
        options.parser.error(console.texts("entries.contest_or_files"))
    if options.file is not None:
        return _check_loose(options, console)
    from judgeapp.services.entries_check import check_entries

    app = opened(options)
    files = check_entries(
        app,
        again=options.again,
        contestant=ContestantId(nfc(options.contestant)) if options.contestant else None,
        progress=console.progress,
    ).value
    checked = [(file, file.check) for file in files if file.check is not None]
    console.answer(
        {
            "files": [
                {
                    **_found(console, file.original_name, check),
                    "contestant": file.contestant,
                    "part": file.part,
                    "stored": file.stored_name,
                }
                for file, check in checked
            ]
        }
    )
    _say_checked(console, [(_label(file), check) for file, check in checked])
    return DONE


def _check_loose(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries_check import check_files

    reports = check_files(files=options.file, progress=console.progress)
    console.answer({"files": [_found(console, item.file, item.check) for item in reports]})
    _say_checked(console, [(nfc(item.file), item.check) for item in reports])
    return DONE


def _label(file: EntryFile) -> str:
    return f"{file.contestant} {nfc(file.original_name)}"


def _found(console: Console, file: str, check: CheckResult) -> dict[str, object]:
    """Return what was found in a file, with the keys that cli.md promises, and a few more."""
    return {
        "file": file,
        "kind": check.kind,
        "opens": check.opens,
        "seconds": check.seconds,
        "header_seconds": check.header_seconds,
        "fps": check.fps,
        "width": check.width,
        "height": check.height,
        "rotation": check.rotation,
        "container": check.container,
        "video_codec": check.video_codec,
        "audio_codec": check.audio_codec,
        "sound": check.sound,
        "pages": check.pages,
        "problems": [
            {
                "code": problem.code,
                "message": console.texts(problem.text_key, **problem.params),
                "at": problem.at,
            }
            for problem in check.problems
        ],
        "loudness": check.loudness,
        "usable": check.usable,
    }


def _say_checked(console: Console, checked: Sequence[tuple[str, CheckResult]]) -> None:
    console.table(
        (
            console.texts("entries.head.file"),
            console.texts("entries.head.length"),
            console.texts("entries.head.size"),
            console.texts("entries.head.codecs"),
            console.texts("entries.head.verdict"),
        ),
        [
            (name, _length(console, check), _size(check), _codecs(check), _verdict(console, check))
            for name, check in checked
        ],
    )
    for name, check in checked:
        if check.problems:
            console.line()
            console.line(name)
        for problem in check.problems:
            console.line("  - " + console.texts(problem.text_key, **problem.params))
    good = sum(check.usable for _, check in checked)
    console.line()
    console.say("entries.checked", count=len(checked), good=good, bad=len(checked) - good)


def _length(console: Console, check: CheckResult) -> str:
    if check.seconds is not None:
        return clock_text(check.seconds)
    return console.texts("entries.pages", count=check.pages) if check.pages is not None else "–"


def _size(check: CheckResult) -> str:
    return f"{check.width}×{check.height}" if check.width and check.height else ""


def _codecs(check: CheckResult) -> str:
    names = [check.container, check.video_codec, check.audio_codec]
    return " ".join(name for name in names if name)


def _verdict(console: Console, check: CheckResult) -> str:
    if not check.opens:
        return console.texts("entries.verdict.shut")
    if not check.usable:
        return console.texts("entries.verdict.problems")
    return console.texts("entries.verdict.notes" if check.problems else "entries.verdict.good")


# --- list -------------------------------------------------------------------------------


def _list(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.entries import list_entries, measured_seconds
    from judgeapp.services.entries_check import poster_of, sheet_of

    app = opened(options)
    found = list_entries(app, round_id=options.round)
    lengths = measured_seconds(app, round_id=found.round.id)
    console.answer(
        {
            "round": found.round.id,
            "files": [
                {
                    "contestant": file.contestant,
                    "part": file.part,
                    "kind": file.kind,
                    "file": file.original_name,
                    "stored": file.stored_name,
                    "size": file.size,
                    "sha256": file.sha256,
                    "seconds": lengths.get((file.contestant, file.part)),
                    "poster": _path(poster_of(app, file)),
                    "sheet": _path(sheet_of(app, file)),
                    "checked": file.check is not None,
                    "usable": file.check.usable if file.check else None,
                    "kept": file.kept.reason if file.kept else None,
                }
                for file in found.files
            ],
            "missing": [
                {"contestant": item.contestant, "part": item.part} for item in found.missing
            ],
        }
    )
    console.table(
        (
            console.texts("entries.head.contestant"),
            console.texts("entries.head.part"),
            console.texts("entries.head.file"),
            console.texts("entries.head.verdict"),
        ),
        [
            (
                file.contestant,
                _part(console, found.round, file.part),
                nfc(file.original_name),
                _verdict(console, file.check)
                if file.check
                else console.texts("entries.verdict.unchecked"),
            )
            for file in found.files
        ],
    )
    for item in found.missing:
        part = _part(console, found.round, item.part)
        console.say("entries.missing", contestant=item.contestant, part=part)
    return DONE


def _part(console: Console, held: Round, part_id: PartId | None) -> str:
    """Return the name of a part in the language of the output."""
    part = held.part(part_id) if part_id is not None else None
    if part is None:
        return part_id or ""
    return part.en if console.texts.language == "en" else part.vi


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _lengths(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.lengths import lengths_to_take, take_lengths

    app = opened(options)
    if options.dry_run:
        found = lengths_to_take(app, round_id=options.round)
        console.answer(
            {
                "lengths": [
                    {"contestant": contestant, "part": part, "seconds": seconds}
                    for (contestant, part), seconds in found.seconds.items()
                ],
                "outside": found.outside,
            }
        )
        console.say("entries.lengths", count=len(found.seconds), outside=found.outside)
        return DONE
    taken = take_lengths(app, round_id=options.round).value
    console.answer({"stored": taken.stored, "unchanged": taken.unchanged})
    console.say("judging.facts_set", stored=taken.stored, unchanged=taken.unchanged)
    return DONE
