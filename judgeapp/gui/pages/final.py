"""The final: who is on when, a live table, and the secretary's facts typed in the hall."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.final_facts import FactsForm
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress
from judgeapp.system.result_words import totals_text

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.final_board import Board, BoardRow


class FinalPage(Page):
    """The page of the step ``final``; it loads again whenever a score file is taken in."""

    step: ClassVar[str] = "final"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "PANEL", "FACTS", "MARKS", "STAGES", "RESULTS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.final.title"))
        texts = self.texts
        self.board: Board | None = None
        self.table = Table(
            self._columns(),
            empty_text=texts("gui.final.nobody"),
            accessible_name=texts("gui.final.table"),
            key=lambda row: row.contestant.id,
        )
        self.table.opened.connect(self.enter_facts)
        self._card = frame("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(self.table)
        self.content.addWidget(self._card, 1)
        self._empty: QWidget | None = None

    def _columns(self) -> list[Column]:
        texts = self.texts

        def sheets(row: BoardRow) -> PillLook:
            words = f"{row.done} / {row.owed}"
            if row.owed and row.done == row.owed:
                return PillLook("circle-check", words, "ok")
            return PillLook("circle-dashed", words, "warn" if row.done else "neutral")

        return [
            Column(
                texts("gui.final.head.place"),
                lambda row: "–" if row.place is None else str(row.place),
                "number",
                sort=lambda row: (row.place is None, row.place or 0),
            ),
            Column(
                texts("awards.head.name"),
                lambda row: (
                    f"{row.contestant.id} · {row.contestant.name}\n{row.unit or ''}".strip()
                ),
                "name",
                stretch=True,
                sort=lambda row: row.contestant.id,
            ),
            Column(texts("gui.final.head.facts"), self._facts, "small"),
            Column(
                texts("gui.final.head.sheets"),
                lambda row: sheets(row).text,
                "pill",
                pill=sheets,
                sort=lambda row: row.done,
            ),
            Column(texts("gui.results.head.total"), self._total, "number", strong=True),
            Column(
                texts("gui.results.head.rank"),
                lambda row: "–" if row.rank is None else str(row.rank),
                "number",
                strong=True,
                sort=lambda row: (row.rank is None, row.rank or 0),
            ),
        ]

    def _facts(self, row: BoardRow) -> str:
        return ", ".join(
            self.texts(f"gui.final.fact.{fact.what}", value=_shown(fact.what, fact.value))
            for fact in row.facts
        )

    def _total(self, row: BoardRow) -> str:
        if self.board is None:
            return "–"
        totals = [one.total for one in self.board.rows]
        return totals_text(totals, self.board.step, self.texts)(row.total)

    def first_focus(self) -> QWidget:
        """The table comes first."""
        return self.table

    def load(self) -> None:
        """Read the board of the last round."""
        app = self.session.app

        def work(progress: Progress) -> Board:
            from judgeapp.services.final_board import final_board

            return final_board(app)

        self.session.run(work, self._show, on_refused=self._refused)

    def _refused(self, error: JudgeError) -> None:
        if error.code != "results.no_finalists":
            self.session.show_error(error)
            return
        self._say_empty("no_finalists")

    def _say_empty(self, why: str) -> None:
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self._card.setVisible(not why)
        if why:
            self.set_actions()
            self.set_summary("")
            self._empty = EmptyState(
                "presentation",
                self.texts(f"gui.final.empty.{why}"),
                self.texts(f"gui.final.empty.{why}.what"),
            )
            self.content.addWidget(self._empty, 1)

    def _show(self, board: Board) -> None:
        self.board = board
        if not board.rows:
            self._say_empty("nobody")
            return
        self._say_empty("")
        texts = self.texts
        complete = sum(1 for row in board.rows if row.owed and row.done == row.owed)
        self.set_summary(
            texts(
                f"gui.final.summary.{'closed' if board.closed else 'open'}",
                count=len(board.rows),
                done=complete,
            )
        )
        self.draw_button = Button(
            texts("gui.final.draw_again" if board.drawn else "gui.final.draw"), icon="shuffle",
            kind="plain" if board.drawn or board.closed else "primary",
        )  # fmt: skip
        self.draw_button.setEnabled(not board.closed and len(board.rows) > 1)
        self.draw_button.clicked.connect(self.draw)
        self.facts_button = Button(texts("gui.final.facts"), icon="timer")
        self.facts_button.setEnabled(not board.closed)
        self.facts_button.clicked.connect(self._enter_current)
        self.set_actions(self.facts_button, self.draw_button)
        self.table.set_rows(board.rows)
        if self.table.current_row() is None:
            self.table.select(0)

    def draw(self) -> None:
        """Draw the running order; another order than the one drawn is confirmed first."""
        texts = self.texts
        drawn = self.board is not None and self.board.drawn
        if drawn and not self.session.dialogs.confirm(
            texts("gui.final.draw.title"), texts("gui.final.draw.body"),
            texts("gui.final.draw_again"), danger=True,
        ):  # fmt: skip
            return
        app = self.session.app

        def work(progress: Progress) -> Outcome[object]:
            from judgeapp.services.final_board import draw_order

            return draw_order(app)  # type: ignore[return-value]  # only that it changed matters

        self.session.run(work, lambda _: self._told(texts("gui.final.drawn")))

    def _told(self, words: str) -> None:
        Toast.show_in(self.window(), words)

    def _enter_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.enter_facts(row)

    def enter_facts(self, row: BoardRow) -> None:
        """Show the facts of a contestant in the drawer, to be typed."""
        if self.board is None or self.board.closed:
            return
        self.form = FactsForm(self.session, self.board.held, row)
        self.form.stored.connect(self._next)
        self.open_drawer(
            self.form, row.contestant.name, second=f"{row.contestant.id} · {row.unit or ''}"
        )

    def _next(self) -> None:
        """Go on to the next contestant in the list, or close the drawer after the last."""
        rows = self.table.rows
        numbers = [row.contestant.id for row in rows]
        at = numbers.index(self.form.row.contestant.id) + 1
        if at < len(rows):
            self.table.select(at)
            self.enter_facts(rows[at])
        else:
            self.close_drawer()


def _shown(what: str, value: str) -> str:
    if what != "seconds":
        return value.replace(".", ",")
    minutes, seconds = divmod(int(value), 60)
    return f"{minutes}:{seconds:02d}"
