"""Makes the awkward spreadsheets that offices send, for the tests of reading them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from judgeapp.formats.sheet_in.grid import Grid, column_letters
from judgeapp.formats.sheet_in.workbook import workbook_of

Rows = Sequence[Sequence[Any]]


def xlsx(
    rows: Rows, *, merges: Iterable[str] = (), setup: Callable[[Worksheet], object] | None = None
) -> bytes:
    """Return a workbook of one sheet, as openpyxl writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    if setup is not None:
        setup(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def grid_of(content: bytes) -> Grid:
    """Return the first sheet of a file."""
    return workbook_of(content, "thu").grids[0]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_xlsx(
    sheet_data: str,
    *,
    after: str = "",
    before: str = "",
    strings: str | None = None,
    styles: str | None = None,
    workbook: str = "",
) -> bytes:
    """Return a workbook whose one sheet has exactly these elements."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>'
        '<sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{sheet_data}'
        f"</sheetData>{after}</worksheet>",
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return zipped(parts)


ODF = "urn:oasis:names:tc:opendocument:xmlns"


def ods_content(tables: str, *, styles: str = "", fonts: str = "") -> str:
    """Return the content.xml of an OpenDocument spreadsheet."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
        f'xmlns:text="{ODF}:text:1.0" xmlns:style="{ODF}:style:1.0" '
        f'xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:svg="{ODF}:svg-compatible:1.0">'
        f"<office:font-face-decls>{fonts}</office:font-face-decls>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def ods(tables: str, *, styles: str = "", fonts: str = "") -> bytes:
    """Return an .ods file."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ods_content(tables, styles=styles, fonts=fonts),
        }
    )


def ods_cell(text: str, attributes: str = "") -> str:
    """Return a text cell of an OpenDocument table."""
    return (
        f'<table:table-cell office:value-type="string" {attributes}>'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def cell(column: int, row: int, inner: str, attributes: str = "") -> str:
    """Return a cell of a raw worksheet."""
    return f'<c r="{column_letters(column)}{row}" {attributes}>{inner}</c>'


def text(column: int, row: int, value: str, attributes: str = "") -> str:
    """Return an inline text cell of a raw worksheet."""
    inner = f"<is><t>{escape(value)}</t></is>"
    return cell(column, row, inner, f't="inlineStr" {attributes}')


def shown(grid: Grid) -> dict[int, dict[int, str]]:
    """Return what a person sees in each cell."""
    return {
        row: {column: item.shown for column, item in cells.items()}
        for row, cells in grid.cells.items()
    }
