"""Pages of a paper as they will come out, one below the other, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from judgeapp.gui.theme import theme

_MARGIN, _WIDEST = 14, 640


class PagesView(QScrollArea):
    """Shows pages, or says something in their place; pages are white in both themes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._paper = _Paper()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._paper)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._paper.images)

    def show_pages(self, images: Sequence[QImage], told: str) -> None:
        """Show pages; ``told`` says what they are."""
        self.setAccessibleName(f"{self._name}: {told}")
        self._paper.show_pages(list(images), "")
        self.verticalScrollBar().setValue(0)

    def say(self, words: str) -> None:
        """Say something in place of pages."""
        self.setAccessibleName(f"{self._name}: {words}")
        self._paper.show_pages([], words)


class _Paper(QWidget):
    """Paints the pages; each is scaled once for a width."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self._words = ""
        self._scaled: list[QImage] = []
        self._for_width = 0

    def show_pages(self, images: list[QImage], words: str) -> None:
        self.images, self._words, self._for_width = images, words, 0
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = min(max(self.width() - 2 * _MARGIN, 80), _WIDEST)
        if room == self._for_width:
            return
        self._for_width = room
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        self._scaled = [one.scaledToWidth(round(room * ratio), smooth) for one in self.images]
        heights = [round(one.height() / ratio) + _MARGIN for one in self._scaled]
        self.setMinimumHeight(sum(heights) + _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(self.rect(), 10, 10)
        ratio, top = self.devicePixelRatioF(), _MARGIN
        for one in self._scaled:
            width, height = round(one.width() / ratio), round(one.height() / ratio)
            place = QRect((self.width() - width) // 2, top, width, height)
            painter.setBrush(QColor(0, 0, 0, 14))
            for spread in (2, 4, 6):
                painter.drawRoundedRect(
                    place.adjusted(-spread, 2 - spread, spread, spread + 2), 4, 4
                )
            painter.drawImage(place, one)
            top += height + _MARGIN
        if self._words:
            painter.setPen(theme().color("text2"))
            painter.setFont(theme().font("body"))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), flags, self._words)
        painter.end()
