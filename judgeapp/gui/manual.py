"""The manual in a window of its own: the page of the screen, with links between pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.system.paths import resources
from judgeapp.system.texts import Texts

# Screen -> page of the manual; screens that are not named here have a page of their own name.
PAGES = {"panel": "judging", "log": "upkeep"}


def manual_page(screen: str, language: str) -> Path:
    """Return the file that explains a screen; the first page where there is none."""
    folder = resources() / "manual" / language
    found = folder / f"{PAGES.get(screen, screen)}.md"
    return found if found.is_file() else folder / "start.md"


class _Browser(QTextBrowser):
    """Shows pictures as wide as the text, sharp on any screen, each a moment after the words."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Keep the room of a picture, which is read in a turn of its own."""
        url = QUrl(name)
        file = Path(self.source().toLocalFile()).parent / url.path()
        size = QImageReader(str(file)).size()
        if kind != QTextDocument.ResourceType.ImageResource.value or not size.isValid():
            return super().loadResource(kind, name)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        room -= 2 * round(self.document().documentMargin())
        ratio = self.devicePixelRatioF()
        wanted = size.scaled(
            round(min(room, size.width()) * ratio), 10_000, Qt.AspectRatioMode.KeepAspectRatio
        )
        empty = QImage(wanted, QImage.Format.Format_RGB32)
        empty.fill(theme().color("sunken"))
        empty.setDevicePixelRatio(ratio)
        QTimer.singleShot(0, self, lambda: self._fill(url, file, wanted, ratio))
        return empty

    def _fill(self, url: QUrl, file: Path, wanted: QSize, ratio: float) -> None:
        """Put the picture where its room was kept."""
        reader = QImageReader(str(file))
        reader.setScaledSize(wanted)
        picture = reader.read()
        picture.setDevicePixelRatio(ratio)
        kind = QTextDocument.ResourceType.ImageResource.value
        self.document().addResource(kind, url, picture)
        self.viewport().update()


class ManualWindow(QWidget):
    """Shows a page of the manual; Esc closes it, links lead to other pages only."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setWindowTitle(texts("shell.manual"))
        self.browser = _Browser()
        self.browser.setOpenLinks(False)
        self.browser.setOpenExternalLinks(False)
        self.browser.setAccessibleName(texts("shell.manual"))
        self.browser.anchorClicked.connect(self._follow)
        self.browser.setObjectName("reading")
        self.browser.document().setDocumentMargin(24)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        self.resize(theme().px(880), theme().px(680))
        self.page = Path()

    def open(self, page: Path) -> None:
        """Show a page from its beginning; the window is there first, then its words."""
        self.page = page
        self.show()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._show_page)

    def _show_page(self) -> None:
        self.browser.setSearchPaths([str(self.page.parent)])
        self.browser.setSource(
            QUrl.fromLocalFile(str(self.page)), QTextDocument.ResourceType.MarkdownResource
        )
        self._set_spacing()

    def _set_spacing(self) -> None:
        """Give paragraphs and headings the room that Markdown does not know of."""
        cursor = QTextCursor(self.browser.document())
        cursor.beginEditBlock()
        block = self.browser.document().begin()
        while block.isValid():
            form = QTextBlockFormat()
            form.setNonBreakableLines(False)  # commands wrap too
            level = block.blockFormat().headingLevel()
            form.setTopMargin(theme().px(14 if level else 2))
            form.setBottomMargin(theme().px(8 if level or block.textList() is None else 2))
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()
        cursor.setPosition(0)
        self.browser.setTextCursor(cursor)

    def _follow(self, link: QUrl) -> None:
        """Open another page of the same folder; nothing else is ever opened."""
        target = (self.page.parent / link.fileName()).resolve()
        if target.suffix == ".md" and target.parent == self.page.parent.resolve():
            if target.is_file():
                self.open(target)
        elif link.hasFragment():
            self.browser.scrollToAnchor(link.fragment())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
