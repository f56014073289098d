"""The live table: who is on when, what is missing and from whom, totals and ranks so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judgeapp.gui.pages.final_facts import facts_in_words
from judgeapp.gui.pages.final_stage import count_pill
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.system.result_words import totals_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.final_board import Board, BoardRow

_MOST_NAMED = 3


class LiveTable(Table):
    """All contestants of the round as they stand now."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.board: Board | None = None
        super().__init__(
            self._board_columns(),
            empty_text=texts("gui.final.nobody"),
            accessible_name=texts("gui.final.table"),
            key=lambda row: row.contestant.id,
        )

    def show_board(self, board: Board) -> None:
        """Show a board."""
        self.board = board
        self.set_rows(board.rows)

    def _board_columns(self) -> list[Column]:
        texts = self._texts
        return [
            Column(
                texts("gui.final.head.place"),
                lambda row: "–" if row.place is None else str(row.place),
                "number",
                sort=lambda row: (row.place is None, row.place or 0),
            ),
            Column(
                texts("awards.head.name"),
                self._name,
                "name",
                stretch=True,
                sort=lambda row: row.contestant.id,
            ),
            Column(
                texts("gui.final.head.sheets"),
                lambda row: count_pill(row).text,
                "pill",
                pill=count_pill,
                sort=lambda row: row.done,
            ),
            Column(
                texts("gui.final.head.owing"),
                lambda row: owing_in_words(texts, row),
                "small",
                stretch=True,
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

    def _name(self, row: BoardRow) -> str:
        second = " · ".join(filter(None, (row.unit, facts_in_words(self._texts, row))))
        return f"{row.contestant.id} · {row.contestant.name}\n{second}".strip()

    def _total(self, row: BoardRow) -> str:
        if self.board is None:
            return "–"
        totals = [one.total for one in self.board.rows]
        return totals_text(totals, self.board.step, self._texts)(row.total)


def owing_in_words(texts: Texts, row: BoardRow) -> str:
    """Return who still owes marks, or that nobody does."""
    judges = list(dict.fromkeys(str(item.judge) for item in row.owing))
    if not judges:
        return texts("gui.final.owing.nobody") if row.owed else "–"
    if not row.marked:
        return texts("gui.final.owing.all")
    named = ", ".join(judges[:_MOST_NAMED])
    if len(judges) > _MOST_NAMED:
        named = texts("gui.final.owing.more", judges=named, count=len(judges) - _MOST_NAMED)
    return texts("gui.final.owing", judges=named, count=sum(item.missing for item in row.owing))
