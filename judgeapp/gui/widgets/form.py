"""Form: fields below one another under headings, and the button that stores what they say."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import label

K = TypeVar("K", bound=Hashable)


class Form(QWidget, Generic[K]):
    """Fields by key; it scrolls, the button below stays.

    Attributes:
        fields: in the order in which they were added.
        save: the button.
        asked: what is typed is to be stored: the button was pressed.
    """

    asked = Signal()

    def __init__(self, save: Button) -> None:
        super().__init__()
        self.fields: dict[K, Field] = {}
        self._before: dict[K, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2, 0, 8, 8)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        scroll = scrolling(inner)
        outer.addWidget(scroll, 1)
        self.save = save
        save.clicked.connect(self.asked)
        outer.addWidget(save)

    def add_words(self, text: str, role: str = "subhead", tone: str = "") -> None:
        """Put words between the fields."""
        self._column.insertWidget(self._column.count() - 1, label(text, role, tone, wrap=True))

    def add_field(self, key: K, title: str, value: str) -> Field:
        """Put a field at the end; the first one is where the focus goes."""
        field = Field(title)
        field.text = value
        self.fields[key], self._before[key] = field, field.text
        self._column.insertWidget(self._column.count() - 1, field)
        if len(self.fields) == 1:
            self.setFocusProxy(field.edit)
        return field

    def is_changed(self, key: K) -> bool:
        """Whether something else stands in a field than at first."""
        return self.fields[key].text != self._before[key]

    def accept_all(self) -> None:
        """Take all refusals away."""
        for field in self.fields.values():
            field.accept()
