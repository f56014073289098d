"""Single rules of the tally, each with a case small enough to work by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from judgeapp.domain.cut import CutResult
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.ties import StepName, name_step
from tests.domain.tally_sheets import (
    DATA,
    answered,
    body,
    mark,
    part,
    ranks,
    sheet_of,
    table,
    tallied,
)

CASES = json.loads((DATA / "ranking" / "expected.json").read_text(encoding="utf-8"))


def codes(answer: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in answer["problems"]]


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_from_real_life(name: str) -> None:
    sheet = json.loads((DATA / "ranking" / name).read_text(encoding="utf-8"))
    expected, answer = CASES[name], answered(sheet)
    rows = {row["contestant"]: row for row in answer["ranking"]}
    for row in expected.get("answer", {}).get("ranking", []):
        got = rows[row["contestant"]]
        parts = row.pop("parts")
        assert {key: got[key] for key in row} == row
        for part_id, values in parts.items():
            assert {key: got["parts"][part_id][key] for key in values} == values
    if "cut" in expected.get("answer", {}):
        assert answer["cut"] == expected["answer"]["cut"]
    if "problems" in expected:
        places = [tuple(problem.values()) for problem in answer["problems"]]
        wanted = [tuple(problem.values()) for problem in expected["problems"]]
        assert sorted(map(str, places)) == sorted(map(str, wanted))
    for key in ("ranks", "totals"):
        for contestant, value in expected.get(key, {}).items():
            assert rows[contestant][key[:-1]] == value


def test_a_withdrawn_judge_less_contestant_gets_no_parts() -> None:
    penalty = [{"contestant": "W", "part": "p", "points": "0.50"}]
    answer = answered(body(table({"A": ["5"], "W": ["6"]}), withdrawn=("W",), penalties=penalty))
    assert answer["ranking"][-1] == {
        "contestant": "W",
        "rank": None,
        "total": None,
        "exact": None,
        "parts": {"p": {"score": None, "exact": None, "penalty": "0.5", "sheets": {}}},
        "tied_with": [],
        "decided_by": None,
    }
    assert answer["problems"] == []


def test_marks_of_the_withdrawn_are_not_looked_at_but_for_unknown_judges() -> None:
    marks = [
        *table({"A": ["5"]}),
        mark("J1", "W", "x"),
        mark("J1", "W", "x"),
        mark("J1", "W", "1", "nowhere/c"),
        mark("J9", "W", "1"),
    ]
    sheet = body(marks, withdrawn=("W",), judges=[{"id": "J1"}])
    assert [tuple(problem.values()) for problem in answered(sheet)["problems"]] == [
        ("unknown_judge", "J9", "W", "p", "c")
    ]


def test_the_first_fault_that_fits_is_told() -> None:
    """In turn: judge, contestant, part, criterion, right to mark, twice, number, range, step."""
    marks = [
        *table({"A": ["5", "5"], "B": ["5", "5"]}),
        mark("?", "?", "x", "?/?"),
        mark("J1", "?", "x", "?/?"),
        mark("J1", "A", "x", "?/?"),
        mark("J1", "A", "x", "p/?"),
        mark("J3", "A", "x"),
        mark("J3", "A", "x"),
        mark("J1", "B", "x"),
    ]
    sheet = body(
        marks,
        [part(criteria=[("c", "10", "1")], judges=["J1", "J2"])],
        judges=[{"id": f"J{at}"} for at in (1, 2, 3)],
        contestants=[{"id": "A"}, {"id": "B"}],
    )
    assert codes(answered(sheet)) == [
        "duplicate_mark",
        "excluded_mark",
        "unknown_contestant",
        "unknown_criterion",
        "unknown_judge",
        "unknown_part",
    ]


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ("5", None), ("5.50", None), ("05.5", None), ("0", None), ("-0", None), ("-0.0", None),
        ("10", None), ("10.000", None), ("0" * 30, None),
        ("5,5", "not_a_number"), (" 5", "not_a_number"), ("5 ", "not_a_number"),
        ("+5", "not_a_number"), ("5.", "not_a_number"), (".5", "not_a_number"),
        ("", "not_a_number"), ("5e0", "not_a_number"), ("1_0", "not_a_number"),
        ("٥", "not_a_number"), ("５", "not_a_number"), ("NaN", "not_a_number"),
        ("5\n", "not_a_number"), ("x" * 31, "not_a_number"), (5, "not_a_number"),
        (5.5, "not_a_number"), (True, "not_a_number"), (None, "not_a_number"),
        ([], "not_a_number"), ({"points": "5"}, "not_a_number"),
        ("10.5", "out_of_range"), ("-0.5", "out_of_range"), ("-1", "out_of_range"),
        ("11", "out_of_range"), ("10.3", "out_of_range"), ("9" * 30, "out_of_range"),
        ("5.25", "off_step"), ("9.9999", "off_step"),
    ],
)  # fmt: skip
def test_points(points: Any, code: str | None) -> None:
    """A maximum of 10 in steps of 0.5; range is looked at before step."""
    sheet = body([mark("J1", "A", points)], [part(criteria=[("c", "10", "0.5")])])
    expected = [] if code is None else [code, "too_few_sheets"]
    assert sorted(codes(answered(sheet))) == expected


@pytest.mark.parametrize("where", ["known", "unknown", "withdrawn"])
def test_a_number_of_over_30_characters_refuses_the_sheet_wherever_it_stands(where: str) -> None:
    marks = [mark("J1", "A", "1"), mark("J1", "W", "1")]
    contestant = {"known": "A", "unknown": "?", "withdrawn": "W"}[where]
    sheet = body(marks, withdrawn=("W",))
    sheet["marks"].append(mark("J1", contestant, "1." + "0" * 29))
    with pytest.raises(BadInput, match=r"results\.sheet_number_too_long"):
        tallied(sheet)


def test_ids_of_another_kind_are_unknown() -> None:
    marks = [mark("J1", "1", "5")]
    sheet = body(marks, [part("1", [("1", "10", "1")])])
    sheet["marks"] = [
        {"judge": "J1", "contestant": 1, "part": "1", "criterion": "1", "points": "5"},
        {"judge": "J1", "contestant": "1", "part": 1, "criterion": "1", "points": "5"},
        {"judge": "J1", "contestant": "1", "part": "1", "criterion": ["1"], "points": "5"},
        {"judge": {"id": "J1"}, "contestant": "1", "part": "1", "criterion": "1", "points": "5"},
        {},
    ]
    assert [tuple(problem.values()) for problem in answered(sheet)["problems"]] == [
        ("missing_mark", "J1", "1", "1", "1"),
        ("too_few_sheets", None, "1", "1", None),
        ("unknown_contestant", "J1", None, "1", "1"),
        ("unknown_criterion", "J1", "1", "1", None),
        ("unknown_judge", None, None, None, None),
        ("unknown_judge", None, "1", "1", "1"),
        ("unknown_part", "J1", "1", None, "1"),
    ]


def test_a_sheet_counts_only_whole() -> None:
    two = [("a", "10", "1"), ("b", "10", "1")]
    marks = [
        *table({"A": ["1", "2"]}, "p/a"),
        *table({"A": ["3"]}, "p/b"),
    ]
    answer = answered(body(marks, [part(criteria=two)]))
    assert answer["ranking"][0]["parts"]["p"]["sheets"] == {"J1": "4"}
    assert codes(answer) == ["missing_mark"]


def test_no_judge_gives_no_score_whatever_the_minimum() -> None:
    sheet = body(table({"A": ["5"]}), [part("q", judges=[], min_judges=0), part("p")])
    row = answered(sheet)["ranking"][0]
    assert (row["rank"], row["parts"]["q"]["score"]) == (None, None)
    assert (row["parts"]["p"]["exact"], codes(answered(sheet))) == ("5", ["too_few_sheets"])


@pytest.mark.parametrize("over", ["sheet", "criterion"])
def test_none_left_after_dropping_is_no_score(over: str) -> None:
    how = part(method="trimmed_mean", drop_low=1, drop_high=1, over=over)
    assert codes(answered(body(table({"A": ["5", "6"]}), [how]))) == ["too_few_sheets"]
    assert answered(body(table({"A": ["5", "6", "9"]}), [how]))["ranking"][0]["exact"] == "6"


@pytest.mark.parametrize("method", ["sum", "rank_sum"])
def test_sums_need_every_judge_of_the_part(method: str) -> None:
    marks = table({"A": ["5", "6"], "B": ["5", "6"], "C": ["1", "1"]})
    gap = [{"judge": "J2", "contestant": "B"}]
    sheet = body([m for m in marks if m["judge"] != "J2" or m["contestant"] != "B"],
                 [part(method=method)], excluded=gap)  # fmt: skip
    assert ranks(sheet) == {"A": 1, "C": 2, "B": None}
    assert codes(answered(sheet)) == ["too_few_sheets"]


def test_who_has_no_score_still_takes_a_rank_of_each_judge() -> None:
    """B lacks J2's sheet and has no total; J1 still put B first, so A is J1's second."""
    marks = [mark("J1", "A", "5"), mark("J2", "A", "5"), mark("J1", "B", "9")]
    rows = answered(body(marks, [part(method="rank_sum")]))["ranking"]
    assert [(row["contestant"], row["exact"]) for row in rows] == [("A", "3"), ("B", None)]


def test_rank_sums_take_the_penalty_from_each_sheet_not_below_0() -> None:
    marks = table({"A": ["5", "1"], "B": ["4", "0"]})
    penalty = [{"contestant": "A", "part": "p", "points": "2"}]
    rows = answered(body(marks, [part(method="rank_sum")], penalties=penalty))["ranking"]
    assert [(row["contestant"], row["exact"]) for row in rows] == [("B", "5/2"), ("A", "7/2")]


def test_penalties_stop_at_0_and_a_negative_one_is_a_bonus() -> None:
    lines = [
        {"contestant": "A", "part": "p", "points": "7"},
        {"contestant": "B", "part": "p", "points": "-1.5"},
        {"contestant": "B", "part": "p", "points": "0.25"},
    ]
    rows = answered(body(table({"A": ["5"], "B": ["5"]}), penalties=lines))["ranking"]
    assert [(row["exact"], row["parts"]["p"]["penalty"]) for row in rows] == [
        ("25/4", "-1.25"),
        ("0", "7"),
    ]


def test_one_judge_decides_unless_a_sheet_lacks() -> None:
    marks = table({"A": ["4", "6"], "B": ["6", "4"], "C": ["1", "1"]})
    sheet = body(marks, tie_breakers=["judge:J2"])
    assert ranks(sheet) == {"A": 1, "B": 2, "C": 3}
    without = [m for m in marks if (m["judge"], m["contestant"]) != ("J2", "B")]
    without += [mark("J2", "A", "6", "p/c")]
    del without[1]
    sheet = body(
        [mark("J1", "A", "5"), mark("J2", "A", "5"), mark("J1", "B", "5")],
        tie_breakers=["judge:J2", "judge:J1"],
    )
    assert ranks(sheet) == {"A": 1, "B": 1}


def test_a_judge_without_a_part_separates_nobody() -> None:
    sheet = body(
        table({"A": ["5"], "B": ["5"]}),
        [part(judges=["J1"])],
        judges=[{"id": "J1"}, {"id": "J2"}],
        tie_breakers=["judge:J2", "judges_prefer"],
    )
    assert ranks(sheet) == {"A": 1, "B": 1}


def test_lower_rank_sums_are_better_in_a_part_too() -> None:
    marks = [
        *table({"A": ["9"], "B": ["8"], "C": ["7"]}, "p/c"),
        *table({"A": ["7"], "B": ["8"], "C": ["9"]}, "q/c"),
    ]
    parts = [part("p", method="rank_sum"), part("q", method="rank_sum")]
    assert ranks(body(marks, parts, tie_breakers=["part:q"])) == {"C": 1, "B": 2, "A": 3}


def test_a_decision_on_somebody_who_is_not_tied_does_nothing() -> None:
    decisions = [{"order": ["C", "A"], "by": "chair"}]
    rows = answered(body(table({"A": ["5"], "B": ["5"], "C": ["1"]}), decisions=decisions))
    assert [(row["contestant"], row["rank"], row["decided_by"]) for row in rows["ranking"]] == [
        ("A", 1, "decision"),
        ("B", 2, "decision"),
        ("C", 3, None),
    ]


def test_decisions_follow_each_other() -> None:
    decisions = [{"order": ["C"], "by": "chair"}, {"order": ["B", "C"], "by": "lots"}]
    sheet = body(table({"A": ["5"], "B": ["5"], "C": ["5"]}), decisions=decisions)
    assert ranks(sheet) == {"C": 1, "B": 2, "A": 3}


@pytest.mark.parametrize(
    ("step", "total", "score"),
    [(None, "8.33", "8.33"), ("0.1", "8.3", "8.3"), ("0.10", "8.30", "8.30"), ("5", "10", "10"),
     ("0.125", "8.375", "8.375"), ("1.0", "8.0", "8.0")],
)  # fmt: skip
def test_numbers_are_printed_as_the_step_is_written(
    step: str | None, total: str, score: str
) -> None:
    marks = table({"A": ["8", "8", "9"]})
    row = answered(body(marks, round_total=step, round_parts=step))["ranking"][0]
    assert (row["total"], row["parts"]["p"]["score"]) == (total, score)
    assert row["parts"]["p"]["exact"] == "25/3"


def test_without_a_cut_nobody_is_in() -> None:
    assert tallied(body(table({"A": ["5"]}))).cut == CutResult(None)
    assert answered(body([]))["ranking"] == []


def test_a_cut_of_nobody_leaves_nobody_undecided() -> None:
    marks = table({"A": ["5"], "B": ["5"]})
    assert answered(body(marks, cut=0))["cut"] == {"size": 0, "in": [], "undecided": []}


def test_sheets_in_points_and_who_is_unknown() -> None:
    result = tallied(body(table({"A": ["5", "6"], "W": ["1", "1"]}), withdrawn=("W",)))
    first, gone = result.ranking
    assert result.sheets_of(first, 0) == {"J1": Fraction(5), "J2": Fraction(6)}
    assert result.sheets_of(gone, 0) == {}
    assert result.of(ContestantId("?")) is None


def test_a_tie_breaker_names_what_it_compares() -> None:
    assert name_step("part:p") == StepName("part", part="p")
    assert name_step("criterion:p/a/b") == StepName("criterion", part="p", criterion="a/b")
    assert name_step("judge:J:1") == StepName("judge", judge="J:1")
    assert name_step("judges_prefer") == StepName("judges_prefer")


def test_a_sheet_of_the_store_is_checked_like_one_from_a_file() -> None:
    sheet = body(table({"A": ["5"]}))
    sheet["judges"] *= 2
    with pytest.raises(BadInput, match=r"results\.sheet_repeated_id"):
        sheet_of(sheet)
