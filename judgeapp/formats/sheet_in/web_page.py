"""Tables of a web page as grids: many portals export a page and name it .xls."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from judgeapp.domain.cells import Cell
from judgeapp.formats.sheet_in.caps import MAX_MERGES, CellCount
from judgeapp.formats.sheet_in.grid import Grid, Merge

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-height-source:[^;]*;\s*height:\s*0", re.I)
_SILENT = {"script", "style", "title", "head"}
_BREAKS = {"br", "p", "div", "li"}


def read_web_page(text: str, file: str) -> list[Grid]:
    """Return the page's tables, one grid each; several are named 1, 2, … in their order.

    A table inside a table's cell is text of that cell.

    Raises:
        BadInput: ``sheet.too_large``.
    """
    parser = _TableParser(CellCount(file))
    parser.feed(text)
    parser.close()
    parser.finish()
    if len(parser.grids) == 1:
        return parser.grids
    return [replace(grid, name=str(number)) for number, grid in enumerate(parser.grids, start=1)]


class _TableParser(HTMLParser):
    def __init__(self, count: CellCount) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._count = count
        self._depth = 0
        self._silent = 0
        self._cells: dict[int, dict[int, Cell]] = {}
        self._merges: list[Merge] = []
        self._covered: dict[int, set[int]] = {}
        self._hidden_rows: set[int] = set()
        self._row = 0
        self._column = 0
        self._spans = (1, 1)
        self._pieces: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._cells, self._merges, self._covered = {}, [], {}
                self._hidden_rows, self._row = set(), 0
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self._row += 1
            self._column = 0
            if _HIDDEN_STYLE.search(dict(attrs).get("style") or ""):
                self._hidden_rows.add(self._row)
        elif self._depth == 1 and tag in ("td", "th"):
            self._start_cell(dict(attrs))
        elif tag in _BREAKS and self._pieces is not None:
            self._pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._end_table()
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._pieces is not None and not self._silent:
            self._pieces.append(data)

    def finish(self) -> None:
        """Take the last table of a page that was cut off."""
        if self._depth:
            self._depth = 0
            self._end_table()

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._end_cell()
        self._row = max(self._row, 1)
        self._column += 1
        while self._column in self._covered.get(self._row, ()):
            self._column += 1
        self._spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        self._pieces = []

    def _end_cell(self) -> None:
        if self._pieces is None:
            return
        cell = Cell(text="".join(self._pieces))
        self._pieces = None
        high, wide = self._spans
        row, column = self._row, self._column
        self._count.take(row, column + wide - 1, cell.text)
        if (high > 1 or wide > 1) and len(self._merges) < MAX_MERGES:
            self._merges.append(Merge(row, column, row + high - 1, column + wide - 1))
            for below in range(row + 1, row + high):
                self._covered.setdefault(below, set()).update(range(column, column + wide))
        self._column += wide - 1
        if not cell.blank:
            self._cells.setdefault(row, {})[column] = cell

    def _end_table(self) -> None:
        self._end_cell()
        self._count.rows(len(self._cells))
        if self._cells:
            self.grids.append(
                Grid(
                    None,
                    self._cells,
                    hidden_rows=frozenset(self._hidden_rows),
                    merges=tuple(self._merges),
                )
            )


def _span(text: str | None) -> int:
    return min(max(1, int(text)), 200) if text and text.isdecimal() and len(text) < 6 else 1
