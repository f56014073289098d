"""Spreadsheets as an office writes them: title rows, two header rows, merged cells, a signature.

They are what the sample contest starts from, and what an office may send out to be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.domain.people import Contestant, Unit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (6, 26, 11, 8, 8, 24, 40, 44, 15)


def write_registration_sheet(
    path: Path,
    *,
    titles: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[tuple[Contestant, str]],
    total: str,
    signature: Sequence[str],
) -> None:
    """Write the list of contestants with their organisations, equal ones merged.

    Args:
        path: the xlsx file.
        titles: lines above the table.
        heads: nine column heads; the third is the year of birth, the fourth and fifth are the
            genders below one merged head.
        rows: contestants in order, each with the name of the organisation.
        total: label of the line below the table.
        signature: lines at the lower right.
    """
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, title in enumerate(titles, start=1):
        sheet.cell(row, 1, title).font = Font(bold=True, size=13)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=9)
        sheet.cell(row, 1).alignment = centred
    top = len(titles) + 2
    _write_heads(sheet, top, heads)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[chr(64 + column)].width = width
    first = top + 2
    for offset, (person, unit) in enumerate(rows):
        born_man, born_woman = ("x", None) if person.gender == "nam" else (None, "x")
        values = (
            offset + 1,
            person.name,
            int(person.birth) if person.birth else None,
            born_man,
            born_woman,
            person.position,
            unit,
            person.topic,
            person.phone,
        )
        for column, value in enumerate(values, start=1):
            sheet.cell(first + offset, column, value)
    _merge_equal(sheet, first, [unit for _, unit in rows], column=7)
    end = first + len(rows)
    sheet.cell(end, 2, f"{total}: {len(rows)}").font = Font(bold=True)
    for offset, line in enumerate(signature):
        sheet.cell(end + 2 + offset, 8, line)
    book.save(path)


def _write_heads(sheet: Worksheet, top: int, heads: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    for column, head in enumerate(heads, start=1):
        below = column in (4, 5)
        cell = sheet.cell(top + (1 if below else 0), column, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if not below:
            sheet.merge_cells(
                start_row=top, end_row=top + 1, start_column=column, end_column=column
            )
    sheet.cell(top, 4, f"{heads[3]}/{heads[4]}").font = Font(bold=True)
    sheet.merge_cells(start_row=top, end_row=top, start_column=4, end_column=5)


def _merge_equal(sheet: Worksheet, first: int, names: Sequence[str], *, column: int) -> None:
    start = 0
    for index in range(1, len(names) + 1):
        if index == len(names) or names[index] != names[start]:
            if index - start > 1:
                sheet.merge_cells(
                    start_row=first + start,
                    end_row=first + index - 1,
                    start_column=column,
                    end_column=column,
                )
            start = index


def write_unit_sheet(
    path: Path,
    *,
    titles: Sequence[str],
    heads: Sequence[str],
    units: Sequence[Unit],
    kinds: dict[str, str],
    sectors: dict[str, str],
) -> None:
    """Write the list of organisations: number, name, kind, sector, members."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, title in enumerate(titles, start=1):
        sheet.cell(row, 1, title).font = Font(bold=True, size=13)
    top = len(titles) + 2
    for column, head in enumerate(heads, start=1):
        sheet.cell(top, column, head).font = Font(bold=True)
    for offset, unit in enumerate(units, start=1):
        values = (
            offset,
            unit.name,
            kinds[unit.kind] if unit.kind else None,
            sectors[unit.sector] if unit.sector else None,
            unit.members,
        )
        for column, value in enumerate(values, start=1):
            sheet.cell(top + offset, column, value)
    for letter, width in zip("ABCDE", (6, 52, 14, 26, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
