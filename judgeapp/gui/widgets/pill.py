"""Pill: a sign and one to four words on a soft colour. It says a state and cannot be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import PILL_HEIGHT

Tone = Literal["ok", "warn", "stop", "accent", "neutral", "gold"]

_INK = {"neutral": "text2"}
_SOFT = {"neutral": "sunken", "accent": "accentsoft"}
_SIDE, _GAP, _ICON = 9.0, 5.0, 16


@dataclass(frozen=True)
class PillLook:
    """What a pill says.

    Attributes:
        icon: name of the sign, or empty.
        text: one to four words; empty draws the sign alone, larger and without a ground.
        tone: its colour; ``warn`` and ``stop`` only where someone can do something.
    """

    icon: str
    text: str
    tone: Tone = "neutral"


def ink(tone: str) -> str:
    """Return the token of a tone's words and sign."""
    return _INK.get(tone, tone)


def soft(tone: str) -> str:
    """Return the token of a tone's ground."""
    return _SOFT.get(tone, f"{tone}soft")


def pill_font() -> QFont:
    """Return the font of a pill's words."""
    font = theme().font("small")
    font.setWeight(QFont.Weight.Medium)
    return font


def pill_size(look: PillLook) -> QSize:
    """Return the room that a pill needs at the text size in use."""
    if not look.text:
        return QSize(_sign_size(), theme().px(PILL_HEIGHT))
    width = 2 * _SIDE + QFontMetricsF(pill_font()).horizontalAdvance(look.text) + 2
    if look.icon:
        width += theme().px(_ICON) + _GAP
    return QSize(ceil(width), theme().px(PILL_HEIGHT))


def paint_pill(painter: QPainter, place: QRectF, look: PillLook) -> None:
    """Paint a pill at the left of ``place``, in the middle of its height."""
    size = pill_size(look)
    top = place.center().y() - size.height() / 2
    if not look.text:
        side = _sign_size()
        picture = icons.pixmap(look.icon, ink(look.tone), side, 2)
        painter.drawPixmap(QPointF(place.x(), place.center().y() - side / 2), picture)
        return
    box = QRectF(place.x(), top, size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme().color(soft(look.tone))))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    x = box.x() + _SIDE
    if look.icon:
        side = theme().px(_ICON)
        picture = icons.pixmap(look.icon, ink(look.tone), side, 2)
        painter.drawPixmap(QPointF(x, box.center().y() - side / 2), picture)
        x += side + _GAP
    painter.setPen(theme().color(ink(look.tone)))
    painter.setFont(pill_font())
    words = QRectF(x, box.y(), box.right() - x, box.height())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), look.text)
    painter.restore()


def _sign_size() -> int:
    return theme().px(18)


class Pill(QWidget):
    """A pill by itself.

    Attributes:
        look: what it says.
    """

    def __init__(self, look: PillLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme().changed.connect(self.updateGeometry)
        self.set_look(look)

    def set_look(self, look: PillLook) -> None:
        """Say something else."""
        self.look = look
        self.setAccessibleName(look.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the sign and every word."""
        return pill_size(self.look)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self.look)
        painter.end()
