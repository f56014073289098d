"""What a spreadsheet file holds, in the same shape whatever program wrote it.

Words: a *grid* is one sheet; rows and columns are numbered from 1, as the spreadsheet program shows
them. Only cells that hold something are kept, so a sheet that claims a million rows stays small.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from judgeapp.domain.cells import EMPTY, Cell

Encoding = str


@dataclass(frozen=True)
class Merge:
    """Cells shown as one; only the first (top, left) holds something."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes:
        name: the sheet's name, or None in a text file.
        cells: what each row holds, by row and column number; no blank cells, no blank rows.
        hidden: the whole sheet is hidden.
        legacy: cells whose letters were typed in a font of before Unicode, with its encoding.
    """

    name: str | None
    cells: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    legacy: Mapping[tuple[int, int], Encoding] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell, an empty one where there is nothing."""
        return self.cells.get(row, {}).get(column, EMPTY)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merge that the cell belongs to, or None."""
        starts, merges = self._merges_by_column.get(column, ((), ()))
        index = bisect_right(starts, row) - 1
        if index >= 0 and merges[index].bottom >= row:
            return merges[index]
        return None

    def shown_at(self, row: int, column: int) -> Cell:
        """Return the cell; inside a merge the one that the merge shows."""
        merge = self.merge_at(row, column)
        return self.cell(merge.top, merge.left) if merge else self.cell(row, column)

    @cached_property
    def last_column(self) -> int:
        """The last column that holds anything, 0 in an empty sheet."""
        return max((max(row) for row in self.cells.values()), default=0)

    @cached_property
    def _merges_by_column(self) -> dict[int, tuple[tuple[int, ...], tuple[Merge, ...]]]:
        columns: dict[int, list[Merge]] = {}
        for merge in sorted(self.merges, key=lambda item: item.top):
            for column in range(merge.left, min(merge.right, self.last_column) + 1):
                columns.setdefault(column, []).append(merge)
        return {
            column: (tuple(item.top for item in merges), tuple(merges))
            for column, merges in columns.items()
        }


@dataclass(frozen=True)
class Workbook:
    """A whole file.

    Attributes:
        file: the name as the person knows it, for messages.
        encoding: of a text file: ``utf-8`` or ``utf-16``; else None.
        delimiter: of a text file: ``,`` ``;`` or ``tab``; else None.
    """

    file: str
    grids: tuple[Grid, ...]
    encoding: Encoding | None = None
    delimiter: str | None = None


def column_letters(column: int) -> str:
    """Return a column's letters: 1 is ``A``, 28 is ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int | None:
    """Return the number of a column's letters, or None if they are none (at most XFD)."""
    text = letters.strip().upper()
    if not (text.isascii() and text.isalpha() and len(text) <= 3):
        return None
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number if number <= 16384 else None


def uncovered(grid: Grid) -> Grid:
    """Return the sheet without cells that a merge hides under its first one, and no blank rows."""
    if not grid.merges:
        return grid
    kept: dict[int, Mapping[int, Cell]] = {}
    for row, columns in grid.cells.items():
        shown = {column: cell for column, cell in columns.items() if _is_shown(grid, row, column)}
        if shown:
            kept[row] = shown
    return replace(grid, cells=kept)


def _is_shown(grid: Grid, row: int, column: int) -> bool:
    merge = grid.merge_at(row, column)
    return merge is None or (merge.top, merge.left) == (row, column)
