"""Runs a service off the window's thread and brings its answer or its refusal back to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from judgeapp.domain.errors import JudgeError

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _Answer(QObject):
    done = Signal(object)
    refused = Signal(object)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], object], answer: _Answer) -> None:
        super().__init__()
        self._work = work
        self._answer = answer

    def run(self) -> None:
        """Work; a fault of ours is logged and shown like a refusal, never swallowed."""
        try:
            value = self._work()
        except JudgeError as error:
            self._answer.refused.emit(error)
        except Exception:  # noqa: BLE001 - a fault in a worker must reach the person, not stderr
            _log.exception("a background task failed")
            self._answer.refused.emit(JudgeError("bug"))
        else:
            self._answer.done.emit(value)


class Tasks(QObject):
    """The background work of one window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: set[_Answer] = set()

    def run(
        self,
        work: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_refused: Callable[[JudgeError], None],
    ) -> None:
        """Run ``work`` in the background, then one of the two on the window's thread."""
        answer = _Answer()
        self._running.add(answer)
        answer.done.connect(on_done)
        answer.refused.connect(on_refused)
        answer.done.connect(lambda _: self._running.discard(answer))
        answer.refused.connect(lambda _: self._running.discard(answer))
        self._pool.start(_Work(work, answer))

    def wait(self) -> None:
        """Wait until no background work is left."""
        self._pool.waitForDone()
