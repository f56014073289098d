"""Rubrics shown, changed as a new version, and locked once a judge pack was built."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.context import Context, Machine
from judgeapp.services.rubrics import change_rubric, show_rubrics
from tests.judging_kit import build_pack, make_contest
from tests.refused import refused


def test_points_and_names_become_a_new_version(contest: Context) -> None:
    first = show_rubrics(contest).rounds[0]
    assert (first.packs, first.round.total) == (0, Decimal(100))
    version = change_rubric(
        contest,
        round_id=first.round.id,
        maxima={"outline/content": "15,5"},
        names={"outline/layout": " Thể  thức "},
        reason="Họp",
    ).value
    after = show_rubrics(contest)
    assert (version, after.version) == (2, 2)
    assert after.rounds[0].round.total == Decimal("101.5")
    assert after.rounds[0].round.parts[0].criteria[3].vi == "Thể thức"
    assert change_rubric(contest, round_id=first.round.id, reason="Họp").value == 2


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
    held = show_rubrics(contest).rounds[0].round
    with refused(code):
        change_rubric(contest, round_id=held.id, maxima=maxima, names=names, reason="Họp")
    with refused("contest.no_reason"):
        change_rubric(contest, round_id=held.id, maxima={"outline/content": "15"}, reason="")
    assert show_rubrics(contest).version == 1


def test_rubrics_are_locked_once_a_pack_was_built(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "pack")
    (state,) = show_rubrics(app).rounds
    assert state.packs == 1
    part = state.round.parts[0]
    with refused("rubrics.packs_out"):
        change_rubric(
            app,
            round_id=state.round.id,
            maxima={f"{part.id}/{part.criteria[0].id}": "5"},
            reason="Họp",
        )


def test_the_call(contest: Context, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(contest.folder)
    assert run(["rules", "rubric", folder, "--max", "outline/content=15", "--reason", "Họp",
                "--json"]) == 0  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["rounds"][0]["total"]) == (2, "101")
    assert run(["rules", "rubric", folder]) == 0
    assert "outline/content: 15" in capsys.readouterr().out
