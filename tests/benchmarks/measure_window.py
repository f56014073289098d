"""How soon the window can be used, against an empty PySide6 window.

Both are processes, from the start of Python on. The window can be used when the start page shows
the recent work and has given the focus to its first button; the empty one when its event loop has
come to rest for the first time. Each says so by a line; how long it takes to end is not measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from judgeapp.system.paths import Paths
from judgeapp.system.recents import Recent, remember
from tests.benchmarks.measures import Measure

LIMIT = 1.5

EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1366, 690)
window.show()
def ready():
    print("ready", flush=True)
    app.quit()
QTimer.singleShot(0, ready)
app.exec()
"""

USABLE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from judgeapp.gui.app import start_window
app = QApplication([])
window = start_window(app)
def look():
    if app.focusWidget() is not None and not window.session.tasks.busy:
        print("ready", flush=True)
        app.quit()
timer = QTimer(interval=1)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure the start on a machine where some contests were open before."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        paths = Paths(home / "settings.json", home / "logs", home / "desks")
        for number in range(5):
            folder = home / f"contest-{number}"
            folder.mkdir()
            remember(paths, Recent(str(folder), "contest", f"Hội thi {number}", "2026-11-25"))
        environment = os.environ | {"JUDGEAPP_HOME": name, "QT_QPA_PLATFORM": "offscreen"}

        def until_ready(code: str) -> float:
            begun = time.perf_counter()
            with subprocess.Popen(
                [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment
            ) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                return time.perf_counter() - begun

        until_ready(USABLE)  # compiles what is not compiled yet
        pairs = [(until_ready(USABLE), until_ready(EMPTY)) for _ in range(1 if quick else 15)]
    return [
        Measure(
            "window",
            statistics.median(usable for usable, _ in pairs),
            "s",
            LIMIT,
            reference="an empty PySide6 window",
            reference_value=statistics.median(empty for _, empty in pairs),
        )
    ]
