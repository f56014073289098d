"""Option cards: a choice of one where each has consequences; none is chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_FIELD

_LEFT, _SIDE, _DOT = 48.0, 14.0, 9.5
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Option:
    """One way.

    Attributes:
        id: what is told when it is chosen.
        title: the way, in a few words.
        what_happens: what follows from it.
    """

    id: str
    title: str
    what_happens: str = ""


class _Card(QAbstractButton):
    """One option as a card: a radio button to a screen reader."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.setAccessibleName(option.title)
        self.setAccessibleDescription(option.what_happens)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _heights(self, width: float) -> tuple[float, float]:
        """Return the heights of title and consequence in a card of this width."""
        room = QRectF(0, 0, max(width - _LEFT - _SIDE, 40), 10_000)
        strong = QFontMetricsF(theme().font("strong"))
        small = QFontMetricsF(theme().font("small"))
        first = strong.boundingRect(room, _WRAP, self.option.title).height()
        words = self.option.what_happens
        second = small.boundingRect(room, _WRAP, words).height() if words else 0.0
        return max(first, theme().px(22)), (max(second, theme().px(20)) if words else 0.0)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all words at a width."""
        return max(ceil(sum(self._heights(width))) + theme().px(14), theme().px(44))

    def sizeHint(self) -> QSize:
        """Return a usual width and the height for the width in use."""
        return QSize(theme().px(260), self.heightForWidth(max(self.width(), theme().px(200))))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its words."""
        return QSize(theme().px(160), self.heightForWidth(max(self.width(), theme().px(160))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that this width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, dot and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter)
        self._paint_dot(painter)
        first, second = self._heights(self.width())
        y = (self.height() - first - second) / 2
        room = self.width() - _LEFT - _SIDE
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(theme().color("text" if self.isEnabled() else "text3"))
        painter.setFont(theme().font("strong"))
        painter.drawText(QRectF(_LEFT, y, room, first), _WRAP | middle, self.option.title)
        painter.setPen(theme().color("text2" if self.isEnabled() else "text3"))
        painter.setFont(theme().font("small"))
        below = QRectF(_LEFT, y + first, room, second)
        painter.drawText(below, _WRAP | middle, self.option.what_happens)
        painter.end()

    def _paint_card(self, painter: QPainter) -> None:
        chosen, focused = self.isChecked(), self.hasFocus()
        ground = "hover" if self.underMouse() and self.isEnabled() else "surface"
        thick = 2.0 if focused else 1.5 if chosen else 1.0
        line = "accent" if focused or chosen else "edge" if self.underMouse() else "line"
        painter.setPen(QPen(theme().color(line), thick))
        painter.setBrush(theme().color("accentsoft" if chosen else ground))
        half = thick / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)

    def _paint_dot(self, painter: QPainter) -> None:
        middle = QPointF(25, self.height() / 2)
        painter.setBrush(theme().color("surface"))
        ink = "accent" if self.isChecked() else "edge"
        painter.setPen(QPen(theme().color(ink), 2 if self.isChecked() else 1.5))
        painter.drawEllipse(middle, _DOT, _DOT)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent"))
            painter.drawEllipse(middle, 4.5, 4.5)


class OptionCards(QWidget):
    """Stacked cards, of which one is chosen by click, space or arrows.

    Attributes:
        chosen: the id that the person chose.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option], *, accessible_name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._cards = [_Card(option, self) for option in options]
        for card in self._cards:
            card.toggled.connect(self._toggled)
            column.addWidget(card)
        if self._cards:
            self.setFocusProxy(self._cards[0])
        self._quiet = False
        theme().changed.connect(self._resize)

    @property
    def current(self) -> str | None:
        """The id of the one chosen, or None."""
        return next((card.option.id for card in self._cards if card.isChecked()), None)

    def choose(self, ident: str) -> None:
        """Choose one without telling of it."""
        self._quiet = True
        next(card for card in self._cards if card.option.id == ident).setChecked(True)
        self._quiet = False

    def _toggled(self, on: bool) -> None:
        current = self.current
        if on and not self._quiet and current is not None:
            self.setFocusProxy(next(card for card in self._cards if card.isChecked()))
            self.chosen.emit(current)

    def _resize(self) -> None:
        for card in self._cards:
            card.updateGeometry()
