"""Pieces of the rubric at the desk: a criterion folded to one line, and the tabs of the parts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD

_SIDE, _SIGN, _REMEMBERED = 14.0, 20, 16


def _advance(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


class _Line(QAbstractButton):
    """A line with a sign, a name that wraps, and figures at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.sign, self.tone = "", "text2"
        self.number, self.name, self.strong, self.rest = "", "", "", ""
        self.ground, self.border = "surface", "line"
        self._shown: object = None  # all lines are shown anew at each key, most stay the same
        self._heights: dict[tuple[object, ...], int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _figures(self) -> float:
        strong = _advance(theme().font("subhead"), self.strong)
        return strong + 4 + _advance(theme().font("body"), self.rest) + _SIDE

    def _room(self, width: float) -> float:
        return max(width - 2 * _SIDE - _SIGN - 12 - self._figures(), 40.0)

    def heightForWidth(self, width: int) -> int:
        """As many lines as the name needs; layouts ask again and again."""
        asked = (width, self.name, self.strong, self.rest, theme().scale)
        if asked not in self._heights:
            if len(self._heights) > _REMEMBERED:
                self._heights.clear()
            self._heights[asked] = self._measure(width)
        return self._heights[asked]

    def _measure(self, width: int) -> int:
        metrics = QFontMetricsF(theme().font("body"))
        wrap = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(QRectF(0, 0, self._room(width), 4000), wrap, self.name)
        return max(theme().px(40), round(box.height()) + 18)

    def hasHeightForWidth(self) -> bool:
        """The name wraps."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the wrapped name."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def sizeHint(self) -> QSize:
        """Wide enough for a short name."""
        return QSize(200, theme().px(40))

    def minimumSizeHint(self) -> QSize:
        """Narrow, as the name wraps."""
        return QSize(120, theme().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, sign, name and figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        wide = self.hasFocus() or self.border == "accent"
        pen = QPen(theme().color("accent" if self.hasFocus() else self.border), 2 if wide else 1)
        painter.setPen(pen)
        painter.setBrush(theme().color(self.ground))
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        middle = self.height() / 2
        if self.sign:
            picture = icons.pixmap(self.sign, self.tone, _SIGN, 2)
            painter.drawPixmap(QPointF(_SIDE, middle - _SIGN / 2), picture)
        else:
            painter.setFont(theme().font("strong"))
            painter.setPen(theme().color("text3"))
            place = QRectF(_SIDE, 0, _SIGN, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.number)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        height = self.height()
        font = theme().font("body")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        left = _SIDE + _SIGN + 12
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(left, 0, self._room(self.width()), height), flags, self.name)
        right = self.width() - _SIDE
        painter.setFont(theme().font("body"))
        painter.setPen(theme().color("text2"))
        rest = _advance(theme().font("body"), self.rest)
        centred = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(right - rest, 0, rest + 2, height), centred, self.rest)
        painter.setFont(theme().font("subhead"))
        painter.setPen(theme().color("text"))
        strong = _advance(theme().font("subhead"), self.strong)
        place = QRectF(right - rest - 4 - strong, 0, strong + 2, height)
        painter.drawText(place, centred, self.strong)


class CriterionRow(_Line):
    """A criterion that is not the current one; a click or Enter makes it so.

    Attributes:
        index: its place among the criteria of the entry.
    """

    index = 0

    def show_mark(
        self, number: int, name: str, strong: str, rest: str, *, stored: str, words: str
    ) -> None:
        """Show name and mark; ``stored`` is a state of `desk_typing.Stored`."""
        shown = (number, name, strong, rest, stored, words)
        if shown == self._shown:
            return
        self._shown = shown
        self.sign, self.tone = {
            "saved": ("circle-check", "ok"),
            "refused": ("octagon-alert", "stop"),
            "failed": ("octagon-alert", "stop"),
        }.get(stored, ("", "text2"))
        self.number, self.name, self.strong, self.rest = str(number), name, strong, rest
        self.setAccessibleName(words)
        self._fit()
        self.update()


class PartTab(_Line):
    """The tab of a part with its sum."""

    def show_part(self, name: str, rest: str, *, done: bool, current: bool, words: str) -> None:
        """Show name and sum, and whether it is the one being marked."""
        shown = (name, rest, done, current, words)
        if shown == self._shown:
            return
        self._shown = shown
        if done:
            self.sign, self.tone = "circle-check", "ok"
        else:
            self.sign, self.tone = "circle-dot", "accent" if current else "text3"
        self.name, self.rest = name, rest
        self.ground, self.border = ("surface", "accent") if current else ("sunken", "sunken")
        self.setCheckable(False)
        self.setAccessibleName(words)
        self._fit()
        self.update()
