"""Shows an outline: a PDF as its pages, a DOCX as plain text to read; with zoom and search.

What cannot be shown is said in words, and the system's own program is offered.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.outline_html import outline_html
from judgeapp.gui.outline_pages import PdfPages
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.text import label

if TYPE_CHECKING:
    from judgeapp.domain.outlines import OutlineReading
    from judgeapp.system.progress import Progress

_LEAST_ZOOM, _MOST_ZOOM = -2, 20
_LETTERS_PX, _ZOOM_PX = 15, 2


class OutlineView(QWidget):
    """Shows outlines.

    Attributes:
        failed: the sentence that says why it cannot be shown.
        loaded: it is shown now.
    """

    failed = Signal(str)
    loaded = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.texts = session, session.texts
        self._path: Path | None = None
        self._zoom = 0
        self._reading: OutlineReading | None = None
        self._pdf = PdfPages(self)
        self._pdf.setAccessibleName(self.texts("gui.outline"))
        self._text = QTextBrowser()
        self._text.setAccessibleName(self.texts("gui.outline"))
        self._text.setOpenLinks(False)
        self._text.setObjectName("paper")
        self._words = label("", "body", "second", wrap=True)
        self._open = Button(self.texts("gui.outline.open_outside"), icon="file-text")
        self._open.clicked.connect(self._open_outside)
        self._stack = QStackedWidget()
        for shown in (QWidget(), self._pdf, self._text, self._message()):
            self._stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._tools())
        column.addWidget(self._stack, 1)
        self._pdf.changed.connect(self._show_state)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._focus_search)
        self._show_state()

    def _message(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._open)
        column.addStretch(2)
        return box

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self._back = icon_button("chevron-left", self.texts("gui.outline.page_back"))
        self._on = icon_button("chevron-right", self.texts("gui.outline.page_on"))
        self._where = label("", "small", "second")
        smaller = icon_button("zoom-out", self.texts("gui.outline.smaller"))
        larger = icon_button("zoom-in", self.texts("gui.outline.larger"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.texts("gui.outline.search"))
        self._search.setAccessibleName(self.texts("gui.outline.search"))
        self._search.setMaximumWidth(theme().px(220))
        self._places = label("", "small", "second")
        last = icon_button("chevron-up", self.texts("gui.outline.place_back"))
        after = icon_button("chevron-down", self.texts("gui.outline.place_on"))
        self._back.clicked.connect(lambda: self.turn(-1))
        self._on.clicked.connect(lambda: self.turn(1))
        smaller.clicked.connect(lambda: self.zoom(-1))
        larger.clicked.connect(lambda: self.zoom(1))
        last.clicked.connect(lambda: self.next_place(-1))
        after.clicked.connect(lambda: self.next_place(1))
        self._between = [last, after]
        self._search.textChanged.connect(self._fit_search)
        self._search.textChanged.connect(self.search)
        self._search.returnPressed.connect(lambda: self.next_place(1))
        for widget in (self._back, self._where, self._on, smaller, larger):
            row.addWidget(widget)
        row.addStretch(1)
        for found in (self._search, self._places, last, after):
            row.addWidget(found)
        self._keys = [smaller, larger, self._search, last, after]
        self._fit_search("")
        return row

    def _fit_search(self, typed: str) -> None:
        """Show the keys between places only while something is searched: they take much room."""
        self._search.setMinimumWidth(theme().px(80 if typed else 175))
        for key in self._between:
            key.setVisible(bool(typed))

    # --- which outline -----------------------------------------------------------------------

    def load(self, path: Path) -> None:
        """Show an outline from its beginning."""
        self.clear()
        self._path = path
        self.setAccessibleName(path.name)
        if path.suffix.lower() == ".pdf":
            code = self._pdf.open(path) if path.is_file() else "gone"
            if code is None:
                self._show(1)
                self.loaded.emit()
            else:
                self._refuse(self.texts(f"gui.outline.failed.{code}"))
        elif path.suffix.lower() == ".docx":
            self.session.run(
                partial(_read, path), partial(self._read, path), on_refused=partial(self._no, path)
            )
        else:
            self._refuse(self.texts("gui.outline.failed.kind"))

    def clear(self) -> None:
        """Let the file go and show nothing."""
        self._path = None
        self._search.clear()
        self._pdf.close_file()
        self._reading = None
        self._text.clear()
        self._show(0)

    def _read(self, path: Path, reading: OutlineReading) -> None:
        if path != self._path:
            return
        self._reading = reading
        self._zoom_text(0)
        self._show(2)
        self.loaded.emit()

    def _no(self, path: Path, error: JudgeError) -> None:
        if path == self._path:
            self._refuse(self.texts.error(error))

    def _refuse(self, words: str) -> None:
        self._words.setText(words)
        self._open.setVisible(self._path is not None and self._path.is_file())
        self._show(3)
        self.failed.emit(words)

    def _open_outside(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        proxies: dict[int, QWidget] = {1: self._pdf, 2: self._text, 3: self._open}
        self.setFocusProxy(proxies.get(index, self._stack))
        for key in self._keys:
            key.setEnabled(index in (1, 2))
        self._show_state()

    # --- pages, zoom, search -----------------------------------------------------------------

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages."""
        return self._stack.currentIndex() == 1

    @property
    def text(self) -> str:
        """The words of a DOCX as they are shown."""
        return self._text.toPlainText()

    @property
    def page(self) -> int:
        """The page in view, from 1."""
        return self._pdf.page

    @property
    def pages(self) -> int:
        """How many pages there are; 0 where there are none."""
        return self._pdf.pages if self.is_pdf else 0

    def turn(self, pages: int) -> None:
        """Turn over so many pages."""
        if self.is_pdf:
            self._pdf.turn(pages)
        else:
            bar = self._text.verticalScrollBar()
            bar.setValue(bar.value() + pages * bar.pageStep())

    def zoom(self, steps: int) -> None:
        """Show larger or smaller; 0 as at first."""
        if self.is_pdf:
            self._pdf.zoom(steps)
        else:
            self._zoom_text(self._zoom + _ZOOM_PX * steps if steps else 0)

    def _zoom_text(self, zoom: int) -> None:
        """Write the text anew in another size; the place in view stays."""
        self._zoom = min(max(_LEAST_ZOOM, zoom), _MOST_ZOOM)
        if self._reading is None:
            return
        bar = self._text.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        pixels = theme().px(_LETTERS_PX) + self._zoom
        html = outline_html(self._reading.blocks, self.texts("gui.outline.picture"), pixels)
        if self._reading.cut:
            html += f"<p><b>{self.texts('gui.outline.cut')}</b></p>"
        self._text.setHtml(html)
        bar.setValue(round(share * bar.maximum()))

    def search(self, words: str) -> None:
        """Look for words; the first place is shown."""
        if self.is_pdf:
            self._pdf.search(words.strip())
            return
        cursor = self._text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self._text.setTextCursor(cursor)
        if words.strip():
            found = self._text.find(words.strip())
            self._places.setText("" if found else self.texts("gui.outline.not_found"))
        else:
            self._places.setText("")

    def next_place(self, steps: int) -> None:
        """Show the next or the last place that was found."""
        if self.is_pdf:
            self._pdf.next_place(steps)
            return
        words = self._search.text().strip()
        if not words:
            return
        backward = QTextDocument.FindFlag.FindBackward
        flags = backward if steps < 0 else QTextDocument.FindFlag(0)
        if not self._text.find(words, flags):
            end = QTextCursor.MoveOperation.End if steps < 0 else QTextCursor.MoveOperation.Start
            self._text.moveCursor(end)
            self._text.find(words, flags)

    def _focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _show_state(self) -> None:
        pdf = self.is_pdf
        for widget in (self._back, self._on, self._where):
            widget.setVisible(pdf)
        if not pdf:
            self._places.setText("")
            return
        self._where.setText(self.texts("gui.outline.page", page=self.page, pages=self.pages))
        self._back.setEnabled(self.page > 1)
        self._on.setEnabled(self.page < self.pages)
        at, count = self._pdf.found
        if not self._search.text().strip():
            self._places.setText("")
        elif count:
            self._places.setText(self.texts("gui.outline.place", at=at, count=count))
        else:
            self._places.setText(self.texts("gui.outline.not_found"))


def _read(path: Path, progress: Progress) -> OutlineReading:
    from judgeapp.services.entries_outline import read_outline

    return read_outline(file=path)
