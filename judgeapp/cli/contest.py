"""Calls of the feature `contest`: make one, show it, change its rules."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, add_contest, machine, opened
from judgeapp.cli.output import DONE, Console
from judgeapp.cli.parser import Parser

if TYPE_CHECKING:
    from judgeapp.services.contest import OutdatedPack


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
    group = calls.group("contest")
    new = group.call("new", _new)
    new.add_argument("folder", type=Path, metavar="DIR", help=calls.text("cli.contest.new.folder"))
    new.add_argument(
        "--preset", required=True, metavar="ID", help=calls.text("cli.contest.new.preset")
    )
    new.add_argument(
        "--name", required=True, metavar="TEXT", help=calls.text("cli.contest.new.name")
    )
    _add_facts(calls, new)
    new.add_argument("--store", metavar="ADDRESS", help=calls.text("cli.contest.new.store"))
    describe = group.call("describe", _describe)
    add_contest(describe)
    describe.add_argument("--name", metavar="TEXT", help=calls.text("cli.contest.new.name"))
    _add_facts(calls, describe)
    add_contest(group.call("versions", _versions))
    group.call("presets", _presets)
    add_contest(group.call("show", _show))
    add_contest(group.call("next", _next))
    papers = group.call("papers", _papers)
    add_contest(papers)
    papers.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE.yaml",
        help=calls.text("cli.contest.papers.file"),
    )
    revise = group.call("revise", _revise)
    add_contest(revise)
    revise.add_argument(
        "file", type=Path, metavar="FILE.yaml", help=calls.text("cli.contest.revise.file")
    )
    revise.add_argument("--reason", default="", metavar="TEXT", help=calls.text("cli.reason"))


def _add_facts(calls: Calls, parser: Parser) -> None:
    for name in ("host", "place"):
        parser.add_argument(f"--{name}", metavar="TEXT", help=calls.text(f"cli.contest.{name}"))
    for name in ("from", "to"):
        parser.add_argument(
            f"--{name}", metavar="DAY", dest=f"{name}_day", help=calls.text(f"cli.contest.{name}")
        )


def _new(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.contest_facts import read_facts
    from judgeapp.services.contest import create_contest

    made = create_contest(
        machine(),
        folder=options.folder,
        preset=options.preset,
        name=options.name,
        facts=read_facts(
            options.host or "", options.place or "", options.from_day or "", options.to_day or ""
        ),
        store=options.store,
    )
    console.answer({"contest": made.value, "folder": str(options.folder)})
    console.say("contest.created", name=options.name, folder=options.folder)
    return DONE


def _describe(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.contest_facts import facts_body
    from judgeapp.services.contest import contest_name, describe_contest

    app = opened(options)
    facts = describe_contest(
        app, name=options.name, host=options.host, place=options.place,
        first_day=options.from_day, last_day=options.to_day,
    ).value  # fmt: skip
    body = facts_body(facts)
    console.answer({"name": contest_name(app), **body})
    console.line(contest_name(app))
    for name, value in body.items():
        if value:
            console.say("contest.paper", name=console.texts(f"contest.fact.{name}"), value=value)
    return DONE


def _versions(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.revision import versions
    from judgeapp.services.rule_words import say_change

    found = versions(opened(options))
    said = {item.number: [say_change(one, console.texts) for one in item.changes] for item in found}
    console.answer(
        {
            "versions": [
                {
                    "version": item.number,
                    "at": item.at,
                    "actor": item.actor,
                    "reason": item.reason,
                    "changes": said[item.number],
                }
                for item in found
            ]
        }
    )
    for item in found:
        console.say(
            "contest.version",
            version=item.number, at=item.at, actor=item.actor, reason=item.reason,
        )  # fmt: skip
        for line in said[item.number]:
            console.line(f"  {line}")
    return DONE


def _presets(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.contest import presets

    found = presets()
    console.answer(
        {
            "presets": [
                {"id": item.id, "name": item.vi, "rounds": [r.id for r in item.definition.rounds]}
                for item in found
            ]
        }
    )
    console.table(
        (
            console.texts("contest.head.preset"),
            console.texts("contest.head.name"),
            console.texts("contest.head.rounds"),
        ),
        [(item.id, item.vi, ", ".join(r.vi for r in item.definition.rounds)) for item in found],
    )
    return DONE


def _show(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.contest import export_definition, is_rehearsal, summary

    app = opened(options)
    found = summary(app)
    rehearsal = is_rehearsal(app)
    console.answer(
        {
            "contest": found.id,
            "name": found.name,
            "rehearsal": rehearsal,
            "version": found.version,
            "units": found.units,
            "contestants": found.contestants,
            "judges": found.judges,
            "stages": dict(found.stages),
            "outdated_packs": [pack.id for pack in found.outdated_packs],
            "definition": export_definition(app),
        }
    )
    word = f"{console.texts('rehearsal.word')} — " if rehearsal else ""
    console.line(word + found.name)
    console.say(
        "contest.counts",
        units=found.units,
        contestants=found.contestants,
        judges=found.judges,
        version=found.version,
    )
    for item in found.definition.rounds:
        console.line()
        stage = console.texts(f"contest.stage.{found.stages[item.id]}")
        console.line(f"{item.vi} [{item.id}] — {stage}")
        console.table(
            (
                console.texts("contest.head.part"),
                console.texts("contest.head.criterion"),
                console.texts("contest.head.max"),
                console.texts("contest.head.step"),
            ),
            [
                (
                    part.vi if index == 0 else "",
                    criterion.vi,
                    console.texts.number(criterion.max),
                    console.texts.number(criterion.step),
                )
                for part in item.parts
                for index, criterion in enumerate(part.criteria)
            ],
        )
        if item.cut:
            console.say("contest.cut", size=item.cut.size)
        for prize in item.prizes:
            console.say("contest.prize", name=prize.vi, count=prize.count)
    _say_outdated(found.outdated_packs, console)
    return DONE


def _next(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.contest import contest_name
    from judgeapp.services.steps import first_need, steps
    from judgeapp.services.upkeep import newest_copy

    app = opened(options)
    found = steps(app)
    following = first_need(found)
    copy = newest_copy(app)
    console.answer(
        {
            "name": contest_name(app),
            "next": following.stem if following else None,
            "last_copy": copy.at if copy else None,
            "steps": [
                {
                    "step": step.stem,
                    "state": step.state,
                    "count": step.count,
                    "reason": step.reason,
                }
                for step in found
            ],
        }
    )
    texts = console.texts
    reasons = {
        step.stem: texts(f"shell.reason.{step.reason}", count=step.count or 0)
        for step in found
        if step.reason
    }
    console.table(
        (texts("shell.head.step"), texts("shell.head.state"), ""),
        [
            (
                texts(f"shell.step.{step.stem}"),
                texts(f"shell.state.{step.state}"),
                reasons.get(step.stem, ""),
            )
            for step in found
        ],
    )
    if following is None:
        console.say("shell.all_done")
    else:
        step = texts(f"shell.step.{following.stem}")
        console.say("shell.next", step=step, reason=reasons.get(following.stem, ""))
    return DONE


def _papers(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.domain.papers import papers_body
    from judgeapp.services.papers import set_papers, show_papers

    app = opened(options)
    if options.file:
        papers = set_papers(app, file=options.file).value
        console.say("contest.papers_set")
    else:
        papers = show_papers(app)
    body = papers_body(papers)
    console.answer({"papers": body})
    if not body:
        console.say("contest.papers_none")
    for key, value in body.items():
        own = value if isinstance(value, dict) else {}
        for name, text in own.items():
            console.say("contest.paper", name=f"{key}.{name}", value=text)
        if not own:
            console.say("contest.paper", name=key, value=value)
    return DONE


def _revise(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.contest import revise, summary

    app = opened(options)
    outcome = revise(app, file=options.file, reason=options.reason)
    version = outcome.value
    outdated = summary(app).outdated_packs
    console.answer({"version": version, "outdated_packs": [pack.id for pack in outdated]})
    said = "contest.revised" if outcome.changed else "contest.not_revised"
    console.say(said, version=version)
    _say_outdated(outdated, console)
    return DONE


def _say_outdated(packs: Sequence[OutdatedPack], console: Console) -> None:
    for pack in packs:
        panel = pack.panel or console.texts("packs.one_panel")
        console.say("contest.outdated_pack", round=pack.round, panel=panel, version=pack.version)
