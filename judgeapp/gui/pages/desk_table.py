"""What the judge's list and review share: a page with a search and a table of own entries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from judgeapp.domain.contest import Part
from judgeapp.domain.ids import PartId
from judgeapp.domain.names import bare_key
from judgeapp.domain.own_marks import OwnEntry, decimals_of
from judgeapp.gui.pages.desk_top import LEAST_SIZE, PlainBar
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import frame
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.desk_view import DeskView


class OwnEntriesPage(QWidget):
    """A page whose table holds one row for each entry that the judge owes.

    Attributes:
        entry_asked: id of the entry to go to.
        segment: chooses among the ways to see the table.
    """

    entry_asked = Signal(str)

    def __init__(self, texts: Texts, typing: Typing, *, back: str, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self._texts, self._typing = texts, typing
        self._places = decimals_of(typing.desk.pack.round.parts)
        self._entries = {entry.id: entry for entry in typing.desk.pack.entries}
        self.top = PlainBar(back)
        self.segment = self.make_segment()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.called("gui.desk.search", "gui.desk.search.blind"))
        self.search.setAccessibleName(self.called("gui.desk.search", "gui.desk.search.blind"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(280)
        self.table = Table(
            self.columns(),
            empty_text=texts("gui.desk.none_here"),
            accessible_name=title,
            key=lambda row: row.contestant,
        )
        self.table.step_back = self.step_back()
        self.segment.chosen.connect(lambda _: self.fill())
        self.search.textChanged.connect(lambda _: self.fill())
        self.table.opened.connect(lambda row: self.entry_asked.emit(row.contestant))
        typing.changed.connect(self.refresh)

    def called(self, named: str, blind: str) -> str:
        """Return the text of the second key where entries are judged blind, by codes."""
        return self._texts(blind if self._typing.desk.pack.blind else named)

    def make_segment(self) -> Segment:
        """Return the choice above the table."""
        raise NotImplementedError

    def columns(self) -> list[Column]:
        """Return the table's columns."""
        raise NotImplementedError

    def step_back(self) -> list[int]:
        """Return which columns are left out where room lacks, the first of them first."""
        raise NotImplementedError

    def rows(self, view: DeskView) -> list[OwnEntry]:
        """Return the entries to be shown by the choice above the table, in order."""
        raise NotImplementedError

    def show_view(self, view: DeskView) -> None:
        """Show all but the table."""
        raise NotImplementedError

    def table_with_head(self) -> QVBoxLayout:
        """Return choice and search above the table."""
        column = QVBoxLayout()
        column.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(self.segment)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        column.addLayout(row)
        inside = frame("card")
        box = QVBoxLayout(inside)
        box.setContentsMargins(1, 4, 1, 4)
        box.addWidget(self.table)
        column.addWidget(inside, 1)
        return column

    # --- columns of both ----------------------------------------------------------------------

    def name_column(self, *, numbered: bool) -> Column:
        """Return the column of names over organisations."""

        def words(row: OwnEntry) -> str:
            entry = self._entries[row.contestant]
            name = f"{entry.id} · {entry.name}" if numbered else entry.name
            return f"{name}\n{entry.unit}" if entry.unit else name

        return Column(
            self.called("gui.desk.column.name", "gui.desk.column.name.blind"), words, "name",
            stretch=True,
            sort=lambda row: bare_key(self._entries[row.contestant].name),
        )  # fmt: skip

    def part_column(self, part: Part) -> Column:
        """Return the column of a part's sums; red where a mark is missing in the review."""
        name = part.vi if self._texts.language == "vi" else part.en
        return Column(
            name, partial(self._sum, part.id), "number", tone=partial(self.part_tone, part.id)
        )

    def part_tone(self, part: PartId, row: OwnEntry) -> str | None:
        """Return the colour of a part's sum."""
        return None

    def total_column(self) -> Column:
        """Return the column of totals."""
        return Column(
            self._texts("gui.desk.column.total"),
            lambda row: "–" if row.total is None else self._texts.number(row.total, self._places),
            "number",
            sort=lambda row: (row.total is None, -(row.total or 0)),
            strong=True,
            tone=self.total_tone,
        )

    def total_tone(self, row: OwnEntry) -> str | None:
        """Return the colour of a total."""
        return None

    def rank_column(self) -> Column:
        """Return the column of own ranks."""
        return Column(
            self._texts("gui.desk.column.rank"),
            lambda row: "–" if row.rank is None else str(row.rank),
            "number",
            sort=lambda row: (row.rank is None, row.rank or 0),
        )

    def _sum(self, part: PartId, row: OwnEntry) -> str:
        sheet = next((sheet for sheet in row.sheets if sheet.part == part), None)
        if sheet is None:
            return ""
        return self._texts.number(sheet.sum, self._places) if sheet.marked else "–"

    # --- showing ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while another page was seen."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the marks as they are on the disk."""
        if not self._typing.loaded or not self.isVisible():
            return
        view = self._typing.view
        judge = view.pack.judge(view.judge)
        self.top.second.setText(
            self._texts(
                "gui.desk.who",
                judge=judge.name if judge else view.judge,
                code=view.judge,
                round=view.pack.round.vi,
                count=len(view.entries),
            )
        )
        self.show_view(view)
        self.fill()

    def fill(self) -> None:
        """Show the rows that are chosen and found."""
        if not self._typing.loaded:
            return
        wanted = bare_key(self.search.text())
        rows = [row for row in self.rows(self._typing.view) if self._found(row, wanted)]
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select(0)

    def _found(self, row: OwnEntry, wanted: str) -> bool:
        entry = self._entries[row.contestant]
        return wanted in bare_key(f"{entry.id} {entry.name} {entry.unit or ''}")
