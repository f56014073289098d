"""What menus, palette and forms may ask of the main window, which knows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from judgeapp.gui.session import Session

if TYPE_CHECKING:
    from judgeapp.gui.organiser_shell import OrganiserShell
    from judgeapp.gui.palette import Palette


class Window(QMainWindow):
    """The main window as its commands see it.

    Attributes:
        session: of this window.
        shell: the organiser's, while a contest is open.
        palette_open: the palette that was opened last.
    """

    session: Session
    shell: OrganiserShell | None
    palette_open: Palette | None

    def open(self, path: Path) -> None:
        """Open a contest, a pack or a score file, whatever lies at the path."""
        raise NotImplementedError

    def open_contest(self, folder: Path) -> None:
        """Open a contest in the organiser's shell."""
        raise NotImplementedError

    def go_to(self, stem: str) -> None:
        """Open the page of a step, if a contest is open."""
        raise NotImplementedError

    def show_start(self) -> None:
        """Show the start page; an open contest is closed."""
        raise NotImplementedError

    def open_manual(self) -> None:
        """Open the manual at the page of what is seen."""
        raise NotImplementedError

    def use_settings(self, **changes: str) -> None:
        """Change settings at once."""
        raise NotImplementedError
