"""Numbers of the rules changed as a new version, with a reason, and not after a signature."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.contest import Round
from judgeapp.domain.ids import RoundId
from judgeapp.services.contest import summary
from judgeapp.services.context import Context
from judgeapp.services.rules import change_rules
from tests.refused import refused


def rounds(app: Context) -> tuple[Round, ...]:
    return summary(app).definition.rounds


def test_cut_prizes_and_penalties_become_a_new_version(contest: Context) -> None:
    first, final = rounds(contest)
    change_rules(contest, round_id=first.id, cut=12, penalties={"outline/1": "0,25"}, reason="Họp")
    version = change_rules(contest, round_id=final.id, prizes={"second": 3}, reason="Họp").value
    assert version == 3
    after, after_final = rounds(contest)
    assert after.cut is not None
    assert after.cut.size == 12
    assert after.parts[0].penalties[0].per_unit == Decimal("0.25")
    assert {prize.id: prize.count for prize in after_final.prizes}["second"] == 3
    assert after.parts[0].criteria == first.parts[0].criteria


def test_the_same_numbers_are_no_new_version(contest: Context) -> None:
    first = rounds(contest)[0]
    assert change_rules(contest, round_id=first.id, cut=10, reason="Họp").value == 1
    assert summary(contest).version == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"cut": 0}, "rules.bad_count"),
        ({"prizes": {"first": -1}}, "rules.unknown_prize"),
        ({"penalties": {"outline/2": "1"}}, "rules.unknown_penalty"),
        ({"penalties": {"outline/1": "31"}}, "rules.bad_amount"),
        ({"penalties": {"outline/1": "x"}}, "rules.bad_amount"),
        ({"cut": 5, "round_id": "x"}, "contest.unknown_round"),
    ],
)
def test_what_makes_no_sense_is_refused(
    contest: Context, wish: dict[str, object], code: str
) -> None:
    with refused(code):
        change_rules(contest, **{"round_id": rounds(contest)[0].id, "reason": "Họp", **wish})  # type: ignore[arg-type]  # of several kinds
    assert summary(contest).version == 1


def test_signed_results_keep_their_rules(contest: Context) -> None:
    first, final = rounds(contest)
    with contest.write() as u:
        u.results.add_sign_off("finalists", RoundId(first.id), {"contestants": []})
        u.log("results.signed_off", round=first.id)
        u.commit()
    with refused("rules.signed_off"):
        change_rules(contest, round_id=first.id, cut=5, reason="Họp")
    with refused("rules.no_cut"):
        change_rules(contest, round_id=final.id, cut=5, reason="Họp")
    with refused("rules.bad_count"):
        change_rules(contest, round_id=final.id, prizes={"first": -1}, reason="Họp")


def test_the_call(contest: Context, capsys: pytest.CaptureFixture[str]) -> None:
    final = rounds(contest)[1]
    folder = str(contest.folder)
    code = run(["rules", "change", folder, final.id, "--prize", "first=2", "--reason", "Họp",
                "--json"])  # fmt: skip
    assert (code, json.loads(capsys.readouterr().out)) == (0, {"version": 2})
    code = run(["rules", "change", folder, final.id, "--prize", "first", "--reason", "Họp"])
    assert code == 1
    assert "first=1" in capsys.readouterr().err


def test_no_prize_of_a_kind_takes_the_kind_away(contest: Context) -> None:
    final = rounds(contest)[1]
    change_rules(contest, round_id=final.id, prizes={"consolation": 0})
    assert [prize.id for prize in rounds(contest)[1].prizes] == ["first", "second", "third"]
