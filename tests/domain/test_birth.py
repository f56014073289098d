"""Birth dates: each way they are written, and what is shown about each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.birth import ambiguous_births, read_birth, read_birth_of_three
from judgeapp.domain.cells import Cell, number_cell, text_cell

TODAY = dt.date(2026, 11, 25)


def read(cell: Cell | str) -> tuple[str | None, list[str]]:
    reading = read_birth(text_cell(cell) if isinstance(cell, str) else cell, TODAY)
    return reading.value, [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12/03/1985", "1985-03-12"),
        ("12-3-1985", "1985-03-12"),
        ("12.03.1985", "1985-03-12"),
        ("12 / 3 / 1985", "1985-03-12"),
        ("1985-03-12", "1985-03-12"),
        ("1985", "1985"),
        ("1985/3/12", "1985-03-12"),
        ("3/1985", "1985-03"),
        ("03-1985", "1985-03"),
        ("1985-03", "1985-03"),
        ("tháng 3 năm 1985", "1985-03"),
        ("Năm 1985", "1985"),
        ("sinh năm 1985", "1985"),
        ("SN 1985", "1985"),
        ("'1985", "1985"),
        ("1985.", "1985"),
        ("ngày 12 tháng 3 năm 1985", "1985-03-12"),
        ("Sinh ngày 12 tháng 3 năm 1985", "1985-03-12"),
        ("12-thg 3-1985", "1985-03-12"),
        ("12-Mar-1985", "1985-03-12"),
        ("Mar-1985", "1985-03"),
        ("1985-03-12 00:00:00", "1985-03-12"),
        ("12/03/1985 0:00", "1985-03-12"),
        ("1985-03-12T00:00:00", "1985-03-12"),
        ("29/02/1984", "1984-02-29"),
    ],
)
def test_plain_writings_are_no_doubt(typed: str, value: str) -> None:
    assert read(typed) == (value, [])


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [
        ("12/3/85", "1985-03-12", "birth_two_digit_year"),
        ("85", "1985", "birth_two_digit_year"),
        ("1/2/03", "2003-02-01", "birth_two_digit_year"),
        ("Mar-85", "1985-03", "birth_two_digit_year"),
        ("12/25/1985", "1985-12-25", "birth_month_first"),
        ("12031985", "1985-03-12", "birth_run_together"),
        ("19850312", "1985-03-12", "birth_run_together"),
        ("30/2/1988", None, "birth_impossible"),
        ("29/02/1985", None, "birth_impossible"),
        ("1985-13-01", None, "birth_impossible"),
        ("0/0/1985", "1985", "birth_zeros"),
        ("00/03/1985", "1985-03", "birth_zeros"),
        ("5/0/1985", None, "birth_impossible"),
        ("13/1985", None, "birth_impossible"),
        ("01/01/2035", None, "birth_future"),
        ("01/01/1900", None, "birth_unlikely"),
        ("2025", None, "birth_unlikely"),
        ("không rõ", None, "birth_unreadable"),
        ("1985-1990", None, "birth_unreadable"),
        ("32/13/1985", None, "birth_impossible"),
        ("12/3", None, "birth_unreadable"),
        ("", None, "birth_missing"),
        ("-", None, "birth_missing"),
        (" … ", None, "birth_missing"),
    ],
)
def test_everything_else_is_shown(typed: str, value: str | None, code: str) -> None:
    assert read(typed) == (value, [code])


def test_two_digit_year_with_the_month_first_is_both() -> None:
    assert read("12/25/85") == ("1985-12-25", ["birth_two_digit_year", "birth_month_first"])


@pytest.mark.parametrize(
    ("number", "value", "codes"),
    [
        ("1985", "1985", []),
        ("31413", "1986-01-01", ["birth_serial"]),
        ("85", "1985", ["birth_two_digit_year"]),
        ("12031985", "1985-03-12", ["birth_run_together"]),
        ("5031985", "1985-03-05", ["birth_run_together"]),
        ("1985.5", None, ["birth_unreadable"]),
        ("123", None, ["birth_unreadable"]),
        ("99999999", None, ["birth_unreadable"]),
        ("-5", None, ["birth_unreadable"]),
        ("99999", None, ["birth_future"]),
    ],
)
def test_numbers(number: str, value: str | None, codes: list[str]) -> None:
    assert read(number_cell(Decimal(number))) == (value, codes)


def test_date_cells() -> None:
    def date_cell(day: dt.date, serial: int | None) -> Cell:
        number = None if serial is None else Decimal(serial)
        return Cell(number=number, date=day, format="dd/mm/yyyy")

    assert read(date_cell(dt.date(1986, 4, 3), 31505)) == ("1986-04-03", [])
    year = ("1985", ["birth_year_in_date_cell"])
    assert read(date_cell(dt.date(1905, 6, 7), 1985)) == year
    assert read(date_cell(dt.date(1905, 6, 7), None)) == year  # OpenDocument keeps no serial
    assert read(date_cell(dt.date(1909, 6, 8), 1985)) == year  # the 1904 system
    assert read(date_cell(dt.date(1899, 12, 31), 1)) == (None, ["birth_unlikely"])


def test_three_columns() -> None:
    def three(day: str, month: str, year: str) -> tuple[str | None, list[str]]:
        one, two, last = (
            number_cell(Decimal(text)) if text else text_cell("") for text in (day, month, year)
        )
        reading = read_birth_of_three(one, two, last, TODAY)
        return reading.value, [finding.code for finding in reading.findings]

    assert three("12", "3", "1985") == ("1985-03-12", [])
    assert three("", "3", "1985") == ("1985-03", [])
    assert three("", "", "1985") == ("1985", [])
    assert three("", "", "") == (None, ["birth_missing"])
    assert three("31", "2", "1985") == (None, ["birth_impossible"])
    assert three("12", "3", "") == (None, ["birth_unreadable"])


def test_a_column_with_the_month_first_makes_the_rest_doubtful() -> None:
    texts = ["03/04/1986", "12/25/1985", "5/5/1990", "7.11.1982"]
    assert ambiguous_births([text_cell(t) for t in texts], TODAY) == {0: "birth_ambiguous"}
    texts.append("25/12/1985")
    assert ambiguous_births([text_cell(t) for t in texts], TODAY) == {}


def test_a_sheet_opened_with_american_dates_is_recognised() -> None:
    cells = [
        Cell(date=dt.date(1980, 4, 3)),
        Cell(date=dt.date(1981, 5, 6)),
        text_cell("25/12/1985"),
        text_cell("13/06/1985"),
        Cell(date=dt.date(1981, 5, 5)),
    ]
    expected = {0: "birth_exchanged", 1: "birth_exchanged"}
    assert ambiguous_births(cells, TODAY) == expected
    assert ambiguous_births([*cells, Cell(date=dt.date(1981, 5, 25))], TODAY) == {}
    assert ambiguous_births([*cells, text_cell("05/06/1985")], TODAY) == {}


@given(st.one_of(st.text(), st.from_regex(r"[0-9/.\- ]{1,12}")))
def test_no_text_is_a_crash_and_a_value_is_always_a_day(typed: str) -> None:
    value, codes = read(typed)
    if value is None:
        assert codes
        return
    parts = [int(part) for part in value.split("-")]
    born = dt.date(*[*parts, 1, 1][:3])
    assert dt.date(1926, 1, 1) <= born <= TODAY


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-10, max_value=10**12)
)
def test_no_number_is_a_crash(number: Decimal) -> None:
    value, codes = read(number_cell(number))
    assert value is not None or codes


@given(st.dates(dt.date(1930, 1, 1), dt.date(2015, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_day_month_year_is_read_back(day: dt.date, sign: str) -> None:
    typed = sign.join([f"{day.day}", f"{day.month:02d}", f"{day.year}"])
    assert read(typed) == (day.isoformat(), [])
