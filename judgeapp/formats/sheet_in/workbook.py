"""Opens any spreadsheet file that an office sends, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.container import Container, container_of, read_file
from judgeapp.formats.sheet_in.grid import Grid, Workbook
from judgeapp.formats.sheet_in.ods import read_flat_ods, read_ods
from judgeapp.formats.sheet_in.text_table import decode, read_text_table
from judgeapp.formats.sheet_in.web_page import read_web_page
from judgeapp.formats.sheet_in.xls import read_xls
from judgeapp.formats.sheet_in.xlsx import read_xlsx

_READERS: dict[Container, Callable[[bytes, str], list[Grid]]] = {
    Container.XLSX: read_xlsx,
    Container.XLS: read_xls,
    Container.ODS: read_ods,
    Container.FLAT_ODS: read_flat_ods,
}


def read_workbook(path: Path) -> tuple[Workbook, bytes]:
    """Return the file as grids, and its bytes, read once.

    Raises:
        JudgeError: ``sheet.not_there``, ``sheet.cannot_read``.
        BadInput: ``sheet.…`` with the reason why the file is not read.
    """
    content = read_file(path)
    return workbook_of(content, path.name), content


def workbook_of(content: bytes, file: str) -> Workbook:
    """Return the bytes of a spreadsheet as grids; raises as `read_workbook` does."""
    container = container_of(content, file)
    if container in _READERS:
        return Workbook(file, tuple(_READERS[container](content, file)))
    text, encoding = decode(content, file)
    if container is Container.HTML:
        grids = read_web_page(text, file)
        if not grids:
            raise BadInput("sheet.no_table", file=file)
        return Workbook(file, tuple(grids), encoding)
    grid, delimiter = read_text_table(text, file)
    return Workbook(file, (grid,), encoding, delimiter)
