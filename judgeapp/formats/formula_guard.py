"""Text that a spreadsheet program would take for a formula gets an apostrophe in front, and back.

`guard` and `unguard` are exact opposites for every text: one that begins with apostrophes before
such a sign gets one more. Source: cases/sheets/expected.json, s16.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard(text: str) -> str:
    """Return the text so that no spreadsheet program computes it.

    >>> guard("=1+1"), guard("Nông Thị Trừ")
    ("'=1+1", 'Nông Thị Trừ')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text as it was before `guard`."""
    return text[1:] if _GUARDED.match(text) else text
