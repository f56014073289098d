"""Why a total is what it is: judges' sums, steps with rule and figures, how firm the place is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.explain import Term, part_chain, part_terms, sheet_terms, sums_of
from judgeapp.domain.own_totals import totals_axes
from judgeapp.domain.round_names import names_of
from judgeapp.gui.pages.results_axis import SumsAxis
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_FIELD
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import clear, frame, hairline, label
from judgeapp.system.firm_words import firm_lines
from judgeapp.system.result_words import (
    exact_text,
    reasons_text,
    step_text,
    totals_text,
    why_steps,
)
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.firmness import Firmness
    from judgeapp.services.results import Explained

_FEW_COLUMNS, _MANY_COLUMNS, _SHORT = 5, 7, 5
_SIGNS = {"ok": "circle-check", "warn": "triangle-alert"}


class WhyPanel(QWidget):
    """The content of the drawer; what can be done with it stands below, always in view.

    Attributes:
        print_asked: the person wants it on paper.
    """

    print_asked = Signal()

    def __init__(self, found: Explained, texts: Texts) -> None:
        super().__init__()
        self._found, self._texts = found, texts
        self._names = names_of(found.held, texts.language, found.judges)
        everybody = [item.total for item in found.group.result.ranking]
        self._write = totals_text(everybody, found.group.result.sheet.rules.round_total, texts)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(texts("gui.results.why.name"))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 8, 8, 8)
        self._column.setSpacing(6)
        self._scroll.setWidget(inner)
        outer.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)
        standing = found.explanation.standing
        reasons = reasons_text(found.group.deductions, standing.contestant, texts)
        self.steps = why_steps(found.explanation.total, self._names, reasons, texts)
        self._add_sums()
        self._add_steps()
        self._add_total()
        self._add_ties()
        self._firm = QVBoxLayout()
        self._firm.setSpacing(6)
        self._column.addLayout(self._firm)
        self._add_axes()
        self._marks_table = self._marks()
        self._marks_table.hide()
        self._column.addWidget(self._marks_table)
        self._column.addStretch(1)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print_button = Button(self._texts("gui.results.why.print"), icon="printer")
        self.print_button.clicked.connect(self.print_asked)
        self.marks_button = Button(self._texts("gui.results.why.marks"), icon="table")
        self.marks_button.clicked.connect(self._show_marks)
        row.addWidget(self.print_button)
        row.addWidget(self.marks_button)
        row.addStretch(1)
        return row

    def show_firmness(self, firm: Firmness | None) -> None:
        """Show how firm the place is, in up to three lines; nothing for who has no rank."""
        clear(self._firm)
        self.firm_lines = firm_lines(firm, self._write, self._texts) if firm else []
        if not self.firm_lines:
            return
        self._firm.addSpacing(6)
        self._firm.addWidget(label(self._texts("gui.results.firm"), "strong"))
        for line in self.firm_lines:
            row = QHBoxLayout()
            row.setSpacing(10)
            sign = Sign(_SIGNS[line.tone], line.tone, 18)
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(line.text, wrap=True), 1)
            self._firm.addLayout(row)

    def _add_axes(self) -> None:
        for axis in totals_axes(self._found.explanation.total):
            key = "gui.results.why.axis.all" if axis.part is None else "gui.results.why.axis.part"
            name = self._names.part(axis.part or "")
            title = self._texts(key, part=f"{name} · {axis.panel}" if axis.panel else name)
            self._column.addSpacing(6)
            self._column.addWidget(label(title, "small", "second", wrap=True))
            self._column.addWidget(SumsAxis(axis, self._texts))

    def _show_marks(self) -> None:
        shown = self._marks_table.isHidden()
        self._marks_table.setVisible(shown)
        key = "gui.results.why.marks.hide" if shown else "gui.results.why.marks"
        self.marks_button.setText(self._texts(key))
        self.marks_button.updateGeometry()
        if shown:
            self._column.activate()
            self._scroll.ensureWidgetVisible(self._marks_table, 0, 0)

    def _add_sums(self) -> None:
        parts = part_terms(self._found.explanation.total)
        for part, inner in [(one, inner) for one in parts for inner in sums_of(one)]:
            sheets = [
                term for term in inner.terms
                if "judge" in term.names and term.label != "sheet_not_assigned"
            ]  # fmt: skip
            if not sheets:
                continue
            name = self._names.part(part.names.get("part", ""))
            panel = inner.names.get("panel")
            title = self._texts("gui.results.why.sums", part=f"{name} · {panel}" if panel else name)
            self._column.addWidget(label(title, "small-strong", "second", wrap=True))
            short = all(len(self._value(term)) <= _SHORT for term in sheets)
            columns = _MANY_COLUMNS if short and len(sheets) > _FEW_COLUMNS else _FEW_COLUMNS
            grid = QGridLayout()
            grid.setSpacing(6)
            for at, term in enumerate(sheets):
                grid.addWidget(self._card(term), at // columns, at % columns)
            for column in range(columns):
                grid.setColumnStretch(column, 1)
            self._column.addLayout(grid)

    def _value(self, term: Term) -> str:
        return "–" if term.value is None else exact_text(term.value, self._texts)

    def _card(self, term: Term) -> QFrame:
        made = frame("sunken" if term.dropped else "card")
        column = QVBoxLayout(made)
        column.setContentsMargins(6, 3, 4, 5)
        column.setSpacing(0)
        judge = term.names["judge"]
        column.addWidget(label(judge, "small", "second"))
        value = self._value(term)
        words = label(value, "strong", "third" if term.dropped else "")
        if term.dropped:
            font = words.font()
            font.setStrikeOut(True)
            words.setFont(font)
        column.addWidget(words)
        told = self._texts("gui.results.why.dropped", value=value) if term.dropped else value
        made.setToolTip(f"{self._names.judge(judge)}: {told}")
        made.setAccessibleName(f"{self._names.judge(judge)}: {told}")
        return made

    def _add_steps(self) -> None:
        for number, step in enumerate(self.steps, 1):
            self._column.addWidget(hairline())
            row = QHBoxLayout()
            row.setSpacing(10)
            place = label(str(number), "small-strong", "second")
            place.setFixedWidth(theme().px(20))
            row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(step.title, wrap=True))
            if step.figures:
                words.addWidget(label(step.figures, "small", "second", wrap=True))
            row.addLayout(words, 1)
            row.addWidget(label(step.value, "strong"), 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)

    def _add_total(self) -> None:
        standing = self._found.explanation.standing
        box = _TotalBox()
        row = QHBoxLayout(box)
        row.setContentsMargins(14, 8, 14, 8)
        words = self._texts(f"gui.results.why.{_place(standing)}", rank=standing.rank)
        row.addWidget(label(words, "strong", wrap=True), 1)
        row.addWidget(label(self._write(standing.total), "title", "accent"))
        self._column.addWidget(box)

    def _add_ties(self) -> None:
        explanation, texts = self._found.explanation, self._texts
        for step in explanation.tie_steps:
            order = " > ".join(" = ".join(piece) for piece in step.pieces)
            if step.by == "decision":
                for made in self._found.group.result.sheet.decisions:
                    words = texts(
                        "results.explain.decision",
                        by=made.by, order=", ".join(made.order), reason=made.reason or "–",
                    )  # fmt: skip
                    self._column.addWidget(label(words, "small", "second", wrap=True))
                continue
            best = sorted(step.values.items(), key=lambda item: (-item[1], item[0]))
            values = "; ".join(f"{one} {texts.number(value)}" for one, value in best)
            words = texts(
                "results.explain.step",
                step=step_text(self._names, step.by, texts), values=values, order=order,
            )  # fmt: skip
            self._column.addWidget(label(words, "small", "second", wrap=True))
        if explanation.missing:
            words = texts("results.explain.missing", points=explanation.missing)
            self._column.addWidget(label(words, "small", "second", wrap=True))

    def _marks(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for part in part_terms(self._found.explanation.total):
            part_id = part.names.get("part", "")
            sheets = list(sheet_terms(part_chain(part)[0]))
            if not sheets:
                continue
            column.addWidget(label(self._names.part(part_id), "small-strong", wrap=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(0, 1)
            for at, sheet in enumerate(sheets, 1):
                head = label(sheet.names["judge"], "small", "third")
                grid.addWidget(head, 0, at, Qt.AlignmentFlag.AlignRight)
                for row, mark in enumerate(sheet.terms, 1):
                    if at == 1:
                        name = self._names.criterion(part_id, mark.names["criterion"])
                        grid.addWidget(label(name, "small", wrap=True), row, 0)
                    value = "–" if mark.value is None else exact_text(mark.value, self._texts)
                    grid.addWidget(label(value, "small"), row, at, Qt.AlignmentFlag.AlignRight)
            column.addLayout(grid)
        return made


class _TotalBox(QFrame):
    """The total on its soft ground."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accentsoft"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_FIELD, RADIUS_FIELD)
        painter.end()


def _place(standing: object) -> str:
    if getattr(standing, "row", None) is None:
        return "withdrawn"
    if getattr(standing, "rank", None) is None:
        return "no_rank"
    return "tied" if getattr(standing, "tied_with", None) else "rank"
