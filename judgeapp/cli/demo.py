"""The call `demo`: the sample contest, end to end."""

from __future__ import annotations

import argparse
from pathlib import Path

from judgeapp.cli.calls import Calls, machine
from judgeapp.cli.output import DONE, Console
from judgeapp.system.screen import has_screen


def add_calls(calls: Calls) -> None:
    """Add this feature's call."""
    demo = calls.single("demo", _demo)
    demo.add_argument("folder", type=Path, metavar="DIR", help=calls.text("cli.demo.folder"))
    demo.add_argument("--no-window", action="store_true", help=calls.text("cli.demo.no_window"))
    demo.add_argument(
        "--seed", type=int, default=2026, metavar="N", help=calls.text("cli.demo.seed")
    )


def _demo(options: argparse.Namespace, console: Console) -> int:
    from judgeapp.cli.demo_run import run_demo

    run_demo(console, machine(), folder=options.folder, seed=options.seed)
    if options.no_window or console.as_json or console.open_window is None or not has_screen():
        return DONE
    return console.open_window(options.folder / "contest")
