"""The head of a page: title, one line of summary, at most two actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.text import clear, label

_LEAST_WORDS = 280


class PageHead(QWidget):
    """Actions stand beside the words, or below them where the words would get cramped."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = label(title, "title", wrap=True)
        self._summary = label("", "body", "second", wrap=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        self._row.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._row.addLayout(self._actions)

    def set_title(self, text: str) -> None:
        """Change the title."""
        self._title.setText(text)

    def set_summary(self, text: str) -> None:
        """Say in one line what stands on the page."""
        self._summary.setText(text)

    def set_actions(self, *buttons: QWidget) -> None:
        """Put actions at the right."""
        clear(self._actions)
        for button in buttons:
            self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.place()

    def place(self) -> None:
        """Put the actions where there is room; to be called when one was hidden or shown."""
        room = self.width() - self._actions.sizeHint().width()
        cramped = self._actions.count() and room < theme().px(_LEAST_WORDS)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if cramped else way.LeftToRight)
        left = Qt.AlignmentFlag.AlignLeft if cramped else Qt.AlignmentFlag(0)
        self._row.setAlignment(self._actions, left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the actions for this width."""
        super().resizeEvent(event)
        self.place()
