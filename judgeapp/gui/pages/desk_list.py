"""The judge's list of entries: to do, begun, done, with own totals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from judgeapp.domain.names import bare_key
from judgeapp.domain.own_marks import OwnEntry, decimals_of
from judgeapp.gui.pages.desk_top import LEAST_SIZE, TIGHT, PlainBar, clock
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP, MARGIN
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.packs import PackEntry
    from judgeapp.services.desk_view import DeskView

STATES = ("all", "to_do", "begun", "done")
_PILLS = {
    "done": ("circle-check", "ok"),
    "begun": ("circle-dot", "warn"),
    "to_do": ("circle-dashed", "neutral"),
}


def two_lines(entry: PackEntry) -> str:
    """Return a contestant's name over the organisation."""
    return f"{entry.name}\n{entry.unit}" if entry.unit else entry.name


class ListPage(QWidget):
    """Lists the entries that the judge owes.

    Attributes:
        entry_asked: id of the entry to mark.
        review_asked, close_asked, take_over_asked: what the judge wants.
    """

    entry_asked = Signal(str)
    review_asked = Signal()
    close_asked = Signal()
    take_over_asked = Signal()

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self._texts, self._typing = texts, typing
        self._places = decimals_of(typing.desk.pack.round.parts)
        self._entries = {entry.id: entry for entry in typing.desk.pack.entries}
        self.top = PlainBar(texts("gui.desk.close"))
        self.top.back.connect(self.close_asked)
        self.segment = Segment(
            [(state, texts(f"gui.desk.state.{state}")) for state in STATES],
            accessible_name=texts("gui.desk.filter"),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(texts("gui.desk.search"))
        self.search.setAccessibleName(texts("gui.desk.search"))
        self.search.setClearButtonEnabled(True)
        self.table = Table(
            self._columns(),
            empty_text=texts("gui.desk.none_here"),
            accessible_name=texts("gui.desk.entries"),
            key=lambda row: row.contestant,
        )
        self.go_on = Button(kind="primary", height=42)
        self.review = Button(texts("gui.desk.review"), icon="list-checks", height=42)
        self.take_over = Button(texts("gui.desk.take_over"), icon="history", kind="ghost")
        self.settings = icon_button("settings", texts("gui.desk.settings"), kind="plain")
        self.take_over.setAccessibleName(texts("gui.desk.take_over"))
        self._sentence = label("", wrap=True)
        self._lay_out()
        self.segment.chosen.connect(lambda _: self._filter())
        self.search.textChanged.connect(lambda _: self._filter())
        self.table.opened.connect(lambda row: self.entry_asked.emit(row.contestant))
        self.go_on.clicked.connect(self._go_on)
        self.review.clicked.connect(self.review_asked)
        self.take_over.clicked.connect(self.take_over_asked)
        typing.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.top.right.addWidget(self.take_over)
        self.top.right.addWidget(self.settings)
        inner = QVBoxLayout()
        inner.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        inner.setSpacing(GAP)
        row = QHBoxLayout()
        row.addWidget(self.segment)
        row.addStretch(1)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        row.addWidget(self.search, 2)
        inner.addLayout(row)
        inside = frame("card")
        box = QVBoxLayout(inside)
        box.setContentsMargins(1, 4, 1, 4)
        box.addWidget(self.table)
        inner.addWidget(inside, 1)
        column.addLayout(inner, 1)
        bar = frame("bar")
        bottom = QHBoxLayout(bar)
        bottom.setContentsMargins(MARGIN, 10, MARGIN, 10)
        bottom.setSpacing(12)
        bottom.addWidget(self._sentence, 1)
        bottom.addWidget(self.review)
        bottom.addWidget(self.go_on)
        column.addWidget(bar)

    def _columns(self) -> list[Column]:
        texts, parts = self._texts, self._typing.desk.pack.round.parts
        columns = [
            Column(
                texts("gui.desk.column.number"),
                lambda row: row.contestant,
                "number",
                sort=lambda row: row.contestant,
            ),
            Column(
                texts("gui.desk.column.name"),
                lambda row: two_lines(self._entries[row.contestant]),
                "name",
                stretch=True,
                sort=lambda row: bare_key(self._entries[row.contestant].name),
            ),
        ]
        for part in parts:
            name = part.vi if texts.language == "vi" else part.en
            columns.append(Column(name, partial(self._sum, part.id), "number"))
        columns += [
            Column(
                texts("gui.desk.column.total"),
                lambda row: "–" if row.total is None else texts.number(row.total, self._places),
                "number",
                sort=lambda row: (row.total is None, -(row.total or 0)),
                strong=True,
            ),
            Column(
                texts("gui.desk.column.rank"),
                lambda row: "–" if row.rank is None else str(row.rank),
                "number",
                sort=lambda row: (row.rank is None, row.rank or 0),
            ),
            Column(
                texts("gui.desk.column.state"),
                lambda row: texts(f"gui.desk.state.{row.state}"),
                "pill",
                pill=self._pill,
            ),
        ]
        return columns

    def _sum(self, part: str, row: OwnEntry) -> str:
        sheet = next((sheet for sheet in row.sheets if sheet.part == part), None)
        if sheet is None:
            return ""
        return self._texts.number(sheet.sum, self._places) if sheet.marked else "–"

    def _pill(self, row: OwnEntry) -> PillLook:
        icon, tone = _PILLS[row.state]
        words = self._texts(f"gui.desk.state.{row.state}")
        if row.state == "begun":
            words = self._texts("gui.desk.state.missing", count=row.missing)
        return PillLook(icon, words, tone)  # type: ignore[arg-type]  # the tones above are tones

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in a tip what the rare action does where there is very little room."""
        super().resizeEvent(event)
        words = self._texts("gui.desk.take_over")
        tight = self.width() < theme().px(TIGHT)
        self.take_over.setText("" if tight else words)
        self.take_over.setToolTip(words if tight else "")
        self.take_over.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while another page was seen."""
        super().showEvent(event)
        self.refresh()

    # --- showing --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how far all entries are."""
        if not self._typing.loaded or not self.isVisible():
            return
        texts, view = self._texts, self._typing.view
        pack = view.pack
        judge = pack.judge(view.judge)
        self.top.title.setText(pack.contest_name)
        self.top.second.setText(
            texts(
                "gui.desk.who",
                judge=judge.name if judge else view.judge,
                code=view.judge,
                round=pack.round.vi,
                count=len(view.entries),
            )
        )
        states = [entry.state for entry in view.entries]
        counts = {state: states.count(state) for state in ("to_do", "begun", "done")}
        self.segment.set_counts({"all": len(states), **counts})
        self._filter()
        self._say(view, counts)

    def _say(self, view: DeskView, counts: dict[str, int]) -> None:
        texts = self._texts
        if view.missing:
            words = texts("gui.desk.left", entries=counts["to_do"] + counts["begun"])
            key = "gui.desk.begin" if counts["to_do"] == len(view.entries) else "gui.desk.go_on"
            self.go_on.setText(texts(key))
        elif view.handed_in is None or view.handed_in.old:
            words = texts("gui.desk.all_done")
        else:
            words = texts(
                "gui.desk.handed_in",
                at=clock(view.handed_in.at),
                receipt=view.handed_in.receipt,
            )
        done = not view.missing
        self._sentence.setText(words)
        self.go_on.setVisible(not done)
        self.review.kind = "primary" if done else "plain"
        self.review.update()
        self.go_on.updateGeometry()

    def _filter(self) -> None:
        if not self._typing.loaded:
            return
        state, wanted = self.segment.current, bare_key(self.search.text())
        rows = [
            row
            for row in self._typing.view.entries
            if state in ("all", row.state) and self._found(row, wanted)
        ]
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select(0)

    def _found(self, row: OwnEntry, wanted: str) -> bool:
        entry = self._entries[row.contestant]
        return wanted in bare_key(f"{entry.id} {entry.name} {entry.unit or ''}")

    def _go_on(self) -> None:
        entries = self._typing.view.entries
        begun = [entry for entry in entries if entry.state == "begun"]
        to_do = [entry for entry in entries if entry.state == "to_do"]
        if begun or to_do:
            self.entry_asked.emit((begun or to_do)[0].contestant)
