"""The heads of the matrix: judges at the left, always in view; contestants' numbers above."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from judgeapp.gui.theme import theme

CORNER_SIDE = 16
_WRAP = int(Qt.TextFlag.TextWordWrap)
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class _Judge(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def tone(self) -> str: ...


class _Shown(Protocol):
    @property
    def rows(self) -> Sequence[_Judge]: ...
    @property
    def heads(self) -> Sequence[str]: ...


class RowHeads(QHeaderView):
    """Names of judges, whole, with a second line.

    Attributes:
        current: the row that is lit.
        width_in_use: in pixels.
    """

    def __init__(self, shown: _Shown, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._shown = shown
        self.current = -1
        self.width_in_use = 160
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit(self, most: int) -> None:
        """Be as wide as the names, but no wider than ``most``: longer ones wrap."""
        strong = QFontMetricsF(theme().font("strong"))
        small = QFontMetricsF(theme().font("small"))
        widths = [
            max(strong.horizontalAdvance(row.name), small.horizontalAdvance(row.second))
            for row in self._shown.rows
        ]
        wanted = ceil(max(widths, default=100)) + 2 * CORNER_SIDE + 2
        self.width_in_use = min(wanted, most)
        self.setFixedWidth(self.width_in_use)

    def height_of(self, number: int) -> int:
        """Return the height of a judge's words."""
        first, second = self._heights(number)
        return ceil(first + second) + 7

    def _heights(self, number: int) -> tuple[float, float]:
        row = self._shown.rows[number]
        room = QRectF(0, 0, max(self.width_in_use - 2 * CORNER_SIDE, 20), 10_000)
        strong = QFontMetricsF(theme().font("strong"))
        small = QFontMetricsF(theme().font("small"))
        first = strong.boundingRect(room, _WRAP, row.name).height()
        second = small.boundingRect(room, _WRAP, row.second).height() if row.second else 0.0
        return max(first, theme().px(20)), second

    def sizeHint(self) -> QSize:
        """Return the width in use."""
        return QSize(self.width_in_use, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint name, second line, hairline and the mark of the current row."""
        row = self._shown.rows[section]
        box = QRectF(rect)
        painter.save()
        lit = section == self.current
        painter.fillRect(box, theme().color("accentsoft" if lit else "surface"))
        line = QRectF(box.x(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, theme().color("line"))
        if lit:
            painter.fillRect(QRectF(box.x(), box.y(), 3, box.height()), theme().color("accent"))
        first, second = self._heights(section)
        room = box.width() - 2 * CORNER_SIDE + 1
        y = box.center().y() - (first + second) / 2
        painter.setFont(theme().font("strong"))
        painter.setPen(theme().color("text"))
        painter.drawText(QRectF(CORNER_SIDE, y, room, first), _WRAP | _MIDDLE, row.name)
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color(row.tone or "text2"))
        below = QRectF(CORNER_SIDE, y + first, room, second)
        painter.drawText(below, _WRAP | _MIDDLE, row.second)
        painter.restore()


class ColumnHeads(QHeaderView):
    """Numbers of contestants: each where there is room, else the first and every fifth."""

    def __init__(self, shown: _Shown, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._shown = shown
        self.setHighlightSections(False)
        self.setMinimumSectionSize(4)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of a head."""
        size = super().sizeHint()
        size.setHeight(theme().px(34))
        return size

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint a number in the middle of its column; it may reach over its neighbours."""
        painter.save()
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color("text3"))
        line = QRectF(rect.x(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme().color("line"))
        if section == len(self._shown.heads):
            words = self.model().headerData(section, Qt.Orientation.Horizontal)
            right = int(Qt.AlignmentFlag.AlignRight) | _MIDDLE
            painter.drawText(QRectF(rect).adjusted(0, 0, -14, 0), right, words)
        elif self._is_shown(section, rect.width()):
            words = self._shown.heads[section]
            wide = QRectF(rect)
            over = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2 - wide.width()
            if over > 0:  # into its neighbours, but not beyond the edge
                wide.adjust(-min(over / 2, wide.left()), 0, over, 0)
                wide.setWidth(rect.width() + over)
            painter.drawText(wide, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()

    def _is_shown(self, section: int, width: int) -> bool:
        metrics = QFontMetricsF(theme().font("small"))
        widest = max((metrics.horizontalAdvance(head) for head in self._shown.heads), default=0)
        if widest + 6 <= width:
            return True
        step = max(5, 5 * ceil((widest + 12) / max(width * 5, 1)))
        return section == 0 or (section + 1) % step == 0
