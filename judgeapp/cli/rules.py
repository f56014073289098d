"""Calls of the feature `rules`: change numbers in the rules of a round as a new version."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.numbers import plain


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("rules")
    _add_rubric(calls, group.call("rubric", _rubric))
    change = group.call("change", _change)
    text = calls.text
    add_contest(change)
    change.add_argument("round", metavar="R", help=text("cli.judging.round"))
    change.add_argument("--cut", type=int, metavar="N", help=text("cli.rules.cut"))
    change.add_argument(
        "--prize", action="append", default=[], metavar="ID=N", help=text("cli.rules.prize")
    )
    change.add_argument(
        "--penalty", action="append", default=[], metavar="PART/N=POINTS",
        help=text("cli.rules.penalty"),
    )  # fmt: skip
    change.add_argument("--reason", default="", metavar="TEXT", help=text("cli.reason"))


def _add_rubric(calls: Calls, parser: Parser) -> None:
    text = calls.text
    add_contest(parser)
    parser.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    parser.add_argument(
        "--max", action="append", default=[], metavar="PART/C=POINTS", help=text("cli.rules.max")
    )
    parser.add_argument(
        "--name", action="append", default=[], metavar="PART/C=TEXT", help=text("cli.rules.name")
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help=text("cli.reason"))


def _rubric(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.contest import summary
    from judgeapp.services.rules import change_rubric

    app = opened(options)
    if options.max or options.name:
        change_rubric(
            app, round_id=options.round, reason=options.reason, maxima=_pairs(options.max),
            names=_pairs(options.name),
        )  # fmt: skip
    found = summary(app)
    console.answer(
        {
            "version": found.version,
            "rounds": [
                {
                    "round": held.id,
                    "packs": found.uses[held.id].packs,
                    "total": plain(held.total),
                    "criteria": {
                        f"{part.id}/{item.id}": plain(item.max)
                        for part in held.parts
                        for item in part.criteria
                    },
                }
                for held in found.definition.rounds
            ],
        }
    )
    console.say("rules.version", version=found.version)
    for held in found.definition.rounds:
        console.line(held.vi)
        for part in held.parts:
            for item in part.criteria:
                console.line(f"  {part.id}/{item.id}: {console.texts.number(item.max)}  {item.vi}")
    return DONE


def _pairs(typed: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for pair in typed:
        name, equals, value = pair.partition("=")
        if not equals:
            raise JudgeError("rules.without_equals", place=pair)
        pairs[name.strip()] = value.strip()
    return pairs


def _change(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.rules import change_rules

    prizes = {}
    for prize, count in _pairs(options.prize).items():
        if not count.isdecimal():
            raise JudgeError("rules.bad_count", place=count, least=0, most=1000)
        prizes[prize] = int(count)
    version = change_rules(
        opened(options),
        round_id=options.round,
        reason=options.reason,
        cut=options.cut,
        prizes=prizes,
        penalties=_pairs(options.penalty),
    ).value
    console.answer({"version": version})
    console.say("rules.version", version=version)
    return DONE
