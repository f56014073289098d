"""Buttons: primary (one a page), plain, ghost, danger; with icon and the key that does the same."""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import FIELD_HEIGHT, RADIUS_FIELD, Tokens

Kind = Literal["primary", "plain", "ghost", "danger"]
DRAWER_LEADS = "drawer_leads"  # property of a page whose open drawer has a main button
_PADDING, _GAP, _RING = 14.0, 8.0, 2.0


class Button(QAbstractButton):
    """A button that paints its states: hover, pressed, focus, disabled.

    Attributes:
        kind: there is at most one ``primary`` on a page; ``danger`` only inside a confirmation.
        key: the key cap that is shown in it, such as ``Ctrl →``, or empty.
    """

    def __init__(
        self,
        text: str = "",
        *,
        kind: Kind = "plain",
        icon: str = "",
        key: str = "",
        height: int = FIELD_HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: Kind = kind
        self._icon_name = icon
        self.key = key
        self._height = height
        self._hovered = False
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon_name:
            self._icon_name = icon
            self.updateGeometry()
            self.update()

    def _font(self) -> QFont:
        font = theme().font("body")
        font.setWeight(QFont.Weight.Medium)
        return font

    def sizeHint(self) -> QSize:
        """Room for icon, text and key cap, as wide as the painted font is."""
        width = 2 * _PADDING
        if self._icon_name:
            width += 20
        if self.text():
            width += QFontMetricsF(self._font()).horizontalAdvance(self.text())
            width += _GAP if self._icon_name else 0
        if self.key:
            width += _GAP + self._key_width()
        if not self.text() and not self.key:
            width = theme().px(self._height)
        return QSize(ceil(width), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def _key_width(self) -> float:
        return QFontMetricsF(theme().font("small")).horizontalAdvance(self.key) + 14

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is over it."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a focused button as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    @property
    def leads(self) -> bool:
        """Whether it is the blue one: the main button of a drawer comes before its page's."""
        at = self.parentWidget()
        while self.kind == "primary" and at is not None and at.objectName() != "drawer":
            if at.property(DRAWER_LEADS):
                return False
            at = at.parentWidget()
        return self.kind == "primary"

    def _colours(self, tokens: Tokens) -> tuple[str | None, str, str | None]:
        """Return fill, text and border for the state it is in."""
        if not self.isEnabled():
            return (None if self.kind == "ghost" else tokens.sunken), tokens.text3, None
        if self.leads:
            fill = tokens.accentfill_hover if self._hovered else tokens.accentfill
            return (tokens.accentfill_pressed if self.isDown() else fill), tokens.on_accent, None
        if self.kind == "danger":
            return tokens.stop, tokens.on_stop, None
        over = self._hovered or self.isDown()
        if self.kind == "ghost":
            return (tokens.hover if over else None), tokens.text2, None
        return (tokens.hover if over else tokens.surface), tokens.text, tokens.edge

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, ring, icon, text and key cap."""
        fill, text, border = self._colours(theme().tokens)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        box = whole.adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            ring = whole.adjusted(1, 1, -1, -1)
            painter.setPen(QPen(QColor(theme().tokens.accent), _RING))
            painter.drawRoundedRect(ring, RADIUS_FIELD + 1, RADIUS_FIELD + 1)
            box = whole.adjusted(3, 3, -3, -3)
        painter.setPen(QPen(QColor(border), 1) if border else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)
        self._paint_content(painter, text)
        painter.end()

    def _paint_content(self, painter: QPainter, colour: str) -> None:
        font = self._font()
        advance = QFontMetricsF(font).horizontalAdvance(self.text()) if self.text() else 0.0
        used = advance + (20 if self._icon_name else 0)
        used += _GAP if self._icon_name and self.text() else 0
        used += _GAP + self._key_width() if self.key else 0
        x = (self.width() - used) / 2
        if self._icon_name:
            picture = icons.pixmap(self._icon_name, colour, 20)
            painter.drawPixmap(QPointF(x, (self.height() - 20) / 2), picture)
            x += 20 + (_GAP if self.text() else 0)
        painter.setPen(QColor(colour))
        painter.setFont(font)
        place = QRectF(x, 0, advance + 2, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.key:
            self._paint_key(painter, x + advance + _GAP, colour)

    def _paint_key(self, painter: QPainter, x: float, colour: str) -> None:
        height = theme().px(22)
        cap = QRectF(x, (self.height() - height) / 2, self._key_width(), height)
        filled = self.isEnabled() and (self.leads or self.kind == "danger")
        ground = QColor("black" if filled else colour)
        ground.setAlphaF(0.18 if filled else 0.14 if self.isEnabled() else 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(QColor(colour))
        painter.setFont(theme().font("small"))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self.key)


def icon_button(icon: str, name: str, *, kind: Kind = "ghost") -> Button:
    """Return a button with an icon alone, for the few that may be: its name is told and shown."""
    made = Button(kind=kind, icon=icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
