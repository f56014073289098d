"""How a feature adds its calls: groups, calls, their arguments, and opening the contest."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judgeapp.cli.output import Console
from judgeapp.cli.parser import Parser
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.context import Context, Machine

Call = Callable[[argparse.Namespace, Console], int]


class Calls:
    """The tree of calls while it is being built. Help texts are ``cli.<group>.<name>``."""

    def __init__(self, parser: Parser, texts: Texts) -> None:
        self._groups = parser.add_subparsers(
            metavar=texts("cli.call"), required=True, title=texts("cli.calls")
        )
        self._texts = texts

    def text(self, key: str) -> str:
        """Return a help text."""
        return self._texts(key)

    def group(self, name: str) -> CallGroup:
        """Add a feature's group of calls."""
        help_text = self._texts(f"cli.{name}")
        parser = self._groups.add_parser(name, help=help_text, description=help_text)
        return CallGroup(name, parser, self._texts)

    def single(self, name: str, call: Call) -> Parser:
        """Add a call that has no group; return its parser for the arguments."""
        help_text = self._texts(f"cli.{name}")
        parser = self._groups.add_parser(name, help=help_text, description=help_text)
        _add_common(parser, call, self._texts)
        return parser


class CallGroup:
    """The calls of one feature."""

    def __init__(self, name: str, parser: Parser, texts: Texts) -> None:
        self._name = name
        self._texts = texts
        self._calls = parser.add_subparsers(
            metavar=texts("cli.call"), required=True, title=texts("cli.calls")
        )

    def call(self, name: str, call: Call) -> Parser:
        """Add a call; return its parser for the arguments."""
        help_text = self._texts(f"cli.{self._name}.{name}")
        parser = self._calls.add_parser(name, help=help_text, description=help_text)
        _add_common(parser, call, self._texts)
        return parser


def _add_common(parser: Parser, call: Call, texts: Texts) -> None:
    parser.add_argument("--json", action="store_true", help=texts("cli.json"))
    parser.add_argument("--lang", choices=("vi", "en"), help=texts("cli.lang"))
    parser.set_defaults(call=call)


def add_contest(parser: Parser, **options: Any) -> None:
    """Add the contest folder as the call's first argument."""
    help_text = parser.texts("cli.contest_folder")
    parser.add_argument("contest", type=Path, metavar="CONTEST", help=help_text, **options)


def machine() -> Machine:
    """Return this machine, for calls that need no contest."""
    from judgeapp.bootstrap import start_machine

    return start_machine()


def opened(options: argparse.Namespace) -> Context:
    """Open the contest that the call names."""
    from judgeapp.bootstrap import open_contest, start_machine

    return open_contest(options.contest, start_machine())
