"""Cells by their column: phones, codes, points, genders, names, texts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.cells import Cell, number_cell, text_cell
from judgeapp.domain.doubts import Reading
from judgeapp.domain.phone import read_phone
from judgeapp.domain.readings import (
    is_tick,
    is_unticked,
    read_code,
    read_email,
    read_gender,
    read_name,
    read_number,
    read_score,
    read_text,
)

ANY_CELL = st.one_of(
    st.text().map(text_cell),
    st.decimals(allow_nan=False, allow_infinity=False).map(number_cell),
    st.dates().map(lambda day: Cell(date=day)),
)


def brief(reading: Reading) -> tuple[str | None, list[str]]:
    return reading.value, [finding.code for finding in reading.findings]


# --- phones -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("0912345678", "0912345678", []),
        ("0912 345 678", "0912345678", []),
        ("0912.345.678", "0912345678", []),
        ("0912-345-678", "0912345678", []),
        ("(0208) 3855 123", "02083855123", []),
        ("02083 855 123", "02083855123", []),
        ("0208/3855123", "02083855123", []),
        ("\u202a0987654323\u202c", "0987654323", []),
        ("912345678", "0912345678", ["phone_leading_zero"]),
        ("2083855123", "02083855123", ["phone_leading_zero"]),
        ("+84 912 345 681", "0912345681", ["phone_country_code"]),
        ("+84 (0) 912345681", "0912345681", ["phone_country_code"]),
        ("0084912345681", "0912345681", ["phone_country_code"]),
        ("84912345681", "0912345681", ["phone_country_code"]),
        ("0912345682/0987000111", "0912345682", ["phone_two"]),
        ("0912345682; 0987000111", "0912345682", ["phone_two"]),
        ("0912345682\n0987000111", "0912345682", ["phone_two"]),
        ("0912 345 682 - 0987 000 111", "0912345682", ["phone_two"]),
        ("0912345682 hoặc 0987000111", "0912345682", ["phone_two"]),
        ("0912345678 (Zalo)", "0912345678", ["phone_words"]),
        ("ĐT: 0912345678", "0912345678", ["phone_words"]),
        ("01234567890", "01234567890", ["phone_old"]),
        ("3855123", "3855123", ["phone_odd"]),
        ("９１２３４５６７８", "0912345678", ["phone_leading_zero"]),
        ("9,12E+08", None, ["phone_lost"]),
        ("9.12345683E+08", "0912345683", ["phone_leading_zero"]),
        ("chưa có số", None, ["phone_lost"]),
        ("12", None, ["phone_lost"]),
        ("8412345", "8412345", ["phone_odd"]),
        ("-", None, []),
        ("", None, []),
        ("không có", None, []),
    ],
)
def test_phones_as_typed(typed: str, value: str | None, codes: list[str]) -> None:
    assert brief(read_phone(text_cell(typed))) == (value, codes)


def test_phones_stored_as_numbers() -> None:
    assert brief(read_phone(number_cell(Decimal(912345678)))) == (
        "0912345678",
        ["phone_leading_zero"],
    )
    assert brief(read_phone(number_cell(Decimal(84912345680)))) == (
        "0912345680",
        ["phone_country_code"],
    )
    assert brief(read_phone(Cell(date=dt.date(1990, 1, 1)))) == (None, ["phone_lost"])


@given(ANY_CELL)
def test_a_phone_is_digits_or_nothing(cell: Cell) -> None:
    value = read_phone(cell).value
    assert value is None or (value.lstrip("+").isdecimal() and value.isascii())


# --- points, codes, numbers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (text_cell("8,5"), "8.5", []),
        (text_cell("8.50"), "8.5", []),
        (text_cell("9"), "9", []),
        (number_cell(Decimal("8.55")), "8.55", []),
        (number_cell(Decimal(10)), "10", []),
        (text_cell(""), None, []),
        (text_cell("-"), None, []),
        (text_cell("8;5"), None, ["score_unreadable"]),
        (text_cell("9/10"), None, ["score_unreadable"]),
        (text_cell("1.000"), None, ["score_unreadable"]),
        (Cell(date=dt.date(2021, 10, 9)), None, ["score_unreadable"]),
        (number_cell(Decimal("8.333333")), "8.33", ["score_rounded"]),
        (number_cell(Decimal("8.345")), "8.35", ["score_rounded"]),
        (number_cell(Decimal("-1")), None, ["score_unreadable"]),
        (number_cell(Decimal("1e12")), None, ["score_unreadable"]),
    ],
)
def test_points(cell: Cell, value: str | None, codes: list[str]) -> None:
    assert brief(read_score(cell)) == (value, codes)


@pytest.mark.parametrize(
    ("cell", "value", "codes"),
    [
        (text_cell("00120 "), "00120", []),
        (text_cell("1E5"), "1E5", []),
        (text_cell("'00120"), "00120", []),
        (text_cell("12-05"), "12-05", []),
        (number_cell(Decimal(120)), "120", []),
        (number_cell(Decimal(120), "00000"), "00120", []),
        (Cell(date=dt.date(2021, 5, 12)), None, ["code_as_date"]),
        (number_cell(Decimal(100000), "0.00E+00"), "100000", ["code_scientific"]),
        (text_cell(""), None, []),
    ],
)
def test_codes(cell: Cell, value: str | None, codes: list[str]) -> None:
    assert brief(read_code(cell)) == (value, codes)


def test_numbers_of_rows() -> None:
    assert read_number(text_cell("'009")).value == "009"
    assert read_number(number_cell(Decimal("10.0"))).value == "10"
    assert read_number(number_cell(Decimal(8), "000")).value == "008"
    assert read_number(text_cell("(3).")).value == "3"
    assert read_number(text_cell(" ")).value is None
    assert brief(read_number(Cell(date=dt.date(1900, 1, 5)))) == (None, ["number_as_date"])


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Nam", "nam"),
        ("NỮ", "nữ"),
        ("nu", "nữ"),
        ("M", "nam"),
        ("F", "nữ"),
        ("Nữ.", "nữ"),
        ("", None),
        ("x", None),
        ("1", None),
        ("Năm", None),
    ],
)
def test_gender(typed: str, value: str | None) -> None:
    reading = read_gender(text_cell(typed))
    assert reading.value == value
    assert bool(reading.findings) == (value is None and bool(typed))


def test_ticks() -> None:
    for typed in ("x", "X", "✓", "v", "TRUE", "(x)", "Nam"):
        assert is_tick(text_cell(typed))
    for typed in ("", "FALSE", "-", "0", "☐"):
        assert is_unticked(text_cell(typed))
        assert not is_tick(text_cell(typed))
    assert not is_tick(number_cell(Decimal(1988)))


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("Lò Thị Én", "Lò Thị Én", []),
        ("H'Hen Niê", "H'Hen Niê", []),
        ("LÝ THỊ MẨY", "LÝ THỊ MẨY", []),
        ("Y Moan Ênuôl", "Y Moan Ênuôl", []),
        ("Ông Cao Thắng", "Ông Cao Thắng", []),
        ("Ðinh Quang Ðức", "Đinh Quang Đức", ["letters_mended"]),
        ("𝐋ê 𝐀n", "Lê An", ["letters_mended"]),
        ("Đ/c Lê Văn An", "Lê Văn An", ["name_address"]),
        ("Đồng chí: Lê Văn An", "Lê Văn An", ["name_address"]),
        ("Đ/c An", "Đ/c An", []),
        ("Lê Văn An (dự bị)", "Lê Văn An (dự bị)", ["name_extra"]),
        ("Lê Văn 2", "Lê Văn 2", ["name_digits"]),
        ("Én", "Én", ["name_short"]),
        ("Lê Văn Qúy", "Lê Văn Qúy", ["name_tone_place"]),
        ("Lê Quý Giàu", "Lê Quý Giàu", []),
        ("Lý Thi Mai", "Lý Thi Mai", ["name_thi"]),
        ("Lê Văn Thi", "Lê Văn Thi", []),
        ("Nguy?n Văn An", "Nguy?n Văn An", ["letters_lost"]),
        ("Hоàng An", "Hоàng An", ["letters_mixed"]),
        ("=1+1", "=1+1", ["formula_sign"]),
        ("@Lê Văn Cộng", "@Lê Văn Cộng", ["formula_sign"]),
        ("5", None, ["name_missing"]),
        ("", None, ["name_missing"]),
        ("-", None, ["name_missing"]),
        ("\u00a0", None, ["name_missing"]),
    ],
)
def test_names(typed: str, value: str | None, codes: list[str]) -> None:
    assert brief(read_name((text_cell(typed),))) == (value, codes)


def test_a_name_in_two_columns() -> None:
    assert brief(read_name((text_cell("Lò Thị "), text_cell(" Én")))) == ("Lò Thị Én", [])
    assert brief(read_name((text_cell(""), text_cell("Én")))) == ("Én", ["name_short"])
    assert brief(read_name((text_cell(""), text_cell("")))) == (None, ["name_missing"])


def test_texts_and_addresses() -> None:
    assert brief(read_text(text_cell("  Bí  thư\nchi bộ "))) == ("Bí thư chi bộ", [])
    assert brief(read_text(number_cell(Decimal(7)))) == ("7", [])
    assert brief(read_email(text_cell("a.b@x.vn"))) == ("a.b@x.vn", [])
    assert brief(read_email(text_cell("a@x.vn; b@y.vn"))) == ("a@x.vn", ["email_unreadable"])
    assert brief(read_email(text_cell("không có"))) == (None, [])
    assert brief(read_email(text_cell("a tại x"))) == (None, ["email_unreadable"])


@given(ANY_CELL)
def test_no_cell_is_a_crash_in_any_column(cell: Cell) -> None:
    readers = [read_text, read_score, read_code, read_number, read_email, read_gender, read_phone]
    for reader in readers:
        reading = reader(cell)
        assert reading.value is None or reading.value.strip()
    assert read_name((cell,)).value is not None or read_name((cell,)).findings


@given(ANY_CELL)
def test_points_are_plain_and_below_the_limit(cell: Cell) -> None:
    value = read_score(cell).value
    assert value is None or 0 <= Decimal(value) <= 1000
