"""The numbers of a round's rules in the drawer: cut, prizes, points of penalties; with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.contest import Round
from judgeapp.gui.pages import contest_words
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts


class RulesForm(QWidget):
    """Fields for the numbers that can be changed.

    Attributes:
        save_asked: cut or None, prizes, penalties, reason.
        fields: by what they change: ``cut``, ``prize:first``, ``penalty:clip/1``.
    """

    save_asked = Signal(object, object, object, str)

    def __init__(self, texts: Texts, held: Round) -> None:
        super().__init__()
        self._texts = texts
        self.round_id = held.id
        self.fields: dict[str, Field] = {}
        self._before: dict[str, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(10)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        self._column.addWidget(label(texts("gui.contest.edit.what"), "body", "second", wrap=True))
        self._add_fields(held)
        self._column.addStretch(1)
        outer.addWidget(hairline())
        self.reason = Field(texts("gui.contest.edit.reason"))
        self.reason.edit.textChanged.connect(lambda _: self._typed())
        outer.addWidget(self.reason)
        row = QHBoxLayout()
        self._why_not = label(texts("gui.contest.edit.wait"), "small", "second", wrap=True)
        self.save_button = Button(texts("gui.contest.edit.do"), kind="primary")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self._why_not, 1)
        row.addWidget(self.save_button)
        outer.addLayout(row)
        first = next(iter(self.fields.values()), self.reason)
        self.setFocusProxy(first.edit)
        self._typed()

    def _add_fields(self, held: Round) -> None:
        if held.cut is not None:
            self._add("cut", self._texts("gui.contest.cut"), str(held.cut.size))
        if held.prizes:
            self._column.addWidget(label(self._texts("gui.contest.prizes"), "strong"))
        for prize in held.prizes:
            self._add(f"prize:{prize.id}", prize.vi, str(prize.count))
        if any(part.penalties for part in held.parts):
            self._column.addWidget(label(self._texts("gui.contest.penalties"), "strong"))
        for part in held.parts:
            for number, rule in enumerate(part.penalties, start=1):
                name = contest_words.penalty(part, rule, self._texts)
                points = self._texts.number(rule.per_unit)
                self._add(f"penalty:{part.id}/{number}", name, points)

    def _add(self, key: str, name: str, value: str) -> None:
        field = Field(name)
        field.text = value
        field.edit.textChanged.connect(lambda _: self._typed(field))
        self.fields[key] = field
        self._before[key] = value
        self._column.addWidget(field)

    def changes(self) -> dict[str, str]:
        """Return what was typed and is not as it was."""
        return {k: f.text for k, f in self.fields.items() if f.text != self._before[k]}

    def _typed(self, field: Field | None = None) -> None:
        if field is not None:
            field.accept()
        ready = bool(self.changes() and self.reason.text)
        self.save_button.setEnabled(ready)
        self._why_not.setText("" if ready else self._texts("gui.contest.edit.wait"))

    def save(self) -> None:
        """Ask for the changes to be stored, unless a number is none."""
        cut: int | None = None
        prizes: dict[str, int] = {}
        penalties: dict[str, str] = {}
        for key, text in self.changes().items():
            what, _, name = key.partition(":")
            if what == "penalty":
                penalties[name] = text
            elif not (text.isascii() and text.isdecimal() and len(text) < 6):
                self._refuse_count(self.fields[key], text, least=1 if what == "cut" else 0)
                return
            elif what == "cut":
                cut = int(text)
            else:
                prizes[name] = int(text)
        self.save_asked.emit(cut, prizes, penalties, self.reason.text)

    def _refuse_count(self, field: Field, text: str, *, least: int) -> None:
        from judgeapp.domain.errors import JudgeError

        error = JudgeError("rules.bad_count", place=text, least=least, most=1000)
        field.refuse(self._texts.error(error))
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was stored; everything typed stays."""
        changed = [self.fields[key] for key in self.changes()]
        (changed[0] if len(changed) == 1 else self.reason).refuse(sentence)
