"""Every component at each theme and text size: nothing is cut, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.gui.theme import start_theme
from judgeapp.system.settings import TextSize, ThemeChoice
from tests.gui.gallery import SIZES, THEMES, Gallery
from tests.gui.test_widgets_table import uncut


@pytest.fixture
def sheet(qtbot: QtBot, qapp: QApplication) -> Iterator[Gallery]:
    start_theme(qapp).use("light")
    made = Gallery()
    qtbot.addWidget(made)
    made.resize(1366, 1250)
    made.show()
    yield made
    made.close()
    start_theme(qapp).use("light")


def too_small(widget: QWidget) -> bool:
    least = widget.minimumSizeHint()
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    if wraps or widget.hasHeightForWidth():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < least.width() or widget.height() < least.height()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("choice", THEMES)
def test_nothing_is_cut(
    sheet: Gallery, qapp: QApplication, choice: ThemeChoice, size: TextSize
) -> None:
    used = start_theme(qapp)
    used.use(choice, size)
    sheet.resize(round(1366 * used.scale), round(1250 * used.scale))
    for _ in range(3):  # heights follow widths, which follow the text size
        qapp.processEvents()
    seen = [w for w in sheet.findChildren(QWidget) if w.isVisible() and w.metaObject()]
    kinds = (QLabel, QAbstractButton, QLineEdit)
    cut = [w for w in seen if isinstance(w, kinds) and too_small(w)]
    assert not [(type(w).__name__, w.size(), w.minimumSizeHint()) for w in cut]
    uncut(sheet.table)
    assert not sheet.grab().isNull()


def test_everything_that_takes_the_focus_has_a_name(sheet: Gallery) -> None:
    for widget in sheet.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            if widget.metaObject().className().startswith("Q") and widget.parent() is not None:
                continue  # parts of Qt's own widgets
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget


def test_the_theme_changes_at_once(sheet: Gallery, qapp: QApplication) -> None:
    light = sheet.grab().toImage().pixelColor(4, 4).name()
    start_theme(qapp).use("dark")
    dark = sheet.grab().toImage().pixelColor(4, 4).name()
    assert (light, dark) == ("#f5f5f2", "#161719")
