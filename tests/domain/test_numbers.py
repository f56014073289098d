from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.numbers import (
    decimals,
    exact,
    fixed,
    half_up,
    is_plain_decimal,
    plain,
    shortest,
)

DATA = Path(__file__).parent.parent / "data" / "oracles"


@given(st.decimals(-1000, 1000, allow_nan=False, places=6), st.integers(0, 5))
def test_fixed_agrees_with_decimal_half_up(value: Decimal, places: int) -> None:
    other = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert fixed(Fraction(value), places) == f"{other + 0:f}"  # + 0 turns -0.00 into 0.00


@given(st.fractions(-1000, 1000), st.sampled_from(["0.01", "0.25", "0.5", "1", "0.3"]))
def test_half_up_is_the_nearest_multiple_and_halves_go_away_from_zero(
    value: Fraction, step_text: str
) -> None:
    step = Fraction(step_text)
    rounded = half_up(value, step)
    assert (rounded / step).denominator == 1
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)


def test_half_up_on_published_quarters() -> None:
    oracle = json.loads((DATA / "round-to-quarter-vn.json").read_text(encoding="utf-8"))
    step = Fraction(oracle["input"]["step"])
    got = [shortest(half_up(Fraction(text), step)) for text in oracle["input"]["values"]]
    assert got == oracle["expected"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("8.50", "8.5"), ("8", "8"), ("-0.5", "-0.5"), ("0", "0"), ("1/3", "1/3"), ("1/8", "0.125")],
)
def test_shortest(value: str, text: str) -> None:
    assert shortest(Fraction(value)) == text


def test_other_forms() -> None:
    assert exact(Fraction(331, 4)) == "331/4"
    assert exact(Fraction(8)) == "8"
    assert plain(Decimal("8E+1")) == "80"
    assert (decimals("0.10"), decimals("1")) == (2, 0)
    assert fixed(Fraction(-1, 1000), 2) == "0.00"


@pytest.mark.parametrize("text", ["8", "-8.25", "0", "007", "1" * 30])
def test_plain_decimals(text: str) -> None:
    assert is_plain_decimal(text)


@pytest.mark.parametrize(
    "text", ["", ".5", "8.", "8,5", "+8", "1e3", "1_0", "٨", " 8", "8\n", "NaN", "1" * 31, 8, None]
)
def test_not_plain_decimals(text: object) -> None:
    assert not is_plain_decimal(text)
