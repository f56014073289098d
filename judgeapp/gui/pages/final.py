"""The final: who is on stage, marks typed from paper sheets, and the live table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.alive import alive
from judgeapp.gui.page import Page
from judgeapp.gui.pages.final_facts import FactsForm
from judgeapp.gui.pages.final_order import OrderPanel
from judgeapp.gui.pages.final_stage import StageView
from judgeapp.gui.pages.final_table import LiveTable
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import frame
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from judgeapp.domain.ids import ContestantId
    from judgeapp.services.context import Kind, Outcome
    from judgeapp.services.final_board import Board, BoardRow
    from judgeapp.services.paper_marks import PaperSheets

BOTH_WIDTH, TIGHT_WIDTH = 1500, 700
_REST_MS = 150  # so that a mark never waits for the table


class FinalPage(Page):
    """The page of the step ``final``; it loads again whenever a mark or score file comes in."""

    step: ClassVar[str] = "final"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "PANEL", "FACTS", "MARKS", "STAGES", "RESULTS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.final.title"))
        texts = self.texts
        self.board: Board | None = None
        self._alive = alive(self)
        self._wanted: ContestantId | None = None
        self._panel: OrderPanel | None = None
        self.form: FactsForm | None = None
        self.views = Segment(
            [(view, texts(f"gui.final.view.{view}")) for view in ("stage", "table")],
            accessible_name=texts("gui.final.view"),
        )
        self.views.chosen.connect(lambda _: self._arrange())
        self.stage = StageView(session)
        self.stage.go_asked.connect(self.go)
        self.stage.facts_asked.connect(self._enter_current)
        self.stage.timer.noted.connect(self._note_time)
        self.table = LiveTable(texts)
        self.table.opened.connect(self.open_row)
        self._card = frame("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(self.table)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.stage, 2)
        row.addWidget(self._card, 1)
        self.content.addWidget(self._both, 1)
        self._may_draw = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._load_again)
        self._make_actions()
        self._arrange()

    def _make_actions(self) -> None:
        texts = self.texts
        self.order_button = Button(texts("gui.final.order"), icon="list")
        self.order_button.clicked.connect(self.change_order)
        self.draw_button = Button(texts("gui.final.draw"), icon="shuffle", kind="primary")
        self.draw_button.clicked.connect(self.draw)
        self.set_actions(self.views, self.order_button, self.draw_button)

    def _arrange(self) -> None:
        """Show stage and table side by side in a wide window, else the one that is chosen."""
        both = self.width() >= BOTH_WIDTH
        stage = self.views.current == "stage"
        self.stage.setVisible(both or stage)
        self._card.setVisible(both or not stage)
        self.views.setVisible(not both and not self.is_empty)
        self.draw_button.setVisible(self._may_draw and self.width() >= theme().px(TIGHT_WIDTH))
        self._page_head.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self._arrange()

    def first_focus(self) -> QWidget:
        """The field of the first missing mark, or the table."""
        place = self.stage.grid.first_missing()
        if self.stage.isVisible() and place is not None:
            return self.stage.grid.cells[place]
        return self.table

    # --- loading -----------------------------------------------------------------------------

    def on_changed(self, kinds: Iterable[Kind]) -> None:
        """Load again a moment after the last change."""
        if self.kinds & {kind.name for kind in kinds}:
            self._rest.start()

    def _load_again(self) -> None:
        if self.session.has_contest:  # it was not closed in that moment
            self.load()

    def load(self) -> None:
        """Read the board of the last round, and the sheets of who is on stage."""
        app, wanted = self.session.app, self._wanted

        def work(progress: Progress) -> tuple[Board, PaperSheets | None]:
            from judgeapp.services.final_board import final_board
            from judgeapp.services.paper_marks import paper_sheets

            board = final_board(app)
            shown = on_stage(board, wanted)
            if shown is None:
                return board, None
            return board, paper_sheets(app, contestant=shown.contestant.id, round_id=board.held.id)

        self.session.run(work, self._show, on_refused=self._refused)

    def _refused(self, error: JudgeError) -> None:
        if not self._alive():
            return
        if error.code != "results.no_finalists":
            self.session.show_error(error)
            return
        self._say_empty("no_finalists")

    def _say_empty(self, why: str) -> None:
        self._both.setVisible(not why)
        self.order_button.setVisible(not why)
        self._may_draw = self._may_draw and not why
        words = None
        if why:
            self.set_summary("")
            words = EmptyState(
                "presentation",
                self.texts(f"gui.final.empty.{why}"),
                self.texts(f"gui.final.empty.{why}.what"),
            )
        self.say_empty(words)
        self._arrange()

    def _show(self, told: tuple[Board, PaperSheets | None]) -> None:
        if not self._alive():  # the contest was closed while this was read
            return
        board, sheets = told
        self.board = board
        if not board.rows:
            self._say_empty("nobody")
            return
        self._say_empty("")
        self._show_head(board)
        self.table.show_board(board)
        shown = on_stage(board, self._wanted)
        if shown is not None and sheets is not None:
            self._wanted = shown.contestant.id
            self.stage.show_row(board, shown)
            if sheets.contestant.id == shown.contestant.id:
                self.stage.show_sheets(sheets)
            numbers = [row.contestant.id for row in self.table.rows]
            self.table.select(numbers.index(shown.contestant.id))
        if self._panel is not None and self.drawer_is_open:
            self._panel.show_board(board)

    def _show_head(self, board: Board) -> None:
        texts = self.texts
        complete = sum(row.complete for row in board.rows)
        words = texts(
            f"gui.final.summary.{'closed' if board.closed else 'open'}",
            count=len(board.rows), done=complete,
        )  # fmt: skip
        waiting = [f"{row.contestant.id} {row.contestant.name}" for row in board.waiting[:2]]
        if not board.closed and not waiting:
            words += " · " + texts("gui.final.summary.all_done")
        elif not board.closed and board.drawn:
            words += " · " + texts("gui.final.summary.next", name=waiting[0])
        self.set_summary(words)
        begun = any(row.done for row in board.rows)
        self._may_draw = not (board.closed or board.drawn or begun) and len(board.rows) > 1
        self._arrange()
        self.order_button.setEnabled(not board.closed)

    # --- who is on stage -----------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Show the next contestant in the running order, or the one before."""
        if self.board is None or not self.stage.may_leave():
            return
        ids = [row.contestant.id for row in self.board.rows]
        at = (ids.index(self._wanted) if self._wanted in ids else 0) + step
        if 0 <= at < len(ids):
            self._wanted = ids[at]
            self.load()
            if self.form is not None and self.drawer_is_open:
                self.enter_facts(self.board.rows[at])

    def open_row(self, row: BoardRow) -> None:
        """Put a contestant of the table on stage."""
        if not self.stage.may_leave():
            return
        self._wanted = row.contestant.id
        self.views.choose("stage")
        self._arrange()
        self.load()
        self.stage.focus_grid()

    # --- the order -----------------------------------------------------------------------------

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

        def told(_: object) -> None:
            self._wanted = None
            Toast.show_in(self.window(), texts("gui.final.drawn"))

        self.session.run(work, told)

    def change_order(self) -> None:
        """Show the running order in the drawer, to be changed by hand."""
        if self.board is None:
            return
        self.form = None
        self._panel = OrderPanel(self.session, self.board)
        self._panel.draw_asked.connect(self.draw)
        self.open_drawer(self._panel, self.texts("gui.final.order"))

    # --- facts ---------------------------------------------------------------------------------

    def _note_time(self, contestant: str, part: str, seconds: int) -> None:
        """Store what the timer proposes."""
        if self.board is None:
            return
        app, held = self.session.app, self.board.held.id
        typed = [{"contestant": contestant, "part": part, "seconds": str(seconds)}]

        def work(progress: Progress) -> object:
            from judgeapp.services.judging import set_facts

            return set_facts(app, typed=typed, round_id=held)

        def told(_: object) -> None:
            self.stage.timer.reset()
            Toast.show_in(self.window(), self.texts("gui.final.timer.noted"))

        self.session.run(work, told)

    def _enter_current(self) -> None:
        if self.stage.row is not None:
            self.enter_facts(self.stage.row)

    def enter_facts(self, row: BoardRow) -> None:
        """Show the facts of a contestant in the drawer, to be typed."""
        if self.board is None or self.board.closed:
            return
        self._panel = None
        self.form = FactsForm(self.session, self.board.held, row)
        self.form.stored.connect(self._facts_stored)
        self.open_drawer(
            self.form, row.contestant.name, second=f"{row.contestant.id} · {row.unit or ''}"
        )

    def _facts_stored(self) -> None:
        self.close_drawer()

    def close_drawer(self) -> None:
        """Forget what the drawer showed."""
        self.form = self._panel = None
        super().close_drawer()


def on_stage(board: Board, wanted: ContestantId | None) -> BoardRow | None:
    """Return who is shown: the one wanted, else the first without all marks, else the first."""
    for row in board.rows:
        if row.contestant.id == wanted:
            return row
    return board.waiting[0] if board.waiting else next(iter(board.rows), None)
