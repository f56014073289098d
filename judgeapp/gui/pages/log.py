"""The log: who did what and when, the newest first, by day and by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame, label
from judgeapp.services.log_words import LogNames, actor_words, log_names, log_words
from judgeapp.system.clock import day_begins, shown_moment
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.upkeep import LogLine

KINDS = ("contest", "people", "entries", "packs", "judging", "results", "awards", "upkeep")
EVERYTHING = ""


class LogPage(Page):
    """The page of the step ``log``; nothing here can be changed."""

    step: ClassVar[str] = "log"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "CONTEST", "PEOPLE", "ENTRIES", "PANEL", "FACTS", "PACKS", "SCORE_FILES", "MARKS",
            "STAGES", "RESULTS", "AWARDS",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.log.title"))
        texts = self.texts
        self._lines: list[LogLine] = []
        self._names = LogNames()
        self._since: str | None = None
        self.kind = Choice()
        self.kind.setAccessibleName(texts("gui.log.kind"))
        self.kind.addItem(texts("gui.log.kind.all"), EVERYTHING)
        for name in KINDS:
            self.kind.addItem(texts(f"gui.log.kind.{name}"), name)
        self.kind.currentIndexChanged.connect(lambda _: self._filter())
        self.since = Field(texts("gui.log.since"), placeholder=texts("gui.log.since.form"))
        self.since.edit.returnPressed.connect(self.take_day)
        show = Button(texts("gui.log.show"), icon="search")
        show.clicked.connect(self.take_day)
        row = QHBoxLayout()
        row.setSpacing(12)
        kinds = QVBoxLayout()
        kinds.setSpacing(4)
        kinds.addWidget(label(texts("gui.log.kind"), "small-strong"))
        kinds.addWidget(self.kind)
        kinds.addStretch(1)
        row.addLayout(kinds, 1)
        row.addWidget(self.since, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(label("", "small-strong"))
        buttons.addWidget(show)
        buttons.addStretch(1)
        row.addLayout(buttons)
        row.addStretch(1)
        self.content.addLayout(row)
        self.table = Table(
            self._columns(),
            empty_text=texts("gui.log.nothing"),
            accessible_name=texts("gui.log.title"),
        )
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(self.table)
        self.content.addWidget(card, 1)

    def _columns(self) -> list[Column]:
        texts = self.texts
        return [
            Column(
                texts("gui.log.head.at"), lambda line: shown_moment(line.at), "small",
                sort=lambda line: line.id,
            ),
            Column(
                texts("gui.log.head.actor"), lambda line: actor_words(line, texts), "small",
                sort=lambda line: line.actor,
            ),
            Column(
                texts("gui.log.head.what"), lambda line: log_words(line, self._names, texts),
                stretch=True,
            ),
        ]  # fmt: skip

    def first_focus(self) -> QWidget:
        """The filter comes first."""
        return self.kind

    def load(self) -> None:
        """Read the log, from the chosen day on."""
        app, since = self.session.app, self._since

        def work(progress: Progress) -> tuple[list[LogLine], LogNames]:
            from judgeapp.services.upkeep import read_log

            return read_log(app, since=since), log_names(app)

        self.session.run(work, self._show)

    def _show(self, found: tuple[list[LogLine], LogNames]) -> None:
        lines, self._names = found
        self._lines = lines[::-1]
        self._filter()

    def _filter(self) -> None:
        kind = self.kind.currentData()
        rows = [
            line for line in self._lines
            if kind == EVERYTHING or line.action.partition(".")[0] == kind
        ]  # fmt: skip
        self.table.set_rows(rows)
        key = "all" if len(rows) == len(self._lines) else "some"
        self.set_summary(
            self.texts(f"gui.log.summary.{key}", count=len(rows), all=len(self._lines))
        )

    def take_day(self) -> None:
        """Show what happened since the typed day; nothing typed shows everything."""
        typed = self.since.text.strip()
        try:
            self._since = day_begins(typed) if typed else None
        except JudgeError:
            self.since.refuse(self.texts("gui.log.no_day", typed=typed))
            return
        self.since.accept()
        self.load()
