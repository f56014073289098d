"""Reads a birth date from a cell: a day, a month of a year, or a year; never guessed in silence.

Day comes before month, as Vietnamese write it; month first is taken only where nothing else can be
meant. What Excel did to a date is recognised: a year in a date cell (1985 shows as 07/06/1905), a
date as a bare serial number, day and month exchanged row by row.
Not checked: whether it is that person's birthday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from judgeapp.domain.cells import Cell
from judgeapp.domain.doubts import NOTHING, Finding, Reading
from judgeapp.domain.names import bare_key, clean
from judgeapp.domain.sheet_words import is_nothing

_OLDEST, _YOUNGEST = 100, 5
_EPOCH = dt.date(1899, 12, 30)
_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
_YEAR = re.compile(r"(?:sn|sinh|nam|sinh nam)? ?(\d{4})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2}) ?([-/. ,]) ?(\d{1,2}) ?[-/. ,] ?(\d{4}|\d{2})" + _TIME)
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_IN_WORDS = re.compile(
    r"(?:sinh )?(?:ngay )?(?:(\d{1,2}) )?(?:thang|thg|th) ?(\d{1,2}) (?:nam )?(\d{4}|\d{2})"
)
_ENGLISH = re.compile(r"(?:(\d{1,2}) )?([a-z]{3})[a-z]* (\d{4}|\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")


@dataclass(frozen=True)
class _Parts:
    year: int
    month: int | None = None
    day: int | None = None


def read_birth(cell: Cell, today: dt.date) -> Reading:
    """Return ``1985-03-12``, ``1985-03`` or ``1985``, or no value, with what is to be shown.

    Args:
        cell: what the sheet holds.
        today: a birth after it is refused.
    """
    if cell.date is not None:
        return _read_date(cell, cell.date, today)
    if cell.number is not None:
        return _read_number(cell, today)
    if is_nothing(cell.shown):
        return Reading(None, (Finding("birth_missing"),))
    return _read_text(cell.shown, today)


def _read_date(cell: Cell, day: dt.date, today: dt.date) -> Reading:
    serial = cell.number if cell.number is not None else (day - _EPOCH).days
    if serial == int(serial) and today.year - _OLDEST <= serial <= today.year:
        year = str(int(serial))
        return Reading(year, (Finding("birth_year_in_date_cell", cell.shown, year),))
    return _checked(_Parts(day.year, day.month, day.day), cell.shown, today)


def _read_number(cell: Cell, today: dt.date) -> Reading:
    shown = cell.shown
    if not shown.isdecimal():
        return Reading(None, (Finding("birth_unreadable", shown),))
    number = int(shown)
    if len(shown) in (7, 8):
        return _run_together(shown.zfill(8), shown, today)
    if len(shown) == 4:
        return _checked(_Parts(number), shown, today)
    if len(shown) <= 2:
        return _two_digit_year(_Parts(number), shown, today)
    if len(shown) == 5:
        day = _EPOCH + dt.timedelta(number)
        found = _checked(_Parts(day.year, day.month, day.day), shown, today)
        return _with(found, Finding("birth_serial", shown, found.value))
    return Reading(None, (Finding("birth_unreadable", shown),))


def _read_text(text: str, today: dt.date) -> Reading:
    small = text.casefold().strip(" .,;'")
    words = bare_key(small)
    if match := _YEAR.fullmatch(words):
        return _checked(_Parts(int(match[1])), text, today)
    if match := _ISO.fullmatch(small):
        return _checked(_Parts(int(match[1]), int(match[2]), int(match[3])), text, today)
    if match := _DAY_MONTH_YEAR.fullmatch(small):
        return _day_first(int(match[1]), int(match[3]), match[4], text, today)
    if match := _MONTH_YEAR.fullmatch(small):
        return _checked(_Parts(int(match[2]), int(match[1])), text, today)
    if match := _YEAR_MONTH.fullmatch(small):
        return _checked(_Parts(int(match[1]), int(match[2])), text, today)
    return _read_words(small, words, text, today)


def _read_words(small: str, words: str, text: str, today: dt.date) -> Reading:
    if match := _IN_WORDS.fullmatch(words):
        day = int(match[1]) if match[1] else None
        return _with_year(match[3], int(match[2]), day, text, today)
    if (match := _ENGLISH.fullmatch(words)) and match[2] in _MONTHS:
        day = int(match[1]) if match[1] else None
        return _with_year(match[3], _MONTHS.index(match[2]) + 1, day, text, today)
    if _RUN_TOGETHER.fullmatch(small):
        return _run_together(small, text, today)
    if small.isdecimal() and small.isascii() and len(small) == 2:
        return _two_digit_year(_Parts(int(small)), text, today)
    return Reading(None, (Finding("birth_unreadable", text),))


def _day_first(first: int, second: int, year: str, text: str, today: dt.date) -> Reading:
    if first == 0:  # 00/00/1985 is how some programs write that only the year is known
        found = _with_year(year, second or None, None, text, today)
        return _with(found, Finding("birth_zeros", text, found.value))
    full = _full_year(int(year), today) if len(year) == 2 else int(year)
    if not _exists(full, second, first) and _exists(full, first, second):
        found = _with_year(year, first, second, text, today)
        return _with(found, Finding("birth_month_first", text, found.value))
    return _with_year(year, second, first, text, today)


def _with_year(year: str, month: int | None, day: int | None, text: str, today: dt.date) -> Reading:
    parts = _Parts(int(year), month, day)
    return _two_digit_year(parts, text, today) if len(year) == 2 else _checked(parts, text, today)


def _two_digit_year(parts: _Parts, text: str, today: dt.date) -> Reading:
    full = _Parts(_full_year(parts.year, today), parts.month, parts.day)
    found = _checked(full, text, today)
    return _with(found, Finding("birth_two_digit_year", text, found.value))


def _full_year(two_digits: int, today: dt.date) -> int:
    year = today.year // 100 * 100 + two_digits
    return year if year <= today.year - _YOUNGEST else year - 100


def _run_together(digits: str, text: str, today: dt.date) -> Reading:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not _exists(year, month, day):
        year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    found = _checked(_Parts(year, month, day), text, today)
    if found.value is None:
        return Reading(None, (Finding("birth_unreadable", text),))
    return _with(found, Finding("birth_run_together", text, found.value))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _checked(parts: _Parts, text: str, today: dt.date) -> Reading:
    """Return the value if such a day exists and somebody born then can take part."""
    month = 1 if parts.month is None else parts.month
    day = 1 if parts.day is None else parts.day
    if not _exists(parts.year, month, day):
        return Reading(None, (Finding("birth_impossible", text),))
    if dt.date(parts.year, month, day) > today:
        return Reading(None, (Finding("birth_future", text),))
    if not today.year - _OLDEST <= parts.year <= today.year - _YOUNGEST:
        return Reading(None, (Finding("birth_unlikely", text),))
    pieces = [f"{parts.year:04d}"]
    pieces += [f"{piece:02d}" for piece in (parts.month, parts.day) if piece is not None]
    return Reading("-".join(pieces))


def _with(reading: Reading, finding: Finding) -> Reading:
    """Add a finding to a reading that has a value; one without says already why."""
    if reading.value is None:
        return reading
    return Reading(reading.value, (*reading.findings, finding))


def read_birth_of_three(day: Cell, month: Cell, year: Cell, today: dt.date) -> Reading:
    """Return the birth date from a column each for day, month and year."""
    if year.blank and day.blank and month.blank:
        return Reading(None, (Finding("birth_missing"),))
    shown = "/".join(cell.shown for cell in (day, month, year) if not cell.blank)
    return _read_text(clean(shown), today) if shown else NOTHING


def ambiguous_births(cells: Sequence[Cell], today: dt.date) -> dict[int, str]:
    """Return which cells of a birth column may have day and month exchanged, by their index.

    ``birth_ambiguous``: texts that can be read both ways, in a column where others have the month
    first and none the day. ``birth_exchanged``: date cells with days up to 12 only, beside texts
    with days above 12 only: the mark of a sheet that was opened with American dates.
    """
    texts = {
        index: (int(match[1]), int(match[3]))
        for index, cell in enumerate(cells)
        if cell.text and (match := _DAY_MONTH_YEAR.fullmatch(cell.shown)) and match[2] == "/"
    }
    month_first = [pair for pair in texts.values() if pair[0] <= 12 < pair[1]]
    day_first = [pair for pair in texts.values() if pair[1] <= 12 < pair[0]]
    found: dict[int, str] = {}
    if month_first and not day_first:
        found = {
            index: "birth_ambiguous"
            for index, (first, second) in texts.items()
            if first <= 12 and second <= 12 and first != second
        }
    dates = {
        index: cell.date
        for index, cell in enumerate(cells)
        if cell.date is not None and today.year - _OLDEST <= cell.date.year
    }
    if (
        len(dates) >= 2
        and len(day_first) >= 2
        and all(day.day <= 12 for day in dates.values())
        and len(day_first) == len(texts)
    ):
        found |= {index: "birth_exchanged" for index, day in dates.items() if day.day != day.month}
    return found
