"""All own marks side by side before they are handed in; hints never block."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.ids import CriterionId, PartId
from judgeapp.domain.names import bare_key
from judgeapp.domain.own_marks import OwnEntry, decimals_of, middle
from judgeapp.gui.page import LEAST_CONTENT
from judgeapp.gui.pages.desk_list import two_lines
from judgeapp.gui.pages.desk_top import LEAST_SIZE, PlainBar
from judgeapp.gui.pages.desk_totals import Totals
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.table import BarLook, Column, Table
from judgeapp.gui.widgets.text import card, clear, frame, label
from judgeapp.system.texts import Texts

ORDERS = ("total", "number", "pack")
MOST_COLUMNS = 6
_SIDE = 290


class ReviewPage(QWidget):
    """Shows all own marks.

    Attributes:
        entry_asked: id of an entry to go to.
        list_asked, hand_in_asked, copy_asked: what the judge wants.
    """

    entry_asked = Signal(str)
    list_asked = Signal()
    hand_in_asked = Signal()
    copy_asked = Signal()

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self._texts, self._typing = texts, typing
        self._places = decimals_of(typing.desk.pack.round.parts)
        self._entries = {entry.id: entry for entry in typing.desk.pack.entries}
        self.top = PlainBar(texts("gui.desk.list"))
        self.top.title.setText(texts("gui.desk.review.title"))
        self.top.back.connect(self.list_asked)
        self.order = Segment(
            [(order, texts(f"gui.desk.order.{order}")) for order in ORDERS],
            accessible_name=texts("gui.desk.order"),
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(texts("gui.desk.search"))
        self.search.setAccessibleName(texts("gui.desk.search"))
        self.table = Table(
            self._columns(),
            empty_text=texts("gui.desk.none_here"),
            accessible_name=texts("gui.desk.review.title"),
            key=lambda row: row.contestant,
        )
        self.copy = Button(texts("gui.desk.copy"), kind="ghost", height=42)
        self.hand_in = Button(texts("gui.desk.hand_in"), icon="upload", kind="primary", height=42)
        self._state = Pill(PillLook("", "–"))
        self._sentence = label("", wrap=True)
        self._checks = QVBoxLayout()
        self._histogram_words = label("", "small", "second", wrap=True)
        self._histogram = Totals()
        self._lay_out()
        self.order.chosen.connect(lambda _: self._fill())
        self.search.textChanged.connect(lambda _: self._fill())
        self.table.opened.connect(lambda row: self.entry_asked.emit(row.contestant))
        self.copy.clicked.connect(self.copy_asked)
        self.hand_in.clicked.connect(self.hand_in_asked)
        typing.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.top.right.addWidget(self._state)
        body = QHBoxLayout()
        body.setContentsMargins(20, GAP, 20, GAP)
        body.setSpacing(GAP)
        left = QVBoxLayout()
        left.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(self.order)
        row.addStretch(1)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        row.addWidget(self.search, 2)
        left.addLayout(row)
        inside = frame("card")
        box = QVBoxLayout(inside)
        box.setContentsMargins(1, 2, 1, 4)
        box.addWidget(self.table)
        left.addWidget(inside, 1)
        body.addLayout(left, 1)
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
        self._aside = QScrollArea()
        self._aside.setWidget(inside)
        self._aside.setWidgetResizable(True)
        self._aside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._aside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._aside

    def _columns(self) -> list[Column]:
        texts, pack = self._texts, self._typing.desk.pack
        columns = [
            Column(
                texts("gui.desk.column.rank"),
                lambda row: "–" if row.rank is None else str(row.rank),
                "number",
            ),
            Column(
                texts("gui.desk.column.name"),
                lambda row: f"{row.contestant} · {two_lines(self._entries[row.contestant])}",
                "name",
                stretch=True,
            ),
        ]
        columns += self._mark_columns()
        most = sum((part.max * part.weight for part in pack.round.parts), Decimal(0))
        columns += [
            Column(
                texts("gui.desk.column.total"),
                lambda row: "–" if row.total is None else texts.number(row.total, self._places),
                "number",
                strong=True,
                tone=lambda row: "stop" if row.total is None else None,
            ),
            Column(
                "",
                lambda row: "",
                "bar",
                width=80,
                bar=lambda row: BarLook(0 if row.total is None else float(row.total / most)),
            ),
            Column(texts("gui.desk.column.hint"), self._hint_words, "pill", pill=self._hint),
        ]
        return columns

    def _mark_columns(self) -> list[Column]:
        """One column for each criterion, or for each part where they would be too many."""
        texts, parts = self._texts, self._typing.desk.pack.round.parts
        if sum(len(part.criteria) for part in parts) > MOST_COLUMNS:
            return [
                Column(
                    part.vi if texts.language == "vi" else part.en,
                    partial(self._sum, part.id),
                    "number",
                    tone=partial(self._tone, part.id),
                )
                for part in parts
            ]
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

    def _sum(self, part: PartId, row: OwnEntry) -> str:
        sheet = next((sheet for sheet in row.sheets if sheet.part == part), None)
        if sheet is None:
            return ""
        return "–" if sheet.missing else self._texts.number(sheet.sum, self._places)

    def _tone(self, part: PartId, row: OwnEntry) -> str | None:
        lacks = any(sheet.part == part and sheet.missing for sheet in row.sheets)
        return "stop" if lacks else None

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

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while another page was seen."""
        super().showEvent(event)
        self.refresh()

    # --- showing --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the marks as they are on the disk."""
        if not self._typing.loaded or not self.isVisible():
            return
        texts, view = self._texts, self._typing.view
        judge = view.pack.judge(view.judge)
        self.top.second.setText(
            texts(
                "gui.desk.who",
                judge=judge.name if judge else view.judge,
                code=view.judge,
                round=view.pack.round.vi,
                count=len(view.entries),
            )
        )
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
        self._fill()
        self._show_checks(lacking)
        self._show_histogram()

    def _fill(self) -> None:
        if not self._typing.loaded:
            return
        wanted = bare_key(self.search.text())
        rows = [
            row
            for row in self._typing.view.entries
            if wanted in bare_key(f"{row.contestant} {self._entries[row.contestant].name}")
        ]
        if self.order.current == "total":
            # A mark that is missing stands where the entry would stand with what it has so far.
            rows.sort(key=lambda row: -row.so_far)
        elif self.order.current == "number":
            rows.sort(key=lambda row: row.contestant)
        self.table.set_rows(rows)

    def _show_checks(self, lacking: list[OwnEntry]) -> None:
        texts, view = self._texts, self._typing.view
        clear(self._checks)
        if lacking:
            first = self._entries[lacking[0].contestant]
            self._check(
                "octagon-alert",
                "stop",
                texts("gui.desk.check.missing", count=len(lacking)),
                f"{first.id} · {first.name}",
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
        if view.barred:
            self._check(
                "ban",
                "text2",
                texts("gui.desk.check.barred", count=len(view.barred)),
                ", ".join(f"{entry.id} · {entry.name}" for entry in view.barred),
            )

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
            self._histogram_words.setText(
                texts(
                    "gui.desk.my_totals.second",
                    low=totals[0],
                    high=totals[-1],
                    middle=texts.number(middle([Fraction(total) for total in totals]), None),
                )
            )
        else:
            self._histogram_words.setText(texts("gui.desk.my_totals.none"))
        self._histogram.show_totals(totals, self._histogram_words.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the marks the room; the side narrows first, then goes."""
        super().resizeEvent(event)
        self._aside.setFixedWidth(theme().px(_SIDE))
        self._aside.setVisible(self.width() >= LEAST_CONTENT + theme().px(_SIDE))


def _percent(share: Fraction | None) -> str:
    return "" if share is None else str(round(share))
