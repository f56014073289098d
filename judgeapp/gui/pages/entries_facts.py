"""Lengths that were measured become facts that penalties count by; one contestant's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.final_facts import FactsForm
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.text import clear
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.final_board import Board
    from judgeapp.services.judging import FactsSet
    from judgeapp.services.lengths import Lengths


class EntryFacts(QWidget):
    """Says how many measured lengths count for nothing yet, and takes them over."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.session, self.texts = page, page.session, page.texts
        self._round: str | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_round(self, round_id: str) -> None:
        """Look which lengths of a round are no facts yet."""
        self._round = round_id
        app = self.session.app

        def work(_: object) -> Lengths:
            from judgeapp.services.lengths import lengths_to_take

            return lengths_to_take(app, round_id=round_id)

        self.session.run(work, self._show)

    def _show(self, found: Lengths) -> None:
        clear(self._place)
        wanted = bool(found.seconds) and not found.closed
        self.setVisible(wanted)
        if not wanted:
            return
        take = Button(self.texts("gui.entries.lengths.take"), icon="timer")
        take.clicked.connect(self.take)
        self._place.addWidget(
            Notice(
                "accent", "timer",
                self.texts("gui.entries.lengths", count=len(found.seconds)),
                self.texts("gui.entries.lengths.what", outside=found.outside),
                take,
            )
        )  # fmt: skip

    def take(self) -> None:
        """Make the measured lengths facts."""
        app, round_id = self.session.app, self._round

        def work(_: object) -> Outcome[FactsSet]:
            from judgeapp.services.lengths import take_lengths

            return take_lengths(app, round_id=round_id)

        def done(outcome: Outcome[FactsSet]) -> None:
            words = self.texts("gui.entries.lengths.taken", count=outcome.value.stored)
            Toast.show_in(self._page.window(), words)

        self.session.run(work, done)

    def edit(self, contestant: str) -> None:
        """Show one contestant's facts in the drawer, to be typed."""
        self._page.close_drawer()
        app, round_id = self.session.app, self._round

        def work(_: object) -> Board:
            from judgeapp.services.final_board import final_board

            return final_board(app, round_id=round_id)

        self.session.run(work, lambda board: self._edit(board, contestant))

    def _edit(self, board: Board, contestant: str) -> None:
        if board.closed:
            error = JudgeError("judging.round_closed", place=board.held.id, round=board.held.vi)
            self.session.show_error(error)
            return
        row = next((row for row in board.rows if row.contestant.id == contestant), None)
        if row is None:
            return
        form = FactsForm(self.session, board.held, row)
        form.stored.connect(self._page.close_drawer)
        self._page.open_drawer(
            form, self.texts("gui.entries.facts"), second=f"{contestant} · {row.contestant.name}"
        )
