"""Matrix of judges and contestants: which score sheets are there, new, different, missing.

A cell says it by sign and colour: full green known, blue with a dot new, amber with ≠ changed,
an empty box missing, a stroke not allowed to judge. Arrows move, Enter opens; the accessible text
of each cell is its judge, contestant and state in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.matrix_cells import OTHER_KEYS, STATE_KEYS, State, paint_state
from judgeapp.gui.widgets.matrix_heads import CORNER_SIDE, ColumnHeads, RowHeads
from judgeapp.gui.widgets.rows import Index
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts

__all__ = ["Matrix", "MatrixRow", "State"]

_LEAST, _MOST, _ROW = 10, 36, 47
_TOTAL_SIDE = 14


@dataclass(frozen=True)
class MatrixRow:
    """One judge.

    Attributes:
        id: which judge.
        name: shown whole.
        second: what stands under the name.
        cells: a state for each contestant.
        total: such as ``35 / 37``.
        tone: colour of second line and total: empty, ``warn`` or ``stop``.
    """

    id: str
    name: str
    second: str
    cells: tuple[State, ...]
    total: str
    tone: Literal["", "warn", "stop"] = ""


class MatrixModel(QAbstractTableModel):
    """Judges by contestants, and a last column with totals; never edited."""

    def __init__(self, texts: Texts, keys: Mapping[State, str], total: str) -> None:
        super().__init__()
        self._texts, self._keys, self._total = texts, keys, total
        self.rows: list[MatrixRow] = []
        self.heads: list[str] = []

    def set_rows(self, rows: Sequence[MatrixRow], heads: Sequence[str]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows, self.heads = list(rows), list(heads)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of judges."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of contestants, and one for the totals."""
        if parent is not None and parent.isValid():
            return 0
        return len(self.heads) + 1 if self.heads else 0

    def state(self, index: Index) -> State | None:
        """Return the state of a cell, or None for a total."""
        row = self.rows[index.row()]
        return row.cells[index.column()] if index.column() < len(row.cells) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, state = self.rows[index.row()], self.state(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.total if index.column() == len(self.heads) else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if state is None:
                return f"{row.name}: {row.total}"
            return f"{row.name}, {self.heads[index.column()]}: {self._texts(self._keys[state])}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a contestant's number or a judge's name."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].name if 0 <= section < len(self.rows) else None
        if section == len(self.heads):
            return self._total
        return self.heads[section] if 0 <= section < len(self.heads) else None


class _MatrixCell(QStyledItemDelegate):
    """Paints states, and totals in the last column."""

    def __init__(self, view: Matrix) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, hairline, state or total, and the ring of the current cell."""
        box = QRectF(option.rect)
        current = self._view.currentIndex()
        painter.save()
        if current.row() == index.row():
            painter.fillRect(box, theme().color("accentsoft"))
        line = QRectF(box.x(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, theme().color("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._view.states.state(index)
        if state is None:
            self._paint_total(painter, box, index)
        else:
            height = min(theme().px(27), box.height() - 12)
            top = box.center().y() - height / 2
            paint_state(painter, QRectF(box.x() + 1, top, box.width() - 2, height), state)
        if self._view.hasFocus() and current == index:
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 5, 0, -6), 3, 3)
        painter.restore()

    def _paint_total(self, painter: QPainter, box: QRectF, index: Index) -> None:
        row = self._view.states.rows[index.row()]
        painter.setFont(theme().font("strong"))
        painter.setPen(theme().color(row.tone or "text"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(0, 0, -_TOTAL_SIDE, 0), int(side), row.total)


class Matrix(QTableView):
    """The matrix.

    Attributes:
        states: its model.
        opened: row and column of the cell that Enter or a double click opened; column -1: the row.
        current_changed: row and column of the current cell; column -1: the total.
    """

    opened = Signal(int, int)
    current_changed = Signal(int, int)

    def __init__(
        self,
        texts: Texts,
        *,
        accessible_name: str,
        keys: Mapping[State, str] | None = None,
        total: str = "",
    ) -> None:
        """Make an empty matrix.

        Args:
            texts: the language in use.
            accessible_name: what it shows.
            keys: the words of the states, where they are not those of score sheets.
            total: the head of the last column, likewise.
        """
        super().__init__()
        total = total or texts("gui.widgets.matrix.total")
        self.states = MatrixModel(texts, keys or {**STATE_KEYS, **OTHER_KEYS}, total)
        self.states.setParent(self)
        self.setAccessibleName(accessible_name)
        self._names = RowHeads(self.states, self)
        self._numbers = ColumnHeads(self.states, self)
        self.setModel(self.states)
        self.setItemDelegate(_MatrixCell(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(self._numbers)
        self.setCornerButtonEnabled(False)
        self._corner = label(texts("gui.widgets.matrix.judge"), "small", "third")
        self._corner.setParent(self)
        self._corner_line = hairline()
        self._corner_line.setParent(self)
        self._names.sectionClicked.connect(self._go_to_row)
        self.doubleClicked.connect(self._open)
        theme().changed.connect(self._lay_out)

    def set_rows(self, rows: Sequence[MatrixRow], heads: Sequence[str]) -> None:
        """Show judges and contestants; the current cell stays in its place."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.states.set_rows(rows, heads)
        self._lay_out()
        self.updateGeometry()
        if row >= 0:
            self.setCurrentIndex(self.states.index(row, column))

    def select(self, row: int, column: int = 0) -> None:
        """Make a cell the current one."""
        self.setCurrentIndex(self.states.index(row, column))

    def content_height(self) -> int:
        """Return the height at which every judge is shown without scrolling."""
        return self.height_of_rows(len(self.states.rows))

    def height_of_rows(self, count: int) -> int:
        """Return the height at which so many judges are shown without scrolling."""
        rows = sum(self.rowHeight(number) for number in range(count))
        return rows + self._numbers.sizeHint().height() + 2

    def sizeHint(self) -> QSize:
        """Return room for every judge."""
        return QSize(theme().px(640), self.content_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the heads and two judges; the others are scrolled to."""
        least = self._numbers.sizeHint().height() + 2 * theme().px(_ROW)
        return QSize(theme().px(320), min(least, self.content_height()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Light up the row and tell which cell is the current one."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self._names.current = current.row()
        self._names.viewport().update()
        column = current.column() if current.column() < len(self.states.heads) else -1
        self.current_changed.emit(current.row(), column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Make the first cell the current one if none is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.states.rows and self.states.heads:
            self.select(0)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing: cells have no words of their own."""

    def _open(self, index: Index) -> None:
        column = index.column() if index.column() < len(self.states.heads) else -1
        self.opened.emit(index.row(), column)

    def _go_to_row(self, row: int) -> None:
        self.select(row, max(self.currentIndex().column(), 0))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the contestants."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Give names, cells and totals their sizes at the text size in use."""
        bar = self.verticalScrollBar()
        room = max(self.width() - (bar.width() if bar.isVisible() else 0), 1)
        self._names.fit(max(room * 2 // 5, theme().px(150)))
        count = len(self.states.heads)
        total = self._total_width()
        left = room - self._names.width_in_use - total
        each = min(max(left // count if count else _MOST, theme().px(_LEAST)), theme().px(_MOST))
        for number in range(count):
            self.setColumnWidth(number, each)
        if count:
            self.setColumnWidth(count, max(total, left + total - each * count))
        for number in range(len(self.states.rows)):
            self.setRowHeight(number, max(theme().px(_ROW), self._names.height_of(number)))
        self._corner.setGeometry(
            CORNER_SIDE, 0, self._names.width_in_use - CORNER_SIDE, self._numbers.height()
        )
        line = self._numbers.height() - 1
        self._corner_line.setGeometry(0, line, self._names.width_in_use, 1)
        self.viewport().update()

    def _total_width(self) -> int:
        strong, small = QFontMetricsF(theme().font("strong")), QFontMetricsF(theme().font("small"))
        head = self.states.headerData(len(self.states.heads), Qt.Orientation.Horizontal) or ""
        widest = max((strong.horizontalAdvance(row.total) for row in self.states.rows), default=0)
        return ceil(max(widest, small.horizontalAdvance(head))) + 2 * _TOTAL_SIDE + 2
