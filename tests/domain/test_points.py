from __future__ import annotations

import itertools
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.numbers import plain
from judgeapp.domain.points import Accepted, Empty, Refused, is_complete, read_points

CASES = json.loads(
    (Path(__file__).parent.parent / "data" / "ui" / "u01_typed_points.json").read_text("utf-8")
)
MAXIMUM, STEP = Decimal(CASES["max"]), Decimal(CASES["step"])
WHY = {
    "over the maximum": "over_maximum",
    "off step": "off_step",
    "below 0": "below_zero",
    "not a number": "not_a_number",
    "doubtful": "doubtful",
}


@pytest.mark.parametrize(("typed", "points"), CASES["accepted"].items())
def test_accepted(typed: str, points: str) -> None:
    answer = read_points(typed, maximum=MAXIMUM, step=STEP)
    assert isinstance(answer, Accepted)
    assert plain(answer.points) == points


@pytest.mark.parametrize(("typed", "why"), CASES["refused"].items())
def test_refused(typed: str, why: str) -> None:
    answer = read_points(typed, maximum=MAXIMUM, step=STEP)
    if typed == "":
        assert answer == Empty()
        return
    assert isinstance(answer, Refused)
    reason = next(code for start, code in WHY.items() if why.startswith(start))
    if typed == "1.000,5":  # the case allows any refusal that is no number: grouped digits
        reason = "not_a_number"
    assert answer.reason == reason


def test_off_step_names_the_neighbours() -> None:
    answer = read_points("8,3", maximum=MAXIMUM, step=STEP)
    assert answer == Refused("off_step", "8,3", Decimal("8.25"), Decimal("8.5"))
    assert read_points("9.9", maximum=Decimal("9.9"), step=Decimal("0.5")) == Refused(
        "off_step", "9.9", Decimal("9.5"), None
    )


@pytest.mark.parametrize("typed", ["  ", "\t", "\u00a0", "\r\n"])
def test_blank_is_missing_and_never_zero(typed: str) -> None:
    assert read_points(typed, maximum=MAXIMUM, step=STEP) == Empty()


@pytest.mark.parametrize("typed", [",", ".", "−1", "8,255", "1234", "8٫5", "８"])
def test_more_that_is_no_mark(typed: str) -> None:
    assert isinstance(read_points(typed, maximum=MAXIMUM, step=STEP), Refused)


def test_pasted_from_a_spreadsheet() -> None:
    assert read_points("8,5\n", maximum=MAXIMUM, step=STEP) == Accepted(Decimal("8.5"))


@given(st.text())
def test_whatever_is_typed_a_mark_fits_its_criterion(typed: str) -> None:
    answer = read_points(typed, maximum=MAXIMUM, step=STEP)
    if isinstance(answer, Accepted):
        assert 0 <= answer.points <= MAXIMUM
        assert answer.points % STEP == 0
        assert Decimal(typed.strip().replace(",", ".").strip(".") or "0") == answer.points


@given(st.integers(0, 40), st.sampled_from([",", "."]))
def test_each_mark_on_the_step_is_accepted_with_comma_and_point(steps: int, sign: str) -> None:
    points = steps * STEP
    typed = str(points).replace(".", sign)
    assert read_points(typed, maximum=MAXIMUM, step=STEP) == Accepted(points)


SUFFIXES = [
    sign + "".join(digits)
    for sign in ("", ",")
    for count in (1, 2, 3)
    for digits in itertools.product("0123456789", repeat=count)
]


@pytest.mark.parametrize(
    ("most", "step"),
    [("10", "0.5"), ("10", "0.25"), ("30", "1"), ("20", "0.5"), ("5", "0.1"), ("2", "1")],
)
@pytest.mark.parametrize("typed", ["0", "1", "2", "3", "8", "9,5", "8,", "8,5", "10", "10,", "1,7"])
def test_a_text_is_complete_if_nothing_typed_after_it_makes_another_mark(
    most: str, step: str, typed: str
) -> None:
    maximum, grid = Decimal(most), Decimal(step)
    answer = read_points(typed, maximum=maximum, step=grid)
    if not isinstance(answer, Accepted):
        return
    others = (read_points(typed + more, maximum=maximum, step=grid) for more in SUFFIXES)
    ends = not any(isinstance(o, Accepted) and o.points != answer.points for o in others)
    assert is_complete(typed, answer.points, maximum=maximum, step=grid) == ends
