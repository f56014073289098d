from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Machine
from judgeapp.services.people import list_people, reinstate, withdraw
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for
from tests.judging_kit import make_contest

pytestmark = pytest.mark.qt_log_ignore("pipewire", "propagateSizeHints", extend=True)
ONE = ContestantId("01")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, machine: Machine, tmp_path: Path
) -> Iterator[MainWindow]:
    made = make_contest(machine, tmp_path / "contest", contestants=("01", "02"))
    made.store.close()
    window = shown_window(qtbot, qapp, machine)
    window.open(made.folder)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    yield window
    window.close()


def do_withdraw(qtbot: QtBot, window: MainWindow) -> None:
    app = window.session.app
    window.session.run(lambda _: withdraw(app, contestant=ONE, reason="ốm"))
    settle(qtbot, window)


def is_withdrawn(window: MainWindow) -> bool:
    lines = {line.contestant.id: line.contestant for line in list_people(window.session.app)}
    return lines[ONE].withdrawn


def toast(window: MainWindow) -> Toast:
    found = window.findChildren(Toast)
    assert len(found) == 1
    return found[0]


def test_the_toast_takes_the_step_back(qtbot: QtBot, window: MainWindow) -> None:
    do_withdraw(qtbot, window)
    assert "Cho thí sinh 01" in toast(window).accessibleName()
    button = toast(window).findChild(Button)
    assert isinstance(button, Button)
    assert button.text() == "Hoàn tác"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert not is_withdrawn(window)
    assert toast(window).accessibleName().startswith("Đã hoàn tác: Cho thí sinh 01")


def test_ctrl_z_takes_it_back_later_and_ctrl_y_does_it_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    do_withdraw(qtbot, window)
    toast(window).vanish()
    window.go_to("results")
    settle(qtbot, window)
    press(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert not is_withdrawn(window)
    press(window, Qt.Key.Key_Y, CTRL)
    settle(qtbot, window)
    assert is_withdrawn(window)
    press(window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert not is_withdrawn(window)


def test_what_cannot_be_undone_says_why(qtbot: QtBot, window: MainWindow) -> None:
    do_withdraw(qtbot, window)
    reinstate(window.session.app, contestant=ONE, reason="khỏe lại")
    told = refusals_of(window)
    press(window, Qt.Key.Key_Z, CTRL)
    wait_for(qtbot, lambda: bool(told))
    assert "đã có thay đổi khác" in window.session.texts.error(told[0])
    assert not is_withdrawn(window)


def test_with_nothing_to_undo_it_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_Z, CTRL)
    assert toast(window).accessibleName() == "Không còn bước nào hoàn tác được."


def test_ctrl_z_in_a_field_is_the_fields_own(qtbot: QtBot, window: MainWindow) -> None:
    do_withdraw(qtbot, window)
    window.go_to("people")
    settle(qtbot, window)
    assert window.shell is not None
    assert window.shell.page is not None
    field = next(e for e in window.shell.page.findChildren(QLineEdit) if e.isVisible())
    field.setFocus()
    qtbot.keyClicks(field, "a")
    press(field, Qt.Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert field.text() == ""
    assert is_withdrawn(window)


def test_the_steps_of_a_contest_are_forgotten_when_it_is_closed(
    qtbot: QtBot, window: MainWindow
) -> None:
    do_withdraw(qtbot, window)
    assert window.session.undo.next_words
    window.show_start()
    settle(qtbot, window)
    assert not window.session.undo.next_words


def test_the_palette_names_what_would_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    do_withdraw(qtbot, window)
    found = [entry for entry in window.commands.entries() if entry.title == "Hoàn tác"]
    assert [entry.second.startswith("Cho thí sinh 01") for entry in found] == [True]
