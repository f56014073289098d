"""Texts in two languages, with numbers as each of them writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.system import texts as module
from judgeapp.system.texts import Texts, load_texts


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Texts:
    """A small catalogue of two features."""
    folder = tmp_path / "texts" / "vi"
    folder.mkdir(parents=True)
    for name, entries in {
        "one": {"one.points": "{points} điểm", "one.mean": "{mean:2}", "error.one.bad": "{file}"},
        "two": {"two.key": "{key}/{self}", "error.two.where": "{file}, {place}: {count}"},
    }.items():
        made = Catalog(locale="vi")
        for key, text in entries.items():
            made.add(key, text)
        with (folder / f"{name}.mo").open("wb") as file:
            write_mo(file, made)
    monkeypatch.setattr(module, "resources", lambda: tmp_path)
    return Texts("vi")


def test_all_features_speak(catalogue: Texts) -> None:
    assert catalogue("one.points", points=Decimal("8.50")) == "8,5 điểm"
    assert catalogue("two.key", key="a", self="b") == "a/b"


def test_a_missing_text_shows_its_key(catalogue: Texts) -> None:
    assert not catalogue.has("three.none")
    assert catalogue.has("one.points")
    assert catalogue("three.none") == "three.none"


def test_a_missing_parameter_is_a_bug(catalogue: Texts) -> None:
    with pytest.raises(KeyError):
        catalogue("one.points")


def test_values_are_never_read_as_texts(catalogue: Texts) -> None:
    for value in ("{points}", "{0.__class__}", "%s", "}{"):
        assert catalogue("one.points", points=value) == f"{value} điểm"


def test_errors_say_where(catalogue: Texts) -> None:
    assert catalogue.error(BadInput("two.where", file="a.xlsx", place="dòng 3", count=2)) == (
        "a.xlsx, dòng 3: 2"
    )
    assert catalogue.error(JudgeError("one.bad")) == ""


def test_rounding_is_for_show_and_half_up(catalogue: Texts) -> None:
    assert catalogue("one.mean", mean=Fraction("8.345")) == "8,35"
    assert catalogue("one.mean", mean=Fraction(25, 3)) == "8,33"
    assert catalogue("one.mean", mean=Decimal(8)) == "8,00"


@pytest.mark.parametrize(
    ("language", "value", "places", "text"),
    [
        ("vi", Decimal("8.25"), None, "8,25"),
        ("en", Decimal("8.25"), None, "8.25"),
        ("vi", Decimal("8.50"), None, "8,5"),
        ("vi", Decimal("1E+2"), None, "100"),
        ("vi", Fraction(1, 3), None, "1/3"),
        ("vi", Fraction(-1, 2), 2, "-0,50"),
        ("en", Fraction(-1, 1000), 2, "0.00"),
    ],
)
def test_numbers(language: str, value: Decimal | Fraction, places: int | None, text: str) -> None:
    assert load_texts(language).number(value, places) == text


@given(st.decimals(-999, 999, places=3), st.sampled_from(["vi", "en"]))
def test_numbers_as_the_unicode_consortium_writes_them(value: Decimal, language: str) -> None:
    """CLDR, through Babel: the sign of decimals and the digits; our numbers have no groups."""
    expected = format_decimal(value, format="0.###", locale=language).replace("\u2212", "-")
    assert load_texts(language).number(value) == expected.replace("-0", "0" if not value else "-0")


def test_a_language_is_read_once() -> None:
    assert load_texts("vi") is load_texts("vi")
    assert load_texts("vi").language == "vi"
