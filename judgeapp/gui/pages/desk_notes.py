"""Notes on the clip: typed while it waits, pinned to the wave as numbered flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.entries import clock_text
from judgeapp.domain.ids import ContestantId
from judgeapp.gui.alive import alive
from judgeapp.gui.pages.desk_note_rows import PIECE_WIDTH, NoteLine, NotePiece
from judgeapp.gui.player import Player
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import clear, label

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_notes import Note

MAX_NOTE = 500
_SHOWN, _MOST_PIECES, _LEAST_FIELD = 60, 2, 240


class Notes(QFrame):
    """Below the clip: a field for a note, and those there are.

    Where there is room they stand in a list above the field, else as the last few beside it.

    Attributes:
        field: where a note is typed; Enter stores it and lets the clip go on.
    """

    def __init__(self, session: Session, desk: Desk, player: Player) -> None:
        super().__init__()
        self._alive = alive(self)
        self._session, self._desk, self._player = session, desk, player
        self._texts = session.texts
        self._contestant: ContestantId | None = None
        self.notes: tuple[Note, ...] = ()
        self._at_ms: int | None = None
        self._played = self._large = False
        self._second = -1
        self.field = QLineEdit()
        self.field.setMaxLength(MAX_NOTE)
        self.list_button = Button(icon="map-pin")
        self._count = label("", "small", "second")
        self._lay_out()
        self.field.textEdited.connect(self._begin)
        self.field.returnPressed.connect(self._store)
        self.list_button.clicked.connect(self._open_list)
        player.position_changed.connect(self._moved)
        self._moved(0)
        self._show(())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(label(self._texts("gui.desk.notes.title"), "strong"), 1)
        head.addWidget(self._count)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 4, 0)
        self._lines.setSpacing(2)
        self._list = scrolling(inside)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        self._pieces = QHBoxLayout()
        self._pieces.setSpacing(8)
        row.addLayout(self._pieces)
        row.addWidget(self.list_button)
        column.addWidget(self._head)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        self.set_large(False)

    def set_large(self, large: bool) -> None:
        """Show the notes in a list, where there is room for one."""
        self._large = large
        self.setObjectName("card" if large else "plain")
        self.style().unpolish(self)
        self.style().polish(self)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*((14, 10, 14, 12) if large else (0, 0, 0, 0)))
        high = QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, high)
        self._head.setVisible(large)
        self._list.setVisible(large)
        self._show(self.notes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many pieces as have room beside the field."""
        super().resizeEvent(event)
        if self._pieces.count() != self._pieces_wanted():
            self._show(self.notes)

    def _pieces_wanted(self) -> int:
        room = self.width() - theme().px(_LEAST_FIELD)
        fit = max(0, min(room // (theme().px(PIECE_WIDTH) + 8), _MOST_PIECES))
        return 0 if self._large else min(fit, len(self.notes))

    def _moved(self, second: float) -> None:
        if int(second) != self._second and self._at_ms is None:
            self._second = int(second)
            words = self._texts("gui.desk.note", at=clock_text(second))
            self.field.setPlaceholderText(words)
            self.field.setAccessibleName(words)

    def show_entry(self, contestant: ContestantId) -> None:
        """Show the notes on an entry."""
        self._contestant = contestant
        self._at_ms = None
        self.field.clear()
        self._show(())

        def work(progress: object) -> tuple[Note, ...]:
            from judgeapp.services.desk_notes import notes_of

            return notes_of(self._desk, contestant=contestant)

        self._session.run(work, lambda notes: self._show_of(contestant, notes))

    def _show_of(self, contestant: ContestantId, notes: tuple[Note, ...]) -> None:
        if self._alive() and contestant == self._contestant:
            self._show(notes)

    def pin(self) -> None:
        """Pin the notes to the wave of the clip that is shown now."""
        self._player.set_flags([note.at_ms / 1000 for note in self.notes])

    def _show(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        self.pin()
        clear(self._lines)
        clear(self._pieces)
        count = self._pieces_wanted()
        for number, note in enumerate(notes, start=1):
            at = clock_text(note.at_ms / 1000)
            spoken = self._texts("gui.desk.note.spoken", number=number, at=at, text=note.text)
            if self._large:
                self._lines.addWidget(self._line(number, at, note, spoken))
            elif number > len(notes) - count:
                piece = NotePiece(number, at, note.text, spoken)
                piece.clicked.connect(lambda _=False, n=note: self._look(n))
                self._pieces.addWidget(piece)
        self._lines.addStretch(1)
        self._count.setText(self._texts("gui.desk.notes.hint", count=len(notes)))
        rest = len(notes) - count
        words = self._texts("gui.desk.notes", count=len(notes))
        self.list_button.setText(f"+{rest}" if count else words)
        self.list_button.setAccessibleName(words)
        self.list_button.setVisible(not self._large and rest > 0)
        self.list_button.updateGeometry()

    def _line(self, number: int, at: str, note: Note, spoken: str) -> NoteLine:
        remove = self._texts("gui.desk.note.remove")
        line = NoteLine(number, at, note.text, spoken, f"{remove} {number}")
        line.clicked.connect(lambda: self._look(note))
        line.removed.connect(lambda: self._remove(note))
        return line

    def _look(self, note: Note) -> None:
        self._player.seek(note.at_ms / 1000)

    def _begin(self, text: str) -> None:
        """Hold the clip where it is when the first letter is typed."""
        if text and self._at_ms is None:
            self._at_ms = round(self._player.position * 1000)
            self._played = self._player.is_playing
            self._player.pause()

    def _store(self) -> None:
        contestant, text = self._contestant, self.field.text()
        at_ms = self._at_ms
        if contestant is None:
            return

        def work(progress: object) -> Outcome[tuple[Note, ...]]:
            from judgeapp.services.desk_notes import add_note

            return add_note(self._desk, contestant=contestant, at_ms=at_ms or 0, text=text)

        def done(outcome: Outcome[tuple[Note, ...]]) -> None:
            self._show_of(contestant, outcome.value)
            if self._alive() and self.field.text() == text:
                self.field.clear()
                self._at_ms = None

        self._session.run(work, done)
        if self._played:
            self._player.play()
        self._played = False

    def _open_list(self) -> None:
        menu = QMenu(self)
        for number, note in enumerate(self.notes, start=1):
            words = note.text if len(note.text) <= _SHOWN else f"{note.text[:_SHOWN]}…"
            title = f"{number}   {clock_text(note.at_ms / 1000)}   {words}"
            inner = menu.addMenu(title.replace("&", "&&"))
            look = inner.addAction(self._texts("gui.desk.note.look"))
            look.triggered.connect(lambda _=False, n=note: self._look(n))
            drop = inner.addAction(self._texts("gui.desk.note.remove"))
            drop.triggered.connect(lambda _=False, n=note: self._remove(n))
        size = menu.sizeHint()
        menu.popup(self.list_button.mapToGlobal(QPoint(0, -size.height())))

    def _remove(self, note: Note) -> None:
        contestant = self._contestant
        if contestant is None:
            return

        def work(progress: object) -> Outcome[tuple[Note, ...]]:
            from judgeapp.services.desk_notes import remove_note

            return remove_note(self._desk, contestant=contestant, note=note)

        self._session.run(work, lambda done: self._show_of(contestant, done.value))
