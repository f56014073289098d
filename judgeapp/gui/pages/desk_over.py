"""Cards that lie over the desk for a moment: the list of keys, and reporting a problem."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.packs import PackEntry
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

KEYS = (
    "figures", "enter", "up", "entries", "undo", "play", "skip", "speed", "loop", "full", "note",
    "screen", "player", "help",
)  # fmt: skip
PROBLEMS = ("picture", "sound", "person", "outline", "conflict", "other")
_LONGEST = 1500
_WIDTH, _TWO_COLUMNS = 560, 880


class OverCard(QFrame):
    """A card in the middle of its page; Esc and the cross close it.

    Attributes:
        closed: the person is done with it.
        content: what scrolls where it is too high.
    """

    closed = Signal()

    def __init__(self, texts: Texts, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(22, 16, 22, 18)
        head = QHBoxLayout()
        head.addWidget(label(title, "heading", wrap=True), 1)
        close = icon_button("x", texts("gui.close"))
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.content = QWidget()
        self._scroll = scrolling(self.content, sideways=True)
        self.column.addWidget(self._scroll, 1)

    def wanted_size(self) -> QSize:
        """Return the size at which nothing scrolls."""
        return self.content.sizeHint() + QSize(60, 100)

    def place(self) -> None:
        """Stand in the middle of the page."""
        parent = self.parentWidget()
        if parent is not None:
            self.resize(self.wanted_size().boundedTo(parent.size() - QSize(16, 16)))
            self.move(
                max((parent.width() - self.width()) // 2, 0),
                max((parent.height() - self.height()) // 2, 0),
            )
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it; no other key goes on to the desk below."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()


class KeysCard(OverCard):
    """Two columns: key and what it does."""

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(texts, texts("gui.desk.keys"), parent)
        grid = QGridLayout(self.content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        half = len(KEYS) if parent.width() < theme().px(_TWO_COLUMNS) else (len(KEYS) + 1) // 2
        for number, key in enumerate(KEYS):
            row, side = number % half, 2 * (number // half)
            grid.addWidget(label(texts(f"gui.desk.keys.{key}"), "strong"), row, side)
            grid.addWidget(label(texts(f"gui.desk.keys.{key}.what"), "body"), row, side + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and "?" close it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() == "?":
            self.closed.emit()
        super().keyPressEvent(event)


class ProblemCard(OverCard):
    """Asks what is wrong with an entry.

    Attributes:
        reported: the sentence for the organiser; empty takes the report back.
    """

    reported = Signal(str)

    def __init__(self, texts: Texts, entry: PackEntry, stored: str, parent: QWidget) -> None:
        title = texts("gui.desk.problem.title", number=entry.id, name=entry.name)
        super().__init__(texts, title, parent)
        self._texts = texts
        inside = QVBoxLayout(self.content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.setSpacing(10)
        inside.addWidget(label(texts("gui.desk.problem.second"), "body", "second", wrap=True))
        if stored:
            words = texts("gui.desk.problem.stored", problem=stored)
            inside.addWidget(label(words, "strong", wrap=True))
        self.kinds = OptionCards(
            [Option(kind, texts(f"gui.desk.problem.{kind}")) for kind in PROBLEMS],
            accessible_name=texts("gui.desk.problem.what"),
        )
        self.detail = QLineEdit()
        self.detail.setMaxLength(_LONGEST)
        self.detail.setPlaceholderText(texts("gui.desk.problem.detail"))
        self.detail.setAccessibleName(texts("gui.desk.problem.detail"))
        inside.addWidget(self.kinds)
        inside.addWidget(self.detail)
        inside.addStretch(1)
        self.send = Button(texts("gui.desk.problem.send"), kind="primary", icon="flag")
        self.take_back = Button(texts("gui.desk.problem.take_back"), icon="undo-2")
        self.take_back.setVisible(bool(stored))
        row = QHBoxLayout()
        row.setSpacing(10)
        self._why = label(texts("gui.desk.problem.choose"), "small", "second", wrap=True)
        row.addWidget(self._why, 1)
        row.addWidget(self.take_back)
        row.addWidget(self.send)
        self.column.addLayout(row)
        self.kinds.chosen.connect(lambda _: self._allow())
        self.detail.textChanged.connect(lambda _: self._allow())
        self.detail.returnPressed.connect(self._send)
        self.send.clicked.connect(self._send)
        self.take_back.clicked.connect(lambda: self.reported.emit(""))
        self._allow()

    def wanted_size(self) -> QSize:
        """Return the size at which nothing scrolls."""
        layout = self.content.layout()
        height = layout.totalHeightForWidth(_WIDTH - 50) if layout else 0
        return QSize(_WIDTH, max(height, self.content.sizeHint().height()) + 124)

    @property
    def sentence(self) -> str:
        """What the organiser will read, or empty while it is not said."""
        kind, detail = self.kinds.current, self.detail.text().strip()
        if kind is None or (kind == "other" and not detail):
            return ""
        if kind == "other":
            return detail
        words = self._texts(f"gui.desk.problem.{kind}")
        return f"{words}. {detail}" if detail else f"{words}."

    def _allow(self) -> None:
        self.send.setEnabled(bool(self.sentence))
        self._why.setVisible(not self.sentence)
        if self.kinds.current == "other":
            self._why.setText(self._texts("gui.desk.problem.say"))

    def _send(self) -> None:
        if self.sentence:
            self.reported.emit(self.sentence)
