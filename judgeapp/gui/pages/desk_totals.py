"""Histogram of the totals that a judge gave."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui.theme import theme

_MOST_BARS = 10


class Totals(QWidget):
    """Bars of how many entries got how much; figures on the bars, the axis below."""

    def __init__(self) -> None:
        super().__init__()
        self._start, self._step = 0, 1
        self._counts: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_totals(self, totals: Sequence[Decimal], words: str) -> None:
        """Count the totals into at most ten bars of whole points."""
        self.setAccessibleName(words)
        self._counts = []
        if totals:
            low, high = floor(min(totals)), ceil(max(totals))
            self._step = max(1, ceil((high - low + 1) / _MOST_BARS))
            self._start = low - low % self._step
            bars = floor((max(totals) - self._start) / self._step) + 1
            self._counts = [0] * bars
            for total in totals:
                self._counts[floor((total - self._start) / self._step)] += 1
        self.update()

    def sizeHint(self) -> QSize:
        """As high as ten bars look well."""
        return QSize(220, theme().px(170))

    def minimumSizeHint(self) -> QSize:
        """Room for figures and short bars."""
        return QSize(160, theme().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, their counts, and the axis."""
        if not self._counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme().font("small")
        painter.setFont(font)
        line = theme().px(20)
        bottom = self.height() - line
        width = min(self.width() / len(self._counts), 44.0)
        scale = (bottom - line - 4) / max(self._counts)
        centred = int(Qt.AlignmentFlag.AlignCenter)
        for number, count in enumerate(self._counts):
            x, height = number * width, count * scale
            if count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme().color(theme().tokens.series[0]))
                painter.drawRoundedRect(QRectF(x + 1.5, bottom - height, width - 3, height), 2, 2)
                painter.setPen(theme().color("text2"))
                place = QRectF(x - 10, bottom - height - line, width + 20, line)
                painter.drawText(place, centred, str(count))
            if number % 2 == 0:
                painter.setPen(theme().color("text2"))
                place = QRectF(x - 10, bottom, width + 20, line)
                painter.drawText(place, centred, str(self._start + number * self._step))
        painter.setPen(theme().color("edge"))
        painter.drawLine(0, bottom, self.width(), bottom)
        painter.end()
