"""The page of the contest: what it is, and each round with its parts and rules, to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.gui.page import Page
from judgeapp.gui.pages.contest_round import RoundCard, facts_card
from judgeapp.gui.pages.rules_form import RulesForm, open_form
from judgeapp.gui.pages.rules_versions import versions_button
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import clear
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part, Round
    from judgeapp.gui.pages.rules_form import DrawerForm
    from judgeapp.services.contest import ContestSummary, Preset
    from judgeapp.services.context import Outcome

_NARROW = 760


class ContestPage(Page):
    """What the contest is.

    Attributes:
        form: what is open in the drawer, or was last.
    """

    step = "contest"
    kinds = frozenset({"CONTEST", "STAGES", "PACKS", "PEOPLE", "PANEL"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.contest.title"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(14)
        self._scroll = scrolling(inside)
        self.content.addWidget(self._scroll, 1)
        self.form: DrawerForm | None = None
        self._found: ContestSummary | None = None
        self._first: Button | None = None
        self._cards: list[RoundCard] = []
        add = Button(self.texts("gui.contest.round.add"), icon="plus")
        add.clicked.connect(self.add_round)
        self.set_actions(versions_button(self), add)

    def first_focus(self) -> QWidget | None:
        """The button that changes name and host."""
        return self._first

    def load(self) -> None:
        """Read the rules in force."""
        app = self.session.app

        def read(_: object) -> ContestSummary:
            from judgeapp.services.contest import summary

            return summary(app)

        self.session.run(read, self._show)

    def _show(self, found: ContestSummary) -> None:
        texts, self._found = self.texts, found
        self.set_summary(texts("gui.contest.summary", version=found.version))
        place = self._scroll.verticalScrollBar().value()
        focused = self._focused()
        clear(self._column)
        if found.outdated_packs:
            words = texts("gui.contest.outdated", count=len(found.outdated_packs))
            self._column.addWidget(Notice("warn", "triangle-alert", words, self._packs(found)))
        elif not found.contestants:
            self._column.addWidget(Notice("accent", "info", texts("gui.contest.next")))
        box, self._first = facts_card(found, texts, self._change_facts)
        self._column.addWidget(box)
        self._cards = [
            RoundCard(held, found, texts, self._change) for held in found.definition.rounds
        ]
        for card in self._cards:
            self._column.addWidget(card)
            card.show()  # at once, so that it can take the focus
        self._column.addStretch(1)
        self._fit()
        self._scroll.verticalScrollBar().setValue(place)
        self._give_back(focused)

    def _packs(self, found: ContestSummary) -> str:
        """Return the outdated packs as people know them."""
        texts = self.texts
        return "; ".join(
            texts(
                "gui.contest.outdated.pack",
                round=pack.round, panel=pack.panel or texts("packs.one_panel"),
                version=pack.version,
            )
            for pack in found.outdated_packs
        )  # fmt: skip

    def _focused(self) -> str | None:
        """Return the name of the button in the cards that has the focus, or None."""
        focus = self.window().focusWidget()
        return focus.accessibleName() if focus and self._scroll.isAncestorOf(focus) else None

    def _give_back(self, name: str | None) -> None:
        """Put the focus on the button of that name: the one that had it was made anew."""
        if name is None:
            return
        made = (one for card in self._cards for one in card.findChildren(Button))
        button = next((one for one in made if one.accessibleName() == name), self._first)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        for card in self._cards:
            card.set_narrow(self._scroll.width() < _NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the rules of a round below each other where there is little room."""
        super().resizeEvent(event)
        self._fit()

    # --- changing -----------------------------------------------------------------------------

    def _change(self, what: str, held: Round, part: Part | None = None) -> None:
        """Open the form of one thing of a round."""
        found = self._found
        if found is None:
            return
        from judgeapp.gui.pages import contest_count_forms as counting
        from judgeapp.gui.pages.contest_forms import RoundForm
        from judgeapp.gui.pages.contest_part_form import PartForm
        from judgeapp.gui.pages.contest_ties_form import TiesForm

        texts = self.texts
        make: dict[str, Callable[[], RulesForm]] = {
            "round": lambda: RoundForm(texts, found, held),
            "part": lambda: PartForm(texts, found, held, part),
            "counting": lambda: counting.CountingForm(texts, found, held),
            "ties": lambda: TiesForm(texts, found, held),
            "cut": lambda: counting.CutForm(texts, found, held),
            "prizes": lambda: counting.PrizesForm(texts, found, held),
        }
        form = make[what]()
        self.form = form
        title = "new_part" if what == "part" and part is None else what
        open_form(self, form, texts(f"gui.contest.change.{title}"), held.vi)

    def add_round(self) -> None:
        """Ask which round is held too, after the others."""

        def read(_: object) -> list[Preset]:
            from judgeapp.services.contest import presets

            return presets()

        def ask(presets: list[Preset]) -> None:
            from judgeapp.gui.pages.contest_forms import AddRoundForm

            if self._found is None:
                return
            form = AddRoundForm(self.texts, self._found, presets)
            self.form = form
            open_form(self, form, self.texts("gui.contest.change.new_round"))

        self.session.run(read, ask)

    def _change_facts(self) -> None:
        """Show name, host, place and days to be changed."""
        if self._found is None:
            return
        from judgeapp.gui.pages.contest_forms import FactsForm

        form = FactsForm(self.texts, self._found)
        app = self.session.app

        def save() -> None:
            name, typed = form.name.text, form.facts.typed

            def work(_: object) -> Outcome[Any]:
                from judgeapp.services.contest import describe_contest

                return describe_contest(app, name=name, **typed)

            def done(_: Outcome[Any]) -> None:
                self.close_drawer()
                Toast.show_in(self.window(), self.texts("gui.contest.facts.saved"))

            self.session.run(work, done, on_refused=form.refuse)

        form.save_asked.connect(save)
        self.form = form
        self.open_drawer(form, self.texts("gui.contest.change.facts"))
