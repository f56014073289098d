"""OpenDocument spreadsheets (.ods, .fods) as grids, without unfolding their repeated blank cells.

A file from LibreOffice or Google may claim 1,048,576 rows of 16,384 columns; repeats are counted,
not copied, until a row holds something.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import Decimal

from judgeapp.domain.cells import Cell
from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.caps import MAX_MERGES, MAX_ROWS, CellCount
from judgeapp.formats.sheet_in.grid import Grid, Merge, uncovered
from judgeapp.formats.sheet_in.legacy import legacy_font, needs_conversion
from judgeapp.formats.sheet_in.xlsx import exact_number
from judgeapp.formats.sheet_in.xml_parts import Parts, parse

_NUMBERS = {"float", "currency", "percentage"}
_HIDDEN = {"collapse", "filter"}
_NOTES = {"annotation", "frame", "custom-shape", "shape"}


def read_ods(content: bytes, file: str) -> list[Grid]:
    """Return all sheets of an .ods file, hidden ones too.

    Raises:
        BadInput: ``sheet.damaged``, ``sheet.bomb``, ``sheet.password``, ``sheet.too_large``.
    """
    parts = Parts(content, file)
    if parts.has("META-INF/manifest.xml") and b"encryption-data" in parts.read(
        "META-INF/manifest.xml"
    ):
        raise BadInput("sheet.password", file=file)
    listener = _OdsListener(CellCount(file))
    if parts.has("styles.xml"):
        parse(parts.pieces("styles.xml"), listener.styles_only(), file=file, part="styles.xml")
    parse(parts.pieces("content.xml"), listener, file=file, part="content.xml")
    return listener.grids


def read_flat_ods(content: bytes, file: str) -> list[Grid]:
    """Return all sheets of a .fods file, which is the same XML in one piece."""
    listener = _OdsListener(CellCount(file))
    parse(iter([content]), listener, file=file)
    return listener.grids


class _Fonts:
    """Which cell styles have an old font, which table styles are hidden."""

    def __init__(self) -> None:
        self.legacy: dict[str, str] = {}
        self.hidden_tables: set[str] = set()
        self._faces: dict[str, str] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font-face":
            self._faces[attributes.get("name", "")] = attributes.get("font-family", "")
        elif name == "style":
            self._style = attributes.get("name", "")
            parent = attributes.get("parent-style-name", "")
            if parent in self.legacy:
                self.legacy[self._style] = self.legacy[parent]
        elif name == "text-properties":
            self._take_font(attributes)
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_tables.add(self._style)

    def _take_font(self, attributes: dict[str, str]) -> None:
        named = attributes.get("font-name")
        font = attributes.get("font-family") or (self._faces.get(named, named) if named else None)
        if font is None:
            return
        encoding = legacy_font(font.strip("'\""))
        if encoding:
            self.legacy[self._style] = encoding
        else:
            self.legacy.pop(self._style, None)

    def end(self, name: str) -> None:
        """Styles hold no text."""

    def data(self, text: str) -> None:
        """Styles hold no text."""


class _OdsListener:
    def __init__(self, count: CellCount) -> None:
        self.grids: list[Grid] = []
        self._count = count
        self._fonts = _Fonts()
        self._table: _Table | None = None
        self._depth = 0  # tables inside cells' comments or drawings are none of ours

    def styles_only(self) -> _Fonts:
        """Return the part that takes note of styles, for the file's second part."""
        return self._fonts

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                hidden = attributes.get("style-name", "") in self._fonts.hidden_tables
                self._table = _Table(attributes.get("name", ""), hidden, self._fonts, self._count)
        elif self._table is None:
            self._fonts.start(name, attributes)
        elif self._depth == 1:
            self._table.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
            if self._depth == 0 and self._table is not None:
                self.grids.append(self._table.grid())
                self._table = None
        elif self._table is not None and self._depth == 1:
            self._table.end(name)

    def data(self, text: str) -> None:
        if self._table is not None and self._depth == 1:
            self._table.data(text)


class _Table:
    """One sheet while it is being read."""

    def __init__(self, name: str, hidden: bool, fonts: _Fonts, count: CellCount) -> None:
        self._name, self._hidden, self._fonts, self._count = name, hidden, fonts, count
        self._cells: dict[int, dict[int, Cell]] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[Merge] = []
        self._legacy: dict[tuple[int, int], str] = {}
        self._columns_seen = 0
        self._column_styles: list[tuple[int, str]] = []
        self._row, self._row_repeat, self._row_hidden = 0, 1, False
        self._column = 0
        self._row_cells: dict[int, Cell] = {}
        self._attributes: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._in_note = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table-row":
            self._row_repeat = _times(attributes.get("number-rows-repeated"))
            self._row_hidden = attributes.get("visibility") in _HIDDEN
            self._column = 0
            self._row_cells = {}
        elif name in ("table-cell", "covered-table-cell"):
            self._attributes = attributes
            self._paragraphs = []
        elif name == "table-column":
            self._take_column(attributes)
        elif name in _NOTES:
            self._in_note += 1
        elif not self._in_note:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._paragraphs.append("")
            self._in_paragraph += 1
        elif self._in_paragraph and name == "s":
            self.data(" " * min(_times(attributes.get("c")), 1000))
        elif self._in_paragraph and name in ("tab", "line-break"):
            self.data("\n" if name == "line-break" else "\t")

    def _take_column(self, attributes: dict[str, str]) -> None:
        repeat = _times(attributes.get("number-columns-repeated"))
        first = self._columns_seen + 1
        self._columns_seen += repeat
        if attributes.get("visibility") in _HIDDEN:
            self._hidden_columns.update(range(first, min(self._columns_seen, 16384) + 1))
        self._column_styles.append(
            (self._columns_seen, attributes.get("default-cell-style-name", ""))
        )

    def data(self, text: str) -> None:
        if self._in_paragraph and not self._in_note:
            self._paragraphs[-1] += text

    def end(self, name: str) -> None:
        if name == "table-row":
            self._end_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell(covered=name == "covered-table-cell")
        elif name in _NOTES:
            self._in_note -= 1
        elif name == "p" and not self._in_note:
            self._in_paragraph -= 1

    def _end_cell(self, *, covered: bool) -> None:
        attributes = self._attributes
        repeat = _times(attributes.get("number-columns-repeated"))
        first = self._column + 1
        self._column += repeat
        cell = _cell(attributes, "\n".join(self._paragraphs))
        if covered or cell.blank:
            return
        self._take_merge(first, attributes)
        self._count.take(self._row + 1, self._column, cell.text, copies=repeat)
        for column in range(first, self._column + 1):
            self._row_cells[column] = cell
            style = attributes.get("style-name") or self._column_style(column)
            encoding = self._fonts.legacy.get(style)
            if encoding and needs_conversion(cell.text, encoding):
                self._legacy[self._row + 1, column] = encoding

    def _column_style(self, column: int) -> str:
        return next((style for last, style in self._column_styles if column <= last), "")

    def _take_merge(self, column: int, attributes: dict[str, str]) -> None:
        wide = _times(attributes.get("number-columns-spanned"))
        high = _times(attributes.get("number-rows-spanned"))
        if wide > 1 or high > 1:
            if len(self._merges) >= MAX_MERGES:
                raise BadInput("sheet.bomb", file=self._count.file)
            row = self._row + 1
            self._merges.append(Merge(row, column, row + high - 1, column + wide - 1))

    def _end_row(self) -> None:
        first = self._row + 1
        self._row += self._row_repeat
        if not self._row_cells:
            return
        self._count.rows(len(self._cells) + self._row_repeat)
        for row in itertools.islice(_from(first), min(self._row_repeat, MAX_ROWS)):
            if row > first:
                self._count.take(row, 1, copies=len(self._row_cells))
            self._cells[row] = self._row_cells
            if self._row_hidden:
                self._hidden_rows.add(row)

    def grid(self) -> Grid:
        """Return the sheet, now that all of it was read."""
        return uncovered(
            Grid(
                self._name,
                self._cells,
                self._hidden,
                frozenset(self._hidden_rows),
                frozenset(self._hidden_columns),
                tuple(self._merges),
                self._legacy,
            )
        )


def _from(first: int) -> Iterator[int]:
    return itertools.count(first)


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) <= 8 else 1


def _cell(attributes: dict[str, str], shown: str) -> Cell:
    kind = attributes.get("value-type", "")
    if shown.strip().startswith(("Err:", "#")) and "formula" in attributes:
        return Cell(trouble="error", text=shown.strip())
    if kind == "date":
        day = _day(attributes.get("date-value", ""))
        return Cell(date=day) if day else Cell(text=shown)
    if kind in _NUMBERS:
        number = exact_number(attributes.get("value", ""))
        if number is not None:
            return _number(number, shown)
        return Cell(text=shown)
    if kind == "boolean":
        return Cell(text="TRUE" if attributes.get("boolean-value") == "true" else "FALSE")
    if not kind and not shown and "formula" in attributes:
        return Cell(trouble="no_value")
    return Cell(text=shown or attributes.get("string-value", ""))


def _number(number: Decimal, shown: str) -> Cell:
    """Return a number; shown with leading zeros it has that many digits, as a code has."""
    digits = shown.strip()
    padded = digits.isdecimal() and digits.startswith("0") and len(digits) > 1
    return Cell(number=number, format="0" * len(digits) if padded else "")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
