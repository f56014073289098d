"""Cards of the contest's page: what it is, and a round with its parts and rules in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from judgeapp.domain.contest import Part, Round
from judgeapp.gui.pages import contest_words
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.text import TEXT_COLUMN, card, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

Change = Callable[[str, Round, Part | None], None]


def facts_card(
    found: ContestSummary, texts: Texts, change: Callable[[], None]
) -> tuple[QFrame, Button]:
    """Return the card of name, host, place and days, and its button."""
    box, column = card(18)
    head = QHBoxLayout()
    head.setSpacing(12)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(found.name, "subhead", wrap=True))
    days = contest_words.days(found.facts, texts)
    said = " · ".join(filter(None, (found.facts.host, found.facts.place, days)))
    if not found.facts.host or not days:
        said = "\n".join(filter(None, (said, texts("gui.contest.facts.missing"))))
    words.addWidget(label(said, "body", "second", wrap=True))
    head.addLayout(words, 1)
    edit = Button(texts("gui.contest.edit"), icon="pencil")
    edit.setAccessibleName(texts("gui.contest.change.facts"))
    edit.clicked.connect(change)
    head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    return box, edit


class RoundCard(QFrame):
    """A round: head, parts, and five groups of rules, each with a button that changes it."""

    def __init__(self, held: Round, found: ContestSummary, texts: Texts, change: Change) -> None:
        super().__init__()
        self.setObjectName("card")
        self._held, self._texts, self._change = held, texts, change
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(10)
        column.addLayout(self._head(found.stages[held.id]))
        for part in held.parts:
            column.addWidget(hairline())
            column.addLayout(self._part(part))
        column.addWidget(hairline())
        add = self._button("gui.contest.part.add", "part", icon="plus")
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hairline())
        self._rules = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rules.setSpacing(28)
        self._add_rules()
        column.addLayout(self._rules)

    def set_narrow(self, narrow: bool) -> None:
        """Set the groups of rules below each other, or in two columns."""
        ways = QBoxLayout.Direction
        self._rules.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._rules.setSpacing(0 if narrow else 28)

    def _button(self, words: str, what: str, part: Part | None = None, icon: str = "") -> Button:
        made = Button(self._texts(words), kind="ghost", icon=icon)
        title = self._texts(f"gui.contest.change.{what}")
        name = part.vi if part is not None else self._held.vi
        if icon != "plus":
            made.setAccessibleName(f"{title}: {name}")
        made.clicked.connect(lambda: self._change(what, self._held, part))
        return made

    def _head(self, stage: str) -> QBoxLayout:
        texts, held = self._texts, self._held
        head = QHBoxLayout()
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(held.vi, "subhead", wrap=True))
        unit = texts(f"gui.contest.unit.{'team' if held.team else 'person'}")
        second = texts(
            "gui.contest.round.line", total=held.total, judges=held.judges, unit=unit.lower()
        )
        words.addWidget(label(second, "body", "second", wrap=True))
        head.addLayout(words, 1)
        closed = stage == "closed"
        look = PillLook(
            "lock" if closed else "circle-dot",
            texts(f"contest.stage.{stage}"), "ok" if closed else "neutral",
        )  # fmt: skip
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(Pill(look), 0, top)
        head.addWidget(self._button("gui.contest.edit", "round"), 0, top)
        return head

    def _part(self, part: Part) -> QBoxLayout:
        texts = self._texts
        row = QHBoxLayout()
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(contest_words.part_name(part, texts), "strong", wrap=True))
        words.addWidget(label(contest_words.part_lines(part, texts), "small", "second", wrap=True))
        row.addLayout(words, 1)
        points = texts("gui.contest.part.most", points=part.max)
        if part.weight != 1:
            points = texts("gui.contest.part.weighted", points=part.max, weight=part.weight)
        row.addWidget(label(points, "strong"))
        row.addWidget(self._button("gui.contest.edit", "part", part))
        return row

    def _add_rules(self) -> None:
        held, texts = self._held, self._texts
        going = [texts("gui.contest.go_on.none")]
        if held.cut is not None:
            going = [
                texts(f"gui.contest.go_on.{held.cut.scope}", count=held.cut.size),
                texts(f"gui.contest.cut.{held.cut.ties}"),
            ]
        prizes = [texts("gui.contest.prizes.line", name=p.vi, count=p.count) for p in held.prizes]
        prizes = prizes or [texts("gui.contest.prizes.none")]
        ties = contest_words.ties(held, texts) or [texts("gui.contest.ties.none")]
        groups = (
            (("counting", texts("gui.contest.rules"), contest_words.rules(held, texts)),),
            (
                ("ties", texts("gui.contest.ties"), ties),
                ("cut", texts("gui.contest.go_on"), going),
                ("prizes", texts("gui.contest.prizes"), prizes),
            ),
        )  # fmt: skip
        for group in groups:
            column = QVBoxLayout()
            column.setSpacing(2)
            for what, title, lines in group:
                self._add_group(column, what, title, lines)
            column.addStretch(1)
            self._rules.addLayout(column, 1)

    def _add_group(self, column: QVBoxLayout, what: str, title: str, lines: list[str]) -> None:
        head = QHBoxLayout()
        head.addWidget(label(title, "small-strong", "second", wrap=True), 1)
        head.addWidget(self._button("gui.contest.edit", what))
        column.addLayout(head)
        for line in lines:
            words = label(line, wrap=True)
            words.setMaximumWidth(TEXT_COLUMN)
            column.addWidget(words)
        column.addSpacing(12)
