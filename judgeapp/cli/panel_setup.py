"""Calls of the feature `panel` for a round: its panels, entries shared out, codes and orders."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser
from judgeapp.domain.errors import JudgeError

if TYPE_CHECKING:
    from judgeapp.services.panel_setup import PanelSetup


def add_setup_calls(calls: Calls, group: CallGroup) -> None:
    """Add these calls to the group of the panel."""
    text = calls.text
    _with_round(calls, group.call("setup", _setup))
    share = group.call("share", _share)
    _with_round(calls, share)
    how = share.add_mutually_exclusive_group(required=True)
    how.add_argument("--per-entry", type=int, metavar="N", help=text("cli.panel.per_entry"))
    how.add_argument("--all", action="store_true", help=text("cli.panel.all"))
    share.add_argument("--seed", type=int, metavar="N", help=text("cli.panel.seed"))
    share.add_argument("--look", action="store_true", help=text("cli.panel.look"))
    viewing = group.call("viewing", _viewing)
    _with_round(calls, viewing)
    viewing.add_argument("--blind", choices=("yes", "no"), help=text("cli.panel.blind"))
    viewing.add_argument("--order", choices=("number", "own"), help=text("cli.panel.order"))
    viewing.add_argument("--seed", type=int, metavar="N", help=text("cli.panel.seed"))
    part = group.call("part", _part)
    _with_round(calls, part)
    part.add_argument("part", metavar="P", help=text("cli.judging.part"))
    part.add_argument("--by", action="append", metavar="PANEL=W", help=text("cli.panel.by"))
    part.add_argument("--reason", default="", metavar="TEXT", help=text("cli.reason"))


def _with_round(calls: Calls, call: Parser) -> None:
    add_contest(call)
    call.add_argument("--round", metavar="R", help=calls.text("cli.judging.round"))


def _setup(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel_setup import panel_setup

    return _answer(panel_setup(opened(options), round_id=options.round), console)


def _share(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel_setup import share_entries

    found = share_entries(
        opened(options),
        round_id=options.round,
        per_entry=options.per_entry,
        seed=options.seed,
        look=options.look,
    ).value
    return _answer(found, console)


def _viewing(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel_setup import panel_setup, set_viewing

    app = opened(options)
    set_viewing(
        app,
        round_id=options.round,
        blind=None if options.blind is None else options.blind == "yes",
        own_order=None if options.order is None else options.order == "own",
        seed=options.seed,
    )
    return _answer(panel_setup(app, round_id=options.round), console)


def _part(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.panel_setup import set_part_panels

    panels = {}
    for typed in options.by or ():
        panel, _, weight = typed.rpartition("=") if "=" in typed else (typed, "", "1")
        if panel in panels:
            raise JudgeError("panel.named_twice", place=panel)
        panels[panel] = weight
    version = set_part_panels(
        opened(options),
        part=options.part,
        panels=panels,
        reason=options.reason,
        round_id=options.round,
    ).value
    console.answer({"version": version})
    console.say("panel.part_set", part=options.part, version=version)
    return DONE


def _answer(found: PanelSetup, console: Console) -> int:
    from judgeapp.services.panel_words import say_design

    console.answer(
        {
            "round": found.held.id,
            "per_entry": found.per_entry,
            "seed": found.seed,
            "blind": found.viewing.blind,
            "own_order": found.viewing.own_order,
            "order_seed": found.viewing.seed,
            "codes": dict(found.codes),
            "panels": [
                {
                    "panel": one.panel,
                    "loads": dict(one.design.loads),
                    "given": {number: list(sitting) for number, sitting in one.given.items()},
                    "short": list(one.design.short),
                    "too_few": list(one.design.too_few),
                    "spread": one.design.spread,
                    "connected": one.design.connected,
                    "shared": one.design.shared,
                }
                for one in found.panels
            ],
        }
    )
    texts = console.texts
    key = "panel.setup.all" if found.per_entry is None else "panel.setup.shared"
    console.say(key, round=found.held.vi, per_entry=found.per_entry, seed=found.seed)
    for one in found.panels:
        for judge in one.judges:
            count = one.design.loads[judge.id]
            console.say("panel.setup.load", judge=judge.id, name=judge.name, count=count)
        for _, line in say_design(found, one, texts):
            console.line(line)
    viewing = found.viewing
    console.say(f"panel.setup.{'blind' if viewing.blind else 'by_name'}")
    order = "own_order" if viewing.own_order else "number_order"
    console.say(f"panel.setup.{order}", seed=viewing.seed)
    for number, code in found.codes.items():
        console.line(f"{number} {code}")
    return DONE
