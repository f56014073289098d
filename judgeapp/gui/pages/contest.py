"""The page of the contest: its rounds with parts, rules in words, cut, ties, prizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.contest import Round
from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages import contest_words
from judgeapp.gui.pages.contest_edit import RulesForm
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.text import TEXT_COLUMN, card, clear, hairline, label
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary
    from judgeapp.services.context import Outcome


class ContestPage(Page):
    """What the contest is."""

    step = "contest"
    kinds = frozenset({"CONTEST", "STAGES", "PACKS"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.contest.title"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(14)
        self._scroll.setWidget(inside)
        self.content.addWidget(self._scroll, 1)
        self.form: RulesForm | None = None
        self.edit_buttons: dict[str, Button] = {}

    def first_focus(self) -> QWidget | None:
        """The first round's button."""
        return next(iter(self.edit_buttons.values()), None)

    def load(self) -> None:
        """Read the rules in force."""
        app = self.session.app

        def read(_: object) -> ContestSummary:
            from judgeapp.services.contest import summary

            return summary(app)

        self.session.run(read, self._show)

    def _show(self, found: ContestSummary) -> None:
        texts = self.texts
        self.set_summary(texts("gui.contest.summary", name=found.name, version=found.version))
        clear(self._column)
        self.edit_buttons = {}
        if found.outdated_packs:
            words = texts("gui.contest.outdated", count=len(found.outdated_packs))
            self._column.addWidget(Notice("warn", "triangle-alert", words))
        for held in found.definition.rounds:
            self._column.addWidget(self._round(held, found.stages[held.id]))
        self._column.addStretch(1)

    def _round(self, held: Round, stage: str) -> QFrame:
        texts = self.texts
        box, column = card(18)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(held.vi, "subhead", wrap=True), 1)
        look = PillLook(
            "lock" if stage == "closed" else "circle-dot",
            texts(f"contest.stage.{stage}"),
            "ok" if stage == "closed" else "neutral",
        )
        head.addWidget(Pill(look))
        edit = Button(texts("gui.contest.edit"), icon="pencil")
        edit.setAccessibleDescription(held.vi)
        edit.clicked.connect(lambda: self.edit(held))
        self.edit_buttons[held.id] = edit
        head.addWidget(edit)
        column.addLayout(head)
        total = texts("gui.contest.total", total=held.total)
        column.addWidget(label(total, "body", "second"))
        column.addWidget(self._parts(held))
        column.addWidget(hairline())
        column.addLayout(self._words(held))
        return box

    def _parts(self, held: Round) -> QWidget:
        texts = self.texts
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        right = Qt.AlignmentFlag.AlignRight
        heads = ("part", "max", "weight", "limits", "who")
        for place, name in enumerate(heads):
            words = label(texts(f"gui.contest.{name}"), "small", "third")
            grid.addWidget(
                words,
                0,
                place,
                right if name in ("max", "weight") else Qt.AlignmentFlag.AlignLeft,
            )
        for number, part in enumerate(held.parts, start=1):
            grid.addWidget(
                label(contest_words.part_name(part, texts), "strong", wrap=True), number, 0
            )
            grid.addWidget(label(texts.number(part.max)), number, 1, right)
            grid.addWidget(label(texts.number(part.weight)), number, 2, right)
            grid.addWidget(label(contest_words.limits(part, texts), wrap=True), number, 3)
            grid.addWidget(label(contest_words.who_marks(part, texts), wrap=True), number, 4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(3, 2)
        grid.setColumnStretch(4, 2)
        return box

    def _words(self, held: Round) -> QHBoxLayout:
        texts = self.texts
        row = QHBoxLayout()
        row.setSpacing(32)
        penalties = [
            f"{contest_words.penalty(part, rule, texts)} {texts.number(rule.per_unit)}"
            + (f" ({texts('gui.contest.cap', points=rule.cap)})" if rule.cap is not None else "")
            for part in held.parts
            for rule in part.penalties
        ]
        awards = [f"{prize.vi}: {prize.count}" for prize in held.prizes]
        going = []
        if held.cut is not None:
            going = [
                texts(f"gui.contest.go_on.{held.cut.scope}", count=held.cut.size),
                texts(f"gui.contest.cut.{held.cut.ties}"),
            ]
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(4)
            row.addLayout(column, 1)
        _add(left, texts("gui.contest.rules"), contest_words.rules(held, texts))
        _add(left, texts("gui.contest.penalties"), penalties)
        _add(right, texts("gui.contest.ties"), contest_words.ties(held, texts))
        _add(right, texts("gui.contest.go_on"), going)
        _add(right, texts("gui.contest.prizes"), awards)
        left.addStretch(1)
        right.addStretch(1)
        return row

    def edit(self, held: Round) -> None:
        """Show the numbers of a round that can be changed."""
        form = RulesForm(self.texts, held)
        form.save_asked.connect(self._save)
        self.form = form
        self.open_drawer(form, self.texts("gui.contest.edit.title", round=held.vi))

    def _save(
        self, cut: int | None, prizes: dict[str, int], penalties: dict[str, str], reason: str
    ) -> None:
        form, app = self.form, self.session.app
        if form is None:
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.rules import change_rules

            return change_rules(
                app, round_id=form.round_id, cut=cut, prizes=prizes, penalties=penalties,
                reason=reason,
            )  # fmt: skip

        def done(outcome: Outcome[Any]) -> None:
            self.close_drawer()
            words = self.texts("gui.contest.saved", version=outcome.value)
            Toast.show_in(self.window(), words)

        def refused(error: JudgeError) -> None:
            form.refuse(self.texts.error(error))

        self.session.run(work, done, on_refused=refused)


def _add(column: QVBoxLayout, title: str, lines: list[str]) -> None:
    """Add a titled list of sentences, if there are any."""
    if not lines:
        return
    column.addWidget(label(title, "small-strong", "second"))
    for line in lines:
        words = label(line, wrap=True)
        words.setMaximumWidth(TEXT_COLUMN)
        column.addWidget(words)
    column.addSpacing(10)
