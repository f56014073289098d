"""Calls of the feature `packs`: build, copy and check packs, and take score files in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, add_contest, machine, opened
from judgeapp.cli.output import DONE, REFUSED, Console
from judgeapp.domain.errors import JudgeError
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.collecting import Collected
    from judgeapp.services.context import Context
    from judgeapp.services.packs import BuiltPack
    from judgeapp.services.taking_back import TakenBack

_ENDING = ".score"


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    text = calls.text
    group = calls.group("packs")
    build = group.call("build", _build)
    add_contest(build)
    build.add_argument("out", type=Path, metavar="OUT", help=text("cli.packs.build.out"))
    build.add_argument("--panel", metavar="P", help=text("cli.packs.build.panel"))
    build.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    listed = group.call("list", _list)
    add_contest(listed)
    listed.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    hand_out = group.call("hand-out", _hand_out)
    add_contest(hand_out)
    hand_out.add_argument(
        "--judge",
        action="append",
        required=True,
        metavar="J",
        help=text("cli.packs.hand-out.judge"),
    )
    hand_out.add_argument("--to", type=Path, metavar="DEST", help=text("cli.packs.hand-out.to"))
    hand_out.add_argument(
        "--from", dest="source", type=Path, metavar="DIR", help=text("cli.packs.hand-out.from")
    )
    hand_out.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    slips = group.call("slips", _slips)
    add_contest(slips)
    slips.add_argument("out", type=Path, metavar="OUT.pdf", help=text("cli.packs.slips.out"))
    slips.add_argument(
        "--judge", action="append", metavar="J", help=text("cli.packs.hand-out.judge")
    )
    slips.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    check = group.call("check", _check)
    check.add_argument("pack", type=Path, metavar="PACK", help=text("cli.packs.pack"))
    check.add_argument(
        "--contest", type=Path, metavar="CONTEST", help=text("cli.packs.check.contest")
    )
    copy = group.call("copy", _copy)
    copy.add_argument("pack", type=Path, metavar="PACK", help=text("cli.packs.pack"))
    copy.add_argument("target", type=Path, metavar="DEST", help=text("cli.packs.copy.target"))
    collect = group.call("collect", _collect)
    add_contest(collect)
    collect.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=text("cli.packs.collect.files")
    )
    collect.add_argument("--look", action="store_true", help=text("cli.packs.collect.look"))
    for name, handler in (("take-back", _take_back), ("count-again", _count_again)):
        call = group.call(name, handler)
        add_contest(call)
        call.add_argument("file", type=int, metavar="N", help=text("cli.judging.file_number"))
        call.add_argument("--reason", default="", metavar="TEXT", help=text("cli.reason"))
        call.add_argument("--look", action="store_true", help=text("cli.packs.collect.look"))
    sheets = group.call("sheets", _sheets)
    add_contest(sheets)
    sheets.add_argument("--round", metavar="R", help=text("cli.judging.round"))


def _build(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.packs import build_packs

    built = build_packs(
        opened(options),
        out=options.out,
        panel=options.panel,
        round_id=options.round,
        progress=console.progress,
    ).value
    console.answer({"packs": [_pack_body(pack) for pack in built]})
    for pack in built:
        console.say(
            "packs.built",
            round=pack.round.vi,
            panel=pack.panel or console.texts("packs.one_panel"),
            version=pack.version,
            judges=len(pack.judges),
            entries=pack.entries,
            files=pack.files,
            folder=pack.folder,
        )
        if pack.without_files:
            console.say("packs.without_files", contestants=", ".join(pack.without_files))
    return DONE


def _list(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.pack_list import list_packs
    from judgeapp.system.clock import shown_moment

    found = list_packs(opened(options), round_id=options.round)
    console.answer(
        {
            "packs": [
                {
                    "id": pack.id,
                    "round": pack.round.id,
                    "panel": pack.panel,
                    "version": pack.version,
                    "folder": pack.folder,
                    "built_at": pack.built_at,
                    "state": pack.state,
                }
                for pack in found.packs
            ],
            "holders": [
                {"judge": one.id, "newest": one.newest, "has": one.has, "state": one.state}
                for one in found.holders
            ],
        }
    )
    for pack in found.packs:
        console.say(
            "packs.listed",
            folder=pack.folder,
            round=pack.round.vi,
            version=pack.version,
            at=shown_moment(pack.built_at),
            state=console.texts(f"packs.state.{pack.state}"),
        )
    for one in found.holders:
        has = "–" if one.has is None else one.has
        state = console.texts(f"packs.holder.{one.state}")
        console.say("packs.holder", judge=one.id, name=one.judge.name, has=has, state=state)
    return DONE


def _hand_out(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.pack_hand_out import hand_out

    found = hand_out(
        opened(options),
        judges=options.judge,
        round_id=options.round,
        target=options.to,
        source=options.source,
        progress=console.progress,
    ).value
    folders = [str(folder) for folder in found.folders]
    console.answer({"judges": list(found.judges), "folders": folders})
    console.say("packs.handed_out", judges=", ".join(found.judges))
    for folder in folders:
        console.say("packs.copied", folder=folder)
    return DONE


def _slips(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.judge_slips import judge_slips
    from judgeapp.system.files import write_atomically

    pdf = judge_slips(
        opened(options), console.texts, judges=options.judge or (), round_id=options.round
    )
    write_atomically(options.out, pdf)
    console.answer({"file": str(options.out)})
    console.say("packs.slips_written", file=options.out)
    return DONE


def _pack_body(pack: BuiltPack) -> dict[str, object]:
    return {
        "id": pack.id,
        "version": pack.version,
        "round": pack.round.id,
        "panel": pack.panel,
        "folder": str(pack.folder),
        "judges": list(pack.judges),
        "entries": pack.entries,
        "files": pack.files,
        "without_files": list(pack.without_files),
    }


def _check(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.bootstrap import open_contest
    from judgeapp.services.packs import look_into_pack

    here = machine()
    found = look_into_pack(
        here,
        pack=options.pack,
        contest=open_contest(options.contest, here) if options.contest else None,
        progress=console.progress,
    )
    texts = console.texts
    message = texts("packs.ok", name=options.pack.name) if found.verdict == "ok" else ""
    if found.reason is not None:
        message = " ".join(texts.error(found.reason).split())
    files = [
        {"file": item.file, "ok": item.ok, "message": texts(f"packs.file.{item.code}")}
        for item in found.files
    ]
    console.answer(
        {
            "verdict": found.verdict,
            "files": files,
            "ignored": list(found.ignored),
            "message": message,
        }
    )
    for item in found.files:
        if not item.ok:
            console.line(f"{_printable(item.file)}: {texts(f'packs.file.{item.code}')}")
    if found.ignored:
        names = ", ".join(_printable(name) for name in found.ignored)
        console.say("packs.ignored", count=len(found.ignored), names=names)
    if found.verdict == "ok":
        console.line(message)
        return DONE
    sys.stderr.write(message + "\n")
    return REFUSED


def _printable(name: str) -> str:
    """Return a name that cannot play tricks on the terminal or on the eye."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in name)


def _copy(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.packs import copy_pack

    folder = copy_pack(options.pack, options.target, progress=console.progress)
    console.answer({"folder": str(folder)})
    console.say("packs.copied", folder=folder)
    return DONE


def _collect(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.collecting import collect_file

    app = opened(options)
    files: list[Path] = []
    found: list[Collected] = []
    failed: JudgeError | None = None
    for path in options.files:
        here = _score_files(path)
        files += here
        if not here:
            failed = failed or JudgeError("packs.no_score_files", file=str(path))
    if options.look and failed is None:
        return _look(app, files, console)
    for index, file in enumerate(files):
        console.progress(index, len(files), file.name)
        try:
            found.append(collect_file(app, file=file).value)
        except JudgeError as error:
            failed = failed or error
    console.progress(len(files), len(files))
    bodies = [_collected_body(item, console.texts) for item in found]
    for item in found:
        console.line(f"{_printable(item.file)}: {_message(item, console.texts)}")
    if failed is not None:
        return console.refuse(failed, {"files": bodies})
    console.answer({"files": bodies})
    return DONE


def _look(app: Context, files: list[Path], console: Console) -> int:
    from judgeapp.services.collecting import look_at_files

    looked = look_at_files(app, files=files, progress=console.progress)
    bodies = []
    for item in looked:
        body = _collected_body(item.collected, console.texts)
        bodies.append(body | {"new": len(item.new), "changed": len(item.changes)})
        console.line(f"{_printable(item.path.name)}: {_message(item.collected, console.texts)}")
        console.say("packs.would", new=len(item.new), changed=len(item.changes))
    console.answer({"files": bodies})
    return DONE


def _take_back(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.taking_back import take_back

    found = take_back(
        opened(options), file=options.file, reason=options.reason, look=options.look
    ).value
    key = "packs.taken_back.look" if options.look else "packs.taken_back"
    return _turned(found, key, console)


def _count_again(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.taking_back import count_again

    found = count_again(
        opened(options), file=options.file, reason=options.reason, look=options.look
    ).value
    key = "packs.counted_again.look" if options.look else "packs.counted_again"
    return _turned(found, key, console)


def _turned(found: TakenBack, key: str, console: Console) -> int:
    console.answer(
        {
            "file": str(found.file),
            "judge": found.judge,
            "number": found.number,
            "changed": len(found.changes),
            "earlier": found.earlier,
        }
    )
    console.say(key, name=found.name, judge=found.judge, count=len(found.changes))
    return DONE


def _sheets(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.score_matrix import sheet_matrix

    found = sheet_matrix(opened(options), round_id=options.round)
    console.answer(
        {
            "round": found.held.id,
            "contestants": [one.id for one in found.contestants],
            "judges": [
                {
                    "judge": row.judge.id,
                    "done": row.done,
                    "owed": row.owed,
                    "cells": list(row.cells),
                }
                for row in found.rows
            ],
        }
    )
    for row in found.rows:
        console.say(
            "packs.sheets", judge=row.judge.id, name=row.judge.name, done=row.done, owed=row.owed
        )
    return DONE


def _score_files(path: Path) -> list[Path]:
    """Return the file itself, or all score files of a folder by name."""
    return sorted(path.glob(f"*{_ENDING}")) if path.is_dir() else [path]


def _collected_body(item: Collected, texts: Texts) -> dict[str, object]:
    return {
        "file": item.file,
        "verdict": item.verdict,
        "signed": item.signed,
        "judge": item.judge,
        "device": item.device,
        "number": item.number,
        "scored": item.scored,
        "of": item.of,
        "put_aside": sum(item.put_aside.values()),
        "counts": item.counts,
        "id": None if item.id is None else str(item.id),
        "receipt": item.receipt,
        "message": _message(item, texts),
    }


def _message(item: Collected, texts: Texts) -> str:
    """Return what a score file turned out to be: the verdict, then what else to know."""
    if item.reason is not None:
        return " ".join(texts.error(item.reason).split())
    params = {
        "judge": item.judge,
        "device": item.device,
        "number": item.number,
        "scored": item.scored,
        "of": item.of,
        "receipt": item.receipt,
        "id": item.id,
    }
    said = [texts(f"packs.verdict.{item.verdict}", **params)]
    said += [texts(f"packs.note.{note}", **params) for note in item.notes]
    said += [
        texts(f"packs.put_aside.{reason}", count=count) for reason, count in item.put_aside.items()
    ]
    if item.apart:
        said.append(texts("packs.apart", judge=item.judge, contestants=", ".join(item.apart)))
    if not item.signed:
        said.append(texts("packs.unsigned"))
    return " ".join(said)
