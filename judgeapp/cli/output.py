"""What a command says: lines for people or one JSON object, errors in one line, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.system.texts import Texts

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

OpenWindow = Callable[[Path], int]


class Console:
    """Standard output and error of one call."""

    def __init__(
        self, texts: Texts, *, as_json: bool, open_window: OpenWindow | None = None
    ) -> None:
        self.texts = texts
        self.as_json = as_json
        self.open_window = open_window

    def answer(self, value: Mapping[str, object]) -> None:
        """With ``--json`` print the one object of this call; otherwise nothing."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")

    def say(self, key: str, /, **params: object) -> None:
        """Print a text for people; nothing with ``--json``."""
        self.line(self.texts(key, **params))

    def line(self, text: str = "") -> None:
        """Print a line that is already in words; nothing with ``--json``."""
        if not self.as_json:
            sys.stdout.write(text + "\n")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table: columns as wide as their widest cell; nothing with ``--json``."""
        if self.as_json:
            return
        cells = [list(heads), *[list(row) for row in rows]]
        widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
        for index, row in enumerate(cells):
            padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            sys.stdout.write("  ".join(padded).rstrip() + "\n")
            if index == 0:
                sys.stdout.write("  ".join("-" * width for width in widths) + "\n")

    def refuse(self, error: JudgeError, more: Mapping[str, object] | None = None) -> int:
        """Say in one line on standard error why nothing was done; return the exit code.

        Args:
            error: what was refused.
            more: keys that the object of ``--json`` holds beside ``error``.
        """
        message = " ".join(self.texts.error(error).split())
        self.answer(
            {
                "error": {
                    "code": error.code,
                    "message": message,
                    "file": error.file,
                    "place": error.place,
                },
                **(more or {}),
            }
        )
        sys.stderr.write(message + "\n")
        return REFUSED

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Show progress on standard error, if that is a terminal."""
        if not sys.stderr.isatty():
            return
        width = 24
        filled = width * done // max(total, 1)
        bar = "█" * filled + "░" * (width - filled)
        sys.stderr.write(f"\r\x1b[K{bar} {done}/{total} {what}")
        if done >= total:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
