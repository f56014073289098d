"""Making a contest folder from a backup: which file, where to, with progress, then opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.message_dialog import MessageDialog
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.window import Window
from judgeapp.system.files import safe_name

if TYPE_CHECKING:
    from judgeapp.services.backup import RestoreReport
    from judgeapp.system.progress import Progress

PATTERNS = ("*.zip", "*.db")


def ask_to_restore(window: Window, file: Path | None = None) -> None:
    """Ask for a backup, unless one is given, and a place; open the contest that is made of it."""
    session, texts = window.session, window.session.texts
    file = file or session.dialogs.open_file(texts("shell.restore.file"), PATTERNS)
    if file is None:
        return
    parent = session.dialogs.open_folder(texts("shell.restore.where"))
    if parent is None:
        return
    dialog = RestoreDialog(window, session, file, parent)
    dialog.run()
    if dialog.made is not None:
        report = dialog.made
        if report.missing:
            session.dialogs.tell(
                texts("shell.restored"),
                texts("shell.restored.missing", count=len(report.missing)),
                [(texts("shell.fact.file"), name) for name in report.missing[:8]],
            )
        window.open_contest(report.folder)
    elif dialog.refusal is not None and dialog.refusal.code != "cancelled":
        session.show_error(dialog.refusal)


class RestoreDialog(MessageDialog):
    """Shows how far it is; Esc and the button ask it to stop.

    Attributes:
        made: what was restored, once it is there.
        refusal: why it was not, or that it was stopped.
    """

    def __init__(self, window: Window, session: Session, file: Path, parent: Path) -> None:
        texts = session.texts
        super().__init__(
            window, texts("shell.restore.title", name=file.name), texts("shell.restore.body"),
            icon="history", tone="accent",
        )  # fmt: skip
        self.made: RestoreReport | None = None
        self.refusal: JudgeError | None = None
        taken = [path.name for path in parent.iterdir()] if parent.is_dir() else []
        folder = parent / safe_name(file.stem, taken=taken)
        self.add_facts([(texts("shell.restore.to"), str(folder))])
        row = ProgressRow(texts)
        self.column.addWidget(row)
        row.start(texts("shell.restore.now"))
        row.show()

        def work(progress: Progress) -> RestoreReport:
            from judgeapp.services.backup import restore_contest

            return restore_contest(file=file, folder=folder, progress=progress)

        self._cancel: Callable[[], None] = session.run(
            work, self._done, on_refused=self._refused, on_progress=row.advance, aside=True
        )
        row.stop_asked.connect(self.reject)

    def _done(self, made: RestoreReport) -> None:
        self.made = made
        self.accept()

    def _refused(self, error: JudgeError) -> None:
        self.refusal = error
        self.accept()

    def reject(self) -> None:
        """It closes once the work has stopped."""
        self._cancel()
