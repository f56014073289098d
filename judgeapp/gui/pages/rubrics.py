"""The page of rubrics: parts and criteria of each round with totals; a change is a new version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from judgeapp.domain.contest import Criterion, Part
from judgeapp.gui.page import Page
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.rubrics_forms import CriterionForm, RubricForm, level_words
from judgeapp.gui.pages.rules_form import RulesForm, open_form
from judgeapp.gui.pages.rules_versions import versions_button
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import card, label

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.services.contest import ContestSummary
    from judgeapp.services.revision import RoundUse


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
    """What is marked, up to how many points.

    Attributes:
        form: what is open in the drawer, or was last.
    """

    step = "rubrics"
    kinds = frozenset({"CONTEST", "PACKS", "STAGES", "MARKS"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.rubrics.title"))
        texts = self.texts
        self._found: ContestSummary | None = None
        self.form: RulesForm | None = None
        self._locked = Notice("neutral", "lock", "")
        self._locked.hide()
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
        self.table = self._make_table()
        column.addWidget(self.table, 1)
        self.content.addWidget(box, 1)
        self.edit_button = Button(texts("gui.rubrics.edit"), icon="pencil")
        self.edit_button.clicked.connect(self.edit)
        self.set_actions(versions_button(self), self.edit_button)

    def _make_table(self) -> Table:
        texts = self.texts
        table = Table(
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
        table.opened.connect(self.edit_criterion)
        return table

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def _name(self, row: Row) -> str:
        name = row.item.en if self.texts.language == "en" else row.item.vi
        return "\n".join(filter(None, (name, level_words(row.item, self.texts))))

    def _share(self, row: Row) -> str:
        held = self.held
        if held is None or not held.total:
            return ""
        share = row.item.max * row.part.weight * 100 / held.total
        return f"{self.texts.number(share.quantize(Decimal('0.1')))} %"

    @property
    def held(self) -> Round | None:
        """The round that is shown."""
        place = self.rounds.currentIndex()
        return self._found.definition.rounds[place] if self._found and place >= 0 else None

    def load(self) -> None:
        """Read the rubrics in force."""
        app = self.session.app

        def read(_: object) -> ContestSummary:
            from judgeapp.services.contest import summary

            return summary(app)

        self.session.run(read, self._show)

    def _show(self, found: ContestSummary) -> None:
        place, self._found = max(self.rounds.currentIndex(), 0), found
        self.set_summary(self.texts("gui.rubrics.summary", version=found.version))
        self.rounds.blockSignals(True)
        self.rounds.clear()
        self.rounds.addItems([held.vi for held in found.definition.rounds])
        self.rounds.setCurrentIndex(min(place, len(found.definition.rounds) - 1))
        self.rounds.blockSignals(False)
        self._show_round()

    def _show_round(self) -> None:
        held = self.held
        if held is None or self._found is None:
            return
        parts = " + ".join(
            f"{part_name(part, self.texts)} {self.texts.number(part.max * part.weight)}"
            for part in held.parts
        )
        self._total.setText(self.texts("gui.rubrics.total", total=held.total, parts=parts))
        self.table.set_rows([Row(part, one) for part in held.parts for one in part.criteria])
        use = self._found.uses[held.id]
        self._show_lock(use)
        self.edit_button.setEnabled(not use.closed)
        words = "gui.rubrics.edit.version" if use.is_used else "gui.rubrics.edit"
        self.edit_button.setText(self.texts(words))
        self.edit_button.updateGeometry()

    def _show_lock(self, use: RoundUse) -> None:
        """Say what locks the rubric, and the way that is left."""
        texts = self.texts
        if use.closed:
            self._locked.set_words(texts("gui.rubrics.closed"), texts("gui.rubrics.closed.way"))
        elif use.packs:
            words = texts("gui.rubrics.locked", count=use.packs)
            self._locked.set_words(words, texts("gui.rubrics.locked.way"))
        elif use.marks:
            self._locked.set_words(texts("gui.rubrics.marked"), texts("gui.rubrics.locked.way"))
        self._locked.setVisible(use.is_used)

    # --- changing -----------------------------------------------------------------------------

    def _may_edit(self) -> bool:
        held = self.held
        return held is not None and self._found is not None and not self._found.uses[held.id].closed

    def edit(self) -> None:
        """Show all criteria of the round to be changed, unless it is closed."""
        held, found = self.held, self._found
        if held is None or found is None or not self._may_edit():
            return
        self.form = RubricForm(self.texts, found, held)
        open_form(self, self.form, self.texts("gui.rubrics.edit.title"), held.vi)

    def edit_criterion(self, row: Row) -> None:
        """Show one criterion with its levels to be changed, unless its round is closed."""
        held, found = self.held, self._found
        if held is None or found is None or not self._may_edit():
            return
        self.form = CriterionForm(self.texts, found, held, row.part, row.item)
        open_form(
            self, self.form, self.texts("gui.rubrics.criterion"), part_name(row.part, self.texts)
        )
