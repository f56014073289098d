"""Tables as CSV for people's spreadsheet programs and for other programs.

Words: a *table* has heads and rows of cells; a cell is text, a number in plain decimal text
(`Number`), an exact value that may be a fraction (`Exact`), or None for nothing (never 0).
``excel-vi`` is what a Vietnamese Excel opens by a double click: semicolons and a decimal comma;
``plain`` has commas and a point. Both are UTF-8 with a byte order mark, lines end in CR LF, and no
text in them is a formula. A number stays a number, -0.5 too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from judgeapp.formats.formula_guard import guard

CsvStyle = Literal["excel-vi", "plain"]
CSV_STYLES: tuple[CsvStyle, ...] = ("excel-vi", "plain")
_LIKE_A_DATE = re.compile(r"[0-9]{1,4}/[0-9]{1,4}")


@dataclass(frozen=True)
class Number:
    """A number in plain decimal text, with the decimals it is to be shown with."""

    text: str


@dataclass(frozen=True)
class Exact:
    """An exact value: a whole number or a fraction in lowest terms, ``433/5``."""

    text: str


Cell = str | int | Number | Exact | None


@dataclass(frozen=True)
class Table:
    """A table for people: its title, heads and rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Sequence[Cell], ...]


def csv_bytes(table: Table, style: CsvStyle) -> bytes:
    """Return the table as the bytes of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if style == "excel-vi" else ",", lineterminator="\r\n")
    writer.writerows(_written([table.heads, *table.rows], style))
    return out.getvalue().encode("utf-8-sig")


def _written(rows: Iterable[Sequence[Cell]], style: CsvStyle) -> Iterable[list[str]]:
    return ([cell_text(cell, style) for cell in row] for row in rows)


def cell_text(cell: Cell, style: CsvStyle) -> str:
    """Return a cell as it stands in the file, before quoting."""
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return cell.text.replace(".", ",") if style == "excel-vi" else cell.text
    if isinstance(cell, Exact):  # Excel would make a day and month of 17/2
        like_a_date = style == "excel-vi" and _LIKE_A_DATE.fullmatch(cell.text)
        return f"'{cell.text}" if like_a_date else cell.text
    return guard(cell) if isinstance(cell, str) else str(cell)
