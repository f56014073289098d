"""One doubt at a time: what it is about, the ways to answer, the cell as it stands in the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.doubts import Answer, Doubt
from judgeapp.gui.pages import people_words
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import clear, frame, label
from judgeapp.system.texts import Texts

WIDTH = 324


class DoubtCard(QFrame):
    """The card at the right of an import.

    Attributes:
        answered: the answer that the person gave; ``answered_alike`` to all doubts of the kind.
        stepped: the person wants to see the doubt before (-1) or after (1).
        taken_again: the person wants what was said about the row forgotten.
    """

    answered = Signal(object)
    answered_alike = Signal(object)
    stepped = Signal(int)
    taken_again = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("card")
        self._texts = texts
        self.setFixedWidth(theme().px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(4)
        self._sign = Sign("triangle-alert", "warn", 20)
        self._title = label("", "strong", wrap=True)
        self._before = icon_button("chevron-up", texts("gui.people.doubt_before"))
        self._after = icon_button("chevron-down", texts("gui.people.doubt_after"))
        for button in (self._before, self._after):
            button.setFixedSize(theme().px(32), theme().px(32))
        self._before.clicked.connect(lambda: self.stepped.emit(-1))
        self._after.clicked.connect(lambda: self.stepped.emit(1))
        head.addWidget(self._sign)
        head.addSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        column.addLayout(head)
        inside = QWidget()
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 2, 0)
        self._body.setSpacing(8)
        scroll = scrolling(inside)
        column.addWidget(scroll, 1)
        self._foot = QHBoxLayout()
        column.addLayout(self._foot)
        self.options: OptionCards | None = None
        self.field: Field | None = None
        self.take_button: Button | None = None
        self.alike_button: Button | None = None

    def show_doubt(
        self,
        doubt: Doubt,
        place: tuple[int, int],
        original: tuple[str, str, str],
        *,
        said: Answer | None,
        units: Sequence[str],
        alike: int = 1,
    ) -> None:
        """Show a doubt.

        Args:
            doubt: which one.
            place: its number among the doubts, from 1, and how many there are.
            original: name, cell and place of the cell in the file.
            said: what was said to it before, or None.
            units: names of organisations to choose from.
            alike: how many doubts of its kind wait.
        """
        number, total = place
        self._reset()
        self._sign.set_sign("circle-check" if said else "triangle-alert", "ok" if said else "warn")
        self._title.setText(
            self._texts("gui.people.doubt_title", row=doubt.row or "–", number=number, total=total)
        )
        self._before.setEnabled(total > 1)
        self._after.setEnabled(total > 1)
        self._body.addWidget(label(people_words.sentence(doubt, self._texts), wrap=True))
        ways = people_words.ways(doubt, self._texts)
        name = self._texts("gui.people.choose")
        self._body.addWidget(label(name, "small", "second"))
        options = OptionCards(
            [Option(way.choice, way.title, way.what_happens) for way in ways], accessible_name=name
        )
        options.choose(said.choice if said else ways[0].choice)
        options.chosen.connect(self._chosen)
        self._body.addWidget(options)
        self.options = options
        if any(way.choice == "value" for way in ways):
            self._add_field(doubt, said, units)
        self._add_original(doubt, original)
        self._add_take(number, total, alike)
        self._body.addStretch(1)
        self._chosen(options.current or "")

    def show_row(self, title: str, sentence: str, *, again: str = "") -> None:
        """Say how a row stands that has no doubt, with a way back if it was left out."""
        self._reset()
        self._sign.set_sign("circle-check", "ok")
        self._title.setText(title)
        self._body.addWidget(label(sentence, "body", "second", wrap=True))
        if again:
            button = Button(again, icon="undo-2")
            button.clicked.connect(self.taken_again)
            self._body.addWidget(button)
        self._body.addStretch(1)

    def refuse(self, sentence: str) -> None:
        """Say why what was typed does not hold; it stays."""
        if self.field is not None:
            self.field.refuse(sentence)
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Answer with the way that is chosen."""
        if self.options is None or self.options.current is None:
            return
        choice = self.options.current
        text = self.field.text if self.field is not None else ""
        if choice == "value" and not text and self.field is not None:
            self.field.refuse(self._texts("gui.people.value_missing"))
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        value = text if choice == "value" else None
        self.answered.emit(Answer(choice, value))  # type: ignore[arg-type]  # ids are choices

    def take_alike(self) -> None:
        """Answer all doubts of the kind with the way that is chosen."""
        if self.options is not None and self.options.current not in (None, "value"):
            self.answered_alike.emit(Answer(self.options.current))  # type: ignore[arg-type]  # as above

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the way that is chosen and goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return
        super().keyPressEvent(event)

    def _reset(self) -> None:
        clear(self._body)
        clear(self._foot)
        self.options = self.field = self.take_button = self.alike_button = None

    def _add_field(self, doubt: Doubt, said: Answer | None, units: Sequence[str]) -> None:
        key = "gui.people.value.unit" if doubt.field == "unit" else "gui.people.value.typed"
        field = Field(self._texts(key))
        field.text = (said.value or "") if said else ""
        if doubt.field == "unit":
            field.offer(units)
        field.edit.textEdited.connect(lambda _: field.accept())
        field.edit.returnPressed.connect(self.take)
        self._body.addWidget(field)
        self.field = field

    def _add_original(self, doubt: Doubt, original: tuple[str, str, str]) -> None:
        name, shown, at = original
        if not (name or shown):
            return
        self._body.addWidget(label(self._texts("gui.people.in_file"), "small", "second"))
        box = frame("sunken")
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(0)
        if name:
            column.addWidget(label(name, wrap=True))
        if at and doubt.field != "name":
            cell = self._texts("gui.people.cell", text=shown or "–", place=at)
            column.addWidget(label(cell, "small", "second", wrap=True))
        elif at:
            place = self._texts("gui.people.cell_only", place=at)
            column.addWidget(label(place, "small", "second"))
        self._body.addWidget(box)

    def _add_take(self, number: int, total: int, alike: int) -> None:
        if alike > 1:
            words = self._texts("gui.people.take_alike", count=alike)
            self.alike_button = Button(words, icon="list-checks")
            self.alike_button.clicked.connect(self.take_alike)
            self._body.addWidget(self.alike_button)
        last = number >= total
        words = self._texts(
            "gui.people.take" if last else "gui.people.take_next", number=number + 1
        )
        self.take_button = Button(words, kind="primary", key="Enter", height=42)
        self.take_button.clicked.connect(self.take)
        self._foot.addStretch(1)
        self._foot.addWidget(self.take_button)

    def _chosen(self, choice: str) -> None:
        if self.field is not None:
            self.field.setVisible(choice == "value")
            if self.alike_button is not None:
                self.alike_button.setEnabled(choice != "value")
            if choice == "value" and self.isVisible():
                self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
