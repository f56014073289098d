from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judgeapp.domain.ids import ContestantId, ContestId, CriterionId, JudgeId, PartId, RoundId
from judgeapp.domain.marks import (
    MarkEvent,
    MarkKey,
    current_marks,
    heads,
    merge,
    rivals,
    typed_mark,
)

CONTEST, ROUND = ContestId("c"), RoundId("r")
RUBRIC = "0" * 64


def key(contestant: str = "01", criterion: str = "c1") -> MarkKey:
    return JudgeId("J07"), ContestantId(contestant), PartId("talk"), CriterionId(criterion)


def mark(
    points: str | None,
    counter: int,
    *,
    device: str = "A",
    at: str = "2026-11-25T08:00:00+00:00",
    replaces: tuple[MarkEvent, ...] = (),
    where: MarkKey | None = None,
    comment: str | None = None,
) -> MarkEvent:
    return typed_mark(
        CONTEST,
        ROUND,
        RUBRIC,
        where or key(),
        points=None if points is None else Decimal(points),
        comment=comment,
        counter=counter,
        device=device,
        at=at,
        replaces=[event.hash for event in replaces],
    )


events = st.builds(
    mark,
    st.sampled_from(["8", "8.25", "0", None]),
    st.integers(1, 4),
    device=st.sampled_from("AB"),
    at=st.sampled_from(["2001-01-01T00:00:00+00:00", "2035-01-01T00:00:00+00:00"]),
    where=st.builds(key, st.sampled_from(["01", "02"]), st.sampled_from(["c1", "c2"])),
    comment=st.sampled_from([None, "x"]),
)
files = st.frozensets(events, max_size=12)


@settings(max_examples=500)
@given(files, files, files)
def test_merging_is_commutative_associative_and_idempotent(
    a: frozenset[MarkEvent], b: frozenset[MarkEvent], c: frozenset[MarkEvent]
) -> None:
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a == merge(a)


@settings(max_examples=300)
@given(st.lists(events, max_size=10), st.randoms())
def test_what_holds_does_not_depend_on_the_order(
    given_events: list[MarkEvent], chance: object
) -> None:
    shuffled = list(given_events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    twice = [*shuffled, *given_events]
    assert current_marks(given_events) == current_marks(twice)
    assert heads(merge(given_events)) == heads(merge(twice))


@settings(max_examples=300)
@given(files)
def test_what_holds_is_the_greatest_of_counter_device_and_hash(every: frozenset[MarkEvent]) -> None:
    for where, found in current_marks(every).items():
        same = [event for event in every if event.key == where]
        assert found == max(same, key=lambda event: (event.counter, event.device, event.hash))


def test_clocks_decide_nothing() -> None:
    late, early = "2035-01-01T00:00:00+00:00", "2001-01-01T00:00:00+00:00"
    first = mark("9", 1, at=late)
    second = mark("6.5", 2, at=early, replaces=(first,))
    assert current_marks([second, first])[key()] == second
    assert rivals([first, second]) == {}


@pytest.mark.parametrize(
    "changed", ["contest", "round", "rubric", "key", "points", "counter", "at"]
)
def test_a_hash_covers_everything(changed: str) -> None:
    def made(**change: object) -> str:
        values: dict[str, object] = {
            "contest": CONTEST,
            "round": ROUND,
            "rubric": RUBRIC,
            "key": key(),
            "points": Decimal(8),
            "counter": 1,
            "at": "x",
            **change,
        }
        first = [values.pop(name) for name in ("contest", "round", "rubric", "key")]
        return typed_mark(*first, comment=None, device="A", **values).hash  # type: ignore[arg-type]  # by name

    others = {
        "contest": "d", "round": "s", "rubric": "1" * 64, "key": key("02"),
        "points": None, "counter": 2, "at": "y",
    }  # fmt: skip
    assert made() != made(**{changed: others[changed]})


def test_equal_points_have_one_spelling() -> None:
    assert mark("8.50", 1) == mark("8.5", 1)
    assert mark("8.50", 1).hash == mark("8.5", 1).hash


def test_two_laptops_that_do_not_know_of_each_other_are_rivals() -> None:
    a, b = mark("8", 1, device="A"), mark("9", 1, device="B")
    assert rivals([a, b]) == {key(): (a, b)}
    assert rivals([a, mark("8", 1, device="B")]) == {}


def test_a_mark_that_replaces_both_ends_it() -> None:
    a, b = mark("8", 1, device="A"), mark("9", 1, device="B")
    c = mark("8.5", 2, device="A", replaces=(a, b))
    for order in itertools.permutations([a, b, c]):
        assert rivals(order) == {}
        assert current_marks(order)[key()] == c


def test_a_mark_and_a_mark_taken_back_are_rivals() -> None:
    a = mark("8", 1)
    b, c = mark(None, 2, replaces=(a,)), mark("7", 2, device="B", replaces=(a,))
    assert set(rivals([a, b, c])) == {key()}
