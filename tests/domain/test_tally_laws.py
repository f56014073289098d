"""Laws of the tally (scoring.md 8), on sheets made by Hypothesis."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from judgeapp.domain.cut import cut_at, draw_line
from tests.domain.tally_sheets import answered, body, mark, part, ranks, sheets, table, tallied

METHODS = ("mean", "sum", "median", "trimmed_mean")
Points = dict[str, list[int]]


def complete(points: Points, **rule: Any) -> dict[str, Any]:
    """Return a sheet in which every judge marked everybody, in one part of one criterion."""
    return body(table({key: [str(p) for p in row] for key, row in points.items()}), [part(**rule)])


def panels(judges: int = 3, least: int = 2) -> st.SearchStrategy[Points]:
    row = st.lists(st.integers(0, 12), min_size=judges, max_size=judges)
    return st.dictionaries(st.sampled_from(["01", "02", "03", "04", "05"]), row, min_size=least)


def rule_of(method: str) -> dict[str, Any]:
    trimmed = {"drop_low": 1, "drop_high": 1} if method == "trimmed_mean" else {}
    return {"method": method, **trimmed}


@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_anything_does_not_matter(sheet: dict[str, Any], random: Any) -> None:
    shuffled = copy.deepcopy(sheet)
    for key in ("marks", "contestants", "judges", "excluded", "penalties"):
        random.shuffle(shuffled.get(key, []))
    first, second = answered(sheet), answered(shuffled)
    assert first == second


@given(panels(), st.sampled_from(METHODS), st.data())
def test_a_higher_mark_never_lowers_the_rank(points: Points, method: str, data: Any) -> None:
    before = ranks(complete(points, **rule_of(method)))
    who = data.draw(st.sampled_from(sorted(points)))
    judge = data.draw(st.integers(0, 2))
    points[who][judge] += data.draw(st.integers(1, 20))
    after = ranks(complete(points, **rule_of(method)))
    assert (after[who] or 0) <= (before[who] or 0)


@given(panels(), st.sampled_from(["mean", "sum", "rank_sum"]), st.integers(1, 9))
def test_a_judge_who_is_kinder_to_all_changes_no_rank(
    points: Points, method: str, more: int
) -> None:
    before = ranks(complete(points, method=method))
    kinder = {key: [row[0] + more, *row[1:]] for key, row in points.items()}
    assert ranks(complete(kinder, method=method)) == before


@given(panels(judges=1), st.sampled_from(["sum", "median", "trimmed_mean", "rank_sum"]))
def test_with_one_judge_every_method_agrees(points: Points, method: str) -> None:
    assert ranks(complete(points, method=method)) == ranks(complete(points, method="mean"))


@given(sheets())
def test_the_cut_parts_everybody_in_three(sheet: dict[str, Any]) -> None:
    sheet["rules"]["cut"] = sheet["rules"].get("cut") or 2
    seats = sheet["rules"]["cut"]
    ranked = {row["contestant"]: row["rank"] for row in answered(sheet)["ranking"] if row["rank"]}
    line = draw_line(ranked, seats)
    assert sorted([*line.sure, *line.on_the_line, *line.out]) == sorted(ranked)
    assert len(line.sure) <= seats
    if line.on_the_line:
        assert len(line.sure) < seats < len(line.sure) + len(line.on_the_line)
        assert line.seats_left == seats - len(line.sure)
    everybody = cut_at(ranked, seats, "all")
    fewer = cut_at(ranked, seats, "fewer")
    assert set(everybody.taken) - set(fewer.taken) == set(line.on_the_line)
    assert everybody.undecided == fewer.undecided == ()


@given(sheets(faults=False))
def test_the_chain_refines_and_never_reverses(sheet: dict[str, Any]) -> None:
    refined = {row["contestant"]: row for row in answered(sheet)["ranking"]}
    sheet["rules"]["tie_breakers"], sheet["decisions"] = [], []
    plain = {row["contestant"]: row for row in answered(sheet)["ranking"]}
    for one in plain.values():
        mine = refined[one["contestant"]]
        assert mine["total"] == one["total"]
        if one["rank"] is None:
            assert mine["rank"] is None
            continue
        assert one["rank"] <= mine["rank"] <= one["rank"] + len(one["tied_with"])
        assert set(mine["tied_with"]) <= set(one["tied_with"])
        assert (mine["decided_by"] is None) == (mine["tied_with"] == one["tied_with"])


@given(sheets(faults=False))
def test_ranks_are_1224(sheet: dict[str, Any]) -> None:
    rows = [row for row in answered(sheet)["ranking"] if row["rank"] is not None]
    for row in rows:
        ahead = [other for other in rows if other["rank"] < row["rank"]]
        assert row["rank"] == len(ahead) + 1
        shared = [o["contestant"] for o in rows if o["rank"] == row["rank"] and o is not row]
        assert row["tied_with"] == sorted(shared)


@given(sheets(faults=False))
def test_what_is_printed_is_within_half_a_unit(sheet: dict[str, Any]) -> None:
    for row in answered(sheet)["ranking"]:
        if row["total"] is None:
            continue
        step = sheet["rules"].get("round_total") or "0.01"
        assert abs(Fraction(row["total"]) - Fraction(row["exact"])) <= Fraction(step) / 2


@given(sheets())
def test_a_problem_is_told_once(sheet: dict[str, Any]) -> None:
    places = [tuple(problem.values())[1:] for problem in answered(sheet)["problems"]]
    assert len(set(places)) == len(places)


@given(sheets(faults=False), st.data())
def test_a_withdrawn_contestant_is_as_if_never_there(sheet: dict[str, Any], data: Any) -> None:
    everybody = [item["id"] for item in sheet["contestants"]]
    assume(len(everybody) > 1)
    gone = data.draw(st.sampled_from(everybody))
    for item in sheet["contestants"]:
        if item["id"] == gone:
            item["withdrawn"] = True
    with_marks = [row for row in answered(sheet)["ranking"] if row["contestant"] != gone]
    sheet["contestants"] = [item for item in sheet["contestants"] if item["id"] != gone]
    for key, named in (("marks", "contestant"), ("excluded", "contestant"),
                       ("penalties", "contestant")):  # fmt: skip
        sheet[key] = [item for item in sheet.get(key, []) if item[named] != gone]
    for decision in sheet.get("decisions", []):
        decision["order"] = [item for item in decision["order"] if item != gone]
    assert answered(sheet)["ranking"] == with_marks


def test_three_who_each_win_once_stay_tied() -> None:
    """Wins among three may go in a circle; they are counted once in the whole group."""
    marks = table({"A": ["3", "1", "2"], "B": ["2", "3", "1"], "C": ["1", "2", "3"]})
    assert ranks(body(marks, tie_breakers=["judges_prefer"])) == {"A": 1, "B": 1, "C": 1}


def test_many_ties_take_no_longer_than_their_number() -> None:
    """Wins are counted by sorting: 3,000 contestants all equal are done at once."""
    rows = {f"{at:05}": ["5", "5", "5"] for at in range(3000)}
    result = tallied(body(table(rows), tie_breakers=["judges_prefer", "part:p"]))
    assert {item.rank for item in result.ranking} == {1}
    assert len(result.ranking[0].tied_with) == 2999


def test_a_mark_of_a_barred_judge_is_a_problem_and_not_duplicate() -> None:
    marks = [mark("J1", "A", "1"), mark("J2", "A", "2"), mark("J2", "A", "2")]
    answer = answered(body(marks, excluded=[{"judge": "J2", "contestant": "A"}]))
    assert [problem["code"] for problem in answer["problems"]] == ["excluded_mark"]
    assert answer["ranking"][0]["exact"] == "1"
