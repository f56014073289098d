"""What every page of the organiser looks like: header, content, bottom bar, drawer.

The header has a title, one line of summary and at most two actions. The bottom bar is there only
while something waits for a decision. The drawer stands at the right where 640 px stay for the
content, else it covers; Esc closes it and the focus goes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judgeapp.gui.alive import alive
from judgeapp.gui.page_head import PageHead
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP, MARGIN
from judgeapp.gui.widgets.button import DRAWER_LEADS, Button, icon_button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.text import clear, frame, label

if TYPE_CHECKING:
    from judgeapp.services.context import Kind

DRAWER_WIDTH, LEAST_CONTENT = 424, 640


class Page(QWidget):
    """A page of the organiser.

    Subclasses build their content into ``self.content`` once, and show data in `load`, which runs
    when the page is opened and whenever one of ``kinds`` changed.

    Attributes:
        step: the step of the rail that it belongs to.
        kinds: names of `Kind` members that it shows, such as ``PEOPLE``.
    """

    step: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.texts = session.texts
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        outer.addLayout(column, 1)
        scroller = Scroller()
        column.addWidget(scroller, 1)
        self._scroller = scroller
        inner = scroller.column
        inner.setContentsMargins(MARGIN, 18, MARGIN, GAP)
        inner.setSpacing(GAP)
        self._page_head = PageHead(title)
        inner.addWidget(self._page_head)
        self.content = QVBoxLayout()
        self.content.setSpacing(GAP)
        inner.addLayout(self.content, 1)
        self._bar = frame("bar")
        self._bar_row = QHBoxLayout(self._bar)
        self._bar_row.setContentsMargins(MARGIN, 10, MARGIN, 10)
        self._bar.hide()
        column.addWidget(self._bar)
        self._empty: EmptyState | None = None
        self._drawer: QFrame | None = None
        self._focus_before: QWidget | None = None
        self._is_there: Callable[[], bool] = lambda: False
        self._outer = outer

    def load(self) -> None:
        """Read what the page shows, in the background, and show it."""

    def on_changed(self, kinds: Iterable[Kind]) -> None:
        """Load again if something that the page shows has changed."""
        if self.kinds & {kind.name for kind in kinds}:
            self.load()

    def first_focus(self) -> QWidget | None:
        """Return the first useful thing, which gets the focus when the page opens."""
        return None

    def reveal(self, widget: QWidget) -> None:
        """Scroll to something, once what was just shown has its place."""
        QTimer.singleShot(0, self, lambda: self._scroller.ensureWidgetVisible(widget, 0, GAP))

    def say_empty(self, words: EmptyState | None) -> None:
        """Say why nothing is to be shown, or take that away; the page hides its other content."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = words
        if words is not None:
            self.content.addWidget(words, 1)

    @property
    def is_empty(self) -> bool:
        """Whether the page says that there is nothing to show."""
        return self._empty is not None

    def set_title(self, text: str) -> None:
        """Change the title."""
        self._page_head.set_title(text)

    def set_summary(self, text: str) -> None:
        """Say in one line what stands here."""
        self._page_head.set_summary(text)

    def set_actions(self, *buttons: QWidget) -> None:
        """Put at most two actions into the header, and what chooses the view before them."""
        self._page_head.set_actions(*buttons)

    def show_bar(self, sentence: str, *buttons: Button) -> QLabel:
        """Show the bottom bar: what will happen, a way out, and the main button at the right."""
        clear(self._bar_row)
        words = label(sentence, wrap=True)
        self._bar_row.addWidget(words, 1)
        for button in buttons:
            self._bar_row.addWidget(button)
        self._bar.show()
        return words

    def hide_bar(self) -> None:
        """Take the bottom bar away: nothing waits for a decision."""
        self._bar.hide()

    def open_drawer(self, content: QWidget, title: str, *, second: str = "") -> None:
        """Show something at the right; its first useful thing gets the focus."""
        if self._drawer is None:
            self._remember_focus()
        self._remove_drawer()
        drawer = frame("drawer")
        drawer.setParent(self)
        column = QVBoxLayout(drawer)
        column.setContentsMargins(18, 14, 18, 14)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "heading", wrap=True))
        if second:
            words.addWidget(label(second, "small", "second", wrap=True))
        head.addLayout(words, 1)
        close = icon_button("x", self.texts("gui.close"))
        close.clicked.connect(self.close_drawer)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        scroller = Scroller()
        scroller.column.addWidget(content, 1)
        column.addWidget(scroller, 1)
        self._drawer = drawer
        self._let_lead(any(b.kind == "primary" for b in content.findChildren(Button)))
        self._place_drawer()
        drawer.show()
        content.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_drawer(self) -> None:
        """Take the drawer away and give the focus back, if what had it is still there."""
        self._remove_drawer()
        before = self._focus_before if self._is_there() else self.first_focus()
        if self._focus_before is not None and before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None

    def _remember_focus(self) -> None:
        before = self._focus_before = self.window().focusWidget()
        self._is_there = alive(before) if before is not None else lambda: False

    @property
    def drawer_is_open(self) -> bool:
        """Whether a drawer is shown."""
        return self._drawer is not None

    def _remove_drawer(self) -> None:
        if self._drawer is not None:
            self._outer.removeWidget(self._drawer)
            self._drawer.hide()
            self._drawer.deleteLater()
            self._drawer = None
            self._let_lead(False)

    def _let_lead(self, drawer: bool) -> None:
        self.setProperty(DRAWER_LEADS, drawer)
        self.update()

    def _place_drawer(self) -> None:
        if self._drawer is None:
            return
        width = theme().px(DRAWER_WIDTH)
        self._drawer.setFixedWidth(min(width, max(self.width(), 1)))
        beside = self.width() - width >= LEAST_CONTENT
        if beside:
            if self._outer.indexOf(self._drawer) < 0:
                self._outer.addWidget(self._drawer)
            return
        self._outer.removeWidget(self._drawer)
        shown = self._drawer.width()
        self._drawer.setGeometry(self.width() - shown, 0, shown, self.height())
        self._drawer.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the drawer stand beside the content or cover it."""
        super().resizeEvent(event)
        self._place_drawer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer."""
        if event.key() == Qt.Key.Key_Escape and self.drawer_is_open:
            self.close_drawer()
            return
        super().keyPressEvent(event)
