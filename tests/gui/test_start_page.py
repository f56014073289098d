from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.start_page import StartPage
from judgeapp.gui.widgets.button import Button
from judgeapp.services.context import Context, Machine
from judgeapp.system.recents import Recent, load_recents, remember
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for, words_in

SIZES = ((1366, 690), (1093, 545), (911, 440), (683, 345), (1920, 1080))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[MainWindow]:
    made = shown_window(qtbot, qapp, machine)
    yield made
    made.close()


def start(window: MainWindow) -> StartPage:
    assert window.start is not None
    return window.start


def primary(page: StartPage) -> list[Button]:
    return [b for b in page.findChildren(Button) if b.kind == "primary" and b.isVisibleTo(page)]


def test_on_the_first_run_the_two_roles_have_the_blue_buttons(window: MainWindow) -> None:
    page = start(window)
    assert [button.text() for button in primary(page)] == ["Lập hội thi mới", "Mở gói chấm…"]
    assert "Làm tiếp" not in words_in(page)


def test_what_one_was_doing_comes_first_and_has_the_only_blue_button(
    qtbot: QtBot, window: MainWindow, contest: Context
) -> None:
    window.open(contest.folder)
    wait_for(qtbot, lambda: window.shell is not None and bool(window.shell.current))
    settle(qtbot, window)
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    page = start(window)
    wait_for(qtbot, lambda: [button.text() for button in primary(page)] == ["Làm tiếp"])
    assert "Hội thi thử" in words_in(page)
    assert "Tiếp theo: Thí sinh" in page.rows[0].button.accessibleName()
    wait_for(qtbot, lambda: window.focusWidget() is page.first_button)
    press(page.rows[0].button, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: window.shell is not None)


def test_recent_work_that_is_gone_says_so_and_can_be_looked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths = window.session.machine.paths
    remember(paths, Recent(str(tmp_path / "gone"), "contest", "Hội thi cũ", "2026-11-01T08:00:00Z"))
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    row = start(window).rows[0]
    assert "Không tìm thấy" in row.button.accessibleName()
    assert row.button.text() == "Tìm lại…"


def test_a_folder_that_is_no_contest_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    told = refusals_of(window)
    window.open(tmp_path)
    wait_for(qtbot, lambda: bool(told))
    assert "không phải là thư mục hội thi" in window.session.texts.error(told[0])
    assert window.start is not None


def test_a_contest_dropped_on_the_window_is_opened(
    qtbot: QtBot, window: MainWindow, contest: Context
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(contest.folder))])
    move, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(QDropEvent(QPointF(10, 10), move, data, left, none))
    wait_for(qtbot, lambda: window.shell is not None)
    settle(qtbot, window)
    assert load_recents(window.session.machine.paths)[0].path == str(contest.folder)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_at_any_size(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    paths = window.session.machine.paths
    long_name = "Hội thi Báo cáo viên giỏi các cơ quan, đơn vị trực thuộc tỉnh Lâm Giang năm 2026"
    remember(paths, Recent("/không/có", "contest", long_name, "2026-11-01T08:00:00Z"))
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    window.resize(*size)
    page = start(window)
    qtbot.waitUntil(lambda: page.width() == window.width())
    inner = page.widget()
    assert inner is not None
    wait_for(qtbot, lambda: inner.minimumSizeHint().width() <= page.viewport().width())
    for button in page.findChildren(Button):
        if button.isVisibleTo(page):
            assert button.width() >= button.sizeHint().width()
            assert button.accessibleName() or button.text()
