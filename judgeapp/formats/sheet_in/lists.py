"""The lists in a file: which sheets hold one, where their columns are, what rows they have.

This is what services use for any list that people send: contestants, organisations, a quiz.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.names import bare_key, clean
from judgeapp.domain.sheet_words import Field, PartOfField, Vocabulary
from judgeapp.formats.sheet_in.grid import Grid, Workbook, column_letters, column_number
from judgeapp.formats.sheet_in.header import Header, Place, find_header
from judgeapp.formats.sheet_in.legacy import encoding_of_texts, is_broken
from judgeapp.formats.sheet_in.table import Table, read_table

_FIELDS: frozenset[str] = frozenset(get_args(Field)) - {"other"}
_PARTS: dict[tuple[str, int], tuple[PartOfField, ...]] = {
    ("birth", 2): ("male", "female"),
    ("birth", 3): ("day", "month", "year"),
    ("gender", 2): ("male", "female"),
    ("name", 2): ("family", "given"),
}


@dataclass(frozen=True)
class SheetFound:
    """One sheet of a file, whether it holds a list or not.

    Attributes:
        name: the sheet's name, or None in a text file.
        rows: how many rows hold anything.
        table: the list in it, or None where it was not read.
        hidden_fields: fields whose column the file hides, with the column's letters.
        headings: what stands over each column, by its letters; empty where no list was read.
    """

    name: str | None
    rows: int
    hidden: bool
    table: Table | None
    hidden_fields: Mapping[Field, str]
    headings: Mapping[str, str] = field(default_factory=dict)


def find_lists(
    workbook: Workbook,
    vocabulary: Vocabulary,
    *,
    wanted: Field,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> list[SheetFound]:
    """Return all sheets of a file, with the lists of those that are to be read.

    Args:
        workbook: the file.
        vocabulary: headings that may occur.
        wanted: the field without which a sheet is no such list.
        sheet: read this sheet only, even if it is hidden; else every visible one with a header.
        columns: field → columns that a person named: ``C``, ``C+D``, a heading, or empty for none.

    Raises:
        JudgeError: ``sheet.no_such_sheet``, ``sheet.unknown_field``, ``sheet.unknown_column``.
        BadInput: ``sheet.no_names``, ``sheet.no_units``; ``sheet.old_font``,
            ``sheet.old_letters``, ``sheet.broken_letters`` for text that is not Unicode.
    """
    chosen = _chosen(workbook, sheet)
    headers: dict[int, Header] = {}
    for index in chosen:
        grid = workbook.grids[index]
        header = _with_columns(
            grid, find_header(grid, vocabulary, wanted=wanted), columns or {}, wanted
        )
        if header is not None:
            headers[index] = header
    if not headers:
        for index in chosen:
            _refuse_old_letters(workbook.grids[index], None, workbook.file)
        raise BadInput(
            "sheet.no_names" if wanted == "name" else "sheet.no_units", file=workbook.file
        )
    found = []
    for index, grid in enumerate(workbook.grids):
        table = None
        if index in headers:
            _refuse_old_letters(grid, headers[index], workbook.file)
            table = read_table(grid, headers[index], vocabulary, wanted=wanted)
        found.append(
            SheetFound(
                grid.name,
                len(grid.cells),
                grid.hidden,
                table,
                _hidden_fields(grid, table),
                _headings(grid, table),
            )
        )
    return found


def _chosen(workbook: Workbook, sheet: str | None) -> list[int]:
    if sheet is None:
        return [index for index, grid in enumerate(workbook.grids) if not grid.hidden]
    wish = clean(sheet).casefold()
    for index, grid in enumerate(workbook.grids):
        if clean(grid.name or "").casefold() == wish:
            return [index]
    names = ", ".join(grid.name for grid in workbook.grids if grid.name) or "–"
    raise JudgeError("sheet.no_such_sheet", file=workbook.file, place=sheet, sheets=names)


def _with_columns(
    grid: Grid, header: Header | None, columns: Mapping[str, str], wanted: Field
) -> Header | None:
    """Return the header with the columns that a person named in place of those that were found."""
    if not columns:
        return header
    places = dict(header.places) if header else {}
    rows = header.rows if header else ()
    for name, spec in columns.items():
        if name not in _FIELDS:
            known = ", ".join(sorted(_FIELDS))
            raise JudgeError("sheet.unknown_field", place=name, fields=known)
        wish: Field = name  # type: ignore[assignment]  # just checked
        numbers = tuple(_column(grid, rows, piece) for piece in spec.split("+") if piece.strip())
        if numbers:
            places[wish] = Place(numbers, _PARTS.get((wish, len(numbers)), ()))
        else:
            places.pop(wish, None)
    if wanted not in places or not grid.cells:
        return None
    return Header(rows, places, header.also if header else {})


def _column(grid: Grid, rows: tuple[int, ...], wish: str) -> int:
    """Return the column that a person named by its letters or by its heading."""
    by_heading = {
        bare_key(grid.shown_at(row, column).shown): column
        for row in rows
        for column in range(grid.last_column, 0, -1)
    }
    heading = by_heading.get(bare_key(wish))
    number = column_number(wish) if heading is None else heading
    if number is None:
        raise JudgeError("sheet.unknown_column", place=wish)
    return number


def _hidden_fields(grid: Grid, table: Table | None) -> dict[Field, str]:
    if table is None:
        return {}
    return {
        name: place.letters
        for name, place in table.header.places.items()
        if name != "other" and any(column in grid.hidden_columns for column in place.columns)
    }


def _headings(grid: Grid, table: Table | None) -> dict[str, str]:
    """Return what stands over each column, the words of several heading rows together."""
    if table is None:
        return {}
    found: dict[str, str] = {}
    for column in range(1, grid.last_column + 1):
        words = (grid.shown_at(row, column).shown for row in table.header.rows)
        found[column_letters(column)] = " ".join(dict.fromkeys(word for word in words if word))
    return found


def _refuse_old_letters(grid: Grid, header: Header | None, file: str) -> None:
    """Refuse a list whose letters are not Unicode: they would be stored as nonsense."""
    columns = (
        {column for place in header.places.values() for column in place.columns} if header else None
    )
    first = header.rows[0] if header and header.rows else 0
    for (row, column), encoding in sorted(grid.legacy.items()):
        if row >= first and (columns is None or column in columns):
            place = f"{column_letters(column)}{row}"
            raise BadInput("sheet.old_font", file=file, place=place, encoding=encoding)
    texts = list(_texts(grid, first, columns))
    encoding_found = encoding_of_texts(texts)
    if encoding_found is not None:
        raise BadInput("sheet.old_letters", file=file, encoding=encoding_found)
    if is_broken(texts):
        raise BadInput("sheet.broken_letters", file=file)


def _texts(grid: Grid, first: int, columns: set[int] | None) -> Iterable[str]:
    for row, cells in grid.cells.items():
        if row < first:
            continue
        for column, cell in cells.items():
            if cell.text and (columns is None or column in columns):
                yield cell.text
