"""Icons (Lucide) in a token's colour, sharp at every scaling."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from judgeapp.gui.theme import theme
from judgeapp.system.paths import resources


def pixmap(name: str, token: str = "text2", size: int = 20, stroke: float = 1.75) -> QPixmap:
    """Return an icon as a picture in a colour token's colour.

    Args:
        name: of the file in resources/icons, without ending.
        token: a field of `Tokens`, or ``#RRGGBB``.
        size: side in logical pixels.
        stroke: width of the lines: 1.75, or 2 where it is coloured.
    """
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _render(name, theme().color(token).name(), size, stroke, ratio)


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size: int, stroke: float, ratio: float) -> QPixmap:
    text = _source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, token: str = "text2", size: int = 20) -> QIcon:
    """Return an icon for widgets that take one; made anew when the theme changes."""
    return QIcon(pixmap(name, token, size))
