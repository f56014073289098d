"""Prizes from a ranking: numbers worked by hand, and laws that hold for any ranking."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.domain.awards import (
    NO_PRIZE,
    Award,
    Change,
    Placed,
    PrizeQuestion,
    next_serials,
    propose_prizes,
    settle_prizes,
)
from judgeapp.domain.contest import Prize
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId

SCHEME = [
    Prize("first", "Giải Nhất", 1),
    Prize("second", "Giải Nhì", 2),
    Prize("third", "Giải Ba", 3),
    Prize("consolation", "Giải Khuyến khích", 4),
]


def places(*ranks: int | None) -> list[Placed]:
    """Return contestants 01, 02, … with these ranks."""
    return [Placed(ContestantId(f"{n:02d}"), rank) for n, rank in enumerate(ranks, start=1)]


def ids(*numbers: str) -> tuple[ContestantId, ...]:
    return tuple(ContestantId(number) for number in numbers)


def test_ten_finalists_without_ties_get_1_2_3_4() -> None:
    proposal = propose_prizes(SCHEME, places(*range(1, 11)))
    assert [award.prize for award in proposal.awards] == (
        ["first"] + ["second"] * 2 + ["third"] * 3 + ["consolation"] * 4
    )
    assert (proposal.questions, proposal.unused, proposal.without) == ((), (), ())


def test_a_shared_rank_inside_one_prize_asks_nothing() -> None:
    """1-2-2-4: both second places are Seconds."""
    proposal = propose_prizes(SCHEME, places(1, 2, 2, 4))
    assert [(a.contestant, a.prize, a.rank) for a in proposal.awards] == [
        ("01", "first", 1),
        ("02", "second", 2),
        ("03", "second", 2),
        ("04", "third", 4),
    ]
    assert proposal.questions == ()
    assert proposal.unused == (("third", 2), ("consolation", 4))


def test_a_shared_first_rank_is_a_question() -> None:
    """Two share rank 1: places 1 and 2 are worth one First and one Second. The third is certain."""
    proposal = propose_prizes(SCHEME, places(1, 1, 3))
    assert proposal.questions == (PrizeQuestion(1, ids("01", "02"), (("first", 1), ("second", 1))),)
    assert proposal.awards == (Award(ContestantId("03"), "second", 3),)
    assert proposal.unused == (("third", 3), ("consolation", 4))


def test_a_group_across_three_prizes_names_all_that_is_at_stake() -> None:
    """Six share rank 2: places 2 to 7 are worth 2 Seconds, 3 Thirds and 1 Consolation."""
    proposal = propose_prizes(SCHEME, places(1, 2, 2, 2, 2, 2, 2, 8))
    (question,) = proposal.questions
    assert question.at_stake == (("second", 2), ("third", 3), ("consolation", 1))


def test_a_group_at_the_last_prize_is_a_question_too() -> None:
    """Rank 10 shared by two: one place has a Consolation, the other nothing."""
    proposal = propose_prizes(SCHEME, places(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 12))
    (question,) = proposal.questions
    assert question.at_stake == (("consolation", 1), (NO_PRIZE, 1))
    assert proposal.without == ids("12")


def test_the_withdrawn_are_out_and_nobody_moves_up_by_itself() -> None:
    proposal = propose_prizes(SCHEME, places(None, 1, 2))
    assert proposal.unranked == ids("01")
    assert [a.contestant for a in proposal.awards] == ["02", "03"]


def test_no_prizes_and_nobody() -> None:
    assert propose_prizes([], places(1, 2)).without == ids("01", "02")
    assert propose_prizes(SCHEME, []).unused == (
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("consolation", 4),
    )


ties = st.lists(st.integers(min_value=1, max_value=4), max_size=12)
schemes = st.lists(st.integers(min_value=0, max_value=4), max_size=5)


def ranking_of(groups: list[int], withdrawn: int = 0) -> list[Placed]:
    """Return 1-2-2-4 ranks of groups of these sizes, and some without a rank."""
    ranks: list[int | None] = []
    for size in groups:
        ranks += [len(ranks) + 1] * size
    return places(*ranks, *[None] * withdrawn)


@given(groups=ties, counts=schemes, withdrawn=st.integers(min_value=0, max_value=3))
def test_every_prize_and_everybody_is_accounted_for(
    groups: list[int], counts: list[int], withdrawn: int
) -> None:
    scheme = [Prize(f"p{n}", f"P{n}", count) for n, count in enumerate(counts)]
    ranking = ranking_of(groups, withdrawn)
    proposal = propose_prizes(scheme, ranking)
    seen = [a.contestant for a in proposal.awards]
    seen += [c for question in proposal.questions for c in question.contestants]
    seen += [*proposal.without, *proposal.unranked]
    assert sorted(seen) == [placed.contestant for placed in ranking]
    spent = Counter(a.prize for a in proposal.awards)
    for question in proposal.questions:
        assert sum(count for _, count in question.at_stake) == len(question.contestants)
        spent.update(dict(question.at_stake))
    spent.update(dict(proposal.unused))
    del spent[NO_PRIZE]
    assert +spent == +Counter({prize.id: prize.count for prize in scheme})


@given(groups=ties, counts=schemes, data=st.data())
def test_the_order_of_the_list_decides_nothing(
    groups: list[int], counts: list[int], data: st.DataObject
) -> None:
    scheme = [Prize(f"p{n}", f"P{n}", count) for n, count in enumerate(counts)]
    ranking = ranking_of(groups)
    shuffled = data.draw(st.permutations(ranking))
    assert propose_prizes(scheme, ranking) == propose_prizes(scheme, shuffled)


@given(groups=ties, counts=schemes)
def test_a_better_rank_never_gets_a_worse_prize(groups: list[int], counts: list[int]) -> None:
    scheme = [Prize(f"p{n}", f"P{n}", count) for n, count in enumerate(counts)]
    awards = propose_prizes(scheme, ranking_of(groups)).awards
    order = [int(award.prize[1:]) for award in sorted(awards, key=lambda award: award.rank)]
    assert order == sorted(order)


# --- a person settles ---------------------------------------------------------------------------


def refused(*args: object, **choices: str) -> JudgeError:
    ranks, reason = args
    with pytest.raises(JudgeError) as caught:
        settle_prizes(
            SCHEME,
            places(*ranks),  # type: ignore[misc]  # a tuple of ranks
            {ContestantId(key[1:]): prize for key, prize in choices.items()},
            str(reason),
        )
    return caught.value


def test_without_a_question_the_proposal_is_settled() -> None:
    settled = settle_prizes(SCHEME, places(1, 2, None), {}, "")
    assert [(a.contestant, a.prize) for a in settled.awards] == [("01", "first"), ("02", "second")]
    assert settled.changes == ()


def test_a_question_stays_open_until_everybody_on_the_line_is_settled() -> None:
    error = refused((1, 1, 3), "")
    assert (error.code, error.place) == ("awards.line_undecided", "01, 02")
    error = refused((1, 1, 3), "chair", c01="first")
    assert (error.code, error.place) == ("awards.line_undecided", "02")


def test_two_firsts_are_a_persons_decision_with_a_reason() -> None:
    choices = {ContestantId("01"): "first", ContestantId("02"): "first"}
    settled = settle_prizes(SCHEME, places(1, 1, 3), choices, "đồng giải Nhất")
    assert [(a.contestant, a.prize, a.rank) for a in settled.awards] == [
        ("01", "first", 1),
        ("02", "first", 1),
        ("03", "second", 3),
    ]
    assert settled.changes == (
        Change(ContestantId("01"), None, "first"),
        Change(ContestantId("02"), None, "first"),
    )


def test_a_prize_can_be_kept_back() -> None:
    settled = settle_prizes(SCHEME, places(1, 2), {ContestantId("02"): NO_PRIZE}, "declined")
    assert [a.contestant for a in settled.awards] == ["01"]
    assert settled.changes == (Change(ContestantId("02"), "second", None),)


def test_what_a_person_may_not_do() -> None:
    assert refused((1, 2), "", c01="second").code == "awards.reason_missing"
    assert refused((1, 2), "x", c09="second").code == "awards.unknown_contestant"
    assert refused((1, 2), "x", c01="grand").code == "awards.unknown_prize"
    assert refused((1, None), "x", c02="second").code == "awards.not_ranked"


# --- serials ------------------------------------------------------------------------------------


def test_serials_go_on_within_their_year() -> None:
    assert next_serials([], 2026, 3) == ["001/2026", "002/2026", "003/2026"]
    assert next_serials(["007/2026", "002/2026", "120/2025"], 2026, 2) == ["008/2026", "009/2026"]
    assert next_serials(["999/2026"], 2026, 1) == ["1000/2026"]
    assert next_serials(["other", "x/2026"], 2026, 0) == []
