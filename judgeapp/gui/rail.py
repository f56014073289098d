"""The rail of the organiser: contest, search, twelve steps with their states, backup, settings.

It is 236 px wide, or 64 px of icons with badges in small windows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.gui.pages.registry import GROUPS, ICONS, STEPS
from judgeapp.gui.rail_buttons import ContestButton, SearchButton, StepButton
from judgeapp.gui.rehearsal_strip import marked_name
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import hairline, label, set_tone
from judgeapp.system.clock import utc_now

if TYPE_CHECKING:
    from judgeapp.services.steps import Step
    from judgeapp.services.upkeep import Copy

WIDE, NARROW = 236, 64


class Rail(QFrame):
    """Shows the steps; tells which one was chosen.

    Attributes:
        buttons: of the steps, by stem.
    """

    step_chosen = Signal(str)
    search_asked = Signal()
    contest_asked = Signal()
    settings_asked = Signal()
    backup_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.texts = session.texts
        self.setAccessibleName(self.texts("shell.rail"))
        self._narrow = False
        self._backup_words = ""
        self._working: frozenset[str] = frozenset()
        self._told: tuple[Step, ...] = ()
        self.buttons: dict[str, StepButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(6)
        self.contest = ContestButton(self.texts("shell.home"))
        self.contest.clicked.connect(self.contest_asked)
        self.search = SearchButton(self.texts("shell.search"), "Ctrl K")
        self.search.clicked.connect(self.search_asked)
        for button in (self.contest, self.search):
            row = QHBoxLayout()
            row.setContentsMargins(12, 0, 12, 0)
            row.addWidget(button)
            column.addLayout(row)
            self._search_row = row
        column.addWidget(self._steps(), 1)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        self._foot_line = hairline()
        line.addWidget(self._foot_line)
        column.addLayout(line)
        column.addLayout(self._foot())
        self.set_narrow(False)

    def _steps(self) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 0, 12, 4)
        column.setSpacing(0)
        self._groups: list[QWidget] = []
        self._lines: list[QWidget] = []
        for index, (group, stems) in enumerate(GROUPS):
            if index:
                line = hairline()
                self._lines.append(line)
                column.addWidget(line)
            heading = label(self.texts(f"shell.group.{group}"), "small-strong", "second")
            heading.setContentsMargins(12, 6, 0, 2)
            self._groups.append(heading)
            column.addWidget(heading)
            for stem in stems:
                column.addWidget(self._step(stem))
        column.addStretch(1)
        area = scrolling(inner)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._inner = column
        self._area = area
        return area

    def _step(self, stem: str) -> StepButton:
        key = "1234567890-="[STEPS.index(stem)].replace("-", "−")
        button = StepButton(ICONS[stem], self.texts(f"shell.step.{stem}"), f"Alt+{key}")
        button.clicked.connect(lambda _=False: self.step_chosen.emit(stem))
        button.moved.connect(lambda by: self._move(stem, by))
        self.buttons[stem] = button
        return button

    def _move(self, stem: str, by: int) -> None:
        at = STEPS.index(stem) + by
        if 0 <= at < len(STEPS):
            self.buttons[STEPS[at]].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self.buttons[STEPS[at]])

    def _foot(self) -> QHBoxLayout:
        self.backup = Button("", kind="ghost", icon="shield-check")
        self.backup.clicked.connect(self.backup_asked)
        self.settings = icon_button("settings", self.texts("shell.settings"))
        self.settings.clicked.connect(self.settings_asked)
        self._foot_row = QHBoxLayout()
        self._foot_row.setContentsMargins(12, 0, 12, 0)
        self._foot_row.addWidget(self.backup)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.settings)
        return self._foot_row

    def set_contest(self, name: str, *, rehearsal: bool = False) -> None:
        """Name the contest that is open; a rehearsal says what it is first."""
        self.contest.name = name
        self.contest.mark = self.texts("rehearsal.word") if rehearsal else ""
        whole = marked_name(self.texts, name, rehearsal=rehearsal)
        self.contest.setAccessibleName(self.texts("shell.contest_menu", name=whole))
        self.contest.setToolTip(whole)
        self.contest.update()

    def set_steps(self, steps: Iterable[Step]) -> None:
        """Show how far each step is."""
        self._told = tuple(steps)
        for step in self._told:
            state = "running" if step.stem in self._working else step.state
            reason = ""
            if step.reason is not None:
                reason = self.texts(f"shell.reason.{step.reason}", count=step.count or 0)
            # A log is never done: what is told of that step is its reason.
            words = "" if step.stem == "log" and reason else self.texts(f"shell.state.{state}")
            self.buttons[step.stem].show_state(state, step.count, reason, words)

    def set_working(self, stems: frozenset[str]) -> None:
        """Show a ring at the steps whose work goes on in the background."""
        if stems != self._working:
            self._working = stems
            self.set_steps(self._told)

    def set_current(self, stem: str) -> None:
        """Mark the step whose page is open."""
        for name, button in self.buttons.items():
            button.setChecked(name == stem)
        self._area.ensureWidgetVisible(self.buttons[stem])

    def set_backup(self, copy: Copy | None) -> None:
        """Say when the newest copy was made, the time today, else the date; and where it lies."""
        if copy is None:
            words, where = self.texts("shell.no_backup"), self.texts("shell.backup.none")
        else:
            moment = datetime.fromisoformat(copy.at).astimezone()
            today = moment.date() == utc_now().astimezone().date()
            when = f"{moment:%H:%M}" if today else f"{moment:%d/%m}"
            words = self.texts("shell.backup_at", when=when)
            kind = "whole" if copy.whole else "daily"
            where = self.texts(
                f"shell.backup.{kind}", when=f"{moment:%H:%M %d/%m/%Y}", place=copy.place
            )
        self._backup_words = words
        self.backup.setAccessibleName(words)
        self.backup.setAccessibleDescription(where)
        self.backup.setToolTip(where)
        self.backup.setText("" if self._narrow else words)
        self.backup.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words too."""
        self._narrow = narrow
        self.setFixedWidth(theme().px(NARROW if narrow else WIDE))
        for button in (*self.buttons.values(), self.contest, self.search):
            button.narrow = narrow
            button.updateGeometry()
            button.update()
        for heading in self._groups:
            heading.setVisible(not narrow)
        for line in self._lines:
            line.setVisible(narrow)
        self._inner.setContentsMargins(*((8, 0, 2, 4) if narrow else (12, 0, 12, 4)))
        set_tone(self._area.verticalScrollBar(), "thin" if narrow else "", "kind")
        self._place_rest(narrow)
        self.backup.setText("" if narrow else self._backup_words)
        self.backup.updateGeometry()

    def _place_rest(self, narrow: bool) -> None:
        """Let search, backup and settings scroll with the steps where there is little room."""
        for row, widget in (
            (self._search_row, self.search),
            (self._foot_row, self.backup),
            (self._foot_row, self.settings),
        ):
            row.removeWidget(widget)
            self._inner.removeWidget(widget)
        middle = Qt.AlignmentFlag.AlignHCenter
        if narrow:
            self._inner.insertWidget(0, self.search)
            self._inner.addWidget(self.backup, 0, middle)
            self._inner.addWidget(self.settings, 0, middle)
        else:
            self._search_row.addWidget(self.search)
            self._foot_row.insertWidget(0, self.backup)
            self._foot_row.addWidget(self.settings)
        self._foot_line.setVisible(not narrow)

    def sizeHint(self) -> QSize:
        """As wide as it is fixed to be."""
        return QSize(self.width(), 200)
