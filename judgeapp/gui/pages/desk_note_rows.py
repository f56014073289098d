"""One note on the clip, as a line of the list or as a short piece beside the field."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_FIELD, VIDEO, VIDEO_NOTE
from judgeapp.gui.widgets.button import icon_button

PIECE_WIDTH = 220
_SIDE, _FLAG, _GAP, _CROSS = 10, 20, 10, 40
_WRAP = int(Qt.TextFlag.TextWordWrap)


class _Note(QAbstractButton):
    """Number as on the wave, time, words; a click goes to that place of the clip."""

    def __init__(self, number: int, at: str, words: str, spoken: str) -> None:
        super().__init__()
        self._number, self._at, self._words = str(number), at, words
        self.setAccessibleName(spoken)
        self.setToolTip(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _left(self) -> float:
        at = QFontMetricsF(theme().font("small-strong")).horizontalAdvance("00:00")
        return _SIDE + _FLAG + _GAP + max(at, 36.0) + _GAP

    def _begin(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        if self.hasFocus():
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)

    def _paint_flag(self, painter: QPainter, middle: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(VIDEO_NOTE))
        centre = QPointF(_SIDE + _FLAG / 2, middle)
        painter.drawEllipse(centre, _FLAG / 2, _FLAG / 2)
        painter.setFont(theme().font("small-strong"))
        painter.setPen(QColor(VIDEO))
        flag = QRectF(_SIDE, middle - _FLAG / 2, _FLAG, _FLAG)
        painter.drawText(flag, int(Qt.AlignmentFlag.AlignCenter), self._number)
        painter.setPen(theme().color("text2"))
        at = QRectF(_SIDE + _FLAG + _GAP, middle - 12, self._left(), 24)
        painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter), self._at)


class NoteLine(_Note):
    """A line of the list, as high as its words need.

    Attributes:
        removed: take this note away.
    """

    removed = Signal()

    def __init__(self, number: int, at: str, words: str, spoken: str, remove: str) -> None:
        super().__init__(number, at, words, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cross = icon_button("x", remove)
        self._cross.setParent(self)
        self._cross.clicked.connect(self.removed)

    def _words_height(self) -> float:
        metrics = QFontMetricsF(theme().font("body"))
        room = QRectF(0, 0, max(self.width() - self._left() - _CROSS, 60), 4000)
        return metrics.boundingRect(room, _WRAP, self._words).height()

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        return QSize(200, max(theme().px(40), round(self._words_height()) + 16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._cross.move(self.width() - self._cross.width() - 2, 1)
        height = self.sizeHint().height()
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number, time and words."""
        painter = QPainter(self)
        self._begin(painter)
        self._paint_flag(painter, theme().px(40) / 2)
        painter.setFont(theme().font("body"))
        painter.setPen(theme().color("text"))
        top = (self.height() - self._words_height()) / 2
        room = QRectF(self._left(), top, self.width() - self._left() - _CROSS, self.height() - top)
        painter.drawText(room, _WRAP, self._words)
        painter.end()


class NotePiece(_Note):
    """A short piece of a note beside the field; the whole of it is in the tip and the list."""

    def __init__(self, number: int, at: str, words: str, spoken: str) -> None:
        super().__init__(number, at, words, spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the field beside it."""
        return QSize(theme().px(PIECE_WIDTH), theme().px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number, time and the beginning of the words."""
        painter = QPainter(self)
        self._begin(painter)
        painter.setPen(QPen(theme().color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)
        self._paint_flag(painter, self.height() / 2)
        font = theme().font("small")
        room = QRectF(self._left(), 0, self.width() - self._left() - _SIDE, self.height())
        elide = Qt.TextElideMode.ElideRight
        words = QFontMetricsF(font).elidedText(self._words, elide, room.width())
        painter.setFont(font)
        painter.setPen(theme().color("text"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()
