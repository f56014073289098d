"""What stands where nothing is yet: what this place is for and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import label
from judgeapp.gui.widgets.turning import Turning

_WIDTH = 520


class EmptyState(QWidget):
    """A sign, a title, a sentence and what to do.

    Attributes:
        drops: whether files may be dropped here: shown by a dashed edge.
    """

    def __init__(
        self, icon: str, title: str, second: str, *buttons: Button, drops: bool = False
    ) -> None:
        super().__init__()
        self.drops = drops
        middle = Qt.AlignmentFlag.AlignHCenter
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        outer.addLayout(column, 20)
        outer.addStretch(1)
        column.addStretch(1)
        column.addWidget(Sign(icon, "accent", 28, "accentsoft"), 0, middle)
        column.addSpacing(8)
        self._title = label(title, "title", wrap=True)
        self._second = label(second, "body", "second", wrap=True)
        for words in (self._title, self._second):
            words.setAlignment(middle)
            column.addWidget(words)
        self._second.setVisible(bool(second))
        row = Turning()
        for button in buttons:
            row.add_middle(button)
        column.addSpacing(10)
        column.addWidget(row, 0, middle)
        column.addStretch(1)
        self.setAccessibleName(" ".join(filter(None, (title, second))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed edge of a place that takes files."""
        if not self.drops:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme().color("edge"), 1.5)
        pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.setBrush(theme().color("surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        painter.end()
