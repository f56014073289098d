"""Rows of an office's list as they were found, before anybody decides what they mean.

Words: a *field* (name, birth, unit …) may stand in several columns of the sheet, such as family and
given name, or a column for men and one for women; *parts* say which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.cells import Cell
from judgeapp.domain.sheet_words import Field, PartOfField

SkipReason = Literal[
    "numbering", "repeated_header", "section", "total", "signature", "after_end",
    "blank_numbered", "continued",
]  # fmt: skip


@dataclass(frozen=True)
class FieldCells:
    """What a row holds for one field.

    Attributes:
        cells: one cell for each of the field's columns.
        parts: what each column holds of the field; empty where their texts are put together.
        suspect: encoding of before Unicode that the text looks like, or None.
    """

    cells: tuple[Cell, ...]
    parts: tuple[PartOfField, ...] = ()
    suspect: str | None = None

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing in any of them."""
        return all(cell.blank for cell in self.cells)

    @property
    def shown(self) -> str:
        """Return what a person sees in them."""
        return " ".join(cell.shown for cell in self.cells if not cell.blank)


NO_CELLS = FieldCells(())


@dataclass(frozen=True)
class ListRow:
    """One data row of a list.

    Attributes:
        sheet: the sheet's name, or None in a text file.
        row: its number as the spreadsheet program shows it.
        hidden: the file hides the row.
        fields: what it holds, for every field that the list has.
        section: the title of the part of the list that it stands under, or None.
    """

    sheet: str | None
    row: int
    hidden: bool
    fields: Mapping[Field, FieldCells]
    section: str | None = None

    def of(self, field: Field) -> FieldCells:
        """Return what the row holds for ``field``, nothing if the list has no such column."""
        return self.fields.get(field, NO_CELLS)


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no data, with the reason and the text that it begins with."""

    sheet: str | None
    row: int
    reason: SkipReason
    text: str
