"""Rows that may be one person, and the numbers that people get."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.namesakes import births_agree, compare, merged
from judgeapp.domain.people import Contestant
from judgeapp.domain.people_list import PersonRow
from judgeapp.domain.registration import give_numbers, register
from judgeapp.domain.unit_names import full_key, near_pairs, preferred_spellings

UNIT, PHONE = "Chi bộ Kho bạc", "0912345678"


def person(row: int, name: str = "Lò Thị Én", **values: Any) -> PersonRow:
    return PersonRow("DS", row, name, **{"unit": UNIT, **values})


def judged(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    doubts, _ = compare([person(1, **one), person(2, **other)])
    return [item.code for item in doubts if item.code != "see_row"]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"birth": "1988-03-12"}, {"birth": "1988-03-12"}, "same_person"),
        ({"birth": "1988"}, {"birth": "1988-03-12"}, "same_person"),
        ({"phone": PHONE}, {"phone": PHONE}, "same_person"),
        ({"phone": PHONE, "birth": "1988"}, {"phone": PHONE}, "same_person"),
        ({"phone": PHONE, "unit": None}, {"phone": PHONE}, "same_person"),
        ({}, {}, "maybe_same_person"),
        ({"birth": "1988"}, {}, "maybe_same_person"),
        ({"phone": PHONE, "birth": "1988"}, {"phone": PHONE, "birth": "1990"}, "maybe_same_person"),
        ({"birth": "1988-03-12"}, {"birth": "1988-03-12", "unit": "X"}, "maybe_same_person"),
        ({"birth": "1988"}, {"birth": "1988", "unit": "X"}, "namesakes"),
        ({"birth": "1988"}, {"birth": "1990"}, "namesakes"),
        ({"phone": PHONE}, {"phone": "0987654321"}, "namesakes"),
        ({"name": "LÒ THỊ ÉN", "phone": PHONE}, {"phone": PHONE}, "same_person"),
        (
            {"name": "Lường Hoà", "phone": PHONE},
            {"name": "Lường Hòa", "phone": PHONE},
            "same_person",
        ),
    ],
)
def test_names_that_are_equal(one: dict[str, Any], other: dict[str, Any], code: str) -> None:
    assert judged(one, other) == [code]
    assert judged(other, one) == [code]


def test_names_that_differ_by_diacritics_are_different_people() -> None:
    one, other = {"name": "Lý Thị Mẩy", "birth": "1990"}, {"name": "Lý Thị Mây", "birth": "1990"}
    assert judged(one, other) == []
    assert judged({**one, "phone": PHONE}, {**other, "phone": PHONE}) == ["maybe_same_person"]


def test_one_phone_for_two_names_is_shown() -> None:
    assert judged({"phone": PHONE}, {"name": "Ma Văn Thử", "phone": PHONE}) == ["phone_shared"]


def test_births_of_different_exactness() -> None:
    assert births_agree("1988", "1988-03-12") == "agree"
    assert births_agree("1988-03", "1988-04-01") == "differ"
    assert births_agree(None, "1988") == "unknown"


def test_three_times_the_same_becomes_one() -> None:
    rows = [
        person(1, phone=PHONE),
        person(2, "LÒ THỊ ÉN", phone=PHONE, birth="1988-03-12"),
        person(3, phone=PHONE, birth="1988", note="ghi chú"),
    ]
    _, same = compare(rows)
    (one,) = merged(rows, same)
    assert (one.row, one.name, one.birth, one.note) == (1, "Lò Thị Én", "1988-03-12", "ghi chú")


def test_a_crowd_of_one_name_is_not_compared_each_with_each() -> None:
    doubts, _ = compare([person(row, birth="1988") for row in range(2000)])
    assert len(doubts) < 10_000


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "taken", "numbers", "own"),
    [
        (["1", "2", "3"], [], ["01", "02", "03"], True),
        (["007", "008", "10"], [], ["007", "008", "010"], True),
        (["1", "100"], [], ["001", "100"], True),
        (["1", "1"], [], ["01", "02"], False),
        (["1", "01"], [], ["01", "02"], False),
        (["1", None], [], ["01", "02"], False),
        (["0", "1"], [], ["01", "02"], False),
        (["bc1", "BC2"], [], ["BC1", "BC2"], True),
        (["1/2", "2/2"], [], ["01", "02"], False),
        (["٣"], [], ["01"], False),
        (["1", "2"], ["01", "38"], ["39", "40"], False),
        (["39", "40"], ["01", "38"], ["39", "40"], True),
        (["1"], ["099"], ["001"], True),
        ([None], ["99"], ["100"], False),
        ([None] * 3, ["BC1"], ["01", "02", "03"], False),
        ([], [], [], False),
    ],
)
def test_numbers(wanted: list[str | None], taken: list[str], numbers: list[str], own: bool) -> None:
    assert give_numbers(wanted, taken) == (numbers, own)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 120).map(str), st.text(max_size=4)), max_size=20),
    st.sets(st.integers(1, 200).map(lambda number: f"{number:02d}"), max_size=10),
)
def test_no_number_is_given_twice(wanted: list[str | None], taken: set[str]) -> None:
    numbers, _ = give_numbers(wanted, taken)
    assert len(numbers) == len(wanted)
    plain = [number.lstrip("0") for number in numbers]
    assert len(set(plain)) == len(plain)
    assert not set(plain) & {number.lstrip("0") for number in taken}
    assert all(len(number) >= 2 or not number.isdecimal() for number in numbers)


def test_a_known_person_among_namesakes_is_found_by_what_agrees() -> None:
    units = {UnitId("U1"): UNIT}
    known = [
        Contestant(ContestantId("01"), "Lò Thị Én", UnitId("U1"), "1988-03-12", phone=PHONE),
        Contestant(ContestantId("02"), "Lò Thị Én", UnitId("U1"), "1990", phone="0987654321"),
    ]
    rows = [person(5, birth="1990"), person(6, birth="1988"), person(7, birth="1977")]
    found = register(rows, known, units).placements
    assert [(item.contestant, item.known) for item in found] == [
        ("02", True), ("01", True), ("03", False),
    ]  # fmt: skip


# --- organisations ------------------------------------------------------------------------------


def test_the_most_frequent_spelling_that_is_not_in_capitals() -> None:
    names = ["CHI BỘ HOÀ", "CHI BỘ HOÀ", "Chi bộ Hòa", "Chi bộ Hoà", "Chi bộ Hoà"]
    assert set(preferred_spellings(names, []).values()) == {"Chi bộ Hoà"}
    assert set(preferred_spellings(names, ["chi bộ hòa"]).values()) == {"chi bộ hòa"}
    assert set(preferred_spellings(["CHI BỘ A"], []).values()) == {"CHI BỘ A"}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Đảng bộ xã Tân Lập", "Đảng bộ xã Tân Lâp", True),
        ("Đảng bộ xã Nà Mây", "Đảng bộ xã Nà Mấy", True),
        ("Chi bộ Kho bạc", "Chi bộ Khoa bạc", True),
        ("Chi bộ Kho bạc", "Chi bộ Kho bcạ", True),
        ("ĐB xã Nà Mây", "Đảng bộ xã Nà Mây", True),
        ("Chi bộ Tổ 5", "Chi bộ Tổ 6", False),
        ("Chi bộ Trường II", "Chi bộ Trường III", False),
        ("Chi bộ A", "Chi bộ B", False),
        ("Đảng bộ xã Tà Xùa", "Đảng bộ xã Tà Xùa, bản 3", False),
        ("Chi bộ THCS Tân Lập", "Chi bộ THPT Tân Lập", False),
    ],
)
def test_near_names(one: str, other: str, near: bool) -> None:
    assert bool(near_pairs([one], [other])) is near
    assert bool(near_pairs([other], [one])) is near


@given(st.text(), st.text())
def test_nearness_never_fails_and_works_both_ways(one: str, other: str) -> None:
    assert bool(near_pairs([one], [other])) == bool(near_pairs([other], [one]))
    assert full_key(one) == full_key(one.upper().lower()) or not one.isascii()
