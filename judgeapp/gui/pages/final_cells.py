"""The cells of the grid of marks: one field for one mark, and the sum of a sheet."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import CELL_HEIGHT, CELL_WIDTH
from judgeapp.gui.widgets.points_field import PointsField

_SIGN = 11
Mark = Literal["", "saving", "saved", "from_file", "same"]
_SIGNS = {"saved": ("check", "ok"), "from_file": ("file-check", "text3"), "same": ("equal", "ok")}


class MarkCell(PointsField):
    """A field for one mark in a grid; a sign at its left says how the mark stands.

    Attributes:
        walked: to the judge below (+1) or above (-1), same criterion.
        came: the focus came here.
        undo_asked: Ctrl Z: the mark before is to hold again.
    """

    walked = Signal(int)
    came = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        self._mark: Mark = ""
        super().__init__()

    @property
    def mark(self) -> Mark:
        """How the mark stands: nothing, on its way, on the disk, out of a score file, compared."""
        return self._mark

    def show_mark(self, mark: Mark) -> None:
        """Show how the mark stands."""
        if mark != self._mark:
            self._mark = mark
            self.update()

    def dress(self) -> None:
        """Take the size of figures that is in use."""
        self.setObjectName("mark")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedSize(theme().px(CELL_WIDTH), theme().px(CELL_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Take Ctrl Z for the marks: it must not take back some other step of the contest."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk up and down the judges; all else is as in every field for points."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus came."""
        super().focusInEvent(event)
        self.came.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and its sign."""
        super().paintEvent(event)
        sign = _SIGNS.get(self._mark)
        if sign is None:
            return
        painter = QPainter(self)
        picture = icons.pixmap(sign[0], sign[1], _SIGN, 2.5)
        painter.drawPixmap(QPointF(5, (self.height() - _SIGN) / 2), picture)
        painter.end()
