"""The contact sheet and the sound wave of a clip, with the places of suspected cuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from judgeapp.domain.entries import clock_text
from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.system.texts import Texts

COLUMNS = 4
_CELL, _CELL_HEIGHT, _SHEET_GAP = 320, 180, 4
_GAP, _SIGN = 4, 22


class ContactSheet(QAbstractSlider):
    """Sixteen pictures along a clip; those after a suspected cut are framed, with scissors.

    To a screen reader it is a place among so many; the wheel does nothing.

    Attributes:
        chosen: the second of the picture that was pressed.
    """

    chosen = Signal(float)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._sheet: QImage | None = None
        self._times: tuple[float, ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(texts("gui.entries.sheet"))

    def show_clip(
        self, sheet: QImage | None, times: Sequence[float], cuts: Sequence[float]
    ) -> None:
        """Show another clip.

        Args:
            sheet: the picture that the check made.
            times: seconds of its pictures.
            cuts: seconds of suspected cuts.
        """
        self._sheet, self._times, self._current = sheet, tuple(times), 0
        after = (next((i for i, t in enumerate(times) if t >= cut), None) for cut in cuts)
        self._marked = frozenset(index for index in after if index is not None)
        self._tell()
        self.updateGeometry()
        self.update()

    @property
    def marked(self) -> frozenset[int]:
        """Indices of the framed pictures."""
        return self._marked

    def hasHeightForWidth(self) -> bool:
        """Cells keep the form of a picture."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        rows = max(1, -(-len(self._times) // COLUMNS))
        return round(rows * (self._cell(width).height() + _GAP))

    def sizeHint(self) -> QSize:
        """As the drawer is."""
        return QSize(380, self.heightForWidth(380))

    @staticmethod
    def _cell(width: float) -> QRectF:
        wide = (width - (COLUMNS - 1) * _GAP) / COLUMNS
        return QRectF(0, 0, wide, wide * 9 / 16)

    def _place(self, index: int) -> QRectF:
        cell = self._cell(self.width())
        row, column = divmod(index, COLUMNS)
        cell.moveTo(column * (cell.width() + _GAP), row * (cell.height() + _GAP))
        return cell

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture that was pressed."""
        for index in range(len(self._times)):
            if self._place(index).contains(event.position()):
                self._current = index
                self._tell()
                self.update()
                self.chosen.emit(self._times[index])
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter chooses."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1,
                 Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._times:
            self._current = min(max(0, self._current + step), len(self._times) - 1)
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._times:
            self.chosen.emit(self._times[self._current])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the drawer scroll."""
        event.ignore()

    def _tell(self) -> None:
        if self._times:
            self.setRange(1, len(self._times))
            self.setValue(self._current + 1)
            self.setAccessibleDescription(clock_text(self._times[self._current]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures, the frames and the times."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, second in enumerate(self._times):
            place = self._place(index)
            if self._sheet is None:
                painter.fillRect(place, theme().color("sunken"))
            else:
                row, column = divmod(index, COLUMNS)
                left, top = column * (_CELL + _SHEET_GAP), row * (_CELL_HEIGHT + _SHEET_GAP)
                source = QRectF(left, top, _CELL, _CELL_HEIGHT)
                painter.drawImage(place, self._sheet, source)
            self._paint_time(painter, place, clock_text(second))
        for index in sorted(self._marked):
            self._paint_cut(painter, self._place(index))
        if self.hasFocus() and self._times:
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._place(self._current).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_time(self, painter: QPainter, place: QRectF, text: str) -> None:
        """Paint the time over the small one that is part of the picture."""
        font = theme().font("small-strong")
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(text) + 10
        box = QRectF(place.left() + 3, place.bottom() - 22, max(wide, 38), 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(15, 16, 18))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_cut(self, painter: QPainter, place: QRectF) -> None:
        mark = theme().color("warnmark")
        painter.setPen(QPen(mark, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        middle = QPointF(place.left() + _SIGN / 2, place.top() + _SIGN / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        painter.drawEllipse(middle, _SIGN / 2, _SIGN / 2)
        sign = icons.pixmap("scissors", "on_mark", 14, 2)
        painter.drawPixmap(QPointF(middle.x() - 7, middle.y() - 7), sign)


class Wave(QWidget):
    """The sound along a clip, with lines where something was found; a press goes there.

    Attributes:
        chosen: the second that was pressed.
    """

    chosen = Signal(float)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._peaks: tuple[int, ...] = ()
        self._places: tuple[float, ...] = ()
        self._length = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(44)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(texts("gui.entries.wave"))

    def show_clip(self, peaks: Sequence[int], length: float, places: Sequence[float]) -> None:
        """Show another clip."""
        self._peaks, self._length, self._places = tuple(peaks), length, tuple(places)
        self.setVisible(bool(peaks) and length > 0)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a place."""
        self.chosen.emit(self._length * min(1.0, max(0.0, event.position().x() / self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars and the places."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accentline"))
        count = max(1, self.width() // 4)
        for index in range(count):
            first = index * len(self._peaks) // count
            last = max(first + 1, (index + 1) * len(self._peaks) // count)
            peak = max(self._peaks[first:last], default=0)
            high = max(2.0, (self.height() - 6) * peak / 100)
            box = QRectF(index * 4, (self.height() - high) / 2, 2, high)
            painter.drawRoundedRect(box, 1, 1)
        painter.setPen(QPen(theme().color("warnmark"), 2))
        for second in self._places:
            x = min(self.width() - 1.0, self.width() * second / self._length)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()
