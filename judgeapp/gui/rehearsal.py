"""Asks how far a rehearsal is to be made and where, makes it with progress, and opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.message_dialog import SHADOW, MessageDialog, Way
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.gui.window import Window
from judgeapp.system.files import safe_name

if TYPE_CHECKING:
    from judgeapp.services.rehearsal import Rehearsal
    from judgeapp.services.rehearsal_course import Until
    from judgeapp.system.progress import Progress

STAGES = ("begin", "packs", "end")


def ask_rehearsal(window: Window) -> None:
    """Show the form; once a rehearsal is made, open it or let the person sit down as a judge."""
    dialog = RehearsalDialog(window, window.session)
    if not dialog.run() or dialog.made is None:
        return
    made, until, texts = dialog.made, dialog.until, window.session.texts
    if until == "packs" and made.packs:
        ways = [
            Way(way, texts(f"rehearsal.made.{way}"), texts(f"rehearsal.made.{way}.what"))
            for way in ("office", "judge")
        ]
        title, body = texts("rehearsal.made"), texts("rehearsal.made.body", folder=made.folder)
        if window.session.dialogs.choose(title, body, ways) == "judge":
            window.open(made.packs[0])
            return
    window.open_contest(made.contest)
    where = {"begin": "input", "packs": "packs", "end": "out"}[until]
    Toast.show_in(window, texts(f"rehearsal.opened.{until}", folder=made.folder / where))


class RehearsalDialog(MessageDialog):
    """The form, and the progress while the rehearsal is made.

    Attributes:
        parent_folder: in which the rehearsal's own folder is made.
        made: the rehearsal, once it is there.
    """

    def __init__(self, window: Window, session: Session) -> None:
        texts = session.texts
        small = window.height() < theme().px(400)  # then the sentence scrolls with the choices
        body = texts("rehearsal.body")
        super().__init__(
            window, texts("rehearsal.title"), "" if small else body, icon="flask-conical",
            tone="accent",
        )  # fmt: skip
        self._session, self._texts = session, texts
        self.made: Rehearsal | None = None
        self._cancel: Callable[[], None] | None = None
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.parent_folder = Path(QStandardPaths.writableLocation(documents) or str(Path.home()))
        self.refusal = Notice("neutral", "info", "")
        self.refusal.hide()
        self.column.addWidget(self.refusal)
        self.stages = OptionCards(
            [
                Option(stage, texts(f"rehearsal.stage.{stage}"), texts(f"rehearsal.what.{stage}"))
                for stage in STAGES
            ],
            accessible_name=texts("rehearsal.title"),
        )
        self.stages.choose("begin")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        if small:
            column.addWidget(label(body, "body", "second", wrap=True))
        column.addWidget(self.stages)
        self._choices = scrolling(inner)
        self._choices.setFrameShape(QFrame.Shape.NoFrame)
        self.column.addWidget(self._choices)
        row = QHBoxLayout()
        self._place = label("", "small", "second", wrap=True)
        row.addWidget(self._place, 1)
        self.elsewhere = Button(texts("shell.new.elsewhere"), kind="ghost", icon="folder-open")
        self.elsewhere.clicked.connect(self._choose)
        row.addWidget(self.elsewhere)
        self.column.addLayout(row)
        self.progress = ProgressRow(texts)
        self.progress.stop_asked.connect(self._stop)
        self.column.addWidget(self.progress)
        self.no = Button(texts("shell.not_now"))
        self.make = Button(texts("rehearsal.make"), kind="primary")
        self.no.clicked.connect(self.reject)
        self.make.clicked.connect(self.begin)
        self.add_buttons(self.no, self.make)
        self._arrange(working=False)
        self.stages.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def until(self) -> Until:
        """How far it is to be made."""
        return cast("Until", self.stages.current or "begin")

    @property
    def folder(self) -> Path:
        """Where the rehearsal will lie: a name that is still free."""
        taken: list[str] = []
        if self.parent_folder.is_dir():
            taken = [path.name for path in self.parent_folder.iterdir()]
        return self.parent_folder / safe_name(self._texts("rehearsal.folder"), taken=taken)

    def begin(self) -> None:
        """Make it in the background."""
        if self._cancel is not None:
            return
        machine, folder, until = self._session.machine, self.folder, self.until
        language = self._texts.language

        def work(progress: Progress) -> Rehearsal:
            from judgeapp.services.rehearsal import make_rehearsal

            return make_rehearsal(
                machine, folder=folder, until=until, language=language, progress=progress
            )

        self.refusal.hide()
        self.progress.start(self._texts("rehearsal.now.inputs"))
        self._cancel = self._session.run(
            work, self._done, on_refused=self._refused, on_progress=self._goes_on, aside=True
        )
        self._arrange(working=True)
        self.progress.show()

    def _goes_on(self, done: int, total: int, what: str) -> None:
        self.progress.advance(done, total, self._texts(f"rehearsal.now.{what}"))

    def _done(self, made: Rehearsal) -> None:
        self._cancel = None
        self.progress.finish()
        self.made = made
        self.accept()

    def _refused(self, error: JudgeError) -> None:
        self._cancel = None
        self.progress.finish()
        stopped = error.code == "cancelled"
        words = self._texts("rehearsal.stopped") if stopped else self._texts.error(error)
        self.refusal.set_tone(*(("neutral", "info") if stopped else ("stop", "octagon-alert")))
        self.refusal.set_words(words)
        self.refusal.show()
        self._arrange(working=False)
        self.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()

    def reject(self) -> None:
        """While it is made Esc asks to stop; else it closes."""
        if self._cancel is not None:
            self._stop()
            return
        super().reject()

    def _choose(self) -> None:
        folder = self._session.dialogs.open_folder(self._texts("shell.new.elsewhere"))
        if folder is not None:
            self.parent_folder = folder
            self._arrange(working=False)

    def _arrange(self, *, working: bool) -> None:
        """Show the form or the progress, and give the dialog the height that this needs."""
        for widget in (self._choices, self._place, self.elsewhere, self.no, self.make):
            widget.setVisible(not working)
        self._place.setText(self._texts("shell.new.place", folder=str(self.folder)))
        parent = self.parentWidget()
        room = (parent.window().height() if parent is not None else 700) - theme().px(300)
        needed = self.stages.heightForWidth(self.width() - 2 * (SHADOW + 24))
        self._choices.setFixedHeight(max(theme().px(84), min(needed + 4, room)))
        QTimer.singleShot(0, self, self.fit)
