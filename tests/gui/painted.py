"""What widgets really paint: each run of text with its place, its clip and its ink.

A paint engine that draws nothing writes down what it is asked to draw. So a test measures the
words that are painted, by Qt's widgets and by ours alike, and needs no help from either.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QRegion,
    QTextItem,
)
from PySide6.QtWidgets import QWidget

_METRIC = QPaintDevice.PaintDeviceMetric
_FIXED = {
    _METRIC.PdmDpiX: 96, _METRIC.PdmDpiY: 96, _METRIC.PdmPhysicalDpiX: 96,
    _METRIC.PdmPhysicalDpiY: 96, _METRIC.PdmDepth: 32, _METRIC.PdmNumColors: 2**31 - 1,
    _METRIC.PdmWidthMM: 300, _METRIC.PdmHeightMM: 200,
    _METRIC.PdmDevicePixelRatioScaled: round(QPaintDevice.devicePixelRatioFScale()),
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Words in one line.

    Attributes:
        widget: that paints them.
        text: the words.
        box: the bounds of their ink, in pixels of the widget.
        clip: where the painter lets them be seen, or None if everywhere.
        ink: their colour.
        font: their font.
    """

    widget: QWidget
    text: str
    box: QRectF
    clip: QRectF | None
    ink: QColor
    font: QFont


@dataclass(frozen=True)
class Picture:
    """A picture that a widget paints, such as an icon, and where."""

    widget: QWidget
    box: QRectF


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[tuple[str, QRectF, QRectF | None, QColor, QFont]] = []
        self.pictures: list[QRectF] = []

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        pass

    def drawTextItem(self, at: Any, item: QTextItem) -> None:
        painter = self.painter()
        places = painter.deviceTransform()
        font = QFont(item.font())
        box = places.mapRect(_ink(item.text(), font.key()).translated(QPointF(at)))
        clip = places.mapRect(painter.clipBoundingRect()) if painter.hasClipping() else None
        ink = QColor(painter.pen().color())
        ink.setAlphaF(ink.alphaF() * painter.opacity())
        self.runs.append((item.text(), box, clip, ink, font))

    def drawPixmap(self, target: QRectF | QRect, picture: Any, source: Any) -> None:
        self.pictures.append(self.painter().deviceTransform().mapRect(QRectF(target)))

    def _nothing(self, *_: Any) -> None:
        pass

    drawPath = drawPolygon = drawRects = drawLines = drawEllipse = drawPoints = _nothing
    drawImage = drawTiledPixmap = _nothing  # type: ignore[assignment]  # nothing, whatever is given


class _Paper(QPaintDevice):
    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.size = size
        self.engine = _Engine()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, asked: QPaintDevice.PaintDeviceMetric) -> int:
        if asked == _METRIC.PdmWidth:
            return self.size.width()
        if asked == _METRIC.PdmHeight:
            return self.size.height()
        return _FIXED.get(asked, 1)


@lru_cache(maxsize=20_000)
def _ink(text: str, font_key: str) -> QRectF:
    font = QFont()
    font.fromString(font_key)
    return QFontMetricsF(font).tightBoundingRect(text)


def painted(widget: QWidget) -> tuple[list[Run], list[Picture]]:
    """Return what one widget paints, without what its children paint."""
    paper = _Paper(widget.size())
    widget.render(paper, QPoint(), QRegion(), QWidget.RenderFlag(0))
    runs = [Run(widget, *found) for found in paper.engine.runs if found[0].strip()]
    return runs, [Picture(widget, box) for box in paper.engine.pictures]


def hides(widget: QWidget, place: QPoint) -> bool:
    """Tell whether a widget paints so thickly there that nothing below it shows."""
    spot = QImage(1, 1, QImage.Format.Format_ARGB32)
    spot.fill(0)
    widget.render(spot, QPoint(), QRegion(QRect(place, QSize(1, 1))), QWidget.RenderFlag(0))
    return spot.pixelColor(0, 0).alpha() == 255
