"""A folder of clips and outlines before it is taken: what matches, what is asked, one button.

Nothing is copied before the button that says how many files it will attach.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.handing_in import HandedIn
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import bare_key
from judgeapp.gui.page import Page
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.entries_cards import Board
from judgeapp.gui.pages.entries_ways import put_in
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import label

if TYPE_CHECKING:
    from judgeapp.services.entries_attach import AttachReport
    from judgeapp.system.progress import Progress

_ANSWERED_BY_NAME = frozenset({"whose", "two_files"})
_ID_ROLE = int(Qt.ItemDataRole.UserRole)


class AttachPreview(QWidget):
    """What would be attached, and the questions.

    Attributes:
        closed: it is over; the number of files that were attached, or -1 if nothing was done.
    """

    closed = Signal(int)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self.session, self.texts = page, page.session, page.session.texts
        self._board: Board | None = None
        self._folder = Path()
        self._round: str | None = None
        self.answers: dict[str, ContestantId] = {}
        self.report: AttachReport | None = None
        self._cancel: Callable[[], None] | None = None
        self._notice = Notice("accent", "info", "")
        self.table = Table(
            self._columns(),
            empty_text=self.texts("gui.entries.attach.empty"),
            accessible_name=self.texts("gui.entries.attach.table"),
            key=lambda file: file.file,
        )
        self.table.opened.connect(self._open)
        self.progress = ProgressRow(self.texts)
        self.progress.stop_asked.connect(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        column.addWidget(self.progress)
        column.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        texts = self.texts
        return [
            Column(texts("entries.head.file"), lambda file: file.file, "name", stretch=True),
            Column(texts("gui.entries.head.contestant"), self._whose, "text", stretch=True),
            Column(texts("entries.head.part"), self._part, "text"),
            Column(texts("gui.entries.head.what"), lambda f: self._look(f).text, "pill",
                   pill=self._look),
        ]  # fmt: skip

    def _name(self, contestant: ContestantId) -> str:
        cards = self._board.cards if self._board else ()
        return next((f"{c.id} {c.name}" for c in cards if c.id == contestant), contestant)

    def _whose(self, file: HandedIn) -> str:
        if file.contestant is not None:
            return self._name(file.contestant)
        return self.texts("gui.entries.attach.or").join(self._name(i) for i in file.ask_among[:3])

    def _part(self, file: HandedIn) -> str:
        part = self._board.held.part(file.part) if self._board and file.part else None
        return part_name(part, self.texts) if part else "–"

    def _look(self, file: HandedIn) -> PillLook:
        if file.question is not None:
            words = self.texts(f"gui.entries.attach.question.{file.question}")
            return PillLook("triangle-alert", words, "warn")
        if file.ignored is not None:
            return PillLook("minus", self.texts("gui.entries.attach.ignored"), "neutral")
        if file.there:
            return PillLook("check", self.texts("gui.entries.attach.there"), "neutral")
        if file.same_as is not None:
            return PillLook("copy", self.texts("gui.entries.attach.twin"), "neutral")
        return PillLook("circle-check", self.texts("gui.entries.attach.taken"), "ok")

    # --- looking ---------------------------------------------------------------------------------

    def look(self, folder: Path, board: Board) -> None:
        """Look into a folder and show what would be done with it."""
        self._folder, self._board, self._round = folder, board, board.held.id
        self.answers, self.report = {}, None
        self.table.set_rows([])
        self._notice.set_words(self.texts("gui.entries.attach.looking", folder=folder.name))
        self._notice.set_tone("accent", "info")
        self._plan()

    def _plan(self) -> None:
        app, folder, answers = self.session.app, self._folder, dict(self.answers)

        def work(progress: Progress) -> AttachReport:
            from judgeapp.services.entries_attach import plan_attach

            return plan_attach(app, folder=folder, answers=answers, round_id=self._round)

        self.session.run(work, self._show, on_refused=self._refused)

    def _refused(self, error: JudgeError) -> None:
        self.progress.finish()
        self.session.show_error(error)
        self.close_preview(-1)

    def _show(self, report: AttachReport) -> None:
        self.report = report
        first = [file for file in report.files if file.question is not None]
        middle = [file for file in report.files if file.taken]
        rest = [f for f in report.files if f.question is None and not f.taken]
        self.table.set_rows([*first, *middle, *rest])
        taken, asked = len(middle), len(first)
        found = "found" if taken else "found_none"
        title = self.texts(f"gui.entries.attach.{found}", count=taken, folder=self._folder.name)
        if not taken and not asked and report.files:
            self._notice.set_tone("accent", "info")
            words = self.texts("gui.entries.attach.all_there", folder=self._folder.name)
            self._notice.set_words(words)
        elif asked:
            self._notice.set_tone("warn", "triangle-alert")
            self._notice.set_words(title, self.texts("gui.entries.attach.asked", count=asked))
        else:
            self._notice.set_tone("ok", "circle-check")
            self._notice.set_words(title, self.texts("gui.entries.attach.no_questions"))
        self._show_bar(taken, asked)
        if asked:
            self.table.select(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bar(self, taken: int, asked: int) -> None:
        back = Button(self.texts("gui.entries.attach.cancel"), kind="ghost")
        back.clicked.connect(lambda: self.close_preview(-1))
        self.go = Button(
            self.texts("gui.entries.attach.go", count=taken), kind="primary", height=44
        )
        self.go.setEnabled(taken > 0)
        self.go.clicked.connect(self.attach)
        words = self.texts("gui.entries.attach.bar")
        if not taken:
            words = self.texts("gui.entries.attach.nothing")
        elif asked:
            words = self.texts("gui.entries.attach.bar_asked", count=asked)
        self._page.show_bar(words, back, self.go)

    def close_preview(self, attached: int) -> None:
        """Go back to the entries."""
        self._page.close_drawer()
        self._page.hide_bar()
        self.closed.emit(attached)

    # --- questions -------------------------------------------------------------------------------

    def _open(self, file: HandedIn) -> None:
        if file.question is None:
            return
        words = self.texts(f"gui.entries.attach.help.{file.question}")
        if file.question in _ANSWERED_BY_NAME and self._board is not None:
            chooser = ContestantChooser(self.session.texts, self._board, file, words)
            chooser.chosen.connect(partial(self.answer, file.file))
            content: QWidget = chooser
        else:
            content = QWidget()
            column = QVBoxLayout(content)
            column.addWidget(label(words, wrap=True))
            if file.contestant is not None and file.question in ("replaces", "which_part"):
                words = "replace" if file.question == "replaces" else "attach.choose_part"
                way = Button(self.texts(f"gui.entries.{words}"), icon="file-up")
                way.clicked.connect(partial(self._take_singly, file))
                column.addWidget(way)
            column.addStretch(1)
        title = self.texts(f"gui.entries.attach.question.{file.question}")
        self._page.open_drawer(content, title, second=file.file)

    def answer(self, file: str, contestant: str) -> None:
        """Take note whose a file is, and look again."""
        self.answers[file] = ContestantId(contestant)
        self._page.close_drawer()
        self._plan()

    def _take_singly(self, file: HandedIn) -> None:
        """Take one file in: asked for which part it is, or why it replaces another."""
        board = self._board
        card = next((c for c in board.cards if c.id == file.contestant), None) if board else None
        if board is None or card is None:
            return
        part = board.held.part(file.part) if file.part else None
        path = self._folder / file.file
        self._page.close_drawer()
        put_in(self.session, board, card, path, self._plan, part=part)

    # --- attaching -------------------------------------------------------------------------------

    def attach(self) -> None:
        """Copy the files in and attach them."""
        app, folder, answers = self.session.app, self._folder, dict(self.answers)

        def work(progress: Progress) -> object:
            from judgeapp.services.entries_attach import attach

            return attach(
                app, folder=folder, answers=answers, round_id=self._round, progress=progress
            )

        self._page.hide_bar()
        self._page.close_drawer()
        self.progress.start(self.texts("gui.entries.attach.copying"))
        self._cancel = self.session.run(
            work, self._attached, on_refused=self._not_attached, on_progress=self.progress.advance,
            aside=True, step="entries",
        )  # fmt: skip

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()

    def _attached(self, outcome: object) -> None:
        self.progress.finish()
        report: AttachReport = outcome.value  # type: ignore[attr-defined]  # an Outcome
        self.close_preview(report.attached)

    def _not_attached(self, error: JudgeError) -> None:
        self.progress.finish()
        if error.code != "cancelled":
            self.session.show_error(error)
        self.close_preview(0)


class ContestantChooser(QWidget):
    """Whose file it is: those it could be first, then everybody; typing narrows the list.

    Attributes:
        chosen: the number of a contestant.
    """

    chosen = Signal(str)

    def __init__(self, texts: Callable[..., str], board: Board, file: HandedIn, help_: str) -> None:
        super().__init__()
        likely = [*file.ask_among, *([file.contestant] if file.contestant else [])]
        first = [card for card in board.cards if card.id in likely]
        others = [card for card in board.cards if card.id not in likely]
        self._search = QLineEdit()
        self._search.setPlaceholderText(texts("gui.entries.attach.search"))
        self._search.setAccessibleName(texts("gui.entries.attach.search"))
        self._search.textChanged.connect(self._narrow)
        self._search.returnPressed.connect(self._take)
        self.people = QListWidget()
        self.people.setAccessibleName(texts("gui.entries.attach.people"))
        self.people.setWordWrap(True)
        for card in [*first, *others]:
            item = QListWidgetItem(f"{card.id}  {card.name}\n{card.unit}")
            item.setData(_ID_ROLE, card.id)
            item.setSizeHint(QSize(100, theme().px(52)))
            self.people.addItem(item)
        self.people.setCurrentRow(0)
        self.people.itemActivated.connect(self._take)
        take = Button(texts("gui.entries.attach.this_one"), key="Enter")
        take.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(help_, "body", "second", wrap=True))
        column.addWidget(self._search)
        column.addWidget(self.people, 1)
        column.addWidget(take)
        self.setFocusProxy(self.people if first else self._search)

    def _narrow(self, words: str) -> None:
        wanted = bare_key(words)
        shown = None
        for row in range(self.people.count()):
            item = self.people.item(row)
            fits = wanted in bare_key(item.text())
            item.setHidden(not fits)
            if fits and shown is None:
                shown = row
        if shown is not None:
            self.people.setCurrentRow(shown)

    def _take(self, *_: object) -> None:
        item = self.people.currentItem()
        if item is not None and not item.isHidden():
            self.chosen.emit(str(item.data(_ID_ROLE)))


def dropped(event: QDropEvent) -> list[Path]:
    """Return the files and folders that are dragged, folders first."""
    places = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return sorted(places, key=lambda path: not path.is_dir())
