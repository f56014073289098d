"""Choice: a closed list to choose one from, dressed as a field; the wheel only scrolls the page."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from judgeapp.gui import icons
from judgeapp.gui.theme import theme

_ARROW, _SIDE = 16, 10


class Choice(QComboBox):
    """A combo box with an arrow of our own; as wide as its longest choice."""

    def __init__(self, *, accessible_name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the arrow at its right."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme().px(_ARROW)
        token = "text2" if self.isEnabled() else "text3"
        at = QPointF(self.width() - _SIDE - side, (self.height() - side) / 2)
        painter.drawPixmap(at, icons.pixmap("chevron-down", token, side, 2))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
