"""All own marks side by side before they are handed in; hints never block."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.ids import CriterionId, PartId
from judgeapp.domain.own_marks import OwnEntry, middle
from judgeapp.gui.page import LEAST_CONTENT
from judgeapp.gui.pages.desk_table import OwnEntriesPage
from judgeapp.gui.pages.desk_totals import Totals
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.table import BarLook, Column
from judgeapp.gui.widgets.text import card, clear, frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.desk_view import DeskView

ORDERS = ("total", "number", "pack")
MOST_COLUMNS = 6
_SIDE = 290


class ReviewPage(OwnEntriesPage):
    """Shows all own marks.

    Attributes:
        list_asked, hand_in_asked, copy_asked: what the judge wants.
    """

    list_asked = Signal()
    hand_in_asked = Signal()
    copy_asked = Signal()

    def __init__(self, texts: Texts, typing: Typing) -> None:
        title = texts("gui.desk.review.title")
        super().__init__(texts, typing, back=texts("gui.desk.list"), title=title)
        self.top.title.setText(title)
        self.top.back.connect(self.list_asked)
        self.copy = Button(texts("gui.desk.copy"), kind="ghost", height=42)
        self.hand_in = Button(texts("gui.desk.hand_in"), icon="upload", kind="primary", height=42)
        self._state = Pill(PillLook("", "–"))
        self._sentence = label("", wrap=True)
        self._checks = QVBoxLayout()
        self._histogram_words = label("", "small", "second", wrap=True)
        self._histogram = Totals()
        self._lay_out()
        self.copy.clicked.connect(self.copy_asked)
        self.hand_in.clicked.connect(self.hand_in_asked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.top.right.addWidget(self._state)
        body = QHBoxLayout()
        body.setContentsMargins(20, GAP, 20, GAP)
        body.setSpacing(GAP)
        body.addLayout(self.table_with_head(), 1)
        body.addWidget(self._side())
        column.addLayout(body, 1)
        bar = frame("bar")
        bottom = QHBoxLayout(bar)
        bottom.setContentsMargins(20, 10, 20, 10)
        bottom.setSpacing(12)
        self._bar_sign = QHBoxLayout()
        bottom.addLayout(self._bar_sign)
        bottom.addWidget(self._sentence, 1)
        bottom.addWidget(self.copy)
        bottom.addWidget(self.hand_in)
        column.addWidget(bar)

    def _side(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        checks, box = card()
        box.addWidget(label(self._texts("gui.desk.before"), "strong"))
        box.addLayout(self._checks)
        column.addWidget(checks)
        totals, box = card()
        box.addWidget(label(self._texts("gui.desk.my_totals"), "strong"))
        box.addWidget(self._histogram_words)
        box.addWidget(self._histogram, 1)
        column.addWidget(totals, 1)
        self._aside = scrolling(inside)
        return self._aside

    def make_segment(self) -> Segment:
        """Return the choice of the order."""
        return Segment(
            [(order, self._texts(f"gui.desk.order.{order}")) for order in ORDERS],
            accessible_name=self._texts("gui.desk.order"),
        )

    def columns(self) -> list[Column]:
        """Return rank, name, marks, total with a bar, and what may be a slip."""
        parts = self._typing.desk.pack.round.parts
        most = sum((part.max * part.weight for part in parts), Decimal(0))

        def bar(row: OwnEntry) -> BarLook:
            return BarLook(0 if row.total is None else float(row.total / most))

        return [
            self.rank_column(),
            self.name_column(numbered=True),
            *self._mark_columns(),
            self.total_column(),
            Column("", lambda row: "", "bar", width=80, bar=bar),
            Column(self._texts("gui.desk.column.hint"), self._hint_words, "pill", pill=self._hint),
        ]

    def step_back(self) -> list[int]:
        """Leave out the bar of the total, then the marks."""
        last = self.table.horizontalHeader().count() - 1
        return [last - 1, *range(2, last - 2)]

    def total_tone(self, row: OwnEntry) -> str | None:
        """Return red where the total is missing."""
        return "stop" if row.total is None else None

    def part_tone(self, part: PartId, row: OwnEntry) -> str | None:
        """Return red where a mark of the part is missing."""
        lacks = any(sheet.part == part and sheet.missing for sheet in row.sheets)
        return "stop" if lacks else None

    def _mark_columns(self) -> list[Column]:
        """One column for each criterion, or for each part where they would be too many."""
        texts, parts = self._texts, self._typing.desk.pack.round.parts
        if sum(len(part.criteria) for part in parts) > MOST_COLUMNS:
            return [self.part_column(part) for part in parts]
        return [
            Column(
                criterion.vi if texts.language == "vi" else criterion.en,
                partial(self._mark, part.id, criterion.id),
                "number",
                tone=partial(self._mark_tone, part.id, criterion.id),
            )
            for part in parts
            for criterion in part.criteria
        ]

    def _mark_tone(self, part: PartId, criterion: CriterionId, row: OwnEntry) -> str | None:
        return "stop" if row.points(part, criterion) is None else None

    def _mark(self, part: PartId, criterion: CriterionId, row: OwnEntry) -> str:
        points = row.points(part, criterion)
        return "–" if points is None else self._texts.number(points, self._places)

    def _hint_words(self, row: OwnEntry) -> str:
        if row.missing:
            return self._texts("gui.desk.hint.missing", count=row.missing)
        if row.hints:
            hint = row.hints[0]
            return self._texts(f"gui.desk.hint.{hint.kind}", percent=_percent(hint.percent))
        return ""

    def _hint(self, row: OwnEntry) -> PillLook | None:
        words = self._hint_words(row)
        if not words:
            return None
        if row.missing:
            return PillLook("octagon-alert", words, "stop")
        return PillLook("triangle-alert", words, "warn")

    # --- showing --------------------------------------------------------------------------------

    def show_view(self, view: DeskView) -> None:
        """Show what is missing, what may be a slip, and how the totals lie."""
        texts = self._texts
        lacking = [entry for entry in view.entries if entry.missing]
        done = len(view.entries) - len(lacking)
        if lacking:
            words = texts("gui.desk.review.state", done=done, left=len(lacking))
            self._state.set_look(PillLook("triangle-alert", words, "warn"))
            self._sentence.setText(texts("gui.desk.review.missing", count=view.missing))
        else:
            words = texts("gui.desk.review.whole", done=done)
            self._state.set_look(PillLook("circle-check", words, "ok"))
            self._sentence.setText(texts("gui.desk.review.ready"))
        clear(self._bar_sign)
        sign = ("octagon-alert", "stop") if lacking else ("circle-check", "ok")
        self._bar_sign.addWidget(Sign(*sign))
        self.hand_in.setEnabled(not lacking and bool(view.entries))
        self._show_checks(lacking)
        self._show_histogram()

    def rows(self, view: DeskView) -> list[OwnEntry]:
        """Return all entries in the chosen order."""
        rows = list(view.entries)
        if self.segment.current == "total":
            # A mark that is missing stands where the entry would stand with what it has so far.
            rows.sort(key=lambda row: -row.so_far)
        elif self.segment.current == "number":
            rows.sort(key=lambda row: row.contestant)
        return rows

    def _show_checks(self, lacking: list[OwnEntry]) -> None:
        texts, view = self._texts, self._typing.view
        clear(self._checks)
        if lacking:
            self._check(
                "octagon-alert",
                "stop",
                texts("gui.desk.check.missing", count=len(lacking)),
                self._first_missing(lacking[0]),
            )
        else:
            self._check("circle-check", "ok", texts("gui.desk.check.none_missing"), "")
        hinted = sum(1 for entry in view.entries if entry.hints)
        if hinted:
            self._check(
                "triangle-alert",
                "warn",
                texts("gui.desk.check.hints", count=hinted),
                texts("gui.desk.check.hints.second"),
            )
        self._check(
            "circle-check",
            "ok",
            texts("gui.desk.check.steps"),
            texts("gui.desk.check.steps.second"),
        )
        reported = [entry.contestant for entry in view.entries if entry.remark("problem")]
        if reported:
            self._check(
                "flag",
                "text2",
                texts("gui.desk.check.problems", count=len(reported)),
                texts("gui.desk.check.problems.second", entries=", ".join(reported)),
            )
        if view.barred and not view.pack.blind:  # which codes are of one's own is a name
            self._check(
                "ban",
                "text2",
                texts("gui.desk.check.barred", count=len(view.barred)),
                ", ".join(f"{entry.id} · {entry.name}" for entry in view.barred),
            )

    def _first_missing(self, row: OwnEntry) -> str:
        """Name the entry and criterion of the first mark that is missing."""
        entry = self._entries[row.contestant]
        sheet = next(sheet for sheet in row.sheets if sheet.missing)
        criterion = self._typing.desk.pack.rules.criteria[sheet.part, sheet.missing[0]]
        name = criterion.vi if self._texts.language == "vi" else criterion.en
        return f"{entry.id} · {entry.name}, “{name}”"

    def _check(self, icon: str, tone: str, title: str, second: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Sign(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "strong", wrap=True))
        if second:
            words.addWidget(label(second, "small", "second", wrap=True))
        row.addLayout(words, 1)
        self._checks.addLayout(row)

    def _show_histogram(self) -> None:
        texts = self._texts
        totals = sorted(e.total for e in self._typing.view.entries if e.total is not None)
        if totals:
            equal = sum(1 for total in totals if totals.count(total) > 1)
            words = texts(
                "gui.desk.my_totals.second",
                low=totals[0],
                high=totals[-1],
                middle=texts.number(middle([Fraction(total) for total in totals]), None),
            )
            key = "gui.desk.my_totals.equal" if equal else "gui.desk.my_totals.apart"
            words = f"{words} {texts(key, count=equal)}"
        else:
            words = texts("gui.desk.my_totals.none")
        self._histogram_words.setText(words)
        self._histogram.show_totals(totals, self._histogram_words.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the marks the room; the side narrows first, then goes."""
        super().resizeEvent(event)
        self._aside.setFixedWidth(theme().px(_SIDE))
        self._aside.setVisible(self.width() >= LEAST_CONTENT + theme().px(_SIDE))


def _percent(share: Fraction | None) -> str:
    return "" if share is None else str(round(share))
