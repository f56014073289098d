"""Opening a pack: the folder or zip, who one is, or in words why it cannot be opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import JudgeId
from judgeapp.gui.pages.desk_top import LEAST_SIZE, PlainBar, reading_column
from judgeapp.gui.session import Session
from judgeapp.gui.tokens import GAP, MARGIN
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.text import card, clear, frame, label

if TYPE_CHECKING:
    from judgeapp.domain.packs import Pack
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk


class OpenPackPage(QWidget):
    """Asks for a pack and who one is.

    Attributes:
        opened: the `Desk` that was opened.
        close_requested: back to the start page.
    """

    opened = Signal(object)
    seen = Signal(object)
    close_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self.setAcceptDrops(True)
        self._session, self._texts = session, session.texts
        self._path: Path | None = None
        texts = self._texts
        self.top = PlainBar(texts("gui.desk.open.back"))
        self.top.title.setText(texts("gui.desk.open.title"))
        self.top.second.setText(texts("gui.desk.open.second"))
        self.top.back.connect(self.close_requested)
        self.folder = Button(texts("gui.desk.open.folder"), icon="folder-open")
        self.zip = Button(texts("gui.desk.open.zip"), icon="package-open")
        self.begin = Button(texts("gui.desk.open.begin"), kind="primary", height=42)
        self.judges: OptionCards | None = None
        self._sentence = label("", wrap=True)
        self._progress = ProgressRow(texts)
        self._notices = QVBoxLayout()
        self._about = QVBoxLayout()
        self._lay_out()
        self.folder.clicked.connect(self._choose_folder)
        self.zip.clicked.connect(self._choose_zip)
        self.begin.clicked.connect(self._begin)

    def _lay_out(self) -> None:
        body = QWidget()
        column = reading_column(self, self.top, body)
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        box.addLayout(self._notices)
        where, lines = card()
        lines.addWidget(label(self._texts("gui.desk.open.where"), "subhead"))
        lines.addWidget(label(self._texts("gui.desk.open.hint"), "body", "second", wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addWidget(self.zip)
        row.addStretch(1)
        lines.addLayout(row)
        lines.addWidget(self._progress)
        box.addWidget(where)
        box.addLayout(self._about)
        self._bar = frame("bar")
        bottom = QHBoxLayout(self._bar)
        bottom.setContentsMargins(MARGIN, 10, MARGIN, 10)
        bottom.addWidget(self._sentence, 1)
        bottom.addWidget(self.begin)
        column.addWidget(self._bar)
        self._bar.hide()
        self.folder.setFocus()

    def first_focus(self) -> QWidget:
        """Return the first useful thing."""
        return self.folder

    # --- which pack -----------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        found = self._session.dialogs.open_folder(self._texts("gui.desk.open.folder"))
        if found is not None:
            self.look_at(found)

    def _choose_zip(self) -> None:
        found = self._session.dialogs.open_file(self._texts("gui.desk.open.zip"), ["*.zip"])
        if found is not None:
            self.look_at(found)

    def look_at(self, path: Path, *, judge: str | None = None) -> None:
        """Look into a pack in the background and ask who one is; ``judge`` was it last."""
        self._path = path
        self._clear()
        self._progress.start(self._texts("gui.desk.open.looking"))

        def work(progress: object) -> Pack:
            from judgeapp.services.desk import look_at_pack

            return look_at_pack(self._session.machine, pack=path)

        self._session.run(work, lambda pack: self._ask_who(pack, judge), on_refused=self._refuse)

    def _clear(self) -> None:
        clear(self._notices)
        self._bar.hide()
        clear(self._about)
        self.judges = None

    def _refuse(self, error: JudgeError) -> None:
        self._progress.finish()
        sentence = self._texts.error(error)
        title, _, rest = sentence.partition(". ")
        self._notices.addWidget(Notice("stop", "octagon-alert", title, rest))

    def _ask_who(self, pack: Pack, last: str | None) -> None:
        self._progress.finish()
        self.seen.emit(pack)
        texts = self._texts
        about, lines = card()
        lines.addWidget(label(pack.contest_name, "subhead", wrap=True))
        lines.addWidget(
            label(
                texts("gui.desk.open.about", round=pack.round.vi, entries=len(pack.entries)),
                "body",
                "second",
                wrap=True,
            )
        )
        lines.addWidget(label(texts("gui.desk.open.who"), "strong"))
        self.judges = OptionCards(
            [
                Option(
                    judge.id,
                    texts("gui.desk.open.judge", name=judge.name, code=judge.id),
                    judge.unit or "",
                )
                for judge in pack.judges
            ],
            accessible_name=texts("gui.desk.open.who"),
        )
        self.judges.chosen.connect(self._chosen)
        lines.addWidget(self.judges)
        self.begin.setEnabled(False)
        self._sentence.setText(texts("gui.desk.open.choose"))
        self._bar.show()
        self._about.addWidget(about)
        if last is not None and pack.judge(JudgeId(last)) is not None:
            self.judges.choose(last)
            self._chosen(last)
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.judges.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, judge: str) -> None:
        self.begin.setEnabled(True)
        self._sentence.setText(self._texts("gui.desk.open.ready", code=judge))

    def _begin(self) -> None:
        judge = self.judges.current if self.judges else None
        path = self._path
        if judge is None or path is None:
            return
        self.begin.setEnabled(False)

        def work(progress: object) -> Outcome[Desk]:
            from judgeapp.services.desk import open_desk

            return open_desk(self._session.machine, pack=path, judge=judge)

        def refused(error: JudgeError) -> None:
            self.begin.setEnabled(True)
            self._refuse(error)

        self._session.run(work, lambda done: self.opened.emit(done.value), on_refused=refused)

    # --- dropping -------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a folder or file that is dragged here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into the pack that was dropped."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            self.look_at(Path(names[0]))
