"""The desk fills a small screen by itself, and gives the window back as it was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from judgeapp.gui.pages.desk_score import SMALL_HEIGHT, SMALL_WIDTH


class FillScreen:
    """Switches the window of a page between its own size and the whole screen.

    Where the person left the full screen it stays so until it is asked for again.
    """

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._before: Qt.WindowState | None = None
        self._unwanted = False

    def enter_if_small(self) -> None:
        """Fill the screen if window and screen hold no more than one criterion at a time."""
        window = self._page.window()
        rooms = (self._page.screen().availableSize(), self._page.size())
        small = all(room.width() < SMALL_WIDTH or room.height() < SMALL_HEIGHT for room in rooms)
        if small and window.isVisible() and not self._unwanted and not window.isFullScreen():
            self._fill()

    def leave(self) -> None:
        """Give the window back as it was before it was filled."""
        if self._before is not None:
            self._page.window().setWindowState(self._before)
            self._before = None

    def toggle(self) -> None:
        """Fill the screen, or go back, because the person wants it."""
        if self._page.window().isFullScreen():
            self._unwanted = True
            self._before = self._before or Qt.WindowState.WindowNoState
            self.leave()
        else:
            self._unwanted = False
            self._fill()

    def _fill(self) -> None:
        window = self._page.window()
        self._before = window.windowState()
        window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
