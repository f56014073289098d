"""Opens the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from judgeapp.gui.start_page import StartPage
from judgeapp.gui.theme import start_theme
from judgeapp.system.texts import load_texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary


def _open_folder(folder: Path) -> ContestSummary:
    from judgeapp.bootstrap import open_contest, start_machine
    from judgeapp.services.contest import summary

    app = open_contest(folder, start_machine())
    try:
        return summary(app)
    finally:
        app.store.close()


def make_start_page(language: str) -> StartPage:
    """Return the start page in ``vi`` or ``en``; an application is running."""
    page = StartPage(load_texts(language), _open_folder)
    page.setWindowTitle(load_texts(language)("gui.title"))
    page.resize(1366, 690)
    return page


def open_window(folder: Path | None = None) -> int:
    """Open the start page, with a contest folder if one is named; return the exit code."""
    from judgeapp.bootstrap import start_machine

    app = QApplication(sys.argv[:1])
    start_theme(app)
    page = make_start_page(start_machine().settings.language)
    page.show()
    if folder is not None:
        page.open(folder)
    return app.exec()
