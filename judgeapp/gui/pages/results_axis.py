"""The judges' totals on one axis: dropped ones hollow, what the rule made of them as a line."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from judgeapp.domain.own_totals import TotalsAxis
from judgeapp.gui.theme import theme
from judgeapp.system.result_words import exact_text
from judgeapp.system.texts import Texts

_MOST_TICKS, _DOT, _EDGE = 9, 11, 22
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


def ticks_of(values: list[Fraction]) -> list[int]:
    """Return whole numbers from below the least value to above the greatest, evenly apart."""
    low, high = min(values), max(values)
    step = next((one for one in _STEPS if (high - low) / one <= _MOST_TICKS - 2), _STEPS[-1])
    first = floor(low / step) * step
    last = max(ceil(high / step) * step, first + step)
    return list(range(first, last + step, step))


class SumsAxis(QWidget):
    """Dots over whole numbers; equal ones stand on each other."""

    def __init__(self, axis: TotalsAxis, texts: Texts) -> None:
        super().__init__()
        self._axis, self._texts = axis, texts
        self._values = [(one.value, one.dropped) for one in axis.totals]
        self.ticks = ticks_of([*(value for value, _ in self._values), axis.middle])
        most = max(sum(1 for other, _ in self._values if other == v) for v, _ in self._values)
        self._height = 20 + (_DOT + 2) * max(most, 2)
        self.setFixedHeight(theme().px(self._height) + theme().px(26))
        self.setAccessibleName(
            texts(
                "gui.results.why.axis",
                values="; ".join(f"{one.judge} {texts.number(one.value)}" for one in axis.totals),
                middle=exact_text(axis.middle, texts),
            )
        )

    def _x(self, value: Fraction) -> float:
        edge = theme().px(_EDGE)
        share = (value - self.ticks[0]) / Fraction(self.ticks[-1] - self.ticks[0])
        return edge + float(share) * (self.width() - 2 * edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axis, ticks, dots and the value that came out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = theme().px(self._height)
        self._paint_axis(painter, base)
        self._paint_middle(painter, base)
        self._paint_dots(painter, base)
        painter.end()

    def _paint_axis(self, painter: QPainter, base: int) -> None:
        px = theme().px
        painter.setFont(theme().font("small"))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(QPen(theme().color("edge"), 1))
        painter.drawLine(px(_EDGE) - 8, base, self.width() - px(_EDGE) + 8, base)
        for tick in self.ticks:
            at = self._x(Fraction(tick))
            painter.setPen(QPen(theme().color("edge"), 1))
            painter.drawLine(round(at), base, round(at), base + 4)
            painter.setPen(theme().color("text2"))
            painter.drawText(QRectF(at - 40, base + 4, 80, px(20)), centre, str(tick))

    def _paint_middle(self, painter: QPainter, base: int) -> None:
        px = theme().px
        at = self._x(self._axis.middle)
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.drawLine(round(at), px(19), round(at), base)
        left = min(max(at - 40, 0.0), self.width() - 80.0)
        words = exact_text(self._axis.middle, self._texts)
        painter.drawText(QRectF(left, 0, 80, px(19)), int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_dots(self, painter: QPainter, base: int) -> None:
        size = float(theme().px(_DOT))
        seen: dict[Fraction, int] = {}
        for value, dropped in self._values:
            level = seen.get(value, 0)
            seen[value] = level + 1
            top = base - size - 3 - level * (size + 2)
            dot = QRectF(self._x(value) - size / 2, top, size, size)
            painter.setPen(QPen(theme().color("text3" if dropped else "surface"), 1.6))
            painter.setBrush(theme().color("surface" if dropped else "accentfill"))
            painter.drawEllipse(dot)
