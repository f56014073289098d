"""Calls of the feature `panel`: show it, put one judge in, take one out."""

from __future__ import annotations

import argparse

from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.panel_setup import add_setup_calls


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group, text = calls.group("panel"), calls.text
    add_contest(group.call("show", _show))
    put = group.call("put", _put)
    add_contest(put)
    put.add_argument("judge", metavar="J", help=text("cli.judging.judge"))
    put.add_argument("--name", required=True, metavar="TEXT", help=text("cli.panel.name"))
    put.add_argument(
        "--role", choices=("chair", "member", "secretary"), default="member",
        help=text("cli.panel.role"),
    )  # fmt: skip
    put.add_argument("--unit", default="", metavar="TEXT", help=text("cli.panel.unit"))
    put.add_argument("--panel", default="", metavar="P", help=text("cli.panel.panel"))
    put.add_argument("--conflicts", default="", metavar="IDS", help=text("cli.panel.conflicts"))
    put.add_argument("--why", default="", metavar="TEXT", help=text("cli.panel.why"))
    remove = group.call("remove", _remove)
    add_contest(remove)
    remove.add_argument("judge", metavar="J", help=text("cli.judging.judge"))
    add_setup_calls(calls, group)


def _show(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel import panel_overview

    found = panel_overview(opened(options))
    console.answer(
        {
            "judges": [
                {
                    **vars(line.judge),
                    "conflicts": list(line.declared),
                    "own_unit": list(line.own_unit),
                    "reasons": dict(line.reasons),
                }
                for line in found.lines
            ],
            "seen_by": [{**vars(item), "short": list(item.short)} for item in found.seen],
        }
    )
    heads = ("judge", "name", "role", "unit", "conflicts")
    console.table(
        [console.texts(f"panel.head.{head}") for head in heads],
        [
            (
                line.id,
                line.judge.name,
                console.texts(f"panel.role.{line.judge.role}"),
                line.judge.unit or "",
                " ".join((*line.declared, *line.own_unit)),
            )
            for line in found.lines
        ],
    )
    for item in found.seen:
        console.say(
            "panel.seen.short" if item.short else "panel.seen.enough",
            part=item.part(console.texts.language),
            round=item.round_name,
            least=item.least,
            seen=item.seen,
            count=len(item.short),
            numbers=", ".join(item.short[:12]),
        )
    return DONE


def _put(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel import save_judge

    judge = save_judge(
        opened(options),
        judge=options.judge,
        name=options.name,
        role=options.role,
        unit=options.unit,
        panel=options.panel,
        conflicts=options.conflicts,
        why=options.why,
    ).value
    console.answer({"judge": vars(judge)})
    console.say("panel.saved", judge=judge.id, name=judge.name)
    return DONE


def _remove(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel import remove_judge

    judge = remove_judge(opened(options), judge=options.judge).value
    console.answer({"judge": judge})
    console.say("panel.removed", judge=judge)
    return DONE
