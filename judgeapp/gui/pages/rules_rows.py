"""Rows of fields that can be added, moved and removed, by mouse and by keyboard.

Each row has a menu at its right: up, down, remove. Alt+↑ and Alt+↓ move the row with the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

_AMOUNT = 72

W = TypeVar("W", bound=QWidget)


class _Row(QWidget):
    """One row: its fields, and the menu."""

    key_move = Signal(int)

    def __init__(self, fields: QWidget, menu: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(fields, 1)
        row.addWidget(menu, 0, Qt.AlignmentFlag.AlignTop)
        self.fields = fields

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.key_move.emit(step)
            return
        super().keyPressEvent(event)


class NameAndAmount(QWidget):
    """The fields of a row: what it is called, and a number in a narrow field beside it."""

    def __init__(self, name: Field, amount: Field) -> None:
        super().__init__()
        amount.setFixedWidth(theme().px(_AMOUNT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(amount, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(name.edit)


class RowList(QWidget, Generic[W]):
    """Rows of one kind, in an order that a person sets.

    Attributes:
        changed: a row came, went or moved.
        add_button: adds a row at the end.
    """

    changed = Signal()

    def __init__(
        self,
        texts: Texts,
        name: str,
        add_words: str,
        make: Callable[[], W],
        *,
        least: int = 0,
        empty: str = "",
        ordered: bool = True,
    ) -> None:
        """Make an empty list.

        Args:
            texts: the language in use.
            name: what the rows are, for menus and screen readers.
            add_words: what the button below says.
            make: makes the fields of a new row; they take the focus by proxy.
            least: so few rows there always are.
            empty: what is said while there is none.
            ordered: whether rows can be moved.
        """
        super().__init__()
        self._texts, self._name, self._make = texts, name, make
        self._least, self._ordered = least, ordered
        self.setAccessibleName(name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        whole.addLayout(self._column)
        self._empty = label(empty, "small", "second", wrap=True)
        whole.addWidget(self._empty)
        self.add_button = Button(add_words, kind="ghost", icon="plus")
        self.add_button.clicked.connect(self._add_new)
        whole.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._list: list[_Row] = []
        self._show_empty()

    @property
    def rows(self) -> list[W]:
        """The fields of each row, in order."""
        return [row.fields for row in self._list]  # type: ignore[misc]  # made by `make`

    def add(self, fields: W) -> None:
        """Add a row at the end."""
        menu = icon_button("ellipsis", self._texts("gui.rules.row", name=self._name))
        row = _Row(fields, menu)
        menu.clicked.connect(lambda: self._open_menu(row, menu))
        row.key_move.connect(lambda step: self.move_row(self._list.index(row), step))
        self._list.append(row)
        self._column.addWidget(row)
        self._show_empty()
        self.changed.emit()

    def remove(self, place: int) -> None:
        """Take a row away, unless it is one of the last that must stay."""
        if len(self._list) <= self._least:
            return
        row = self._list.pop(place)
        row.hide()
        row.deleteLater()
        self._show_empty()
        self.changed.emit()
        near = self._list[min(place, len(self._list) - 1)] if self._list else self.add_button
        (near.fields if isinstance(near, _Row) else near).setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # fmt: skip

    def move_row(self, place: int, by: int) -> None:
        """Move a row up or down by so many places, as far as there are places."""
        target = place + by
        if not self._ordered or not 0 <= target < len(self._list):
            return
        focus = self.window().focusWidget()
        row = self._list.pop(place)
        self._list.insert(target, row)
        self._column.insertWidget(target, row)
        if focus is not None and row.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._order_tabs()
        self.changed.emit()

    def _order_tabs(self) -> None:
        """Let Tab walk the rows in the order in which they stand."""
        stops = [
            widget
            for row in self._list
            for widget in row.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        for first, second in zip(stops, [*stops[1:], self.add_button], strict=True):
            QWidget.setTabOrder(first, second)

    def _add_new(self) -> None:
        self.add(self._make())
        self._list[-1].fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_menu(self, row: _Row, button: Button) -> None:
        place = self._list.index(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._ordered:
            for step, name in ((-1, "up"), (1, "down")):
                action = menu.addAction(self._texts(f"gui.rules.row.{name}"))
                action.setEnabled(0 <= place + step < len(self._list))
                action.triggered.connect(lambda _=False, step=step: self.move_row(place, step))
        gone = menu.addAction(self._texts("gui.rules.row.remove"))
        gone.setEnabled(len(self._list) > self._least)
        gone.triggered.connect(lambda: self.remove(place))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._list and bool(self._empty.text()))
