"""Evaluating the tree of a total gives the total; it goes down to each single mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import example, given

from judgeapp.domain.explain import Explanation, Term, evaluate, explain
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.tally import Standing, Tally
from tests.domain.tally_sheets import body, mark, part, sheets, table, tallied


def standing_of(result: Tally, contestant: str) -> Standing:
    found = result.of(ContestantId(contestant))
    assert found is not None
    return found


def explained(sheet: dict[str, Any], contestant: str) -> Explanation:
    result = tallied(sheet)
    return explain(result, standing_of(result, contestant))


def leaves(term: Term) -> Iterator[Term]:
    if not term.terms:
        yield term
    for below in term.terms:
        yield from leaves(below)


def shown(term: Term) -> tuple[str, str, str]:
    return term.label, term.formula, str(term.value)


def labelled(term: Term, label: str) -> list[Term]:
    found = [term] if term.label == label else []
    return found + [deep for below in term.terms for deep in labelled(below, label)]


@given(sheets(faults=False))
def test_the_tree_of_a_total_gives_the_total(sheet: dict[str, Any]) -> None:
    result = tallied(sheet)
    for standing in result.ranking:
        tree = explain(result, standing).total
        assert tree.value == standing.total
        assert evaluate(tree) == standing.total


@given(sheets())
@example(body(table({"A": ["1", "3", "x"], "B": ["2", "2", "2"]}), [part(method="median")]))
def test_each_step_of_the_tree_is_right_by_itself(sheet: dict[str, Any]) -> None:
    result = tallied(sheet)

    def check(term: Term) -> None:
        if term.value is not None:
            assert evaluate(term) == term.value
        for below in term.terms:
            check(below)

    for standing in result.ranking:
        check(explain(result, standing).total)


@given(sheets())
def test_every_mark_that_counts_is_a_leaf(sheet: dict[str, Any]) -> None:
    result = tallied(sheet)
    for standing in result.ranking:
        if standing.total is None or standing.row is None:
            continue
        tree = explain(result, standing).total
        counted = [
            Fraction(units, grid.scale)
            for grid in result.grid.parts
            for criterion in range(len(grid.part.criteria))
            for units in grid.column_of(standing.row, criterion)
        ]
        marks = [
            leaf.value
            for sheet_term in labelled(tree, "sheet")
            for leaf in leaves(sheet_term)
            if leaf.value is not None
        ]
        marks += [leaf.value for leaf in labelled(tree, "mark_of_judge") if leaf.value is not None]
        assert sorted(marks) == sorted(counted)


def test_a_total_worked_by_hand() -> None:
    """0,7 × (trung bình 8 và 9, trừ 0,5) + 2 = 0,7 × 8 + 2 = 7,6."""
    marks = [*table({"A": ["8", "9"]}), mark("J1", "A", "1", "q/c"), mark("J2", "A", "3", "q/c")]
    sheet = body(
        marks,
        [part("p", weight="0.7"), part("q")],
        penalties=[{"contestant": "A", "part": "p", "points": "0.5", "reason": "quá giờ"}],
    )
    tree = explained(sheet, "A").total
    assert shown(tree) == ("total", "sum", "38/5")
    weighted, other = tree.terms
    assert (weighted.label, weighted.value) == ("part_weighted", Fraction("5.6"))
    weight, less = weighted.terms
    assert weight.value == Fraction("0.7")
    assert shown(less) == ("part_less_penalties", "less", "8")
    mean, penalty = less.terms
    assert (mean.label, mean.value) == ("part_mean", Fraction("8.5"))
    assert (penalty.value, penalty.names["reason"]) == (Fraction("0.5"), "quá giờ")
    assert [term.names["judge"] for term in mean.terms] == ["J1", "J2"]
    assert other.value == 2


def test_panels_are_weighed_by_hand() -> None:
    """Ban X 0,7 × trung bình 8 và 9 + ban Y 0,3 × 5, trừ 0,5 = 5,95 + 1,5 − 0,5 = 6,95."""
    panels = [
        {"id": "X", "weight": "7", "judges": ["J1", "J2"]},
        {"id": "Y", "weight": "3", "judges": ["J3"]},
    ]
    line = {"contestant": "A", "part": "p", "points": "0.5", "reason": "quá giờ"}
    sheet = body(table({"A": ["8", "9", "5"]}), [part("p", panels=panels)], penalties=[line])
    tree = explained(sheet, "A").total
    assert tree.value == Fraction("6.95")
    (less,) = tree.terms
    both = less.terms[0]
    assert shown(both) == ("part_by_panels", "sum", "149/20")
    assert [(term.names["panel"], term.value) for term in both.terms] == [
        ("X", Fraction("5.95")), ("Y", Fraction("1.5")),
    ]  # fmt: skip
    share, mean = both.terms[0].terms
    assert (share.value, shown(mean)) == (Fraction("0.7"), ("panel_mean", "mean", "17/2"))


def test_a_panel_without_enough_sheets_gives_no_score() -> None:
    panels = [
        {"id": "X", "weight": "1", "judges": ["J1", "J2"]},
        {"id": "Y", "weight": "1", "judges": ["J3"]},
    ]
    sheet = body(table({"A": ["8", "9", "x"], "B": ["1", "1", "1"]}), [part(panels=panels)])
    assert explained(sheet, "A").total.value is None
    assert explained(sheet, "B").total.value == 1


def test_who_was_not_given_the_entry_is_told_apart_from_who_must_not_mark() -> None:
    pairs = [
        {"judge": "J1", "contestant": "A", "reason": "own_unit"},
        {"judge": "J2", "contestant": "A", "part": "p", "reason": "not_assigned"},
    ]
    marks = [mark("J3", "A", "5"), *table({"B": ["1", "2", "3"]})]
    (mean,) = explained(body(marks, excluded=pairs), "A").total.terms
    assert [term.label for term in mean.terms] == ["sheet_barred", "sheet_not_assigned", "sheet"]


def test_trimmed_sheets_are_shown_as_dropped() -> None:
    how = part(method="trimmed_mean", drop_low=1, drop_high=1)
    tree = explained(body(table({"A": ["9", "7", "7", "8", "9"]}), [how]), "A").total
    (mean,) = tree.terms
    dropped = [(str(term.value), term.dropped) for term in mean.terms]
    assert dropped == [("9", False), ("7", True), ("7", False), ("8", False), ("9", True)]
    assert tree.value == 8


def test_trimmed_criteria_are_dropped_mark_by_mark() -> None:
    how = part(
        criteria=[("a", "9", "1"), ("b", "9", "1")], method="trimmed_mean", over="criterion",
        drop_high=1,
    )  # fmt: skip
    marks = [*table({"A": ["1", "9"]}, "p/a"), *table({"A": ["8", "2"]}, "p/b")]
    tree = explained(body(marks, [how]), "A").total
    assert tree.value == 3
    dropped = [leaf.value for leaf in leaves(tree) if leaf.dropped]
    assert dropped == [9, 8]


def test_rounding_is_a_step_of_its_own() -> None:
    sheet = body(table({"A": ["8", "8", "9"]}), round_parts="0.1", round_total="1")
    tree = explained(sheet, "A").total
    assert shown(tree) == ("total_rounded", "rounded", "8")
    (total, step) = tree.terms
    assert (str(total.value), str(step.value)) == ("83/10", "1")
    assert (total.terms[0].label, total.terms[0].value) == ("part_rounded", Fraction("8.3"))


def test_a_rank_sum_counts_who_is_better_and_equal() -> None:
    marks = table({"A": ["5", "5"], "B": ["5", "7"], "C": ["1", "6"]})
    penalty = [{"contestant": "B", "part": "p", "points": "1"}]
    tree = explained(body(marks, [part(method="rank_sum")], penalties=penalty), "A").total
    assert tree.value == 1 + 3
    first, second = labelled(tree, "rank_by_judge")
    assert [term.value for term in first.terms] == [5, 0, 0]
    assert [term.value for term in second.terms] == [5, 2, 0]
    tree = explained(body(marks, [part(method="rank_sum")], penalties=penalty), "B").total
    assert labelled(tree, "sheet_less_penalties")[0].value == 4


def test_what_is_missing_is_said() -> None:
    marks = [
        *table({"A": ["5"], "W": ["6"]}),
        mark("J2", "A", "x"),
        mark("J3", "A", "1", "p/nowhere"),
    ]
    sheet = body(
        marks,
        [part(min_judges=2)],
        withdrawn=("W",),
        excluded=[{"judge": "J3", "contestant": "A"}],
    )
    tree = explained(sheet, "A").total
    assert (tree.label, tree.value) == ("no_total", None)
    assert evaluate(tree) is None
    (score,) = tree.terms
    labels = [term.label for term in score.terms]
    assert labels == ["sheet", "sheet_not_counting", "sheet_barred"]
    assert [leaf.label for leaf in leaves(score.terms[1])] == ["mark_not_a_number"]
    gone = explained(sheet, "W").total
    assert (gone.label, gone.value, gone.terms[0].label) == ("withdrawn", None, "no_score")


def test_a_mark_that_never_came_is_named() -> None:
    marks = [mark("J1", "A", "5"), mark("J2", "A", "5"), mark("J1", "B", "1")]
    tree = explained(body(marks), "B").total
    assert [leaf.label for leaf in leaves(tree)] == ["mark", "mark_missing_mark"]


def test_tie_steps_tell_both_sides() -> None:
    marks = [
        *table({"A": ["5"], "B": ["4"], "C": ["5"], "D": ["1"]}, "p/c"),
        *table({"A": ["1"], "B": ["2"], "C": ["1"], "D": ["1"]}, "q/c"),
    ]
    sheet = body(
        marks,
        [part("p"), part("q")],
        tie_breakers=["judges_prefer", "part:p"],
        decisions=[{"order": ["C"], "by": "chair"}],
    )
    part_step, decision = explained(sheet, "A").tie_steps
    assert part_step.by == "part:p"
    assert part_step.values == {"A": 5, "B": 4, "C": 5}
    assert part_step.pieces == (("A", "C"), ("B",))
    assert (decision.by, decision.pieces) == ("decision", (("C",), ("A",)))
    assert [step.by for step in explained(sheet, "B").tie_steps] == ["part:p"]
    assert explained(sheet, "D").tie_steps == ()


def test_how_far_from_the_line() -> None:
    rows = {"A": ["9"], "B": ["7.5"], "C": ["7.5"], "D": ["6"]}
    assert explained(body(table(rows), cut=1), "D").missing == 3
    assert explained(body(table(rows), cut=1), "A").missing is None
    assert explained(body(table(rows), cut=2), "D").missing == Fraction("1.5")
    assert explained(body(table(rows), cut=2), "B").missing is None
    assert explained(body(table(rows)), "D").missing is None
    by_ranks = body(table(rows), [part(method="rank_sum")], cut=1)
    assert explained(by_ranks, "D").missing == 3


def test_nobody_without_a_total_is_near_the_line() -> None:
    marks = [*table({"A": ["9"]}), mark("J1", "B", "x")]
    assert explained(body(marks, cut=1), "B").missing is None
