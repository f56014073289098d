"""Why a total is what it is: the judges' sums, the steps with rule and figures, the total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.explain import Term
from judgeapp.domain.round_names import names_of
from judgeapp.gui.pages.results_words import (
    MINUS,
    exact_text,
    reason_text,
    step_text,
    totals_text,
)
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_FIELD
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import frame, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.results import Explained

_CARD_COLUMNS = 5
_AROUND = ("rounded", "less", "product")


@dataclass(frozen=True)
class WhyStep:
    """One step of the way to a total: what it is, the figures, and what comes out."""

    title: str
    figures: str
    value: str


def steps_of(found: Explained, texts: Texts) -> list[WhyStep]:
    """Return the steps from the judges' sums to the total, in order."""
    return _Steps(found, texts).all()


def part_chain(term: Term) -> list[Term]:
    """Return a part's terms from what the judges gave outward to what counts in the total."""
    inner = term
    chain = [term]
    while inner.formula in _AROUND and inner.terms:
        inner = inner.terms[1] if inner.formula == "product" else inner.terms[0]
        chain.append(inner)
    return chain[::-1]


def sums_of(part: Term) -> list[Term]:
    """Return the innermost terms of a part: what the judges gave, panel by panel."""
    inner = part_chain(part)[0]
    if inner.label == "part_by_panels":
        return [term.terms[1] for term in inner.terms]
    return [inner]


def part_terms(total: Term) -> tuple[Term, ...]:
    """Return the terms of a total that are its parts."""
    return total.terms[0].terms if total.label == "total_rounded" else total.terms


def _panel_steps(part: Term) -> Iterator[Term]:
    inner = part_chain(part)[0]
    if inner.label == "part_by_panels":
        for weighted in inner.terms:
            yield weighted.terms[1]
            yield weighted


class _Steps:
    def __init__(self, found: Explained, texts: Texts) -> None:
        from judgeapp.services.results_round import reason_of

        self._texts = texts
        self._total = found.explanation.total
        self._names = names_of(found.held, texts.language, found.judges)
        self._reasons = {
            reason_of(line): reason_text(line, texts)
            for line in found.group.deductions
            if line.contestant == found.explanation.standing.contestant
        }

    def all(self) -> list[WhyStep]:
        found = [
            step for part in part_terms(self._total)
            for term in (*_panel_steps(part), *part_chain(part))
            for step in self._of(term, part)
        ]  # fmt: skip
        parts = [part for part in part_terms(self._total) if part.value is not None]
        sums = self._total.terms[0] if self._total.label == "total_rounded" else self._total
        if len(parts) > 1 and sums.value is not None:
            found.append(self._step(sums, ""))
        if self._total.label == "total_rounded":
            found.append(self._step(self._total, ""))
        return found

    def _of(self, term: Term, part: Term) -> Iterator[WhyStep]:
        part_id = part.names.get("part", "")
        if term.formula == "less":
            for line in term.terms[1:]:
                yield self._penalty(line, part_id)
        yield self._step(term, part_id)

    def _penalty(self, line: Term, part: str) -> WhyStep:
        points = line.value or Fraction(0)
        sign = MINUS if points >= 0 else "+"
        title = self._texts(f"gui.results.{'penalty' if points >= 0 else 'bonus'}")
        return WhyStep(title, self._reason(line), f"{sign}{exact_text(abs(points), self._texts)}")

    def _reason(self, line: Term) -> str:
        reason = line.names.get("reason", "")
        return self._reasons.get(reason, reason)

    def _step(self, term: Term, part: str) -> WhyStep:
        title = self._texts(
            f"results.term.{term.label}",
            part=self._names.part(term.names.get("part", part)),
            criterion=self._names.criterion(part, term.names.get("criterion", "")),
            judge=self._names.judge(term.names.get("judge", "")),
            panel=term.names.get("panel", ""),
            reason=self._reason(term),
        )
        value = "–" if term.value is None else exact_text(term.value, self._texts)
        return WhyStep(title, self._figures(term), value)

    def _figures(self, term: Term) -> str:
        values = [
            exact_text(below.value, self._texts)
            for below in term.terms
            if below.value is not None and not below.dropped
        ]
        if term.formula in ("given", "none") or len(values) < 2:
            return ""
        if term.formula == "mean":
            return f"({' + '.join(values)}) : {len(values)}"
        if term.formula in ("median", "rounded", "rank"):
            return self._texts(
                f"results.formula.{term.formula}",
                values="; ".join(values),
                first=values[0],
                second=values[1],
                last=values[-1],
            )
        joins = {"sum": " + ", "product": " × ", "less": f" {MINUS} "}
        return joins[term.formula].join(values)


class WhyPanel(QScrollArea):
    """The content of the drawer."""

    def __init__(self, found: Explained, texts: Texts) -> None:
        super().__init__()
        self._found, self._texts = found, texts
        self._names = names_of(found.held, texts.language, found.judges)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(texts("gui.results.why.name"))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 8, 8, 8)
        self._column.setSpacing(6)
        self.setWidget(inner)
        self.steps = steps_of(found, texts)
        self._add_sums()
        self._add_steps()
        self._add_total()
        self._add_ties()
        self._add_marks()
        self._column.addStretch(1)

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
            grid = QGridLayout()
            grid.setSpacing(6)
            for at, term in enumerate(sheets):
                grid.addWidget(self._card(term), at // _CARD_COLUMNS, at % _CARD_COLUMNS)
            for column in range(_CARD_COLUMNS):
                grid.setColumnStretch(column, 1)
            self._column.addLayout(grid)
            axis = [(term.value, term.dropped) for term in sheets if term.value is not None]
            if inner.formula in ("mean", "median") and len(axis) > 1 and inner.value is not None:
                self._column.addWidget(SumsAxis(axis, inner.value, self._texts))

    def _card(self, term: Term) -> QFrame:
        made = frame("sunken" if term.dropped else "card")
        column = QVBoxLayout(made)
        column.setContentsMargins(8, 3, 8, 5)
        column.setSpacing(0)
        judge = term.names["judge"]
        column.addWidget(label(judge, "small", "second"))
        value = "–" if term.value is None else exact_text(term.value, self._texts)
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
        rules = self._found.group.result.sheet.rules
        everybody = [item.total for item in self._found.group.result.ranking]
        box = _TotalBox()
        row = QHBoxLayout(box)
        row.setContentsMargins(14, 8, 14, 8)
        words = self._texts(f"gui.results.why.{_place(standing)}", rank=standing.rank)
        row.addWidget(label(words, "strong", wrap=True), 1)
        written = totals_text(everybody, rules.round_total, self._texts)(standing.total)
        row.addWidget(label(written, "title", "accent"))
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

    def _add_marks(self) -> None:
        table = self._marks()
        if table is None:
            return
        button = Button(self._texts("gui.results.why.marks"), icon="table")
        table.hide()
        button.clicked.connect(lambda: table.setVisible(not table.isVisible()))
        self._column.addSpacing(6)
        self._column.addWidget(button)
        self._column.addWidget(table)

    def _marks(self) -> QWidget | None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for part in part_terms(self._found.explanation.total):
            part_id = part.names.get("part", "")
            sheets = list(_sheets(part_chain(part)[0]))
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
        return made if column.count() else None


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


def _sheets(term: Term) -> Iterator[Term]:
    """Yield the sheets with their marks, wherever they lie in a part's term."""
    for below in term.terms:
        if below.label in ("sheet", "sheet_not_counting"):
            yield below
        elif below.label in ("rank_by_judge", "sheet_less_penalties"):
            yield from _sheets(below)


class SumsAxis(QWidget):
    """The judges' sums on one axis: dropped ones hollow, what came out as a line."""

    def __init__(self, values: list[tuple[Fraction, bool]], middle: Fraction, texts: Texts) -> None:
        super().__init__()
        self._values, self._middle, self._texts = values, middle, texts
        self.setFixedHeight(theme().px(58))
        self.setAccessibleName(
            texts("gui.results.why.axis", values="; ".join(texts.number(v) for v, _ in values))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axis, dots and the value that came out."""
        px = theme().px
        low = min(value for value, _ in self._values)
        high = max(value for value, _ in self._values)
        spread = high - low or Fraction(1)
        edge = px(26)

        def x(value: Fraction) -> float:
            return edge + float((value - low) / spread) * (self.width() - 2 * edge)

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = px(34)
        painter.setPen(QPen(theme().color("edge"), 1))
        painter.drawLine(0, base, self.width(), base)
        painter.setFont(theme().font("small"))
        for value, dropped in self._values:
            dot = QRectF(x(value) - 5, base - 15, 10, 10)
            painter.setPen(QPen(theme().color("text3" if dropped else "accentfill"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush if dropped else theme().color("accentfill"))
            painter.drawEllipse(dot)
        painter.setPen(QPen(theme().color("accent"), 2))
        at = x(self._middle)
        painter.drawLine(round(at), px(18), round(at), base)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        text = exact_text(self._middle, self._texts)
        painter.drawText(QRectF(at - 40, 0, 80, px(18)), centre, text)
        painter.setPen(theme().color("text2"))
        for value in dict.fromkeys((low, high)):
            place = QRectF(x(value) - 40, base + 2, 80, px(20))
            painter.drawText(place, centre, exact_text(value, self._texts))
        painter.end()
