"""A window's event loop for benchmarks: offscreen, waiting without a clock of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from judgeapp.gui.garbage import Garbage
from judgeapp.gui.theme import start_theme


def application() -> QApplication:
    """Return the one application, made without a screen and with the app's theme."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    start_theme(app).use("light")
    Garbage(app)
    return app


def wait_until(reached: Callable[[], bool], *, seconds: float = 30) -> None:
    """Run the event loop until something is so.

    Raises:
        TimeoutError: it did not come to that.
    """
    loop = QEventLoop()
    look, end = QTimer(interval=1), QTimer(singleShot=True)
    look.timeout.connect(lambda: loop.quit() if reached() else None)
    end.timeout.connect(loop.quit)
    look.start()
    end.start(round(seconds * 1000))
    loop.exec()
    if not reached():
        raise TimeoutError


def rest(seconds: float) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


@contextmanager
def longest_turn() -> Iterator[list[float]]:
    """Measure the window's thread: the one item is the longest turn of its event loop, in seconds.

    Counted is the time that the thread itself worked: on a busy machine it also waits for its turn
    on a processor, which is not its fault.
    """
    longest, before = [0.0], [time.thread_time()]
    dispatcher = QAbstractEventDispatcher.instance()

    def about_to_block() -> None:  # waiting takes no time of the processor
        now = time.thread_time()
        longest[0], before[0] = max(longest[0], now - before[0]), now

    dispatcher.aboutToBlock.connect(about_to_block)
    yield longest
    about_to_block()
    dispatcher.aboutToBlock.disconnect(about_to_block)
