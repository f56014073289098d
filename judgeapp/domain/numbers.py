r"""Exact numbers: plain decimal text in, `Fraction` inside, half up out. No float anywhere.

Words: *plain decimal text* is ``-?[0-9]+(\.[0-9]+)?`` in ASCII digits, at most 30 characters;
*half up* rounds halves away from zero, as Vietnamese offices do (8,345 is 8,35).
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
MAX_NUMBER_LENGTH = 30


def is_plain_decimal(text: object) -> bool:
    """Tell whether ``text`` is plain decimal text (no exponent, blank, comma or other digits)."""
    return (
        isinstance(text, str)
        and len(text) <= MAX_NUMBER_LENGTH
        and _PLAIN.fullmatch(text) is not None
    )


def is_long_number(text: object) -> bool:
    """Tell whether ``text`` has the form of plain decimal text and more than 30 characters."""
    return (
        isinstance(text, str)
        and len(text) > MAX_NUMBER_LENGTH
        and _PLAIN.fullmatch(text) is not None
    )


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """Round to the nearest multiple of ``step`` (above 0), halves away from zero.

    >>> half_up(Fraction("17.625"), Fraction("0.25"))
    Fraction(71, 4)
    """
    count = abs(value) / step
    whole = (2 * count.numerator + count.denominator) // (2 * count.denominator)
    return (whole if value >= 0 else -whole) * step


def fixed(value: Fraction, places: int) -> str:
    """Write with exactly ``places`` decimals, half up; never ``-0.00``.

    >>> fixed(Fraction(25, 3), 2)
    '8.33'
    """
    scale = 10**places
    numerator = abs(value.numerator) * scale
    whole = (2 * numerator + value.denominator) // (2 * value.denominator)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and whole else text


def shortest(value: Fraction) -> str:
    """Write as the shortest plain decimal that is exact, or ``p/q`` where none is.

    >>> shortest(Fraction("8.50")), shortest(Fraction(1, 3))
    ('8.5', '1/3')
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    return fixed(value, max(twos, fives))


def exact(value: Fraction) -> str:
    """Write as a fraction in lowest terms, ``331/4`` or ``8``."""
    return str(value)


def decimals(step: str) -> int:
    """Count the decimals that a rounding step is written with: ``0.10`` has 2, ``1`` has 0."""
    return len(step.partition(".")[2])


def plain(value: Decimal) -> str:
    """Write a `Decimal` as the shortest plain text: ``8.50`` is ``8.5``, never ``8E+1``."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value else "0"
