"""Toast: "done, undo" for eight seconds at the bottom left; the log says it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QSizePolicy, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import frame, label

_SHADE = 20


def _shadow(parent: QWidget) -> QGraphicsDropShadowEffect:
    """Return the soft shadow of what floats."""
    made = QGraphicsDropShadowEffect(parent)
    made.setBlurRadius(24)
    made.setOffset(0, 8)
    ink = QColor("black")
    ink.setAlphaF(0.5 if theme().color("surface").lightness() < 128 else 0.18)
    made.setColor(ink)
    return made


class Toast(QWidget):
    """One at a time in a window; it takes no focus and stays while the pointer or focus is on it.

    Attributes:
        MILLISECONDS: how long it stays.
    """

    MILLISECONDS: ClassVar[int] = 8000
    _MARGIN = 24

    def __init__(
        self,
        window: QWidget,
        text: str,
        undo_text: str | None = None,
        on_undo: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setAccessibleName(text)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(_SHADE, _SHADE // 2, _SHADE, _SHADE)
        box = frame("dialog")
        box.setGraphicsEffect(_shadow(box))
        outer.addWidget(box)
        row = QHBoxLayout(box)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(Sign("circle-check", "ok", 18))
        self._words = label(text, wrap=False)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self._words, 1)
        self._in_one_line = 0
        self._on_undo = on_undo
        if undo_text and on_undo is not None:
            button = Button(undo_text, kind="ghost")
            button.clicked.connect(self._undo)
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        window.installEventFilter(self)

    @classmethod
    def show_in(
        cls,
        window: QWidget,
        text: str,
        undo_text: str | None = None,
        on_undo: Callable[[], object] | None = None,
    ) -> Toast:
        """Show one in a window, in place of the one before."""
        for before in window.findChildren(Toast):
            before.vanish()
        made = cls(window, text, undo_text, on_undo)
        made.show()
        made._place()
        QTimer.singleShot(0, made, made._place)  # words that wrap know their height only then
        made.raise_()
        made._timer.start(cls.MILLISECONDS)
        return made

    def vanish(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _undo(self) -> None:
        undo = self._on_undo
        self.vanish()
        if undo is not None:
            undo()

    def _over(self) -> None:
        over = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        if over or self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._timer.start(1000)
            return
        self.vanish()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        margin = theme().px(self._MARGIN)
        room = max(parent.width() - 2 * margin + 2 * _SHADE, 1)
        if not self._in_one_line:
            self._in_one_line = self.sizeHint().width()
        self._words.setWordWrap(self._in_one_line > room)
        width = min(self._in_one_line, room)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        foot = self._foot(parent)
        self.setGeometry(margin - _SHADE, foot - height - margin + _SHADE, width, height)

    @staticmethod
    def _foot(parent: QWidget) -> int:
        """Return where the window ends for a toast: above a bar, whose words are to be read."""
        bars = [bar for bar in parent.findChildren(QFrame, "bar") if bar.isVisible()]
        return min((bar.mapTo(parent, QPoint()).y() for bar in bars), default=parent.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom left when the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc sends it away when the focus is on it."""
        if event.key() == Qt.Key.Key_Escape:
            self.vanish()
            return
        super().keyPressEvent(event)
