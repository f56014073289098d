"""The judge's pages on one open desk: list, marking, review, handing in.

`JudgePage` has no rail: top bar, content, bottom bar. A window that holds it asks `ready_to_close`
before it closes: what was typed is on the disk then, or it says why not and the window stays.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.gui.alive import alive
from judgeapp.gui.pages.desk_hand_in import HandedInPage
from judgeapp.gui.pages.desk_list import ListPage
from judgeapp.gui.pages.desk_review import ReviewPage
from judgeapp.gui.pages.desk_score import ScorePage
from judgeapp.gui.pages.desk_screen import FillScreen
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk
    from judgeapp.services.score_files import Exported, TakenOver
    from judgeapp.services.score_sheet import WrittenSheet


class JudgePage(QWidget):
    """A judge's work on one pack.

    Attributes:
        close_requested: back to the start page; everything is stored.
        typing: the marks.
    """

    close_requested = Signal()

    def __init__(self, session: Session, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alive = alive(self)
        self.session, self.desk = session, desk
        self.texts = session.texts
        self.typing = Typing(session, desk, self)
        self._writing = False
        self.screen_filler = FillScreen(self)
        # A box is put into its place before it is filled: a filled one that moves is dressed anew.
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.list = ListPage(self.texts, self.typing)
        self.score = ScorePage(session, desk, self.typing)
        self.review = ReviewPage(self.texts, self.typing)
        self.handed_in = HandedInPage(self.texts)
        for page in (self.list, self.score, self.review, self.handed_in):
            self.pages.addWidget(page)
        self._connect()
        self.list.table.setFocus()
        self.typing.load()

    def _connect(self) -> None:
        self.list.entry_asked.connect(self.mark)
        self.list.review_asked.connect(self.show_review)
        self.list.close_asked.connect(self._close)
        self.list.take_over_asked.connect(self.take_over)
        self.score.list_asked.connect(self.show_list)
        self.score.screen_asked.connect(self.screen_filler.toggle)
        self.score.review_asked.connect(self.show_review)
        self.review.list_asked.connect(self.show_list)
        self.review.entry_asked.connect(self.mark)
        self.review.hand_in_asked.connect(self.hand_in)
        self.review.copy_asked.connect(self.hand_in)
        self.handed_in.list_asked.connect(self.show_list)
        self.handed_in.again_asked.connect(self.hand_in)
        self.handed_in.sheet_asked.connect(self.write_sheet)

    def first_focus(self) -> QWidget:
        """Return what gets the focus when the page opens."""
        return self.list.table

    # --- which page -----------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show the list of entries."""
        self.screen_filler.leave()
        self.pages.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def mark(self, contestant: str) -> None:
        """Show an entry at the desk; a small screen is filled with it."""
        self.screen_filler.enter_if_small()
        self.pages.setCurrentWidget(self.score)
        self.score.show_entry(ContestantId(contestant))

    def show_review(self) -> None:
        """Show all own marks side by side."""
        self.screen_filler.leave()
        self.score.media.player.pause()
        self.pages.setCurrentWidget(self.review)
        self.review.table.setFocus()

    # --- handing in -----------------------------------------------------------------------------

    def hand_in(self) -> None:
        """Ask where the score file goes and write it; an unfinished copy may be written too."""
        name = self.texts("gui.desk.file_name", judge=self.desk.judge)
        target = self.session.dialogs.save_file(
            self.texts("gui.desk.save_as"), f"{name}.score", ["*.score"]
        )
        if target is not None:
            self.write(target)

    def write(self, target: Path) -> None:
        """Write the score file in the background and show its receipt; twice asked is once done."""
        if self._writing:
            return
        self._writing = True

        def work(progress: object) -> Outcome[Exported]:
            from judgeapp.services.score_files import export_score_file

            return export_score_file(self.desk, target=target)

        def done(outcome: Outcome[Exported]) -> None:
            self._writing = False
            if not self._alive():
                return
            self.handed_in.show_file(outcome.value)
            self.pages.setCurrentWidget(self.handed_in)
            self.handed_in.folder.setFocus()
            self.typing.load()

        def refused(error: JudgeError) -> None:
            self._writing = False
            self.session.show_error(error)

        self.session.run(work, done, on_refused=refused)

    def write_sheet(self) -> None:
        """Ask where the sheet to sign goes, write it in the background and open it."""
        name = self.texts("gui.desk.sheet.name", judge=self.desk.judge)
        title = self.texts("gui.desk.sheet.save_as")
        target = self.session.dialogs.save_file(title, f"{name}.pdf", ["*.pdf"])
        if target is None:
            return

        def work(progress: object) -> Outcome[WrittenSheet]:
            from judgeapp.services.score_sheet import write_score_sheet

            return write_score_sheet(self.desk, target=target)

        def done(outcome: Outcome[WrittenSheet]) -> None:
            if self._alive():
                self.handed_in.show_sheet(outcome.value.file, outcome.value.pages)
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(outcome.value.file)))

        self.session.run(work, done)

    def take_over(self) -> None:
        """Ask for this judge's score file of another laptop and go on from it."""
        file = self.session.dialogs.open_file(self.texts("gui.desk.take_over"), ["*.score"])
        if file is not None:
            self.take_over_from(file)

    def take_over_from(self, file: Path) -> None:
        """Take over the marks of a score file."""

        def work(progress: object) -> Outcome[TakenOver]:
            from judgeapp.services.score_files import take_over

            return take_over(self.desk, file=file)

        def done(outcome: Outcome[TakenOver]) -> None:
            if not self._alive():
                return
            self.typing.load()
            words = self.texts("gui.desk.taken_over", count=outcome.value.marks, file=file.name)
            Toast.show_in(self, words)

        self.session.run(work, done)

    # --- closing --------------------------------------------------------------------------------

    def ready_to_close(self) -> bool:
        """Bring all to the disk and return True, or show what is in the way and return False."""
        if not self.typing.loaded:
            return True
        self.score.rubric.leave()
        refused = self.typing.refused_keys()
        if refused:
            self.pages.setCurrentWidget(self.score)
            self.score.show_entry(refused[0][0], refused[0])
            return False
        error = self.typing.settle()
        if error is not None:
            self.session.show_error(error)
            return False
        self.score.media.close_media()
        self.screen_filler.leave()
        return True

    def _close(self) -> None:
        if self.ready_to_close():
            self.close_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while something typed could not be stored."""
        if self.ready_to_close():
            super().closeEvent(event)
        else:
            event.ignore()
