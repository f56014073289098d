"""Edits keep rules whole; changes are told one by one; numbers are read as people type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from judgeapp.domain.contest import Criterion, Definition, Level
from judgeapp.domain.contest_facts import ContestFacts, facts_body, facts_from, read_facts
from judgeapp.domain.definition import definition_body, read_definition_body
from judgeapp.domain.ids import CriterionId, PartId
from judgeapp.domain.rule_changes import Change, changes
from judgeapp.domain.rule_edits import (
    fresh_id,
    moved,
    with_maximum,
    with_part,
    with_round,
    without_part,
)
from judgeapp.domain.typed_rules import read_amount, read_count, read_length, write_length
from judgeapp.services.contest import presets
from tests.refused import refused


def reference() -> Definition:
    return next(one for one in presets() if one.id == "bao-cao-vien-gioi").definition


def test_a_removed_part_takes_its_tie_breakers_along() -> None:
    definition = reference()
    first = definition.rounds[0]
    after = without_part(first, "presentation")
    assert after.tie_breakers == ("judges_prefer", "part:outline")
    whole = with_round(definition, after)
    assert read_definition_body(definition_body(whole)) == whole


def test_a_part_is_put_in_its_place_or_at_the_end() -> None:
    first = reference().rounds[0]
    outline = replace(first.parts[0], weight=Decimal(2))
    assert [part.weight for part in with_part(first, outline).parts] == [2, 1]
    talk = replace(outline, id=PartId("talk"))
    assert [part.id for part in with_part(first, talk).parts] == ["outline", "presentation", "talk"]


def test_ids_are_made_of_letters_and_are_not_taken_twice() -> None:
    assert fresh_id("Đề cương – phần 1", set()) == "de-cuong-phan-1"
    assert fresh_id("Đề cương", {"de-cuong", "de-cuong-2"}) == "de-cuong-3"
    assert fresh_id("***", set()) == "x"


def test_moving_stops_at_the_ends() -> None:
    assert moved(("a", "b", "c"), 0, 1) == ("b", "a", "c")
    assert moved(("a", "b", "c"), 2, 5) == ("a", "b", "c")
    assert moved(("a", "b", "c"), 2, -9) == ("c", "a", "b")


def criterion(most: str, *least: str) -> Criterion:
    levels = tuple(Level("m", "m", Decimal(points)) for points in least)
    return Criterion(CriterionId("c"), "c", "c", Decimal(most), Decimal("0.5"), levels)


def test_levels_keep_their_shares_of_another_maximum() -> None:
    after = with_maximum(criterion("20", "18", "15", "11", "0"), Decimal(10))
    assert [level.least for level in after.levels] == [9, Decimal("7.5"), Decimal("5.5"), 0]
    with refused("rubrics.levels_do_not_fit"):
        with_maximum(criterion("20", "18", "17", "0"), Decimal(1))


def test_changes_are_told_one_by_one_and_no_change_is_none() -> None:
    before = reference()
    first = before.rounds[0]
    outline, talk = first.parts
    content = replace(outline.criteria[0], max=Decimal(15), levels=())
    part = replace(outline, criteria=(content, *outline.criteria[1:3]), max_pages=None)
    assert first.cut is not None
    held = replace(first, parts=(talk, part), cut=replace(first.cut, size=12))
    after = Definition(before.preset, before.vi, (held,))
    assert changes(before, before) == ()
    name, said = first.vi, changes(before, after)
    assert said == (
        Change(("Chung kết 3 phần",), "removed"),
        Change((name,), "cut_size", 10, 12),
        Change((name, "Soạn đề cương"), "max_pages", 12, None),
        Change((name, "Soạn đề cương", "Thể thức, chính tả, số trang"), "removed"),
        Change((name, "Soạn đề cương", content.vi), "max", Decimal(14), Decimal(15)),
        Change((name, "Soạn đề cương", content.vi), "levels"),
        Change((name,), "order"),
    )


@pytest.mark.parametrize(
    ("typed", "seconds"), [("10", 600), ("7:30", 450), (" 7' 05 ", 425), ("5 phút", 300)]
)
def test_lengths_are_minutes_or_minutes_and_seconds(typed: str, seconds: int) -> None:
    assert read_length(typed) == seconds
    assert read_length(write_length(seconds)) == seconds


@pytest.mark.parametrize("typed", ["", "x", "7:60", "-1", "1000", "7.5"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with refused("rules.bad_length"):
        read_length(typed)


@pytest.mark.parametrize("typed", ["", "1e3", "1001", "0,1234", "-1", "٣", "1_0", "1.000.0"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with refused("rules.bad_amount"):
        read_amount(typed, most=Decimal(1000))


def test_amounts_and_counts() -> None:
    assert read_amount("0,25", most=Decimal(10)) == read_amount("0.250", most=Decimal(10))
    with refused("rules.bad_amount_above_zero"):
        read_amount("0", most=Decimal(10), above_zero=True)
    assert read_count(" 12 ", least=1, most=99) == 12
    for typed in ("0", "100", "1.5", "mười"):
        with refused("rules.bad_count"):
            read_count(typed, least=1, most=99)


def test_facts_are_read_as_typed_and_kept_as_text() -> None:
    facts = read_facts(" Tỉnh  ủy ", "Hội trường", "5/12/2026", "06.12.2026")
    assert facts == ContestFacts(
        "Tỉnh ủy", "Hội trường", date(2026, 12, 5), date(2026, 12, 6)
    )  # fmt: skip
    assert facts_from(facts_body(facts)) == facts
    assert read_facts("", "", "2026-12-05", "2026-12-05").last_day is None
    assert facts_from(facts_body(ContestFacts())) == ContestFacts()


@pytest.mark.parametrize(
    ("days", "code", "place"),
    [
        (("31/02/2026", ""), "contest.not_a_day", "first_day"),
        (("5/12/2026", "4/12/2026"), "contest.days_reversed", "last_day"),
        (("", "4/12/2026"), "contest.days_reversed", "last_day"),
    ],
)
def test_days_that_cannot_be_are_refused(days: tuple[str, str], code: str, place: str) -> None:
    with refused(code) as error:
        read_facts("", "", *days)
    assert error.value.place == place
    with refused("contest.fact_too_long"):
        read_facts("x" * 301, "", "", "")
