"""Strip of entries: one tick per entry, done green, begun amber, to come grey, current blue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from judgeapp.gui.theme import theme

State = Literal["to_do", "begun", "done"]
_INK = {"done": "ok", "begun": "warnmark", "to_do": "edge"}
_GAP = 2.0
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Strip(QAbstractSlider):
    """One tick per entry; a click goes there, arrows choose, Enter or Space go to the chosen one.

    To a screen reader it is a place among so many; the wheel does nothing.

    Attributes:
        chosen: number of the entry, from 0.
    """

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._states: list[State] = []
        self._current = -1
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    def show_states(self, states: Sequence[State], current: int, words: str) -> None:
        """Show how far each entry is; ``words`` say the same for a screen reader."""
        self._states, self._current = list(states), current
        self._marked = current
        self.setRange(1, max(len(states), 1))
        self.setValue(current + 1)
        self.setAccessibleName(f"{self._name}: {words}")
        self.update()

    def sizeHint(self) -> QSize:
        """Ten pixels for each entry."""
        return QSize(max(10 * len(self._states), 120), 20)

    def minimumSizeHint(self) -> QSize:
        """Narrow, for small windows."""
        return QSize(80, 20)

    def _place(self, number: int) -> QRectF:
        width = (self.width() - 4) / max(len(self._states), 1)
        gap = _GAP if width > 5 else 0.5
        return QRectF(2 + number * width, 5, max(width - gap, 1), 10)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the entry under the pointer."""
        if self._states:
            width = (self.width() - 4) / len(self._states)
            number = int((event.position().x() - 2) / width)
            self.chosen.emit(min(max(number, 0), len(self._states) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose an entry, Enter and Space go there."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and plain and self._states:
            self._marked = min(max(self._marked + step, 0), len(self._states) - 1)
            self.setValue(self._marked + 1)
            self.update()
        elif event.key() in _GO and plain and self._marked >= 0:
            self.chosen.emit(self._marked)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do nothing: an entry is gone to on purpose."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ticks, the current one taller."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, state in enumerate(self._states):
            place = self._place(number)
            colour = theme().color(_INK[state])
            if state == "to_do":
                colour.setAlphaF(0.45)
            if number == self._current:
                place = place.adjusted(-0.5, -3, 0.5, 3)
                colour = theme().color("accentfill")
            painter.setBrush(colour)
            painter.drawRoundedRect(place, 2, 2)
        if self.hasFocus() and self._marked >= 0:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.drawRoundedRect(self._place(self._marked).adjusted(-3, -4, 3, 4), 3, 3)
        painter.end()
