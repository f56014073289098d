"""Work on entries that takes long, one at a time: looking into files, and converting clips.

Both go aside with progress and can be stopped; what was finished by then stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.progress import ProgressRow

if TYPE_CHECKING:
    from judgeapp.domain.entries import EntryFile
    from judgeapp.domain.ids import ContestantId
    from judgeapp.system.progress import Progress


class EntryWork(QObject):
    """Looks into files and converts clips.

    Attributes:
        began: work began; ``over``: it is over, whether whole, stopped or refused.
        at: the file that is being worked on, by its name; empty when all is over.
    """

    began = Signal()
    over = Signal()
    at = Signal(str)

    def __init__(self, session: Session, progress: ProgressRow, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._texts, self._progress = session, session.texts, progress
        self._cancel: Callable[[], None] | None = None
        progress.stop_asked.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._cancel is not None

    def stop(self) -> None:
        """Ask it to stop."""
        if self._cancel is not None:
            self._cancel()

    def check(self, contestant: ContestantId | None = None) -> None:
        """Look into the files that were not looked into yet, or into a contestant's anew."""
        app = self._session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.entries_check import check_entries

            again = contestant is not None
            return check_entries(app, again=again, contestant=contestant, progress=progress)

        self._start(work, self._texts("gui.entries.checking_files"))

    def convert(self, clips: Sequence[EntryFile]) -> None:
        """Write these clips anew, one after the other."""
        app = self._session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.entries_convert import convert_entry

            outcome: object = None
            for number, clip in enumerate(clips):

                def told(done: int, total: int, what: str = "", number: int = number) -> None:
                    progress(number * 100 + done * 100 // total, len(clips) * 100, what)

                outcome = convert_entry(
                    app, contestant=clip.contestant, part_id=clip.part, round_id=clip.round,
                    progress=told,
                )  # fmt: skip
            return outcome

        if clips:
            self._start(work, self._texts("gui.entries.converting"), percent=True)

    def _start(
        self, work: Callable[[Progress], object], words: str, *, percent: bool = False
    ) -> None:
        if self._cancel is not None:
            return

        def goes_on(done: int, total: int, what: str) -> None:
            said = f"{words} · {what} · {100 * done // max(total, 1)} %" if percent else what
            self._progress.advance(0 if percent else done, 0 if percent else total, said)
            self.at.emit(what)

        self._progress.start(words)
        self._cancel = self._session.run(
            work, lambda _: self._over(), on_refused=self._refused, on_progress=goes_on, aside=True,
            step="entries",
        )  # fmt: skip
        self.began.emit()

    def _over(self) -> None:
        self._cancel = None
        self._progress.finish()
        self.at.emit("")
        self.over.emit()

    def _refused(self, error: JudgeError) -> None:
        self._over()
        if error.code != "cancelled":
            self._session.show_error(error)
