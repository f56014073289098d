"""Notes on the clip: typed while it waits, pinned to the wave as numbered flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from judgeapp.domain.entries import clock_text
from judgeapp.domain.ids import ContestantId
from judgeapp.gui.alive import alive
from judgeapp.gui.player import Player
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_notes import Note

MAX_NOTE = 500
_SHOWN = 60


class NoteBar(QWidget):
    """One line below the clip: a field for a note, and those there are.

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
        self._played = False
        self.field = QLineEdit()
        self.field.setMaxLength(MAX_NOTE)
        self.field.setAccessibleName(self._texts("gui.desk.note"))
        self.field.setPlaceholderText(self._texts("gui.desk.note"))
        self.list_button = Button(icon="map-pin")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        row.addWidget(self.list_button)
        self.field.textEdited.connect(self._begin)
        self.field.returnPressed.connect(self._store)
        self.list_button.clicked.connect(self._open_list)
        self._show(())

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

    def _show(self, notes: tuple[Note, ...]) -> None:
        self.notes = notes
        self._player.set_flags([note.at_ms / 1000 for note in notes])
        self.list_button.setText(self._texts("gui.desk.notes", count=len(notes)))
        self.list_button.setVisible(bool(notes))
        self.list_button.updateGeometry()

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
            look.triggered.connect(lambda _=False, n=note: self._player.seek(n.at_ms / 1000))
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
