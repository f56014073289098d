"""The call `demo`: the sample contest, end to end, told step by step."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.cli.calls import Calls, machine
from judgeapp.cli.output import DONE, Console
from judgeapp.system.screen import has_screen

if TYPE_CHECKING:
    from judgeapp.services.rehearsal_course import ToldStep


def add_calls(calls: Calls) -> None:
    """Add this feature's call."""
    demo = calls.single("demo", _demo)
    demo.add_argument("folder", type=Path, metavar="DIR", help=calls.text("cli.demo.folder"))
    demo.add_argument("--no-window", action="store_true", help=calls.text("cli.demo.no_window"))
    demo.add_argument(
        "--seed", type=int, default=2026, metavar="N", help=calls.text("cli.demo.seed")
    )
    demo.add_argument(
        "--until",
        choices=("begin", "packs", "end"),
        default="end",
        help=calls.text("cli.demo.until"),
    )


def _demo(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.services.rehearsal import FOLDERS, make_rehearsal

    folder: Path = options.folder
    steps: list[dict[str, object]] = []

    def told(step: ToldStep) -> None:
        steps.append({"name": step.name, "seconds": str(round(step.seconds, 1))})
        _tell(console, step)

    def progress(done: int, total: int, what: str = "") -> None:
        console.progress(done, total, console.texts(f"rehearsal.now.{what}"))

    console.say("demo.begin", seed=options.seed, folder=folder)
    made = make_rehearsal(
        machine(),
        folder=folder,
        until=options.until,
        seed=options.seed,
        language=console.texts.language,
        told=told,
        progress=progress,
    )
    console.say("demo.end", folder=folder)
    for name in FOLDERS:
        if (folder / name).is_dir():
            console.say(f"demo.folder.{name.replace('-', '_')}", path=folder / name)
    prizes = [
        {"contestant": one.contestant, "name": one.name, "prize": one.prize} for one in made.prizes
    ]
    console.answer(
        {
            "folder": str(folder),
            "steps": steps,
            "finalists": list(made.finalists),
            "prizes": prizes,
        }
    )
    if options.no_window or console.as_json or console.open_window is None or not has_screen():
        return DONE
    return console.open_window(made.contest)


def _tell(console: Console, step: ToldStep) -> None:
    """Print a step's line with its time, and what is to be noted of it."""
    words = console.texts
    params = dict(step.params)
    verdicts = params.get("verdicts")
    if isinstance(verdicts, dict):
        params["verdicts"] = ", ".join(
            f"{words(f'demo.verdict.{name}')} {count}" for name, count in sorted(verdicts.items())
        )
    seconds = f"{step.seconds:.1f}".replace(".", ",")
    line = words(f"demo.{step.name}", **params)
    console.line(f"{line} {words('demo.took', seconds=seconds)}")
    for note in step.notes:
        said = dict(note.params)
        problem = said.get("problem")
        if problem is not None:
            said["problem"] = words(problem.text_key, **problem.params)  # type: ignore[attr-defined]
        console.line("   " + words(f"demo.{note.name}", **said))
