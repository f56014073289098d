"""The judge's list of entries: to do, begun, done, with own totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from judgeapp.domain.own_marks import OwnEntry
from judgeapp.gui.pages.desk_table import OwnEntriesPage
from judgeapp.gui.pages.desk_top import TIGHT
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP, MARGIN
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.clock import shown_time
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.desk_view import DeskView

STATES = ("all", "to_do", "begun", "done")
_PILLS = {
    "done": ("circle-check", "ok"),
    "begun": ("circle-dot", "warn"),
    "to_do": ("circle-dashed", "neutral"),
}


class ListPage(OwnEntriesPage):
    """Lists the entries that the judge owes.

    Attributes:
        review_asked, close_asked, take_over_asked: what the judge wants.
    """

    review_asked = Signal()
    close_asked = Signal()
    take_over_asked = Signal()

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__(
            texts, typing, back=texts("gui.desk.close"), title=texts("gui.desk.entries")
        )
        self.top.back.connect(self.close_asked)
        self.go_on = Button(kind="primary", height=42)
        self.review = Button(texts("gui.desk.review"), icon="list-checks", height=42)
        self.take_over = Button(texts("gui.desk.take_over"), icon="history", kind="ghost")
        self.settings = icon_button("settings", texts("gui.desk.settings"), kind="plain")
        self.take_over.setAccessibleName(texts("gui.desk.take_over"))
        self._sentence = label("", wrap=True)
        self._lay_out()
        self.go_on.clicked.connect(self._go_on)
        self.review.clicked.connect(self.review_asked)
        self.take_over.clicked.connect(self.take_over_asked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.top.right.addWidget(self.take_over)
        self.top.right.addWidget(self.settings)
        inner = self.table_with_head()
        inner.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        column.addLayout(inner, 1)
        bar = frame("bar")
        bottom = QHBoxLayout(bar)
        bottom.setContentsMargins(MARGIN, 10, MARGIN, 10)
        bottom.setSpacing(12)
        bottom.addWidget(self._sentence, 1)
        bottom.addWidget(self.review)
        bottom.addWidget(self.go_on)
        column.addWidget(bar)

    def make_segment(self) -> Segment:
        """Return the filter by state."""
        return Segment(
            [(state, self._texts(f"gui.desk.state.{state}")) for state in STATES],
            accessible_name=self._texts("gui.desk.filter"),
        )

    def columns(self) -> list[Column]:
        """Return number, name, sums, total, rank and state."""
        texts = self._texts
        return [
            Column(
                self.called("gui.desk.column.number", "gui.desk.column.number.blind"),
                lambda row: row.contestant,
                "number",
                sort=lambda row: row.contestant,
            ),
            self.name_column(numbered=False),
            *[self.part_column(part) for part in self._typing.desk.pack.round.parts],
            self.total_column(),
            self.rank_column(),
            Column(
                texts("gui.desk.column.state"),
                lambda row: texts(f"gui.desk.state.{row.state}"),
                "pill",
                pill=self._pill,
            ),
        ]

    def step_back(self) -> list[int]:
        """Leave out the sums of parts, then the rank."""
        parts = len(self._typing.desk.pack.round.parts)
        return [*range(2, 2 + parts), 3 + parts]

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

    # --- showing --------------------------------------------------------------------------------

    def rows(self, view: DeskView) -> list[OwnEntry]:
        """Return the entries of the chosen state, in the pack's order."""
        return [row for row in view.entries if self.segment.current in ("all", row.state)]

    def show_view(self, view: DeskView) -> None:
        """Show how far all entries are."""
        self.top.title.setText(view.pack.contest_name)
        states = [entry.state for entry in view.entries]
        counts = {state: states.count(state) for state in ("to_do", "begun", "done")}
        self.segment.set_counts({"all": len(states), **counts})
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
                at=shown_time(view.handed_in.at),
                receipt=view.handed_in.receipt,
            )
        done = not view.missing
        self._sentence.setText(words)
        self.go_on.setVisible(not done)
        self.review.kind = "primary" if done else "plain"
        self.review.update()
        self.go_on.updateGeometry()

    def _go_on(self) -> None:
        entries = self._typing.view.entries
        begun = [entry for entry in entries if entry.state == "begun"]
        to_do = [entry for entry in entries if entry.state == "to_do"]
        if begun or to_do:
            self.entry_asked.emit((begun or to_do)[0].contestant)
