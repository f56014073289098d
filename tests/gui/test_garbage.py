from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.garbage import Garbage


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[Garbage]:
    parent = QObject()
    yield Garbage(parent)
    gc.unfreeze()
    parent.deleteLater()


class Knot:
    """Something that only a collection can free; it notes the thread that does."""

    def __init__(self, freed_in: list[int]) -> None:
        self.itself = self
        self.freed_in = freed_in

    def __del__(self) -> None:
        self.freed_in.append(threading.get_ident())


def test_knots_are_freed_on_the_windows_thread_however_busy_a_worker_is(
    garbage: Garbage, qtbot: QtBot
) -> None:
    freed_in: list[int] = []

    def work() -> None:
        for _ in range(20_000):
            Knot(freed_in)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert freed_in == []
    qtbot.waitUntil(lambda: len(freed_in) == 20_000)
    assert set(freed_in) == {threading.get_ident()}
