from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from judgeapp.gui.app import make_start_page
from judgeapp.gui.start_page import StartPage
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Context


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> Iterator[StartPage]:
    start_theme(qapp)
    page = make_start_page("vi")
    qtbot.addWidget(page)
    page.show()
    yield page
    page.wait()
    page.close()


def _words(page: StartPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_an_opened_contest_says_what_it_is(page: StartPage, contest: Context, qtbot: QtBot) -> None:
    page.open(contest.folder)
    qtbot.waitUntil(lambda: "Hội thi thử" in _words(page))
    words = _words(page)
    assert str(contest.folder) in words
    assert "0 thí sinh" in words
    assert "Chung kết 3 phần" in words


def test_a_folder_that_is_no_contest_is_refused_in_words(
    page: StartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open(tmp_path)
    qtbot.waitUntil(lambda: "không phải là thư mục hội thi" in _words(page))
    assert str(tmp_path) in _words(page)


def test_the_page_is_reached_by_keyboard_and_nothing_is_cut(page: StartPage, qtbot: QtBot) -> None:
    page.open_button.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.open_button.focusPolicy() & Qt.FocusPolicy.TabFocus
    for width, height in ((1366, 690), (911, 440), (683, 345)):
        page.resize(width, height)
        for button in page.findChildren(QPushButton):
            assert button.width() >= button.sizeHint().width()
        assert page.horizontalScrollBar().maximum() == 0
