"""Calls of the feature `judging`: panel, facts, marks from a table, closing and reopening."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, add_contest, machine, opened
from judgeapp.cli.judging_desk import add_desk_calls
from judgeapp.cli.judging_hall import add_hall_calls
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser
from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.round_names import RoundNames
    from judgeapp.services.closing import ClosingState

_MOST_NAMED = 10


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("judging")
    panel = group.call("panel", _panel)
    add_contest(panel)
    panel.add_argument(
        "file", type=Path, metavar="FILE.csv", help=calls.text("cli.judging.panel.file")
    )
    facts = group.call("facts", _facts)
    add_contest(facts)
    facts.add_argument(
        "file", type=Path, metavar="FILE.csv", help=calls.text("cli.judging.facts.file")
    )
    facts.add_argument("--round", metavar="R", help=calls.text("cli.judging.round"))
    _add_score(calls, group.call("score", _score))
    close = group.call("close", _close)
    add_contest(close)
    close.add_argument("--round", required=True, metavar="R", help=calls.text("cli.judging.round"))
    reopen = group.call("reopen", _reopen)
    add_contest(reopen)
    reopen.add_argument("--round", required=True, metavar="R", help=calls.text("cli.judging.round"))
    reopen.add_argument("--reason", required=True, metavar="TEXT", help=calls.text("cli.reason"))
    status = group.call("status", _status)
    add_contest(status)
    status.add_argument("--round", metavar="R", help=calls.text("cli.judging.round"))
    _add_conclude(calls, group.call("conclude", _conclude))
    add_hall_calls(calls, group)
    add_desk_calls(calls, group)


def _add_score(calls: Calls, score: Parser) -> None:
    text = calls.text
    score.add_argument("pack", type=Path, metavar="PACK", help=text("cli.judging.pack"))
    score.add_argument("--judge", required=True, metavar="J", help=text("cli.judging.judge"))
    score.add_argument(
        "--marks", required=True, type=Path, metavar="FILE.csv", help=text("cli.judging.marks")
    )
    score.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help=text("cli.judging.out")
    )
    score.add_argument("--desk", type=Path, metavar="DIR", help=text("cli.judging.desk"))
    score.add_argument(
        "--from", dest="from_file", type=Path, metavar="FILE", help=text("cli.judging.from")
    )


def _add_conclude(calls: Calls, conclude: Parser) -> None:
    text = calls.text
    add_contest(conclude)
    conclude.add_argument("--text", required=True, metavar="T", help=text("cli.judging.text"))
    conclude.add_argument("--round", metavar="R", help=text("cli.judging.round"))
    conclude.add_argument("--contestant", metavar="ID", help=text("cli.judging.contestant"))
    conclude.add_argument("--part", metavar="P", help=text("cli.judging.part"))
    conclude.add_argument("--file", type=int, metavar="N", help=text("cli.judging.file_number"))
    conclude.add_argument("--count", action="store_true", help=text("cli.judging.count"))


def _refuse_rows(console: Console, error: BadRows) -> int:
    """Name the refused rows, each on a line of its own, before the one line of the refusal."""
    said = [" ".join(console.texts.error(row).split()) for row in error.rows[:_MOST_NAMED]]
    for line in said:
        console.line(line)
    if len(error.rows) > _MOST_NAMED:
        console.say("judging.more_rows", count=len(error.rows) - _MOST_NAMED)
    rows = [
        {"row": row.place, "code": row.code, "message": message}
        for row, message in zip(error.rows, said, strict=False)
    ]
    error.params["first"] = said[0]
    return console.refuse(error, {"rows": rows})


def _panel(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.judging import set_panel

    try:
        found = set_panel(opened(options), file=options.file).value
    except BadRows as error:
        return _refuse_rows(console, error)
    console.answer(
        {
            "judges": found.judges,
            "conflicts": found.conflicts,
            "added": list(found.added),
            "removed": list(found.removed),
        }
    )
    console.say("judging.panel_set", judges=found.judges, conflicts=found.conflicts)
    if found.removed:
        console.say("judging.panel_removed", judges=", ".join(found.removed))
    return DONE


def _facts(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.judging import set_facts

    try:
        found = set_facts(opened(options), file=options.file, round_id=options.round).value
    except BadRows as error:
        return _refuse_rows(console, error)
    console.answer({"stored": found.stored, "unchanged": found.unchanged})
    console.say("judging.facts_set", stored=found.stored, unchanged=found.unchanged)
    return DONE


def _score(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.desk import open_desk
    from judgeapp.services.score_files import export_score_file, take_over
    from judgeapp.services.score_table import score_from_table

    desk = open_desk(machine(), pack=options.pack, judge=options.judge, folder=options.desk).value
    if options.from_file:
        taken = take_over(desk, file=options.from_file).value
        console.say("judging.taken_over", device=taken.device, number=taken.number)
    try:
        new = score_from_table(desk, file=options.marks).value
    except BadRows as error:
        return _refuse_rows(console, error)
    found = export_score_file(desk, target=options.out).value
    console.answer(
        {
            "file": str(found.file),
            "judge": desk.judge,
            "device": desk.device,
            "number": found.number,
            "receipt": found.receipt,
            "scored": found.scored,
            "of": found.of,
            "signed": found.signed,
            "new_marks": new,
        }
    )
    console.say("judging.exported", new=new, scored=found.scored, of=found.of, file=found.file)
    console.say("judging.receipt", receipt=found.receipt)
    return DONE


def _close(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.closing import OpenItems, close_round

    try:
        item = close_round(opened(options), round_id=options.round).value
    except OpenItems as error:
        for line in _lines(error.state, console.texts):
            console.line(line)
        return console.refuse(error, {"open": _open_bodies(error.state, console.texts)})
    console.answer({"round": item.id, "stage": "closed"})
    console.say("judging.closed", round=item.vi)
    return DONE


def _reopen(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.closing import reopen_round

    item = reopen_round(opened(options), round_id=options.round, reason=options.reason).value
    console.answer({"round": item.id, "stage": "open"})
    console.say("judging.reopened", round=item.vi)
    return DONE


def _status(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.closing import closing_state

    state = closing_state(opened(options), round_id=options.round)
    stage = "closed" if state.closed else "open"
    console.answer(
        {"round": state.round.id, "stage": stage, "open": _open_bodies(state, console.texts)}
    )
    console.line(f"{state.round.vi} [{state.round.id}] — {console.texts(f'contest.stage.{stage}')}")
    for line in _lines(state, console.texts):
        console.line(line)
    if not state.items:
        console.say("judging.nothing_open")
    return DONE


def _lines(state: ClosingState, texts: Texts) -> list[str]:
    from judgeapp.services.closing_words import open_lines

    return open_lines(state, _names(state), texts)


def _names(state: ClosingState) -> RoundNames:
    from judgeapp.domain.round_names import names_of

    return names_of(state.round, "vi", {judge: f"({name})" for judge, name in state.names.items()})


def _open_bodies(state: ClosingState, texts: Texts) -> list[dict[str, object]]:
    from judgeapp.services.closing_words import open_line

    names = _names(state)
    return [
        {
            "kind": item.kind,
            "judge": item.judge,
            "contestant": item.contestant,
            "part": item.part,
            "criteria": list(item.criteria),
            "file": None if item.file is None else str(item.file),
            "verdict": item.verdict,
            "message": open_line(item, names, texts),
        }
        for item in state.items
    ]


def _conclude(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.closing import closing_state, conclude_on_file, conclude_on_marks

    app = opened(options)
    if options.file is not None:
        file, marks = conclude_on_file(
            app, file=options.file, text=options.text, count=options.count
        ).value
        console.answer({"file": str(file), "new_marks": marks})
        console.say("judging.concluded_file", file=file, marks=marks)
        return DONE
    if not options.contestant or not options.part:
        raise JudgeError("judging.conclude_on_what")
    contestant, part = conclude_on_marks(
        app,
        round_id=options.round,
        contestant=options.contestant,
        part=options.part,
        text=options.text,
    ).value
    state = closing_state(app, round_id=options.round)
    console.answer({"contestant": contestant, "part": part})
    console.say("judging.concluded", contestant=contestant, part=_names(state).part(part))
    return DONE
