"""The one strict reader of typed points, used by window, command line, tables and score files.

Grammar after trimming blanks: up to three ASCII digits, at most one comma or point, at most two
decimals, digits on at least one side. Three answers: a value, empty (missing, never 0), refused.
``1.000`` is refused as doubtful (1 or 1000), ``1_0`` and other scripts' digits as no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

_TYPED = re.compile(r"([0-9]{0,3})(?:[.,]([0-9]{0,2}))?", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+", re.ASCII)
_SIGNED = re.compile(r"[-−]\s*[0-9]+(?:[.,][0-9]*)?", re.ASCII)
_BLANKS = " \t\r\n\u00a0\u202f\u2007"

Reason = Literal["not_a_number", "doubtful", "below_zero", "over_maximum", "off_step"]


@dataclass(frozen=True)
class Accepted:
    """A mark that fits: exact, on the step, within 0 and the maximum."""

    points: Decimal


@dataclass(frozen=True)
class Empty:
    """Nothing typed: no mark yet."""


@dataclass(frozen=True)
class Refused:
    """Not taken, and why; ``lower`` and ``upper`` are the nearest marks on the step, if any fit."""

    reason: Reason
    typed: str
    lower: Decimal | None = None
    upper: Decimal | None = None


Typed = Accepted | Empty | Refused


def read_points(text: str, *, maximum: Decimal, step: Decimal) -> Typed:
    """Read what a person typed as points of a criterion.

    Args:
        text: as typed or pasted.
        maximum: the criterion's highest mark.
        step: marks are whole multiples of it, above 0.
    """
    typed = text.strip(_BLANKS)
    if not typed:
        return Empty()
    match = _TYPED.fullmatch(typed)
    if match is None or not (match[1] or match[2]):
        return Refused(_why_unreadable(typed), typed)
    value = Decimal(f"{match[1] or '0'}.{match[2] or '0'}")
    if value > maximum:
        return Refused("over_maximum", typed)
    if value % step:
        lower = value - value % step
        upper = lower + step
        return Refused("off_step", typed, lower, upper if upper <= maximum else None)
    return Accepted(value)


def is_complete(text: str, points: Decimal, *, maximum: Decimal, step: Decimal) -> bool:
    """Tell whether typing on after an accepted text cannot make another mark of it.

    ``8`` of 10 can become 8,5 (steps of 0,5), so it waits; ``8,5`` and ``10`` are complete.
    """
    whole, sign, decimals = text.strip(_BLANKS).replace(".", ",").partition(",")
    if points + step > maximum:
        return True
    if sign:
        return step >= Decimal(1).scaleb(-len(decimals))
    return step >= 1 and int(whole) * 10 > maximum


def _why_unreadable(typed: str) -> Reason:
    if _GROUPED.fullmatch(typed):
        return "doubtful"
    if _SIGNED.fullmatch(typed):
        return "below_zero"
    return "not_a_number"
