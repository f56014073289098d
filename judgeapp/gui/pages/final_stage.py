"""The contestant on stage: who it is, the timer, the grid of marks, and what was stored last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.pages.final_facts import facts_in_words
from judgeapp.gui.pages.final_grid import MarkGrid
from judgeapp.gui.pages.final_timer import StageTimer
from judgeapp.gui.pages.final_typing import PaperTyping
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import card, hairline, label, set_tone

if TYPE_CHECKING:
    from judgeapp.services.final_board import Board, BoardRow
    from judgeapp.services.paper_marks import PaperSheets

TIGHT = 700
_SIGNS = {"ok": "circle-check", "stop": "circle-alert", "warn": "triangle-alert", "": "info"}


class StageView(QWidget):
    """One contestant's sheets.

    Attributes:
        go_asked: to the next (+1) or the one before (-1) in the running order.
        facts_asked: the facts are to be typed.
    """

    go_asked = Signal(int)
    facts_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.texts = session, session.texts
        texts = self.texts
        self.row: BoardRow | None = None
        self.grid = MarkGrid(texts)
        self.typing = PaperTyping(session, self.grid, self)
        self.typing.told.connect(self._tell)
        self.timer = StageTimer(texts)
        self.back = icon_button("chevron-left", texts("gui.final.before"))
        self.following = Button(texts("gui.final.following"), icon="chevron-right", key="Ctrl →")
        self.following.setAccessibleName(texts("gui.final.following"))
        self.following.setToolTip(texts("gui.final.following"))
        self.back.clicked.connect(lambda: self.go_asked.emit(-1))
        self.following.clicked.connect(lambda: self.go_asked.emit(1))
        self.facts = Button(texts("gui.final.facts"), icon="pencil")
        self.facts.clicked.connect(self.facts_asked)
        self.second = Button(texts("gui.final.second"), icon="list-checks", kind="ghost", height=32)
        self.second.setCheckable(True)
        self.second.toggled.connect(self._compare)
        self._who = label("", "heading", wrap=True)
        self._unit = label("", "small", "second", wrap=True)
        self._count = Pill(PillLook("circle-dashed", "–"))
        self._sign = Sign("info", "text3", 16)
        self._said = label("", "small", "second", wrap=True)
        self._lay_out()
        self._add_keys()
        self.grid.key_offered.connect(self._offered)

    def _lay_out(self) -> None:
        frame, inside = card(12)
        inside.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._who)
        words.addWidget(self._unit)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addLayout(words, 1)
        for widget in (self._count, self.facts, self.following):
            top.addWidget(widget)
        inside.addLayout(top)
        inside.addWidget(self.timer)
        inside.addWidget(hairline())
        inside.addWidget(self.grid, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self._said, 1)
        below.addWidget(self.second)
        inside.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of what has a sign away where there is no room for them."""
        super().resizeEvent(event)
        tight = self.width() < theme().px(TIGHT)
        self.following.setText("" if tight else self.texts("gui.final.following"))
        self.following.key = "" if tight else "Ctrl →"
        self.following.updateGeometry()

    def _add_keys(self) -> None:
        def add(keys: str, do: Callable[[], None]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

        add("Ctrl+Right", lambda: self.go_asked.emit(1))
        add("Ctrl+Left", lambda: self.go_asked.emit(-1))

    # --- showing -----------------------------------------------------------------------------

    def show_row(self, board: Board, row: BoardRow) -> None:
        """Show who is on stage and how far it is."""
        texts, at = self.texts, [one.contestant.id for one in board.rows].index(row.contestant.id)
        other = self.row is None or self.row.contestant.id != row.contestant.id
        self.row = row
        self._who.setText(f"{row.contestant.id} · {row.contestant.name}")
        turn = texts("gui.final.turn", place=at + 1, total=len(board.rows)) if board.drawn else ""
        said = (turn, row.unit, facts_in_words(texts, row))
        self._unit.setText(" · ".join(filter(None, said)))
        self._count.set_look(count_pill(row))
        self.back.setEnabled(at > 0)
        self.following.setEnabled(at < len(board.rows) - 1)
        self.facts.setEnabled(not board.closed)
        self.second.setEnabled(row.marked > 0)
        self.timer.set_round(board.held)
        self.timer.show_contestant(row.contestant.id)
        if other:
            self._tell("", "")
            self.second.setChecked(False)

    def show_sheets(self, sheets: PaperSheets) -> None:
        """Show the marks; the first missing one gets the focus if the focus was in the grid."""
        other = self.typing.contestant != sheets.contestant.id
        was_here = self.grid.isAncestorOf(self.window().focusWidget() or self)
        self.typing.show(sheets)
        if sheets.closed:
            self._tell(self.texts("gui.final.closed"), "")
        elif other and was_here:
            self.focus_grid()

    def focus_grid(self) -> None:
        """Put the focus into the first field without a mark."""
        self.grid.focus(self.grid.first_missing())

    def may_leave(self) -> bool:
        """Bring what is typed to the disk; a refused text keeps the contestant here."""
        refused = None if self.typing.comparing else self.typing.first_refused()
        if refused is not None:
            self.grid.focus(refused)
            return False
        for place, cell in self.grid.cells.items():
            if cell.hasFocus():
                self.typing.leave(place)
        return True

    def _tell(self, words: str, tone: str) -> None:
        self._said.setText(words)
        if self._said.property("tone") != (tone or "second"):
            set_tone(self._said, tone or "second")
        self._sign.set_sign(_SIGNS[tone], tone or "text3")
        self._sign.setVisible(bool(words))

    def _compare(self, on: bool) -> None:
        self.typing.compare(on)
        self.second.kind = "plain" if on else "ghost"
        self.second.setText(self.texts("gui.final.second.end" if on else "gui.final.second"))
        self.second.updateGeometry()
        if on:
            self.focus_grid()

    # --- keys --------------------------------------------------------------------------------

    def _offered(self, event: QKeyEvent) -> None:
        if self._take(event):
            event.accept()

    def _take(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and event.key() == Qt.Key.Key_T and self.timer.isVisible():
            self.timer.toggle()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T starts and stops the timer."""
        if not self._take(event):
            super().keyPressEvent(event)


def count_pill(row: BoardRow) -> PillLook:
    """Return how many sheets are done, as a pill."""
    words = f"{row.done} / {row.owed}"
    if row.complete:
        return PillLook("circle-check", words, "ok")
    return PillLook("circle-dashed", words, "warn" if row.marked else "neutral")
