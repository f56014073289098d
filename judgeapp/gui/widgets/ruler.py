"""Ruler from 0 to a maximum with the mark on it: to look at only, it cannot be dragged."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui.theme import theme

_BAR, _SIDE, _DOT = 8.0, 8.0, 7.0


class Ruler(QWidget):
    """Shows where a mark lies between 0 and the maximum."""

    def __init__(self) -> None:
        super().__init__()
        self._points: Decimal | None = None
        self._most = Decimal(1)
        self._ticks: list[tuple[Decimal, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mark(
        self, points: Decimal | None, most: Decimal, ticks: list[tuple[Decimal, str]], words: str
    ) -> None:
        """Show a mark, or None; ``ticks`` are places with their figures, ``words`` say it all."""
        self._points, self._most, self._ticks = points, most, ticks
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the bar and figures below it."""
        return QSize(160, theme().px(40))

    def _x(self, value: Decimal) -> float:
        return _SIDE + float(value / self._most) * (self.width() - 2 * _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar, part reached, dot and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = 10.0
        top = middle - _BAR / 2
        painter.setBrush(theme().color("accentline"))
        painter.drawRoundedRect(
            QRectF(_SIDE, top, self.width() - 2 * _SIDE, _BAR), _BAR / 2, _BAR / 2
        )
        if self._points is not None:
            x = self._x(self._points)
            painter.setBrush(theme().color("accentfill"))
            painter.drawRoundedRect(QRectF(_SIDE, top, x - _SIDE, _BAR), _BAR / 2, _BAR / 2)
            painter.setBrush(theme().color("surface"))
            painter.setPen(QPen(theme().color("accent"), 3))
            painter.drawEllipse(QPointF(x, middle), _DOT, _DOT)
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color("text2"))
        for value, words in self._ticks:
            wide = painter.fontMetrics().horizontalAdvance(words) + 4.0
            place = QRectF(self._x(value) - wide / 2, 20, wide, theme().px(20))
            place.moveLeft(min(max(place.left(), 0.0), self.width() - wide))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()
