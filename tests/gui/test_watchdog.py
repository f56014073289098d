"""The watchdog itself: it sees work of the window's thread, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.watchdog import LIMIT_MS, Stall, Watchdog

LONG_S = LIMIT_MS * 6 / 1000  # so long that it is seen on a slow machine too


def work() -> None:
    """Keep the processor busy."""
    begun = time.thread_time()
    while time.thread_time() - begun < LONG_S:
        pass


def in_the_loop(do: Callable[[], None], qtbot: QtBot) -> None:
    done: list[bool] = []

    def turn() -> None:
        do()
        done.append(True)

    QTimer.singleShot(0, turn)
    qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def seen(watchdog: Watchdog) -> Iterator[Callable[[], list[Stall]]]:
    """Return what the watchdog saw; the test is not failed for it, nor the run's figure raised."""
    largest = watchdog.largest
    yield lambda: list(watchdog.stalls)
    watchdog.stalls.clear()
    watchdog.largest = largest


def test_work_in_a_turn_of_the_loop_is_seen_and_named(
    seen: Callable[[], list[Stall]], qtbot: QtBot
) -> None:
    in_the_loop(work, qtbot)
    (stall,) = seen()
    assert stall.ms > LIMIT_MS
    assert stall.test == "test_work_in_a_turn_of_the_loop_is_seen_and_named"


def test_work_that_a_key_causes_is_seen(seen: Callable[[], list[Stall]], qtbot: QtBot) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.textChanged.connect(lambda _: work())
    QTest.keyClicks(edit, "a")
    assert len(seen()) == 1


def test_short_turns_waiting_and_a_tests_own_work_are_not(
    seen: Callable[[], list[Stall]], qtbot: QtBot, qapp: QApplication
) -> None:
    in_the_loop(lambda: time.sleep(LONG_S), qtbot)
    work()
    qapp.processEvents()
    assert seen() == []
