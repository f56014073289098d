"""Calls of the feature `judging` for a round held in the hall: order, board, paper sheets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from judgeapp.cli.calls import CallGroup, Calls, add_contest, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId

if TYPE_CHECKING:
    from judgeapp.services.paper_marks import PaperSheets


def add_hall_calls(calls: Calls, group: CallGroup) -> None:
    """Add these calls to the group of `judging`."""
    text = calls.text
    board = group.call("board", _board)
    order = group.call("order", _order)
    sheets = group.call("sheets", _sheets)
    enter = group.call("enter", _enter)
    for call in (board, order, sheets, enter):
        add_contest(call)
        call.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    order.add_argument("--seed", type=int, metavar="N", help=text("cli.judging.seed"))
    order.add_argument("--set", dest="ids", metavar="IDS", help=text("cli.judging.order.set"))
    for call in (sheets, enter):
        call.add_argument("contestant", metavar="ID", help=text("cli.judging.contestant"))
    enter.add_argument("judge", metavar="J", help=text("cli.judging.judge"))
    enter.add_argument(
        "marks", nargs="+", metavar="PART/CRITERION=POINTS", help=text("cli.judging.enter.marks")
    )
    enter.add_argument(
        "--reason", default="", metavar="TEXT", help=text("cli.judging.enter.reason")
    )


def _board(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.numbers import exact
    from judgeapp.services.final_board import final_board

    found = final_board(opened(options), round_id=options.round)
    console.answer(
        {
            "round": found.held.id,
            "waiting": [row.contestant.id for row in found.waiting],
            "rows": [
                {
                    "place": row.place,
                    "contestant": row.contestant.id,
                    "rank": row.rank,
                    "total": None if row.total is None else exact(row.total),
                    "done": row.done,
                    "owed": row.owed,
                    "owing": [vars(item) for item in row.owing],
                }
                for row in found.rows
            ],
        }
    )
    for row in found.rows:
        console.say(
            "judging.board",
            place=row.place or "–",
            contestant=row.contestant.id,
            name=row.contestant.name,
            done=row.done,
            owed=row.owed,
            rank=row.rank or "–",
        )
    return DONE


def _order(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.final_board import draw_order, set_order

    app = opened(options)
    if options.ids is not None:
        numbers = options.ids.replace(",", " ").split()
        order = set_order(app, order=numbers, round_id=options.round).value
    else:
        order = draw_order(app, round_id=options.round, seed=options.seed).value
    console.answer({"order": list(order)})
    console.say("judging.order", order=", ".join(order))
    return DONE


def _sheets(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.paper_marks import paper_sheets

    found = paper_sheets(
        opened(options), contestant=ContestantId(options.contestant), round_id=options.round
    )
    console.answer(
        {
            "round": found.held.id,
            "contestant": found.contestant.id,
            "marks": [
                {
                    "judge": judge,
                    "part": part,
                    "criterion": criterion,
                    "points": mark.points,
                    "from_file": mark.from_file,
                    "at": mark.at,
                }
                for (judge, part, criterion), mark in sorted(found.marks.items())
            ],
        }
    )
    vietnamese = console.texts.language == "vi"
    for part in found.held.parts:
        console.line(part.vi if vietnamese else part.en)
        heads = [c.vi if vietnamese else c.en for c in part.criteria]
        console.table(
            [console.texts("panel.head.judge"), *heads],
            [
                [judge.id, *(_mark(console, found, judge.id, part.id, c.id) for c in part.criteria)]
                for judge in found.judges
                if (judge.id, part.id) in found.owed
            ],
        )
    return DONE


def _mark(
    console: Console, found: PaperSheets, judge: JudgeId, part: PartId, criterion: CriterionId
) -> str:
    mark = found.marks.get((judge, part, criterion))
    if mark is None:
        return "–"
    points = console.texts.number(mark.points)
    return f"{points} *" if mark.from_file else points


def _enter(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.points import Refused
    from judgeapp.services.paper_marks import enter_paper_mark

    app = opened(options)
    places = [_place(item) for item in options.marks]
    stored = 0
    for place, (part, criterion, typed) in zip(options.marks, places, strict=True):
        entered = enter_paper_mark(
            app,
            contestant=ContestantId(options.contestant),
            judge=JudgeId(options.judge),
            part=part,
            criterion=criterion,
            typed=typed,
            round_id=options.round,
            reason=options.reason,
        ).value
        if isinstance(entered.answer, Refused):
            raise JudgeError("judging.refused_paper", place=place, typed=typed, stored=stored)
        stored += entered.event is not None
    console.answer({"stored": stored})
    console.say("judging.paper_stored", count=stored)
    return DONE


def _place(written: str) -> tuple[PartId, CriterionId, str]:
    place, equals, typed = written.partition("=")
    part, slash, criterion = place.partition("/")
    if not equals or not slash:
        raise JudgeError("judging.bad_place", place=written)
    return PartId(part), CriterionId(criterion), typed
