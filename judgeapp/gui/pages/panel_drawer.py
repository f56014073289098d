"""One judge in the drawer: see, change, add, remove; whom the judge never marks, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.ids import ContestantId
    from judgeapp.services.panel import JudgeLine

_FIELDS = ("id", "name", "unit", "panel", "conflicts", "why")
# Which field a refusal is about.
_REFUSED = {
    "panel.bad_id": "id", "panel.there_already": "id", "panel.name_missing": "name",
    "panel.unknown_contestant": "conflicts",
}  # fmt: skip


class JudgeDrawer(QWidget):
    """The fields of a judge.

    Attributes:
        save_asked: field → text, the role among them.
        remove_asked: the judge is to leave the panel.
        line: who is shown, or None for a new one.
    """

    save_asked = Signal(object)
    remove_asked = Signal()

    def __init__(
        self,
        texts: Texts,
        line: JudgeLine | None,
        *,
        number: str,
        units: Sequence[str],
        names: Mapping[str, str],
    ) -> None:
        """Show a judge.

        Args:
            texts: the language in use.
            line: who, or None for a new one.
            number: the judge's number; for a new one a proposal.
            units: names of organisations.
            names: contestants' names by number.
        """
        super().__init__()
        self._texts, self.line = texts, line
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(10)
        scroll = scrolling(inside, sideways=True)
        outer.addWidget(scroll, 1)
        self._add_fields(number, units)
        if line is not None:
            self._add_people("own_unit", line.own_unit, names, {})
            self._add_people("declared", line.declared, names, line.reasons)
        self._column.addStretch(1)
        outer.addWidget(hairline())
        outer.addLayout(self._foot())
        self.setFocusProxy(self.fields["name"].edit)

    def _add_fields(self, number: str, units: Sequence[str]) -> None:
        texts, line = self._texts, self.line
        self.fields: dict[str, Field] = {}
        for name in _FIELDS:
            words = texts(f"gui.panel.field.{name}")
            help_text = texts("gui.panel.field.conflicts.help") if name == "conflicts" else ""
            field = Field(words, help_text=help_text)
            if name == "conflicts":
                field.text = ", ".join(line.declared) if line else ""
            elif name != "why" and line is not None:
                field.text = str(getattr(line.judge, name) or "")
            field.edit.textEdited.connect(field.accept)
            field.edit.returnPressed.connect(self.save)
            self.fields[name] = field
            self._column.addWidget(field)
            if name == "name":
                self._add_role()
        if line is None:
            self.fields["id"].text = number
        self.fields["id"].edit.setEnabled(line is None)
        self.fields["unit"].offer(units)

    def _add_role(self) -> None:
        roles = ("member", "chair", "secretary")
        self._column.addWidget(label(self._texts("gui.panel.role"), "small", "second"))
        self.role = Segment(
            [(role, self._texts(f"panel.role.{role}")) for role in roles],
            accessible_name=self._texts("gui.panel.role"),
        )
        if self.line is not None:
            self.role.choose(self.line.judge.role)
        self._column.addWidget(self.role)

    def _add_people(
        self,
        key: str,
        numbers: Sequence[ContestantId],
        names: Mapping[str, str],
        reasons: Mapping[ContestantId, str],
    ) -> None:
        if not numbers:
            return
        self._column.addWidget(label(self._texts(f"gui.panel.{key}"), "small-strong"))
        for number in numbers:
            words = self._texts("gui.panel.person", number=number, name=names.get(number, ""))
            self._column.addWidget(label(words, wrap=True))
            if number in reasons:
                self._column.addWidget(label(reasons[number], "small", "second", wrap=True))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        self.remove_button = Button(self._texts("gui.panel.remove"), icon="user-minus")
        self.remove_button.clicked.connect(self.remove_asked)
        if self.line is not None and self.line.in_use:
            row.addWidget(label(self._texts("gui.panel.in_use"), "small", "second", wrap=True), 1)
        elif self.line is not None:
            row.addWidget(self.remove_button)
            row.addStretch(1)
        else:
            row.addStretch(1)
        self.save_button = Button(self._texts("gui.panel.save"), kind="primary")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        return row

    def save(self) -> None:
        """Ask for what is typed to be stored."""
        values = {name: field.text for name, field in self.fields.items()}
        self.save_asked.emit({**values, "role": self.role.current})

    def refuse(self, code: str, sentence: str) -> None:
        """Say at its field why nothing was stored; everything typed stays."""
        field = self.fields[_REFUSED.get(code, "name")]
        field.refuse(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
