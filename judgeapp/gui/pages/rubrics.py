"""The page of rubrics: parts and criteria of each round with totals; locked once packs are out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from judgeapp.domain.contest import Criterion, Part
from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.rubrics_edit import RubricForm
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import card, label
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.services.contest import ContestSummary
    from judgeapp.services.context import Outcome


@dataclass(frozen=True)
class Row:
    """A criterion in its part."""

    part: Part
    item: Criterion

    @property
    def id(self) -> str:
        """What makes it the same row after a reload."""
        return f"{self.part.id}/{self.item.id}"


class RubricsPage(Page):
    """What is marked, up to how many points."""

    step = "rubrics"
    kinds = frozenset({"CONTEST", "PACKS"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.rubrics.title"))
        texts = self.texts
        self._found: ContestSummary | None = None
        self.form: RubricForm | None = None
        self._locked = Notice("neutral", "lock", texts("gui.rubrics.locked"))
        self.content.addWidget(self._locked)
        box, column = card(14)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.rounds = Choice()
        self.rounds.setAccessibleName(texts("gui.rubrics.round"))
        self.rounds.currentIndexChanged.connect(lambda _: self._show_round())
        head.addWidget(self.rounds)
        self._total = label("", "body", "second", wrap=True)
        head.addWidget(self._total, 1)
        column.addLayout(head)
        self.table = Table(
            [
                Column(texts("gui.rubrics.part"), lambda row: part_name(row.part, texts)),
                Column(
                    texts("gui.rubrics.criterion"), self._name, kind="name", stretch=True
                ),
                Column(
                    texts("gui.rubrics.max"), lambda row: texts.number(row.item.max), kind="number",
                    strong=True,
                ),
                Column(
                    texts("gui.rubrics.step"), lambda row: texts.number(row.item.step),
                    kind="number",
                ),
                Column(texts("gui.rubrics.share"), self._share, kind="number"),
            ],
            empty_text=texts("gui.rubrics.empty"),
            accessible_name=texts("gui.rubrics.title"),
        )  # fmt: skip
        self.table.opened.connect(lambda _: self.edit())
        column.addWidget(self.table, 1)
        self.content.addWidget(box, 1)

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def _name(self, row: Row) -> str:
        return row.item.en if self.texts.language == "en" else row.item.vi

    def _share(self, row: Row) -> str:
        state = self.state
        if state is None or not state.total:
            return ""
        share = row.item.max * row.part.weight * 100 / state.total
        return f"{self.texts.number(share.quantize(Decimal('0.1')))} %"

    @property
    def state(self) -> Round | None:
        """The round that is shown."""
        place = self.rounds.currentIndex()
        return self._found.definition.rounds[place] if self._found and place >= 0 else None

    @property
    def _packs(self) -> int:
        return self._found.uses[self.state.id].packs if self._found and self.state else 0

    def load(self) -> None:
        """Read the rubrics in force."""
        app = self.session.app

        def read(_: object) -> ContestSummary:
            from judgeapp.services.contest import summary

            return summary(app)

        self.session.run(read, self._show)

    def _show(self, found: ContestSummary) -> None:
        self._found = found
        self.set_summary(self.texts("gui.rubrics.summary", version=found.version))
        place = max(self.rounds.currentIndex(), 0)
        self.rounds.blockSignals(True)
        self.rounds.clear()
        self.rounds.addItems([state.vi for state in found.definition.rounds])
        self.rounds.setCurrentIndex(min(place, len(found.definition.rounds) - 1))
        self.rounds.blockSignals(False)
        self._show_round()

    def _show_round(self) -> None:
        state = self.state
        if state is None:
            return
        self._locked.setVisible(self._packs > 0)
        parts = " + ".join(
            f"{part_name(part, self.texts)} {self.texts.number(part.max * part.weight)}"
            for part in state.parts
        )
        self._total.setText(self.texts("gui.rubrics.total", total=state.total, parts=parts))
        self.table.set_rows([Row(part, one) for part in state.parts for one in part.criteria])
        self.edit_button = Button(self.texts("gui.rubrics.edit"), icon="pencil")
        self.edit_button.setEnabled(not self._packs)
        self.edit_button.clicked.connect(self.edit)
        self.set_actions(self.edit_button)

    def edit(self) -> None:
        """Show the criteria to be changed, unless they are locked."""
        state = self.state
        if state is None or self._packs:
            return
        form = RubricForm(self.texts, state)
        form.save_asked.connect(self._save)
        self.form = form
        self.open_drawer(form, self.texts("gui.rubrics.edit.title"), second=state.vi)

    def _save(self, maxima: dict[str, str], names: dict[str, str], reason: str) -> None:
        form, app = self.form, self.session.app
        if form is None:
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.rules import change_rubric

            return change_rubric(
                app, round_id=form.round_id, maxima=maxima, names=names, reason=reason
            )

        def done(outcome: Outcome[Any]) -> None:
            self.close_drawer()
            words = self.texts("gui.contest.saved", version=outcome.value)
            Toast.show_in(self.window(), words)

        def refused(error: JudgeError) -> None:
            form.refuse(error.code, error.place or "", self.texts.error(error))

        self.session.run(work, done, on_refused=refused)
