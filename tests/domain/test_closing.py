from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from judgeapp.domain.closing import OpenItem, ReceivedFile, Subject, basis_of, open_items
from judgeapp.domain.collecting import Verdict
from judgeapp.domain.contest import Aggregate, Round
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, current_marks
from judgeapp.domain.sheets import SheetKey, sheets
from tests.domain.test_marks import mark
from tests.judging_kit import criterion, one_round, part

TALK = PartId("talk")
ROUND = one_round(part("talk", [criterion("c1"), criterion("c2")]), spread_block="3")
J1, J2 = JudgeId("J1"), JudgeId("J2")
A, B = ContestantId("01"), ContestantId("02")
OWED = [(J1, A, TALK), (J2, A, TALK)]


def given_mark(
    judge: JudgeId, name: str, points: str | None, counter: int = 1, *, device: str = "A",
    contestant: ContestantId = A, replaces: tuple[MarkEvent, ...] = (),
) -> MarkEvent:  # fmt: skip
    where = (judge, contestant, TALK, CriterionId(name))
    return mark(points, counter, device=device, where=where, replaces=replaces)


def sheet(judge: JudgeId, one: str, two: str) -> list[MarkEvent]:
    return [given_mark(judge, "c1", one), given_mark(judge, "c2", two)]


def kinds(
    events: list[MarkEvent],
    *,
    files: list[ReceivedFile] | None = None,
    concluded: dict[tuple[ContestantId, PartId], str] | None = None,
    concluded_files: set[int] | None = None,
) -> list[OpenItem]:
    return open_items(
        ROUND,
        present=[A],
        owed=OWED,
        events=events,
        files=files or [],
        concluded=concluded or {},
        concluded_files=concluded_files or set(),
    )


def test_nothing_open() -> None:
    assert kinds([*sheet(J1, "8", "7"), *sheet(J2, "7", "7")]) == []


def test_nobody_owes_anything() -> None:
    found = open_items(
        ROUND, present=[A], owed=[], events=[], files=[], concluded={}, concluded_files=set()
    )
    assert [item.kind for item in found] == ["no_sheets_owed"]


def test_missing_sheets_and_marks_by_name() -> None:
    found = kinds([given_mark(J1, "c1", "8"), given_mark(J1, "c2", None)])
    assert found == [
        OpenItem("missing_marks", J1, A, TALK, (CriterionId("c2"),)),
        OpenItem("missing_sheet", J2, A, TALK, (CriterionId("c1"), CriterionId("c2"))),
    ]


def test_a_spread_waits_for_a_conclusion_on_exactly_these_marks() -> None:
    events = [*sheet(J1, "8", "8"), *sheet(J2, "6.5", "6.5")]
    (found,) = kinds(events)
    assert (found.kind, found.lowest, found.highest) == ("spread", Decimal(13), Decimal(16))
    basis = basis_of(events)
    assert kinds(events, concluded={(A, TALK): basis}) == []
    changed = [*events, given_mark(J2, "c1", "6", 2, replaces=(events[2],))]
    assert [item.kind for item in kinds(changed, concluded={(A, TALK): basis})] == ["spread"]


def test_just_under_the_spread_is_no_matter() -> None:
    assert kinds([*sheet(J1, "8", "8"), *sheet(J2, "6.5", "6.75")]) == []


def test_no_spread_rule_no_question() -> None:
    plain = one_round(part("talk", [criterion("c1"), criterion("c2")]))
    found = open_items(
        plain,
        present=[A],
        owed=OWED,
        events=[*sheet(J1, "10", "10"), *sheet(J2, "0", "0")],
        files=[],
        concluded={},
        concluded_files=set(),
    )
    assert found == []


def test_files_that_need_a_conclusion() -> None:
    verdicts: list[Verdict] = [
        "new", "fork", "rewritten", "other_rubric", "late", "unknown_key", "duplicate", "damaged",
    ]  # fmt: skip
    files = [ReceivedFile(n, J1, verdict) for n, verdict in enumerate(verdicts, start=1)]
    whole = [*sheet(J1, "8", "7"), *sheet(J2, "7", "7")]
    found = kinds(whole, files=files, concluded_files={3})
    assert [(item.kind, item.file) for item in found] == [
        ("file", 2), ("file", 4), ("file", 5), ("file", 6),
    ]  # fmt: skip


def test_marks_given_twice_apart() -> None:
    events = [*sheet(J1, "8", "7"), *sheet(J2, "7", "7")]
    events += [given_mark(J1, "c1", "9", device="B"), given_mark(J1, "c2", "7", device="B")]
    (found,) = kinds(events)
    assert (found.kind, found.judge, found.contestant, found.criteria) == ("rivals", J1, A, ("c1",))
    assert kinds(events, concluded={(A, TALK): basis_of(events)}) == []


def test_a_fork_is_named_by_its_file_and_not_again() -> None:
    first, second = sheet(J1, "8", "7"), sheet(J2, "7", "7")
    forked = [given_mark(J1, "c1", "8.5", 2, replaces=(first[0],)),
              given_mark(J1, "c1", "7.5", 2, replaces=(first[0],))]  # fmt: skip
    assert kinds([*first, *second, *forked]) == []


def test_rivals_of_somebody_who_owes_nothing_any_more() -> None:
    events = [*sheet(J1, "8", "7"), *sheet(J2, "7", "7")]
    events += [
        given_mark(J1, "c1", points, device=device, contestant=B)
        for points, device in (("8", "A"), ("9", "B"))
    ]
    assert kinds(events) == []


def test_how_far_a_sheet_is() -> None:
    for events, state, total in (
        ([], "to_do", "0"),
        ([given_mark(J1, "c1", "8.25")], "begun", "8.25"),
        (sheet(J1, "8.25", "0"), "done", "8.25"),
        ([given_mark(J1, "c1", None)], "to_do", "0"),
    ):
        (found,) = sheets([(J1, A, TALK)], ROUND.parts, current_marks(events))
        assert (found.state, found.sum) == (state, Decimal(total))


def too_few(
    item: Round, owed: list[SheetKey], concluded: dict[Subject, str] | None = None
) -> list[tuple[ContestantId, int | None, int | None]]:
    found = open_items(
        item, present=[A, B], owed=owed, events=[], files=[], concluded=concluded or {},
        concluded_files=set(),
    )  # fmt: skip
    return [
        (one.contestant or ContestantId(""), one.judges, one.needed)
        for one in found
        if one.kind == "too_few_judges"
    ]


@pytest.mark.parametrize(
    ("aggregate", "min_judges", "expected"),
    [
        (Aggregate(), 1, []),
        (Aggregate(), 2, [(B, 1, 2)]),
        (Aggregate(), 3, [(A, 2, 3), (B, 1, 3)]),
        (Aggregate("median"), 2, [(B, 1, 2)]),
        (Aggregate("sum"), 1, [(B, 1, 2)]),
        (Aggregate("rank_sum"), 1, [(B, 1, 2)]),
        (Aggregate("trimmed_mean", drop_low=1), 1, [(B, 1, 2)]),
        (Aggregate("trimmed_mean", drop_low=1, drop_high=1), 1, [(A, 2, 3), (B, 1, 3)]),
    ],
)
def test_who_can_get_no_score_is_named_before_closing(
    aggregate: Aggregate, min_judges: int, expected: list[tuple[ContestantId, int, int]]
) -> None:
    item = replace(ROUND, aggregate=aggregate, min_judges=min_judges)
    assert too_few(item, [*OWED, (J1, B, TALK)]) == expected


def test_a_conclusion_settles_too_few_judges() -> None:
    item = replace(ROUND, min_judges=2)
    owed = [*OWED, (J1, B, TALK)]
    assert too_few(item, owed, {(B, TALK): basis_of([])}) == []


def test_a_part_that_nobody_marks_is_named() -> None:
    extra = replace(part("quiz", [criterion("q1")]), objective=True)
    item = replace(ROUND, parts=(*ROUND.parts, extra), min_judges=2)
    assert too_few(item, [*OWED, (J1, B, TALK), (J2, B, TALK)]) == [(A, 0, 1), (B, 0, 1)]
    by_ranks = replace(item, aggregate=Aggregate("rank_sum"))
    assert by_ranks.least_sheets(extra, panel=2) == 2
