"""Results of an open contest: tally from the store, decisions, finalists, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from judgeapp.domain.contest import Aggregate, Cut
from judgeapp.domain.explain import evaluate
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.people import Judge
from judgeapp.domain.tally import Tally
from judgeapp.services.context import Context, Kind, Machine
from judgeapp.services.results import (
    RoundTally,
    decide,
    explain_total,
    finalists,
    tally_round,
)
from tests.judging_kit import make_contest, part, set_definition, withdraw
from tests.refused import refused
from tests.services.results_kit import (
    contest,
    final,
    give,
    give_all,
    note,
    preliminary,
    set_group,
    set_stage,
)

TIED = {"01": "9", "02": "7", "03": "7", "04": "6"}
CLEAR = {"01": "9", "02": "8", "03": "7", "04": "6"}


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Iterator[Context]:
    opened = contest(machine, tmp_path / "contest")
    yield opened
    opened.store.close()


def only(found: RoundTally) -> Tally:
    (group,) = found.groups
    return group.result


def ranks(found: RoundTally) -> dict[str, int | None]:
    return {s.contestant: s.rank for group in found.groups for s in group.result.ranking}


def log_of(app: Context) -> list[str]:
    with app.read() as u:
        return [entry.action for entry in u.contest.log_entries()]


# --- tally --------------------------------------------------------------------------------------


def test_a_round_is_tallied_from_the_marks_that_count(app: Context) -> None:
    give_all(app, CLEAR)
    give(app, {"04": ["10", None]})
    found = tally_round(app)
    assert (found.held.id, found.stage, found.sign_off) == ("round-1", "open", None)
    result = only(found)
    assert {s.contestant: s.total for s in result.ranking} == {
        "01": 14, "04": 15, "02": 13, "03": 12,
    }  # fmt: skip
    assert [(p.code, p.judge, p.contestant) for p in result.problems] == [
        ("missing_mark", "J2", "04")
    ]
    assert result.cut.taken == ("04", "01")


def test_without_marks_the_first_round_has_no_totals(app: Context) -> None:
    found = tally_round(app)
    assert ranks(found) == dict.fromkeys(["01", "02", "03", "04"])
    assert {problem.code for problem in only(found).problems} == {"missing_mark", "too_few_sheets"}


def test_facts_cost_what_the_rules_say(app: Context) -> None:
    give_all(app, CLEAR)
    note(app, "01", "seconds", "725")
    note(app, "02", "points", "-1.5", why="tư liệu tự làm")
    result = only(tally_round(app))
    first = result.of(ContestantId("01"))
    assert first is not None
    assert [score.penalty for score in first.parts] == [2, 0]
    assert first.total == 12
    assert ranks(tally_round(app))["02"] == 1
    reasons = [line.reason for line in result.sheet.penalties]
    assert sorted(str(reason) for reason in reasons) == ["over 725", "tư liệu tự làm"]


def test_the_withdrawn_and_the_barred(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(
        machine, tmp_path / "c", preliminary(), contestants=["01", "02", "03"],
        judges=["J1", "J2"], conflicts=[("J2", "02")],
    )  # fmt: skip
    give_all(app, {"01": "5", "02": "6", "03": "7"})
    withdraw(app, "03")
    result = only(tally_round(app))
    assert ranks(tally_round(app)) == {"02": 1, "01": 2, "03": None}
    assert {problem.code for problem in result.problems} == {"excluded_mark"}
    app.store.close()


def test_an_objective_part_is_the_secretarys_count(machine: Machine, tmp_path: Path) -> None:
    """One count is enough there, whatever the minimum of judges, and nothing is trimmed."""
    quiz = replace(part("quiz", preliminary().parts[1].criteria), objective=True)
    held = preliminary(
        parts=(preliminary().parts[1], quiz),
        min_judges=2,
        aggregate=Aggregate("trimmed_mean", drop_high=1),
        tie_breakers=(),
    )
    app = make_contest(machine, tmp_path / "c", held, contestants=["01"], judges=["J1", "J2"])
    with app.write() as u:
        secretary = Judge(JudgeId("TK"), "Thư ký", "secretary")
        u.judging.set_panel([*u.judging.judges(), secretary], [])
        u.log("test.panel")
        u.commit()
    give(app, {"01": ["5", "9"]}, where="outline/c1")
    give(app, {"01": ["8"]}, where="quiz/c1", judges=["TK"])
    result = only(tally_round(app))
    assert result.problems == ()
    assert result.ranking[0].total == 5 + 8
    app.store.close()


def test_each_group_has_its_own_cut(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c", preliminary(cut=Cut(1, "group")), final())
    give_all(app, CLEAR)
    set_group(app, {"01": "A", "02": "A", "03": "B"})
    found = tally_round(app)
    assert [group.group for group in found.groups] == [None, "A", "B"]
    assert ranks(found) == {"04": 1, "01": 1, "02": 2, "03": 1}
    assert all(not group.result.problems for group in found.groups)
    set_stage(app, "closed")
    assert finalists(app).value.contestants == ("04", "01", "03")
    app.store.close()


def test_a_tie_breaker_that_names_nobody_of_the_panel(machine: Machine, tmp_path: Path) -> None:
    held = preliminary(tie_breakers=("part:talk", "judge:J1", "judge:J9"))
    app = contest(machine, tmp_path / "c", held, final())
    with refused("results.tie_breaker_judge") as refusal:
        tally_round(app)
    assert refusal.value.params["judge"] == "J9"
    app.store.close()


def test_a_round_of_that_name_must_exist(app: Context) -> None:
    with refused("contest.unknown_round"):
        tally_round(app, round_id="nowhere")


def test_the_latest_round_with_marks_is_meant(app: Context) -> None:
    give_all(app, CLEAR)
    set_stage(app, "closed")
    with refused("results.no_finalists"):
        tally_round(app, round_id="final")
    finalists(app)
    assert tally_round(app).held.id == "round-1"
    give(app, {"01": ["4", "5"], "02": ["5", "5"]}, where="speech/c1", round_id="final")
    found = tally_round(app)
    assert found.held.id == "final"
    assert ranks(found) == {"02": 1, "01": 2}


# --- decisions ------------------------------------------------------------------------------------


def test_a_tie_on_the_line_is_decided_and_recorded(app: Context) -> None:
    give_all(app, TIED)
    assert only(tally_round(app)).cut.undecided == ("02", "03")
    outcome = decide(app, round_id="round-1", order=["03"], by=" Trưởng ban ", reason="bốc  thăm")
    assert outcome.value == ("03", "02")
    assert outcome.changed == {Kind.RESULTS}
    found = tally_round(app)
    assert ranks(found) == {"01": 1, "03": 2, "02": 3, "04": 4}
    assert only(found).cut.taken == ("01", "03")
    with app.read() as u:
        (row,) = u.results.decisions(found.held.id)
    assert (row.order, row.by, row.reason) == (("03",), "Trưởng ban", "bốc thăm")
    assert log_of(app)[-1] == "results.decided"


def test_a_later_decision_goes_on_from_an_earlier_one(app: Context) -> None:
    give_all(app, dict.fromkeys(["01", "02", "03", "04"], "7"))
    decide(app, round_id="round-1", order=["03"], by="chair", reason="…")
    outcome = decide(app, round_id="round-1", order=["04", "01"], by="chair", reason="…")
    assert outcome.value == ("03", "04", "01", "02")
    assert ranks(tally_round(app)) == {"03": 1, "04": 2, "01": 3, "02": 4}


def test_a_later_decision_corrects_an_earlier_one(app: Context) -> None:
    give_all(app, TIED)
    decide(app, round_id="round-1", order=["03"], by="chair", reason="…")
    outcome = decide(app, round_id="round-1", order=["02", "03"], by="chair", reason="nhầm số")
    assert outcome.value == ("02", "03")
    assert ranks(tally_round(app))["02"] == 2
    with app.read() as u:
        assert len(u.results.decisions(tally_round(app).held.id)) == 2


def test_a_decision_outlives_no_contestant(app: Context) -> None:
    give_all(app, TIED)
    decide(app, round_id="round-1", order=["03", "02"], by="chair", reason="…")
    with app.write() as u:
        for held in [tally_round(app).held]:
            u.results.add_decision(
                held.id, group=None, order=(ContestantId("99"),), by="chair", reason="…"
            )
        u.log("test.decision")
        u.commit()
    assert ranks(tally_round(app)) == {"01": 1, "03": 2, "02": 3, "04": 4}


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (["01", "02"], "results.decide_not_tied"),
        (["01"], "results.decide_not_tied"),
        (["02", "02"], "results.decide_twice"),
        (["", " "], "results.decide_nobody"),
        (["99"], "results.unknown_contestant"),
        (["02", "99"], "results.unknown_contestant"),
    ],
)
def test_only_a_tie_can_be_decided(order: list[str], code: str, app: Context) -> None:
    give_all(app, TIED)
    with refused(code):
        decide(app, round_id="round-1", order=order, by="chair", reason="…")
    assert "results.decided" not in log_of(app)


@pytest.mark.parametrize(("by", "reason"), [(" ", "…"), ("chair", ""), ("", "")])
def test_a_decision_names_who_and_why(by: str, reason: str, app: Context) -> None:
    give_all(app, TIED)
    with refused("results.decide_no_reason"):
        decide(app, round_id="round-1", order=["02"], by=by, reason=reason)


def test_equal_contestants_of_two_groups_are_not_tied(machine: Machine, tmp_path: Path) -> None:
    app = contest(machine, tmp_path / "c", preliminary(cut=Cut(1, "group")), final())
    give_all(app, dict.fromkeys(["01", "02", "03", "04"], "7"))
    set_group(app, {"01": "A", "02": "A", "03": "B", "04": "B"})
    with refused("results.decide_not_tied"):
        decide(app, round_id="round-1", order=["01", "03"], by="chair", reason="…")
    decide(app, round_id="round-1", order=["04"], by="chair", reason="…")
    assert ranks(tally_round(app)) == {"01": 1, "02": 1, "04": 1, "03": 2}
    with app.read() as u:
        assert u.results.decisions(tally_round(app).held.id)[0].group == "B"
    app.store.close()


# --- finalists ------------------------------------------------------------------------------------


def test_finalists_are_signed_off_once_all_is_decided(app: Context) -> None:
    give_all(app, TIED)
    with refused("results.round_open"):
        finalists(app)
    set_stage(app, "closed")
    with refused("results.cut_undecided") as refusal:
        finalists(app)
    assert refusal.value.params["contestants"] == "02, 03"
    decide(app, round_id="round-1", order=["03"], by="chair", reason="…")
    outcome = finalists(app)
    assert outcome.value.contestants == ("01", "03")
    assert outcome.value.signed_now
    assert Kind.RESULTS in outcome.changed
    found = tally_round(app, round_id="round-1")
    assert found.sign_off is not None
    assert found.sign_off.body["contestants"] == ["01", "03"]
    assert found.sign_off.body["standing"][1] == {
        "contestant": "03", "group": None, "rank": 2, "total": "12",
    }  # fmt: skip
    assert found.difference is None
    again = finalists(app)
    assert (again.value.signed_now, again.changed) == (False, frozenset())
    assert log_of(app).count("results.finalists_signed") == 1


def test_a_later_difference_is_reported_and_not_applied(app: Context) -> None:
    give_all(app, CLEAR)
    set_stage(app, "closed")
    finalists(app)
    give(app, {"04": ["10", "10"]})
    found = tally_round(app, round_id="round-1")
    assert found.difference is not None
    assert (found.difference.joined, found.difference.left) == (("04",), ("02",))
    assert ranks(tally_round(app, round_id="final")) == {"01": None, "02": None}
    with refused("results.finalists_differ"):
        finalists(app, round_id="round-1")
    outcome = finalists(app, round_id="round-1", replace_reason="chấm lại phiếu J1")
    assert outcome.value.contestants == ("04", "01")
    signed = tally_round(app, round_id="round-1").sign_off
    assert signed is not None
    assert (signed.body["replaces"], signed.body["reason"]) == (1, "chấm lại phiếu J1")


def test_the_same_finalists_in_another_order_are_signed_anew_only_with_a_reason(
    app: Context,
) -> None:
    give_all(app, CLEAR)
    set_stage(app, "closed")
    finalists(app)
    give(app, {"02": ["10", "10"]})
    assert tally_round(app, round_id="round-1").difference is None
    with refused("results.finalists_differ"):
        finalists(app, round_id="round-1")


def test_a_finalist_who_withdraws_is_reported(app: Context) -> None:
    give_all(app, CLEAR)
    set_stage(app, "closed")
    finalists(app)
    withdraw(app, "02")
    difference = tally_round(app, round_id="round-1").difference
    assert difference is not None
    assert (difference.joined, difference.left) == (("03",), ("02",))


def test_a_round_without_cut_or_totals_signs_off_nobody(app: Context) -> None:
    set_stage(app, "closed")
    with refused("results.nobody_in"):
        finalists(app, round_id="round-1")
    set_definition(app, preliminary(cut=None))
    with refused("results.no_cut"):
        finalists(app)


# --- why ------------------------------------------------------------------------------------------


def test_a_total_is_explained_down_to_the_mark(app: Context) -> None:
    give_all(app, TIED)
    note(app, "02", "seconds", "660")
    decide_needed = tally_round(app)
    assert only(decide_needed).cut.undecided == ()
    found = explain_total(app, contestant="02")
    assert found.explanation.standing.total == 11
    assert evaluate(found.explanation.total) == 11
    assert found.judges == {"J1": "Giám khảo J1", "J2": "Giám khảo J2"}
    assert found.explanation.missing == Fraction(1)
    (line,) = [item for item in found.group.deductions if item.contestant == "02"]
    assert (line.type, line.units, str(line.points)) == ("over", 1, "1")
    with refused("results.unknown_contestant"):
        explain_total(app, contestant="99")


def test_penalties_of_the_definition_are_exact(app: Context) -> None:
    give_all(app, {"01": "0.25", "02": "8.75", "03": "7", "04": "6"})
    found = tally_round(app)
    totals = {s.contestant: s.total for s in only(found).ranking}
    assert totals[ContestantId("02")] == Fraction(Decimal("13.75"))
