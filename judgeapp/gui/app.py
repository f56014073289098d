"""Opens the window: on the start page, or with a contest or a pack."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtWidgets import QApplication

from judgeapp.gui.garbage import Garbage
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.theme import start_theme


def open_window(place: Path | None = None) -> int:
    """Open the window, with the contest or pack that is named; return the exit code."""
    app = QApplication(sys.argv[:1])
    window = start_window(app)
    if place is not None:
        window.open(place)
    return app.exec()


def start_window(app: QApplication) -> MainWindow:
    """Show the window on its start page."""
    from judgeapp.bootstrap import start_machine

    # What FFmpeg finds in each clip is for developers, who can ask by QT_LOGGING_RULES.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    Garbage(app)
    machine = start_machine()
    start_theme(app).use(machine.settings.theme, machine.settings.text_size)
    window = MainWindow(machine)
    app.setApplicationDisplayName(window.session.texts("gui.title"))
    window.show()
    return window
