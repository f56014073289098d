"""The list of the desk's keys, on a card over it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.gui.widgets.button import icon_button
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

KEYS = (
    "figures", "enter", "up", "entries", "undo", "play", "skip", "speed", "loop", "full", "note",
    "player", "help",
)  # fmt: skip


class KeysCard(QFrame):
    """Two columns: key and what it does."""

    closed = Signal()

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(texts("gui.desk.keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 18)
        head = QHBoxLayout()
        head.addWidget(label(texts("gui.desk.keys"), "heading"), 1)
        close = icon_button("x", texts("gui.close"))
        close.clicked.connect(self.closed)
        head.addWidget(close)
        column.addLayout(head)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        half = (len(KEYS) + 1) // 2
        for number, key in enumerate(KEYS):
            row, side = number % half, 2 * (number // half)
            grid.addWidget(label(texts(f"gui.desk.keys.{key}"), "strong"), row, side)
            grid.addWidget(label(texts(f"gui.desk.keys.{key}.what"), "body"), row, side + 1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll)

    def place(self) -> None:
        """Stand in the middle of the page."""
        parent, inside = self.parentWidget(), self._scroll.widget()
        if parent is not None and inside is not None:
            wanted = inside.sizeHint() + QSize(60, 100)
            self.resize(wanted.boundedTo(parent.size() - QSize(16, 16)))
            self.move(
                max((parent.width() - self.width()) // 2, 0),
                max((parent.height() - self.height()) // 2, 0),
            )
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Enter and "?" close it."""
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys or event.text() == "?":
            self.closed.emit()
        else:
            super().keyPressEvent(event)
