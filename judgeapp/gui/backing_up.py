"""Backing up the open contest: how far it is stands below the page, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.session import Session
from judgeapp.gui.tokens import MARGIN
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.text import frame
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.backup import BackupReport
    from judgeapp.services.context import Outcome
    from judgeapp.system.progress import Progress


class BackingUp:
    """One backup at a time; the pages can be used meanwhile.

    Attributes:
        bar: seen while it goes on.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._texts = session, session.texts
        self._cancel: Callable[[], None] | None = None
        self.bar = frame("bar")
        column = QVBoxLayout(self.bar)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        self.row = ProgressRow(self._texts)
        self.row.stop_asked.connect(self.stop)
        column.addWidget(self.row)
        self.bar.hide()

    def ask(self) -> None:
        """Ask for a folder and write the whole contest there as one file."""
        if self._cancel is not None:
            return
        session = self._session
        folder = session.dialogs.open_folder(self._texts("shell.back_up_where"))
        if folder is None or not session.has_contest:
            return
        app = session.app

        def work(progress: Progress) -> Outcome[BackupReport]:
            from judgeapp.services.backup import back_up

            return back_up(app, out=folder, progress=progress)

        self.row.start(self._texts("shell.backing_up"))
        self.bar.show()
        self._cancel = session.run(
            work, self._done, on_refused=self._refused, on_progress=self.row.advance, aside=True,
            step="log",
        )  # fmt: skip

    def stop(self) -> None:
        """Ask it to stop at its next step."""
        if self._cancel is not None:
            self._cancel()

    def _over(self) -> None:
        self._cancel = None
        self.row.finish()
        self.bar.hide()

    def _done(self, made: Outcome[BackupReport]) -> None:
        self._over()
        report, texts = made.value, self._texts
        self._session.dialogs.tell(
            texts("shell.backed_up"),
            texts("shell.backed_up.body", files=report.files),
            [(texts("shell.fact.file"), str(report.file))],
        )

    def _refused(self, error: JudgeError) -> None:
        self._over()
        if error.code == "cancelled":
            Toast.show_in(self.bar.window(), self._texts("shell.backup_stopped"))
            return
        self._session.show_error(error)
