"""What is compared when totals are equal, in the drawer: a chain that is put in order.

A line is moved by dragging it, by Alt+↑ and Alt+↓, or by the buttons below.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.rule_edits import tie_breakers_of, with_round
from judgeapp.gui.pages import contest_words
from judgeapp.gui.pages.rules_form import RulesForm
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

_WRITTEN = int(Qt.ItemDataRole.UserRole)


class TiesForm(RulesForm):
    """The chain of tie-breakers of a round.

    Attributes:
        list: what is compared, first things first.
        more: what could be compared too.
    """

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        self.column.addWidget(label(texts("gui.contest.ties.help"), "small", "second", wrap=True))
        self.list = self._list(texts("gui.contest.ties"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.column.addWidget(self.list)
        self.column.addLayout(self._buttons())
        self._more_title = label(texts("gui.contest.ties.more"), "small-strong")
        self.column.addWidget(self._more_title)
        self.more = self._list(texts("gui.contest.ties.more"))
        self.more.itemDoubleClicked.connect(lambda _: self._add_chosen())
        self.column.addWidget(self.more)
        self.add_button = Button(texts("gui.contest.ties.add"), icon="plus")
        self.add_button.clicked.connect(self._add_chosen)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        for written in held.tie_breakers:
            self._append(self.list, written)
        self.list.setCurrentRow(0)
        self.list.model().rowsMoved.connect(lambda *_: self._renumber())
        self.list.model().rowsInserted.connect(lambda *_: self._renumber())
        self.list.model().rowsRemoved.connect(lambda *_: self._renumber())
        self.list.currentRowChanged.connect(lambda _: self._switch())
        self.filled(self.list)
        self._renumber()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.up, self.down, self.gone = (
            Button(self.texts(f"gui.rules.row.{name}"), icon=icon)
            for name, icon in (("up", "arrow-up"), ("down", "arrow-down"), ("remove", "trash-2"))
        )
        self.up.clicked.connect(lambda: self.move_line(-1))
        self.down.clicked.connect(lambda: self.move_line(1))
        self.gone.clicked.connect(self._remove)
        for button in (self.up, self.down, self.gone):
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def chain(self) -> tuple[str, ...]:
        """What is compared, as the rules write it."""
        lines = (self.list.item(n) for n in range(self.list.count()))
        return tuple(line.data(_WRITTEN) for line in lines)

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.installEventFilter(self)
        return made

    def _append(self, to: QListWidget, written: str) -> None:
        line = QListWidgetItem()
        line.setData(_WRITTEN, written)
        to.addItem(line)

    def move_line(self, by: int) -> None:
        """Move the current line up or down."""
        place, target = self.list.currentRow(), self.list.currentRow() + by
        if place < 0 or not 0 <= target < self.list.count():
            return
        self.list.insertItem(target, self.list.takeItem(place))
        self.list.setCurrentRow(target)

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())

    def _add_chosen(self) -> None:
        line = self.more.currentItem()
        if line is not None:
            self._append(self.list, line.data(_WRITTEN))
            self.list.setCurrentRow(self.list.count() - 1)

    def _renumber(self) -> None:
        """Write the numbers anew, offer what is not in the chain, and look at the whole."""
        chain, place = self.chain, self.more.currentRow()
        self.more.clear()
        for written in tie_breakers_of(self.held):
            if written not in chain:
                self._append(self.more, written)
        self.more.setCurrentRow(min(max(place, 0), self.more.count() - 1))
        for shown in (self.list, self.more):
            for number in range(shown.count()):
                line = shown.item(number)
                numbered = number + 1 if shown is self.list else 0
                words = contest_words.tie(self.held, line.data(_WRITTEN), numbered, self.texts)
                line.setText(words)
                line.setSizeHint(QSize(10, theme().px(48)))
            shown.setFixedHeight(theme().px(48) * max(shown.count(), 1) + 8)
        for widget in (self._more_title, self.more, self.add_button):
            widget.setVisible(self.more.count() > 0)
        self._switch()
        self.look()

    def _switch(self) -> None:
        place, count = self.list.currentRow(), self.list.count()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < count - 1)
        self.gone.setEnabled(place >= 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow move the line; Delete takes it away; Enter adds one."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.more and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add_chosen()
            return True
        if watched is self.list:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_line(step)
                return True
            if event.key() == Qt.Key.Key_Delete:
                self._remove()
                return True
        return super().eventFilter(watched, event)

    def read(self) -> Definition:
        """Return the rules with this chain."""
        return with_round(self.found.definition, replace(self.held, tie_breakers=self.chain))
