"""The page of the final: running order, live table, and facts typed in the hall."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.final import FinalPage
from judgeapp.services.context import Context, Machine
from judgeapp.services.final_board import final_board
from tests.gui.results_kit import opened, settle, words
from tests.services.results_kit import contest, give_all, preliminary


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = contest(machine, tmp_path / "contest", preliminary())
    give_all(made, {"01": "9", "02": "7"})
    return made


def test_the_order_is_drawn_and_shown(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    with opened(FinalPage, app, qtbot, qapp) as page:
        assert page.draw_button.kind == "primary"
        page.draw_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        board = final_board(app)
        assert board.drawn
        assert [row.contestant.id for row in page.table.rows] == [
            row.contestant.id for row in board.rows
        ]


def test_another_order_is_confirmed_first(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(FinalPage, app, qtbot, qapp) as page:
        page.draw()
        settle(page, qtbot)
        settle(page, qtbot)
        before = [row.contestant.id for row in final_board(app).rows]
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: False)
        page.draw()
        settle(page, qtbot)
        assert [row.contestant.id for row in final_board(app).rows] == before


def test_facts_are_typed_one_contestant_after_the_other(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(FinalPage, app, qtbot, qapp) as page:
        page.enter_facts(page.table.rows[0])
        field = page.form.fields["talk", "seconds"]
        field.edit.setText("11:30")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        settle(page, qtbot)
        assert [fact.value for fact in final_board(app).rows[0].facts] == ["690"]
        assert page.form.row.contestant.id == "02"
        assert page.table.rows[0].total == 13


def test_a_refused_fact_stays_in_its_field_and_is_not_stored(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(FinalPage, app, qtbot, qapp) as page:
        page.enter_facts(page.table.rows[0])
        page.form.fields["talk", "seconds"].edit.setText("lâu")
        page.form.store()
        settle(page, qtbot)
        assert page.form.fields["talk", "seconds"].refused
        assert page.form.fields["talk", "seconds"].text == "lâu"
        page.form.fields["talk", "seconds"].edit.setText("")
        page.form.fields["talk", "points"].edit.setText("0,5")
        page.form.store()
        settle(page, qtbot)
        assert page.form.fields["talk", "reason"].refused
        assert final_board(app).rows[0].facts == ()


def test_before_anybody_is_through_the_page_says_what_to_do(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(FinalPage, contest(machine, tmp_path / "c"), qtbot, qapp) as page:
        assert "Chưa có danh sách vào chung kết" in words(page)
