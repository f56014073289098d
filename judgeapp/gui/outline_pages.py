"""The pages of a PDF outline: turned, zoomed and searched, on white paper in both themes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

_ZOOM_STEP, _LEAST_ZOOM, _MOST_ZOOM = 1.2, 0.25, 5.0
_FAILURES = {
    QPdfDocument.Error.IncorrectPassword: "password",
    QPdfDocument.Error.UnsupportedSecurityScheme: "password",
    QPdfDocument.Error.FileNotFound: "gone",
}


class PdfPages(QPdfView):
    """Shows a PDF.

    Attributes:
        changed: page, number of pages, zoom or search results are others now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self._document)
        self._found = -1
        self.setDocument(self._document)
        self.setSearchModel(self._search)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setFrameShape(QPdfView.Shape.NoFrame)
        self.pageNavigator().currentPageChanged.connect(self.changed)
        self._search.countChanged.connect(self._counted)

    def open(self, path: Path) -> str | None:
        """Show a PDF from its first page; return a code if it cannot be shown."""
        self._found = -1
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        error = self._document.load(str(path))
        if error != QPdfDocument.Error.None_:
            return _FAILURES.get(error, "damaged")
        self.changed.emit()
        return None

    def close_file(self) -> None:
        """Let the file go."""
        self._search.setSearchString("")
        self._document.close()

    @property
    def page(self) -> int:
        """The page in view, from 1."""
        return self.pageNavigator().currentPage() + 1

    @property
    def pages(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def turn(self, pages: int) -> None:
        """Turn over so many pages."""
        target = min(max(1, self.page + pages), max(1, self.pages))
        self.pageNavigator().jump(target - 1, QPointF(), 0)

    def zoom(self, steps: int) -> None:
        """Show larger or smaller; 0 fits the width again."""
        if steps == 0:
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        else:
            now = self._factor()
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            factor = now * _ZOOM_STEP**steps
            self.setZoomFactor(min(max(_LEAST_ZOOM, factor), _MOST_ZOOM))
        self.changed.emit()

    def _factor(self) -> float:
        if self.zoomMode() == QPdfView.ZoomMode.Custom:
            return self.zoomFactor()
        wide = self._document.pagePointSize(max(0, self.page - 1)).width()
        dots = self.logicalDpiX() / 72
        return max(_LEAST_ZOOM, (self.viewport().width() - 12) / (wide * dots)) if wide else 1.0

    @property
    def found(self) -> tuple[int, int]:
        """Which place is shown, from 1 (0: none), and how many there are."""
        return self._found + 1, self._search.rowCount(self._search.index(-1, -1))

    def search(self, words: str) -> None:
        """Look for words in all pages; the first place is shown as it is found."""
        self._found = -1
        self.setCurrentSearchResultIndex(-1)
        self._search.setSearchString(words)
        self.changed.emit()

    def next_place(self, steps: int) -> None:
        """Show the next or the last place that was found."""
        count = self.found[1]
        if count:
            self._found = (self._found + steps) % count
            self.setCurrentSearchResultIndex(self._found)
            place = self._search.resultAtIndex(self._found)
            self.pageNavigator().jump(place.page(), place.location(), 0)
        self.changed.emit()

    def _counted(self) -> None:
        if self._found < 0 and self.found[1]:
            self.next_place(1)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − zoom, 0 fits the width; the rest scrolls."""
        steps = {
            Qt.Key.Key_Plus: 1,
            Qt.Key.Key_Equal: 1,
            Qt.Key.Key_Minus: -1,
            Qt.Key.Key_0: 0,
        }.get(Qt.Key(event.key()))
        if steps is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(steps)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
