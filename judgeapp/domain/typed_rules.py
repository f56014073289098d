"""Numbers of the rules as people type them: counts, points, lengths of time.

Comma and point are the same. Each reader says in its refusal what would do.
"""

from __future__ import annotations

import re
from decimal import Decimal

from judgeapp.domain.errors import BadInput

_COUNT = re.compile(r"[0-9]{1,6}", re.ASCII)
_AMOUNT = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,3}))?", re.ASCII)
_LENGTH = re.compile(r"([0-9]{1,3})(?:\s*(?:phút|min)\.?)?(?:\s*[:'’]\s*([0-5]?[0-9]))?", re.ASCII)


def read_count(text: str, *, least: int, most: int) -> int:
    """Read a whole number from ``least`` to ``most``.

    Raises:
        BadInput: ``rules.bad_count``.
    """
    typed = text.strip()
    if not _COUNT.fullmatch(typed) or not least <= int(typed) <= most:
        raise BadInput("rules.bad_count", place=typed, least=least, most=most)
    return int(typed)


def read_amount(text: str, *, most: Decimal, above_zero: bool = False) -> Decimal:
    """Read points, a step or a weight: up to four figures and three decimals.

    Raises:
        BadInput: ``rules.bad_amount``, or ``rules.bad_amount_above_zero`` where 0 will not do.
    """
    typed = text.strip()
    match = _AMOUNT.fullmatch(typed)
    value = Decimal(f"{match[1]}.{match[2] or '0'}").normalize() if match else None
    if value is None or value > most or (above_zero and not value):
        code = "rules.bad_amount_above_zero" if above_zero else "rules.bad_amount"
        raise BadInput(code, place=typed, most=most)
    return value


def read_length(text: str) -> int:
    """Read a length of time in minutes, or minutes and seconds as 7:30; return seconds.

    Raises:
        BadInput: ``rules.bad_length``.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise BadInput("rules.bad_length", place=text.strip())
    return int(match[1]) * 60 + int(match[2] or 0)


def write_length(seconds: int) -> str:
    """Write a length as `read_length` reads it: 10, or 7:30."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}" if rest else str(minutes)
