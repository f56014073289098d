"""The parser of the command line, speaking the user's language where argparse speaks English."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from judgeapp.cli.output import WRONG_USAGE
from judgeapp.system.texts import Texts

# What argparse says, and the text that says it; one that isn't known here is passed on as it is.
_COMPLAINTS = {
    r"the following arguments are required: (?P<names>.+)": "cli.usage.required",
    r"unrecognized arguments: (?P<names>.+)": "cli.usage.unknown",
    r"argument (?P<name>.+): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<names>.+)\)": (
        "cli.usage.choice"
    ),
    r"argument (?P<name>.+): invalid \w+ value: '(?P<given>.*)'": "cli.usage.value",
    r"argument (?P<name>.+): expected (?:one|at least one) argument": "cli.usage.nothing_given",
    r"ambiguous option: (?P<given>.+) could match (?P<names>.+)": "cli.usage.ambiguous",
}


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        start = Parser.texts("cli.usage") + " " if prefix is None else prefix
        super().add_usage(usage, actions, groups, start)


class Parser(argparse.ArgumentParser):
    """A parser whose headings and complaints are in the language of ``texts``."""

    texts: Texts

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)
        self._positionals.title = self.texts("cli.arguments")
        self._optionals.title = self.texts("cli.options")
        self.add_argument("-h", "--help", action="help", help=self.texts("cli.help"))

    def error(self, message: str) -> NoReturn:
        """Name the usage and what is wrong; exit with 2."""
        self.print_usage(sys.stderr)
        said = self.texts("cli.wrong_usage", message=in_words(message, self.texts))
        sys.stderr.write(said + "\n")
        raise SystemExit(WRONG_USAGE)


def in_words(message: str, texts: Texts) -> str:
    """Return a complaint of argparse in the language of ``texts``."""
    for pattern, key in _COMPLAINTS.items():
        if found := re.fullmatch(pattern, message):
            return texts(key, **{k: v.replace("'", "") for k, v in found.groupdict().items()})
    return message


def keys_of_complaints() -> Iterable[str]:
    """Return the texts that `in_words` can ask for."""
    return _COMPLAINTS.values()
