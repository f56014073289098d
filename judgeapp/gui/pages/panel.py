"""The page of the panel: judges, who marks what, and how a round is judged."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.panel_design import said_line
from judgeapp.gui.pages.panel_drawer import JudgeDrawer
from judgeapp.gui.pages.panel_views import SetupViews
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.gui.widgets.text import card, clear, label
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.panel import JudgeLine, PanelOverview, SeenBy

VIEWS = ("judges", "design", "rules")
_KEPT = ("name", "role", "unit", "panel", "conflicts")
_PATTERNS = ("*.xlsx", "*.xls", "*.ods", "*.csv", "*.txt")


class PanelPage(Page):
    """Judges."""

    step = "panel"
    kinds = frozenset({"PANEL", "PEOPLE", "CONTEST", "RESULTS", "PACKS", "STAGES"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.panel.title"))
        self._found: PanelOverview | None = None
        self.drawer: JudgeDrawer | None = None
        self.setup = SetupViews(self, self.panels, self.show_view_kept)
        self._switches = QHBoxLayout()
        self.view = Segment(
            [(view, self.texts(f"gui.panel.view.{view}")) for view in VIEWS],
            accessible_name=self.texts("gui.panel.view"),
        )
        self.view.chosen.connect(self.show_view)
        self._switches.addWidget(self.view)
        self._switches.addStretch(1)
        self._switches.addWidget(self.setup.rounds)
        self.content.addLayout(self._switches)
        self._body = QStackedWidget()
        self.content.addWidget(self._body, 1)
        self._body.addWidget(self._make_list())
        self._body.addWidget(self.setup.design)
        self._body.addWidget(self.setup.rules)
        self._body.addWidget(self._make_empty())

    def _make_list(self) -> QFrame:
        texts = self.texts
        box, column = card(14)
        self.table = Table(
            [
                Column(texts("panel.head.judge"), lambda line: line.judge.id),
                Column(
                    texts("panel.head.name"), lambda line: line.judge.name, kind="name",
                    stretch=True,
                ),
                Column(
                    texts("panel.head.role"), lambda line: texts(f"panel.role.{line.judge.role}")
                ),
                Column(texts("panel.head.panel"), lambda line: line.judge.panel or "–"),
                Column(
                    texts("panel.head.unit"), lambda line: line.judge.unit or "–", stretch=True
                ),
                Column(texts("panel.head.conflicts"), _not_marked),
            ],
            empty_text=texts("gui.panel.nobody"),
            accessible_name=texts("gui.panel.title"),
        )  # fmt: skip
        self.table.opened.connect(self.open_judge)
        column.addWidget(self.table, 1)
        column.addWidget(label(texts("gui.panel.checks"), "strong"))
        self._checks = QVBoxLayout()
        self._checks.setSpacing(2)
        column.addLayout(self._checks)
        return box

    def _make_empty(self) -> QWidget:
        bring = Button(self.texts("gui.panel.import"), kind="primary", icon="file-up")
        bring.clicked.connect(self.choose_file)
        add = Button(self.texts("gui.panel.add"), icon="user-plus")
        add.clicked.connect(lambda: self.open_judge(None))
        self._first = bring
        return EmptyState(
            "gavel", self.texts("gui.panel.empty"), self.texts("gui.panel.empty.what"), bring, add
        )

    def first_focus(self) -> QWidget | None:
        """The table, or the button that begins."""
        return self.table if self.table.rows else self._first

    def show_view(self, view: str) -> None:
        """Show the judges, who marks what, or how it is judged."""
        self.close_drawer()
        self._body.setCurrentIndex(VIEWS.index(view))
        self.setup.rounds.setVisible(view != "judges" and self.setup.has_rounds)
        self.view.choose(view)

    def load(self) -> None:
        """Read the panel, and how its rounds are judged."""
        self.setup.load()
        app = self.session.app

        def read(_: object) -> PanelOverview:
            from judgeapp.services.panel import panel_overview

            return panel_overview(app)

        self.session.run(read, self._show)

    def _show(self, found: PanelOverview) -> None:
        self._found = found
        self.view.setVisible(bool(found.lines))
        if found.lines:
            self.show_view_kept()
        else:
            self._body.setCurrentIndex(len(VIEWS))
            self.setup.rounds.hide()
        pairs = sum(len(line.declared) + len(line.own_unit) for line in found.lines)
        self.set_summary(self.texts("gui.panel.summary", judges=len(found.lines), conflicts=pairs))
        self.table.set_rows(found.lines)
        bring = Button(self.texts("gui.panel.import"), icon="file-up")
        bring.clicked.connect(self.choose_file)
        add = Button(self.texts("gui.panel.add"), icon="user-plus")
        add.clicked.connect(lambda: self.open_judge(None))
        self.set_actions(*((bring, add) if found.lines else ()))
        clear(self._checks)
        for item in found.seen:
            self._checks.addWidget(self._check(item))
        if not found.seen:
            self._checks.addWidget(label(self.texts("gui.panel.checks.none"), "body", "second"))

    def show_view_kept(self) -> None:
        """Show the view that is chosen; a drawer stays open."""
        self._body.setCurrentIndex(VIEWS.index(self.view.current))
        self.setup.rounds.setVisible(self.view.current != "judges" and self.setup.has_rounds)

    def panels(self) -> dict[str, int]:
        """Return how many judges there are in each panel that has a name."""
        lines = self._found.lines if self._found else ()
        return dict(Counter(one.judge.panel for one in lines if one.judge.panel))

    def _check(self, item: SeenBy) -> QWidget:
        words = self.texts(
            "panel.seen.short" if item.short else "panel.seen.enough",
            round=item.round_name,
            part=item.part(self.texts.language),
            least=item.least,
            seen=item.seen,
            count=len(item.short),
            numbers=", ".join(item.short[:12]),
        )
        if item.short:
            return Notice("warn", "triangle-alert", words)
        return said_line("ok", words)

    # One judge.

    def open_judge(self, line: JudgeLine | None) -> None:
        """Show a judge in the drawer; None for a new one."""
        found = self._found
        if found is None:
            return
        drawer = JudgeDrawer(
            self.texts, line, number=_next_number([one.id for one in found.lines]),
            units=found.units, names=found.contestants,
        )  # fmt: skip
        drawer.save_asked.connect(self._save)
        drawer.remove_asked.connect(self._remove)
        self.drawer = drawer
        title = line.judge.name if line else self.texts("gui.panel.new")
        self.open_drawer(drawer, title, second=line.id if line else "")

    def _save(self, values: dict[str, str]) -> None:
        drawer, app = self.drawer, self.session.app
        if drawer is None:
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.panel import save_judge

            rest = {name: values[name] for name in (*_KEPT, "why")}
            return save_judge(app, judge=values["id"], new=drawer.line is None, **rest)

        def done(_: Outcome[Any]) -> None:
            self.close_drawer()
            words = self.texts("panel.saved", judge=values["id"], name=values["name"])
            Toast.show_in(self.window(), words)

        def refused(error: JudgeError) -> None:
            drawer.refuse(error.code, self.texts.error(error))

        self.session.run(work, done, on_refused=refused)

    def _remove(self) -> None:
        line, app = (self.drawer.line if self.drawer else None), self.session.app
        if line is None or not self.session.dialogs.confirm(
            self.texts("gui.panel.remove.title", name=line.judge.name),
            self.texts("gui.panel.remove.what"),
            self.texts("gui.panel.remove.yes"),
            danger=True,
        ):
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.panel import remove_judge

            return remove_judge(app, judge=line.id)

        def done(_: Outcome[Any]) -> None:
            self.close_drawer()
            Toast.show_in(self.window(), self.texts("panel.removed", judge=line.id))

        self.session.run(work, done)

    # From a file.

    def choose_file(self) -> None:
        """Ask for a table of judges."""
        file = self.session.dialogs.open_file(self.texts("gui.panel.import"), _PATTERNS)
        if file is not None:
            self.import_file(file)

    def import_file(self, file: Path) -> None:
        """Make the table in a file the panel; asked before somebody is replaced."""
        if self.table.rows and not self.session.dialogs.confirm(
            self.texts("gui.panel.replace.title", file=file.name),
            self.texts("gui.panel.replace.what"),
            self.texts("gui.panel.replace.yes"),
        ):
            return
        app = self.session.app

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.judging import set_panel

            return set_panel(app, file=file)

        def done(outcome: Outcome[Any]) -> None:
            words = self.texts("gui.panel.set", judges=outcome.value.judges)
            Toast.show_in(self.window(), words)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self.session.run(work, done)


def _not_marked(line: JudgeLine) -> str:
    """Return the numbers that a judge never marks."""
    return ", ".join((*line.declared, *line.own_unit)) or "–"


def _next_number(numbers: list[str]) -> str:
    """Return a number for a new judge: the next of those that end in digits."""
    found = [match for number in numbers if (match := re.fullmatch(r"(\D*)(\d+)", number))]
    if not found:
        return "GK01"
    last = max(found, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"
