"""A certificate as it will come out of the printer: a white sheet with a soft shadow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui.pdf_print import page_images
from judgeapp.gui.theme import theme

SHEET_WIDTH = 297.0  # mm: both papers are A4 landscape
_DPI, _MARGIN = 137, 20
_INKS = {"warn": "#C47B00", "stop": "#B3261E"}


@dataclass(frozen=True)
class Frame:
    """A place on the sheet to be looked at: ``warn`` or ``stop``; the box is in mm."""

    box: tuple[float, float, float, float]
    tone: Literal["warn", "stop"]


def paper_image(pdf: bytes) -> QImage:
    """Return the first page of a PDF as a picture; may be called on any thread."""
    (image,) = page_images(pdf, _DPI, most=1)
    return image


class PaperView(QWidget):
    """Shows the sheet, as large as there is room; white in both themes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._image: QImage | None = None
        self._shown: QImage | None = None
        self._words = ""
        self.frames: tuple[Frame, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)

    @property
    def image(self) -> QImage | None:
        """The sheet that is shown."""
        return self._image

    def show_sheet(self, image: QImage, told: str, frames: Sequence[Frame] = ()) -> None:
        """Show a sheet; ``told`` says whose it is, ``frames`` what on it is to be looked at."""
        self._image, self._words, self._shown = image, "", None
        self.frames = tuple(frames)
        self.setAccessibleName(f"{self._name}: {told}")
        self.update()

    def say(self, words: str) -> None:
        """Say something in place of a sheet."""
        self._image, self._words = None, words
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the shadow and the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        if self._image is None:
            painter.setPen(theme().color("text2"))
            painter.setFont(theme().font("body"))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0), flags, self._words)
            painter.end()
            return
        place = self._place(self._image)
        painter.setBrush(QColor(0, 0, 0, 10))
        for spread in (2, 4, 6, 8):
            painter.drawRoundedRect(place.adjusted(-spread, -spread + 3, spread, spread + 3), 4, 4)
        painter.drawImage(place, self._scaled(self._image, place))
        for framed in self.frames:
            self._frame(painter, place, framed)
        painter.end()

    def _frame(self, painter: QPainter, place: QRectF, framed: Frame) -> None:
        """Paint a dashed frame; its colour is that of the light theme, as the paper is white."""
        scale = place.width() / SHEET_WIDTH
        left, top, right, bottom = (side * scale for side in framed.box)
        around = QRectF(place.left() + left, place.top() + top, right - left, bottom - top)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(_INKS[framed.tone]), 1.6, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(around.adjusted(-6, -4, 6, 4), 3, 3)

    def _scaled(self, image: QImage, place: QRectF) -> QImage:
        """Return the sheet in the pixels it is shown in: smooth, and made once for a size."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(place.width() * ratio), round(place.height() * ratio))
        if self._shown is None or self._shown.size() != size:
            self._shown = image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        return self._shown

    def _place(self, image: QImage) -> QRectF:
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / image.width(), room.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
