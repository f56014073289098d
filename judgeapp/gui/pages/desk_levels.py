"""Level texts of a criterion, the one that a mark fits lit; to look at only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_FIELD

_OUTSIDE, _ABOVE, _RANGE = 8, 2, 84
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class LevelWords:
    """One level: its points such as ``15 – 17,5``, its name, how to tell it."""

    points: str
    name: str
    text: str


class Levels(QWidget):
    """Lists the levels, best first.

    Where there is little room name and points share a line, and only the level that fits says how
    to tell it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._levels: tuple[LevelWords, ...] = ()
        self._lit: int | None = None
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._fit)

    def show_levels(self, levels: Sequence[LevelWords], lit: int | None, words: str) -> None:
        """Show the levels of a criterion and which one a mark fits, if any.

        Args:
            levels: best first.
            lit: place of the one that fits.
            words: say it all.
        """
        if (self._levels, self._lit) == (tuple(levels), lit):
            return
        self._levels, self._lit = tuple(levels), lit
        self.setAccessibleName(words)
        self.setVisible(bool(levels))
        self._fit()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show no more than fits where there is little room."""
        if compact != self._compact:
            self._compact = compact
            self._fit()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the height that the texts need in the width there is."""
        return QSize(200, round(sum(self._heights(self.width()))))

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _heights(self, width: int) -> list[float]:
        line = theme().px(20)
        return [
            2 * _ABOVE + line + (self._text_height(level, width) if self._says(at) else 0)
            for at, level in enumerate(self._levels)
        ]

    def _says(self, at: int) -> bool:
        return bool(self._levels[at].text) and (not self._compact or at == self._lit)

    def _left(self) -> float:
        return _OUTSIDE if self._compact else _OUTSIDE + theme().px(_RANGE)

    def _text_height(self, level: LevelWords, width: int) -> float:
        metrics = QFontMetricsF(theme().font("small"))
        room = QRectF(0, 0, max(width - self._left() - _OUTSIDE, 40), 4000)
        lines = round(metrics.boundingRect(room, _WRAP, level.text).height() / metrics.height())
        return max(lines, 1) * float(theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the levels below each other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for at, height in enumerate(self._heights(self.width())):
            self._paint(painter, at, QRectF(0, top, self.width(), height))
            top += height
        painter.end()

    def _paint(self, painter: QPainter, at: int, box: QRectF) -> None:
        level, lit = self._levels[at], at == self._lit
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accentsoft"))
            painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)
        inside = box.adjusted(_OUTSIDE, _ABOVE, -_OUTSIDE, -_ABOVE)
        line = QRectF(inside.left(), inside.top(), inside.width(), theme().px(20))
        painter.setFont(theme().font("small-strong" if lit else "small"))
        painter.setPen(theme().color("accent" if lit else "text2"))
        side = Qt.AlignmentFlag.AlignRight if self._compact else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), level.points)
        left = self._left()
        painter.setFont(theme().font("small-strong"))
        painter.setPen(theme().color("text"))
        name = QRectF(left, line.top(), box.right() - left, line.height())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), level.name)
        if self._says(at):
            painter.setFont(theme().font("small"))
            painter.setPen(theme().color("text" if lit else "text2"))
            below = QRectF(left, line.bottom(), inside.right() - left, inside.bottom())
            below.setBottom(inside.bottom())
            painter.drawText(below, _WRAP, level.text)
