"""Finds the heading rows of a list below its titles, and which column holds which field.

Words: a *heading* names a column; headings may take two or three rows (``Năm sinh`` above ``Nam``
and ``Nữ``). A *place* is where a field is found: the columns that make it, in order, and their
parts. The header is the row, or rows, that name the most fields near the top of the sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from judgeapp.domain.names import bare_key
from judgeapp.domain.sheet_words import (
    Field,
    PartOfField,
    Vocabulary,
    heading_rank,
    is_column_number,
    is_sub_heading,
    part_of_field,
)
from judgeapp.formats.sheet_in.grid import Grid, column_letters

_ROWS_LOOKED_AT = 60
_MOST_HEADER_ROWS = 3
_HIDDEN_IS_LATER = 1000


@dataclass(frozen=True)
class Place:
    """Where a field is: its columns, and what each of them holds of it.

    ``parts`` is empty for one column, or for several whose texts are put together.
    """

    columns: tuple[int, ...]
    parts: tuple[PartOfField, ...] = ()

    @property
    def letters(self) -> str:
        """Write the columns as people name them: ``C`` or ``C+D``."""
        return "+".join(column_letters(column) for column in self.columns)


@dataclass(frozen=True)
class Header:
    """The heading rows of a sheet and the places of its fields.

    Attributes:
        also: further places that a field's headings name; they are shown, not read.
    """

    rows: tuple[int, ...]
    places: Mapping[Field, Place]
    also: Mapping[Field, tuple[Place, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> int:
        """How much the headings say: columns that were recognised."""
        return sum(len(place.columns) for place in self.places.values())

    @property
    def letters(self) -> dict[Field, str]:
        """The columns of each field as people name them: ``C`` or ``C+D``."""
        return {name: place.letters for name, place in self.places.items() if name != "other"}


@dataclass(frozen=True)
class _Heading:
    column: int
    top: str
    sub: str


def find_header(grid: Grid, vocabulary: Vocabulary, *, wanted: Field) -> Header | None:
    """Return the sheet's header, or None if no row names the field ``wanted`` over a list.

    Of several rows the one that names most counts, then the one that needs fewest rows for it.
    """
    best: Header | None = None
    best_score = (0, 0)
    for row in list(grid.cells)[:_ROWS_LOOKED_AT]:
        for depth in range(1, _MOST_HEADER_ROWS + 1):
            rows = tuple(range(row, row + depth))
            if depth > 1 and not _continues(grid, rows, vocabulary):
                break
            header = _header_at(grid, rows, vocabulary)
            if wanted in header.places and _is_over_a_list(grid, header, vocabulary, wanted):
                score = (header.fields, -depth)
                if score > best_score:
                    best, best_score = header, score
    return _with_hanging_rows(grid, best, wanted) if best else None


def _is_over_a_list(grid: Grid, header: Header, vocabulary: Vocabulary, wanted: Field) -> bool:
    """Tell a list from a form that is filled in (``Họ và tên: …`` above ``Ngày sinh: …``)."""
    below = grid.cell(header.rows[-1] + 1, header.places[wanted].columns[0])
    if heading_rank(below.shown, vocabulary) and not is_column_number(below.shown):
        return False
    return len(header.places) >= 2 or not below.blank


def _continues(grid: Grid, rows: tuple[int, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether the last of ``rows`` still belongs to the headings above it."""
    last = grid.cells.get(rows[-1], {})
    if not last:
        return False
    known = 0
    for column, cell in last.items():
        text = cell.shown
        if cell.number is not None or cell.date is not None or cell.trouble:
            return False
        if is_sub_heading(text) or heading_rank(text, vocabulary):
            known += 1
        elif not _under_wide_heading(grid, rows[0], column):
            return False
    return known > 0


def _under_wide_heading(grid: Grid, row: int, column: int) -> bool:
    merge = grid.merge_at(row, column)
    return merge is not None and merge.right > merge.left


def _header_at(grid: Grid, rows: tuple[int, ...], vocabulary: Vocabulary) -> Header:
    headings = [
        heading
        for column in range(1, grid.last_column + 1)
        if (heading := _heading(grid, rows, column, vocabulary)) is not None
    ]
    found: list[tuple[int, int, Field, PartOfField | None]] = []
    for heading in headings:
        meaning = _meaning(heading, vocabulary)
        if meaning is not None:
            field, rank, part = meaning
            later = _HIDDEN_IS_LATER if heading.column in grid.hidden_columns else 0
            found.append((rank + later, heading.column, field, part))
    places = _places(grid, rows, found)
    return Header(rows, places, _further_places(places, found))


def _heading(
    grid: Grid, rows: tuple[int, ...], column: int, vocabulary: Vocabulary
) -> _Heading | None:
    texts: list[str] = []
    for row in rows:
        text = _heading_text(grid, row, column, rows[0])
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    if not texts:
        return None
    if len(rows) > 1 and not _heading_text(grid, rows[0], column, rows[0]):
        texts.insert(0, _heading_to_the_left(grid, rows[0], column))
    while len(texts) > 1 and not (
        heading_rank(texts[0], vocabulary) or part_of_field(texts[0])
    ):  # a title over several columns: Thông tin thí sinh
        del texts[0]
    return _Heading(column, texts[0], " ".join(texts[1:]))


def _heading_text(grid: Grid, row: int, column: int, first: int) -> str:
    """Return what heads the column in that row; a merge from above the header is none of it."""
    merge = grid.merge_at(row, column)
    if merge is not None and merge.top < first:
        return ""
    return grid.shown_at(row, column).shown


def _heading_to_the_left(grid: Grid, row: int, column: int) -> str:
    """Return the heading that stretches over this column where merges are lost, as in CSV."""
    for left in range(column - 1, max(0, column - 4), -1):
        text = grid.shown_at(row, left).shown
        if text:
            return text
    return ""


_ORDERS: tuple[tuple[PartOfField, ...], ...] = (
    ("family", "given"),
    ("male", "female"),
    ("day", "month", "year"),
)
_Meaning = tuple[Field, int, PartOfField | None]
_TAKES: dict[PartOfField, Field] = {
    "male": "gender", "female": "gender", "day": "birth", "month": "birth", "year": "birth",
    "family": "name", "given": "name",
}  # fmt: skip


def _meaning(heading: _Heading, vocabulary: Vocabulary) -> _Meaning | None:
    """Return the field, its rank of preference and the part of it that a heading names."""
    top = heading_rank(heading.top, vocabulary)
    if heading.sub:
        return _meaning_of_two(heading, top, vocabulary)
    part = part_of_field(heading.top)
    if part in ("male", "female", "family", "given") and top is None:
        return _TAKES[part], len(vocabulary), part
    return (*top, None) if top else None


def _meaning_of_two(
    heading: _Heading, top: tuple[Field, int] | None, vocabulary: Vocabulary
) -> _Meaning | None:
    part = part_of_field(heading.sub)
    sub = heading_rank(heading.sub, vocabulary)
    if top is None:
        if sub:
            return *sub, None
        return (_TAKES[part], len(vocabulary), part) if part else None
    field, rank = top
    if part in ("male", "female") and field in ("birth", "gender"):
        return field, rank, part
    if part is not None and _TAKES[part] == field:
        return field, rank, part
    if field == "unit" and bare_key(heading.sub).split()[:1] == ["ma"]:
        return "unit_code", rank, None
    return (*sub, None) if sub and sub[0] != "other" else (field, rank, None)


def _places(
    grid: Grid, rows: tuple[int, ...], found: list[tuple[int, int, Field, PartOfField | None]]
) -> dict[Field, Place]:
    places: dict[Field, Place] = {}
    for name in dict.fromkeys(item[2] for item in sorted(found)):
        if name == "other":
            columns = tuple(column for _, column, other, _ in found if other == "other")
            places[name] = Place(columns)
            continue
        of_field = [item for item in found if item[2] == name]
        taken = {column for _, column, other, _ in found if other != name}
        places[name] = _place(grid, rows, name, of_field, taken)
    return places


def _further_places(
    places: Mapping[Field, Place], found: list[tuple[int, int, Field, PartOfField | None]]
) -> dict[Field, tuple[Place, ...]]:
    """Return what else could be a field: a second column of it, or a name in two parts."""
    also: dict[Field, tuple[Place, ...]] = {}
    for name, place in places.items():
        if name == "other":
            continue
        rest = [item for item in sorted(found, key=lambda item: item[1])
                if item[2] == name and item[1] not in place.columns]  # fmt: skip
        parts = {part: column for _, column, _, part in rest if part}
        whole = tuple(Place((column,)) for _, column, _, part in rest if part is None)
        if "family" in parts and "given" in parts:
            whole = (Place((parts["family"], parts["given"]), ("family", "given")), *whole)
        if whole:
            also[name] = whole
    return also


def _place(
    grid: Grid,
    rows: tuple[int, ...],
    field: Field,
    found: list[tuple[int, int, Field, PartOfField | None]],
    taken: Collection[int],
) -> Place:
    whole = sorted((rank, column) for rank, column, _, part in found if part is None)
    parts = {part: column for _, column, _, part in sorted(found, reverse=True) if part}
    if not whole or field != "name":
        for order in _ORDERS:
            if all(part in parts for part in order):
                return Place(tuple(parts[part] for part in order), order)
    if not whole:
        part = "year" if "year" in parts else min(parts, key=lambda one: parts[one])
        return Place((parts[part],), (part,) if part in ("male", "female") else ())
    rank, column = whole[0]
    if field == "name":
        return Place(_name_columns(grid, rows, column, taken))
    if field == "position":  # Đảng, chính quyền, đoàn thể: one text of all
        return Place(tuple(column for other, column in whole if other == rank))
    return Place((column,))


def _name_columns(
    grid: Grid, rows: tuple[int, ...], column: int, taken: Collection[int]
) -> tuple[int, ...]:
    """Return the columns of a name whose heading stretches over family and given name."""
    for row in rows:
        merge = grid.merge_at(row, column)
        if merge is not None and merge.right > merge.left:
            wide = range(merge.left, min(merge.right, merge.left + 2) + 1)
            if merge.left == column and not any(other in taken for other in wide[1:]):
                return tuple(wide)
    right = column + 1
    if right in taken or any(not grid.shown_at(row, right).blank for row in rows):
        return (column,)
    below = [row for row in grid.cells if row > rows[-1]]
    both = sum(
        1 for row in below if not grid.cell(row, column).blank and _is_word(grid, row, right)
    )
    return (column, right) if both >= 2 and both * 2 > len(below) else (column,)


def _is_word(grid: Grid, row: int, column: int) -> bool:
    text = grid.cell(row, column).shown
    return text.isalpha() and len(text) <= 8


def _with_hanging_rows(grid: Grid, header: Header, wanted: Field) -> Header:
    """Add rows that the wanted field's heading is merged down over."""
    merge = grid.merge_at(header.rows[-1], header.places[wanted].columns[0])
    if merge is None or merge.bottom <= header.rows[-1] or merge.bottom > header.rows[0] + 5:
        return header
    return replace(header, rows=tuple(range(header.rows[0], merge.bottom + 1)))


def is_numbering(texts: Iterable[str]) -> bool:
    """Tell whether a row below the headings only numbers the columns: (1) (2) (3), or A B 1 2."""
    filled = [text for text in texts if text]
    return len(filled) >= 2 and all(is_column_number(text) for text in filled)
