from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.tasks import Tasks
from judgeapp.system.progress import Progress
from tests.gui.shell_kit import wait_for


def test_long_work_stops_at_its_next_step_when_all_is_to_stop(qtbot: QtBot) -> None:
    tasks, go_on = Tasks(), threading.Event()
    steps: list[int] = []
    refused: list[JudgeError] = []

    def work(progress: Progress) -> None:
        for step in range(1000):
            progress(step, 1000)
            steps.append(step)
            assert go_on.wait(10)

    tasks.run(work, on_done=lambda _: None, on_refused=refused.append, aside=True)
    wait_for(qtbot, lambda: bool(steps))
    tasks.stop()
    go_on.set()
    tasks.wait()
    wait_for(qtbot, lambda: not tasks.busy)
    assert steps == [0]
    assert [error.code for error in refused] == ["cancelled"]


def test_work_without_steps_is_done_to_its_end(qtbot: QtBot) -> None:
    tasks, done = Tasks(), threading.Event()
    tasks.run(lambda _: done.set(), on_done=lambda _: None, on_refused=lambda _: None)
    tasks.stop()
    tasks.wait()
    assert done.is_set()
    wait_for(qtbot, lambda: not tasks.busy)


def test_a_window_that_is_gone_stops_the_work_and_is_no_fault(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    tasks, begun, gone, over = Tasks(), threading.Event(), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        try:
            begun.set()
            assert gone.wait(10)
            progress(1, 2)
        finally:
            over.set()

    with caplog.at_level(logging.ERROR):
        tasks.run(work, on_done=lambda _: None, on_refused=lambda _: None, aside=True)
        assert begun.wait(10)
        for answer in list(tasks._running):
            answer.deleteLater()
            QCoreApplication.sendPostedEvents(answer, QEvent.Type.DeferredDelete)
        gone.set()
        assert over.wait(10)
        tasks.wait()
    assert not caplog.records


def test_answers_come_in_the_order_of_the_questions_with_a_head_start_too(qtbot: QtBot) -> None:
    tasks = Tasks()
    told: list[str] = []
    slow = threading.Event()

    def first(progress: Progress) -> str:
        slow.wait(0.05)
        return "first"

    tasks.run(first, on_done=told.append, on_refused=lambda _: None)
    tasks.run(lambda _: "second", on_done=told.append, on_refused=lambda _: None, head_start_s=5)
    wait_for(qtbot, lambda: not tasks.busy)
    tasks.run(lambda _: "third", on_done=told.append, on_refused=lambda _: None, head_start_s=5)
    assert told == ["first", "second", "third"]  # the third at once, as nothing waits before it
