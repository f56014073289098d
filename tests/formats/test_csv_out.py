"""CSV and XLSX for people: nothing in them is a formula, and nothing is changed on the way."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from judgeapp.formats.csv_out import Cell, CsvStyle, Exact, Number, Table, csv_bytes
from judgeapp.formats.formula_guard import guard, unguard
from judgeapp.formats.xlsx_out import MAX_CELL_LENGTH, xlsx_bytes

# the names and organisations of cases/sheets/s16_formula_injection.csv
DANGEROUS = [
    '=HYPERLINK("http://example.invalid","Bấm vào đây")', "@Lê Văn Cộng", "-Chi bộ B", "=1+1",
    "+Chi bộ D", "\t=1", "\r=1", "'=1", "''@x", "=cmd|'/c calc'!A1",
]  # fmt: skip
HARMLESS = ["Nông Thị Trừ", "M'Nông", "'tên", "", "07", "a=b", " =1", "8-9"]


def table(*rows: tuple[Cell, ...]) -> Table:
    width = len(rows[0]) if rows else 1
    return Table("Thử", tuple(f"Cột {at}" for at in range(width)), rows)


def parsed(content: bytes, style: CsvStyle) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    delimiter = ";" if style == "excel-vi" else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


# --- formulas -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_could_be_computed_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(st.text(st.sampled_from("'=+-@\t\rạ1 "), max_size=6))
@example("'=1")
def test_the_apostrophe_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not re.match(r"[=+\-@\t\r]", guard(text))


@pytest.mark.parametrize("style", ["excel-vi", "plain"])
def test_no_cell_of_a_csv_is_a_formula(style: CsvStyle) -> None:
    rows = parsed(csv_bytes(table(*[(text,) for text in DANGEROUS]), style), style)
    cells = [row[0] for row in rows[1:]]
    assert cells == [f"'{text}" for text in DANGEROUS]


def test_a_number_below_0_stays_a_number() -> None:
    row = (Number("-0.5"), -3, None)
    assert parsed(csv_bytes(table(row), "plain"), "plain")[1] == ["-0.5", "-3", ""]
    assert parsed(csv_bytes(table(row), "excel-vi"), "excel-vi")[1] == ["-0,5", "-3", ""]


# --- form -----------------------------------------------------------------------------------------


def test_bytes_of_both_styles() -> None:
    content = table(('Lò Văn Thử; "Tư"', Number("8.25"), Exact("433/5"), "a\nb"))
    assert (
        csv_bytes(content, "excel-vi")
        == (
            '\ufeffCột 0;Cột 1;Cột 2;Cột 3\r\n"Lò Văn Thử; ""Tư""";8,25;\'433/5;"a\nb"\r\n'
        ).encode()
    )
    assert (
        csv_bytes(content, "plain")
        == ('\ufeffCột 0,Cột 1,Cột 2,Cột 3\r\n"Lò Văn Thử; ""Tư""",8.25,433/5,"a\nb"\r\n').encode()
    )


@pytest.mark.parametrize(
    ("text", "shown"), [("17/2", "'17/2"), ("8", "8"), ("-1/3", "-1/3"), ("123456/7", "123456/7")]
)
def test_a_fraction_that_excel_would_make_a_date_is_text(text: str, shown: str) -> None:
    assert parsed(csv_bytes(table((Exact(text),)), "excel-vi"), "excel-vi")[1] == [shown]
    assert parsed(csv_bytes(table((Exact(text),)), "plain"), "plain")[1] == [text]


# --- XLSX -----------------------------------------------------------------------------------------


def sheet_texts(content: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_every_cell_of_a_workbook_is_text() -> None:
    rows = [*[(text, Number("-0.5"), Exact("17/2"), 7) for text in DANGEROUS if text.strip()]]
    content = xlsx_bytes([table(*rows)], "excel-vi")
    got = sheet_texts(content)
    assert got[1:] == [[row[0], "-0,5", "17/2", "7"] for row in rows]
    book = load_workbook(io.BytesIO(content))
    types = {cell.data_type for row in book["Thử"].iter_rows() for cell in row}
    assert types <= {"s", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_decimal_sign_of_the_plain_style() -> None:
    content = xlsx_bytes([table((Number("8.25"), Exact("1/3"), None))], "plain")
    assert sheet_texts(content)[1][:2] == ["8.25", "1/3"]


def test_what_xml_cannot_hold_is_left_out_and_long_text_cut() -> None:
    content = xlsx_bytes([table(("a\x00\x0b\ud800b", "x" * 40_000))], "plain")
    (first, second) = sheet_texts(content)[1]
    assert (first, len(second)) == ("ab", MAX_CELL_LENGTH)


def test_titles_are_legal_and_each_another() -> None:
    wishes = ["Xếp hạng: Sơ khảo [1/2]?", "xếp hạng- Sơ khảo -1-2--", "", "'x'", "y" * 40, "Y" * 40]
    tables = [Table(wish, ("a",), ()) for wish in wishes]
    titles = load_workbook(io.BytesIO(xlsx_bytes(tables, "plain"))).sheetnames
    assert titles == [
        "Xếp hạng- Sơ khảo -1-2--",
        "xếp hạng- Sơ khảo -1-2-- (2)",
        "-",
        "x",
        "y" * 31,
        "Y" * 27 + " (2)",
    ]
