"""Papers on their way out of a page: onto a printer that the person chooses, or into a PDF file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from judgeapp.gui.pdf_print import page_count, paint
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.files import write_atomically
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from judgeapp.gui.long_work import LongWork
    from judgeapp.gui.page import Page

Make = Callable[[Progress], bytes]


class PaperOut:
    """Asks where a paper goes, makes it in the background, and brings it there."""

    def __init__(self, page: Page, work: LongWork) -> None:
        self._page, self._session, self._work = page, page.session, work

    def offer(
        self, button: Button, title: str, file_name: str, make: Make, *, landscape: bool = False
    ) -> None:
        """Ask below the button whether to print or to keep as a file, and do it."""
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = self._session.texts
        menu.addAction(texts("gui.paper.print")).triggered.connect(
            lambda: self.to_printer(title, make, landscape=landscape)
        )
        menu.addAction(texts("gui.paper.pdf")).triggered.connect(
            lambda: self.to_file(file_name, make)
        )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def to_file(self, file_name: str, make: Make) -> None:
        """Ask for a place, and write the PDF there."""
        file = ask_pdf(self._page, file_name)
        if file is None:
            return

        def work(progress: Progress) -> Path:
            write_atomically(file, make(progress))
            return file

        texts = self._session.texts
        self._work.run(texts("gui.paper.making"), work, self._kept)

    def to_printer(self, title: str, make: Make, *, landscape: bool) -> None:
        """Make the PDF, ask for a printer, and print it there."""

        def ask(pdf: bytes) -> None:
            printer = self._session.dialogs.ask_printer(
                title, pages=page_count(pdf), landscape=landscape
            )
            if printer is not None:
                self.print_now(printer, pdf)

        self._work.run(self._session.texts("gui.paper.making"), make, ask)

    def print_now(
        self, printer: QPrinter, pdf: bytes, done: Callable[[int], None] | None = None
    ) -> None:
        """Print a PDF in the background and say so."""
        texts = self._session.texts

        def printed(count: int) -> None:
            Toast.show_in(self._page.window(), texts("gui.paper.printed", count=count))
            if done is not None:
                done(count)

        self._work.run(
            texts("gui.paper.printing"), lambda progress: paint(printer, pdf, progress), printed
        )

    def _kept(self, file: Path) -> None:
        told_file(self._page, file, self._session.texts("gui.paper.kept", file=file.name))


def told_file(page: Page, where: Path, words: str) -> None:
    """Say that something was written, with a way to open it."""
    Toast.show_in(page.window(), words, page.texts("gui.paper.open"), lambda: open_file(where))


def ask_pdf(page: Page, name: str) -> Path | None:
    """Ask where to keep a PDF; its ending is added where it was left out."""
    out = page.session.dialogs.save_file(page.texts("gui.paper.where"), f"{name}.pdf", ["*.pdf"])
    if out is None or out.suffix.casefold() == ".pdf":
        return out
    return out.with_name(f"{out.name}.pdf")


def open_file(file: Path) -> None:
    """Open a file or folder with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
