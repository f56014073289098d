"""Laws of every preview: no row is lost without a word, nothing is written twice, no crash."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from judgeapp.domain.cells import Cell, number_cell, text_cell
from judgeapp.domain.errors import BadInput
from judgeapp.domain.sheet_words import PEOPLE_HEADINGS
from judgeapp.formats.sheet_in.grid import Grid, Merge, Workbook
from judgeapp.formats.sheet_in.header import find_header
from judgeapp.formats.sheet_in.lists import find_lists
from judgeapp.services.people_preview import Known, ListFile, work_out

TODAY = dt.date(2026, 11, 25)
HEADS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "SĐT", "Ghi chú"]
WORDS = [
    "Lò Thị Én", "LÒ THỊ ÉN", "Lò Thị Ẻn", "Ma Văn Thử", "Tổng cộng", "NGƯỜI LẬP BIỂU", "I", "II",
    "Đảng bộ xã Nà Mây", "Đảng bộ xã Nà Mấy", "Các chi bộ", "1988", "12/03/1988", "31/02/1988",
    "0912345678", "912345678", "nam", "nữ", "x", "-", "(1)", "1", "2", "3", "Họ và tên", "STT",
    "ngày 14 tháng 9 năm 2021", "=1+1", "Nguyeãn Thò", "\u00a0", "'01",
]  # fmt: skip
cells = st.one_of(
    st.none(),
    st.sampled_from(WORDS).map(text_cell),
    st.text(max_size=12).map(text_cell),
    st.integers(0, 50000).map(lambda number: number_cell(Decimal(number))),
    st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)).map(lambda day: Cell(date=day)),
    st.just(Cell(trouble="no_value")),
)
rows = st.lists(st.lists(cells, min_size=7, max_size=7), max_size=12)


def grid(body: Sequence[Sequence[Cell | None]], merges: Sequence[Merge], hidden: set[int]) -> Grid:
    table = [[text_cell(head) for head in HEADS], *body]
    kept = {
        number: {
            column: cell
            for column, cell in enumerate(row, start=1)
            if cell is not None and not cell.blank
        }
        for number, row in enumerate(table, start=1)
    }
    return Grid(
        "DS",
        {number: row for number, row in kept.items() if row},
        hidden_rows=frozenset(hidden),
        merges=tuple(merges),
    )


def source_of(sheet: Grid) -> ListFile:
    found = find_lists(Workbook("x.xlsx", (sheet,)), PEOPLE_HEADINGS, wanted="name")
    return ListFile("x.xlsx", "0" * 64, None, None, tuple(found))


@given(rows, st.lists(st.integers(2, 12), max_size=2), st.sets(st.integers(2, 12), max_size=2))
@settings(max_examples=300)
def test_each_row_is_a_person_a_doubt_or_skipped_with_its_reason(
    body: list[list[Cell | None]], merged: list[int], hidden: set[int]
) -> None:
    merges = [Merge(row, 5, row + 1, 5) for row in set(merged)]
    sheet = grid(body, merges, hidden)
    if find_header(sheet, PEOPLE_HEADINGS, wanted="name") is None:
        return
    try:
        source = source_of(sheet)
    except BadInput:  # mostly letters of before Unicode
        return
    preview = work_out(source, known=Known([], []), today=TODAY, hidden=None)
    table = next(found.table for found in source.sheets if found.table)
    accounted = {row.row for row in preview.rows}
    accounted |= {item.row for item in preview.doubts if item.row is not None}
    accounted |= {row.row for row in source.skipped}
    assert {row for row in sheet.cells if row > table.header.rows[-1]} <= accounted
    assert all(row.name.strip() for row in preview.rows)
    numbers = [item.contestant for item in preview.registration.placements]
    assert len(set(numbers)) == len(numbers)
    assert len({len(number) for number in numbers if number.isdecimal()}) <= 1


@given(rows, st.lists(st.integers(2, 12), max_size=2))
@settings(max_examples=200)
def test_what_would_be_stored_is_what_stands_there_or_a_doubt(
    body: list[list[Cell | None]], merged: list[int]
) -> None:
    sheet = grid(body, [Merge(row, 5, row + 1, 5) for row in set(merged)], set())
    try:
        source = source_of(sheet)
    except BadInput:
        return
    header = next(found.table for found in source.sheets if found.table).header
    if header.letters.get("unit") != "E" or header.letters.get("phone") != "F":
        return  # hypothesis wrote another header
    preview = work_out(source, known=Known([], []), today=TODAY, hidden=None)
    doubted = {(row, item.field) for item in preview.doubts for row in (item.row, *item.other_rows)}
    for person in preview.rows:
        name = sheet.cell(person.row, 2).shown
        unit = sheet.shown_at(person.row, 5).shown
        phone = re.sub(r"[\s.()/-]", "", sheet.cell(person.row, 6).shown)
        assert person.name == name or (person.row, "name") in doubted
        assert (person.unit or "-") == (unit or "-") or (person.row, "unit") in doubted
        assert (person.phone or "") == phone or (person.row, "phone") in doubted


@given(rows)
@settings(max_examples=100)
def test_the_same_file_gives_the_same_answer(body: list[list[Cell | None]]) -> None:
    sheet = grid(body, [], set())
    try:
        source = source_of(sheet)
    except BadInput:  # mostly letters of before Unicode
        return
    first, second = (
        work_out(source, known=Known([], []), today=TODAY, hidden="take") for _ in range(2)
    )
    assert (first.rows, first.doubts) == (second.rows, second.doubts)
    assert first.registration == second.registration
