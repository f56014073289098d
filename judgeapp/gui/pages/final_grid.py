"""The grid of marks of the contestant on stage: a row for each judge's sheet, typed without mouse.

Columns are the criteria, part by part, each with the sheet's sum to compare with the paper. Enter
goes on along the sheet and then to the next judge. Not here: what is stored (`final_typing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.contest import Criterion, Part, Round
from judgeapp.domain.ids import JudgeId, PartId
from judgeapp.domain.people import Judge
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.final_cells import MarkCell
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import CELL_HEIGHT, CELL_WIDTH
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.paper_marks import MarkPlace

_HEAD, _NUMBERS, _GAP, _NAMES, _SUM, _BAR, _LEAST = 24, 22, 4, 165, 46, 14, 140


class MarkGrid(QWidget):
    """Fields for all marks that judges owe for one contestant.

    Attributes:
        cells: by judge, part and criterion; made once for a round and its judges.
        left: a field was left; its text is to be looked at.
        entered: a field was left forwards, by Enter.
        current_changed: the field that has the focus now.
        undo_asked: the mark before is to hold again, asked in this field.
        key_offered: a key that is no figure; what takes it calls ``event.accept()``.
    """

    left = Signal(object)
    entered = Signal(object)
    current_changed = Signal(object)
    undo_asked = Signal(object)
    key_offered = Signal(QKeyEvent)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.held: Round | None = None
        self.judges: tuple[Judge, ...] = ()
        self.cells: dict[MarkPlace, MarkCell] = {}
        self._sums: dict[tuple[JudgeId, PartId], QLabel] = {}
        self._order: list[MarkPlace] = []
        self.may_go: Callable[[MarkPlace], bool] = lambda place: True
        self.setMinimumHeight(theme().px(_LEAST))
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """A few rows; it scrolls and takes all the room there is."""
        return QSize(theme().px(400), theme().px(_LEAST))

    # --- making ------------------------------------------------------------------------------

    def set_round(self, held: Round, judges: tuple[Judge, ...]) -> None:
        """Make the fields of a round; nothing happens if it is the same as before."""
        if (held, judges) != (self.held, self.judges):
            self.held, self.judges = held, judges
            self._make()

    def _make(self) -> None:
        assert self.held is not None
        while (item := self._outer.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cells, self._sums = {}, {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        column.addStretch(1)
        row.addWidget(self._names(), 0, Qt.AlignmentFlag.AlignTop)
        self._across = QScrollArea()
        self._across.setWidgetResizable(True)
        self._across.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fields = self._fields(self.held)
        self._across.setWidget(fields)
        self._across.setFixedHeight(fields.sizeHint().height() + _BAR)
        self._across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._across, 1)
        self._down = QScrollArea()
        self._down.setWidgetResizable(True)
        self._down.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._down.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._down.setWidget(inside)
        self._outer.addWidget(self._down)
        places = [(part, c) for part in self.held.parts for c in part.criteria]
        self._order = [
            place
            for judge in self.judges
            for part, criterion in places
            if (place := (judge.id, part.id, criterion.id)) in self.cells
        ]

    def _names(self) -> QWidget:
        """Return the column of judges, which stays when the fields scroll sideways."""
        made = QWidget()
        made.setFixedWidth(theme().px(_NAMES))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addSpacing(theme().px(_HEAD + _NUMBERS) + _GAP)
        for judge in self.judges:
            name = label(f"{judge.id} · {judge.name}", "body")
            name.setFixedHeight(theme().px(CELL_HEIGHT))
            name.setToolTip(judge.name)
            name.setWordWrap(True)
            name.setProperty("role", "small-strong")
            column.addWidget(name)
        column.addStretch(1)
        return made

    def _fields(self, held: Round) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(2, 0, 2, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(_GAP)
        at = 0
        for number, part in enumerate(held.parts):
            if number:
                grid.setColumnMinimumWidth(at, 14)
                at += 1
            at = self._part(grid, part, at)
        grid.setRowMinimumHeight(0, theme().px(_HEAD))
        grid.setRowMinimumHeight(1, theme().px(_NUMBERS))
        for row in range(len(self.judges)):
            grid.setRowMinimumHeight(row + 2, theme().px(CELL_HEIGHT))
        grid.setColumnStretch(at, 1)
        grid.setRowStretch(len(self.judges) + 2, 1)
        return made

    def _part(self, grid: QGridLayout, part: Part, at: int) -> int:
        """Put a part's heads, fields and sums in; return the next free column."""
        texts = self._texts
        wide = len(part.criteria) + 1
        name = label(part_name(part, texts), "small-strong")
        name.setFixedHeight(theme().px(_HEAD))
        name.setMinimumWidth(1)
        grid.addWidget(name, 0, at, 1, wide)
        for number, criterion in enumerate(part.criteria, start=1):
            words = texts("gui.final.grid.head", number=number, most=criterion.max)
            head = label(words, "small", "third")
            head.setFixedSize(theme().px(CELL_WIDTH), theme().px(_NUMBERS))
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            head.setToolTip(self.name_of(criterion))
            grid.addWidget(head, 1, at + number - 1)
            for row, judge in enumerate(self.judges, start=2):
                grid.addWidget(self._cell(judge, part, criterion, number), row, at + number - 1)
        total = label(texts("gui.final.grid.sum"), "small", "third")
        total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        total.setFixedHeight(theme().px(_NUMBERS))
        grid.addWidget(total, 1, at + wide - 1)
        for row, judge in enumerate(self.judges, start=2):
            shown = label("–", "strong")
            shown.setMinimumWidth(theme().px(_SUM))
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._sums[judge.id, part.id] = shown
            grid.addWidget(shown, row, at + wide - 1)
        return at + wide

    def _cell(self, judge: Judge, part: Part, criterion: Criterion, number: int) -> MarkCell:
        place = (judge.id, part.id, criterion.id)
        cell = MarkCell()
        cell.setAccessibleName(
            self._texts(
                "gui.final.grid.cell",
                judge=f"{judge.id} {judge.name}",
                number=number,
                criterion=self.name_of(criterion),
                most=criterion.max,
            )
        )
        cell.moved.connect(lambda step: self._moved(place, step))
        cell.walked.connect(lambda step: self._walk(place, step))
        cell.left.connect(lambda: self.left.emit(place))
        cell.key_offered.connect(self.key_offered)
        cell.textEdited.connect(lambda _: self.current_changed.emit(place))
        cell.undo_asked.connect(lambda: self.undo_asked.emit(place))
        cell.came.connect(lambda: self._came(place))
        self.cells[place] = cell
        return cell

    def name_of(self, criterion: Criterion) -> str:
        """Return a criterion's name in the language in use."""
        return criterion.en if self._texts.language == "en" else criterion.vi

    def criterion(self, place: MarkPlace) -> Criterion:
        """Return the criterion of a field."""
        assert self.held is not None
        part = self.held.part(place[1])
        assert part is not None
        return next(c for c in part.criteria if c.id == place[2])

    # --- what is shown -----------------------------------------------------------------------

    def show_sums(self, points: Mapping[MarkPlace, Decimal]) -> None:
        """Show the sum of each sheet, of the marks that are on the disk."""
        for (judge, part), shown in self._sums.items():
            found = [value for place, value in points.items() if place[:2] == (judge, part)]
            shown.setText(self._texts.number(sum(found, Decimal(0))) if found else "–")

    def set_owed(self, owed: frozenset[tuple[JudgeId, PartId]], *, closed: bool) -> None:
        """Let only the marks be typed that there are; others show that they are not given."""
        for place, cell in self.cells.items():
            may = place[:2] in owed
            cell.setEnabled(may and not closed)
            cell.setPlaceholderText("" if may else "×")
            cell.setToolTip("" if may else self._texts("gui.final.grid.not_owed"))

    # --- moving ------------------------------------------------------------------------------

    def first_missing(self) -> MarkPlace | None:
        """Return the first field that can be typed in and is empty, else the first of all."""
        open_ = [place for place in self._order if self.cells[place].isEnabled()]
        empty = (place for place in open_ if not self.cells[place].text())
        return next(empty, open_[0] if open_ else None)

    def focus(self, place: MarkPlace | None) -> None:
        """Put the focus into a field."""
        if place is not None:
            self.cells[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, place: MarkPlace) -> None:
        cell = self.cells[place]
        self._across.ensureWidgetVisible(cell, 90, 0)
        self._down.ensureWidgetVisible(cell, 0, theme().px(CELL_HEIGHT) + 8)
        above = self.parentWidget()
        while above is not None:  # a very low window scrolls the whole page
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(cell, 0, theme().px(CELL_HEIGHT) + 8)
            above = above.parentWidget()
        self.current_changed.emit(place)

    def _moved(self, place: MarkPlace, step: int) -> None:
        if not self.may_go(place):
            return
        open_ = [p for p in self._order if self.cells[p].isEnabled()]
        at = open_.index(place) + step
        if 0 <= at < len(open_):
            self.focus(open_[at])
        else:
            self.left.emit(place)
        if step > 0:
            self.entered.emit(place)

    def _walk(self, place: MarkPlace, step: int) -> None:
        if not self.may_go(place):
            return
        ids = [judge.id for judge in self.judges]
        at = ids.index(place[0]) + step
        while 0 <= at < len(ids):
            cell = self.cells.get((ids[at], place[1], place[2]))
            if cell is not None and cell.isEnabled():
                self.focus((ids[at], place[1], place[2]))
                return
            at += step
