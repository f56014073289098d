"""Papers that leave a page: the menu below a button, a printer that writes a file, their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.gui.page import Page
from judgeapp.gui.pdf_print import a4_printer
from judgeapp.gui.widgets.options import OptionCards
from tests.gui.results_kit import settle


def choose_in_menu(button: QWidget, words: str) -> None:
    """Choose an entry of the menu that a button opened."""
    menu = button.findChildren(QMenu)[-1]
    action = next(item for item in menu.actions() if item.text() == words)
    assert action.isEnabled()
    action.trigger()
    menu.close()


def click_option(cards: OptionCards, ident: str) -> None:
    """Click one of stacked cards."""
    found = cards.findChildren(QAbstractButton)
    next(card for card in found if card.option.id == ident).click()  # type: ignore[attr-defined]


def keep_as(page: Page, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person answer where to keep a file."""
    monkeypatch.setattr(page.session.dialogs, "save_file", lambda *a, **k: file)


def print_into(page: Page, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the person choose a printer that prints into a PDF."""

    def ask(title: str, *, pages: int, landscape: bool = False, ranges: bool = True) -> QPrinter:
        printer = a4_printer(landscape=landscape, pages=pages)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(100)
        return printer

    monkeypatch.setattr(page.session.dialogs, "ask_printer", ask)


def printed_pages(file: Path) -> list[tuple[int, int]]:
    """Return the sizes of the sheets that came out, in mm."""
    return [
        (
            round(float(page.mediabox.width) / 72 * 25.4),
            round(float(page.mediabox.height) / 72 * 25.4),
        )
        for page in PdfReader(file).pages
    ]


def pdf_words(file: Path) -> str:
    """Return the words of a PDF, blanks and breaks made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def settled(page: Page, qtbot: QtBot) -> None:
    """Wait for work, and for the work that its answer begins."""
    settle(page, qtbot)
    settle(page, qtbot)
