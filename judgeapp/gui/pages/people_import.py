"""An import before it is written: the file, its columns, its rows, and one doubt at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.doubts import Answer, Doubt
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.person_fields import EDITABLE
from judgeapp.gui.pages.people_columns import ColumnCards
from judgeapp.gui.pages.people_doubt import DoubtCard
from judgeapp.gui.pages.people_review import Review, ReviewRow, places_of
from judgeapp.gui.pages.people_rows import make_rows_table
from judgeapp.gui.pages.people_sheets import SheetChoice
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import GAP
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import label

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome

_NARROW, _LOW = 900, 560
_UNIT_FIELDS = ("unit", "kind", "sector", "members")


class ImportView(QWidget):
    """Shows a review and takes the answers.

    Attributes:
        review: what is looked at.
        changed: something was read or answered; the bar below is to say how it stands.
        written: it was imported; with the outcome.
        other_file: the person wants another file.
    """

    changed = Signal()
    written = Signal(object)
    other_file = Signal()

    def __init__(self, session: Session, review: Review, units: list[str]) -> None:
        super().__init__()
        self.review = review
        self._session = session
        self._texts = session.texts
        self._units = units
        self._shown: Doubt | None = None
        self._busy = False
        self._narrow = False
        self._left = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._make_list(), 1)
        self.card = DoubtCard(self._texts)
        self.card.answered.connect(self._answer)
        self.card.answered_alike.connect(self._answer_alike)
        self.card.stepped.connect(self._step)
        self.card.taken_again.connect(self._take_again)
        row.addWidget(self.card)
        self.card.hide()

    # What it is made of.

    def _make_list(self) -> QFrame:
        box = QFrame()
        box.setObjectName("card")
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Sign("file-spreadsheet", "ok", 24))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._name = label(self.review.file.name, "strong", wrap=True)
        self._found = label("", "small", "second", wrap=True)
        words.addWidget(self._name)
        words.addWidget(self._found)
        head.addLayout(words, 1)
        self._columns_button = Button(self._texts("gui.people.columns"))
        self._columns_button.clicked.connect(self._toggle_columns)
        head.addWidget(self._columns_button)
        other = Button(self._texts("gui.people.other_file"))
        other.clicked.connect(self.other_file)
        head.addWidget(other)
        column.addLayout(head)
        self.sheets = SheetChoice(self._texts)
        self.sheets.chosen.connect(self._choose_sheet)
        column.addWidget(self.sheets)
        self._columns_words = label(self._texts("gui.people.understood"), "small", "second")
        self.columns = ColumnCards(self._texts)
        above = QHBoxLayout()
        above.addWidget(self._columns_words, 1)
        above.addWidget(self.columns.more)
        column.addLayout(above)
        self.columns.chosen.connect(self._choose_column)
        column.addWidget(self.columns)
        self.filter = Segment(
            [
                ("all", self._texts("gui.people.filter.all")),
                ("doubts", self._texts("gui.people.filter.doubts")),
                ("ready", self._texts("gui.people.filter.ready")),
            ],
            accessible_name=self._texts("gui.people.filter"),
        )
        self.filter.chosen.connect(lambda _: self._show_rows())
        column.addWidget(self.filter)
        self.table = self._make_table()
        column.addWidget(self.table, 1)
        self._column = column
        return box

    def _make_table(self) -> Table:
        table = make_rows_table(self._texts, self.review, narrow=self._narrow)
        table.current_changed.connect(self._row_chosen)
        table.opened.connect(lambda _: self._focus_options())
        return table

    # Reading and showing.

    def read(
        self,
        on_read: Callable[[], None] | None = None,
        on_refused: Callable[[JudgeError], None] | None = None,
    ) -> None:
        """Work the import out anew, in the background, and show it."""
        self._busy = True
        self.card.setEnabled(False)

        def done(preview: Any) -> None:
            if self._left:
                return  # the person has left
            self._busy = False
            self.card.setEnabled(True)
            self.review.preview = preview
            self._show()
            if on_read is not None:
                on_read()

        def refused(error: JudgeError) -> None:
            if self._left:
                return
            self._busy = False
            self.card.setEnabled(True)
            (on_refused or self._session.show_error)(error)

        app = self._session.app
        self._session.run(lambda _: self.review.read(app), done, on_refused=refused)

    def _show(self) -> None:
        source = self.review.source
        used = [sheet for sheet in source.sheets if sheet.table is not None]
        rows = self.review.rows()
        parts = [self._texts("gui.people.sheet", name=used[0].name)] if used[0].name else []
        header = used[0].table.header if used[0].table else None
        if header and header.rows:
            span = "–".join(dict.fromkeys((str(header.rows[0]), str(header.rows[-1]))))
            parts.append(self._texts("gui.people.header", rows=span))
        parts.append(self._texts("gui.people.rows", count=len(rows)))
        if source.encoding:
            parts.append(self._texts("gui.people.encoding", name=source.encoding.upper()))
        self._found.setText(" · ".join(parts))
        self.sheets.show_sheets(source, self.review.sheet)
        letters = {str(name): place for name, place in header.letters.items()} if header else {}
        fields = _UNIT_FIELDS if self.review.what == "units" else EDITABLE
        others = [name for name in fields if name not in letters]
        self.columns.show_columns(letters, used[0].headings, others)
        waiting = sum(1 for row in rows if row.doubt is not None)
        self.filter.set_counts({"all": len(rows), "doubts": waiting, "ready": len(rows) - waiting})
        self._show_rows()
        self._place()
        self.changed.emit()

    def _show_rows(self) -> None:
        wanted = self.filter.current
        self.table.set_rows(
            [
                row for row in self.review.rows()
                if wanted == "all" or (row.doubt is not None) == (wanted == "doubts")
            ]
        )  # fmt: skip

    def leave(self) -> None:
        """Be over: what is still being read is not shown any more."""
        self._left = True
        self.hide()
        self.deleteLater()

    def begin(self) -> None:
        """Show the first doubt that waits, or say that there is none."""
        waiting = self.review.waiting()
        if waiting:
            self._show_doubt(waiting[0])
        elif self.review.asked():
            self.card.show_row(
                self._texts("gui.people.all_seen"), self._texts("gui.people.all_seen.what")
            )
            self.card.show()
        else:
            self.card.hide()
        self._focus_options()

    def _show_doubt(self, doubt: Doubt) -> None:
        asked = self.review.asked()
        keys = [item.key for item in asked]
        number = keys.index(doubt.key) + 1 if doubt.key in keys else 1
        self._shown = doubt
        place = (number, len(asked))
        self.card.show_doubt(
            doubt, place, self.review.cells(doubt), said=self.review.answers.get(doubt.key),
            units=self._units, alike=len(self.review.alike(doubt, doubt.choices[0])),
        )  # fmt: skip
        self.card.show()
        self._select(doubt)

    def _select(self, doubt: Doubt) -> None:
        self.table.blockSignals(True)
        for number, row in enumerate(self.table.rows):
            if row.id == (doubt.sheet, doubt.row):
                self.table.select(number)
                break
        self.table.blockSignals(False)

    def _row_chosen(self, row: ReviewRow | None) -> None:
        if row is None or self._busy:
            return
        of_row = [item for item in self.review.asked() if row.id in places_of(item)]
        waiting = [item for item in of_row if self.review.is_open(item)]
        if self._shown is not None and self._shown in of_row and self._shown in waiting:
            return
        if row.left_out:
            self._shown = next(iter(of_row), None)
            self.card.show_row(
                self._texts("gui.people.row_title", row=row.row),
                self._texts("gui.people.left_out.what"),
                again=self._texts("gui.people.take_again"),
            )
        elif of_row:
            self._show_doubt((waiting or of_row)[0])
        elif self.card.isVisible():
            self._shown = None
            self.card.show_row(
                self._texts("gui.people.row_title", row=row.row),
                self._texts("gui.people.row_ready.what"),
            )

    def _focus_options(self) -> None:
        if self.card.isVisible() and self.card.options is not None:
            self.card.options.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.card.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the person does.

    def _answer(self, answer: Answer) -> None:
        if self._shown is None or self._busy:
            return
        doubt, before = self._shown, self.review.answers.get(self._shown.key)
        position = [item.key for item in self.review.asked()].index(doubt.key)
        self.review.answers[doubt.key] = answer

        def refused(error: JudgeError) -> None:
            del self.review.answers[doubt.key]
            if before is not None:
                self.review.answers[doubt.key] = before
            self.card.refuse(self._texts.error(error))

        self.read(lambda: self._go_on(position), refused)

    def _answer_alike(self, answer: Answer) -> None:
        """Give all doubts of the kind that wait the answer of this one."""
        if self._shown is None or self._busy:
            return
        before = dict(self.review.answers)
        for item in self.review.alike(self._shown, answer.choice):
            self.review.answers[item.key] = answer

        def refused(error: JudgeError) -> None:
            self.review.answers = before
            self.card.refuse(self._texts.error(error))

        self.read(self.begin, refused)

    def _go_on(self, position: int) -> None:
        """Show the next doubt that waits after that place, else the first one."""
        asked = self.review.asked()
        later = [item for item in asked[position:] if self.review.is_open(item)]
        if later:
            self._show_doubt(later[0])
            self._focus_options()
        else:
            self.begin()

    def _step(self, by: int) -> None:
        asked = self.review.asked()
        keys = [item.key for item in asked]
        if self._shown is not None and self._shown.key in keys:
            self._show_doubt(asked[(keys.index(self._shown.key) + by) % len(asked)])
        elif asked:
            self._show_doubt(asked[0])

    def _take_again(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.review.take_again(row.id)
            self._shown = None
            self.read(self.begin)

    def _choose_column(self, field: str, column: str) -> None:
        before = dict(self.review.columns)
        self.review.columns[field] = column

        def refused(error: JudgeError) -> None:
            self.review.columns = before
            self._session.show_error(error)

        self.read(self.begin, refused)

    def _choose_sheet(self, name: str) -> None:
        before = self.review.sheet
        if name == (before or ""):
            return
        self.review.sheet = name or None

        def refused(error: JudgeError) -> None:
            self.review.sheet = before
            self.sheets.show_sheets(self.review.source, before)
            self._session.show_error(error)

        self.read(self.begin, refused)

    def write(self) -> None:
        """Import it."""
        if self._busy or self.review.waiting():
            return
        self._busy = True
        app = self._session.app

        def done(outcome: Outcome[Any]) -> None:
            self._busy = False
            self.written.emit(outcome)

        def refused(error: JudgeError) -> None:
            self._busy = False
            self._session.show_error(error)

        self._session.run(lambda _: self.review.write(app), done, on_refused=refused)

    # Room.

    def _toggle_columns(self) -> None:
        self._show_columns(not self.columns.isVisible())

    def _show_columns(self, shown: bool) -> None:
        self.columns.setVisible(shown)
        self._columns_words.setVisible(shown)
        self.sheets.show_choice(shown)
        self.columns.more.setVisible(shown)

    def _place(self) -> None:
        """Where room is short the columns stand behind a button, and rows show name and state."""
        if self.parentWidget() is None:
            return  # there is no room to look at before it has its place on the page
        scale = theme().scale
        narrow = self.width() < _NARROW * scale or self.window().height() < _LOW * scale
        if narrow != self._narrow or self._columns_button.isHidden() == narrow:
            self._columns_button.setVisible(narrow)
            self._show_columns(not narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            before, self.table = self.table, self._make_table()
            self._column.replaceWidget(before, self.table)
            before.hide()
            before.deleteLater()
            if self.review.preview is not None:
                self._show_rows()
                if self._shown is not None:
                    self._select(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less, as there is room."""
        super().resizeEvent(event)
        self._place()
