"""A round held in the hall: running order, board, and facts that are typed."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.errors import BadRows
from judgeapp.services.context import Context, Machine
from judgeapp.services.final_board import draw_order, final_board
from judgeapp.services.judging import set_facts
from tests.refused import refused
from tests.services.results_kit import contest, give_all, preliminary, set_stage


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return contest(machine, tmp_path / "contest", preliminary())


def test_the_order_is_the_one_anybody_can_work_out(app: Context) -> None:
    order = draw_order(app, seed=42).value
    lots = {n: sha256(f"42/{n}".encode()).hexdigest() for n in ("01", "02", "03", "04")}
    assert list(order) == sorted(lots, key=lots.__getitem__)
    board = final_board(app)
    assert [row.contestant.id for row in board.rows] == list(order)
    assert [row.place for row in board.rows] == [1, 2, 3, 4]
    with refused("people.draw_seed"):
        draw_order(app, seed=-1)


def test_the_board_shows_how_far_each_is(app: Context) -> None:
    give_all(app, {"01": "9", "02": "7"})
    rows = {str(row.contestant.id): row for row in final_board(app).rows}
    assert (rows["01"].rank, rows["01"].total) == (1, Fraction(14))
    assert (rows["01"].done, rows["01"].owed) == (4, 4)
    assert (rows["03"].rank, rows["03"].done) == (None, 0)
    assert not final_board(app).drawn


def test_facts_can_be_typed(app: Context) -> None:
    give_all(app, {"01": "9"})
    typed = [{"contestant": "01", "part": "talk", "seconds": "11:30"}]
    assert set_facts(app, typed=typed).value.stored == 1
    (fact,) = final_board(app).rows[0].facts
    assert (fact.what, fact.value) == ("seconds", "690")
    with pytest.raises(BadRows):
        set_facts(app, typed=[{"contestant": "01", "part": "talk", "seconds": "soon"}])


def test_a_closed_round_is_not_drawn_again(app: Context) -> None:
    set_stage(app, "closed")
    with refused("judging.round_closed"):
        draw_order(app)


def test_the_command_line_draws_and_shows(app: Context, capsys: pytest.CaptureFixture[str]) -> None:
    app.store.close()
    assert run(["judging", "order", str(app.folder), "--seed", "7"]) == 0
    assert run(["judging", "board", str(app.folder)]) == 0
    assert "01" in capsys.readouterr().out
