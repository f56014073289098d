"""What scrolls where room lacks, instead of cutting anything; the focus goes to what it holds."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class _Sheet(QWidget):
    """Asks for no more height than its content needs at the least, with all words whole."""

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1

    def minimumSizeHint(self) -> QSize:
        """Return the least size; where words wrap, the height follows from the width later."""
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else QSize()


def scrolling(inside: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Return a frame in which something scrolls up and down, and ``sideways`` if it is too wide."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


class Scroller(QScrollArea):
    """A column that scrolls when it must; the controls in it take the focus, it does not.

    Attributes:
        sheet: what scrolls; ``column`` lies on it and takes what it holds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = _Sheet()
        self.column = QVBoxLayout(self.sheet)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self.sheet)
