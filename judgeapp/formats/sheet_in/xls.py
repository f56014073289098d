"""Excel 97-2003 workbooks (.xls) as grids: values, hidden rows, merges, fonts."""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from typing import Any

from judgeapp.domain.cells import Cell
from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.caps import MAX_MERGES, MAX_SHEETS, CellCount
from judgeapp.formats.sheet_in.grid import Grid, Merge, uncovered
from judgeapp.formats.sheet_in.legacy import legacy_font, needs_conversion
from judgeapp.formats.sheet_in.xlsx_styles import day_of_serial, is_date_format


def read_xls(content: bytes, file: str) -> list[Grid]:
    """Return all sheets of an old Excel workbook, hidden ones too.

    Raises:
        BadInput: ``sheet.damaged``, ``sheet.password``, ``sheet.too_large``.
    """
    import xlrd  # heavy, and only old files need it
    from xlrd.compdoc import CompDocError
    from xlrd.formula import FormulaError

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        count = CellCount(file)
        return [_read_sheet(book, sheet, count) for sheet in book.sheets()[:MAX_SHEETS]]
    except xlrd.XLRDError as error:
        code = "sheet.password" if "encrypted" in str(error).casefold() else "sheet.damaged"
        raise BadInput(code, file=file) from error
    except (
        CompDocError,
        FormulaError,
        struct.error,
        AssertionError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        MemoryError,
        NotImplementedError,
    ) as error:
        # what xlrd stumbles over in a damaged file, besides its own error
        raise BadInput("sheet.damaged", file=file) from error


def _read_sheet(book: Any, sheet: Any, count: CellCount) -> Grid:
    cells: dict[int, dict[int, Cell]] = {}
    legacy: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell, encoding = _read_cell(book, sheet.cell(row, column))
            if cell is None or cell.blank:
                continue
            count.take(row + 1, column + 1, cell.text)
            cells.setdefault(row + 1, {})[column + 1] = cell
            if needs_conversion(cell.text, encoding) and encoding:
                legacy[row + 1, column + 1] = encoding
    merges = [Merge(top + 1, left + 1, bottom, right)
              for top, bottom, left, right in sheet.merged_cells[:MAX_MERGES]]  # fmt: skip
    hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    return uncovered(
        Grid(
            sheet.name,
            cells,
            sheet.visibility != 0,
            frozenset(hidden_rows & cells.keys()),
            frozenset(hidden_columns),
            tuple(merges),
            legacy,
        )
    )


def _read_cell(book: Any, cell: Any) -> tuple[Cell | None, str | None]:
    import xlrd

    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        font = book.font_list[style.font_index].name if style is not None else None
        return Cell(text=cell.value), legacy_font(font)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return _read_number(book, cell.value, style), None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(text="TRUE" if cell.value else "FALSE"), None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#ERR")
        return Cell(text=text, trouble="error"), None
    return None, None


def _read_number(book: Any, value: float, style: Any) -> Cell:
    number = Decimal(repr(value)) if value == value and abs(value) < 1e30 else Decimal(0)
    shown_as = book.format_map.get(style.format_key) if style is not None else None
    code = shown_as.format_str if shown_as is not None else ""
    if is_date_format(code):
        return Cell(
            number=number, date=day_of_serial(number, since_1904=book.datemode == 1), format=code
        )
    return Cell(number=number, format=code)
