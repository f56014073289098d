"""Forms of the rules as a person uses them: buttons by their words, fields by their names."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.contest import Round
from judgeapp.gui.page import Page
from judgeapp.gui.pages.rules_form import DrawerForm
from judgeapp.gui.widgets.button import Button
from judgeapp.services.contest import ContestSummary, summary
from judgeapp.services.context import Context
from tests.gui.results_kit import settle

F = TypeVar("F", bound=DrawerForm)


def buttons(inside: QWidget, name: str) -> list[Button]:
    """Return the visible buttons of that accessible name or those words."""
    return [
        one
        for one in inside.findChildren(Button)
        if name in (one.text(), one.accessibleName()) and one.isVisibleTo(inside)
    ]


def press_button(inside: QWidget, name: str, qtbot: QtBot) -> None:
    """Press the one button of that name, as soon as it is there."""
    qtbot.waitUntil(lambda: len(buttons(inside, name)) == 1)
    (button,) = buttons(inside, name)
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_the(page: Page, kind: type[F], name: str, qtbot: QtBot) -> F:
    """Press a button of the page and return the form that it opens."""
    settle(page, qtbot)
    press_button(page, name, qtbot)
    qtbot.waitUntil(lambda: page.drawer_is_open)
    form = page.form  # type: ignore[attr-defined]  # both pages have one
    assert isinstance(form, kind)
    return form


def write(edit: QLineEdit, text: str) -> None:
    """Type a text in place of what stands there; letters with marks come as from a keyboard."""
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    if text.isascii():
        QTest.keyClicks(edit, text)
    else:
        edit.insert(text)  # QTest has no keys for them


def store(page: Page, form: DrawerForm, qtbot: QtBot) -> None:
    """Press the blue button and wait until it is stored and shown."""
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert not page.drawer_is_open, form._said.text()
    settle(page, qtbot)


def rounds(app: Context) -> tuple[Round, ...]:
    """Return the rounds in force."""
    return found(app).definition.rounds


def found(app: Context) -> ContestSummary:
    """Return the contest as it is stored."""
    return summary(app)
