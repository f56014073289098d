"""The manual in a window of its own: the page of the screen, with links between pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QTextBlockFormat, QTextCursor, QTextDocument
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
    """Shows pictures as wide as the text, sharp on any screen."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Fit a picture into the column."""
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return found
        picture = QImage()
        if not isinstance(found, QByteArray) or not picture.loadFromData(found):
            return found
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 2 * self.document().documentMargin()
        width = round(min(room, picture.width()) * ratio)
        picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture


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
        """Show a page from its beginning."""
        self.page = page
        self.browser.setSearchPaths([str(page.parent)])
        self.browser.setSource(
            QUrl.fromLocalFile(str(page)), QTextDocument.ResourceType.MarkdownResource
        )
        self._set_spacing()
        self.show()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_spacing(self) -> None:
        """Give paragraphs and headings the room that Markdown does not know of."""
        cursor = QTextCursor(self.browser.document())
        cursor.beginEditBlock()
        block = self.browser.document().begin()
        while block.isValid():
            form = QTextBlockFormat()
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
