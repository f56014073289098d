"""The one read-only model behind every table: a list of rows and what each column shows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from judgeapp.gui.widgets.pill import PillLook

Kind = Literal["text", "name", "number", "pill", "small", "bar"]
Index = QModelIndex | QPersistentModelIndex
NUMBERS = frozenset({"number"})
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class BarLook:
    """A bar on the common scale of its column.

    Attributes:
        value: its length, 0 to 1.
        tone: its colour: a token, such as ``accent`` or ``warnmark``.
    """

    value: float
    tone: str = "accent"


@dataclass(frozen=True)
class Column:
    """What a column shows of a row.

    Attributes:
        title: its head.
        text: the words of a cell. A second line after a line break is shown smaller, below.
        kind: how it is painted; ``name`` is never cut, ``number`` stands right on its comma.
        width: least width in pixels at the normal text size; by the content if None.
        stretch: whether it takes a share of what is left.
        pill: for ``pill`` (and after the words of nothing else): the look, or None for plain words.
        sort: what to sort by; the head of a column without it does nothing.
        bar: for ``bar``: its length and colour.
        tone: the token of the words' colour in a row; None leaves the usual one.
        strong: whether the words are set in the weight of values.
    """

    title: str
    text: Callable[[Any], str]
    kind: Kind = "text"
    width: int | None = None
    stretch: bool = False
    pill: Callable[[Any], PillLook | None] | None = None
    sort: Callable[[Any], Any] | None = None
    bar: Callable[[Any], BarLook] | None = None
    tone: Callable[[Any], str | None] | None = None
    strong: bool = False


class RowsModel(QAbstractTableModel):
    """A list of rows as a table; it is never edited.

    Attributes:
        columns: what is shown.
        rows: in the order shown.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.rows: list[Any] = []
        self._given: list[Any] = []
        self._order: list[int] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, sorted as the user last asked."""
        self.beginResetModel()
        self._given = list(rows)
        self._put_in_order()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, its row, or how it stands."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ROW_ROLE:
            return row
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the head of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column that can be sorted by; -1 gives the order in which rows came."""
        if 0 <= column < len(self.columns) and self.columns[column].sort is None:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        stood = [self._order[index.row()] for index in before]
        self._sorted = (column, order) if column >= 0 else None
        self._put_in_order()
        places = {given: shown for shown, given in enumerate(self._order)}
        after = [
            self.index(places[given], index.column())
            for given, index in zip(stood, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder] | None:
        """The column sorted by and the direction, or None."""
        return self._sorted

    def _put_in_order(self) -> None:
        """Order by places in the given list: the same row may stand there twice."""
        self._order = list(range(len(self._given)))
        if self._sorted is not None:
            column, order = self._sorted
            key = self.columns[column].sort
            assert key is not None  # sort() lets no other column in
            keys = [key(row) for row in self._given]
            backwards = order == Qt.SortOrder.DescendingOrder
            self._order.sort(key=keys.__getitem__, reverse=backwards)
        self.rows = [self._given[number] for number in self._order]


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.kind in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
