"""The command line: finds the call, gives it the console and the contest, turns errors into words.

Each feature's module adds its own calls in ``add_calls``. Heavy packages load only in the call that
needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from judgeapp import __version__
from judgeapp.cli import (
    awards,
    contest,
    demo,
    entries,
    judging,
    packs,
    panel,
    people,
    results,
    rules,
    upkeep,
)
from judgeapp.cli.calls import Call, Calls
from judgeapp.cli.output import REFUSED, Console, OpenWindow
from judgeapp.cli.parser import Parser
from judgeapp.domain.errors import JudgeError
from judgeapp.system.log import start_log
from judgeapp.system.paths import find_paths
from judgeapp.system.settings import load_settings
from judgeapp.system.texts import Texts, load_texts

_log = logging.getLogger(__name__)

FEATURES: Mapping[str, Callable[[Calls], None]] = {
    "demo": demo.add_calls,
    "contest": contest.add_calls,
    "rules": rules.add_calls,
    "people": people.add_calls,
    "entries": entries.add_calls,
    "judging": judging.add_calls,
    "panel": panel.add_calls,
    "packs": packs.add_calls,
    "results": results.add_calls,
    "awards": awards.add_calls,
    "upkeep": upkeep.add_calls,
}


def is_call(word: str) -> bool:
    """Tell whether a first argument is the name of a call rather than a folder to open."""
    return word in FEATURES


def _language(arguments: Sequence[str]) -> str:
    for index, argument in enumerate(arguments):
        if (
            argument == "--lang"
            and index + 1 < len(arguments)
            and arguments[index + 1] in ("vi", "en")
        ):
            return arguments[index + 1]
        if argument in ("--lang=vi", "--lang=en"):
            return argument.removeprefix("--lang=")
    return load_settings(find_paths().settings).language


def build_parser(texts: Texts) -> argparse.ArgumentParser:
    """Return the parser of all calls, with help in the language of ``texts``."""
    Parser.texts = texts
    parser = Parser(prog="judgeapp", description=texts("cli.description"))
    parser.add_argument(
        "--version",
        action="version",
        version=f"judgeapp {__version__}",
        help=texts("cli.version"),
    )
    calls = Calls(parser, texts)
    for add_calls in FEATURES.values():
        add_calls(calls)
    return parser


def run(arguments: Sequence[str], open_window: OpenWindow | None = None) -> int:
    """Run one call; return its exit code (0 done, 1 refused or failed, 2 wrong usage).

    Args:
        arguments: of the process, without its name.
        open_window: opens a contest folder in the window, for the call that ends there.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    texts = load_texts(_language(arguments))
    options = build_parser(texts).parse_args(arguments)
    call: Call = options.call
    console = Console(texts, as_json=options.json, open_window=open_window)
    try:
        code = call(options, console)
        sys.stdout.flush()
    except JudgeError as error:
        return console.refuse(error)
    except KeyboardInterrupt:
        return console.refuse(JudgeError("cancelled"))
    except BrokenPipeError:
        return _reader_has_gone()
    except Exception:  # noqa: BLE001 - a person gets a sentence, the log gets the details
        start_log(find_paths().logs)
        _log.exception("a call failed")
        return console.refuse(JudgeError("bug"))
    return code


def _reader_has_gone() -> int:
    """Leave quietly when the program that read our output stopped reading, as `head` does."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - closed at exit
    return REFUSED
