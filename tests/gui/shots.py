"""Pictures of every page of a contest, to look at beside the pictures of the design.

`python -m tests.gui.shots CONTEST FOLDER --size 1366x690 --theme dark` writes ``people.png`` and
so on. A content of 1093x545 is a small laptop at 125 %, 911x440 the same at 150 %: give the
scaling as ``QT_SCALE_FACTOR``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from judgeapp.bootstrap import start_machine
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.pages.registry import STEPS
from judgeapp.gui.theme import start_theme

SETTLED_MS = 350


def rest(milliseconds: int = SETTLED_MS) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until_idle(window: MainWindow, seconds: float = 20) -> None:
    """Let the window finish its background work."""
    for _ in range(int(seconds * 20)):
        rest(50)
        if not window.session.tasks.busy:
            break
    rest()


def pages_of(window: MainWindow, steps: tuple[str, ...] = STEPS) -> Iterator[tuple[str, QWidget]]:
    """Open each page of the contest in turn and give it, loaded."""
    for step in steps:
        window.go_to(step)
        wait_until_idle(window)
        assert window.shell is not None
        page = window.shell.page
        assert page is not None
        yield step, page


class DialogShots(QTimer):
    """Takes a picture of each dialog that comes up, and closes it: it would wait for a person."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._number = count(1)
        self.setInterval(SETTLED_MS)
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.grab().save(str(self._folder / f"dialog-{next(self._number)}.png"))
            dialog.reject()


def take_pictures(window: MainWindow, contest: Path, folder: Path, steps: Iterable[str]) -> None:
    """Write a picture of the start page, of each step's page, and of what asks in between."""
    folder.mkdir(parents=True, exist_ok=True)
    dialogs = DialogShots(folder)
    wait_until_idle(window)
    window.grab().save(str(folder / "start.png"))
    window.open(contest)
    wait_until_idle(window)
    if window.shell is not None:
        for step, _ in pages_of(window, tuple(steps)):
            window.grab().save(str(folder / f"{step}.png"))
    dialogs.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contest", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1366x690")
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--lang", default="vi", choices=("vi", "en"))
    parser.add_argument("--text", default="normal", choices=("normal", "large", "larger"))
    parser.add_argument("--steps", nargs="*", default=list(STEPS))
    asked = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    machine = start_machine()
    settings = replace(
        machine.settings, language=asked.lang, theme=asked.theme, text_size=asked.text
    )
    start_theme(app).use(asked.theme, asked.text)
    window = MainWindow(replace(machine, settings=settings))
    width, height = (int(part) for part in asked.size.split("x"))
    window.resize(width, height)
    window.show()
    take_pictures(window, asked.contest, asked.folder, asked.steps)
    window.close()


if __name__ == "__main__":
    main()
