"""The right side of the desk: parts as tabs, criteria, the current one open, totals below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.contest import Part
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.own_marks import OwnEntry
from judgeapp.gui.pages.desk_card import CriterionCard, mark_words
from judgeapp.gui.pages.desk_comment import EntryComment
from judgeapp.gui.pages.desk_rows import CriterionRow, PartTab
from judgeapp.gui.pages.desk_typing import Key, Typing
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import clear, frame, label, set_tone
from judgeapp.system.texts import Texts


def name_of(texts: Texts, vi: str, en: str) -> str:
    """Return a part's or criterion's name in the language in use."""
    return vi if texts.language == "vi" else en


class RubricPanel(QWidget):
    """Marks one entry.

    Attributes:
        next_asked: go to the next entry.
        part_opened: id of the part whose criteria are shown now.
    """

    next_asked = Signal()
    part_opened = Signal(str)

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self._texts, self._typing = texts, typing
        self._contestant: ContestantId | None = None
        self._keys: list[Key] = []
        self._rows: list[CriterionRow] = []
        self._tabs: list[tuple[Part, PartTab]] = []
        self._at = 0
        self._compact = False
        self.card = CriterionCard(texts, typing)
        self.comment = EntryComment(texts, typing)
        self._steps = _Steps()
        self._where = label("", "small-strong", "second")
        self._total, self._of = label("", "number-l"), label("", "body", "second")
        self._missing = label("", "strong", wrap=True)
        self._rank = label("", "small", "second", wrap=True)
        self.next_button = Button(kind="primary", key=texts("gui.desk.key.next"), height=46)
        self._lay_out()
        self.card.field.moved.connect(self.step_by)
        self.card.comment_done.connect(lambda: self.step_by(1))
        self.next_button.clicked.connect(self._next_pressed)
        typing.changed.connect(self.refresh)
        typing.told.connect(self._told)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)  # what scrolls ends clear of the tabs
        head.setSpacing(6)
        self._tab_row = QHBoxLayout()
        self._tab_row.setSpacing(8)
        head.addLayout(self._tab_row)
        head.addWidget(self._where)
        head.addWidget(self._steps)
        outer.addLayout(head)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 0, 16, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self.card)
        self._column.addWidget(self.comment)
        self._column.addStretch(1)
        self._scroll = scrolling(inside)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._bottom())

    def _bottom(self) -> QFrame:
        bar = frame("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(18, 6, 16, 8)
        row.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(self._texts("gui.desk.whole"), "small", "second"))
        figures = QHBoxLayout()
        figures.setSpacing(8)
        figures.addWidget(self._total)
        self._of.setContentsMargins(0, 0, 0, 6)
        figures.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        figures.addStretch(1)
        left.addLayout(figures)
        row.addLayout(left)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._missing)
        words.addWidget(self._rank)
        words.addStretch(1)
        row.addWidget(self._words, 1)
        row.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    # --- which entry and criterion --------------------------------------------------------------

    @property
    def key(self) -> Key | None:
        """The mark that the field is for."""
        return self._keys[self._at] if self._keys else None

    def show_entry(self, contestant: ContestantId, at: Key | None = None) -> None:
        """Show an entry at a criterion, by itself at the first that lacks a mark."""
        self._contestant = contestant
        self.comment.show_entry(contestant)
        entry = self._typing.view.entry(contestant)
        parts = {part.id: part for part in self._typing.desk.pack.round.parts}
        owed = [parts[sheet.part] for sheet in entry.sheets]
        self._keys = [
            (contestant, part.id, criterion.id) for part in owed for criterion in part.criteria
        ]
        self._make_tabs(owed)
        lacking = [i for i, key in enumerate(self._keys) if self._typing.points(key) is None]
        first = self._keys.index(at) if at in self._keys else (lacking[0] if lacking else 0)
        self._at = first
        self._make_rows()
        self._show_card()

    def set_compact(self, compact: bool) -> None:
        """Show one criterion at a time, where there is little room."""
        if compact != self._compact:
            self._compact = compact
            self.card.set_compact(compact)
            self._make_rows()
            self._show_card()

    def _make_tabs(self, parts: list[Part]) -> None:
        if [part for part, _ in self._tabs] == parts:
            return
        clear(self._tab_row)
        self._tabs = []
        for part in parts:
            tab = PartTab()
            tab.clicked.connect(lambda _=False, wanted=part.id: self._open_part(wanted))
            self._tabs.append((part, tab))
            self._tab_row.addWidget(tab, 1)

    def _make_rows(self) -> None:
        """Have a row for each criterion of the current part; rows of before are used again."""
        if self.key is not None:
            self.part_opened.emit(self.key[1])
        mine = self._of_part()
        while len(self._rows) > len(mine):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(mine):
            row = CriterionRow()
            row.clicked.connect(lambda _=False, row=row: self.go_to(row.index))
            self._rows.append(row)
        for row, index in zip(self._rows, mine, strict=True):
            row.index = index

    def _of_part(self) -> list[int]:
        if not self._keys:
            return []
        part = self._keys[self._at][1]
        return [index for index, key in enumerate(self._keys) if key[1] == part]

    def _show_card(self) -> None:
        key = self.key
        if key is None:
            return
        mine = self._of_part()
        at = mine.index(self._at)
        for row in self._rows:
            self._column.removeWidget(row)
        self._column.removeWidget(self.card)
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, self.card if place == at else row)
            row.setVisible(place != at and not self._compact)
        self.card.show_criterion(key, at + 1, self._next_words(at, mine))
        self.refresh()
        QTimer.singleShot(0, self._keep_in_view)

    def _keep_in_view(self) -> None:
        room = self._scroll.viewport().height()
        middle = self.card.y() + self.card.height() // 2
        if self.card.height() > room:
            middle = self.card.y() + self.card.field.geometry().center().y()
        self._scroll.verticalScrollBar().setValue(middle - room // 2)

    def _next_words(self, at: int, mine: list[int]) -> str:
        if at + 1 < len(mine):
            return self._texts("gui.desk.enter_next", number=at + 2)
        if self._at + 1 < len(self._keys):
            return self._texts("gui.desk.enter_part")
        return self._texts("gui.desk.enter_entry")

    def leave(self) -> None:
        """Bring what was typed to the disk."""
        self.card.leave()
        self.comment.store()

    # --- moving ---------------------------------------------------------------------------------

    def focus_field(self) -> None:
        """Give the field the focus: a mark to be typed over, a refused text to be corrected."""
        field, key = self.card.field, self.key
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if key is not None and self._typing.refused(key) is not None:
            field.end(False)
        else:
            field.selectAll()

    def may_leave(self) -> bool:
        """Tell whether no text of this entry is refused; if one is, go to it."""
        self.leave()
        refused = self._typing.refused_keys(self._contestant)
        if not refused:
            return True
        self.go_to(self._keys.index(refused[0]))
        return False

    def go_to(self, index: int) -> None:
        """Open a criterion of this entry; a draft that is left stays as it was typed."""
        before = self._of_part()
        self._at = index
        if self._of_part() != before:
            self._make_rows()
        self._show_card()
        self.focus_field()

    def step_by(self, step: int) -> None:
        """Go to the next or previous criterion; a refused text keeps its field."""
        key = self.key
        if key is None:
            return
        self.card.leave()
        if step > 0 and self._typing.refused(key) is not None:
            self.focus_field()
            return
        wanted = self._at + step
        if wanted >= len(self._keys):
            self.next_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif wanted >= 0:
            self.go_to(wanted)

    def _open_part(self, part: str) -> None:
        mine = [index for index, key in enumerate(self._keys) if key[1] == part]
        lacking = [i for i in mine if self._typing.points(self._keys[i]) is None]
        self.go_to((lacking or mine)[0])

    def _next_pressed(self) -> None:
        if self._compact and self._at + 1 < len(self._keys):
            self.step_by(1)
        else:
            self.next_asked.emit()

    # --- showing --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show sums, ticks and totals as they are on the disk."""
        if self._contestant is None or not self._typing.loaded:
            return
        entry = self._typing.view.entry(self._contestant)
        self._show_tabs(entry)
        self._show_rows()
        self._show_totals(entry)
        mine = self._of_part()
        self._where.setVisible(self._compact)
        self._steps.setVisible(self._compact)
        for _, tab in self._tabs:
            tab.setVisible(not self._compact)
        part = next(p for p, _ in self._tabs if p.id == self._keys[self._at][1])
        self._where.setText(
            self._texts(
                "gui.desk.where",
                part=name_of(self._texts, part.vi, part.en),
                number=mine.index(self._at) + 1,
                count=len(mine),
            )
        )
        states = [self._typing.stored(self._keys[index]) for index in mine]
        self._steps.show_states([state == "saved" for state in states], mine.index(self._at))

    def _show_tabs(self, entry: OwnEntry) -> None:
        texts = self._texts
        current = self._keys[self._at][1]
        by_part = {sheet.part: sheet for sheet in entry.sheets}
        for part, tab in self._tabs:
            sheet = by_part[part.id]
            name = name_of(texts, part.vi, part.en)
            rest = texts("gui.desk.sum", sum=sheet.sum, most=part.max)
            words = texts("gui.desk.part", part=name, sum=sheet.sum, most=part.max)
            done = not sheet.missing
            tab.show_part(name, rest, done=done, current=part.id == current, words=words)

    def _told(self, key: object) -> None:
        if key != self.key:  # that of the open criterion is on its card
            self._show_rows()

    def _show_rows(self) -> None:
        texts = self._texts
        for place, (row, index) in enumerate(zip(self._rows, self._of_part(), strict=True)):
            key = self._keys[index]
            criterion = self._typing.criterion(key)
            name = name_of(texts, criterion.vi, criterion.en)
            points, stored = self._typing.points(key), self._typing.stored(key)
            strong = "–" if points is None else texts.number(points)
            words = mark_words(texts, criterion, points)
            rest = texts("gui.desk.out_of", most=criterion.max)
            row.show_mark(place + 1, name, strong, rest, stored=stored, words=words)

    def _show_totals(self, entry: OwnEntry) -> None:
        texts = self._texts
        self._total.setText(texts.number(entry.so_far))
        self._of.setText(texts("gui.desk.out_of", most=entry.most))
        if entry.missing:
            self._missing.setText(texts("gui.desk.missing", count=entry.missing))
        else:
            self._missing.setText(texts("gui.desk.whole_entry"))
        tone = "warn" if entry.missing else "ok"
        if self._missing.property("tone") != tone:
            set_tone(self._missing, tone)
        self._rank.setText("" if entry.rank is None else texts("gui.desk.rank", rank=entry.rank))
        self._rank.setVisible(entry.rank is not None)
        self._words.setVisible(not self._compact)
        if self._compact and self._at + 1 < len(self._keys):
            mine = self._of_part()
            at = mine.index(self._at)
            if at + 1 < len(mine):
                words = texts("gui.desk.criterion", number=at + 2)
            else:
                words = texts("gui.desk.next_part")
            self._set_next(words, texts("gui.desk.key.enter"))
        else:
            self._set_next(texts("gui.desk.next_entry"), texts("gui.desk.key.next"))

    def _set_next(self, words: str, key: str) -> None:
        self.next_button.setText(words)
        self.next_button.key = key
        self.next_button.updateGeometry()
        self.next_button.update()


class _Steps(QWidget):
    """How far the criteria of a part are, one bar each, where they are shown one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._done: list[bool] = []
        self._at = 0
        self.setFixedHeight(8)

    def show_states(self, done: list[bool], at: int) -> None:
        """Show which have a mark and which is the current one."""
        self._done, self._at = done, at
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one bar for each criterion."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = max(len(self._done), 1)
        width = (self.width() - 6 * (count - 1)) / count
        for number, done in enumerate(self._done):
            token = "accentfill" if number == self._at else "ok" if done else "line"
            painter.setBrush(theme().color(token))
            painter.drawRoundedRect(int(number * (width + 6)), 1, int(width), 6, 3, 3)
        painter.end()
