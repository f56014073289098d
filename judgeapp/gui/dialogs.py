"""The one home of dialogs: asking, choosing, files, and refusals in words.

A dialog is a real, frameless, modal `QDialog` over a dimmed window: icon, a sentence as its title,
what happens to the data, facts in a sunken box, the safe way out as the default.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.gui import icons
from judgeapp.gui.pdf_print import choose_printer
from judgeapp.gui.tab_order import move
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD, RADIUS_DIALOG
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

WIDTH, SHADOW, MOST_ROWS = 580, 24, 8


@dataclass(frozen=True)
class Way:
    """A way out that the person may choose: what it is called and what it does."""

    id: str
    title: str
    what_happens: str


class Dialogs:
    """The dialogs of one window, in the language of its texts.

    Attributes:
        start_in: the folder in which looking for files begins, or None for the last one used.
    """

    def __init__(self, parent: QWidget | None, texts: Texts) -> None:
        self.parent = parent
        self.texts = texts
        self.start_in: Path | None = None

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
        chosen, _ = QFileDialog.getSaveFileName(self._over(), title, name, self._filter(patterns))
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


class MessageDialog(QDialog):
    """The frame of all dialogs; `run` dims the window and returns whether it was accepted."""

    def __init__(
        self, parent: QWidget | None, title: str, body: str, *, icon: str, tone: str
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        box = frame("dialog")
        outer.addWidget(box)
        self.column = QVBoxLayout(box)
        self.column.setContentsMargins(24, 24, 24, 18)
        self.column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(_Sign(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "heading", wrap=True))
        if body:
            words.addWidget(label(body, "body", "second", wrap=True))
        head.addLayout(words, 1)
        self.column.addLayout(head)
        room = parent.window().width() if parent is not None else WIDTH + 2 * SHADOW
        self.setFixedWidth(min(theme().px(WIDTH) + 2 * SHADOW, max(room, 360)))

    def add_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show names and values in a sunken box; values can be copied."""
        if not facts:
            return
        box = frame("sunken")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 10, 16, 10)
        for name, value in facts:
            row = QHBoxLayout()
            if name:
                first = label(name, "small", "second")
                first.setFixedWidth(theme().px(84))
                row.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
            words = label(value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            column.addLayout(row)
        self.column.addWidget(box)

    def add_buttons(self, *buttons: Button, left: Button | None = None) -> None:
        """Put the buttons at the right, and one at the left."""
        row = QHBoxLayout()
        row.setSpacing(10)
        if left is not None:
            row.addWidget(left)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.column.addSpacing(4)
        self.column.addLayout(row)

    def run(self) -> bool:
        """Show it over the dimmed window until it is answered; Esc is the safe way out."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        shade = _Shade(window) if window is not None else None
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        if window is not None:
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - self.rect().center())
        try:
            return self.exec() == QDialog.DialogCode.Accepted
        finally:
            if shade is not None:
                shade.hide()
                shade.deleteLater()
            self.deleteLater()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move(self, forward=next)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft shadow under the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        inner = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).translated(0, 8)
        for step in range(SHADOW - 8, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 6))
            spread = inner.adjusted(-step, -step, step, step)
            painter.drawRoundedRect(spread, RADIUS_DIALOG + step, RADIUS_DIALOG + step)
        painter.end()


class TextDialog(MessageDialog):
    """Asks for words, such as a reason; the button is off until there are some."""

    def __init__(
        self,
        parent: QWidget | None,
        texts: Texts,
        title: str,
        body: str,
        name: str,
        yes: str,
        multiline: bool,
    ) -> None:
        super().__init__(parent, title, body, icon="pencil", tone="accent")
        self.edit: QLineEdit | QPlainTextEdit = QPlainTextEdit() if multiline else QLineEdit()
        self.edit.setAccessibleName(name)
        self.column.addWidget(label(name, "small-strong"))
        self.column.addWidget(self.edit)
        no = Button(texts("shell.not_now"))
        self.yes = Button(yes, kind="primary")
        self.yes.setEnabled(False)
        no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.add_buttons(no, self.yes)
        self.edit.textChanged.connect(lambda *_: self.yes.setEnabled(bool(self.typed)))
        if isinstance(self.edit, QLineEdit):
            self.edit.returnPressed.connect(self._enter)
        else:
            self.edit.setFixedHeight(theme().px(96))
            self.edit.setTabChangesFocus(True)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> str:
        """What stands in the field, without spaces around it."""
        if isinstance(self.edit, QLineEdit):
            return self.edit.text().strip()
        return self.edit.toPlainText().strip()

    def _enter(self) -> None:
        if self.typed:
            self.accept()


class WayButton(Button):
    """A way out as a card: title, and under it what happens."""

    def __init__(self, way: Way) -> None:
        super().__init__("")
        self.setAccessibleName(f"{way.title}. {way.what_happens}")
        self.setMinimumHeight(theme().px(66))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(0)
        for text, role, tone in ((way.title, "strong", ""), (way.what_happens, "small", "second")):
            words: QLabel = label(text, role, tone, wrap=True)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(words)


class _Sign(QWidget):
    """The icon of a dialog on its soft ground."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(f"{self._tone}soft"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)
        painter.drawPixmap(10, 10, icons.pixmap(self._icon, self._tone, 24, 2))
        painter.end()


class _Shade(QWidget):
    """Dims the window under a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one grey over everything."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
        painter.end()
