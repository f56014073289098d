"""The one home of dialogs: asking, choosing, files, and refusals in words.

A dialog is a real, frameless, modal `QDialog` over a dimmed window: icon, a sentence as its title,
what happens to the data, facts in a sunken box, the safe way out as the default.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QWidget,
)

from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.gui.message_dialog import MessageDialog, TextDialog, Way, WayButton
from judgeapp.gui.pdf_print import choose_printer
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_ROWS = 8


class Dialogs:
    """The dialogs of one window, in the language of its texts.

    Attributes:
        start_in: the folder in which looking for files begins, or None for the last one used.
        mark: a word that the names of files to be written begin with, as in a rehearsal.
    """

    def __init__(self, parent: QWidget | None, texts: Texts) -> None:
        self.parent = parent
        self.texts = texts
        self.start_in: Path | None = None
        self.mark = ""

    def confirm(
        self,
        title: str,
        body: str,
        yes: str,
        *,
        facts: Sequence[tuple[str, str]] = (),
        danger: bool = False,
    ) -> bool:
        """Ask whether to do what the button ``yes`` says; the safe answer is the default."""
        dialog = MessageDialog(
            self._over(), title, body, icon="triangle-alert" if danger else "info",
            tone="stop" if danger else "accent",
        )  # fmt: skip
        dialog.add_facts(facts)
        no = Button(self.texts("shell.not_now"))
        do = Button(yes, kind="danger" if danger else "primary")
        no.clicked.connect(dialog.reject)
        do.clicked.connect(dialog.accept)
        dialog.add_buttons(no, do)
        (no if danger else do).setFocus(Qt.FocusReason.OtherFocusReason)
        return dialog.run()

    def tell(self, title: str, body: str, facts: Sequence[tuple[str, str]] = ()) -> None:
        """Tell what was done, with facts that can be copied."""
        dialog = MessageDialog(self._over(), title, body, icon="circle-check", tone="ok")
        dialog.add_facts(facts)
        close = Button(self.texts("gui.close"), kind="primary")
        close.clicked.connect(dialog.accept)
        dialog.add_buttons(close)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        dialog.run()

    def choose(self, title: str, body: str, ways: Sequence[Way]) -> str | None:
        """Return the id of the chosen way, or None; none is chosen beforehand."""
        dialog = MessageDialog(self._over(), title, body, icon="info", tone="accent")
        chosen: list[str] = []

        def take(way: str) -> None:
            chosen.append(way)
            dialog.accept()

        for way in ways:
            made = WayButton(way)
            made.clicked.connect(lambda _=False, way=way: take(way.id))
            dialog.column.addWidget(made)
        no = Button(self.texts("shell.not_now"))
        no.clicked.connect(dialog.reject)
        dialog.add_buttons(no)
        no.setFocus(Qt.FocusReason.OtherFocusReason)
        dialog.run()
        return chosen[0] if chosen else None

    def ask_text(
        self, title: str, body: str, label: str, *, yes: str, multiline: bool = False
    ) -> str | None:
        """Return what was typed, stripped and not empty, or None."""
        dialog = TextDialog(self._over(), self.texts, title, body, label, yes, multiline)
        return dialog.typed if dialog.run() else None

    def open_file(self, title: str, patterns: Sequence[str]) -> Path | None:
        """Return an existing file that was chosen; patterns are like ``*.xlsx``."""
        name, _ = QFileDialog.getOpenFileName(
            self._over(), title, self._begin(), self._filter(patterns)
        )
        return Path(name) if name else None

    def open_files(self, title: str, patterns: Sequence[str]) -> list[Path]:
        """Return the existing files that were chosen."""
        names, _ = QFileDialog.getOpenFileNames(
            self._over(), title, self._begin(), self._filter(patterns)
        )
        return [Path(name) for name in names]

    def open_folder(self, title: str) -> Path | None:
        """Return a folder that was chosen."""
        name = QFileDialog.getExistingDirectory(self._over(), title, self._begin())
        return Path(name) if name else None

    def save_file(self, title: str, name: str, patterns: Sequence[str]) -> Path | None:
        """Return where to write; the dialog has asked before a file is replaced."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._over(), title, f"{self.mark} {name}".strip(), self._filter(patterns)
        )
        return Path(chosen) if chosen else None

    def ask_printer(
        self, title: str, *, pages: int, landscape: bool = False, ranges: bool = True
    ) -> QPrinter | None:
        """Return a printer that was chosen for A4 sheets; with ``ranges`` for some of them."""
        return choose_printer(self._over(), title, (pages, landscape, ranges))

    def show_error(self, error: JudgeError) -> None:
        """Say what was refused: what happened, to which file, what to do; details can be copied."""
        sentence = self.texts.error(error)
        title, body = _first_sentence(sentence)
        dialog = MessageDialog(self._over(), title, body, icon="octagon-alert", tone="stop")
        rows = error.rows if isinstance(error, BadRows) else ()
        facts = [(self.texts("shell.fact.file"), error.file)] if error.file else []
        facts += [(row.place or "", self.texts.error(row)) for row in rows[:MOST_ROWS]]
        dialog.add_facts([(name, value) for name, value in facts if value])
        if len(rows) > MOST_ROWS:
            more = self.texts("shell.more_rows", count=len(rows) - MOST_ROWS)
            dialog.column.addWidget(label(more, "small", "second"))
        copy = Button(self.texts("shell.copy_details"), kind="ghost", icon="copy")
        details = "\n".join([sentence, *(self.texts.error(row) for row in rows), error.code])
        copy.clicked.connect(lambda: QApplication.clipboard().setText(details))
        close = Button(self.texts("gui.close"), kind="primary")
        close.clicked.connect(dialog.accept)
        dialog.add_buttons(close, left=copy)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        dialog.run()

    def _begin(self) -> str:
        return str(self.start_in) if self.start_in is not None else ""

    def _over(self) -> QWidget | None:
        active = QApplication.activeWindow()
        # A dialog that was just closed may still count as active, and is about to be deleted.
        return active if active is not None and active.isVisible() else self.parent

    def _filter(self, patterns: Sequence[str]) -> str:
        if not patterns:
            return ""
        every = self.texts("shell.all_files")
        return f"{self.texts('shell.files')} ({' '.join(patterns)});;{every} (*)"


def _first_sentence(text: str) -> tuple[str, str]:
    """Split off the first sentence, for the title; a title has no full stop."""
    first, _, rest = (part.strip() for part in re.sub(r"\. ", "\n", text, count=1).partition("\n"))
    return first.removesuffix("."), rest
