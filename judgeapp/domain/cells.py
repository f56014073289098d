"""What one cell of a spreadsheet holds, before anybody decides what it means.

Words: a *cell* is text, a number or nothing; a number may be *shown* as a date by its format. The
same digits mean different things in different columns (a phone, a code, points, a year), so a cell
keeps what was stored and how it was shown; `judgeapp.domain.readings` says what it means.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from judgeapp.domain.names import clean
from judgeapp.domain.numbers import plain

Trouble = Literal["no_value", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: text as stored; empty for a number. The shown error (``#N/A``) for an error.
        number: an exact number, or the serial number behind a date, if the file has one.
        date: the day that the cell's date format shows, or None.
        format: the number format's code, such as ``000`` or ``dd/mm/yyyy``.
        trouble: ``no_value`` for a formula whose result no program stored, ``error`` for ``#N/A``.
        shown: what a person sees in it, on one line: ``007`` for 7 in the format 000.
    """

    text: str = ""
    number: Decimal | None = None
    date: dt.date | None = None
    format: str = ""
    trouble: Trouble | None = None
    shown: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", self._show())  # once: every step below asks for it

    @property
    def blank(self) -> bool:
        """Tell whether nothing can be seen in the cell."""
        return not self.shown and self.trouble is None

    def _show(self) -> str:
        if self.date is not None:
            return f"{self.date.day:02d}/{self.date.month:02d}/{self.date.year:04d}"
        if self.number is None:
            return clean(self.text)
        digits = plain(self.number)
        width = len(self.format) if self.format and not self.format.strip("0") else 0
        return digits.zfill(width) if digits.isdecimal() else digits


EMPTY = Cell()


def text_cell(text: str) -> Cell:
    """Return a cell that holds text."""
    return Cell(text=text)


def number_cell(number: Decimal, number_format: str = "") -> Cell:
    """Return a cell that holds a number."""
    return Cell(number=number, format=number_format)
