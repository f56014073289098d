from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from judgeapp.domain.contest import Cut, Prize
from judgeapp.services.awards import sign_prizes
from judgeapp.services.backup import back_up
from judgeapp.services.closing import close_round, reopen_round
from judgeapp.services.context import Context, Machine
from judgeapp.services.results import decide, finalists
from judgeapp.services.steps import STEMS, Step, first_need, steps
from tests.judging_kit import attach, build_pack, criterion, part, set_definition
from tests.services.results_kit import FINAL, final, give, preliminary
from tests.services.results_kit import contest as two_rounds

ONE_TALK = part("talk", [criterion("c1")])


def told(app: Context) -> dict[str, Step]:
    return {step.stem: step for step in steps(app)}


def short(app: Context, stem: str) -> tuple[str, int | None, str | None]:
    step = told(app)[stem]
    return step.state, step.count, step.reason


def test_a_fresh_contest_waits_for_its_people(contest: Context) -> None:
    found = steps(contest)
    assert tuple(step.stem for step in found) == STEMS
    following = first_need(found)
    assert following is not None
    assert (following.stem, following.reason) == ("people", "next")
    assert short(contest, "entries") == ("later", None, "no_people")
    assert short(contest, "packs") == ("later", None, "no_people")
    assert short(contest, "panel") == ("nothing", None, None)
    assert short(contest, "results") == ("later", None, "no_packs")
    assert short(contest, "final") == ("later", None, "not_signed")
    assert short(contest, "awards") == ("later", None, "not_closed")
    assert [step.stem for step in found if step.state == "needs"] == ["people"]


class TestAContestThroughItsLife:
    """Two rounds of one talk, four contestants, two judges; two go on."""

    @pytest.fixture
    def app(self, machine: Machine, tmp_path: Path) -> Context:
        first = preliminary(parts=(ONE_TALK,), cut=Cut(2), tie_breakers=())
        last = replace(final(), prizes=(Prize("first", "Giải Nhất", 1),))
        return two_rounds(machine, tmp_path / "c", first, last)

    def test_each_need_comes_in_its_turn(self, app: Context, tmp_path: Path) -> None:
        assert short(app, "people") == ("done", None, None)
        assert short(app, "entries") == ("needs", None, "next")
        attach(app, "01", "a.mp4", b"clip")
        assert short(app, "entries") == ("needs", 1, "unchecked")
        assert short(app, "packs") == ("nothing", None, None)
        build_pack(app, tmp_path / "packs")
        assert short(app, "entries") == ("done", None, None)
        assert short(app, "score_files") == ("needs", 2, "judges_owe")
        assert short(app, "results") == ("later", 2, "judges_owe")
        give(app, {"01": ["9", "9"], "02": ["8", "8"], "03": ["8", "8"], "04": ["7", None]})
        assert short(app, "score_files") == ("needs", 1, "judges_owe")
        give(app, {"04": ["7"]}, judges=("J2",))
        assert short(app, "score_files") == ("done", None, None)
        assert short(app, "results") == ("needs", None, "close")
        close_round(app)
        assert short(app, "results") == ("needs", 1, "tie")
        decide(app, round_id="round-1", order=["02"], by="Chủ khảo", reason="bốc thăm")
        assert short(app, "results") == ("needs", None, "sign")
        finalists(app, round_id="round-1")
        assert short(app, "results") == ("done", None, None)
        assert short(app, "final") == ("needs", 2, "judges_owe")
        give(app, {"01": ["9", "9"], "02": ["8", "8"]}, where="speech/c1", round_id=FINAL)
        assert short(app, "final") == ("needs", None, "close")
        assert short(app, "awards") == ("later", None, "not_closed")
        close_round(app, round_id=FINAL)
        assert short(app, "final") == ("done", None, None)
        assert short(app, "awards") == ("needs", None, "sign_prizes")
        sign_prizes(app)
        assert short(app, "awards") == ("needs", None, "print")
        assert short(app, "documents") == ("done", None, None)
        reopen_round(app, round_id=FINAL, reason="ghi nhầm")
        give(app, {"01": ["1", "1"]}, where="speech/c1", round_id=FINAL)
        close_round(app, round_id=FINAL)
        assert short(app, "awards") == ("needs", None, "changed")
        reopen_round(app, round_id="round-1", reason="phiếu gửi nhầm")
        assert short(app, "final") == ("needs", None, "starters")

    def test_the_log_says_whether_the_contest_was_ever_backed_up(
        self, app: Context, tmp_path: Path
    ) -> None:
        assert short(app, "log") == ("nothing", None, "no_backup")
        back_up(app, out=tmp_path / "b.zip")
        assert short(app, "log") == ("done", None, "backed_up")

    def test_packs_on_other_rubrics_must_be_built_anew(self, app: Context, tmp_path: Path) -> None:
        build_pack(app, tmp_path / "packs")
        talk = part("talk", [criterion("c1", most="20")])
        set_definition(app, preliminary(parts=(talk,), tie_breakers=()), final())
        assert short(app, "packs") == ("needs", 1, "outdated")
