"""Top bars of the judge's pages: way back, whose entry, how far, saved when."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from judgeapp.domain.packs import PackEntry
from judgeapp.gui.pages.desk_typing import Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import MARGIN
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.strip import Strip
from judgeapp.gui.widgets.text import TEXT_COLUMN, label, set_tone
from judgeapp.system.clock import shown_time
from judgeapp.system.texts import Texts

TIGHT = 760
LEAST_SIZE = (320, 240)  # a window may be made smaller than what is shown; it is arranged anew then


def counts(texts: Texts, typing: Typing) -> str:
    """Return in words how many entries are done, begun and to come."""
    states = [entry.state for entry in typing.view.entries]
    return texts(
        "gui.desk.counts",
        done=states.count("done"),
        begun=states.count("begun"),
        to_do=states.count("to_do"),
    )


class EntryBar(QFrame):
    """The top bar while an entry is marked.

    Attributes:
        back: asked to go to the list.
        problem_asked: something is wrong with this entry.
        more_asked: the button from which the rarer actions are wanted.
        chosen: an entry of the strip, from 0.
    """

    back = Signal()
    problem_asked = Signal()
    more_asked = Signal(object)
    chosen = Signal(int)

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._texts, self._typing = texts, typing
        self.back_button = Button(texts("gui.desk.list"), icon="chevron-left")
        self.back_button.clicked.connect(self.back)
        self.back_icon = icon_button("chevron-left", texts("gui.desk.list"), kind="plain")
        self.back_icon.clicked.connect(self.back)
        self._badge = QLabel()
        self._badge.setObjectName("badge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme().changed.connect(self._dress)
        self._dress()
        self._name = label("", "subhead")
        self._second = label("", "small", "second")
        self._counts = label("", "small-strong")
        self.strip = Strip(texts("gui.desk.strip"))
        self.strip.chosen.connect(self.chosen)
        self._sign = Sign("circle-check", "ok", 20)
        self._saved = label("", "small-strong", "ok")
        self._time = label("", "small", "second")
        self.problem = Button(texts("gui.desk.problem"), icon="flag")
        self.problem.clicked.connect(self.problem_asked)
        self.more = icon_button("ellipsis", texts("gui.desk.more"), kind="plain")
        self.more.clicked.connect(lambda: self.more_asked.emit(self.more))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(14)
        row.addWidget(self.back_button)
        row.addWidget(self.back_icon)
        row.addWidget(self._badge)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._second)
        row.addLayout(words)
        row.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._counts)
        middle.addWidget(self.strip)
        row.addLayout(middle, 2)
        row.addWidget(self._sign)
        saved = QVBoxLayout()
        saved.setSpacing(0)
        saved.addWidget(self._saved)
        saved.addWidget(self._time)
        row.addLayout(saved)
        row.addWidget(self.problem)
        row.addWidget(self.more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name its room where there is very little."""
        super().resizeEvent(event)
        tight = self.width() < theme().px(TIGHT)
        for widget in (self._counts, self.strip, self._saved):
            widget.setVisible(not tight)

    def set_compact(self, compact: bool) -> None:
        """Keep to what fits where there is little room."""
        self.back_button.setVisible(not compact)
        self.back_icon.setVisible(compact)
        self.problem.setVisible(not compact)

    def _dress(self) -> None:
        self._badge.setMinimumWidth(theme().px(46))

    def show_entry(self, entry: PackEntry, at: int) -> None:
        """Show whose entry it is and how far all are."""
        self._badge.setText(entry.id)
        self._name.setText(entry.name)
        self._second.setText(entry.unit or "")
        self._second.setVisible(bool(entry.unit))
        reported = self._typing.view.entry(entry.id).remark("problem")
        key = "gui.desk.problem.reported" if reported else "gui.desk.problem"
        self.problem.setText(self._texts(key))
        self.problem.updateGeometry()
        words = counts(self._texts, self._typing)
        self._counts.setText(words)
        self.strip.show_states([item.state for item in self._typing.view.entries], at, words)

    def show_saved(self, *, failed: bool) -> None:
        """Show when the newest mark was stored, or that one could not be."""
        at = self._typing.view.saved_at
        icon, tone = ("octagon-alert", "stop") if failed else ("circle-check", "ok")
        self._sign.set_sign(icon, tone)
        self._sign.setVisible(failed or at is not None)
        key = "gui.desk.not_saved" if failed else "gui.desk.saved"
        self._saved.setText(self._texts(key) if failed or at else "")
        if self._saved.property("tone") != tone:
            set_tone(self._saved, tone)
        self._time.setText(shown_time(at) if at else "")


class PlainBar(QFrame):
    """The top bar of list, review and handing in: way back, title, one line, actions."""

    back = Signal()

    def __init__(self, back_words: str) -> None:
        super().__init__()
        self.setObjectName("topbar")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 20, 8)
        row.setSpacing(16)
        self.back_button = Button(back_words, icon="chevron-left")
        self.back_icon = icon_button("chevron-left", back_words, kind="plain")
        for button in (self.back_button, self.back_icon):
            button.clicked.connect(self.back)
            row.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label("", "heading", wrap=True)
        self.second = label("", "small", "second", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.right = QHBoxLayout()
        self.right.setSpacing(8)
        row.addLayout(self.right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title its room where there is very little."""
        super().resizeEvent(event)
        tight = self.width() < theme().px(TIGHT)
        self.back_button.setVisible(not tight)
        self.back_icon.setVisible(tight)
        self.second.setVisible(not tight)


def reading_column(page: QWidget, top: PlainBar, body: QWidget) -> QVBoxLayout:
    """Lay a page out as a top bar over a body no wider than a text column, which scrolls."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top)
    inside = QWidget()
    middle = QHBoxLayout(inside)
    middle.setContentsMargins(MARGIN, 20, MARGIN, 20)
    middle.addStretch(1)
    body.setMaximumWidth(TEXT_COLUMN)
    middle.addWidget(body, 8, Qt.AlignmentFlag.AlignTop)
    middle.addStretch(1)
    scroll = scrolling(inside, sideways=True)
    column.addWidget(scroll, 1)
    return column
