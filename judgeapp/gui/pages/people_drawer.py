"""One contestant in the drawer: see, correct with a reason, withdraw, substitute, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.person_fields import EDITABLE
from judgeapp.gui.pages.people_words import shown_value
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.people_edit import Happening, PersonCard

_PAIRS = (("birth", "gender"), ("phone", "email"))


class PersonDrawer(QWidget):
    """The fields of a contestant, and what can be done.

    Attributes:
        contestant: the number of who is shown.
        save_asked: the changes, field → text, and the reason.
        withdraw_asked, reinstate_asked: the person is to leave, or to take part again.
        substitute_asked: name of who takes the place, and the reason.
    """

    save_asked = Signal(object, str)
    withdraw_asked = Signal()
    reinstate_asked = Signal()
    substitute_asked = Signal(str, str)

    def __init__(self, texts: Texts, card: PersonCard, units: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts
        self._card = card
        self.contestant = card.contestant.id
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(10)
        scroll = scrolling(inside)
        outer.addWidget(scroll, 1)
        self.fields: dict[str, Field] = {}
        self._add_fields(units)
        self._add_saving(outer)
        self._add_others()
        self._add_history()
        self._column.addStretch(1)
        self.setFocusProxy(self.fields["name"].edit)
        self._typed()

    def _value(self, field: str) -> str:
        if field == "unit":
            return self._card.unit or ""
        return shown_value(field, getattr(self._card.contestant, field))

    def _add_fields(self, units: Sequence[str]) -> None:
        seconds = {second: first for first, second in _PAIRS}
        row: QHBoxLayout | None = None
        for name in EDITABLE:
            if name in seconds.values():
                continue
            firsts = [seconds[name]] if name in seconds else []
            row = QHBoxLayout()
            row.setSpacing(10)
            for field in (*firsts, name):
                row.addWidget(
                    self._field(field), 3 if field != "gender" else 2, Qt.AlignmentFlag.AlignTop
                )
            self._column.addLayout(row)
        self.fields["unit"].offer(units)

    def _field(self, name: str) -> Field:
        words = self._texts(f"people.field.{name}")
        field = Field(words[:1].upper() + words[1:])
        field.text = self._value(name)
        field.edit.setCursorPosition(0)
        field.edit.textChanged.connect(lambda _: self._typed(field))
        self.fields[name] = field
        return field

    def _add_saving(self, outer: QVBoxLayout) -> None:
        self._saving = QWidget()
        column = QVBoxLayout(self._saving)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(8)
        column.addWidget(hairline())
        self.reason = Field(self._texts("gui.people.reason"))
        self.reason.edit.textChanged.connect(lambda _: self._typed())
        self.reason.edit.returnPressed.connect(self.save)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        self._why_not = label("", "small", "second", wrap=True)
        row.addWidget(self._why_not, 1)
        self.save_button = Button(self._texts("gui.people.save"), kind="primary")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        column.addLayout(row)
        outer.addWidget(self._saving)

    def _add_others(self) -> None:
        self._column.addWidget(hairline())
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._card.contestant.withdrawn:
            self.back_button = Button(self._texts("gui.people.reinstate"), icon="undo-2")
            self.back_button.clicked.connect(self.reinstate_asked)
            row.addWidget(self.back_button)
        else:
            self.leave_button = Button(self._texts("gui.people.withdraw"), icon="user-minus")
            self.leave_button.clicked.connect(self.withdraw_asked)
            row.addWidget(self.leave_button)
        self.replace_button = Button(self._texts("gui.people.substitute"), icon="user-plus")
        self.replace_button.clicked.connect(self._show_substitute)
        row.addWidget(self.replace_button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._substitute = self._substitute_form()
        self._substitute.hide()
        self._column.addWidget(self._substitute)

    def _substitute_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = self._texts("gui.people.substitute.what", number=self.contestant)
        column.addWidget(label(words, "small", "second", wrap=True))
        self.new_name = Field(self._texts("gui.people.new_name"))
        self.new_reason = Field(self._texts("gui.people.reason"))
        self.do_replace = Button(self._texts("gui.people.substitute.do"))
        self.do_replace.setEnabled(False)
        for field in (self.new_name, self.new_reason):
            field.edit.textChanged.connect(
                lambda _: self.do_replace.setEnabled(
                    bool(self.new_name.text and self.new_reason.text)
                )
            )
            column.addWidget(field)
        self.new_reason.edit.returnPressed.connect(self.do_replace.click)
        self.do_replace.clicked.connect(
            lambda: self.substitute_asked.emit(self.new_name.text, self.new_reason.text)
        )
        column.addWidget(self.do_replace, 0, Qt.AlignmentFlag.AlignRight)
        return form

    def _show_substitute(self) -> None:
        self._substitute.show()
        self.new_name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_history(self) -> None:
        self._column.addWidget(hairline())
        self._column.addWidget(label(self._texts("gui.people.history"), "strong"))
        if not self._card.history:
            words = self._texts("gui.people.history.nothing")
            self._column.addWidget(label(words, "small", "second", wrap=True))
        for item in self._card.history:
            self._column.addWidget(self._happening(item))

    def _happening(self, item: Happening) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        what = self._texts(f"people.happened.{item.what}")
        head = self._texts("gui.people.happened", what=what[:1].upper() + what[1:],
                           at=local_time(item.at))  # fmt: skip
        column.addWidget(label(head, "small-strong", wrap=True))
        key = "gui.people.drawn_with" if item.what == "drawn" else "gui.people.because"
        column.addWidget(label(self._texts(key, reason=item.reason), "small", "second", wrap=True))
        nothing = self._texts("people.blank")
        for field, before, after in item.changes:
            number = field == "id"
            words = self._texts(
                "people.field_change",
                field=self._texts("people.head.number" if number else f"people.field.{field}"),
                before=shown_value(field, before) or nothing,
                after=shown_value(field, after) or nothing,
            )
            column.addWidget(label(words, "small", "second", wrap=True))
        return box

    # Typing.

    def changes(self) -> dict[str, str]:
        """Return what was typed and is not as it was."""
        return {
            name: field.text
            for name, field in self.fields.items()
            if field.text != self._value(name)
        }

    def _typed(self, field: Field | None = None) -> None:
        if field is not None:
            field.accept()
        changes = self.changes()
        self._saving.setVisible(bool(changes))
        self.save_button.setEnabled(bool(changes and self.reason.text))
        self._why_not.setText(
            "" if self.reason.text else self._texts("gui.people.reason_first", count=len(changes))
        )

    def save(self) -> None:
        """Ask for what was typed to be stored."""
        if self.save_button.isEnabled():
            self.save_asked.emit(self.changes(), self.reason.text)

    def refuse(self, code: str, sentence: str) -> None:
        """Show why something typed does not hold, at its field; nothing was stored."""
        field = code.removeprefix("people.typed_")
        refused = self.fields.get(field) or self.reason
        refused.refuse(sentence)
        refused.edit.setFocus(Qt.FocusReason.OtherFocusReason)


def local_time(stamp: str) -> str:
    """Return a moment as it is stored in this computer's time, as people write it."""
    from datetime import datetime

    return datetime.fromisoformat(stamp).astimezone().strftime("%d/%m/%Y %H:%M")
