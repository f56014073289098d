"""A small contest with a cut and a final, whose marks a test chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from judgeapp.domain.contest import Cut, PenaltyRule, Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.facts import Fact, FactKind
from judgeapp.domain.ids import ContestantId, ContestId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import typed_mark
from judgeapp.services.context import Context, Machine
from judgeapp.services.definition import read_definition
from tests.judging_kit import criterion, make_contest, one_round, part

JUDGES = ("J1", "J2")
FINAL = "final"


def preliminary(**changes: Any) -> Round:
    """Return a round in two parts of 10 points; two go on; the talk is the tie-breaker."""
    over = PenaltyRule("over", "full_minute", Decimal(1), limit_s=600, cap=Decimal(5))
    talk = replace(part("talk", [criterion("c1"), criterion("c2")]), penalties=(over,))
    outline = part("outline", [criterion("c1")])
    base = one_round(talk, outline)
    return replace(base, **{"cut": Cut(2), "tie_breakers": ("part:talk",), **changes})


def final() -> Round:
    return one_round(part("speech", [criterion("c1")]), name=FINAL)


def contest(
    machine: Machine,
    folder: Path,
    *rounds: Round,
    numbers: Sequence[str] = ("01", "02", "03", "04"),
) -> Context:
    held = rounds or (preliminary(), final())
    return make_contest(machine, folder, *held, contestants=numbers, judges=JUDGES)


def give(
    app: Context, points: Mapping[str, Sequence[str | None]], *, where: str = "talk/c1",
    round_id: str = "round-1", judges: Sequence[str] = JUDGES,
) -> None:  # fmt: skip
    """Let the judges give these points, one after the other, for one criterion."""
    part_id, name = where.split("/")
    with app.write() as u:
        held = next(item for item in read_definition(u).rounds if item.id == round_id)
        contest_id = ContestId(u.contest.meta()["contest_id"])
        counter = u.judging.highest_counter()
        events = []
        for contestant, row in points.items():
            for judge, value in zip(judges, row, strict=False):
                counter += 1
                key = JudgeId(judge), ContestantId(contestant), PartId(part_id), CriterionId(name)
                typed = None if value is None else Decimal(value)
                events.append(
                    typed_mark(contest_id, held.id, rubric_hash(held), key, points=typed,
                               comment=None, counter=counter, device="d", at="")
                )  # fmt: skip
        u.judging.add_mark_events(held.id, rubric_hash(held), events)
        u.log("test.marks")
        u.commit()


def give_all(app: Context, talk: Mapping[str, str], outline: str = "5") -> None:
    """Let all judges give everybody the same: for the talk as told, for the outline one for all."""
    give(app, {key: [value] * len(JUDGES) for key, value in talk.items()})
    give(app, {key: ["0"] * len(JUDGES) for key in talk}, where="talk/c2")
    give(app, {key: [outline] * len(JUDGES) for key in talk}, where="outline/c1")


def note(
    app: Context, contestant: str, what: FactKind, value: str, *, where: str = "talk", why: str = ""
) -> None:
    with app.write() as u:
        held = read_definition(u).rounds[0]
        fact = Fact(held.id, PartId(where), ContestantId(contestant), what, value, why)
        u.judging.add_facts([(fact, False)])
        u.log("test.facts")
        u.commit()


def set_stage(app: Context, stage: Any, round_index: int = 0) -> None:
    with app.write() as u:
        held = read_definition(u).rounds[round_index]
        u.judging.add_stage(held.id, stage, reason="…")
        u.log("test.stage")
        u.commit()


def set_group(app: Context, groups: Mapping[str, str]) -> None:
    with app.write() as u:
        for person in u.people.contestants():
            u.people.update_contestant(replace(person, group=groups.get(person.id)))
        u.log("test.groups")
        u.commit()
