"""The seek bar: the sound wave, where the clip is, numbered notes, places, the time limit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.domain.entries import clock_text
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import VIDEO, VIDEO_NOTE, VIDEO_PLAYED, VIDEO_TEXT, VIDEO_TO_COME
from judgeapp.system.texts import Texts

_STEP, _BAR = 5, 3
_SIDE, _TOP = 14, 24
_FLAG = 20
_QUIET = 8  # height of the bars in per cent where the wave is not known


class SeekBar(QWidget):
    """Shows the whole clip as a wave; a click or ← → go to a place.

    Attributes:
        sought: the second that was asked for.
        flag_chosen: index of the numbered flag that was clicked.
    """

    sought = Signal(float)
    flag_chosen = Signal(int)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._peaks: tuple[int, ...] = ()
        self._length = self._second = 0.0
        self._limit: float | None = None
        self._flags: tuple[float, ...] = ()
        self._places: tuple[float, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(texts("gui.player.seek"))

    def sizeHint(self) -> QSize:
        """Room for flags above the wave."""
        return QSize(320, theme().px(_TOP + 48))

    def minimumSizeHint(self) -> QSize:
        """The wave is thinned out as far as it must be."""
        return QSize(120, self.sizeHint().height())

    def show_clip(self, peaks: Sequence[int], length: float, limit: float | None) -> None:
        """Show another clip from its beginning; ``length`` is 0 while it is unknown."""
        self._peaks, self._length, self._limit = tuple(peaks), length, limit
        self._second = 0.0
        self._flags = self._places = ()
        self._tell()
        self.update()

    def set_length(self, seconds: float) -> None:
        """Take note of the length once it is known."""
        if seconds > 0:
            self._length = seconds
            self.update()

    def set_flags(self, seconds: Sequence[float]) -> None:
        """Pin numbered flags, in this order: notes."""
        self._flags = tuple(seconds)
        self.update()

    def set_places(self, seconds: Sequence[float]) -> None:
        """Mark places without a number: findings of the check."""
        self._places = tuple(seconds)
        self.update()

    def move_to(self, second: float) -> None:
        """Show where the clip is; only the strip in between is painted again."""
        before, self._second = self._x(self._second), second
        after = self._x(second)
        left, right = sorted((before, after))
        margin = 8
        self.update(QRect(int(left) - margin, 0, int(right - left) + 2 * margin, self.height()))
        if int(before) != int(after):
            self._tell()

    def _tell(self) -> None:
        where = self._texts(
            "gui.player.seek.value", at=clock_text(self._second), of=clock_text(self._length)
        )
        self.setAccessibleDescription(where)

    def _x(self, second: float) -> float:
        room = max(1, self.width() - 2 * _SIDE)
        return _SIDE + room * (min(1.0, second / self._length) if self._length > 0 else 0.0)

    def _second_at(self, x: float) -> float:
        room = max(1, self.width() - 2 * _SIDE)
        return self._length * min(1.0, max(0.0, (x - _SIDE) / room))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the flag or the place that was pressed."""
        x, y = event.position().x(), event.position().y()
        if y <= _TOP:
            for index, second in reversed(list(enumerate(self._flags))):
                if abs(self._x(second) - x) <= _FLAG / 2:
                    self.flag_chosen.emit(index)
                    self.sought.emit(second)
                    return
        self.sought.emit(self._second_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer while it is pressed."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self._second_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends; the player knows the other keys."""
        if event.key() == Qt.Key.Key_Home:
            self.sought.emit(0.0)
        elif event.key() == Qt.Key.Key_End:
            self.sought.emit(max(0.0, self._length - 1))
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint wave, limit, places, flags and the playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(VIDEO))
        self._paint_wave(painter, event.rect())
        self._paint_limit(painter)
        painter.setPen(QPen(QColor(VIDEO_NOTE), 2))
        for second in self._places:
            painter.drawLine(
                QPointF(self._x(second), _TOP), QPointF(self._x(second), self.height())
            )
        for index, second in enumerate(self._flags):
            self._paint_flag(painter, self._x(second), str(index + 1))
        self._paint_head(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(VIDEO_PLAYED), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_wave(self, painter: QPainter, area: QRect) -> None:
        count = max(1, (self.width() - 2 * _SIDE) // _STEP)
        middle = (_TOP + self.height()) / 2
        tallest = self.height() - _TOP - 8
        head = self._x(self._second)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(count):
            x = _SIDE + index * _STEP
            if x + _STEP < area.left() or x > area.right():
                continue
            share = max(4, self._peak(index, count)) / 100
            painter.setBrush(QColor(VIDEO_PLAYED if x < head else VIDEO_TO_COME))
            high = max(2.0, tallest * share)
            painter.drawRoundedRect(QRectF(x, middle - high / 2, _BAR, high), 1.5, 1.5)

    def _peak(self, index: int, count: int) -> int:
        if not self._peaks:
            return _QUIET
        first = index * len(self._peaks) // count
        last = max(first + 1, (index + 1) * len(self._peaks) // count)
        return max(self._peaks[first:last])

    def _paint_limit(self, painter: QPainter) -> None:
        if self._limit is None or not 0 < self._limit <= self._length:
            return
        x = self._x(self._limit)
        pen = QPen(QColor(VIDEO_NOTE), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, _TOP - 4), QPointF(x, self.height()))
        words = self._texts("gui.player.limit", at=clock_text(self._limit))
        painter.setFont(theme().font("small-strong"))
        wide = painter.fontMetrics().horizontalAdvance(words) + 4
        left = min(max(0.0, x - wide / 2), self.width() - wide)
        painter.drawText(QRectF(left, 0, wide, _TOP), int(Qt.AlignmentFlag.AlignCenter), words)

    def _paint_flag(self, painter: QPainter, x: float, number: str) -> None:
        painter.setPen(QPen(QColor(VIDEO_NOTE), 2))
        painter.drawLine(QPointF(x, _FLAG), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(VIDEO_NOTE))
        painter.drawEllipse(QPointF(x, _FLAG / 2 + 1), _FLAG / 2, _FLAG / 2)
        font: QFont = theme().font("small-strong")
        painter.setFont(font)
        painter.setPen(QColor(VIDEO))
        box = QRectF(x - _FLAG / 2, 1, _FLAG, _FLAG)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), number)

    def _paint_head(self, painter: QPainter) -> None:
        if self._length <= 0:
            return
        x = self._x(self._second)
        painter.setPen(QPen(QColor(VIDEO_TEXT), 2))
        painter.drawLine(QPointF(x, _TOP - 4), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(VIDEO_TEXT))
        painter.drawEllipse(QPointF(x, _TOP - 4), 5.5, 5.5)
