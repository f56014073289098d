"""Rubrics shown, changed as a new version, and locked once a judge pack was built."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.contest import summary
from judgeapp.services.context import Context, Machine
from judgeapp.services.rules import change_rubric
from tests.judging_kit import build_pack, make_contest
from tests.refused import refused


def test_points_and_names_become_a_new_version(contest: Context) -> None:
    first = summary(contest).definition.rounds[0]
    assert first.total == Decimal(100)
    version = change_rubric(
        contest,
        round_id=first.id,
        maxima={"outline/content": "15,5"},
        names={"outline/layout": " Thể  thức "},
        reason="Họp",
    ).value
    after = summary(contest)
    assert (version, after.version) == (2, 2)
    assert after.definition.rounds[0].total == Decimal("101.5")
    assert after.definition.rounds[0].parts[0].criteria[3].vi == "Thể thức"
    assert change_rubric(contest, round_id=first.id, reason="Họp").value == 2


@pytest.mark.parametrize(
    ("maxima", "names", "code"),
    [
        ({"outline/x": "5"}, {}, "rubrics.unknown_criterion"),
        ({"outline/content": "0"}, {}, "rubrics.bad_points"),
        ({"outline/content": "1,3"}, {}, "rubrics.bad_points"),
        ({"outline/content": "101"}, {}, "rubrics.bad_points"),
        ({}, {"outline/content": " "}, "rubrics.no_name"),
    ],
)
def test_what_makes_no_sense_is_refused(
    contest: Context, maxima: dict[str, str], names: dict[str, str], code: str
) -> None:
    held = summary(contest).definition.rounds[0]
    with refused(code):
        change_rubric(contest, round_id=held.id, maxima=maxima, names=names, reason="Họp")
    assert summary(contest).version == 1


def test_once_a_pack_was_built_a_change_needs_a_reason_and_outdates_it(
    machine: Machine, tmp_path: Path
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "pack")
    found = summary(app)
    (held,) = found.definition.rounds
    assert (found.uses[held.id].packs, found.outdated_packs) == (1, ())
    key = f"{held.parts[0].id}/{held.parts[0].criteria[0].id}"
    with refused("contest.no_reason"):
        change_rubric(app, round_id=held.id, maxima={key: "5"})
    change_rubric(app, round_id=held.id, maxima={key: "5"}, reason="Thông báo số 2")
    assert len(summary(app).outdated_packs) == 1


def test_a_closed_round_keeps_its_rubric(contest: Context) -> None:
    held = summary(contest).definition.rounds[0]
    with contest.write() as u:
        u.judging.add_stage(held.id, "closed", reason="")
        u.log("judging.closed", round=held.id)
        u.commit()
    with refused("rules.round_closed"):
        change_rubric(contest, round_id=held.id, maxima={"outline/content": "15"}, reason="Họp")
    assert summary(contest).version == 1


def test_the_call(contest: Context, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(contest.folder)
    assert run(["rules", "rubric", folder, "--max", "outline/content=15", "--reason", "Họp",
                "--json"]) == 0  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["rounds"][0]["total"]) == (2, "101")
    assert run(["rules", "rubric", folder]) == 0
    assert "outline/content: 15" in capsys.readouterr().out
