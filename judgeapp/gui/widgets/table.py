"""Table: rows with hairlines, figures on their comma, names whole, everything by keyboard.

Enter opens a row, letters jump to it, the wheel only scrolls. Columns keep the width that a person
gave them; else they are as wide as their content, and those that stretch share what is left or
give way, and then their words wrap and the row grows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from judgeapp.domain.names import bare_key
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import ROW_HEIGHT
from judgeapp.gui.widgets.cells import CELLS, EDGE, Cell, RowLook
from judgeapp.gui.widgets.head import Head
from judgeapp.gui.widgets.rows import BarLook, Column, Index, RowsModel
from judgeapp.gui.widgets.widths import Wish, share

__all__ = ["BarLook", "Column", "RowLook", "Table"]

_SAMPLE = 150  # rows that are measured for the widths; the others wrap if they are wider
_USUAL = 240  # a wrapping column asks for no more than this where room is short


class Table(QTableView):
    """A list of rows.

    Attributes:
        rows: what is shown, in the order shown.
        row_look: what sets a row apart; called for each row painted.
        step_back: columns that are left out where room lacks, the first of them first.
    """

    opened = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty_text: str,
        accessible_name: str,
        key: Callable[[Any], Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a table.

        Args:
            columns: what is shown.
            empty_text: what is said in place of rows.
            accessible_name: what the table is, for a screen reader.
            key: what makes a row the same one after a reload; its ``id``, else the row itself.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._empty_text = empty_text
        self._key = key or (lambda row: getattr(row, "id", row))
        self._own_widths: dict[int, float] = {}
        self._laying_out = False
        self._wishes: list[Wish] | None = None
        self._last: Any = None
        self.step_back: Sequence[int] = ()
        self.row_look: Callable[[Any], RowLook | None] = lambda row: None
        self._rows_model = RowsModel(columns, self)
        self._cells: list[Cell] = []
        self._head = Head(self._rows_model, self)
        self.setModel(self._rows_model)
        self._make_cells()
        self._dress(accessible_name)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows[index.row()]))
        self.verticalScrollBar().valueChanged.connect(self._fit_rows)
        theme().changed.connect(self._measure_again)
        self._lay_out()

    def _dress(self, accessible_name: str) -> None:
        self.setAccessibleName(accessible_name)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setHorizontalHeader(self._head)
        self._head.asked.connect(self.sort_by)
        self._head.sectionResized.connect(self._keep_width)

    def _make_cells(self) -> None:
        columns = self._rows_model.columns
        self._cells = [CELLS[column.kind](column, self._look, self) for column in columns]
        for number, cell in enumerate(self._cells):
            cell.first, cell.last = number == 0, number == len(columns) - 1
            self.setItemDelegateForColumn(number, cell)

    def _look(self, row: Any) -> RowLook | None:
        return self.row_look(row)

    # Rows.

    @property
    def rows(self) -> list[Any]:
        """The rows in the order shown."""
        return self._rows_model.rows

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the current row stays the same one, and in its place, if still there."""
        current = self.current_row()
        scrolled = self.verticalScrollBar().value()
        self._rows_model.set_rows(rows)
        self._measure_again()
        if current is not None:
            wanted = self._key(current)
            for number, row in enumerate(self.rows):
                if self._key(row) == wanted:
                    self.select(number, scroll=False)
                    self.verticalScrollBar().setValue(scrolled)
                    break
        self._tell_current()

    def current_row(self) -> Any:
        """Return the current row, or None."""
        number = self.currentIndex().row()
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def selected_rows(self) -> list[Any]:
        """Return the selected rows in the order shown."""
        model = self.selectionModel()
        return [self.rows[index.row()] for index in sorted(model.selectedRows())]

    def select(self, index: int, *, scroll: bool = True) -> None:
        """Make a row the current and only selected one; a number out of range clears."""
        if not 0 <= index < len(self.rows):
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.selectRow(index)
        if scroll:
            self._bring(self._rows_model.index(index, 0))

    def sort_by(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives back the order in which the rows came."""
        self._rows_model.sort(column, order)
        self._lay_out()
        self._bring(self.currentIndex())
        self.horizontalHeader().viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is the current one now."""
        super().currentChanged(current, previous)
        if not QApplication.mouseButtons():
            self._bring(current)
        self._tell_current()
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Show the rows selected now, whole."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def _bring(self, index: Index) -> None:
        """Scroll to a row, and again once the rows around it have grown to their words."""
        self.scrollTo(index)
        self._fit_rows()
        self.scrollTo(index)

    def _tell_current(self) -> None:
        row = self.current_row()
        if row is not self._last:
            self._last = row
            self.current_changed.emit(row)

    # Widths and heights.

    def _measure_again(self) -> None:
        self._wishes = None
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each column and row its size at the text size in use."""
        self.setFont(theme().font("body"))
        self._laying_out = True
        self._leave_out_what_has_no_room()
        widths = self._widths(self.viewport().width())
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)
        self._laying_out = False
        height = theme().px(ROW_HEIGHT)
        if any("\n" in str(cell.column.text(row)) for row in self.rows[:1] for cell in self._cells):
            height = theme().px(50)
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_rows()
        self.viewport().update()

    def _leave_out_what_has_no_room(self) -> None:
        """Hide columns that may step back, in their order, until the others have their usual."""
        wishes, room = self._measured(), self.viewport().width()
        may_go, gone = list(self.step_back), set[int]()
        while may_go and sum(w.usual for n, w in enumerate(wishes) if n not in gone) > room:
            gone.add(may_go.pop(0))
        for number in self.step_back:
            self.setColumnHidden(number, number in gone)

    def _measured(self) -> list[Wish]:
        """Return what widths the columns wish; measured again for other rows or another size."""
        if self._wishes is None:
            sample = self.rows[:_SAMPLE]
            self._wishes = [self._measure(n, cell, sample) for n, cell in enumerate(self._cells)]
        return self._wishes

    def _measure(self, number: int, cell: Cell, sample: list[Any]) -> Wish:
        bar = cell.column.kind == "bar"
        title = self._head.title_width(number)
        fixed = max(title, theme().px(cell.column.width or 0))
        full = max((cell.content_width(row) for row in sample), default=0) + cell.padding()
        narrow = max((cell.least_width(row) for row in sample), default=0) + cell.padding()
        full = max(full, fixed)
        least = max(title, narrow) if cell.wraps or bar else full
        usual = max(least, fixed, min(full, theme().px(_USUAL))) if cell.wraps else full
        return Wish(least=min(least, full), usual=usual, full=full, bar=bar)

    def _widths(self, room: int) -> list[int]:
        wishes = list(self._measured())
        for number, own in self._own_widths.items():
            kept = max(theme().px(own), wishes[number].least)
            wishes[number] = Wish(least=kept, usual=kept, full=kept, bar=False)
        for number in self.step_back:
            if self.isColumnHidden(number):
                wishes[number] = Wish(least=0, usual=0, full=0, bar=False)
        return share(wishes, self._stretching(), room)

    def _stretching(self) -> list[int]:
        columns = self._rows_model.columns
        found = [n for n, c in enumerate(columns) if c.stretch and n not in self._own_widths]
        return found or [len(columns) - 1]

    def _keep_width(self, column: int, _: int, width: int) -> None:
        if not self._laying_out:
            self._own_widths[column] = width / theme().scale
            self._fit_rows()

    def _fit_rows(self) -> None:
        """Make the rows in view as high as their wrapped words need."""
        if not self.rows:
            return
        first = self.rowAt(0)
        if first < 0 and self.rowViewportPosition(0) < 0:
            return  # scrolled past the last row: the bar is about to move, and then it is fitted
        first = max(first, 0)
        bottom = self.viewport().height() + theme().px(ROW_HEIGHT)
        y, number = self.rowViewportPosition(first), first
        while number < len(self.rows) and y < bottom:
            row = self.rows[number]
            height = max(
                (
                    cell.height(row, self.columnWidth(n))
                    for n, cell in enumerate(self._cells)
                    if not self.isColumnHidden(n)
                ),
                default=0,
            )
            if height != self.rowHeight(number):
                self.setRowHeight(number, height)
            y += height
            number += 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out with the size the table is shown in."""
        super().showEvent(event)
        self._lay_out()

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row; Home and End go to the first and last."""
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() is not None:
            self.opened.emit(self.current_row())
            return
        if self.rows and plain == Qt.KeyboardModifier.NoModifier:
            if key == Qt.Key.Key_Home:
                self.select(0)
                return
            if key == Qt.Key.Key_End:
                self.select(len(self.rows) - 1)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the columns to sort by: what a click on a head does, for the menu key."""
        columns = self._rows_model.columns
        if not any(column.sort for column in columns):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(columns):
            if column.sort is not None:
                action = menu.addAction(self._head.arrow(number), column.title)
                action.triggered.connect(partial(self._head.ask, number))
        menu.popup(event.globalPos())

    def keyboardSearch(self, search: str) -> None:
        """Go to the next row one of whose words begins like this; marks over letters may lack."""
        wanted = bare_key(search.strip())
        if not wanted or not self.rows:
            return
        columns = self._rows_model.columns
        named = next((c for c in columns if c.kind == "name"), columns[0])
        start = self.currentIndex().row() + (1 if len(search.strip()) == 1 else 0)
        for step in range(len(self.rows)):
            number = (max(start, 0) + step) % len(self.rows)
            words = bare_key(named.text(self.rows[number]))
            if words.startswith(wanted) or f" {wanted}" in words:
                self.select(number)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the first row the current one if none is."""
        super().focusInEvent(event)
        if self.current_row() is None and self.rows:
            self.select(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, the ring of the current one, or what is said in their place."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if not self.rows:
            painter.setFont(theme().font("body"))
            painter.setPen(theme().color("text3"))
            place = QRectF(self.viewport().rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(place, flags, self._empty_text)
        elif self.hasFocus() and self.current_row() is not None:
            index = self.currentIndex()
            top = self.rowViewportPosition(index.row())
            ring = QRectF(0, top, self.viewport().width(), self.rowHeight(index.row()))
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.drawRect(ring.adjusted(1, 1, -1, -1))
        painter.end()
