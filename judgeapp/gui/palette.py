"""Ctrl K: finds steps, actions and contestants by their names, and does what is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from judgeapp.domain.names import bare_key
from judgeapp.gui import icons
from judgeapp.gui.palette_entry import Entry
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.texts import Texts

MOST, WIDTH, ROW = 60, 560, 38


def find(typed: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries whose words begin with the typed ones, with or without diacritics.

    What has the words with the very diacritics comes first; then in the order given.
    """
    exact = typed.casefold().split()
    wanted = bare_key(typed).split()
    found = []
    for index, entry in enumerate(entries):
        words = bare_key(f"{entry.title} {entry.second}").split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            whole = entry.title.casefold()
            found.append((not all(part in whole for part in exact), index, entry))
    return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])]


class Palette(QDialog):
    """A field and what it finds; arrows choose while the field keeps the focus."""

    def __init__(self, parent: QWidget, texts: Texts, entries: Iterable[Entry]) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(texts("shell.palette"))
        self._entries = list(entries)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        box = frame("card")
        outer.addWidget(box)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 10, 10, 10)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(texts("shell.palette.hint"))
        self.edit.setAccessibleName(texts("shell.palette"))
        self.list = QListWidget()
        self.list.setAccessibleName(texts("shell.palette.found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(20, 20))
        self.nothing = label(texts("shell.palette.nothing"), "body", "second")
        column.addWidget(self.edit)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.edit.textChanged.connect(self._show)
        self.edit.installEventFilter(self)
        self.list.itemClicked.connect(self._do)
        self.list.itemActivated.connect(self._do)
        self._show("")

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in more that can be found, as it becomes known."""
        self._entries += entries
        self._show(self.edit.text())

    def open_over(self, window: QWidget) -> None:
        """Show it at the top of a window."""
        width = min(theme().px(WIDTH), window.width() - 32)
        height = min(theme().px(420), window.height() - 48)
        self.resize(width, height)
        place = QPoint((window.width() - width) // 2, max(12, window.height() // 10))
        self.move(window.mapToGlobal(place))
        self.show()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self, typed: str) -> None:
        self._found = find(typed, self._entries)[:MOST]
        self.list.clear()
        for entry in self._found:
            words = f"{entry.title}   ·   {entry.second}" if entry.second else entry.title
            item = QListWidgetItem(icons.icon(entry.icon), words)
            item.setSizeHint(QSize(100, theme().px(ROW)))
            self.list.addItem(item)
        self.list.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)
        if self._found:
            self.list.setCurrentRow(0)

    def _do(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            entry = self._found[row]
            self.close()
            entry.do()

    def event(self, event: QEvent) -> bool:
        """Close when the person turns to another window."""
        if event.type() == QEvent.Type.WindowDeactivate and self.isVisible():
            # Not at once: it may be on its way out already, and Qt then deletes it twice.
            QTimer.singleShot(0, self, self.close)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter does, Esc closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._found:
                self.list.setCurrentRow((self.list.currentRow() + step) % len(self._found))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do()
                return True
        return super().eventFilter(watched, event)
