"""What a step's outcome offers to take it back: everything is as before, or it says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.services.contest import describe_contest, export_definition
from judgeapp.services.context import Context, Machine, Outcome
from judgeapp.services.final_board import final_board, set_order
from judgeapp.services.judging import set_facts, set_panel
from judgeapp.services.panel import remove_judge, save_judge
from judgeapp.services.papers import set_papers, show_papers
from judgeapp.services.people import reinstate, substitute, withdraw
from judgeapp.services.people_edit import edit_contestant
from judgeapp.services.rules import change_rules
from tests.judging_kit import ROUND, make_contest

ONE = ContestantId("01")
Do = Callable[[Context], Outcome[Any]]


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = make_contest(machine, tmp_path / "contest", contestants=("01", "02"))
    edit_contestant(made, contestant=ONE, changes={"birth": "1985", "phone": "0912345678"},
                    reason="như hồ sơ")  # fmt: skip
    return made


def state(app: Context) -> Mapping[str, object]:
    """Return everything that the steps of these tests can change."""
    with app.read() as u:
        return {
            "people": u.people.contestants(),
            "judges": sorted(u.judging.judges(), key=lambda one: one.id),
            "conflicts": sorted(u.judging.conflicts(), key=lambda p: (p.judge, p.contestant)),
            "facts": u.judging.facts(ROUND),
            "name": u.contest.meta()["name"],
            "order": [row.place for row in final_board(app).rows],
            "papers": show_papers(app),
            "rules": {**export_definition(app)},
        }


def judge_of(app: Context) -> str:
    with app.read() as u:
        return u.judging.judges()[0].id


STEPS: dict[str, Do] = {
    "withdraw": lambda app: withdraw(app, contestant=ONE, reason="ốm"),
    "edit": lambda app: edit_contestant(
        app, contestant=ONE, changes={"name": "Lò Văn Mới", "phone": ""}, reason="nhầm"
    ),
    "substitute": lambda app: substitute(app, contestant=ONE, name="Ma Thị Thay", reason="ốm"),
    "save_judge": lambda app: save_judge(app, judge=judge_of(app), name="Tên khác", conflicts="2"),
    "new_judge": lambda app: save_judge(app, judge="J99", name="Người mới", new=True),
    "remove_judge": lambda app: remove_judge(app, judge=judge_of(app)),
    "describe": lambda app: describe_contest(app, name="Tên hội thi khác", place="Sông Mai"),
    "order": lambda app: set_order(app, order=["02", "01"]),
    "papers": lambda app: set_papers(app, body={"place": "Sông Mai"}),
    "facts": lambda app: set_facts(
        app, typed=[{"contestant": "01", "part": "talk", "seconds": "301"}]
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_undone_everything_is_as_before_and_done_again_as_after(app: Context, name: str) -> None:
    before = state(app)
    outcome = STEPS[name](app)
    after = state(app)
    assert after != before
    assert outcome.undo is not None
    undone = outcome.undo.do(app)
    assert state(app) == before
    assert undone.undo is not None
    undone.undo.do(app)
    assert state(app) == after
    app.store.close()


@pytest.mark.parametrize("name", ["withdraw", "edit", "save_judge", "facts"])
def test_after_another_change_it_refuses_and_changes_nothing(app: Context, name: str) -> None:
    others: dict[str, Do] = {
        "withdraw": lambda app: reinstate(app, contestant=ONE, reason="khỏe lại"),
        "edit": lambda app: edit_contestant(
            app, contestant=ONE, changes={"name": "Lò Văn Ba"}, reason="lần nữa"
        ),
        "save_judge": lambda app: save_judge(app, judge="J99", name="Người mới", new=True),
        "facts": lambda app: set_facts(
            app, typed=[{"contestant": "01", "part": "talk", "seconds": "302"}]
        ),
    }
    outcome = STEPS[name](app)
    others[name](app)
    present = state(app)
    assert outcome.undo is not None
    with pytest.raises(JudgeError) as refused:
        outcome.undo.do(app)
    assert refused.value.code == "undo.changed_since"
    assert state(app) == present
    app.store.close()


def test_a_panel_from_a_file_gives_way_to_the_one_before(app: Context, tmp_path: Path) -> None:
    before = state(app)
    (tmp_path / "ban.csv").write_text("id,name,role\nJ8,Lò Văn Tám,member\n", encoding="utf-8")
    undo = set_panel(app, file=tmp_path / "ban.csv").undo
    assert state(app) != before
    assert undo is not None
    undo.do(app)
    assert state(app) == before
    app.store.close()


def test_a_fact_that_replaced_another_gives_way_to_it_again(app: Context) -> None:
    first = [{"contestant": "01", "part": "talk", "seconds": "300"}]
    set_facts(app, typed=first)
    before = state(app)
    undo = STEPS["facts"](app).undo
    assert undo is not None
    undo.do(app)
    assert state(app) == before
    app.store.close()


def test_rules_go_back_by_one_more_version(contest: Context) -> None:
    before = export_definition(contest)
    outcome = change_rules(contest, round_id="preliminary", cut=12)
    assert outcome.undo is not None
    back = outcome.undo.do(contest)
    assert export_definition(contest) == before
    assert back.value == outcome.value + 1
