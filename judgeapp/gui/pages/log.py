"""The log: who did what and when, the newest first, by kind, person, words and days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.names import bare_key
from judgeapp.gui.page import Page
from judgeapp.gui.paper_out import told_file
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame, label
from judgeapp.gui.widgets.turning import Turning
from judgeapp.services.log_words import LogNames, actor_words, log_names, log_words
from judgeapp.system.clock import day_begins, day_ends, shown_moment
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from judgeapp.services.upkeep import LogLine

KINDS = ("contest", "people", "entries", "packs", "judging", "results", "awards", "upkeep")
EVERYTHING = ""
_SEARCH = 130
# The page on which what a line speaks of is seen; a collected score file is no pack.
_PAGES = {
    "contest": "contest", "people": "people", "entries": "entries", "packs": "packs",
    "packs.collected": "score_files", "judging": "results", "results": "results",
    "awards": "awards",
}  # fmt: skip


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
        self._until: str | None = None
        self.content.addWidget(self._filters())
        self.table = Table(
            self._columns(),
            empty_text=texts("gui.log.nothing"),
            accessible_name=texts("gui.log.title"),
        )
        self.table.opened.connect(self.open_page)
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(self.table)
        self.content.addWidget(card, 1)
        self.export_button = Button(texts("gui.log.export"), icon="download")
        self.export_button.clicked.connect(self.export)
        self.set_actions(self.export_button)

    def _filters(self) -> Turning:
        texts = self.texts
        self.kind, self.actor = Choice(), Choice()
        self.kind.addItem(texts("gui.log.kind.all"), EVERYTHING)
        for name in KINDS:
            self.kind.addItem(texts(f"gui.log.kind.{name}"), name)
        self.actor.addItem(texts("gui.log.actor.all"), EVERYTHING)
        self.search = Field(texts("gui.log.search"))
        self.search.edit.textEdited.connect(lambda _: self._filter())
        self.since = Field(texts("gui.log.since"), placeholder=texts("gui.log.since.form"))
        self.until = Field(texts("gui.log.until"), placeholder=texts("gui.log.since.form"))
        for field in (self.since, self.until):
            field.edit.returnPressed.connect(self.take_day)
        show = Button(texts("gui.log.show"), icon="search")
        show.clicked.connect(self.take_day)
        self.search.setMinimumWidth(theme().px(_SEARCH))
        (lists, left), (fields, right) = _side_by_side(), _side_by_side()
        for name, choice in (("gui.log.kind", self.kind), ("gui.log.head.actor", self.actor)):
            choice.setAccessibleName(texts(name))
            choice.currentIndexChanged.connect(lambda _: self._filter())
            left.addLayout(_named(texts(name), choice), 1)
        for field, share in ((self.search, 4), (self.since, 3), (self.until, 3)):
            right.addWidget(field, share)
        right.addLayout(_named("", show))
        both = Turning()
        both.add(lists, 6)
        both.add(fields, 11)
        return both

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
        chosen = self.actor.currentData()
        self.actor.blockSignals(True)
        while self.actor.count() > 1:
            self.actor.removeItem(1)
        for actor in dict.fromkeys(line.actor for line in self._lines):
            words = next(actor_words(one, self.texts) for one in lines if one.actor == actor)
            self.actor.addItem(words, actor)
        self.actor.setCurrentIndex(max(self.actor.findData(chosen), 0))
        self.actor.blockSignals(False)
        self._filter()

    def _filter(self) -> None:
        kind, actor = self.kind.currentData(), self.actor.currentData()
        wanted = bare_key(self.search.text)
        rows = [
            line for line in self._lines
            if kind in (EVERYTHING, line.action.partition(".")[0])
            and actor in (EVERYTHING, line.actor)
            and (self._until is None or line.at < self._until)
            and wanted in bare_key(log_words(line, self._names, self.texts))
        ]  # fmt: skip
        self.table.set_rows(rows)
        self.export_button.setEnabled(bool(rows))
        key = "all" if len(rows) == len(self._lines) else "some"
        self.set_summary(
            self.texts(f"gui.log.summary.{key}", count=len(rows), all=len(self._lines))
        )

    def take_day(self) -> None:
        """Show what happened between the typed days; nothing typed shows everything."""
        since, until = self._day(self.since), self._day(self.until)
        if since is None or until is None:
            return
        self._since = day_begins(since) if since else None
        self._until = day_ends(until) if until else None
        self.load()

    def _day(self, field: Field) -> str | None:
        """Return the typed day, "" for none; None if there is no such day."""
        typed = field.text.strip()
        try:
            if typed:
                day_begins(typed)
        except JudgeError:
            field.refuse(self.texts("gui.log.no_day", typed=typed))
            return None
        field.accept()
        return typed

    def open_page(self, line: LogLine) -> None:
        """Go where what the line speaks of is seen."""
        page = _PAGES.get(line.action) or _PAGES.get(line.action.partition(".")[0])
        go_to = getattr(self.window(), "go_to", None)  # the main window's; alone in tests
        if page is not None and go_to is not None:
            go_to(page)

    def export(self) -> None:
        """Write the lines that are shown as CSV."""
        texts = self.texts
        file = self.session.dialogs.save_file(
            texts("gui.log.export.where"), f"{texts('gui.log.title')}.csv", ["*.csv"]
        )
        if file is None:
            return
        out: Path = file if file.suffix.casefold() == ".csv" else file.with_name(f"{file.name}.csv")
        app, shown = self.session.app, [line.id for line in self.table.rows]
        language = texts.language

        def work(progress: Progress) -> int:
            from judgeapp.services.log_words import export_log

            return export_log(app, out=out, only=shown, language=language)

        self.session.run(
            work,
            lambda count: told_file(
                self, out, texts("gui.log.exported", count=count, file=out.name)
            ),
        )


def _side_by_side() -> tuple[QWidget, QHBoxLayout]:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    return box, row


def _named(name: str, widget: QWidget) -> QVBoxLayout:
    """Return a widget with its name above it, in line with fields."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(name, "small-strong"))
    column.addWidget(widget)
    column.addStretch(1)
    return column
