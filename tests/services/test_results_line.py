"""A tie on the line of a cut: what the rules say of it, and taking all who are tied."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.explain import distance_to_cut
from judgeapp.services.context import Kind, Machine
from judgeapp.services.results import finalists, tally_round
from judgeapp.services.results_line import line_tie, take_all
from tests.refused import refused
from tests.services.results_kit import contest, give_all, set_stage

TIED = {"01": "9", "02": "7", "03": "7", "04": "6"}


def test_the_tied_are_named_with_what_each_rule_says(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, TIED)
    tie = line_tie(app)
    assert tie is not None
    assert [one.id for one in tie.contestants] == ["02", "03"]
    assert (tie.total, tie.seats, tie.may_take_all) == (Fraction(12), 1, True)
    assert [(rule.by, rule.values) for rule in tie.rules] == [
        ("part:talk", {"02": Fraction(7), "03": Fraction(7)})
    ]


def test_totals_lie_above_and_below_the_line(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, TIED)
    result = tally_round(app).groups[0].result
    assert [distance_to_cut(result, item) for item in result.ranking] == [2, 0, 0, -1]


def test_all_who_are_tied_can_go_on_with_a_reason(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, TIED)
    with refused("results.decide_no_reason"):
        take_all(app, round_id="round-1", by="chair", reason=" ")
    outcome = take_all(app, round_id="round-1", by="chair", reason="equal to the last point")
    assert outcome.value == 3
    assert Kind.RESULTS in outcome.changed
    assert line_tie(app) is None
    set_stage(app, "closed")
    assert finalists(app).value.contestants == ("01", "02", "03")
    with refused("results.no_tie_on_line"):
        take_all(app, round_id="round-1", by="chair", reason="again")


def test_the_command_line_takes_all_too(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = contest(machine, tmp_path / "c")
    give_all(app, TIED)
    app.store.close()
    assert run(["results", "tie", str(tmp_path / "c")]) == 0
    assert "02, 03" in capsys.readouterr().out
    call = ["results", "take-all", str(tmp_path / "c"), "--round", "round-1", "--by", "chair"]
    assert run([*call, "--reason", "equal"]) == 0
    assert "3" in capsys.readouterr().out
    assert run(["results", "tie", str(tmp_path / "c"), "--json"]) == 0
    assert '"tie": null' in capsys.readouterr().out.replace('":null', '": null')
