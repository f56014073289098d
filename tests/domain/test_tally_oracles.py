"""Worked examples with right answers from elsewhere, as tally sheets.

Marks of the examples are what a judge gives a whole part, unless they have criteria; steps are as
fine as the marks need. What an example computes that a tally sheet cannot mean is left out.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from judgeapp.domain.contest import PenaltyRule
from judgeapp.domain.cut import draw_line
from judgeapp.domain.numbers import fixed, shortest
from judgeapp.domain.scores import doubled_ranks
from tests.domain.tally_sheets import (
    answered,
    body,
    mark,
    oracle,
    part,
    ranks,
    table,
    tallied,
)
from tests.domain.test_penalties import points_for

Rows = dict[str, dict[str, Any]]


def rows_of(sheet: dict[str, Any]) -> Rows:
    return {row["contestant"]: row for row in answered(sheet)["ranking"]}


def decimal(text: str | None) -> str | None:
    """Write an exact value as the examples do."""
    return None if text is None else shortest(Fraction(text))


def exact_totals(sheet: dict[str, Any]) -> dict[str, str | None]:
    return {key: decimal(row["exact"]) for key, row in sorted(rows_of(sheet).items())}


# --- methods ------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(5))
def test_trimmed_means_that_were_published(index: int) -> None:
    """The sum of those kept is their mean times how many they are; a bonus makes the base value."""
    example = oracle("trimmed-published")
    case, expected = example["input"]["cases"][index], example["expected"][index]
    kept = len(expected["kept"]) if case["then"] == "sum" else 1
    weight = Fraction(kept)
    for factor in case.get("times", []):
        weight *= Fraction(factor)
    plus = Fraction(case.get("plus", "0")) / weight
    sheet = body(
        table({"A": [str(points) for points in case["marks"]]}),
        [
            part(
                weight=shortest(weight),
                method="trimmed_mean",
                drop_low=case["drop_low"],
                drop_high=case["drop_high"],
            )
        ],
        penalties=[{"contestant": "A", "part": "p", "points": shortest(-plus)}],
    )
    assert exact_totals(sheet) == {"A": expected["result"]}


def test_mean_median_and_rank_sum_disagree_as_they_must() -> None:
    example = oracle("methods-disagree")
    marks = [
        mark(judge, contestant, points)
        for judge, row in example["input"]["marks"].items()
        for contestant, points in row.items()
    ]
    expected = example["expected"]
    for method in ("mean", "median", "rank_sum"):
        assert exact_totals(body(marks, [part(method=method)])) == expected[method]
    assert ranks(body(marks)) == expected["rank_by_mean"]
    assert ranks(body(marks, [part(method="rank_sum")])) == expected["rank_by_rank_sum"]


# --- ranks and ties -----------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(4))
def test_equal_ones_share_the_rank_and_the_next_is_skipped(index: int) -> None:
    example = oracle("competition-ranking")
    case, expected = example["input"]["cases"][index], example["expected"][index]
    values = {f"{at:02}": Fraction(text) for at, text in enumerate(case["values"])}
    sign = 1 if case.get("higher_is_better", True) else -1
    sheet = body(
        table({key: ["0"] for key in values}),
        penalties=[
            {"contestant": key, "part": "p", "points": shortest(-(1000 + sign * value))}
            for key, value in values.items()
        ],
    )
    got = ranks(sheet)
    assert [got[key] for key in values] == expected["standard"]
    if "fractional" in expected:
        doubled = doubled_ranks({at: sign * value for at, value in enumerate(values.values())})
        halves = [shortest(Fraction(doubled[at], 2)) for at in range(len(values))]
        assert halves == expected["fractional"]


def test_each_tie_breaker_looks_only_at_those_still_tied() -> None:
    """The presentation is the criterion delivery and a rest; what a judge lacks is the outline."""
    example = oracle("tie-chain")["input"]
    expected = oracle("tie-chain")["expected"]
    parts = [
        part("outline"),
        part("presentation", [("delivery", "100", "1"), ("rest", "100", "1")]),
    ]
    marks = []
    for contestant, row in example["rows"].items():
        for judge, given in example["marks"].items():
            total = given[contestant] if Fraction(given[contestant]) else row["total"]
            rest = Fraction(row["presentation"]) - Fraction(row["delivery"])
            outline = shortest(Fraction(total) - Fraction(row["presentation"]))
            marks += [
                mark(judge, contestant, outline, "outline/c"),
                mark(judge, contestant, row["delivery"], "presentation/delivery"),
                mark(judge, contestant, shortest(rest), "presentation/rest"),
            ]
    chain = ["part:presentation", "criterion:presentation/delivery", "judges_prefer"]
    sheet = body(marks, parts, tie_breakers=chain, cut=example["seats"])
    words = {
        "total": None,
        "presentation": chain[0],
        "delivery": chain[1],
        "judges_prefer": chain[2],
    }
    answer = answered(sheet)
    assert {row["contestant"]: row["rank"] for row in answer["ranking"]} == expected["rank"]
    assert {row["contestant"]: row["decided_by"] for row in answer["ranking"]} == {
        key: words[step] for key, step in expected["decided_by"].items()
    }
    assert sorted(answer["cut"]["in"]) == expected["cut"]["in"]
    assert answer["cut"]["undecided"] == expected["cut"]["on_the_line"]


def chained(rows: Rows, steps: list[str], **more: Any) -> dict[str, Any]:
    """Return a sheet whose total is the first value; the others have parts of no weight."""
    names = list(next(iter(rows.values())))
    marks = [
        mark("J", contestant, row[name], f"{name}/c")
        for contestant, row in rows.items()
        for name in names
    ]
    parts = [
        part(name, [("c", "1000", "0.1")], weight="1" if at == 0 else "0")
        for at, name in enumerate(names)
    ]
    return body(marks, parts, tie_breakers=[f"part:{step}" for step in steps], **more)


def test_eurovision_1991() -> None:
    example = oracle("eurovision-1991")
    got = rows_of(chained(example["input"]["rows"], ["twelves", "tens"]))
    assert {key: row["rank"] for key, row in got.items()} == example["expected"]["rank"]
    assert {row["decided_by"] for row in got.values()} == {"part:tens"}


def test_a_decision_names_one_and_leaves_the_others_tied() -> None:
    example = oracle("tie-chain-decision")
    order = example["input"]["chain"][-1]["order"]
    sheet = chained(
        example["input"]["rows"],
        ["presentation"],
        cut=example["input"]["seats"],
        decisions=[{"order": order, "by": "chair"}],
    )
    answer = answered(sheet)
    expected = example["expected"]
    assert {row["contestant"]: row["rank"] for row in answer["ranking"]} == expected["rank"]
    assert {row["contestant"]: row["decided_by"] for row in answer["ranking"]} == expected[
        "decided_by"
    ]
    assert answer["cut"] == {"size": 1, "in": expected["cut"]["in"], "undecided": []}


# --- the cut ------------------------------------------------------------------------------------


def test_nine_are_sure_and_one_seat_is_left_for_three() -> None:
    example = oracle("cut-at-ten")
    totals = {key: [points] for key, points in example["input"]["totals"].items()}
    answer = answered(body(table(totals), cut=example["input"]["seats"]))
    assert answer["cut"]["in"] == example["expected"]["in"]
    assert answer["cut"]["undecided"] == example["expected"]["on_the_line"]


def test_a_recall_by_votes_stops_at_the_line() -> None:
    example = oracle("cut-tie-skating-rule-1")
    expected = example["expected"]
    votes = {
        couple: sum(couple in ballot for ballot in example["input"]["ballots"].values())
        for couple in example["input"]["all"]
    }
    assert votes == expected["votes"]
    order = sorted(votes.values(), reverse=True)
    line = draw_line(
        {couple: 1 + order.index(count) for couple, count in votes.items()},
        example["input"]["seats"],
    )
    assert list(line.sure) == expected["in"]
    assert list(line.on_the_line) == expected["on_the_line"]
    assert line.seats_left == expected["seats_left"]
    assert list(line.out) == expected["out"]


def test_without_each_judge_another_pair_goes_on() -> None:
    example = oracle("judge-resampling-exact")
    given = example["input"]["marks"]
    for left_out, expected in example["expected"]["without_judge"].items():
        marks = [
            mark(judge, contestant, points)
            for judge, row in given.items()
            if judge != left_out
            for contestant, points in row.items()
        ]
        answer = answered(body(marks, cut=example["input"]["seats"]))
        assert sorted(answer["cut"]["in"]) == expected["in"]
        assert answer["cut"]["undecided"] == expected["on_the_line"]


# --- exact numbers and rounding -----------------------------------------------------------------


def test_marks_in_another_order_stay_a_tie() -> None:
    example = oracle("float-order-trap")
    names = [(f"c{at}", "10", "0.1") for at in range(5)]
    marks = [
        mark("J", contestant, points, f"p/c{at}")
        for contestant, row in example["input"]["marks"].items()
        for at, points in enumerate(row)
    ]
    sheet = body(marks, [part(criteria=names)])
    assert exact_totals(sheet) == example["expected"]["exact"]
    assert ranks(sheet) == example["expected"]["exact_ranks"]


def test_weights_do_not_break_a_tie() -> None:
    example = oracle("float-weight-trap")
    weights = example["input"]["weights"]
    marks = [
        mark("J", contestant, points, f"p{at}/c")
        for contestant, row in example["input"]["marks"].items()
        for at, points in enumerate(row)
    ]
    parts = [part(f"p{at}", weight=weight) for at, weight in enumerate(weights)]
    assert exact_totals(body(marks, parts)) == example["expected"]["exact"]
    assert ranks(body(marks, parts)) == example["expected"]["exact_ranks"]


def test_printed_alike_is_not_tied() -> None:
    example = oracle("printed-alike-not-tied")
    marks = table(example["input"]["marks"])
    names = list(example["input"]["marks"])
    excluded = [
        {"judge": f"J{at}", "contestant": name}
        for name, row in example["input"]["marks"].items()
        for at in range(len(row) + 1, 8)
    ]
    plain = rows_of(body(marks, excluded=excluded))
    assert [decimal(plain[name]["exact"]) for name in names] == example["expected"]["mean"]
    assert [plain[name]["rank"] for name in names] == example["expected"]["rank_unrounded"]
    rounded = rows_of(body(marks, excluded=excluded, round_total="0.1"))
    assert [rounded[name]["total"] for name in names] == example["expected"]["printed"]
    assert [rounded[name]["rank"] for name in names] == example["expected"]["rank_if_rounded_first"]


def test_rounded_parts_turn_the_order_round() -> None:
    example = oracle("round-parts-reversal")
    marks = [
        row
        for contestant, parts in example["input"]["parts"].items()
        for at, points in enumerate(parts)
        for row in table({contestant: points}, f"p{at}/c")
    ]
    parts = [part("p0"), part("p1")]
    names = list(example["input"]["parts"])
    exact = rows_of(body(marks, parts))
    assert [decimal(exact[name]["exact"]) for name in names] == example["expected"]["exact"]
    assert [exact[name]["rank"] for name in names] == example["expected"]["rank"]
    early = rows_of(body(marks, parts, round_parts="0.1"))
    sums = example["expected"]["sum_of_rounded_parts"]
    assert [decimal(early[name]["exact"]) for name in names] == sums
    assert [early[name]["rank"] for name in names] == example["expected"]["wrong_rank"]


@pytest.mark.parametrize("name", ["half-up-traps", "half-up-vn-exams"])
def test_halves_go_up(name: str) -> None:
    example = oracle(name)
    for case, expected in zip(example["input"]["cases"], example["expected"], strict=True):
        assert fixed(Fraction(case["value"]), case["places"]) == expected["half_up"]


@pytest.mark.parametrize("index", range(7))
def test_a_total_is_rounded_half_up_as_exams_are(index: int) -> None:
    example = oracle("half-up-vn-exams")
    value = example["input"]["cases"][index]["value"]
    sheet = body(table({"A": [value]}), [part(criteria=[("c", "10", "0.001")])], round_total="0.01")
    assert rows_of(sheet)["A"]["total"] == example["expected"][index]["half_up"]


@pytest.mark.parametrize("index", range(18))
def test_a_total_is_rounded_to_quarters(index: int) -> None:
    example = oracle("round-to-quarter-vn")
    value = example["input"]["values"][index]
    criteria = [("c", "20", "0.001")]
    sheet = body(table({"A": [value]}), [part(criteria=criteria)], round_total="0.25")
    total = rows_of(sheet)["A"]["total"]
    assert decimal(total) == example["expected"][index]
    assert len(total.partition(".")[2]) == 2


# --- penalties ----------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(9))
def test_time_penalties_at_the_edges(index: int) -> None:
    """The example counts begun half minutes; with every length doubled these are begun minutes."""
    example = oracle("time-penalty")
    rule, case = example["input"]["rule"], example["input"]["cases"][index]
    expected = example["expected"][index]
    assert rule["per_s"] * 2 == 60
    per_unit, cap = Decimal(rule["points"]), Decimal(rule["cap"])
    rules = [
        PenaltyRule("over", "begun_minute", per_unit, rule["max_s"] * 2, rule["grace_s"] * 2, cap),
        PenaltyRule("under", "begun_minute", per_unit, rule["min_s"] * 2, rule["grace_s"] * 2, cap),
    ]
    lines = points_for(rules, seconds=str(case["seconds"] * 2))
    assert sum(line.units for line in lines) == expected["steps"]
    penalty = sum((line.points for line in lines), Fraction(0))
    assert shortest(penalty) == expected["penalty"]
    sheet = body(
        table({"A": case["marks"]}),
        penalties=[{"contestant": "A", "part": "p", "points": shortest(penalty)}],
    )
    row = rows_of(sheet)["A"]
    assert decimal(row["exact"]) == expected["result"]
    assert row["total"] == expected["printed"]


# --- everything together ------------------------------------------------------------------------

SEEDS = ["seed-contest-38x5", "seed-contest-38x7-conflicts"]


def seed_sheet(name: str, *, one_part: bool = False, **how: Any) -> dict[str, Any]:
    """Return a generated contest: in two parts, or with all criteria in one."""
    given = oracle(name)["input"]
    generator, step = given["generator"], Fraction(given["generator"]["step"])
    time = generator["time"]
    parts, marks = [], []
    for part_id, criteria in generator["rubric"].items():
        rows = [(f"{part_id}-{key}", rule["max"], generator["step"])
                for key, rule in criteria.items()]  # fmt: skip
        parts.append(part(part_id, rows, **how))
    if one_part:
        every = [
            (item["id"], item["max"], item["step"]) for one in parts for item in one["criteria"]
        ]
        parts = [part("p", every, **how)]
    barred = {(contestant, judge) for contestant, judge in given.get("conflicts", [])}
    for part_id, criteria in given["marks_in_steps"].items():
        for key, rows in criteria.items():
            where = f"{'p' if one_part else part_id}/{part_id}-{key}"
            marks += [
                mark(f"J{judge}", contestant, shortest(count * step), where)
                for contestant, counts in rows.items()
                for judge, count in enumerate(counts)
                if (contestant, judge) not in barred
            ]
    penalties = []
    for contestant, seconds in given["seconds"].items():
        rule = PenaltyRule(
            "over",
            "begun_minute",
            Decimal(time["points"]),
            time["max_s"] * 2,
            time["grace_s"] * 2,
            Decimal(time["cap"]),
        )
        penalties += [
            {"contestant": contestant, "part": "p" if one_part else "presentation",
             "points": shortest(line.points)}
            for line in points_for([rule], seconds=str(seconds * 2))
        ]  # fmt: skip
    chain = [
        "part:presentation",
        f"criterion:presentation/presentation-{generator['top_criterion']}",
    ]
    return body(
        marks,
        parts,
        excluded=[{"judge": f"J{judge}", "contestant": key} for key, judge in sorted(barred)],
        penalties=penalties,
        cut=given["seats"],
        tie_breakers=[] if one_part else chain,
    )


@pytest.mark.parametrize("name", SEEDS)
def test_a_whole_contest_with_its_tie_chain(name: str) -> None:
    expected = oracle(name)["expected"]
    sheet = seed_sheet(name)
    answer = answered(sheet)
    rows = {row["contestant"]: row for row in answer["ranking"]}
    assert answer["problems"] == []
    assert {key: decimal(row["exact"]) for key, row in rows.items()} == expected["total"]
    assert {key: row["total"] for key, row in rows.items()} == expected["printed"]
    assert {
        key: row["parts"]["presentation"]["penalty"]
        for key, row in rows.items()
        if row["parts"]["presentation"]["penalty"] != "0"
    } == expected["penalty"]
    assert {key: row["rank"] for key, row in rows.items()} == expected["rank_after_chain"]
    decided = {key: row["decided_by"] for key, row in rows.items() if row["decided_by"]}
    words = {
        "presentation": "part:presentation",
        "top_criterion": sheet["rules"]["tie_breakers"][1],
    }
    assert decided == {key: words[by] for key, by in expected["decided_below_total"].items()}
    assert sorted(answer["cut"]["in"]) == expected["cut_after_chain"]["in"]
    assert answer["cut"]["undecided"] == expected["cut_after_chain"]["on_the_line"]


@pytest.mark.parametrize("name", SEEDS)
def test_a_whole_contest_without_tie_chain(name: str) -> None:
    expected = oracle(name)["expected"]
    sheet = seed_sheet(name)
    sheet["rules"]["tie_breakers"] = []
    assert ranks(sheet) == expected["rank"]
    cut = tallied(sheet).cut
    assert sorted(cut.taken) == expected["cut"]["in"]
    assert sorted(cut.undecided) == expected["cut"]["on_the_line"]


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize(
    ("key", "how"),
    [
        ("top_by_trimmed", {"method": "trimmed_mean", "drop_low": 1, "drop_high": 1}),
        ("top_by_median", {"method": "median"}),
    ],
)
def test_another_method_chooses_another_ten(name: str, key: str, how: dict[str, Any]) -> None:
    expected = oracle(name)["expected"][key]
    cut = tallied(seed_sheet(name, one_part=True, **how)).cut
    assert sorted(cut.taken) == expected["in"]
    assert sorted(cut.undecided) == expected["on_the_line"]


def test_rank_sums_of_a_whole_contest() -> None:
    expected = oracle(SEEDS[0])["expected"]
    sheet = seed_sheet(SEEDS[0], one_part=True, method="rank_sum")
    assert exact_totals(sheet) == expected["rank_sum"]
    cut = tallied(sheet).cut
    assert sorted(cut.taken) == expected["top_by_rank_sum"]["in"]
    assert sorted(cut.undecided) == expected["top_by_rank_sum"]["on_the_line"]
