"""The stage timer: how long a contestant has been on stage, and the time to be noted afterwards.

It counts by the computer's steady clock, so setting the clock changes nothing. A time is only
proposed; the secretary notes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.entries import clock_text
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.stage_time import is_timed, stage_time
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.text import label, set_tone
from judgeapp.system.texts import Texts

TIGHT = 700
_TICK_MS = 200
_PART_WIDTH = 210


class StageTimer(QWidget):
    """Start, stop, and what it says about the time allowed.

    Attributes:
        noted: the time of a contestant's part is to be noted: contestant, part, seconds.
        clock: returns seconds that never go back.
    """

    noted = Signal(str, str, int)

    def __init__(self, texts: Texts, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._texts, self.clock = texts, clock
        self._parts: list[Part] = []
        self._shown: ContestantId | None = None
        self.contestant: ContestantId | None = None
        self._began: float | None = None
        self._before = 0.0
        self.part = Choice(accessible_name=texts("gui.final.timer.part"))
        self.part.currentIndexChanged.connect(self._show)
        self.figures = label("0:00", "number-l")
        self.figures.setMinimumWidth(96)
        self.words = label("", "small", "second", wrap=True)
        self.go = Button(texts("gui.final.timer.start"), icon="play", key="T")
        self.go.clicked.connect(self.toggle)
        self.again = icon_button("rotate-ccw", texts("gui.final.timer.reset"))
        self.again.clicked.connect(self.reset)
        self.note = Button("", icon="check")
        self.note.clicked.connect(self._note)
        self.part.setMaximumWidth(theme().px(_PART_WIDTH))
        shown, pressed = QHBoxLayout(), QHBoxLayout()
        for row in (shown, pressed):
            row.setSpacing(10)
        shown.addWidget(self.figures)
        shown.addWidget(self.part)
        shown.addWidget(self.words, 1)
        pressed.addStretch(1)
        for button in (self.again, self.note, self.go):
            pressed.addWidget(button)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addLayout(shown, 1)
        self._rows.addLayout(pressed)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the time where there is no room beside it."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        tight = self.width() < theme().px(TIGHT)
        self._rows.setDirection(way.TopToBottom if tight else way.LeftToRight)

    # --- for whom ----------------------------------------------------------------------------

    def set_round(self, held: Round) -> None:
        """Offer the parts that are timed on stage."""
        parts = [part for part in held.parts if is_timed(part)]
        if parts != self._parts:
            self._parts = parts
            self.part.clear()
            self.part.addItems([self._named(part) for part in parts])
        self.part.setVisible(len(parts) > 1)
        self.setVisible(bool(parts))

    def show_contestant(self, contestant: ContestantId) -> None:
        """Time this one from the next start on; a time that is running stays whose it is."""
        self._shown = contestant
        if self._began is None and not self._before:
            self.contestant = contestant
        self._show()

    def _named(self, part: Part) -> str:
        return part.en if self._texts.language == "en" else part.vi

    # --- counting ----------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether it counts."""
        return self._began is not None

    @property
    def seconds(self) -> int:
        """The time so far in whole seconds, cut off."""
        on = 0.0 if self._began is None else self.clock() - self._began
        return int(self._before + on)

    def toggle(self) -> None:
        """Start, stop, or go on."""
        if self._began is None:
            if not self._before:
                self.contestant = self._shown
            self._began = self.clock()
            self._ticks.start()
        else:
            self._before += self.clock() - self._began
            self._began = None
            self._ticks.stop()
        self._show()

    def reset(self) -> None:
        """Back to nothing, for the contestant who is shown."""
        self._began, self._before = None, 0.0
        self._ticks.stop()
        self.contestant = self._shown
        self._show()

    def _note(self) -> None:
        part = self._current()
        if part is not None and self.contestant is not None:
            self.noted.emit(str(self.contestant), str(part.id), self.seconds)

    def _current(self) -> Part | None:
        at = self.part.currentIndex()
        return self._parts[at] if 0 <= at < len(self._parts) else None

    # --- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        part = self._current()
        if part is None:
            return
        texts, seconds = self._texts, self.seconds
        self.figures.setText(clock_text(seconds))
        self.figures.setAccessibleName(texts("gui.final.timer.time", time=clock_text(seconds)))
        found = stage_time(seconds, part)
        bound = None if found.seconds is None else clock_text(found.seconds)
        words = "" if bound is None else texts(f"gui.final.timer.{found.state}", time=bound)
        if not seconds and not self.running:
            words = self._allowed(part)
        if self.contestant != self._shown and self.contestant is not None:
            words = texts("gui.final.timer.whose", contestant=self.contestant, words=words)
        self.words.setText(words)
        tone = "warn" if found.state == "over" else "second"
        if self.words.property("tone") != tone:
            set_tone(self.words, tone)
        self._offer(seconds)

    def _allowed(self, part: Part) -> str:
        """Return how long the part may take."""
        if part.min_s and part.max_s:
            return f"{clock_text(part.min_s)} – {clock_text(part.max_s)}"
        if part.max_s:
            return self._texts("gui.final.timer.most", time=clock_text(part.max_s))
        return ""

    def _offer(self, seconds: int) -> None:
        """Show the buttons that make sense now."""
        texts, started = self._texts, self.running or seconds > 0
        key = "stop" if self.running else "go_on" if started else "start"
        self.go.setText(texts(f"gui.final.timer.{key}"))
        self.go.set_icon("pause" if self.running else "play")
        self.again.setVisible(started and not self.running)
        self.note.setVisible(started and not self.running)
        self.note.setText(texts("gui.final.timer.note", time=clock_text(seconds)))
        self.note.updateGeometry()
        self.go.updateGeometry()
