"""The states of a cell of the matrix: their signs, colours and words, and the legend."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui.theme import theme
from judgeapp.system.texts import Texts

State = Literal["known", "new", "changed", "missing", "barred", "other"]
STATE_KEYS: dict[State, str] = {
    "known": "gui.widgets.matrix.known",
    "new": "gui.widgets.matrix.new",
    "changed": "gui.widgets.matrix.changed",
    "missing": "gui.widgets.matrix.missing",
    "barred": "gui.widgets.matrix.barred",
}
OTHER_KEYS: dict[State, str] = {"other": "gui.widgets.matrix.other"}  # only where work is shared
_FILL: dict[State, str] = {
    "known": "ok",
    "new": "accentfill",
    "changed": "warnmark",
    "missing": "surface",
    "barred": "sunken",
    "other": "surface",
}
_SWATCH, _GAP, _APART, _SIDE = 16, 8, 24, 16


def paint_state(painter: QPainter, box: QRectF, state: State) -> None:
    """Paint a cell: ground and sign."""
    edge = state == "missing"
    painter.setPen(QPen(theme().color("edge"), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(_FILL[state]))
    half = 0.5 if edge else 0.0
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 2, 2)
    middle, arm = box.center(), min(4.0, box.width() / 3)
    if state == "changed":
        painter.setPen(QPen(theme().color("on_mark"), 1.5))
        for y in (-1.8, 1.8):
            line = QLineF(middle + QPointF(-arm, y), middle + QPointF(arm, y))
            painter.drawLine(line)
        painter.drawLine(QLineF(middle + QPointF(-arm / 2, 5), middle + QPointF(arm / 2, -5)))
    elif state == "new":
        painter.setBrush(theme().color("on_accent"))
        painter.drawEllipse(middle, 2.0, 2.0)
    elif state == "other":
        painter.setBrush(theme().color("text3"))
        painter.drawEllipse(middle, 1.5, 1.5)
    elif state == "barred":
        painter.setPen(QPen(theme().color("text3"), 1.5))
        inner = box.adjusted(2, 3, -2, -3)
        painter.drawLine(QLineF(inner.bottomLeft(), inner.topRight()))


class MatrixLegend(QWidget):
    """What the signs mean; wraps where it is narrow."""

    def __init__(self, texts: Texts, keys: Mapping[State, str] = STATE_KEYS) -> None:
        super().__init__()
        self._entries = [(state, texts(key)) for state, key in keys.items()]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(", ".join(words for _, words in self._entries))
        theme().changed.connect(self.updateGeometry)

    def _places(self, width: int) -> list[QPointF]:
        """Return where each entry begins."""
        metrics = QFontMetricsF(theme().font("small"))
        places, x, y = [], float(_SIDE), float(theme().px(8))
        for _, words in self._entries:
            used = theme().px(_SWATCH) + _GAP + metrics.horizontalAdvance(words)
            if x > _SIDE and x + used > width - _SIDE:
                x, y = float(_SIDE), y + theme().px(26)
            places.append(QPointF(x, y))
            x += used + _APART
        return places

    def hasHeightForWidth(self) -> bool:
        """Entries wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all entries at a width."""
        return ceil(self._places(width)[-1].y()) + theme().px(20 + 8)

    def sizeHint(self) -> QSize:
        """Return the size in one line."""
        last = self._places(100_000)[-1]
        metrics = QFontMetricsF(theme().font("small"))
        words = metrics.horizontalAdvance(self._entries[-1][1])
        width = ceil(last.x() + theme().px(_SWATCH) + _GAP + words + _SIDE)
        return QSize(width, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest entry."""
        return QSize(theme().px(200), self.heightForWidth(max(self.width(), 200)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that this width needs."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint signs and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font("small"))
        side, height = theme().px(_SWATCH), theme().px(20)
        for (state, words), place in zip(self._entries, self._places(self.width()), strict=True):
            top = place.y() + (height - side) / 2
            paint_state(painter, QRectF(place.x(), top, side, side), state)
            painter.setPen(theme().color("text2"))
            line = QRectF(place.x() + side + _GAP, place.y(), self.width(), height)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()
