"""The frame of all dialogs: icon, a sentence as title, what happens, buttons at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from judgeapp.gui.tab_order import move
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_DIALOG
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import breakable, frame, label
from judgeapp.system.texts import Texts

WIDTH, SHADOW, SIDE = 580, 24, 24


@dataclass(frozen=True)
class Way:
    """A way out that the person may choose: what it is called and what it does."""

    id: str
    title: str
    what_happens: str


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
        inside = QVBoxLayout(box)
        inside.setContentsMargins(SIDE, SIDE, SIDE, 18)
        inside.setSpacing(16)
        self._scroller = Scroller()
        self.column = self._scroller.column
        self.column.setSpacing(12)
        inside.addWidget(self._scroller, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        inside.addLayout(self._buttons)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Sign(icon, tone, 24, f"{tone}soft"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "heading", wrap=True))
        if body:
            words.addWidget(label(body, "body", "second", wrap=True))
        head.addLayout(words, 1)
        self.column.addLayout(head)
        room = parent.window().width() if parent is not None else WIDTH + 2 * SHADOW
        self.setFixedWidth(min(theme().px(WIDTH) + 2 * SHADOW, max(room, 360)))
        self._scroller.sheet.installEventFilter(self)

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
            words = label(breakable(value), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            column.addLayout(row)
        self.column.addWidget(box)

    def add_buttons(self, *buttons: Button, left: Button | None = None) -> None:
        """Put the buttons at the right, and one at the left."""
        if left is not None:
            self._buttons.addWidget(left)
        self._buttons.addStretch(1)
        for button in buttons:
            self._buttons.addWidget(button)

    def run(self) -> bool:
        """Show it over the dimmed window until it is answered; Esc is the safe way out."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        shade = _Shade(window) if window is not None else None
        self.fit()
        try:
            return self.exec() == QDialog.DialogCode.Accepted
        finally:
            if shade is not None:
                shade.hide()
                shade.deleteLater()
            self.deleteLater()

    def fit(self) -> None:
        """Take the height that is needed now, in the middle of the window.

        Where the window is too low, what is above the buttons scrolls.
        """
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        width = self.width() - 2 * (SHADOW + SIDE + 1)
        needed = self.column.totalHeightForWidth(width)
        if needed < 0:
            needed = self.column.totalSizeHint().height()
        layout = self.layout()
        others = layout.totalMinimumSize().height() if layout is not None else 0
        others -= self._scroller.minimumSizeHint().height()
        most = window.height() + SHADOW if window is not None else others + needed
        self.setFixedHeight(min(others + needed, max(most, others)))
        if window is not None:
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - self.rect().center())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with what is said."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

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
