"""Excel workbooks (.xlsx, .xlsm) as grids: values beside formulas, hidden rows, merges, fonts.

Read from the parts themselves, because readers made for tables lose what offices depend on: rows
hidden by a filter, formulas that no program calculated, sheets that claim the range A1.
"""

from __future__ import annotations

import posixpath
import re
from decimal import Decimal

from judgeapp.domain.cells import Cell
from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.caps import MAX_MERGES, MAX_SHEETS, CellCount
from judgeapp.formats.sheet_in.grid import Grid, Merge, uncovered
from judgeapp.formats.sheet_in.legacy import legacy_font, needs_conversion
from judgeapp.formats.sheet_in.xlsx_styles import (
    PLAIN_STYLE,
    Style,
    day_of_serial,
    read_styles,
)
from judgeapp.formats.sheet_in.xml_parts import Parts, parse

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(content: bytes, file: str) -> list[Grid]:
    """Return all sheets of a workbook, hidden ones too, in their order.

    Raises:
        BadInput: ``sheet.damaged``, ``sheet.bomb``, ``sheet.password``, ``sheet.too_large``.
    """
    parts = Parts(content, file)
    book = _Book(parts)
    count = CellCount(file)
    return [_read_sheet(parts, book, name, part, hidden, count)
            for name, part, hidden in book.sheets]  # fmt: skip


class _Relations:
    """Which part each relation of a part leads to."""

    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))

    def end(self, name: str) -> None:
        """Relations hold no text."""

    def data(self, text: str) -> None:
        """Relations hold no text."""


class _WorkbookListener:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0").casefold() in ("1", "true", "on")

    def end(self, name: str) -> None:
        """Only the elements' attributes count."""

    def data(self, text: str) -> None:
        """Only the elements' attributes count."""


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, parts: Parts) -> None:
        main = next(
            (target for kind, target in _relations(parts, "").values() if kind == "officeDocument"),
            "xl/workbook.xml",
        )
        listener = _WorkbookListener()
        parse(parts.pieces(main), listener, file=parts.file, part=main)
        relations = _relations(parts, main)
        self.since_1904 = listener.since_1904
        self.sheets = [
            (name, relations[relation][1], hidden)
            for name, relation, hidden in listener.sheets[:MAX_SHEETS]
            if relations.get(relation, ("", ""))[0] == "worksheet"
        ]
        by_kind = dict(relations.values())
        self.styles = read_styles(parts, by_kind.get("styles", "xl/styles.xml"))
        strings = by_kind.get("sharedStrings", "xl/sharedStrings.xml")
        self.strings: list[tuple[Cell, str | None]] = []
        if parts.has(strings):
            texts = _SharedStrings(self.strings)
            parse(parts.pieces(strings), texts, file=parts.file, part=strings)

    def style(self, index: str | None) -> Style:
        """Return a cell's style, the plain one if it names none that exists."""
        if index is None or not index.isdecimal() or int(index) >= len(self.styles):
            return PLAIN_STYLE
        return self.styles[int(index)]


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Return kind and full part name of each relation of ``part`` ("" for the package)."""
    folder, _, name = part.rpartition("/")
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if not parts.has(relations):
        return {}
    listener = _Relations()
    parse(parts.pieces(relations), listener, file=parts.file, part=relations)
    return {
        key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for key, (kind, target) in listener.targets.items()
    }


class _RichText:
    """Gathers a text that may be made of runs in different fonts; phonetic helps are left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._font: str | None = None
        self.legacy: str | None = None
        self._taking = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._taking = not self._phonetic
        elif name == "rPh":
            self._phonetic = True
        elif name == "rFont":
            self._font = legacy_font(attributes.get("val"))
        elif name == "r":
            self._font = None

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False

    def data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)
            if needs_conversion(text, self._font):
                self.legacy = self._font

    @property
    def text(self) -> str:
        return _unescape("".join(self._pieces))


class _SharedStrings:
    def __init__(self, strings: list[tuple[Cell, str | None]]) -> None:
        self._strings = strings
        self._text = _RichText()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._text = _RichText()
        else:
            self._text.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "si":
            self._strings.append((Cell(text=self._text.text), self._text.legacy))
        else:
            self._text.end(name)

    def data(self, text: str) -> None:
        self._text.data(text)


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class _SheetListener:
    def __init__(self, book: _Book, count: CellCount) -> None:
        self._book = book
        self._count = count
        self.cells: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.legacy: dict[tuple[int, int], str] = {}
        self._row = 0
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: list[str] = []
        self._inside = ""
        self._formula = False
        self._rich: _RichText | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif self._cell is not None:
            self._start_in_cell(name, attributes)
        elif name == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = 0
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.hidden_rows.add(self._row)
        elif name == "mergeCell":
            self._take_merge(attributes.get("ref", ""))
        elif name == "col" and (
            attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0"
        ):
            first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            self.hidden_columns.update(range(first, min(last, 16384) + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _letters(match[1]) if match else self._column + 1
        self._cell = attributes
        self._value = []
        self._formula = False
        self._rich = None

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":
            self._inside = "v"
        elif name == "f":
            self._inside, self._formula = "f", True
        elif name == "is":
            self._rich = _RichText()
        elif self._rich is not None:
            self._rich.start(name, attributes)

    def data(self, text: str) -> None:
        if self._inside == "v":
            self._value.append(text)
        elif self._rich is not None:
            self._rich.data(text)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "f"):
            self._inside = ""
        elif self._rich is not None:
            self._rich.end(name)

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        style = self._book.style(attributes.get("s"))
        cell, legacy = self._read(attributes.get("t", "n"), "".join(self._value), style)
        if cell is None or cell.blank:
            return
        self._count.take(self._row, self._column, cell.text)
        self.cells.setdefault(self._row, {})[self._column] = cell
        if legacy is None and needs_conversion(cell.text, style.legacy):
            legacy = style.legacy
        if legacy is not None:
            self.legacy[self._row, self._column] = legacy

    def _read(self, kind: str, value: str, style: Style) -> tuple[Cell | None, str | None]:
        """Return the cell and the encoding of its runs, if those are in an old font."""
        if self._rich is not None:
            return Cell(text=self._rich.text), self._rich.legacy
        if not value and kind != "str":
            return (Cell(trouble="no_value") if self._formula else None), None
        if kind == "s":
            if value.isdecimal() and int(value) < len(self._book.strings):
                return self._book.strings[int(value)]
            return Cell(trouble="error", text=value), None
        if kind == "e":
            return Cell(trouble="error", text=value), None
        if kind == "b":
            return Cell(text="TRUE" if value.strip() == "1" else "FALSE"), None
        if kind in ("str", "d"):
            return Cell(text=_unescape(value)), None
        return self._read_number(value, style), None

    def _read_number(self, value: str, style: Style) -> Cell:
        number = exact_number(value)
        if number is None:
            return Cell(text=value)
        if style.is_date:
            day = day_of_serial(number, since_1904=self._book.since_1904)
            return Cell(number=number, date=day, format=style.number_format)
        return Cell(number=number, format=style.number_format)

    def _take_merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            return
        (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
        self.merges.append(Merge(int(top), _letters(left), int(bottom), _letters(right)))
        if len(self.merges) > MAX_MERGES:
            raise BadInput("sheet.bomb", file=self._count.file)


def _letters(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 7 else otherwise


def exact_number(text: str) -> Decimal | None:
    """Return the number that a program wrote, without the dust of its binary form, or None.

    ``8.5500000000000007`` is what some programs write for 8.55: the shortest decimal that stands
    for the same stored number is taken.
    """
    text = text.strip()
    if not text.isascii() or "_" in text:
        return None
    if text.isdecimal() and len(text) <= 15:
        return Decimal(text)
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or abs(value) > 1e30:
        return None
    return Decimal(repr(value))


def _read_sheet(
    parts: Parts, book: _Book, name: str, part: str, hidden: bool, count: CellCount
) -> Grid:
    listener = _SheetListener(book, count)
    parse(parts.pieces(part), listener, file=parts.file, part=part)
    count.rows(len(listener.cells))
    return uncovered(
        Grid(
            name,
            dict(sorted(listener.cells.items())),
            hidden,
            frozenset(listener.hidden_rows & listener.cells.keys()),
            frozenset(listener.hidden_columns),
            tuple(listener.merges),
            listener.legacy,
        )
    )
