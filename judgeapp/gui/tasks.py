"""Runs services off the window's thread: answers, refusals and progress come back to it.

One worker thread: a contest's store has one writer, and answers come in the order of the questions.
Work of minutes that hardly touches the store (looking into clips) goes *aside*, so that pages load
meanwhile.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from judgeapp.domain.errors import JudgeError
from judgeapp.system.progress import Cancelled, Progress

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Answer(QObject):
    """Carries what a task says to the window's thread, on which it was made."""

    done = Signal(object)
    refused = Signal(object)
    progress = Signal(int, int, str)


class _Work(QRunnable):
    def __init__(
        self, work: Callable[[Progress], object], answer: _Answer, stop: threading.Event
    ) -> None:
        super().__init__()
        self._work = work
        self._answer = answer
        self._stop = stop
        self.over = threading.Event()
        self.value: object = None
        self.error: JudgeError | None = None

    def run(self) -> None:
        """Work; a fault of ours is logged and shown like a refusal, never swallowed."""
        try:
            self.value = self._work(self._progress)
        except JudgeError as error:
            self.error = error
        except Exception:  # noqa: BLE001 - a fault in a worker must reach the person, not stderr
            _log.exception("a background task failed")
            self.error = JudgeError("bug")
        self.over.set()
        with contextlib.suppress(RuntimeError):  # the window is gone: nobody asks any more
            if self.error is not None:
                self._answer.refused.emit(self.error)
            else:
                self._answer.done.emit(self.value)

    def _progress(self, done: int, total: int, what: str = "") -> None:
        if self._stop.is_set():
            raise Cancelled
        try:
            self._answer.progress.emit(done, total, what)
        except RuntimeError as gone:  # with the window, which nobody waits for
            raise Cancelled from gone


class Tasks(QObject):
    """The background work of one window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._aside = QThreadPool(self)
        self._aside.setMaxThreadCount(2)
        self._running: dict[_Answer, threading.Event] = {}

    @property
    def busy(self) -> bool:
        """Whether any work is going on or waits for its answer to be taken."""
        return bool(self._running)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_refused: Callable[[JudgeError], None],
        on_progress: Callable[[int, int, str], None] | None = None,
        aside: bool = False,
        head_start_s: float = 0.0,
    ) -> Callable[[], None]:
        """Run ``work`` in the background, then one of the two on this thread.

        Args:
            work: what is done; is given a progress to pass on.
            on_done: takes the answer.
            on_refused: takes the refusal.
            on_progress: told done, total and what is being worked on.
            aside: other work does not wait for it.
            head_start_s: this thread holds still for so long, and takes an answer that comes
                meanwhile before it goes on. Painting and a short commit else take turns at the
                interpreter, and both are late. Not while an earlier answer is still to come:
                answers are taken in the order of the questions.

        Returns:
            What asks the work to stop; it stops at its next step.
        """
        stop = threading.Event()
        answer = _Answer()
        first = not self._running
        self._running[answer] = stop

        # One slot each: it is busy until the answer was taken, not only until it came.
        def take(tell: Callable[[Any], None]) -> Callable[[object], None]:
            def over(value: object) -> None:
                if answer not in self._running:  # it was taken within the head start
                    return
                try:
                    tell(value)
                finally:
                    self._running.pop(answer, None)

            return over

        take_value, take_refusal = take(on_done), take(on_refused)
        answer.done.connect(take_value)
        answer.refused.connect(take_refusal)
        if on_progress is not None:
            answer.progress.connect(on_progress)
        started = _Work(work, answer, stop)
        (self._aside if aside else self._pool).start(started)
        if first and head_start_s and started.over.wait(head_start_s):
            if started.error is not None:
                take_refusal(started.error)
            else:
                take_value(started.value)
        return stop.set

    def stop(self) -> None:
        """Ask all work to stop at its next step; what has no steps is done to its end."""
        for stop in self._running.values():
            stop.set()

    def wait(self) -> None:
        """Wait until no background work is left."""
        self._aside.waitForDone()
        self._pool.waitForDone()
