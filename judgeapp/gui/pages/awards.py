"""Awards: prizes proposed, questioned and signed off; certificates looked at and printed."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from judgeapp.gui.pages.awards_host import AwardsHost
from judgeapp.gui.pages.awards_prizes import PrizesView
from judgeapp.gui.pages.awards_sheets import SheetsView
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.segment import Segment

PRIZES, TEMPLATES = "prizes", ("lotus", "drum")


class AwardsPage(AwardsHost):
    """The page of the step ``awards``: one view for prizes, one for each kind of paper."""

    step: ClassVar[str] = "awards"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "MARKS", "FACTS", "STAGES", "RESULTS", "AWARDS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.awards.title"))
        texts = self.texts
        self.choice = Segment(
            [(name, texts(f"gui.awards.view.{name}")) for name in (PRIZES, *TEMPLATES)],
            accessible_name=texts("gui.awards.views"),
        )
        self.choice.chosen.connect(self.show_view)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        self.content.addLayout(row)
        self._views = QStackedWidget()
        self.content.addWidget(self._views, 1)
        self.prizes = PrizesView(self)
        self.sheets = SheetsView(self)
        for view in (self.prizes, self.sheets):
            self._views.addWidget(view)

    def first_focus(self) -> QWidget:
        """The choice of what to see comes first."""
        return self.choice

    def show_view(self, name: str) -> None:
        """Show prizes, or the papers of a template."""
        self.choice.choose(name)
        self.close_drawer()
        self.hide_bar()
        self.set_actions()
        if name == PRIZES:
            self._views.setCurrentWidget(self.prizes)
        else:
            self._views.setCurrentWidget(self.sheets)
            self.sheets.use("drum" if name == "drum" else "lotus")
        self.load()

    def load(self) -> None:
        """Read what the shown view shows."""
        if self._views.currentWidget() is self.prizes:
            self.prizes.load()
        else:
            self.sheets.load()
