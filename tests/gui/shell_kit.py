"""A window that is shown, and waiting until its background work is told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Machine


def shown_window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> MainWindow:
    """Return a window on the start page, which refuses in ``refused`` instead of in a dialog."""
    start_theme(qapp).use("light")
    window = MainWindow(machine)
    qtbot.addWidget(window)
    window.resize(1366, 690)
    window.show()
    settle(qtbot, window)
    return window


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=10_000)


def refusals_of(window: MainWindow) -> list[JudgeError]:
    told: list[JudgeError] = []
    window.session.show_error = told.append
    return told


def words_in(widget: QWidget) -> str:
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return "\n".join(labels)


def wait_for(qtbot: QtBot, what: Callable[[], bool]) -> None:
    qtbot.waitUntil(what, timeout=10_000)


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def type_in(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)
