"""The heads of a table's columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.cells import EDGE, SIDE
from judgeapp.gui.widgets.rows import NUMBERS, RowsModel

_ARROW = 16
_ARROWS = {
    Qt.SortOrder.AscendingOrder: "arrow-up",
    Qt.SortOrder.DescendingOrder: "arrow-down",
}


class Head(QHeaderView):
    """The heads of the columns: small, quiet, numbers right; a click sorts where that is possible.

    Attributes:
        model_of_rows: the model whose order is shown.
        asked: by which column and in which direction to sort.
    """

    asked = Signal(int, Qt.SortOrder)

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.model_of_rows = model
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(24)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.sectionClicked.connect(self.ask)

    def _font(self) -> QFont:
        font = theme().font("small")
        font.setWeight(QFont.Weight.Medium)
        return font

    def _sides(self, section: int) -> tuple[int, int]:
        last = len(self.model_of_rows.columns) - 1
        return (EDGE if section == 0 else SIDE), (EDGE if section == last else SIDE)

    def title_width(self, section: int) -> int:
        """Return the width that the head needs."""
        column = self.model_of_rows.columns[section]
        width = QFontMetricsF(self._font()).horizontalAdvance(column.title) + 2
        return round(width + 0.5) + sum(self._sides(section)) + (_ARROW if column.sort else 0)

    def sizeHint(self) -> QSize:
        """Return the height of a head."""
        size = super().sizeHint()
        size.setHeight(theme().px(34))
        return size

    def arrow(self, section: int) -> QIcon:
        """Return the arrow of the direction in which a column is sorted, if it is."""
        by = self.model_of_rows.sorted_by
        if by is None or by[0] != section:
            return QIcon()
        return icons.icon(_ARROWS[by[1]], "text2", 16)

    def ask(self, section: int) -> None:
        """Ask to sort by a column, the other way round if it is sorted by already."""
        if self.model_of_rows.columns[section].sort is None:
            return
        order = Qt.SortOrder.AscendingOrder
        if self.model_of_rows.sorted_by == (section, order):
            order = Qt.SortOrder.DescendingOrder
        self.asked.emit(section, order)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a head, its arrow and the hairline under it."""
        column = self.model_of_rows.columns[section]
        left, right = self._sides(section)
        painter.save()
        painter.fillRect(rect, theme().color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme().color("line"))
        painter.setFont(self._font())
        painter.setPen(theme().color("text3"))
        place = QRectF(rect).adjusted(left, 0, -right, 0)
        by = self.model_of_rows.sorted_by
        number = column.kind in NUMBERS
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), column.title)
        if by is not None and by[0] == section:
            name = _ARROWS[by[1]]
            words = QFontMetricsF(self._font()).horizontalAdvance(column.title)
            x = place.right() - words - _ARROW if number else place.x() + words + 3
            point = QPoint(round(x), rect.center().y() - 6)
            painter.drawPixmap(point, icons.pixmap(name, "text2", 13, 2))
        painter.restore()
