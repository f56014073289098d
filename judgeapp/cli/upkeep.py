"""Calls of the feature `upkeep`: back up, restore, check, and read the log."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, add_contest, machine, opened
from judgeapp.cli.output import DONE, REFUSED, Console
from judgeapp.domain.errors import JudgeError

if TYPE_CHECKING:
    from judgeapp.services.backup import BackupReport
    from judgeapp.services.upkeep import CheckReport, Fault

_MEGABYTE = 1_000_000


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("upkeep")
    backup = group.call("backup", _backup)
    add_contest(backup)
    backup.add_argument("out", type=Path, metavar="OUT", help=calls.text("cli.upkeep.backup.out"))
    restore = group.call("restore", _restore)
    restore.add_argument(
        "file", type=Path, metavar="FILE", help=calls.text("cli.upkeep.restore.file")
    )
    restore.add_argument(
        "folder", type=Path, metavar="DIR", help=calls.text("cli.upkeep.restore.folder")
    )
    add_contest(group.call("check", _check))
    log = group.call("log", _log)
    add_contest(log)
    log.add_argument("--since", metavar="DATE", help=calls.text("cli.upkeep.log.since"))
    log.add_argument("--csv", type=Path, metavar="OUT.csv", help=calls.text("cli.upkeep.log.csv"))


def _backup(options: argparse.Namespace, console: Console) -> int:
    made = _made_backup(options, console)
    left_out = [{"file": item.name, "reason": item.reason} for item in made.left_out]
    console.answer(
        {
            "file": str(made.file),
            "contest": made.contest_id,
            "made_at": made.made_at,
            "files": made.files,
            "bytes": made.bytes,
            "left_out": left_out,
            "missing": list(made.missing),
        }
    )
    size = Fraction(made.bytes, _MEGABYTE)
    console.say("upkeep.backed_up", file=made.file, files=made.files, megabytes=size)
    for item in made.left_out:
        console.say("upkeep.left_out", name=item.name)
    for name in made.missing:
        console.say("upkeep.missing", name=name)
    return DONE


def _made_backup(options: argparse.Namespace, console: Console) -> BackupReport:
    """Back up an open contest, which notes it; or one that may not be opened where it lies."""
    from judgeapp.services.backup import back_up, backup_contest

    try:
        app = opened(options)
    except JudgeError:
        here = machine()
        return backup_contest(
            here, folder=options.contest, out=options.out, progress=console.progress
        )
    return back_up(app, out=options.out, progress=console.progress).value


def _restore(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.backup import restore_contest

    made = restore_contest(file=options.file, folder=options.folder, progress=console.progress)
    console.answer(
        {
            "folder": str(made.folder),
            "contest": made.contest_id,
            "made_at": made.made_at,
            "files": made.files,
            "missing": list(made.missing),
        }
    )
    console.say("upkeep.restored", folder=made.folder, files=made.files)
    for name in made.missing:
        console.say("upkeep.missing", name=name)
    return DONE


def _check(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.upkeep import check_contest

    report = check_contest(opened(options), progress=console.progress)
    _show_check(report, console)
    return DONE if report.ok else REFUSED


def _show_check(report: CheckReport, console: Console) -> None:
    steps = []
    for step in report.steps:
        faults = [(fault, _fault_text(fault, console)) for fault in step.faults]
        steps.append(
            {
                "name": step.name,
                "ok": step.ok,
                "looked_at": step.looked_at,
                "faults": [
                    {
                        "code": fault.code,
                        "file": fault.file,
                        "have": fault.have,
                        "expected": fault.expected,
                        "message": text,
                    }
                    for fault, text in faults
                ],
            }
        )
        about = console.texts(f"upkeep.check.{step.name}", count=step.looked_at)
        console.say("upkeep.check.good" if step.ok else "upkeep.check.bad", about=about)
        for _, text in faults:
            console.line(f"  {text}")
    console.answer({"ok": report.ok, "steps": steps})
    console.say("upkeep.check.whole" if report.ok else "upkeep.check.not_whole")


def _fault_text(fault: Fault, console: Console) -> str:
    return console.texts(
        f"upkeep.fault.{fault.code}", file=fault.file, have=fault.have, expected=fault.expected
    )


def _log(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.log_words import actor_words, export_log, log_names, log_words
    from judgeapp.services.upkeep import read_log
    from judgeapp.system.clock import day_begins, shown_moment

    since = None if options.since is None else day_begins(options.since)
    app = opened(options)
    if options.csv is not None:
        count = export_log(app, out=options.csv, since=since, language=console.texts.language)
        console.answer({"file": str(options.csv), "count": count})
        console.say("upkeep.log.written", file=options.csv, count=count)
        return DONE
    names = log_names(app)
    lines = [
        (entry, log_words(entry, names, console.texts)) for entry in read_log(app, since=since)
    ]
    console.answer(
        {
            "entries": [
                {
                    "id": entry.id,
                    "at": entry.at,
                    "actor": entry.actor,
                    "action": entry.action,
                    "details": entry.details,
                    "message": text,
                }
                for entry, text in lines
            ]
        }
    )
    if not lines:
        console.say("upkeep.log.empty")
        return DONE
    heads = [console.texts(f"upkeep.log.head.{name}") for name in ("at", "actor", "what")]
    console.table(
        heads,
        [
            (shown_moment(entry.at), actor_words(entry, console.texts), text)
            for entry, text in lines
        ],
    )
    return DONE
