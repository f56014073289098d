"""The desk: an entry at the left, its rubric at the right, everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.ids import ContestantId
from judgeapp.domain.packs import PackEntry
from judgeapp.gui.pages.desk_media import EntryView
from judgeapp.gui.pages.desk_over import KeysCard, OverCard, ProblemCard
from judgeapp.gui.pages.desk_rubric import RubricPanel
from judgeapp.gui.pages.desk_top import LEAST_SIZE, EntryBar
from judgeapp.gui.pages.desk_typing import Key, Typing, entry_key
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.settings import save_settings

if TYPE_CHECKING:
    from judgeapp.domain.errors import JudgeError
    from judgeapp.services.desk import Desk

SMALL_WIDTH, SMALL_HEIGHT, LARGE_WIDTH = 1100, 600, 1600
_RIGHT, _RIGHT_LARGE, _RIGHT_SMALL, _RIGHT_LEAST = 516, 544, 372, 300
_SETTLED_MS = 300
_FIGURES = frozenset("0123456789")


class ScorePage(QWidget):
    """Marks one entry after another.

    Attributes:
        list_asked: back to the list; review_asked: everything is marked, look it over.
        settings_asked: the button from which the menu of settings is wanted.
        screen_asked: fill the screen with the window, or leave that.
    """

    list_asked = Signal()
    review_asked = Signal()
    settings_asked = Signal(object)
    screen_asked = Signal()

    def __init__(self, session: Session, desk: Desk, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self.session, self._typing = session, typing
        self.texts = session.texts
        self.contestant: ContestantId | None = None
        self._failed = False
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SETTLED_MS)
        self._saving.timeout.connect(self._save_width)
        self.top = EntryBar(self.texts, typing)
        self.media = EntryView(session, desk)
        self.rubric = RubricPanel(self.texts, typing)
        self._right = QFrame()
        self._over: OverCard | None = None
        self._lay_out()
        self.top.back.connect(self._to_list)
        self.top.problem_asked.connect(self.show_problem)
        self.top.more_asked.connect(self._open_menu)
        self.top.chosen.connect(self._chosen)
        self.rubric.next_asked.connect(lambda: self.go(1))
        self.rubric.part_opened.connect(self.media.show_part)
        self.rubric.card.field.key_offered.connect(self._offered)
        self.media.notes.field.returnPressed.connect(self._noted)
        typing.changed.connect(self.refresh)
        typing.failed.connect(self._not_stored)
        self._add_shortcuts()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setChildrenCollapsible(False)
        self.columns.addWidget(self.media)
        self.columns.addWidget(self._right)
        self._right.setObjectName("beside")
        inner = QVBoxLayout(self._right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.rubric)
        self.columns.setStretchFactor(0, 1)
        self.columns.splitterMoved.connect(lambda *_: self._saving.start())
        column.addWidget(self.columns, 1)

    def _add_shortcuts(self) -> None:
        def add(keys: str, do: Callable[[], None]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

        add("Ctrl+Right", lambda: self.go(1))
        add("Ctrl+Left", lambda: self.go(-1))
        add("Ctrl+Z", self.undo)
        add("F11", self.screen_asked.emit)

    # --- which entry ----------------------------------------------------------------------------

    def show_entry(self, contestant: ContestantId, at: Key | None = None) -> None:
        """Show an entry; the field of the first missing mark gets the focus."""
        packed = {entry.id: entry for entry in self._typing.desk.pack.entries}
        self.contestant = contestant
        after = self._typing.view.entries[self._at + 1 :]
        self.media.show_entry(packed[contestant], packed[after[0].contestant] if after else None)
        self.rubric.show_entry(contestant, at)
        self.refresh()
        self.rubric.focus_field()

    def _entry(self, contestant: ContestantId) -> PackEntry:
        return next(e for e in self._typing.desk.pack.entries if e.id == contestant)

    @property
    def _at(self) -> int:
        ids = [entry.contestant for entry in self._typing.view.entries]
        return ids.index(self.contestant) if self.contestant in ids else -1

    def go(self, step: int) -> None:
        """Go to the next or previous entry; after the last one to the review."""
        wanted = self._at + step
        if wanted >= len(self._typing.view.entries):
            if self.rubric.may_leave():
                self.review_asked.emit()
        elif wanted >= 0:
            self._chosen(wanted)

    def _chosen(self, number: int) -> None:
        if self.rubric.may_leave():
            self.show_entry(self._typing.view.entries[number].contestant)

    def _to_list(self) -> None:
        if self.rubric.may_leave():
            self.media.player.pause()
            self.list_asked.emit()

    def refresh(self) -> None:
        """Show counts and the time of the newest mark."""
        if self.contestant is None:
            return
        self.top.show_entry(self._entry(self.contestant), self._at)
        self.top.show_saved(failed=self._failed)

    def _not_stored(self, error: JudgeError) -> None:
        self._failed = True
        self.refresh()
        self._failed = False
        self.session.show_error(error)

    def undo(self) -> None:
        """Put back the mark before the last one and show where that is."""
        key = self._typing.undo(self.rubric.key)
        if key is None:
            return
        if key != self.rubric.key:
            self.show_entry(key[0], key)
        self.rubric.card.show_again()

    def _noted(self) -> None:
        self.media.end_note()
        self.rubric.focus_field()

    # --- keys -----------------------------------------------------------------------------------

    def _offered(self, event: QKeyEvent) -> None:
        if self._take_key(event):
            event.accept()

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.text() == "?":
            self.show_keys()
            return True
        return self.media.take_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what no other widget wanted: figures begin a mark, letters are for the clip."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and focus is self.media.notes.field:
            self._noted()
        elif isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit):
            if event.key() == Qt.Key.Key_Escape:
                self.rubric.focus_field()
            super().keyPressEvent(event)
        elif event.text() in _FIGURES and event.text():
            self.rubric.card.take_figure(event.text())
        elif not self._take_key(event):
            super().keyPressEvent(event)

    def _save_width(self) -> None:
        """Remember how wide the rubric was made, for the next time."""
        machine = self.session.machine
        settings = replace(machine.settings, rubric_width=self._right.width())
        self.session.use_settings(settings)
        self.session.run(lambda _: save_settings(machine.paths.settings, settings))

    # --- what lies over the desk for a moment -----------------------------------------------------

    def show_keys(self) -> None:
        """Show the list of keys on a card."""
        card = KeysCard(self.texts, self)
        self._lay_over(card)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self) -> None:
        """Ask what is wrong with this entry."""
        if self.contestant is None:
            return
        key = entry_key(self.contestant, "problem")
        card = ProblemCard(
            self.texts, self._entry(self.contestant), self._typing.comment(key), self
        )
        card.reported.connect(lambda words: self._report(key, words))
        self._lay_over(card)
        card.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _report(self, key: Key, words: str) -> None:
        self._typing.say(key, words)
        self._take_away()
        said = "gui.desk.problem.done" if words else "gui.desk.problem.taken_back"
        Toast.show_in(self, self.texts(said, number=key[0]))

    def _lay_over(self, card: OverCard) -> None:
        self._take_away()
        self._over = card
        card.closed.connect(self._take_away)
        card.place()

    def _take_away(self) -> None:
        if self._over is not None:
            self._over.hide()
            self._over.deleteLater()
            self._over = None
            self.rubric.focus_field()

    def _open_menu(self, button: QWidget) -> None:
        texts, menu = self.texts, QMenu(self)
        full = self.window().isFullScreen()
        for key, do in (
            ("gui.desk.problem", self.show_problem),
            ("gui.desk.keys", self.show_keys),
            ("gui.desk.screen.off" if full else "gui.desk.screen.on", self.screen_asked.emit),
            ("gui.desk.settings", lambda: self.settings_asked.emit(button)),
        ):
            menu.addAction(texts(key)).triggered.connect(lambda _=False, do=do: do())
        right = button.mapToGlobal(button.rect().bottomRight())
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose among the three classes of size."""
        super().resizeEvent(event)
        compact = self.width() < SMALL_WIDTH or self.height() < SMALL_HEIGHT
        large = self.width() >= LARGE_WIDTH and not compact
        self.top.set_compact(compact)
        self.media.set_compact(compact)
        self.media.set_wide(large)
        self.rubric.set_compact(compact)
        wish = theme().px(_RIGHT_SMALL if compact else _RIGHT_LARGE if large else _RIGHT)
        if not compact:
            wish = self.session.machine.settings.rubric_width or wish
        most = round(self.width() * 0.48)
        self._right.setMinimumWidth(min(theme().px(_RIGHT_LEAST), most))
        self._right.setMaximumWidth(max(most, 1))
        wish = min(wish, most)
        self.columns.setSizes([self.width() - wish, wish])
        if self._over is not None:
            self._over.place()
