"""Tables as one XLSX workbook in which every cell is text, so that nothing is computed or changed.

Numbers of contestants keep their zeros, fractions do not become dates, and a name that begins with
an equals sign is that name. Characters that XML cannot hold are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from judgeapp.formats.csv_out import Cell, CsvStyle, Exact, Number, Table

MAX_TITLE_LENGTH = 31
MAX_CELL_LENGTH = 32_767
_IN_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_IN_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST = 60


def xlsx_bytes(tables: Iterable[Table], style: CsvStyle, *, mark: str | None = None) -> bytes:
    """Return a workbook with a sheet for each table; numbers have the style's decimal sign.

    A ``mark`` stands before the title of each sheet and at the top of each printed page.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    titles: set[str] = set()
    for table in tables:
        title = f"{mark} {table.title}" if mark else table.title
        sheet = book.create_sheet(_title(title, titles))
        if mark:
            sheet.oddHeader.center.text = mark
        _fill(sheet, table, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, style: CsvStyle) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    texts = [[_text(cell, style) for cell in row] for row in table.rows]
    for index, head in enumerate(table.heads):
        longest = max([len(head), *(len(row[index]) for row in texts)])
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(longest, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    sheet.append([_cell(sheet, head, bold) for head in table.heads])
    for row in texts:
        sheet.append([_cell(sheet, text) if text else None for text in row])


def _cell(sheet: Any, text: str, font: Any = None) -> Any:
    """Return a cell of type text, whatever its text looks like."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _text(cell: Cell, style: CsvStyle) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return cell.text.replace(".", ",") if style == "excel-vi" else cell.text
    if isinstance(cell, Exact):
        return cell.text
    return _IN_NO_XML.sub("", str(cell))[:MAX_CELL_LENGTH]


def _title(wish: str, taken: set[str]) -> str:
    """Return a sheet title that spreadsheet programs take, and that no other sheet has."""
    clean = _IN_NO_XML.sub("", _IN_NO_TITLE.sub("-", wish)).strip("' ") or "-"
    count = 1
    while True:
        tail = f" ({count})" if count > 1 else ""
        title = clean[: MAX_TITLE_LENGTH - len(tail)] + tail
        if title.casefold() not in taken:
            taken.add(title.casefold())
            return title
        count += 1
