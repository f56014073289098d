from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest

from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.services.contest import presets
from judgeapp.services.sample import SEATS, clip_seconds, draw_sample, draw_sheet

ROUNDS = presets()[0].definition.rounds
SEEDS = range(12)


def _means(seed: int, index: int, who: list[ContestantId]) -> dict[ContestantId, Fraction]:
    sample = draw_sample(seed)
    totals: dict[ContestantId, Fraction] = dict.fromkeys(who, Fraction(0))
    for number in range(1, 6):
        sheet = draw_sheet(sample, ROUNDS[index], JudgeId(f"GK{number}"), who)
        for (contestant, _, _), points in sheet.items():
            totals[contestant] += Fraction(points) / 5
    return totals


def test_the_sample_has_the_shape_of_the_reference_contest() -> None:
    sample = draw_sample(1)
    assert Counter(unit.kind for unit in sample.units) == {"party_committee": 42, "party_cell": 29}
    assert sum(unit.members or 0 for unit in sample.units) == 5285
    assert Counter(unit.sector for unit in sample.units) == {
        "administrative": 41,
        "public_service": 3,
        "state_enterprise": 11,
        "private_enterprise": 3,
        None: 13,
    }
    assert len(sample.contestants) == 38
    assert len({person.name for person in sample.contestants}) == 38
    assert [judge.role for judge in sample.judges] == ["chair", *["member"] * 4, "secretary"]


def test_the_same_seed_draws_the_same_sample_and_another_seed_another() -> None:
    assert draw_sample(7) == draw_sample(7)
    assert draw_sample(7) != draw_sample(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_share_the_last_seat_and_nobody_comes_near(seed: int) -> None:
    sample = draw_sample(seed)
    totals = _means(seed, 0, [person.id for person in sample.contestants])
    order = sorted(totals, key=lambda who: -totals[who])
    assert set(order[SEATS - 1 : SEATS + 1]) == set(sample.twins)
    assert totals[order[SEATS - 1]] == totals[order[SEATS]]
    assert totals[order[SEATS - 2]] - totals[order[SEATS - 1]] > 2
    assert totals[order[SEATS]] - totals[order[SEATS + 1]] > 2


@pytest.mark.parametrize("seed", SEEDS)
def test_the_final_has_a_clear_order(seed: int) -> None:
    who = [person.id for person in draw_sample(seed).contestants][:SEATS]
    totals = sorted(_means(seed, 1, who).values())
    assert all(b - a > Fraction(1, 5) for a, b in pairwise(totals))


def test_marks_are_on_the_step_and_within_the_maximum() -> None:
    sample = draw_sample(3)
    who = [person.id for person in sample.contestants]
    for item in ROUNDS:
        criteria = {(part.id, c.id): c for part in item.parts for c in part.criteria}
        sheet = draw_sheet(sample, item, JudgeId("GK2"), who)
        assert len(sheet) == len(who) * len(criteria)
        for (_, part, criterion), points in sheet.items():
            assert 0 <= points <= criteria[part, criterion].max
            assert points % criteria[part, criterion].step == 0


def test_one_clip_is_too_long_and_one_too_short() -> None:
    sample = draw_sample(1)
    lengths = {person.id: clip_seconds(sample, person.id) for person in sample.contestants}
    assert [who for who, s in lengths.items() if s > 6] == [sample.over]
    assert [who for who, s in lengths.items() if s < 4] == [sample.under]
