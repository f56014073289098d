"""The list of contestants: searched with or without diacritics, filtered, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from judgeapp.domain.names import bare_key, clean, match_key, sort_key
from judgeapp.gui import icons
from judgeapp.gui.pages.people_words import birth_words
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.table import Column, RowLook, Table
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.context import Context
    from judgeapp.services.people import PersonLine
    from judgeapp.services.people_overview import PeopleOverview


@dataclass(frozen=True)
class Row:
    """A contestant in the list, with what a search looks through."""

    line: PersonLine
    bare: str
    exact: str

    @property
    def id(self) -> str:
        """The number."""
        return self.line.contestant.id


def read_people(app: Context) -> tuple[PeopleOverview, list[Row]]:
    """Return everybody, ready to be searched; called in the background."""
    from judgeapp.services.people_overview import people_overview

    found = people_overview(app)
    rows = []
    for line in found.lines:
        words = " ".join(filter(None, (line.contestant.id, line.contestant.name, line.unit)))
        rows.append(Row(line, bare_key(words), match_key(words)))
    return found, rows


class PeopleList(QFrame):
    """Search, filter and table.

    Attributes:
        rows: everybody.
        opened: the number of who is to be shown.
    """

    opened = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("card")
        self._texts = texts
        self.rows: list[Row] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.search = QLineEdit()
        self.search.setPlaceholderText(texts("gui.people.search"))
        self.search.setAccessibleName(texts("gui.people.search"))
        self.search.setClearButtonEnabled(True)
        self._sign = self.search.addAction(
            icons.icon("search", "text2"), QLineEdit.ActionPosition.LeadingPosition
        )
        theme().changed.connect(self._dress)
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.search.returnPressed.connect(self._to_table)
        head.addWidget(self.search, 1)
        self.filter = Segment(
            [
                ("all", texts("gui.people.filter.all")),
                ("present", texts("gui.people.filter.present")),
                ("withdrawn", texts("gui.people.filter.withdrawn")),
            ],
            accessible_name=texts("gui.people.filter"),
        )
        self.filter.chosen.connect(lambda _: self._show_rows())
        head.addWidget(self.filter)
        column.addLayout(head)
        self.table = self._make_table()
        column.addWidget(self.table, 1)

    def _dress(self) -> None:
        self._sign.setIcon(icons.icon("search", "text2"))

    def _make_table(self) -> Table:
        texts = self._texts
        table = Table(
            [
                Column(
                    texts("people.head.number"), lambda r: r.id, kind="number", sort=lambda r: r.id
                ),
                Column(
                    texts("people.head.name"),
                    lambda r: r.line.contestant.name,
                    kind="name",
                    stretch=True,
                    sort=lambda r: sort_key(r.line.contestant.name),
                ),
                Column(
                    texts("people.head.birth"),
                    lambda r: birth_words(r.line.contestant.birth) or "–",
                    sort=lambda r: r.line.contestant.birth or "",
                ),
                Column(
                    texts("people.head.unit"),
                    lambda r: r.line.unit or "–",
                    stretch=True,
                    sort=lambda r: sort_key(r.line.unit or ""),
                ),
                Column(texts("people.head.state"), self._state, kind="pill", pill=self._pill),
            ],
            empty_text=texts("gui.people.nobody_found"),
            accessible_name=texts("gui.people.title"),
        )
        table.row_look = lambda row: (
            RowLook(tone="text2") if row.line.contestant.withdrawn else None
        )
        table.opened.connect(lambda row: self.opened.emit(row.id))
        return table

    def _state(self, row: Row) -> str:
        withdrawn = row.line.contestant.withdrawn
        return self._texts("gui.people.withdrawn" if withdrawn else "gui.people.present")

    def _pill(self, row: Row) -> PillLook | None:
        if not row.line.contestant.withdrawn:
            return None
        return PillLook("user-minus", self._texts("gui.people.withdrawn"), "neutral")

    @property
    def present(self) -> int:
        """How many take part."""
        return sum(1 for row in self.rows if not row.line.contestant.withdrawn)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show everybody; search and filter stay."""
        self.rows = list(rows)
        present = self.present
        self.filter.set_counts(
            {"all": len(rows), "present": present, "withdrawn": len(rows) - present}
        )
        self._show_rows()

    def _show_rows(self) -> None:
        wanted, typed = self.filter.current, clean(self.search.text())
        bare, exact = bare_key(typed), match_key(typed)
        loose = bare == typed.casefold()

        def fits(row: Row) -> bool:
            away = row.line.contestant.withdrawn
            if wanted != "all" and away != (wanted == "withdrawn"):
                return False
            return not typed or (bare in row.bare if loose else exact in row.exact)

        self.table.set_rows([row for row in self.rows if fits(row)])

    def _to_table(self) -> None:
        if self.table.rows:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.select(0)
