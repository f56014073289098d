"""Writes a list as an office would and works out what importing it would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from judgeapp.services.people_preview import (
    Hidden,
    ImportPreview,
    Known,
    read_people_lists,
    work_out,
)
from tests.formats.sheet_kit import Rows, xlsx

TODAY = dt.date(2026, 11, 25)
NOBODY = Known([], [])


def preview_of(
    path: Path,
    *,
    known: Known = NOBODY,
    hidden: Hidden | None = None,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> ImportPreview:
    """Return what importing the file would do."""
    source = read_people_lists(path, sheet=sheet, columns=columns)
    return work_out(source, known=known, today=TODAY, hidden=hidden)


class Sheets:
    """Writes lists into a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self,
        rows: Rows,
        *,
        merges: Iterable[str] = (),
        setup: Callable[[Worksheet], object] | None = None,
        name: str = "danh-sach.xlsx",
    ) -> Path:
        """Write a workbook of one sheet."""
        path = self.folder / name
        path.write_bytes(xlsx(rows, merges=merges, setup=setup))
        return path

    def write_text(self, text: str, name: str = "danh-sach.csv") -> Path:
        """Write a text file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def people(preview: ImportPreview) -> dict[int, str]:
    """Return the names by row."""
    return {row.row: row.name for row in preview.rows}


def values(preview: ImportPreview, field: str) -> list[str | None]:
    """Return a field of all rows."""
    return [getattr(row, field) for row in preview.rows]


def codes(preview: ImportPreview) -> set[tuple[str, int | None]]:
    """Return the doubts as code and row; without the pointers back."""
    return {(item.code, item.row) for item in preview.doubts if item.code != "see_row"}


def skipped(preview: ImportPreview) -> dict[int, str]:
    """Return the reasons of rows that are no data."""
    return {row.row: row.reason for row in preview.source.skipped}
