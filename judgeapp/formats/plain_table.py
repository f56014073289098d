"""Small tables with known columns: panel, facts and marks, as text file or spreadsheet.

The header is the first row that names a needed column; columns may stand in any order, with other
ones between. Header words are compared without diacritics, case and punctuation, so that they hold
in Vietnamese and English; what the cells mean is decided where they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.domain.names import bare_key
from judgeapp.formats.sheet_in.grid import Grid
from judgeapp.formats.sheet_in.workbook import read_workbook

_HEADER_ROWS = 15

PANEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "judge", "ma", "ma so", "ma giam khao", "ma gk"),
    "name": ("name", "ten", "ho ten", "ho va ten", "giam khao", "ten giam khao"),
    "role": ("role", "vai tro", "chuc danh", "nhiem vu"),
    "unit": ("unit", "don vi", "don vi cong tac"),
    "panel": ("panel", "ban", "ban giam khao", "to", "to cham"),
    "conflicts": (
        "conflicts", "conflict", "khong cham", "khong duoc cham", "thi sinh khong duoc cham",
        "truong hop khong duoc cham",
    ),
}  # fmt: skip

FACT_WORDS: Mapping[str, tuple[str, ...]] = {
    "contestant": ("contestant", "thi sinh", "sbd", "so bao danh", "ma thi sinh"),
    "part": ("part", "phan", "phan thi"),
    "seconds": ("seconds", "giay", "so giay", "thoi gian", "thoi luong"),
    "late_days": ("late days", "days late", "ngay tre", "so ngay tre", "so ngay nop tre"),
    "points": ("points", "diem", "diem tru", "diem khac"),
    "reason": ("reason", "ly do", "ghi chu"),
}

MARK_WORDS: Mapping[str, tuple[str, ...]] = {
    "entry": ("entry", "contestant", "bai", "bai du thi", "ma bai thi", "thi sinh", "sbd",
              "so bao danh"),
    "part": ("part", "phan", "phan thi"),
    "criterion": ("criterion", "tieu chi"),
    "points": ("points", "diem", "diem cham"),
    "comment": ("comment", "nhan xet", "ghi chu"),
}  # fmt: skip

ROLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "chair": ("chair", "truong ban", "truong ban giam khao", "chu tich"),
    "member": ("", "member", "thanh vien", "uy vien", "giam khao", "thanh vien ban giam khao"),
    "secretary": ("secretary", "thu ky", "thu ky ban giam khao", "to thu ky"),
}


@dataclass(frozen=True)
class TableRow:
    """One row: its number as the spreadsheet program shows it, and its values as people see them.

    Attributes:
        values: of every known column, empty where there is nothing.
    """

    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True)
class PlainTable:
    """A table that was read; ``columns`` are the known ones that its header names."""

    columns: frozenset[str]
    rows: tuple[TableRow, ...]


def read_plain_table(
    file: Path, words: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...]
) -> PlainTable:
    """Return the rows below the header of the first sheet that has one.

    Args:
        file: CSV (UTF-8 or UTF-16; comma, semicolon or tab), XLSX, XLS or ODS.
        words: of each column, how its header may be called.
        needed: columns without which it is not this kind of table.

    Raises:
        JudgeError: ``sheet.…`` as `read_workbook` does.
        BadInput: ``judging.no_such_columns`` with the needed ones, ``judging.column_twice``.
    """
    workbook, _ = read_workbook(file)
    for grid in workbook.grids:
        found = _find_header(grid, words, needed)
        if found is not None and not grid.hidden:
            row, columns = found
            _refuse_twice(grid, row, words, file)
            return PlainTable(frozenset(columns), _rows_below(grid, row, columns, words))
    raise BadInput("judging.no_such_columns", file=file.name, columns=", ".join(needed))


def _column_of(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    key = bare_key(text)
    return next((column for column, names in words.items() if key in names), None)


def _find_header(
    grid: Grid, words: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]
) -> tuple[int, dict[str, int]] | None:
    for row in sorted(grid.cells)[:_HEADER_ROWS]:
        columns: dict[str, int] = {}
        for number, cell in sorted(grid.cells[row].items()):
            column = _column_of(cell.shown, words)
            if column is not None:
                columns.setdefault(column, number)
        if all(column in columns for column in needed):
            return row, columns
    return None


def _refuse_twice(grid: Grid, row: int, words: Mapping[str, tuple[str, ...]], file: Path) -> None:
    named = [_column_of(cell.shown, words) for cell in grid.cells[row].values()]
    for column in words:
        if named.count(column) > 1:
            raise BadInput("judging.column_twice", file=file.name, place=str(row), column=column)


def _rows_below(
    grid: Grid, header: int, columns: Mapping[str, int], words: Mapping[str, tuple[str, ...]]
) -> tuple[TableRow, ...]:
    rows = []
    for number in sorted(grid.cells):
        if number > header:
            values = {
                column: grid.cell(number, columns[column]).shown if column in columns else ""
                for column in words
            }
            if any(values.values()):
                rows.append(TableRow(number, values))
    return tuple(rows)


def role_of(text: str) -> str | None:
    """Return ``chair``, ``member`` or ``secretary`` for a role as people write it, else None."""
    key = bare_key(text)
    return next((role for role, names in ROLE_WORDS.items() if key in names), None)
