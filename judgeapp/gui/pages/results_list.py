"""The ranking as a list: rank, name, bar on a common scale, total, distance to the cut, sign.

The cut is a line in the list. While somebody is tied on it, it is an amber band over the tied, with
its own action.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.firmness import Seat
from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import frame

Index = QModelIndex | QPersistentModelIndex
_SIGNS = {"in": ("flag", "ok"), "tied": ("equal", "warn"), "out": ("minus", "text3")}
_ROW, _LINE, _BAND = 37, 30, 44
_LINES = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True)
class RankRow:
    """One line of the list.

    Attributes:
        kind: a ``person``, the ``line`` of the cut, the ``band`` of a tie, a ``head`` of a group.
        share: of the common scale, 0 to 1.
        told: the whole line as a sentence.
    """

    kind: Literal["person", "line", "band", "head"]
    contestant: str = ""
    rank: str = ""
    name: str = ""
    second: str = ""
    total: str = ""
    distance: str = ""
    share: float = 0.0
    place: Seat = "none"
    told: str = ""
    action: str = ""


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RankRow] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.told
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.rows[index.row()].kind != "person":
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def fill(self, rows: Sequence[RankRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


@dataclass(frozen=True)
class _Columns:
    """Where the columns stand, left edge and width, in a row of some width."""

    rank: tuple[int, int]
    name: tuple[int, int]
    bar: tuple[int, int] | None
    total: tuple[int, int]
    distance: tuple[int, int] | None
    sign: tuple[int, int]


def _columns(width: int, *, with_cut: bool, widest: int) -> _Columns:
    px = theme().px
    edge = px(16)
    sign = (width - edge - px(26), px(26))
    right = sign[0] - px(8)
    distance = None
    if with_cut:
        distance = (right - px(82), px(82))
        right = distance[0] - px(8)
    total = (right - px(84), px(84))
    rank = (edge, px(38))
    left = rank[0] + rank[1] + px(14)
    room = total[0] - px(20) - left
    bar_width = min(px(260), room - widest - px(16))
    bar = None
    if bar_width >= px(70):
        bar = (total[0] - px(20) - bar_width, bar_width)
    name_width = (bar[0] - px(12) if bar else total[0] - px(8)) - left
    return _Columns(rank, (left, name_width), bar, total, distance, sign)


class RankingList(QListView):
    """The list; Enter or a click on a person opens it.

    Signals:
        opened: the contestant's number.
        action_asked: the button of the band was pressed.
    """

    opened = Signal(str)
    action_asked = Signal()

    def __init__(self, heads: tuple[str, str, str, str], name: str) -> None:
        super().__init__()
        self.heads = heads
        self.with_cut = True
        self.scale_text = ""
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self._widest = 0
        self.button: Button | None = None

    @property
    def rows(self) -> list[RankRow]:
        """What is shown, in order."""
        return self._model.rows

    def show_rows(self, rows: Sequence[RankRow], *, with_cut: bool) -> None:
        """Show these rows; who was selected stays so."""
        before = self.current()
        self.with_cut = with_cut
        metrics = QFontMetricsF(theme().font("strong"))
        self._widest = round(max((metrics.horizontalAdvance(r.name) for r in rows
                                  if r.kind == "person"), default=0)) + 2  # fmt: skip
        self.button = None
        self._model.fill(rows)
        for at, row in enumerate(rows):
            if row.kind == "band" and row.action:
                self.button = Button(row.action, kind="primary", height=34)
                self.button.clicked.connect(self.action_asked)
                holder = QWidget()
                line = QHBoxLayout(holder)
                line.setContentsMargins(0, 2, theme().px(16), 2)
                line.addStretch(1)
                line.addWidget(self.button)
                self.setIndexWidget(self._model.index(at), holder)
        self.select(before or next((r.contestant for r in rows if r.kind == "person"), ""))

    def current(self) -> str:
        """Return the number of the person the focus is on, or nothing."""
        index = self.currentIndex()
        return self._model.rows[index.row()].contestant if index.isValid() else ""

    def select(self, contestant: str) -> None:
        """Put the focus on a person."""
        for at, row in enumerate(self._model.rows):
            if row.contestant == contestant and row.kind == "person":
                self.setCurrentIndex(self._model.index(at))

    def columns(self) -> _Columns:
        """Return where the columns stand at the present width."""
        return _columns(self.viewport().width(), with_cut=self.with_cut, widest=self._widest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the person the focus is on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, index: Index) -> None:
        if index.isValid() and self._model.rows[index.row()].kind == "person":
            self.opened.emit(self._model.rows[index.row()].contestant)


class RankingHead(QWidget):
    """The heads over the columns of a ranking list."""

    def __init__(self, ranking: RankingList) -> None:
        super().__init__()
        self._ranking = ranking
        self.setFixedHeight(theme().px(34))

    def paintEvent(self, event: Any) -> None:
        """Paint the heads where the list has its columns."""
        columns = self._ranking.columns()
        painter = QPainter(self)
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color("text3"))
        rank, name, total, distance = self._ranking.heads
        right = int(Qt.AlignmentFlag.AlignRight)
        _write(painter, columns.rank, self.rect(), rank, right)
        _write(painter, columns.name, self.rect(), name)
        _write(painter, columns.total, self.rect(), total, right)
        if columns.distance:
            _write(painter, columns.distance, self.rect(), distance, right)
        if columns.bar:
            _write(painter, columns.bar, self.rect(), self._ranking.scale_text)
        painter.setPen(theme().color("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


def _write(
    painter: QPainter, column: tuple[int, int], row: QRect, text: str, align: int = 0
) -> None:
    place = QRect(row.left() + column[0], row.top(), column[1], row.height())
    painter.drawText(place, _LINES | align, text)


class _Delegate(QStyledItemDelegate):
    def __init__(self, ranking: RankingList) -> None:
        super().__init__(ranking)
        self._ranking = ranking

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._ranking.rows[index.row()]
        height = {"line": _LINE, "band": _BAND, "head": _BAND}.get(row.kind, _ROW)
        return QSize(100, theme().px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._ranking.rows[index.row()]
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == "person":
            state: QStyle.StateFlag = option.state
            self._person(painter, rect, row, state, index.row())
            if state & QStyle.StateFlag.State_Selected and self._ranking.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme().color("accent"), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
        elif row.kind == "head":
            painter.setFont(theme().font("small-strong"))
            painter.setPen(theme().color("text2"))
            painter.drawText(rect.adjusted(theme().px(16), 8, 0, 0), _LINES, row.name)
        else:
            self._cut(painter, rect, row)
        painter.restore()

    def _cut(self, painter: QPainter, rect: QRect, row: RankRow) -> None:
        columns, tied = self._ranking.columns(), row.kind == "band"
        if tied:
            painter.fillRect(rect, theme().color("warnsoft"))
            picture = icons.pixmap("equal", "warn", 18, 2)
            x = columns.rank[0] + columns.rank[1] - 18
            painter.drawPixmap(x, rect.center().y() - 8, picture)
        painter.setPen(QPen(theme().color("warnmark"), 2))
        top = rect.top() + 1
        if tied:
            painter.drawLine(rect.left(), top, rect.right(), top)
            painter.setPen(theme().color("warn"))
        else:
            middle = rect.center().y()
            font = theme().font("small-strong")
            painter.setFont(font)
            advance = round(QFontMetricsF(font).horizontalAdvance(row.name)) + 16
            painter.drawLine(rect.left(), middle, columns.name[0] - 8, middle)
            painter.drawLine(columns.name[0] + advance, middle, rect.right(), middle)
            painter.setPen(theme().color("text2"))
        painter.setFont(theme().font("strong" if tied else "small-strong"))
        painter.setPen(theme().color("text" if tied else "text2"))
        painter.drawText(rect.adjusted(columns.name[0], 0, 0, 0), _LINES, row.name)

    def _person(
        self, painter: QPainter, rect: QRect, row: RankRow, state: QStyle.StateFlag, at: int
    ) -> None:
        columns, rows = self._ranking.columns(), self._ranking.rows
        self._ground(painter, rect, row, state)
        painter.setPen(theme().color("line"))
        following = rows[at + 1] if at + 1 < len(rows) else None
        edge = theme().px(16)
        if row.place == "tied" and (following is None or following.place != "tied"):
            painter.setPen(QPen(theme().color("warnmark"), 2))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        elif following is not None and following.kind == "person":
            painter.drawLine(rect.left() + edge, rect.bottom(), rect.right() - edge, rect.bottom())
        right = int(Qt.AlignmentFlag.AlignRight)
        quiet = "text2" if row.place == "out" else "text"
        painter.setPen(theme().color(quiet))
        painter.setFont(theme().font("strong"))
        _write(painter, columns.rank, rect, row.rank, right)
        _write(painter, columns.total, rect, row.total, right)
        if row.place == "out":
            painter.setFont(theme().font("body"))
        _write(painter, columns.name, rect, row.name)
        self._bar(painter, rect, row)
        if row.distance and columns.distance:
            tone = {"in": "ok", "tied": "warn"}.get(row.place, "text2")
            painter.setFont(theme().font("body"))
            painter.setPen(theme().color(tone))
            _write(painter, columns.distance, rect, row.distance, right)
        if row.place in _SIGNS and self._ranking.with_cut:
            sign, token = _SIGNS[row.place]
            picture = icons.pixmap(sign, token, 18, 2)
            x = columns.sign[0] + columns.sign[1] - 18
            painter.drawPixmap(x, rect.center().y() - 8, picture)

    def _ground(
        self, painter: QPainter, rect: QRect, row: RankRow, state: QStyle.StateFlag
    ) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme().color("accentsoft"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme().color("accent"))
        elif row.place == "tied":
            painter.fillRect(rect, theme().color("warnsoft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme().color("hover"))

    def _bar(self, painter: QPainter, rect: QRect, row: RankRow) -> None:
        bar = self._ranking.columns().bar
        if bar is None or not row.total.strip("–"):
            return
        token = {"tied": "warnmark", "out": "text3"}.get(row.place, "accentfill")
        height = 6
        whole = QRectF(rect.left() + bar[0], rect.center().y() - height / 2 + 1, bar[1], height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(whole, 3, 3)
        whole.setWidth(max(height, bar[1] * row.share))
        painter.setBrush(theme().color(token))
        painter.drawRoundedRect(whole, 3, 3)


def ranking_card(ranking: RankingList) -> QWidget:
    """Return the list under its heads, as a card."""
    made = frame("card")
    column = QVBoxLayout(made)
    column.setContentsMargins(1, 1, 1, 6)
    column.setSpacing(0)
    column.addWidget(RankingHead(ranking))
    column.addWidget(ranking, 1)
    return made
