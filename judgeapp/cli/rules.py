"""Calls of the feature `rules`: change numbers in the rules of a round as a new version."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.errors import JudgeError


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    change = calls.group("rules").call("change", _change)
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
    change.add_argument("--reason", required=True, metavar="TEXT", help=text("cli.reason"))


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
