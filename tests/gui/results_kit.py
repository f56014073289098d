"""Pages of results on real contests, without a window around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Context

P = TypeVar("P", bound=Page)


@contextmanager
def opened(
    make: Callable[[Session], P], app: Context, qtbot: QtBot, qapp: QApplication, *,
    language: str = "vi",
) -> Iterator[P]:  # fmt: skip
    """Open a page on a contest, loaded; what is refused lands in ``page.refused``."""
    start_theme(qapp)
    settings = replace(app.machine.settings, language=language)  # type: ignore[arg-type]  # vi, en
    session = Session(replace(app.machine, settings=settings))
    session.open(app)
    refusals: list[JudgeError] = []
    session.show_error = refusals.append
    page = make(session)
    page.refused = refusals  # type: ignore[attr-defined]  # for the tests alone
    session.bus.changed.connect(page.on_changed)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1130, 690)
    page.setParent(window)
    page.resize(1130, 690)
    page.first_focus()  # asked before anything is loaded
    page.load()
    window.show()
    settle(page, qtbot)
    yield page
    settle(page, qtbot)
    window.close()


def settle(page: Page, qtbot: QtBot) -> None:
    """Wait until the page has no work left and has shown it."""
    qtbot.waitUntil(lambda: not page.session.tasks.busy, timeout=10_000)


def words(widget: QWidget) -> str:
    """Return all that labels say and that can be seen."""
    QApplication.processEvents()  # what was just put into a layout is shown then
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )
