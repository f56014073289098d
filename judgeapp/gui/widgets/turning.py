"""Turning: things side by side, and below one another where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_WAY = QBoxLayout.Direction


class Turning(QWidget):
    """A row that becomes a column as soon as its things would be cut."""

    def __init__(self, spacing: int = 10) -> None:
        super().__init__()
        self._row = QBoxLayout(_WAY.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)

    def add(self, widget: QWidget, share: int = 0) -> None:
        """Add a thing at the end."""
        self._row.addWidget(widget, share)

    def add_middle(self, widget: QWidget) -> None:
        """Add a thing at the end, in the middle where things stand below one another."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _each(self, *, least: bool) -> list[int]:
        items = [self._row.itemAt(number) for number in range(self._row.count())]
        return [(one.minimumSize() if least else one.sizeHint()).width() for one in items if one]

    def _beside(self, *, least: bool) -> int:
        widths = self._each(least=least)
        return sum(widths) + self._row.spacing() * max(len(widths) - 1, 0)

    def sizeHint(self) -> QSize:
        """Everything side by side."""
        return QSize(self._beside(least=False), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest thing: it can turn."""
        return QSize(max(self._each(least=True), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn for this width."""
        super().resizeEvent(event)
        fits = self.width() >= self._beside(least=True)
        self._row.setDirection(_WAY.LeftToRight if fits else _WAY.TopToBottom)
