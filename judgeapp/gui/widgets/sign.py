"""A sign: an icon that says something beside words, in its colour, at the text size in use."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme


class Sign(QWidget):
    """An icon to look at; with ``ground`` on a soft square, as in dialogs."""

    def __init__(self, icon: str, token: str = "text2", size: int = 20, ground: str = "") -> None:
        super().__init__()
        self._icon, self._token, self._size, self._ground = icon, token, size, ground
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_sign(self, icon: str, token: str) -> None:
        """Show another one."""
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size, or that of its ground."""
        side = theme().px(self._size)
        whole = side + theme().px(22) if self._ground else side
        return QSize(whole, whole)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        if self._ground:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(self._ground))
            painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        side = theme().px(self._size)
        picture = icons.pixmap(self._icon, self._token, side, 2)
        at = QPointF((self.width() - side) / 2, (self.height() - side) / 2)
        painter.drawPixmap(at, picture)
        painter.end()
