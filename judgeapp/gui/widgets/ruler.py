"""Ruler from 0 to a maximum with the mark on it: to look at only, it cannot be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from judgeapp.gui.theme import theme

_BAR, _SIDE, _DOT, _GAP = 8.0, 8.0, 7.0, 6.0
_MIDDLE, _FIGURES = 10.0, 20
_PARTS = 100  # of a point, for screen readers


class Ruler(QProgressBar):
    """Shows where a mark lies between 0 and the maximum, and in which of the levels.

    To a screen reader it is a value that is reached, with its maximum; wheel and keys do nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._points: Decimal | None = None
        self._most = Decimal(1)
        self._bounds: list[Decimal] = []
        self._ticks: list[tuple[Decimal, str]] = []
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mark(
        self,
        points: Decimal | None,
        most: Decimal,
        bounds: Sequence[Decimal],
        ticks: Sequence[tuple[Decimal, str]],
        words: str,
    ) -> None:
        """Show a mark, or None.

        Args:
            points: the mark.
            most: the end of the ruler.
            bounds: where levels begin, without 0.
            ticks: places with their figures, the most important first; one for which there is no
                room is left out.
            words: say it all.
        """
        self._points, self._most, self._ticks = points, most, list(ticks)
        self._bounds = sorted(bounds)
        self.setUpdatesEnabled(False)  # else Qt paints a new value at once, in the midst of a key
        self.setRange(0, int(most * _PARTS))
        self.setValue(int((points or 0) * _PARTS))
        self.setUpdatesEnabled(True)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the bar and figures below it."""
        return QSize(160, _FIGURES + theme().px(20))

    def minimumSizeHint(self) -> QSize:
        """Narrow; figures are left out."""
        return QSize(80, self.sizeHint().height())

    def _x(self, value: Decimal) -> float:
        return _SIDE + float(value / self._most) * (self.width() - 2 * _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar, part reached, dot and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ends = [Decimal(0), *self._bounds, self._most]
        for low, high in pairwise(ends):
            self._paint_level(painter, low, high)
        if self._points is not None:
            painter.setBrush(theme().color("surface"))
            painter.setPen(QPen(theme().color("accent"), 3))
            painter.drawEllipse(QPointF(self._x(self._points), _MIDDLE), _DOT, _DOT)
        self._paint_figures(painter)
        painter.end()

    def _paint_level(self, painter: QPainter, low: Decimal, high: Decimal) -> None:
        """Paint one level: what is reached of it, and the rest brighter where the mark is in it."""
        points, most = self._points, self._most
        here = points is not None and low <= points and (points < high or high == most)
        left = self._x(low) + (_GAP / 2 if low else 0)
        right = self._x(high) - (_GAP / 2 if high != most else 0)
        self._paint_bar(painter, left, right, "accentline" if here else "accentsoft")
        if points is not None and points > low:
            self._paint_bar(painter, left, right if not here else self._x(points), "accentfill")

    def _paint_bar(self, painter: QPainter, left: float, right: float, token: str) -> None:
        painter.setBrush(theme().color(token))
        box = QRectF(left, _MIDDLE - _BAR / 2, max(right - left, 0.0), _BAR)
        painter.drawRoundedRect(box, _BAR / 2, _BAR / 2)

    def _paint_figures(self, painter: QPainter) -> None:
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color("text2"))
        taken: list[QRectF] = []
        for value, words in self._ticks:
            wide = painter.fontMetrics().horizontalAdvance(words) + 4.0
            place = QRectF(self._x(value) - wide / 2, _FIGURES, wide, theme().px(20))
            place.moveLeft(min(max(place.left(), 0.0), self.width() - wide))
            if not any(place.adjusted(-1, 0, 1, 0).intersects(other) for other in taken):
                taken.append(place)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
