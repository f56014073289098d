"""Measured lengths as facts: only where a rule counts by them, never over what was typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from judgeapp.domain.definition import definition_body
from judgeapp.domain.ids import ContestantId, PartId, RoundId
from judgeapp.domain.people import Contestant
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.contest import revise, summary
from judgeapp.services.context import Context
from judgeapp.services.entries_attach import attach
from judgeapp.services.entries_check import check_entries
from judgeapp.services.judging import set_facts
from judgeapp.services.lengths import lengths_to_take, take_lengths
from tests.refused import refused
from tests.services.results_kit import set_stage

TALK = PartId("presentation")
HELD = RoundId("preliminary")


@pytest.fixture
def app(contest: Context, tmp_path: Path) -> Context:
    """Clips of 1, 2 and 4 seconds under a rule of 2 to 3 seconds."""
    people = [Contestant(ContestantId(n), f"Lò Văn {n}") for n in ("01", "02", "03")]
    with contest.write() as u:
        u.people.add_contestants(people, import_id=None)
        u.log("people.imported", count=3)
        u.commit()
    body: dict[str, Any] = definition_body(summary(contest).definition)
    part = next(part for part in body["rounds"][0]["parts"] if part["id"] == TALK)
    part |= {"min_s": 2, "max_s": 3}
    for rule in part["penalties"]:
        rule["limit_s"] = 3 if rule["type"] == "over" else 2
    (tmp_path / "rules.json").write_text(json.dumps(body), encoding="utf-8")
    revise(contest, file=tmp_path / "rules.json", reason="Ngắn để thử")
    folder = tmp_path / "clips"
    folder.mkdir()
    for seed, (number, seconds) in enumerate((("01", 1), ("02", 2), ("03", 4))):
        write_clip(folder / f"{number}.mp4", seconds=seconds, size=(64, 48), text=number, seed=seed)
    attach(contest, folder=folder)
    check_entries(contest)
    return contest


def noted(app: Context) -> dict[str, str]:
    with app.read() as u:
        return {fact.contestant: fact.value for fact in u.judging.facts(HELD)}


def test_measured_lengths_become_facts_once(app: Context) -> None:
    found = lengths_to_take(app)
    assert dict(found.seconds) == {("01", TALK): 1, ("02", TALK): 2, ("03", TALK): 4}
    assert found.outside == 2
    assert noted(app) == {}
    assert take_lengths(app).value.stored == 3
    assert noted(app) == {"01": "1", "02": "2", "03": "4"}
    assert not lengths_to_take(app).seconds
    assert take_lengths(app).value.stored == 0


def test_a_length_noted_by_hand_stays(app: Context) -> None:
    set_facts(app, typed=[{"contestant": "03", "part": TALK, "seconds": "3"}])
    assert ("03", TALK) not in lengths_to_take(app).seconds
    take_lengths(app)
    assert noted(app)["03"] == "3"


def test_a_closed_round_takes_none(app: Context) -> None:
    set_stage(app, "closed")
    assert lengths_to_take(app, round_id=HELD).closed
    with refused("judging.round_closed"):
        take_lengths(app, round_id=HELD)
    assert noted(app) == {}
