"""Entries: who handed in what, what the check found, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.handing_in import HandedIn
from judgeapp.gui.page import Page
from judgeapp.gui.pages.entries_attach import AttachPreview, ContestantChooser, dropped
from judgeapp.gui.pages.entries_cards import (
    STATES,
    Board,
    Card,
    message,
    read_board,
)
from judgeapp.gui.pages.entries_detail import EntryDetail
from judgeapp.gui.pages.entries_facts import EntryFacts
from judgeapp.gui.pages.entries_grid import EntryGrid, read_poster
from judgeapp.gui.pages.entries_list import list_columns
from judgeapp.gui.pages.entries_ways import choose_file, keep, keep_no_more, put_in
from judgeapp.gui.pages.entries_work import EntryWork
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.toast import Toast

_BESIDE_FILTERS = 150  # margins and the two buttons

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part
    from judgeapp.domain.entries import EntryFile
    from judgeapp.system.progress import Progress


class EntriesPage(Page):
    """The files that contestants handed in."""

    step: ClassVar[str] = "entries"
    kinds: ClassVar[frozenset[str]] = frozenset({"ENTRIES", "PEOPLE", "CONTEST", "FACTS"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.entries.title"))
        self.board: Board | None = None
        self._round: str | None = None
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
        self.grid.dropped.connect(self.take_in)
        self.grid.others_dropped.connect(self.take_dropped)
        self.list = Table(
            list_columns(texts), empty_text=texts("gui.entries.none_here"),
            accessible_name=texts("gui.entries.list"),
        )  # fmt: skip
        self.list.opened.connect(self.open_card)
        self.preview = AttachPreview(self)
        self.preview.closed.connect(self._preview_closed)
        self.views = QStackedWidget()
        self.views.addWidget(self.grid)
        self.views.addWidget(self.list)
        self.progress = ProgressRow(texts)
        self.work = EntryWork(self.session, self.progress, self)
        self.work.began.connect(self._show_actions)
        self.work.at.connect(self.grid.cards.show_work)
        self.work.over.connect(self._work_over)
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.progress)
        self.facts = EntryFacts(self)
        column.addWidget(self.facts)
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

    def _head(self) -> QBoxLayout:
        self._filter_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._filter_row.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._filter_row.addWidget(self.filters)
        self._filter_row.addStretch(1)
        self._as_grid = icon_button("layout-grid", self.texts("gui.entries.as_grid"))
        self._as_list = icon_button("list", self.texts("gui.entries.as_list"))
        self._as_grid.clicked.connect(lambda: self.show_view(0))
        self._as_list.clicked.connect(lambda: self.show_view(1))
        row.addWidget(self._as_grid)
        row.addWidget(self._as_list)
        self._filter_row.addLayout(row)
        self._filter_row.setAlignment(row, Qt.AlignmentFlag.AlignLeft)
        self.show_view(0)
        return self._filter_row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two views below the filters where there is no room beside them."""
        super().resizeEvent(event)
        needed = self.filters.sizeHint().width() + theme().px(_BESIDE_FILTERS)
        way = QBoxLayout.Direction
        narrow = self.width() < needed
        self._filter_row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _show_actions(self) -> None:
        if self.stack.currentWidget() is self.preview:
            self.set_actions()
            return
        add = Button(self.texts("gui.entries.add"), icon="folder-plus")
        add.clicked.connect(self.choose_folder)
        buttons = [add]
        unchecked = self.board.unchecked if self.board else 0
        odd = [file for card in self.board.cards for file in card.odd_clips] if self.board else []
        if odd and not unchecked and not self.work.busy:
            words = self.texts("gui.entries.convert", count=len(odd))
            convert = Button(words, icon="refresh-cw")
            convert.clicked.connect(lambda: self._convert(odd))
            buttons.insert(0, convert)
        if unchecked and not self.work.busy:
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
        self.facts.show_round(str(board.held.id))
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
        detail.file_asked.connect(lambda part: self._choose_file(card, part))
        detail.message_asked.connect(lambda: self._copy_message(card))
        board = self.board
        detail.keep_asked.connect(lambda: keep(self.session, board, card))
        detail.unkeep_asked.connect(lambda: keep_no_more(self.session, board, card))
        detail.convert_asked.connect(lambda file: self._convert([file]))
        detail.check_asked.connect(lambda: self.work.check(card.id))
        detail.facts_asked.connect(lambda: self.facts.edit(str(card.id)))
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

    def _choose_file(self, card: Card, part: Part) -> None:
        """Ask for a file and take it in."""
        path = choose_file(self.session)
        if path is not None:
            self.take_in(card, path, part)

    def take_in(self, card: Card, path: Path, part: Part | None = None) -> None:
        """Take one file of a contestant in, or put it in place of the one that is there."""
        assert self.board is not None
        self._stop_playing()  # the file is let go before another one takes its place
        put_in(self.session, self.board, card, path, self.work.check, part=part)

    def _copy_message(self, card: Card) -> None:
        """Put words that ask for a new file onto the clipboard."""
        QGuiApplication.clipboard().setText(message(self.texts, card))
        Toast.show_in(self.window(), self.texts("gui.entries.message.copied"))

    def _convert(self, clips: Sequence[EntryFile]) -> None:
        self._stop_playing()
        self.work.convert(clips)

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
        """Take folders and files."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        paths = dropped(event)
        if paths:
            event.acceptProposedAction()
            self.take_dropped(paths)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Look into a folder, or into that of several files; ask whose a single file is."""
        if len(paths) == 1 and paths[0].is_file():
            self.ask_whose(paths[0])
        else:
            self.look_into(paths[0] if paths[0].is_dir() else paths[0].parent)

    def ask_whose(self, path: Path) -> None:
        """Ask whose a single file is, and take it in."""
        board = self.board
        if board is None or not board.cards:
            return
        file = HandedIn(path.name, None, question="whose")
        chooser = ContestantChooser(
            self.texts, board, file, self.texts("gui.entries.hand_in.whose.what")
        )

        def chosen(contestant: str) -> None:
            self.close_drawer()
            card = next(card for card in board.cards if card.id == contestant)
            self.take_in(card, path)

        chooser.chosen.connect(chosen)
        self.open_drawer(chooser, self.texts("gui.entries.hand_in.whose"), second=path.name)

    # --- checking ----------------------------------------------------------------------------

    def check(self) -> None:
        """Look into the files that were not looked into yet, aside, with progress."""
        self.work.check()

    def _work_over(self) -> None:
        self.load()
