"""Calls of the feature `awards`: prizes proposed and signed, certificates printed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from judgeapp.cli.awards_print import add_print_calls
from judgeapp.cli.calls import Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.awards import NO_PRIZE, Award, Change, PrizeQuestion
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.system.clock import shown_moment

if TYPE_CHECKING:
    from judgeapp.services.awards import PrizeReport


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("awards")
    propose = group.call("propose", _propose)
    add_contest(propose)
    propose.add_argument("--round", metavar="R", help=calls.text("cli.awards.round"))
    sign = group.call("sign", _sign)
    add_contest(sign)
    sign.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="ID=PRIZE",
        help=calls.text("cli.awards.sign.set"),
    )
    sign.add_argument(
        "--reason", default="", metavar="TEXT", help=calls.text("cli.awards.sign.reason")
    )
    sign.add_argument("--round", metavar="R", help=calls.text("cli.awards.round"))
    add_print_calls(calls, group)


def _propose(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.awards import propose

    report = propose(opened(options), round_id=options.round)
    console.answer(_report(report))
    _say_report(report, console)
    return DONE


def _sign(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.awards import sign_prizes

    choices: dict[ContestantId, str] = {}
    for pair in options.set:
        contestant, sign, prize = pair.partition("=")
        if not sign or not contestant.strip() or not prize.strip():
            raise JudgeError("awards.set_form", place=pair)
        choices[ContestantId(contestant.strip())] = prize.strip()
    outcome = sign_prizes(
        opened(options), choices=choices, reason=options.reason, round_id=options.round
    )
    console.answer({**_report(outcome.value), "signed_now": bool(outcome.changed)})
    said = "awards.signed" if outcome.changed else "awards.signed_before"
    console.say(said, round=outcome.value.round.vi)
    if outcome.value.signed:
        _say_awards(outcome.value, outcome.value.signed.awards, console)
    return DONE


# --- answers for programs ------------------------------------------------------------------------


def _report(report: PrizeReport) -> dict[str, object]:
    proposal, signed = report.proposal, report.signed
    return {
        "round": report.round.id,
        "prizes": [
            {"id": prize.id, "name": prize.vi, "count": prize.count}
            for prize in report.round.prizes
        ],
        "awards": _awards(report, proposal.awards),
        "questions": [
            {
                "rank": question.rank,
                "contestants": list(question.contestants),
                "at_stake": [
                    {"prize": None if prize == NO_PRIZE else prize, "count": count}
                    for prize, count in question.at_stake
                ],
            }
            for question in proposal.questions
        ],
        "unused": [{"prize": prize, "count": count} for prize, count in proposal.unused],
        "without": list(proposal.without),
        "unranked": list(proposal.unranked),
        "signed": None
        if signed is None
        else {
            "at": signed.at,
            "by": signed.actor,
            "reason": signed.reason,
            "awards": _awards(report, signed.awards),
            "changes": [_change(change) for change in signed.changes],
        },
        "differences": [_change(change) for change in report.differences],
    }


def _awards(report: PrizeReport, awards: Iterable[Award]) -> list[dict[str, object]]:
    return [
        {
            "contestant": award.contestant,
            "name": report.people[award.contestant].name,
            "unit": report.people[award.contestant].unit,
            "prize": award.prize,
            "rank": award.rank,
        }
        for award in awards
    ]


def _change(change: Change) -> dict[str, object]:
    return {
        "contestant": change.contestant,
        "proposed": change.proposed,
        "given": change.given,
    }


# --- words for people ----------------------------------------------------------------------------


def _say_report(report: PrizeReport, console: Console) -> None:
    console.say("awards.proposed", round=report.round.vi)
    if report.proposal.awards:
        _say_awards(report, report.proposal.awards, console)
    for question in report.proposal.questions:
        _say_question(report, question, console)
    for prize, count in report.proposal.unused:
        console.say("awards.unused", prize=_prize(report, prize, console), count=count)
    if report.proposal.without:
        console.say("awards.without", count=len(report.proposal.without))
    if report.proposal.unranked:
        people = _people(report, report.proposal.unranked)
        console.say("awards.unranked", count=len(report.proposal.unranked), people=people)
    console.line()
    if report.signed is None:
        console.say("awards.not_signed_yet")
    else:
        at = shown_moment(report.signed.at)
        console.say("awards.signed_at", at=at, count=len(report.signed.awards))
        if report.signed.awards != report.proposal.awards:
            _say_awards(report, report.signed.awards, console)
    for change in report.differences:
        console.say(
            "awards.difference",
            people=_people(report, [change.contestant]),
            given=_prize(report, change.given, console),
            proposed=_prize(report, change.proposed, console),
        )


def _say_awards(report: PrizeReport, awards: Iterable[Award], console: Console) -> None:
    heads = [
        console.texts(f"awards.head.{head}") for head in ("prize", "rank", "number", "name", "unit")
    ]
    console.table(
        heads,
        [
            (
                _prize(report, award.prize, console),
                str(award.rank),
                award.contestant,
                report.people[award.contestant].name,
                report.people[award.contestant].unit or "",
            )
            for award in awards
        ],
    )


def _say_question(report: PrizeReport, question: PrizeQuestion, console: Console) -> None:
    stake = ", ".join(
        f"{count} × {_prize(report, prize, console)}" for prize, count in question.at_stake
    )
    console.say(
        "awards.question",
        rank=question.rank,
        count=len(question.contestants),
        people=_people(report, question.contestants),
        stake=stake,
        round=report.round.id,
    )


def _prize(report: PrizeReport, prize_id: str | None, console: Console) -> str:
    found = report.prize(prize_id) if prize_id else None
    return found.vi if found else console.texts("awards.no_prize")


def _people(report: PrizeReport, contestants: Iterable[ContestantId]) -> str:
    return "; ".join(f"{one} {report.people[one].name}" for one in contestants)
