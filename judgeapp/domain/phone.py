"""Reads a phone number from a cell: digits with the leading 0 that spreadsheets lose.

Source: Vietnam's numbering plan: mobile numbers have 10 digits (03, 05, 07, 08, 09), land lines
11 (02 and an area code); until 2018 mobile numbers of 11 digits began with 01.
"""

from __future__ import annotations

import re
import unicodedata

from judgeapp.domain.cells import Cell
from judgeapp.domain.doubts import NOTHING, Finding, Reading
from judgeapp.domain.names import clean
from judgeapp.domain.sheet_words import is_nothing

_NUMBER = re.compile(r"0(?:[35789][0-9]{8}|2[0-9]{9})", re.ASCII)
_OLD_NUMBER = re.compile(r"01[0-9]{9}|0[2-8][0-9]{8}", re.ASCII)
_WITHOUT_ZERO = re.compile(r"[35789][0-9]{8}|2[0-9]{9}", re.ASCII)
_SCIENTIFIC = re.compile(r"([0-9])[.,]?([0-9]*)e\+?([0-9]+)", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r"\s*(?:[/;,|\n\r]|\bhoặc\b|\bvà\b|\bor\b|\s-\s)\s*")
_SEPARATORS = re.compile(r"[\s.\-()–‐‑'_]+")


def read_phone(cell: Cell) -> Reading:
    """Return the digits of a phone number with the leading 0, or nothing."""
    if cell.date is not None:
        return Reading(None, (Finding("phone_lost", cell.shown),))
    if cell.number is not None:
        return _read_digits(cell.shown, cell.shown)
    shown = cell.shown
    if is_nothing(shown):
        return NOTHING
    text = unicodedata.normalize("NFKC", cell.text).strip().casefold()
    scientific = _SCIENTIFIC.fullmatch(clean(text))
    if scientific:
        return _read_scientific(scientific, shown)
    whole = _SEPARATORS.sub("", clean(text).replace("/", ""))
    if _is_one_number(whole):
        return _read_digits(whole, shown)
    return _read_several(_BETWEEN_NUMBERS.split(text), shown)


def _is_one_number(digits: str) -> bool:
    return bool(
        _NUMBER.fullmatch(digits)
        or _WITHOUT_ZERO.fullmatch(digits)
        or (digits.startswith(("+84", "0084")) and 11 <= len(digits) <= 14)
    )


def _read_several(pieces: list[str], shown: str) -> Reading:
    """Return the first number of several in a cell, or the one number among words."""
    found: list[Reading] = []
    for piece in pieces:
        digits = "".join(re.findall(r"\+?[0-9]+", _SEPARATORS.sub("", clean(piece))))
        if len(digits) >= 6:
            found.append(_read_digits(digits, shown))
    if not found:
        return Reading(None, (Finding("phone_lost", shown),))
    first = found[0]
    if len(found) > 1:
        return Reading(first.value, (Finding("phone_two", shown, first.value),))
    if first.findings or not re.search(r"[^\W\d_]", shown):
        return first
    return Reading(first.value, (Finding("phone_words", shown, first.value),))


def _read_digits(digits: str, shown: str) -> Reading:
    if _NUMBER.fullmatch(digits):
        return Reading(digits)
    national = digits.removeprefix("+").removeprefix("00")
    if national.startswith("84"):
        rest = national.removeprefix("84").removeprefix("0")
        if _NUMBER.fullmatch(f"0{rest}"):
            return Reading(f"0{rest}", (Finding("phone_country_code", shown, f"0{rest}"),))
    if _WITHOUT_ZERO.fullmatch(digits):
        return Reading(f"0{digits}", (Finding("phone_leading_zero", shown, f"0{digits}"),))
    if _OLD_NUMBER.fullmatch(digits):
        return Reading(digits, (Finding("phone_old", shown, digits),))
    plain = digits.removeprefix("+")
    if not (plain.isdecimal() and plain.isascii() and 3 <= len(plain) <= 15):
        return Reading(None, (Finding("phone_lost", shown),))
    return Reading(digits, (Finding("phone_odd", shown, digits),))


def _read_scientific(match: re.Match[str], shown: str) -> Reading:
    """Read what a spreadsheet made of a number in a text file: 9.12E+08 has lost its end."""
    digits, exponent = match[1] + match[2], int(match[3])
    if len(digits) - 1 != exponent:
        return Reading(None, (Finding("phone_lost", shown),))
    return _read_digits(digits, shown)
