"""The rows of a list below its header: which are data, and why the others are none.

No row that holds anything is lost: each is a data row or is skipped with a reason. Words: a
*section* (I, II …) is a title between the rows; the *end* is where totals and signatures begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.lists import FieldCells, ListRow, SkippedRow, SkipReason
from judgeapp.domain.sheet_words import (
    Field,
    Vocabulary,
    heading_rank,
    is_group_title,
    is_nothing,
    is_section_number,
    is_signature,
    is_total,
    part_of_field,
)
from judgeapp.formats.sheet_in.grid import Grid
from judgeapp.formats.sheet_in.header import Header, Place, is_numbering
from judgeapp.formats.sheet_in.legacy import reads_as

# What holds for all rows of a merged cell; a name, a number or a birth date holds for one person.
_SHARED: frozenset[Field] = frozenset(
    {"unit", "unit_code", "group", "topic", "note", "position", "kind", "sector"}
)
_WIDE = 3


@dataclass(frozen=True)
class Table:
    """A list in a sheet: its data rows, and the rows that are none."""

    header: Header
    rows: tuple[ListRow, ...]
    skipped: tuple[SkippedRow, ...]


def read_table(grid: Grid, header: Header, vocabulary: Vocabulary, *, wanted: Field) -> Table:
    """Return the rows below ``header``, data apart from titles, totals and signatures.

    Args:
        grid: the sheet.
        header: where the fields are.
        vocabulary: the headings, to know a header that is printed again on each page.
        wanted: the field that makes a row data: the person's or the organisation's name.
    """
    reader = _RowReader(grid, header, vocabulary, wanted)
    for row in grid.cells:
        if not header.rows or row > header.rows[-1]:
            reader.take(row)
    return Table(header, tuple(reader.rows), tuple(reader.skipped))


class _RowReader:
    def __init__(self, grid: Grid, header: Header, vocabulary: Vocabulary, wanted: Field) -> None:
        self._grid = grid
        self._header = header
        self._vocabulary = vocabulary
        self._wanted = wanted
        self._below_header = bool(header.rows)
        self._end: Literal["total", "signature"] | None = None
        self._section: str | None = None
        self._taken: set[int] = set()
        self.rows: list[ListRow] = []
        self.skipped: list[SkippedRow] = []

    def take(self, row: int) -> None:
        """Take the next row that holds anything."""
        fields: dict[Field, FieldCells] = {
            field: self._cells(row, field, place)
            for field, place in self._header.places.items()
            if field != "other"
        }
        reason = self._reason(row, fields)
        self._below_header = reason == "repeated_header"
        if reason is None:
            hidden = row in self._grid.hidden_rows
            self.rows.append(ListRow(self._grid.name, row, hidden, fields, self._section))
            self._taken.add(row)
            self._end = None
            return
        first = next(iter(self._grid.cells[row].values())).shown
        if reason == "section":
            self._section = fields[self._wanted].shown or first
        if reason == "signature" or (reason == "total" and self._end is None):
            self._end = reason
        self.skipped.append(SkippedRow(self._grid.name, row, reason, first))

    def _cells(self, row: int, field: Field, place: Place) -> FieldCells:
        shared = field in _SHARED and field != self._wanted
        look = self._grid.shown_at if shared else self._grid.cell
        cells = tuple(look(row, column) for column in place.columns)
        suspect = next((found for cell in cells if (found := reads_as(cell.text))), None)
        return FieldCells(cells, place.parts, suspect)

    def _reason(self, row: int, fields: Mapping[Field, FieldCells]) -> SkipReason | None:
        """Return why the row is no data, or None."""
        name = fields[self._wanted]
        number = fields["number"].shown if "number" in fields else ""
        texts = [cell.shown for cell in self._grid.cells[row].values()]
        own = {field for field in fields if self._has_own(row, field)} - {"number", self._wanted}
        if self._is_header_again(row):
            return "repeated_header"
        if self._below_header and is_numbering(texts):
            return "numbering"
        if _is_numbered(number):
            return self._reason_numbered(row, name, own)
        if is_total(number or name.shown or texts[0]):
            return "total"
        if not name.blank:
            return self._reason_with_name(row, number, name.shown, own)
        return self._reason_without_name(row, number, texts, own)

    def _reason_numbered(self, row: int, name: FieldCells, own: set[Field]) -> SkipReason | None:
        if own:
            return "continued" if name.blank and self._continues(row) else None
        if name.blank:
            return "blank_numbered"
        titled = self._wanted == "name" and is_group_title(name.shown, self._wanted)
        return "section" if titled else None

    def _reason_with_name(
        self, row: int, number: str, name: str, own: set[Field]
    ) -> SkipReason | None:
        if is_signature(name):
            return "signature"
        if self._end == "signature" or (self._end == "total" and not own):
            return "after_end"
        if own:
            return None
        if is_section_number(number) or self._is_wide(row) or is_group_title(name, self._wanted):
            return "section"
        return None

    def _reason_without_name(
        self, row: int, number: str, texts: list[str], own: set[Field]
    ) -> SkipReason | None:
        if self._continues(row):
            return "continued"
        if any(is_signature(text) or is_total(text) for text in texts):
            return "signature"
        if self._end is not None:
            return "after_end"
        if self._is_wide(row) or (len(texts) == 1 and (number or not own)):
            return "section"
        return None

    def _continues(self, row: int) -> bool:
        """Tell whether the name is merged down from a row above that was taken."""
        merge = self._grid.merge_at(row, self._header.places[self._wanted].columns[0])
        return merge is not None and merge.top < row and merge.top in self._taken

    def _has_own(self, row: int, field: Field) -> bool:
        """Tell whether the row itself holds something for the field, not a merge from above."""
        return any(
            not is_nothing(cell.shown) or cell.trouble is not None
            for column in self._header.places[field].columns
            for cell in [self._grid.cell(row, column)]
        )

    def _is_header_again(self, row: int) -> bool:
        wanted = self._header.places[self._wanted].columns[0]
        if not self._is_heading(self._grid.cell(row, wanted).shown):
            return False
        names = 0
        for field, place in self._header.places.items():
            for column in place.columns:
                text = self._grid.cell(row, column).shown
                known = heading_rank(text, self._vocabulary) if text else None
                names += known is not None and known[0] == field
        return names >= 2

    def _is_heading(self, text: str) -> bool:
        return part_of_field(text) is not None or heading_rank(text, self._vocabulary) is not None

    def _is_wide(self, row: int) -> bool:
        """Tell whether the row is one title over several columns."""
        return len(self._grid.cells[row]) <= 2 and any(
            (merge := self._grid.merge_at(row, column)) is not None
            and merge.right - merge.left + 1 >= _WIDE
            for column in self._grid.cells[row]
        )


def _is_numbered(number: str) -> bool:
    digits = number.strip("().' ")
    return digits.isdecimal() and digits.isascii()
