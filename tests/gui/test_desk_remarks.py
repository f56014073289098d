"""The comment on a whole entry, a reported problem, and the desk on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.desk_over import ProblemCard
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Machine
from judgeapp.services.desk_view import desk_view
from tests.gui.desk_kit import (
    ONE,
    SAID_BY_THE_MACHINE,
    TWO,
    AtTheDesk,
    at_the_desk,
    pack_of_all,
    send,
)

pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of_all(tmp_path_factory.mktemp("office"))


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path) -> Iterator[AtTheDesk]:
    yield from at_the_desk(qtbot, qapp, machine, pack)
    for toast in qapp.topLevelWidgets():
        for child in toast.findChildren(Toast):
            child.vanish()


def stored(at: AtTheDesk, contestant: str, kind: str) -> str:
    at.settle()
    entry = next(e for e in desk_view(at.page.desk).entries if e.contestant == contestant)
    return entry.remark("comment" if kind == "comment" else "problem")


def problem_card(at: AtTheDesk) -> ProblemCard:
    at.qtbot.mouseClick(at.page.score.top.problem, Qt.MouseButton.LeftButton)
    cards = [card for card in at.page.findChildren(ProblemCard) if card.isVisible()]
    (card,) = cards
    return card


def test_a_comment_is_stored_when_the_entry_is_left(at: AtTheDesk) -> None:
    at.mark()
    words = at.page.score.rubric.comment.words
    words.setFocus()
    send(words, "Gọn, rõ. jlrnf 5?")
    at.press(Qt.Key.Key_Escape)
    assert at.field.hasFocus()
    at.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert stored(at, ONE, "comment") == "Gọn, rõ. jlrnf 5?"
    assert at.current()[0] == TWO
    assert words.toPlainText() == ""
    at.page.mark(ONE)
    assert words.toPlainText() == "Gọn, rõ. jlrnf 5?"


def test_a_comment_is_stored_when_the_window_closes(at: AtTheDesk) -> None:
    at.mark()
    words = at.page.score.rubric.comment.words
    words.setFocus()
    send(words, "Gọn")
    assert at.page.close()
    assert stored(at, ONE, "comment") == "Gọn"


def test_a_problem_is_reported_and_taken_back(at: AtTheDesk) -> None:
    at.mark()
    card = problem_card(at)
    assert not card.send.isEnabled()
    assert any(x.isVisible() and x.text() == "Chọn một sự cố" for x in card.findChildren(QLabel))
    at.press(Qt.Key.Key_Space)
    card.detail.setFocus()
    send(card.detail, "từ phút 3")
    at.press(Qt.Key.Key_Return)
    assert stored(at, ONE, "problem") == "Clip không phát được hoặc không có hình. từ phút 3"
    assert at.page.score.top.problem.text() == "Đã báo sự cố"
    assert at.field.hasFocus()
    card = problem_card(at)
    at.qtbot.mouseClick(card.take_back, Qt.MouseButton.LeftButton)
    assert stored(at, ONE, "problem") == ""
    assert at.page.score.top.problem.text() == "Báo sự cố"


def test_something_else_must_be_said(at: AtTheDesk) -> None:
    at.mark()
    card = problem_card(at)
    card.kinds.choose("other")
    card.kinds.chosen.emit("other")
    assert not card.send.isEnabled()
    send(card.detail, "Hai người trong clip")
    at.qtbot.mouseClick(card.send, Qt.MouseButton.LeftButton)
    assert stored(at, ONE, "problem") == "Hai người trong clip"


def test_keys_over_the_desk_do_not_reach_it(at: AtTheDesk) -> None:
    at.mark()
    card = problem_card(at)
    card.setFocus()
    at.press(Qt.Key.Key_7)
    assert at.field.text() == ""
    at.press(Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert at.field.hasFocus()


@pytest.mark.parametrize("size", [(1366, 690), (911, 440), (683, 345)])
def test_the_problem_can_be_reported_at_each_size(at: AtTheDesk, size: tuple[int, int]) -> None:
    at.mark()
    at.page.resize(*size)
    at.page.score.show_problem()
    (card,) = [card for card in at.page.findChildren(ProblemCard) if card.isVisible()]
    assert card.width() <= size[0]
    assert card.height() <= size[1]
    at.qtbot.waitUntil(lambda: card.send.visibleRegion().boundingRect() == card.send.rect())


def test_a_small_screen_is_filled_and_given_back(
    at: AtTheDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(911, 440))
    at.page.resize(911, 400)
    at.mark()
    assert at.page.isFullScreen()
    at.page.score.top.back.emit()
    assert not at.page.isFullScreen()
    at.mark()
    assert at.page.isFullScreen()
    at.press(Qt.Key.Key_F11)
    assert not at.page.isFullScreen()
    at.page.show_list()
    at.mark()
    assert not at.page.isFullScreen()
    at.press(Qt.Key.Key_F11)
    assert at.page.isFullScreen()
    assert at.page.close()
    assert not at.page.isFullScreen()


def test_a_large_screen_is_not_filled(at: AtTheDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1366, 728))
    at.page.resize(900, 430)
    at.mark()
    assert not at.page.isFullScreen()


def test_the_menu_holds_what_has_no_button(at: AtTheDesk) -> None:
    at.mark()
    at.qtbot.mouseClick(at.page.score.top.more, Qt.MouseButton.LeftButton)
    (menu,) = [menu for menu in at.page.score.findChildren(QMenu) if menu.isVisible()]
    said = [action.text() for action in menu.actions()]
    assert said[:2] == ["Báo sự cố", "Phím tắt ở bàn chấm"]
    menu.close()
