"""How far printing is moved on each printer of this machine, so that text meets printed forms.

Only a convenience: what is missing or unreadable is no shift, and what cannot be written is lost
without harm but for a line in the log.
"""

from __future__ import annotations

import json
import logging
from decimal import Decimal

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.papers import read_shift
from judgeapp.system.files import write_atomically
from judgeapp.system.paths import Paths

NAME = "print-shifts.json"
Shift = tuple[Decimal, Decimal]
NO_SHIFT: Shift = (Decimal(0), Decimal(0))

_log = logging.getLogger(__name__)


def load_shift(paths: Paths, printer: str) -> Shift:
    """Return how far to the right and down, in mm, was remembered for a printer."""
    written = _stored(paths).get(printer)
    try:
        return NO_SHIFT if written is None else read_shift(written)
    except JudgeError:
        return NO_SHIFT


def keep_shift(paths: Paths, printer: str, shift: Shift) -> None:
    """Remember it."""
    stored = _stored(paths)
    stored[printer] = f"{shift[0]};{shift[1]}"
    file = paths.settings.with_name(NAME)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, json.dumps(stored, ensure_ascii=False, indent=1).encode())
    except (OSError, JudgeError):
        _log.warning("print shifts not kept")


def _stored(paths: Paths) -> dict[str, str]:
    try:
        stored = json.loads(paths.settings.with_name(NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        _log.warning("print shifts unreadable")
        return {}
    if not isinstance(stored, dict):
        return {}
    return {str(key): value for key, value in stored.items() if isinstance(value, str)}
