"""A judge's comment on the whole entry, below its criteria; stored when it is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.desk_typing import Key, Typing, entry_key
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

MAX_COMMENT = 2000


class _Words(QPlainTextEdit):
    """Some lines of text; Tab goes on.

    Attributes:
        left: the focus went elsewhere.
    """

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class EntryComment(QFrame):
    """Takes the comment on one entry after the other."""

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("card")
        self._typing = typing
        self._key: Key | None = None
        self.words = _Words()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(texts("gui.desk.entry_comment"))
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setFixedHeight(theme().px(64))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(texts("gui.desk.entry_comment"), "strong", wrap=True), 1)
        head.addWidget(label(texts("gui.desk.entry_comment.free"), "small", "second"))
        column.addLayout(head)
        column.addWidget(self.words)
        self.words.left.connect(self.store)

    def show_entry(self, contestant: ContestantId) -> None:
        """Show what was said of an entry; what was typed on the one before is stored."""
        self.store()
        self._key = entry_key(contestant, "comment")
        self.words.setPlainText(self._typing.comment(self._key))

    def store(self) -> None:
        """Bring what was typed to the disk."""
        if self._key is not None:
            self._typing.say(self._key, self.words.toPlainText()[:MAX_COMMENT])
