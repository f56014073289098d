"""After handing in: the receipt code, where the file is, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.pages.desk_top import LEAST_SIZE, PlainBar, reading_column
from judgeapp.gui.tokens import GAP
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import card, frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from judgeapp.services.score_files import Exported


class HandedInPage(QWidget):
    """Shows the receipt of a score file.

    Attributes:
        list_asked: back to the list.
        again_asked: write the same file once more, elsewhere.
        sheet_asked: write the sheet to sign.
    """

    list_asked = Signal()
    again_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*LEAST_SIZE)
        self._texts = texts
        self._file: Path | None = None
        self.top = PlainBar(texts("gui.desk.list"))
        self.top.back.connect(self.list_asked)
        self._sign = Sign("circle-check", "ok", 28, "oksoft")
        self._title = label("", "title", wrap=True)
        self._second = label("", "body", "second", wrap=True)
        self.receipt = label("", "number-l")
        self.receipt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._where = label("", "strong", wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(texts("gui.desk.receipt.copy"), icon="copy")
        self.folder = Button(texts("gui.desk.receipt.folder"), icon="folder-open", kind="primary")
        self.again = Button(texts("gui.desk.receipt.again"), icon="usb")
        self.sheet = Button(texts("gui.desk.sheet"), icon="printer")
        self.sheet.clicked.connect(self.sheet_asked)
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)
        self.again.clicked.connect(self.again_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        body, box = card(24)
        reading_column(self, self.top, body)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._second)
        head.addLayout(words, 1)
        box.addLayout(head)
        sunken = frame("sunken")
        code = QVBoxLayout(sunken)
        code.setContentsMargins(18, 10, 18, 12)
        code.addWidget(label(self._texts("gui.desk.receipt"), "small", "second"))
        code.addWidget(self.receipt)
        code.addWidget(label(self._texts("gui.desk.receipt.read"), "body", "second", wrap=True))
        box.addSpacing(6)
        box.addWidget(sunken)
        box.addSpacing(6)
        box.addWidget(label(self._texts("gui.desk.receipt.where"), "small", "second"))
        box.addWidget(self._where)
        box.addSpacing(8)
        for buttons in ((self.folder, self.again), (self.sheet, self.copy)):
            row = QHBoxLayout()
            row.setSpacing(10)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            box.addLayout(row)
        self._sheet_words = label(
            self._texts("gui.desk.sheet.second"), "small", "second", wrap=True
        )
        box.addWidget(self._sheet_words)

    def show_file(self, written: Exported) -> None:
        """Show what was written and its receipt."""
        texts, whole = self._texts, written.scored == written.of
        self._file = written.file
        self.top.title.setText(texts("gui.desk.handed.bar" if whole else "gui.desk.copied.bar"))
        self.top.second.setText(texts("gui.desk.handed.number", number=written.number))
        self._title.setText(
            texts("gui.desk.handed", count=written.scored)
            if whole
            else texts("gui.desk.copied", count=written.scored, of=written.of)
        )
        self._second.setText(texts("gui.desk.handed.second" if whole else "gui.desk.copied.second"))
        self._sign.set_sign("circle-check" if whole else "info", "ok" if whole else "accent")
        self.receipt.setText(written.receipt)
        self.receipt.setAccessibleName(texts("gui.desk.receipt.spoken", code=written.receipt))
        self._where.setText(str(written.file))
        self._sheet_words.setText(self._texts("gui.desk.sheet.second"))
        self.sheet.setEnabled(True)

    def show_sheet(self, file: Path, pages: int) -> None:
        """Say where the sheet to sign lies."""
        self._sheet_words.setText(self._texts("gui.desk.sheet.done", file=file, pages=pages))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.receipt.text())

    def _open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
