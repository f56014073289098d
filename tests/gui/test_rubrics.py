"""The page of rubrics: totals, a change with its live total, the lock."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.rubrics import RubricsPage
from judgeapp.services.contest import summary
from judgeapp.services.context import Context, Machine
from tests.gui.results_kit import opened, settle, words
from tests.judging_kit import build_pack, make_contest


def test_totals_follow_what_is_typed_and_a_change_needs_a_reason(
    contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(RubricsPage, contest, qtbot, qapp) as page:
        assert "Tổng 100 điểm: Soạn đề cương 30 + Thuyết trình (clip) 70" in words(page)
        assert len(page.table.rows) == 8
        page.edit_button.click()
        form = page.form
        assert form is not None
        form.points["outline/content"].text = "15,"
        assert "Tổng mới: 101 điểm" in words(form)
        form.points["outline/content"].text = "x"
        form.reason.text = "Ban tổ chức họp"
        assert "Còn ô điểm chưa đọc được" in words(form)
        assert not form.save_button.isEnabled()
        form.points["outline/content"].text = "15"
        form.save_button.click()
        settle(page, qtbot)
        assert "Tổng 101 điểm" in words(page)
        assert summary(contest).version == 2


def test_rubrics_are_locked_once_packs_are_out(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "pack")
    with opened(RubricsPage, app, qtbot, qapp) as page:
        assert "thang điểm của vòng này đã khoá" in words(page)
        assert not page.edit_button.isEnabled()
        page.edit()
        assert not page.drawer_is_open
