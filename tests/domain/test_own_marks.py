from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.contest import Criterion, Part
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey
from judgeapp.domain.own_marks import Hint, OwnEntry, middle, own_entries, own_entries_after

JUDGE, TALK = JudgeId("J1"), PartId("talk")
MAXIMA = ("30", "20", "10")
PART = Part(
    TALK,
    "Thuyết trình",
    "Talk",
    Decimal(2),
    tuple(
        Criterion(CriterionId(f"c{n}"), f"c{n}", f"c{n}", Decimal(most), Decimal("0.5"))
        for n, most in enumerate(MAXIMA)
    ),
)


def entries(*marked: tuple[str | None, ...]) -> list[OwnEntry]:
    owed = [(JUDGE, ContestantId(f"{n:02}"), TALK) for n in range(len(marked))]
    current: dict[MarkKey, MarkEvent] = {}
    for (judge, contestant, part), row in zip(owed, marked, strict=True):
        for criterion, typed in zip(PART.criteria, row, strict=False):
            key = (judge, contestant, part, criterion.id)
            points = None if typed is None else Decimal(typed)
            current[key] = MarkEvent(*key, points, None, 1, "D", "at", "hash")
    return own_entries(owed, [PART], current)


def test_a_total_is_weighted_and_needs_every_mark() -> None:
    whole, begun, bare = entries(("27", "15.5", "8"), ("27", None), ())
    assert (whole.total, whole.most, whole.state) == (Decimal(101), Decimal(120), "done")
    assert (begun.total, begun.so_far, begun.missing) == (None, Decimal(54), 2)
    assert (begun.state, bare.state, bare.rank) == ("begun", "to_do", None)


def test_equal_totals_share_an_own_rank() -> None:
    found = entries(("1", "1", "1"), ("2", "1", "1"), ("1", "2", "1"), ("3", "3", "3"), ("9",))
    assert [entry.rank for entry in found] == [4, 2, 2, 1, None]


def test_the_same_share_of_every_maximum_is_a_hint() -> None:
    same, other, zero = entries(("27", "18", "9"), ("27", "18", "8.5"), ("0", "0", "0"))
    assert same.hints == (Hint("same_share", Fraction(90)),)
    assert other.hints == ()
    assert zero.hints == (Hint("zero"),)


def test_an_entry_far_from_the_others_is_a_hint_once_there_are_enough() -> None:
    near = [("2" + str(n % 4), "15", "8") for n in range(7)]
    assert all(not entry.hints for entry in entries(*near[:6], ("3", "15", "8")))
    *rest, low = entries(*near, ("3", "15", "8"))
    assert low.hints == (Hint("far_below"),)
    assert all(not entry.hints for entry in rest)
    *_, high = entries(*[("1", "1", "8")] * 4, *[("2", "1", "8")] * 4, ("30", "20", "9"))
    assert high.hints == (Hint("far_above"),)


@given(st.lists(st.fractions(), min_size=1))
def test_the_middle_is_the_median(numbers: list[Fraction]) -> None:
    assert middle(sorted(numbers)) == median(numbers)


POINTS = st.one_of(st.none(), st.sampled_from(["0", "0.5", "4.5", "9", "10"]))


@given(
    st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=1, max_size=10),
    st.integers(0, 9),
    st.integers(0, 2),
    POINTS,
)
def test_one_event_more_gives_what_all_events_give(
    marked: list[tuple[str | None, ...]], who: int, which: int, typed: str | None
) -> None:
    who %= len(marked)
    before = entries(*marked)
    row = list(marked[who])
    row[which] = typed
    after = entries(*marked[:who], tuple(row), *marked[who + 1 :])
    key = (JUDGE, ContestantId(f"{who:02}"), TALK, PART.criteria[which].id)
    points = None if typed is None else Decimal(typed)
    event = MarkEvent(*key, points, None, 1, "D", "at", "hash")
    assert own_entries_after(before, [PART], event) == after
