"""Entries: who handed in what, what the check found, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.entries_attach import AttachPreview, folder_in
from judgeapp.gui.pages.entries_cards import (
    STATES,
    Board,
    Card,
    finding,
    message,
    read_board,
)
from judgeapp.gui.pages.entries_detail import EntryDetail
from judgeapp.gui.pages.entries_grid import EntryGrid, read_poster
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.system.progress import Progress

_PATTERNS = ("*.mp4", "*.mov", "*.mkv", "*.avi", "*.webm", "*.wmv", "*.pdf", "*.docx")


class EntriesPage(Page):
    """The files that contestants handed in."""

    step: ClassVar[str] = "entries"
    kinds: ClassVar[frozenset[str]] = frozenset({"ENTRIES", "PEOPLE", "CONTEST"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.entries.title"))
        self.board: Board | None = None
        self._round: str | None = None
        self._cancel_check: Callable[[], None] | None = None
        self.detail: EntryDetail | None = None
        self.setAcceptDrops(True)
        self._build()
        self._show_actions()

    def _build(self) -> None:
        texts = self.texts
        self.filters = Segment(
            [("all", texts("gui.entries.filter.all"))]
            + [(state, texts(f"gui.entries.filter.{state}")) for state in STATES],
            accessible_name=texts("gui.entries.filter"),
        )
        self.filters.chosen.connect(lambda _: self._show_cards())
        self.grid = EntryGrid(texts)
        self.grid.opened.connect(self.open_card)
        self.list = Table(
            self._columns(), empty_text=texts("gui.entries.none_here"),
            accessible_name=texts("gui.entries.list"),
        )  # fmt: skip
        self.list.opened.connect(self.open_card)
        self.preview = AttachPreview(self)
        self.preview.closed.connect(self._preview_closed)
        self.views = QStackedWidget()
        self.views.addWidget(self.grid)
        self.views.addWidget(self.list)
        self.progress = ProgressRow(texts)
        self.progress.stop_asked.connect(self._stop_check)
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.progress)
        column.addLayout(self._head())
        column.addWidget(self.views, 1)
        choose = Button(texts("gui.entries.add"), icon="folder-plus", kind="primary")
        choose.clicked.connect(self.choose_folder)
        self.empty = EmptyState(
            "film", texts("gui.entries.empty"), texts("gui.entries.empty.second"), choose,
            drops=True,
        )  # fmt: skip
        self.nobody = EmptyState(
            "users", texts("gui.entries.nobody"), texts("gui.entries.nobody.second")
        )
        self.stack = QStackedWidget()
        for part in (QWidget(), board, self.empty, self.nobody, self.preview):
            self.stack.addWidget(part)
        self.content.addWidget(self.stack, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.filters)
        row.addStretch(1)
        self._as_grid = icon_button("layout-grid", self.texts("gui.entries.as_grid"))
        self._as_list = icon_button("list", self.texts("gui.entries.as_list"))
        self._as_grid.clicked.connect(lambda: self.show_view(0))
        self._as_list.clicked.connect(lambda: self.show_view(1))
        row.addWidget(self._as_grid)
        row.addWidget(self._as_list)
        self.show_view(0)
        return row

    def _columns(self) -> list[Column]:
        texts = self.texts
        return [
            Column(texts("entries.head.contestant"), lambda card: str(card.id), "number"),
            Column(texts("gui.entries.head.contestant"), lambda c: f"{c.name}\n{c.unit}", "name",
                   stretch=True, sort=lambda card: card.name),
            Column(texts("entries.head.length"), lambda card: card.length or "–", "number",
                   sort=lambda card: card.length.rjust(9)),
            Column(texts("gui.entries.head.files"), self._files_of, "small", stretch=True),
            Column(texts("entries.head.verdict"), lambda card: finding(texts, card).text, "pill",
                   pill=lambda card: finding(texts, card)),
        ]  # fmt: skip

    @staticmethod
    def _files_of(card: Card) -> str:
        return ", ".join(file.original_name for file in card.files) or "–"

    def _show_actions(self) -> None:
        if self.stack.currentWidget() is self.preview:
            self.set_actions()
            return
        add = Button(self.texts("gui.entries.add"), icon="folder-plus")
        add.clicked.connect(self.choose_folder)
        buttons = [add]
        unchecked = self.board.unchecked if self.board else 0
        if unchecked and self._cancel_check is None:
            check = Button(self.texts("gui.entries.check", count=unchecked), icon="list-checks")
            check.clicked.connect(self.check)
            buttons.insert(0, check)
        choice = self._round_choice()
        self.set_actions(*([choice] if choice else []), *buttons)

    def first_focus(self) -> QWidget | None:
        """The grid, once there is something in it."""
        return self.views.currentWidget()

    def show_view(self, index: int) -> None:
        """Show posters (0) or a list (1)."""
        self.views.setCurrentIndex(index)
        self._as_grid.kind = "plain" if index == 0 else "ghost"
        self._as_list.kind = "plain" if index == 1 else "ghost"
        self._as_grid.update()
        self._as_list.update()

    # --- loading -----------------------------------------------------------------------------

    def load(self) -> None:
        """Read what was handed in and show it."""
        app, wanted = self.session.app, self._round
        self.session.run(
            lambda progress: read_board(app, wanted), self._show, on_refused=self._not_shown
        )

    def _not_shown(self, error: JudgeError) -> None:
        """Go back to the usual round: the one that was chosen has no contestants yet."""
        self.session.show_error(error)
        if self._round is not None:
            self._round = None
            self.load()

    def _show(self, board: Board) -> None:
        self.board = board
        if self.stack.currentWidget() is not self.preview:
            self._show_part(board)
        self.filters.set_counts(board.counts())
        self._show_cards()
        self._say(board)
        self._show_actions()
        self._read_posters(board)
        if self.detail is not None:
            card = next((c for c in board.cards if c.id == self.detail.card.id), None)
            if card is not None and card != self.detail.card:
                self.open_card(card)

    def _show_part(self, board: Board) -> None:
        files = any(card.files for card in board.cards)
        several = len(board.rounds) > 1 and self._round is not None
        self.stack.setCurrentIndex(3 if not board.cards else 1 if files or several else 2)

    def _round_choice(self) -> Button | None:
        """Return what chooses the round, where there are several."""
        board = self.board
        if board is None or len(board.rounds) < 2:
            return None
        name = board.held.vi.partition(" (")[0]
        choice = Button(name, icon="chevron-down", kind="ghost")
        choice.setAccessibleName(self.texts("gui.entries.round", name=board.held.vi))
        choice.setToolTip(board.held.vi)
        choice.clicked.connect(lambda: self._choose_round(choice, board))
        return choice

    def _choose_round(self, button: Button, board: Board) -> None:
        menu = QMenu(button)
        for item in board.rounds:
            menu.addAction(item.vi, partial(self.show_round, str(item.id)))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def show_round(self, round_id: str) -> None:
        """Show another round."""
        self._round = round_id
        self.close_drawer()
        self.load()

    def _show_cards(self) -> None:
        if self.board is None:
            return
        wanted = self.filters.current
        cards = [card for card in self.board.cards if wanted in ("all", card.state)]
        self.grid.set_cards(cards)
        self.list.set_rows(cards)

    def _say(self, board: Board) -> None:
        clips, outlines = board.files("clip"), board.files("outline")
        words = self.texts("gui.entries.summary", clips=len(clips), outlines=len(outlines))
        if clips or outlines:
            every = [*clips, *outlines]
            done = sum(file.check is not None for file in every)
            words += " · " + self.texts("gui.entries.summary.checked", done=done, total=len(every))
        self.set_summary(words)

    def _read_posters(self, board: Board) -> None:
        wanted = {
            file.id: path
            for card in board.cards
            if (file := card.clip) is not None
            and (path := card.poster) is not None
            and file.id not in self.grid.cards.posters
        }
        if not wanted:
            return

        def work(progress: Progress) -> dict[str, QImage]:
            return {str(ident): read_poster(path) for ident, path in wanted.items()}

        self.session.run(work, self.grid.cards.add_posters, aside=True)

    # --- the drawer --------------------------------------------------------------------------

    def open_card(self, card: Card) -> None:
        """Show what was found in a contestant's files."""
        if self.board is None:
            return
        self._stop_playing()
        from judgeapp.services.media_folder import MEDIA

        detail = EntryDetail(self.session, card, self.board, self.session.app.folder / MEDIA)
        detail.replace_asked.connect(self._replace)
        detail.message_asked.connect(self._copy_message)
        self.detail = detail
        self.grid.select(card.id)
        self.open_drawer(detail, f"{card.id} · {card.name}", second=card.unit)

    def close_drawer(self) -> None:
        """Let clip and outline go before the drawer does."""
        self._stop_playing()
        self.detail = None
        super().close_drawer()

    def _stop_playing(self) -> None:
        if self.detail is not None:
            self.detail.stop()

    def _replace(self, card: Card) -> None:
        path = self.session.dialogs.open_file(self.texts("gui.entries.replace.file"), _PATTERNS)
        if path is not None:
            self.replace(card, path)

    def replace(self, card: Card, path: Path) -> None:
        """Ask why, then put a file in place of the contestant's."""
        assert self.board is not None
        reason = self.session.dialogs.ask_text(
            self.texts("gui.entries.replace.title", name=f"{card.id} {card.name}"),
            self.texts("gui.entries.replace.body", file=path.name),
            self.texts("gui.entries.replace.reason"),
            yes=self.texts("gui.entries.replace.yes"),
        )
        if reason is None:
            return
        self._stop_playing()  # the file is let go before another one takes its place
        app, held = self.session.app, self.board.held.id

        def work(progress: Progress) -> object:
            from judgeapp.services.entries import replace_entry

            return replace_entry(app, contestant=card.id, file=path, reason=reason, round_id=held)

        self.session.run(work, lambda _: self.check())

    def _copy_message(self, card: Card) -> None:
        """Put words that ask for a new file onto the clipboard."""
        QGuiApplication.clipboard().setText(message(self.texts, card))
        Toast.show_in(self.window(), self.texts("gui.entries.message.copied"))

    # --- attaching ---------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Ask for a folder, and show what is in it."""
        folder = self.session.dialogs.open_folder(self.texts("gui.entries.add.title"))
        if folder is not None:
            self.look_into(folder)

    def look_into(self, folder: Path) -> None:
        """Show what would be attached from a folder; nothing is written."""
        if self.board is None:
            return
        self.close_drawer()
        self.stack.setCurrentWidget(self.preview)
        self._show_actions()
        self.preview.look(folder, self.board)

    def _preview_closed(self, attached: int) -> None:
        self.stack.setCurrentIndex(1)
        if self.board is not None:
            self._show_part(self.board)
            self._show_actions()
        if attached > 0:
            self.stack.setCurrentIndex(1)
            self.check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders."""
        if folder_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into a folder that was dropped."""
        folder = folder_in(event)
        if folder is not None:
            event.acceptProposedAction()
            self.look_into(folder)

    # --- checking ----------------------------------------------------------------------------

    def check(self) -> None:
        """Look into the files that were not looked into yet, aside, with progress."""
        if self._cancel_check is not None:
            return
        app = self.session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.entries_check import check_entries

            return check_entries(app, progress=progress)

        self.progress.start(self.texts("gui.entries.checking_files"))
        self._cancel_check = self.session.run(
            work, self._checked, on_refused=self._check_refused, on_progress=self._check_goes_on,
            aside=True,
        )  # fmt: skip
        self._show_actions()

    def _stop_check(self) -> None:
        if self._cancel_check is not None:
            self._cancel_check()

    def _check_goes_on(self, done: int, total: int, what: str) -> None:
        self.progress.advance(done, total, what)
        self.grid.cards.show_work(what)

    def _check_over(self) -> None:
        self._cancel_check = None
        self.progress.finish()
        self.grid.cards.show_work("")

    def _checked(self, _: object) -> None:
        self._check_over()
        self.load()

    def _check_refused(self, error: JudgeError) -> None:
        self._check_over()
        if error.code != "cancelled":
            self.session.show_error(error)
        self.load()
