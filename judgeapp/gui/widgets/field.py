"""Field: a line to type in, its label above, and below it help or why the text is refused."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import label, set_tone

_SIDE, _MOST_HINT = 14, 220


class Field(QWidget):
    """A labelled line; refused text stays as it was typed.

    Attributes:
        edit: the line itself.
    """

    def __init__(self, label_text: str, *, placeholder: str = "", help_text: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label_text or placeholder)
        self._help_text = help_text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if label_text:
            title = label(label_text, "small", "second", wrap=True)
            title.setBuddy(self.edit)
            column.addWidget(title)
        column.addWidget(self.edit)
        self._sign = Sign("circle-alert", "stop", 16)
        self._below = label("", "small", "second", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._below, 1)
        column.addLayout(row)
        self.setFocusProxy(self.edit)
        self._fit_placeholder()
        theme().changed.connect(self._fit_placeholder)
        self.accept()

    def _fit_placeholder(self) -> None:
        """Let a short hint be read whole."""
        hint = QFontMetricsF(theme().font("body")).horizontalAdvance(self.edit.placeholderText())
        self.edit.setMinimumWidth(min(ceil(hint) + 2 * _SIDE, theme().px(_MOST_HINT)))

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    @text.setter
    def text(self, value: str) -> None:
        self.edit.setText(value)

    @property
    def refused(self) -> bool:
        """Whether what is typed is refused."""
        return str(self.edit.property("state")) == "refused"

    def offer(self, words: Iterable[str]) -> None:
        """Offer words that hold what is being typed, anywhere in them, in either case."""
        completer = QCompleter(list(words), self.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)

    def refuse(self, sentence: str) -> None:
        """Show that what is typed does not hold, and why; the text stays."""
        self._show(sentence, "stop")
        self._sign.setVisible(True)
        set_tone(self.edit, "refused", "state")

    def accept(self) -> None:
        """Take the refusal away."""
        self._show(self._help_text, "second")
        self._sign.setVisible(False)
        set_tone(self.edit, "", "state")

    def _show(self, sentence: str, tone: str) -> None:
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        set_tone(self._below, tone)
        set_tone(self._below, "small-strong" if tone == "stop" else "small", "role")
        self.edit.setAccessibleDescription(sentence)
