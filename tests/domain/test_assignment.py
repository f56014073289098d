"""Entries shared out among judges: evenly, never a barred one, and whether judges compare."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judgeapp.domain.assignment import (
    Pair,
    components,
    look_at_design,
    own_orders,
    share_out,
    too_few_eligible,
)
from judgeapp.domain.ids import ContestantId, JudgeId
from tests.domain.tally_sheets import oracle


def people(names: list[str]) -> list[ContestantId]:
    return [ContestantId(name) for name in names]


def seats(names: list[str]) -> list[JudgeId]:
    return [JudgeId(name) for name in names]


def pairs(listed: list[list[str]]) -> set[Pair]:
    return {(JudgeId(judge), ContestantId(one)) for judge, one in listed}


def looked(example: dict[str, Any]) -> dict[str, Any]:
    wanted = example["input"]
    shares = {
        ContestantId(one): tuple(seats(sitting)) for one, sitting in wanted["assignment"].items()
    }
    design = look_at_design(
        shares, seats(wanted["judges"]), wanted["per_clip"], pairs(wanted["conflicts"])
    )
    total = wanted["per_clip"] * len(shares)
    count = len(wanted["judges"])
    return {
        "too_few_eligible": list(design.too_few),
        "loads": dict(design.loads),
        "conflicts_broken": [list(pair) for pair in design.broken],
        "wrong_panel_size": [*design.short, *design.over],
        "spread": design.spread,
        "ideal_loads": [total // count, -(-total // count)],
        "connected": design.connected,
    }


@pytest.mark.parametrize("name", ["assignment-38x7", "assignment-infeasible"])
def test_a_given_assignment_is_judged_as_the_worked_example_says(name: str) -> None:
    assert looked(oracle(name)) == oracle(name)["expected"]


def test_ours_is_as_even_as_the_worked_example() -> None:
    wanted = oracle("assignment-38x7")["input"]
    judges, barred = seats(wanted["judges"]), pairs(wanted["conflicts"])
    for seed in range(20):
        made = share_out(people(list(wanted["assignment"])), judges, 5, barred, seed)
        design = look_at_design(made, judges, 5, barred)
        assert (design.broken, design.short, design.over) == ((), (), ())
        assert sorted(design.loads.values()) == [27, 27, 27, 27, 27, 27, 28]
        assert design.connected


def test_nobody_is_given_a_barred_entry_to_fill_up() -> None:
    wanted = oracle("assignment-infeasible")["input"]
    judges, barred = seats(wanted["judges"]), pairs(wanted["conflicts"])
    everybody = people(list(wanted["assignment"]))
    assert too_few_eligible(everybody, judges, 2, barred) == ["A"]
    made = share_out(everybody, judges, 2, barred, 1)
    assert made[ContestantId("A")] == ("J3",)
    assert look_at_design(made, judges, 2, barred).broken == ()


def test_what_hangs_together() -> None:
    example = oracle("connectedness")
    for case, expected in zip(example["input"]["cases"], example["expected"], strict=True):
        found = components((JudgeId(judge), ContestantId(one)) for one, judge in case)
        told = [{"contestants": list(c.contestants), "judges": list(c.judges)} for c in found]
        assert told == expected["components"]
        assert (len(found) == 1) == expected["connected"]


def best_squares(
    everybody: list[ContestantId], judges: list[JudgeId], per_entry: int, barred: set[Pair]
) -> int:
    """The smallest sum of squared loads, by trying everything."""
    choices = [
        list(itertools.combinations([j for j in judges if (j, one) not in barred], per_entry))
        for one in everybody
    ]
    best = 10**9
    for chosen in itertools.product(*choices):
        loads = [sum(judge in sitting for sitting in chosen) for judge in judges]
        best = min(best, sum(load * load for load in loads))
    return best


@given(
    st.integers(1, 5),
    st.integers(2, 4),
    st.integers(1, 2),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=6),
    st.integers(0, 99),
)
@settings(max_examples=150, deadline=None)
def test_no_assignment_is_more_even(
    count: int, sitting: int, per_entry: int, listed: set[tuple[int, int]], seed: int
) -> None:
    everybody = people([f"{n:02}" for n in range(count)])
    judges = seats([f"J{n}" for n in range(sitting)])
    barred = {
        (judges[j], everybody[c]) for j, c in listed if j < len(judges) and c < len(everybody)
    }
    made = share_out(everybody, judges, per_entry, barred, seed)
    assert made == share_out(everybody, judges, per_entry, barred, seed)
    design = look_at_design(made, judges, per_entry, barred)
    assert design.broken == ()
    assert set(design.short) == set(too_few_eligible(everybody, judges, per_entry, barred))
    if not design.short:
        squares = sum(load * load for load in design.loads.values())
        assert squares == best_squares(everybody, judges, per_entry, barred)


@given(st.integers(1, 40), st.integers(1, 9), st.integers(0, 10**6))
def test_own_orders_spread_early_and_late(count: int, sitting: int, seed: int) -> None:
    everybody = people([f"{n:02}" for n in range(count)])
    judges = seats([f"J{n}" for n in range(sitting)])
    orders = own_orders(everybody, judges, seed)
    assert all(sorted(order) == everybody for order in orders.values())
    if sitting <= count:
        for one in everybody:
            places = sorted(order.index(one) for order in orders.values())
            gaps = [b - a for a, b in itertools.pairwise([*places, places[0] + count])]
            assert max(gaps) <= -(-count // sitting)
