"""The picture of a clip, painted by our own widget: no native surface, so pictures show it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import VIDEO_TEXT

_BLACK = "#000000"
_SIGN = 30


class Screen(QWidget):
    """Shows the newest frame as large as it fits, or a sentence about why there is none."""

    pressed = Signal()
    double_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: QVideoFrame | None = None
        self._image: QImage | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """A wide picture."""
        return QSize(640, 360)

    def minimumSizeHint(self) -> QSize:
        """Small enough for the smallest window."""
        return QSize(160, 90)

    def show_frame(self, frame: QVideoFrame) -> None:
        """Show a frame; it is made an image when it is painted, so hidden frames cost nothing."""
        self._frame, self._image = frame, None
        self.update()

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a picture, or none."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def empty(self) -> None:
        """Show neither picture nor words."""
        self._frame = self._image = None
        self.show_words("")

    @property
    def has_picture(self) -> bool:
        """Whether a frame has come."""
        return self._frame is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click plays and pauses."""
        self.pressed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click fills the screen."""
        self.double_pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame upright in the middle; black beside it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_BLACK))
        if self._frame is not None and self._image is None:
            self._image = self._frame.toImage()
        if self._image is not None and not self._image.isNull() and not self._words:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
        if self._words:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(24, 12, -24, -12)
        painter.setFont(theme().font("body"))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        used = painter.boundingRect(room, flags, self._words)
        top = max(room.top(), room.center().y() - (used.height() + _SIGN + 10) / 2)
        sign = icons.pixmap("octagon-alert", VIDEO_TEXT, _SIGN)
        painter.drawPixmap(round(self.width() / 2 - _SIGN / 2), round(top), sign)
        painter.setPen(QColor(VIDEO_TEXT))
        place = QRectF(room.left(), top + _SIGN + 10, room.width(), used.height() + 4)
        painter.drawText(place, flags, self._words)
