"""Segment: a choice of one out of two to six, side by side, in rows where there is no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import FIELD_HEIGHT, RADIUS_FIELD

_SIDE, _INSET, _EDGE = 17.0, 4.0, 3


class _Part(QAbstractButton):
    """One of the choices: a radio button to a screen reader."""

    def __init__(self, ident: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.ident = ident
        self.words = text
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        font = theme().font("body")
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        return font

    def sizeHint(self) -> QSize:
        """Return room for the words as wide as they get when chosen."""
        width = QFontMetricsF(theme().font("strong")).horizontalAdvance(self.text())
        return QSize(ceil(width + 2 * _SIDE) + 2, theme().px(FIELD_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chosen one as a sheet that lies on the groove."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, _INSET, -1, -_INSET)
        radius = RADIUS_FIELD - 1
        if self.isChecked():
            painter.setPen(QPen(theme().color("line"), 1))
            painter.setBrush(theme().color("surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        quiet = "text" if self.underMouse() else "text2"
        ink = "text" if self.isChecked() else quiet
        painter.setPen(theme().color(ink if self.isEnabled() else "text3"))
        painter.setFont(self._font())
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class Segment(QWidget):
    """A choice of one; arrows move it, the wheel does not.

    Attributes:
        chosen: the id that the person chose.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, accessible_name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._parts: dict[str, _Part] = {}
        for ident, text in choices:
            part = _Part(ident, text, self)
            part.toggled.connect(self._toggled)
            self._parts[ident] = part
        self._quiet = False
        self.choose(choices[0][0])
        theme().changed.connect(self._resize)

    @property
    def current(self) -> str:
        """The id of the one chosen."""
        return next(ident for ident, part in self._parts.items() if part.isChecked())

    def choose(self, ident: str) -> None:
        """Choose one without telling of it."""
        self._quiet = True
        self._parts[ident].setChecked(True)
        self._quiet = False

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many there are of some, behind their words."""
        for ident, part in self._parts.items():
            part.setText(f"{part.words} {counts[ident]}" if ident in counts else part.words)
        self._resize()

    def set_enabled(self, ident: str, enabled: bool) -> None:
        """Let one be chosen, or not."""
        self._parts[ident].setEnabled(enabled)

    def _toggled(self, on: bool) -> None:
        if on and not self._quiet:
            self.chosen.emit(self.current)

    def _places(self, width: int) -> list[QRect]:
        """Return where each part stands in a segment of this width."""
        places, x, y = [], _EDGE, 0
        for part in self._parts.values():
            size = part.sizeHint()
            if x > _EDGE and x + size.width() > width - _EDGE:
                x, y = _EDGE, y + size.height()
            places.append(QRect(QPoint(x, y), size))
            x += size.width()
        return places

    def hasHeightForWidth(self) -> bool:
        """Parts go to the next row where there is no room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at a width."""
        return self._places(width)[-1].bottom() + 1

    def sizeHint(self) -> QSize:
        """Return the size in one row."""
        last = self._places(100_000)[-1]
        return QSize(last.right() + 1 + _EDGE, last.height())

    def minimumSizeHint(self) -> QSize:
        """Return the size with a part in each row, as low as one."""
        widest = max(part.sizeHint().width() for part in self._parts.values())
        return QSize(widest + 2 * _EDGE, self.sizeHint().height())

    def _resize(self) -> None:
        self._lay_out()
        self.updateGeometry()

    def _lay_out(self) -> None:
        for part, place in zip(self._parts.values(), self._places(self.width()), strict=True):
            part.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts where they have room."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        painter.end()
