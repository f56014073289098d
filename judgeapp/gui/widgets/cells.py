"""How the cells of a table are painted: one delegate for each kind of column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import ROW_HEIGHT
from judgeapp.gui.widgets.pill import paint_pill, pill_size
from judgeapp.gui.widgets.rows import ROW_ROLE, BarLook, Column

SIDE, EDGE = 8, 16
BAR_WIDTH = 172
_ACCENT_BAR = 3
_WORDS, _ANYWHERE = int(Qt.TextFlag.TextWordWrap), int(Qt.TextFlag.TextWrapAnywhere)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class RowLook:
    """What sets a row apart.

    Attributes:
        ground: token of its ground, such as ``warnsoft``.
        line: token of a 2 px line above it, such as the line of the cut.
        tone: token of its words, such as ``text2`` for those below the cut.
    """

    ground: str | None = None
    line: str | None = None
    tone: str | None = None


class Cell(QStyledItemDelegate):
    """Plain words; the base of the other kinds."""

    role: ClassVar[str] = "body"
    tone: ClassVar[str] = "text"
    wraps: ClassVar[bool] = True
    side: ClassVar[Qt.AlignmentFlag] = Qt.AlignmentFlag.AlignLeft

    def __init__(
        self, column: Column, look: Callable[[Any], RowLook | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.column = column
        self._look = look
        self._made: dict[tuple[str, float], tuple[QFont, QFontMetricsF]] = {}
        self.first = False
        self.last = False

    # What the table asks to lay out its columns and rows.

    def padding(self) -> int:
        """Return the room left and right of the content together."""
        return 2 * SIDE + (EDGE - SIDE) * (self.first + self.last)

    def content_width(self, row: Any) -> int:
        """Return the width of the content in one line."""
        lines = self.column.text(row).split("\n")
        widths = (self._metrics(n).horizontalAdvance(line) for n, line in enumerate(lines))
        return ceil(max(widths)) + 2

    def least_width(self, row: Any) -> int:
        """Return the width below which a word would be broken."""
        if not self.wraps:
            return self.content_width(row)
        words = self.column.text(row).split()
        metrics = self._metrics(0)
        return ceil(max((metrics.horizontalAdvance(word) for word in words), default=0)) + 2

    def height(self, row: Any, width: int) -> int:
        """Return the height of the row when this column is ``width`` wide."""
        room = width - self.padding()
        total = sum(
            self._line_height(n, line, room)
            for n, line in enumerate(self.column.text(row).split("\n"))
        )
        return max(theme().px(ROW_HEIGHT), ceil(total) + theme().px(8))

    def _line_height(self, number: int, line: str, room: float) -> float:
        metrics = self._metrics(number)
        least = theme().px(20 if number or self.role == "small" else 22)
        if not self.wraps or metrics.horizontalAdvance(line) <= room:
            return max(least, metrics.height())
        flags = self._wrapping(metrics, line, room)
        box = metrics.boundingRect(QRectF(0, 0, max(room, 1), 10_000), flags, line)
        return max(least, box.height())

    def _wrapping(self, metrics: QFontMetricsF, line: str, room: float) -> int:
        """Return how to wrap: between words, or inside one that is wider than the column."""
        fits = all(metrics.horizontalAdvance(word) <= room for word in line.split())
        return _WORDS if fits else _ANYWHERE

    def _font(self, line: int) -> QFont:
        return self._fonts(line)[0]

    def _metrics(self, line: int) -> QFontMetricsF:
        return self._fonts(line)[1]

    def _fonts(self, line: int) -> tuple[QFont, QFontMetricsF]:
        words = "strong" if self.column.strong else self.role
        role = "small" if line else words
        key = (role, theme().scale)
        if key not in self._made:
            font = theme().font(role)
            self._made[key] = font, QFontMetricsF(font)
        return self._made[key]

    # Painting.

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint ground, content, hairline, and the mark of the selected row."""
        row = index.data(ROW_ROLE)
        look = self._look(row) or RowLook()
        box = QRectF(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        ground = "accentsoft" if selected else look.ground or ("hover" if over else None)
        if ground:
            painter.fillRect(box, theme().color(ground))
        self._paint_lines(painter, box, look)
        left = box.x() + (EDGE if self.first else SIDE)
        right = box.right() - (EDGE if self.last else SIDE)
        self.content(painter, QRectF(left, box.y(), right - left, box.height()), row, look)
        if selected and self.first:
            bar = QRectF(box.x(), box.y(), _ACCENT_BAR, box.height())
            painter.fillRect(bar, theme().color("accent"))
        painter.restore()

    def _paint_lines(self, painter: QPainter, box: QRectF, look: RowLook) -> None:
        start = box.x() + (EDGE if self.first else 0)
        end = box.right() - (EDGE if self.last else 0)
        painter.fillRect(QRectF(start, box.bottom() - 1, end - start, 1), theme().color("line"))
        if look.line:
            painter.fillRect(QRectF(box.x(), box.y(), box.width(), 2), theme().color(look.line))

    def content(self, painter: QPainter, place: QRectF, row: Any, look: RowLook) -> None:
        """Paint the words; the second line smaller, below."""
        lines = self.column.text(row).split("\n")
        heights = [self._line_height(n, line, place.width()) for n, line in enumerate(lines)]
        y = place.center().y() - sum(heights) / 2
        for number, (line, height) in enumerate(zip(lines, heights, strict=True)):
            painter.setFont(self._font(number))
            painter.setPen(QPen(theme().color(self._ink(row, look, number))))
            flags = int(self.side | _MIDDLE)
            if self.wraps:
                flags |= self._wrapping(self._metrics(number), line, place.width())
            painter.drawText(QRectF(place.x(), y, place.width(), height), flags, line)
            y += height

    def _ink(self, row: Any, look: RowLook, line: int) -> str:
        own = self.column.tone(row) if self.column.tone else None
        return own or ("text2" if line else look.tone or self.tone)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room of the cell in one line."""
        row = index.data(ROW_ROLE)
        width = self.content_width(row) + self.padding()
        return QSize(width, self.height(row, width))


class NameCell(Cell):
    """The name of a person or thing: strong, wrapped, never cut."""

    role = "strong"


class SmallCell(Cell):
    """Small second words."""

    role = "small"
    tone = "text2"


class NumberCell(Cell):
    """A figure, right-aligned, in figures of equal width."""

    wraps = False
    side = Qt.AlignmentFlag.AlignRight


class PillCell(Cell):
    """A pill, or plain small words where there is nothing to say aloud."""

    role = "small"
    tone = "text2"
    wraps = False

    def content_width(self, row: Any) -> int:
        """Return the width of the pill."""
        look = self.column.pill(row) if self.column.pill else None
        return pill_size(look).width() if look else super().content_width(row)

    def height(self, row: Any, width: int) -> int:
        """Return the height of a row around a pill."""
        look = self.column.pill(row) if self.column.pill else None
        return theme().px(ROW_HEIGHT) if look else super().height(row, width)

    def content(self, painter: QPainter, place: QRectF, row: Any, look: RowLook) -> None:
        """Paint the pill."""
        pill = self.column.pill(row) if self.column.pill else None
        if pill is None:
            super().content(painter, place, row, look)
            return
        paint_pill(painter, place, pill)


class BarCell(Cell):
    """A bar on the common scale of its column; its words are read aloud, not shown."""

    wraps = False

    def content_width(self, row: Any) -> int:
        """Return the usual length of the scale."""
        return self.column.width or BAR_WIDTH

    def least_width(self, row: Any) -> int:
        """Return the shortest scale that still says something."""
        return 64

    def height(self, row: Any, width: int) -> int:
        """Return the height of a row."""
        return theme().px(ROW_HEIGHT)

    def content(self, painter: QPainter, place: QRectF, row: Any, look: RowLook) -> None:
        """Paint the scale and the bar on it."""
        bar = self.column.bar(row) if self.column.bar else BarLook(0)
        thick = 6.0
        track = QRectF(place.x(), place.center().y() - thick / 2, place.width(), thick)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(track, 3, 3)
        length = min(max(bar.value, 0.0), 1.0) * track.width()
        if length > 0:
            track.setWidth(max(length, thick))
            painter.setBrush(theme().color(bar.tone))
            painter.drawRoundedRect(track, 3, 3)


CELLS: dict[str, type[Cell]] = {
    "text": Cell,
    "name": NameCell,
    "number": NumberCell,
    "pill": PillCell,
    "small": SmallCell,
    "bar": BarCell,
}
