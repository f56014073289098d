"""The sample contest: invented people and marks, the same for the same seed.

It has the shape of the reference contest (design.md 1): 71 organisations, 38 contestants, 5 judges.
Two contestants are *twins*: every judge gives them the same marks, and they share the tenth place,
so that the cut of ten is tied until somebody decides. All of it is made up; nothing is measured.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from judgeapp.domain.contest import Criterion, Round
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId, UnitId
from judgeapp.domain.people import Contestant, Gender, Judge, Unit
from judgeapp.system.paths import resources

CONTESTANTS = 38
SEATS = 10
SHORTEST_S, LONGEST_S = 4, 6
OVER_S, UNDER_S = 8, 2

Sheet = dict[tuple[ContestantId, PartId, CriterionId], Decimal]


@dataclass(frozen=True)
class Sample:
    """The people of the sample contest.

    Attributes:
        contestants: in the order of the registration sheet, by organisation.
        unit_names: organisation of each contestant.
        judges: five judges and a secretary.
        declared: the pair of judge and contestant that is a declared conflict.
        ability: share of the points that each contestant is worth, from 0 to 1.
        twins: the two who share the last seat.
        over, under: contestants whose clips are too long and too short.
        late: the contestant whose outline came a day late.
    """

    seed: int
    units: tuple[Unit, ...]
    contestants: tuple[Contestant, ...]
    unit_names: Mapping[ContestantId, str]
    judges: tuple[Judge, ...]
    declared: tuple[JudgeId, ContestantId]
    ability: Mapping[ContestantId, float]
    twins: tuple[ContestantId, ContestantId]
    over: ContestantId
    under: ContestantId
    late: ContestantId


@cache
def sample_words() -> dict[str, Any]:
    """Return the lists that the sample is drawn from (resources/sample)."""
    import yaml

    text = (resources() / "sample" / "sample.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words


def draw_sample(seed: int) -> Sample:
    """Return the people of the sample contest for ``seed``."""
    rng = random.Random(seed)
    words = sample_words()
    units = tuple(
        Unit(UnitId(f"{n:03}"), item["name"], item["kind"], item["sector"], item["members"])
        for n, item in enumerate(words["units"], start=1)
    )
    senders = sorted(rng.sample(units, CONTESTANTS - 2), key=lambda unit: unit.id)
    places = sorted([*senders, *rng.sample(senders, 2)], key=lambda unit: unit.id)
    contestants = _draw_contestants(rng, words, places)
    unit_names = {person.id: unit.name for person, unit in zip(contestants, places, strict=True)}
    order = [person.id for person in contestants]
    rng.shuffle(order)
    twins = (order[SEATS - 1], order[SEATS])
    ability = {twin: 0.80 for twin in twins}
    ability |= {who: rng.uniform(0.86, 0.95) for who in order[: SEATS - 1]}
    ability |= {who: rng.uniform(0.55, 0.745) for who in order[SEATS + 1 :]}
    over, under, late, barred, declared = order[-5:]
    judges = _draw_judges(rng, words, unit_names[barred], units)
    return Sample(
        seed=seed,
        units=units,
        contestants=contestants,
        unit_names=unit_names,
        judges=judges,
        declared=(judges[3].id, declared),
        ability=ability,
        twins=twins,
        over=over,
        under=under,
        late=late,
    )


def _draw_name(rng: random.Random, words: Mapping[str, Any], gender: str, taken: set[str]) -> str:
    while True:
        name = " ".join(
            (
                rng.choice(words["family"]),
                rng.choice(words["middle"][gender]),
                rng.choice(words["given"][gender]),
            )
        )
        if name not in taken:
            taken.add(name)
            return name


def _draw_contestants(
    rng: random.Random, words: Mapping[str, Any], places: Sequence[Unit]
) -> tuple[Contestant, ...]:
    genders: tuple[Gender, Gender] = tuple(words["given"])
    taken: set[str] = set()
    people = []
    for number, unit in enumerate(places, start=1):
        gender = rng.choice(genders)
        people.append(
            Contestant(
                id=ContestantId(f"{number:02}"),
                name=_draw_name(rng, words, gender, taken),
                unit_id=unit.id,
                birth=str(rng.randint(1975, 1998)),
                gender=gender,
                position=rng.choice(words["positions"]),
                topic=rng.choice(words["topics"]),
                phone=f"09{rng.randint(0, 99_999_999):08}",
            )
        )
    return tuple(people)


def _draw_judges(
    rng: random.Random, words: Mapping[str, Any], own_unit: str, units: Sequence[Unit]
) -> tuple[Judge, ...]:
    taken: set[str] = set()
    judges = []
    for number in range(1, 6):
        gender = rng.choice(list(words["given"]))
        judges.append(
            Judge(
                id=JudgeId(f"GK{number}"),
                name=_draw_name(rng, words, gender, taken),
                role="chair" if number == 1 else "member",
                unit=own_unit if number == 3 else words["host"],
            )
        )
    secretary = _draw_name(rng, words, next(iter(words["given"])), taken)
    return (*judges, Judge(JudgeId("TK1"), secretary, "secretary", words["host"]))


def draw_sheet(
    sample: Sample, item: Round, judge: JudgeId, contestants: Sequence[ContestantId]
) -> Sheet:
    """Return what a judge gives in a round: points by contestant, part and criterion.

    In a later round than the first the order of the finalists is drawn anew, well apart.
    """
    rng = random.Random(f"{sample.seed}/{item.id}/{judge}")
    severity = rng.uniform(-0.015, 0.015)
    ability = _ability_in(sample, item, contestants)
    sheet: Sheet = {}
    for contestant in contestants:
        for part in item.parts:
            for criterion in part.criteria:
                share = ability[contestant] + severity + rng.uniform(-0.03, 0.03)
                sheet[contestant, part.id, criterion.id] = _on_step(share, criterion)
    first, second = sample.twins
    if item.cut is not None and first in contestants and second in contestants:
        sheet |= {(second, p, c): mark for (who, p, c), mark in sheet.items() if who == first}
    return sheet


def _ability_in(
    sample: Sample, item: Round, contestants: Sequence[ContestantId]
) -> Mapping[ContestantId, float]:
    if item.cut is not None:
        return sample.ability
    order = sorted(contestants)
    random.Random(f"{sample.seed}/{item.id}").shuffle(order)
    return {who: 0.95 - 0.025 * place for place, who in enumerate(order)}


def _on_step(share: float, criterion: Criterion) -> Decimal:
    steps = round(share * float(criterion.max / criterion.step))
    most = int(criterion.max / criterion.step)
    return min(max(steps, 0), most) * criterion.step


def clip_seconds(sample: Sample, contestant: ContestantId) -> int:
    """Return how long that contestant's clip is: one is over the sample's time rule, one under."""
    if contestant == sample.over:
        return OVER_S
    if contestant == sample.under:
        return UNDER_S
    return SHORTEST_S + int(contestant) % (LONGEST_S - SHORTEST_S + 1)
