"""Watches that the window's thread never works for longer than a person would notice.

What is measured is the processor time of that thread from one turn of the event loop to the next:
another program on the machine, a worker's work and waiting do not count, and neither does what a
test itself does outside the event loop. A figure over the limit is set against a piece of work of
known length, done at once: a machine that is slow just then is slow at both.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEventLoop
from PySide6.QtTest import QTest

LIMIT_MS = 100.0  # meant: 50; a busy machine measures up to half as much again
ROOT = Path(__file__).parents[2]
_SAMPLE_S = 0.01
_KEYS = ("keyClick", "keyPress", "keyRelease", "keyClicks", "keySequence")
_MOUSE = ("mouseClick", "mousePress", "mouseRelease", "mouseMove", "mouseDClick")


@dataclass(frozen=True)
class Stall:
    """A turn of the event loop that took long: its milliseconds, where it was, in which test."""

    ms: float
    where: str
    test: str

    def __str__(self) -> str:
        return f"{self.ms:.0f} ms in {self.where} ({self.test})"


@dataclass
class Watchdog:
    """Measures each turn of the event loop of the thread that made it.

    Attributes:
        largest: the longest turn of the whole run.
        stalls: turns over the limit since `begin`.
    """

    largest: Stall | None = None
    stalls: list[Stall] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._test = ""
        self._depth = 0
        self._since: float | None = None
        self._share = 1
        self._seen: Counter[str] = Counter()
        self._best = min(_known_work() for _ in range(20))
        self._sampler = _Sampler(threading.get_ident(), self)

    def install(self) -> None:
        """Measure from now on: turns of event loops, and what keys and clicks of a test cause."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self.turn)
        dispatcher.aboutToBlock.connect(self.turn)
        self._wrap(QEventLoop, "exec")
        self._wrap(QCoreApplication, "processEvents", static=True)
        for name in (*_KEYS, *_MOUSE):
            self._wrap(QTest, name, static=True)
        self._sampler.start()

    def begin(self, test: str) -> None:
        """Begin with a test."""
        self._test = test
        self.stalls = []

    def end(self) -> list[Stall]:
        """Return the stalls of the test that ends; until the next nothing is measured."""
        self._test = ""
        return self.stalls

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Do not measure what a test does inside the event loop."""
        test, self._test = self._test, ""
        yield
        self._test = test
        if self._since is not None:
            self._start()

    # Turns.

    def _wrap(self, owner: Any, name: str, *, static: bool = False) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def measured(*args: Any, **kwargs: Any) -> Any:
            outer = self._since
            self._depth += 1
            self._share = len(args[1]) or 1 if name == "keyClicks" else 1
            self._start()
            try:
                return real(*args, **kwargs)
            finally:
                self.turn()
                self._depth -= 1
                # Inside another loop the work goes on; in a test's own code nothing is measured.
                self._since = None if outer is None or not self._depth else self._since

        setattr(owner, name, staticmethod(measured) if static else measured)

    def _start(self) -> None:
        self._seen = Counter()
        self._since = time.thread_time()

    def turn(self) -> None:
        """End one turn of the loop and begin the next."""
        since = self._since
        if since is None:
            return
        ms = (time.thread_time() - since) * 1000 / self._share
        if self._test:
            self._note(ms)
        self._start()

    def _note(self, ms: float) -> None:
        if ms <= (self.largest.ms if self.largest else 0) and ms <= LIMIT_MS:
            return
        if ms > LIMIT_MS / 2:
            ms *= min(1.0, self._best / (sum(_known_work() for _ in range(10)) / 10))
        where = [f"{place} ×{count}" for place, count in self._seen.most_common(4)]
        stall = Stall(ms, "; ".join(where) or "a turn too short to look at", self._test)
        if self.largest is None or ms > self.largest.ms:
            self.largest = stall
        if ms > LIMIT_MS:
            self.stalls.append(stall)

    def seen(self, frame: FrameType | None) -> None:
        """Take a look at what the thread is at, from another thread."""
        if self._since is not None:
            self._seen[_name(frame)] += 1


class _Sampler(threading.Thread):
    """Looks at what the window's thread is at, to name what took long."""

    def __init__(self, ident: int, watchdog: Watchdog) -> None:
        super().__init__(daemon=True, name="watchdog")
        self._ident = ident
        self._watchdog = watchdog
        self._clock = _clock_of(ident)
        self._last = 0.0

    def run(self) -> None:
        while self._clock is not None:
            time.sleep(_SAMPLE_S)
            with suppress(OSError):
                now = time.clock_gettime(self._clock)
                if now - self._last > _SAMPLE_S / 2:  # it works and does not wait
                    self._watchdog.seen(sys._current_frames().get(self._ident))
                self._last = now


def _clock_of(ident: int) -> int | None:
    """Return the clock of another thread's processor time, where there is one."""
    found = getattr(time, "pthread_getcpuclockid", None)
    return found(ident) if found is not None else None


def _name(frame: FrameType | None) -> str:
    """Return the innermost three places of the app that a thread is at."""
    places: list[str] = []
    while frame is not None and len(places) < 4:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT / "judgeapp"):
            places.append(f"{path.stem}.{frame.f_code.co_name}:{frame.f_lineno}")
        elif path.is_relative_to(ROOT / "tests") and path.name != Path(__file__).name:
            break
        frame = frame.f_back
    return " < ".join(places) or "Qt's own work"


def _known_work() -> float:
    begun = time.thread_time()
    total = 0
    for number in range(20_000):
        total += number * number % 7
    return time.thread_time() - begun
