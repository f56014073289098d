"""A person at the window: sees what is shown, clicks, types and drops; reaches for nothing else.

Controls are found as people find them: by their words or by the name that a screen reader tells.
File dialogs, which belong to the system, are answered where the window asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.widgets.pill import Pill
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Machine

W = TypeVar("W", bound=QWidget)
Name = str | re.Pattern[str]
SMALL_LAPTOP, FOR_PICTURES = (1366, 690), (1100, 640)
LONG_MS = 60_000


class Hands:
    """The hands and eyes of one person at one computer.

    Attributes:
        window: the only thing they have.
        files: what they will answer when the system's dialogs ask for files, in this order.
        pictures: a folder for pictures of what they see, or None.
    """

    def __init__(self, qtbot: QtBot, machine: Machine, *, pictures: Path | None = None) -> None:
        self.qtbot, self.pictures = qtbot, pictures
        self.files: list[Path] = []
        self._refused: list[JudgeError] = []
        self.window = MainWindow(machine)
        qtbot.addWidget(self.window)
        self.window.session.show_error = self._refused.append
        dialogs = self.window.session.dialogs
        for name in ("open_file", "open_folder", "save_file"):
            setattr(dialogs, name, self._give_a_file)
        dialogs.open_files = lambda *_: [self._give_a_file()]  # type: ignore[method-assign]  # the system's
        self.window.resize(*(FOR_PICTURES if pictures else SMALL_LAPTOP))
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def _give_a_file(self, *_: object, **__: object) -> Path:
        return self.files.pop(0)

    # --- seeing ---------------------------------------------------------------------------------

    def wait(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()), timeout=LONG_MS)

    def settle(self) -> None:
        """Wait until the window works no more, or asks; nothing may have been refused."""
        self.wait(lambda: self._refused or self._rests())
        QApplication.processEvents()
        refused = [self.window.session.texts.error(error) for error in self._refused]
        assert not refused, f"refused: {refused}"

    def _rests(self) -> bool:
        asking = QApplication.activeModalWidget() is not None  # often the end of some work
        return asking or not self.window.session.tasks.busy

    def refusals(self) -> list[JudgeError]:
        """Return what was refused since, and forget it."""
        self.wait(lambda: not self.window.session.tasks.busy)
        found = list(self._refused)
        self._refused.clear()
        return found

    def top(self) -> QWidget:
        """Return what is in front: a dialog, or the window."""
        return QApplication.activeModalWidget() or self.window

    def seen(self, kind: type[W], name: Name | None = None) -> list[W]:
        """Return what is in front and visible, of a kind, with these words or this name."""
        return [
            widget
            for widget in self.top().findChildren(kind)
            if widget.isVisible() and (name is None or _is_called(widget, name))
        ]

    def words(self) -> str:
        """Return all that is said in front."""
        QApplication.processEvents()
        labels = [label.text() for label in self.seen(QLabel)]
        labels += [pill.accessibleName() for pill in self.seen(Pill)]
        return "\n".join([*labels, *(button.text() for button in self.seen(QAbstractButton))])

    def sees(self, *sentences: str) -> None:
        """Wait until each of these is said somewhere in front."""
        for sentence in sentences:
            try:
                self.wait(partial(self._says, sentence))
            except TimeoutError as error:
                self._fault(f"{sentence!r} is not said", error)
            self.settle()

    def _says(self, sentence: str) -> bool:
        return sentence in self.words() or bool(self._refused)

    def _fault(self, what: str, error: TimeoutError) -> NoReturn:
        if self.pictures is not None:
            self.top().grab().save(str(self.pictures / "fault.png"))
        raise AssertionError(f"{what}; seen:\n{self.words()}") from error

    def look(self, name: str) -> None:
        """Take a picture of what is seen, if pictures are wanted."""
        if self.pictures is not None:
            self.settle()
            for toast in self.window.findChildren(Toast):
                toast.vanish()
            seen, top = self.window.grab(), self.top()
            if top is not self.window:
                painter = QPainter(seen)
                painter.drawPixmap(self.window.mapFromGlobal(top.pos()), top.grab())
                painter.end()
            seen.save(str(self.pictures / f"{name}.png"))

    # --- pressing -------------------------------------------------------------------------------

    def press(self, name: Name, *, in_drawer: bool = False) -> None:
        """Click the button, or the choice, with these words, as soon as it can be clicked."""
        self.click(self._ready(QAbstractButton, name, in_drawer=in_drawer))

    def _ready(
        self, kind: type[W], name: Name, *, in_drawer: bool = False,
        kinds: tuple[type[QWidget], ...] = (), nth: int = 0,
    ) -> W:  # fmt: skip
        def usable() -> list[W]:
            return [
                widget
                for widget in self.seen(kind, name)
                if widget.isEnabled()
                and (not in_drawer or _is_in_drawer(widget))
                and (not kinds or isinstance(widget, kinds))
            ]

        try:
            self.wait(lambda: len(usable()) > nth or self._refused)
        except TimeoutError as error:
            self._fault(f"nothing usable is called {name!r}", error)
        self.settle()
        found = usable()
        assert len(found) > nth, f"{name!r} went away"
        return found[nth]

    def click(self, widget: QWidget, at: QPoint | None = None, *, twice: bool = False) -> None:
        """Click into a widget where it can be seen; it is scrolled to first."""
        _bring(widget)
        place = at or widget.visibleRegion().boundingRect().center()
        do = QTest.mouseDClick if twice else QTest.mouseClick
        do(widget, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    @contextmanager
    def dialog(self, answer: Callable[[], object]) -> Iterator[None]:
        """What is done inside opens a dialog; ``answer`` is done in it."""
        before = QApplication.activeModalWidget()
        timer, state, fault = QTimer(), {"at": "waiting"}, list[BaseException]()

        def look() -> None:
            there = QApplication.activeModalWidget()
            if state["at"] != "waiting" or there is None or there is before:
                return
            state["at"] = "answering"
            try:
                answer()
            except BaseException as error:  # noqa: BLE001 - the dialog must not stay open
                fault.append(error)
                if isinstance(there, QDialog):
                    there.reject()
            state["at"] = "done"

        timer.timeout.connect(look)
        timer.start(10)
        yield
        try:
            self.wait(lambda: state["at"] == "done" or self._refused)
        finally:
            timer.stop()
        if fault:
            raise fault[0]
        self.settle()

    def choose_in_menu(self, name: Name) -> None:
        """Choose from the menu that is open."""
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if _fits(one.text(), name))
        assert action.isEnabled(), f"{name!r} is off"
        place = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def go_to(self, step: str) -> None:
        """Go to a step by its name in the rail."""
        self.settle()
        self.press(re.compile(rf"{re.escape(step)}(,.*)?"))
        self.settle()

    # --- typing ---------------------------------------------------------------------------------

    def type_into(self, name: Name, text: str, *, nth: int = 0) -> None:
        """Click into a field, the first or a later one of that name, and type over it."""
        field = self._ready(QWidget, name, kinds=(QLineEdit, QPlainTextEdit), nth=nth)
        self.click(field)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_letters(field, text)

    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        return QApplication.focusWidget() or self.top().focusWidget() or self.top()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def keys(self, text: str) -> None:
        """Type letters where the focus is."""
        QTest.keyClicks(self.focus(), text)
        QApplication.processEvents()

    # --- lists ----------------------------------------------------------------------------------

    def rows(self, of: Name) -> list[list[str]]:
        """Return what the cells of a list say, row by row."""
        self.settle()
        model = self._ready(QAbstractItemView, of).model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def told(self, of: Name) -> list[str]:
        """Return what a screen reader says of the rows of a list."""
        self.settle()
        model = self._ready(QAbstractItemView, of).model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role) or "") for row in range(model.rowCount())]

    def pick(self, of: Name, text: str, *, open_it: bool = False) -> None:
        """Click the row of a list in which a cell says this, twice to open it."""
        view = self._ready(QAbstractItemView, of)
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if text in str(index.data() or ""):
                    view.scrollTo(index)
                    place = view.visualRect(index).center()
                    self.click(view.viewport(), place)
                    if open_it:
                        self.click(view.viewport(), place, twice=True)
                    self.settle()
                    return
        raise AssertionError(f"{text!r} is not in {of!r}: {self.rows(of)}")

    def choose(self, of: Name, text: str, *, nth: int = 0) -> None:
        """Choose from a box that folds out, by keys."""
        box = self._ready(QComboBox, of, nth=nth)
        number = next(n for n in range(box.count()) if text in box.itemText(n))
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(number):
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() == number

    # --- dropping -------------------------------------------------------------------------------

    def drop(self, *paths: Path) -> None:
        """Drop files or folders in the middle of the window."""
        self.settle()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place = self.window.rect().center()
        under: QWidget | None = self.window.childAt(place) or self.window
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        while under is not None:
            at = under.mapFrom(self.window, place)
            enter = QDragEnterEvent(at, copy, data, left, plain)
            enter.ignore()
            if under.acceptDrops():
                QApplication.sendEvent(under, enter)
                if enter.isAccepted():
                    QApplication.sendEvent(under, QDropEvent(QPointF(at), copy, data, left, plain))
                    QApplication.processEvents()
                    return
            under = under.parentWidget()
        raise AssertionError("nothing here takes what is dropped")

    def leave(self) -> None:
        """Close the window."""
        self.settle()
        assert self.window.close()


def type_letters(widget: QWidget, text: str) -> None:
    """Type as a keyboard hook does: each letter with its text and no key of its own."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)
    QApplication.processEvents()


def _fits(said: str, name: Name) -> bool:
    if isinstance(name, re.Pattern):
        return name.fullmatch(said) is not None
    return said == name


def _is_called(widget: QWidget, name: Name) -> bool:
    said = [widget.accessibleName()]
    if isinstance(widget, QAbstractButton):
        said.append(widget.text())
    if isinstance(widget, QLineEdit):
        said.append(widget.placeholderText())
    return any(_fits(one, name) for one in said if one)


def _is_in_drawer(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above.objectName() != "drawer":
        above = above.parentWidget()
    return above is not None


def _bring(widget: QWidget) -> None:
    """Scroll to a widget, as a person would."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
            QApplication.processEvents()
        above = above.parentWidget()
    assert not widget.visibleRegion().isEmpty(), "it cannot be seen, so nobody can click it"
