"""Notice: one thing to know at the top of a page, with at most one action."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import ink, soft
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import label

_LINES = {"accent": "accentline", "neutral": "line"}


class Notice(QFrame):
    """A sentence on a soft ground, with a sign, a second line and one action."""

    def __init__(
        self, tone: str, icon: str, title: str, second: str = "", action: Button | None = None
    ) -> None:
        super().__init__()
        self._tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        self._sign = Sign(icon, ink(tone), 20)
        top = Qt.AlignmentFlag.AlignTop if second else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._sign, 0, top)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = label(title, "strong" if second else "body", wrap=True)
        self._second = label(second, "small", "second", wrap=True)
        self._second.setVisible(bool(second))
        words.addWidget(self._title)
        words.addWidget(self._second)
        row.addLayout(words, 1)
        if action is not None:
            row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(" ".join(filter(None, (title, second))))

    def set_words(self, title: str, second: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setAccessibleName(" ".join(filter(None, (title, second))))

    def set_tone(self, tone: str, icon: str) -> None:
        """Say it in another colour, with another sign."""
        self._tone = tone
        self._sign.set_sign(icon, ink(tone))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft ground and its thin line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme().color(_LINES.get(self._tone, self._tone))
        if self._tone not in _LINES:
            line.setAlphaF(0.45)
        painter.setPen(QPen(line, 1))
        painter.setBrush(theme().color(soft(self._tone)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
