"""The field in which a mark is typed: large figures; wheel and arrows never change it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit

from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import POINTS_HEIGHT, POINTS_WIDTH
from judgeapp.gui.widgets.text import set_tone

LONGEST = 24
_FIGURES = frozenset("0123456789.,")


class PointsField(QLineEdit):
    """Takes figures, comma and point; every other key is offered to the desk first.

    Attributes:
        moved: +1 for Enter and ↓, -1 for ↑: to the next or previous criterion.
        key_offered: a key that is no figure; what takes it calls ``event.accept()``.
        left: the focus went to another widget of this window.
    """

    moved = Signal(int)
    key_offered = Signal(QKeyEvent)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setObjectName("points")
        self.dress()
        theme().changed.connect(self.dress)

    def dress(self) -> None:
        """Take the size of figures that is in use."""
        self.setFixedSize(theme().px(POINTS_WIDTH), theme().px(POINTS_HEIGHT))

    def refuse(self, refused: bool) -> None:
        """Show whether the text is refused; the text stays."""
        state = "refused" if refused else ""
        if self.property("state") != state:  # a new look costs more than a key may take
            set_tone(self, state, "state")

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the desk: a mark is undone, not a figure."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if not plain:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, offer or take the key; what nobody wants goes into the text and is refused."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.moved.emit(1)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(-1)
        elif text in _FIGURES and text and event.modifiers() in _TYPING:
            super().keyPressEvent(event)
        else:
            event.ignore()
            self.key_offered.emit(event)
            if not event.isAccepted():
                super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the list scroll."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces; coming back from another program does not."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left; another program in front is no leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.left.emit()


_TYPING = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
