from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from judgeapp.domain.collecting import (
    Ancestor,
    Assignment,
    ContestFacts,
    KnownHeader,
    ScoreHeader,
    is_counted,
    misfit,
    verdict_on,
)
from judgeapp.domain.contest import Criterion
from judgeapp.domain.ids import (
    ContestantId,
    ContestId,
    CriterionId,
    JudgeId,
    PackId,
    PartId,
    RoundId,
)
from tests.domain.test_marks import key, mark

RUBRIC = "a" * 64
FACTS = ContestFacts(
    ContestId("HT2021"), {JudgeId("J07")}, {RoundId("r1"): RUBRIC, RoundId("r2"): RUBRIC}, set()
)


def header(number: int = 1, hash: str = "", **change: object) -> ScoreHeader:
    base = ScoreHeader(
        contest=ContestId("HT2021"),
        pack=PackId("p"),
        round=RoundId("r1"),
        rubric_hash=RUBRIC,
        judge=JudgeId("J07"),
        device="A",
        number=number,
        previous=f"A{number - 1}" if number > 1 else None,
        counter=number * 10,
        events=number * 10,
        scored=0,
        of=1,
        final=False,
        took_over=(),
        at="2021-10-01T08:00:00+00:00",
        plain_hash="",
        body_hash="",
        hash=hash or f"A{number}",
    )
    return replace(base, **change)  # type: ignore[arg-type]  # by name


def known(*headers: ScoreHeader, counts: bool = True) -> list[KnownHeader]:
    return [KnownHeader(item, counts) for item in headers]


A1, A2, A3 = header(1), header(2), header(3)
B1 = header(1, "B1", device="B", took_over=(Ancestor("A", 2, "A2"),), counter=30)
C1 = header(
    1, "C1", device="C", took_over=(Ancestor("A", 2, "A2"), Ancestor("B", 1, "B1")), counter=40
)
LAST_YEAR = header(contest="HT2020")

CASES = {
    "damaged": (None, [], "damaged"),
    "last year's": (LAST_YEAR, [], "other_contest"),
    "a stranger's": (header(judge="J99"), [], "unknown_key"),
    "the first": (A1, [], "new"),
    "the same again": (A1, known(A1), "duplicate"),
    "the same again, put aside": (A1, known(A1, counts=False), "duplicate"),
    "the next": (A2, known(A1), "newer"),
    "the one before": (A1, known(A2), "older"),
    "in a gap": (A2, known(A1, A3), "older"),
    "one of another round": (header(2, round="r2"), known(A1), "new"),
    "only put aside ones before": (A2, known(A1, counts=False), "new"),
    "on a second laptop": (B1, known(A2), "newer"),
    "what was taken over": (A1, known(B1), "older"),
    "what went on after": (A3, known(B1), "new"),
    "taken over twice": (A2, known(C1), "older"),
    "a laptop apart": (header(1, "B1", device="B"), known(A1), "new"),
    "two of a number": (header(2, "A2x"), known(A1, A2), "fork"),
    "after the other of two": (header(3, "A3x", previous="A2x"), known(A2), "rewritten"),
    "before the other of two": (header(2, "A2x"), known(A3), "rewritten"),
    "taken over what is not known so": (
        header(1, "B1", device="B", took_over=(Ancestor("A", 1, "A1x"),)), known(A1), "fork",
    ),
    "said otherwise by a later one": (header(2, "A2x"), known(C1), "fork"),
    "a counter that went back": (header(3, counter=5, events=30), known(A1), "rewritten"),
    "fewer events than before": (header(3, events=5), known(A1), "rewritten"),
    "more events in the older one": (header(1, events=99), known(A3), "rewritten"),
    "fewer events in another round": (header(3, events=5, round="r2"), known(A1), "new"),
    "on other rubrics": (header(rubric_hash="b" * 64), [], "other_rubric"),
    "of a round that is no more": (header(round="r9"), [], "other_rubric"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_verdicts(name: str) -> None:
    file, before, expected = CASES[name]
    assert verdict_on(file, before, FACTS) == expected


def test_the_order_of_verdicts() -> None:
    """Each fits as well; the first of cli.md is said."""
    closed = replace(FACTS, closed={RoundId("r1")})
    other = header(2, "A2x", rubric_hash="b" * 64)
    assert verdict_on(other, known(A1, A2), closed) == "fork"
    assert verdict_on(replace(other, hash="A2"), known(A1), closed) == "other_rubric"
    assert verdict_on(A2, known(A1), closed) == "late"
    assert verdict_on(A1, known(A1), closed) == "duplicate"


def test_what_counts() -> None:
    closed = replace(FACTS, closed={RoundId("r1")})
    for verdict in ("fork", "rewritten", "older", "newer", "new"):
        assert is_counted(A1, verdict, FACTS)
        assert not is_counted(A1, verdict, closed)
        assert not is_counted(header(rubric_hash="b" * 64), verdict, FACTS)
    for verdict in ("damaged", "other_contest", "unknown_key", "duplicate", "other_rubric", "late"):
        assert not is_counted(A1, verdict, FACTS)  # type: ignore[arg-type]  # a verdict


RULES = Assignment(
    frozenset({ContestantId("01"), ContestantId("02")}),
    {
        (PartId("talk"), CriterionId("c1")): Criterion(
            CriterionId("c1"), "Một", "One", Decimal(10), Decimal("0.25")
        )
    },
    frozenset({(JudgeId("J07"), ContestantId("01"), PartId("talk"))}),
)


@pytest.mark.parametrize(
    ("points", "where", "expected"),
    [
        ("8.25", key(), None),
        (None, key(), None),
        ("10", key(), None),
        ("0", key(), None),
        ("10.25", key(), "bad_points"),
        ("8.3", key(), "bad_points"),
        ("-1", key(), "bad_points"),
        ("8", key("02"), "not_assigned"),
        ("8", key("99"), "unknown_contestant"),
        ("8", key("01", "c9"), "unknown_criterion"),
    ],
)
def test_events_that_are_not_the_judges_to_give(
    points: str | None, where: tuple[str, str, str, str], expected: str | None
) -> None:
    assert misfit(mark(points, 1, where=where), RULES) == expected  # type: ignore[arg-type]  # ids
