"""Criteria of a round in the drawer: names and points, with the new total while one types."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.contest import Round
from judgeapp.domain.points import Accepted, read_points
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.texts import Texts


class RubricForm(QWidget):
    """Name and points of each criterion.

    Attributes:
        save_asked: maxima, names, reason.
    """

    save_asked = Signal(object, object, str)

    def __init__(self, texts: Texts, held: Round) -> None:
        super().__init__()
        self._texts, self._held = texts, held
        self.round_id = held.id
        self.names: dict[str, Field] = {}
        self.points: dict[str, Field] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(8)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        self._add_fields()
        self._column.addStretch(1)
        outer.addWidget(hairline())
        self._total = label("", "strong")
        outer.addWidget(self._total)
        self.reason = Field(texts("gui.contest.edit.reason"))
        self.reason.edit.textChanged.connect(lambda _: self._typed())
        outer.addWidget(self.reason)
        row = QHBoxLayout()
        row.addStretch(1)
        self.save_button = Button(texts("gui.contest.edit.do"), kind="primary")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        outer.addLayout(row)
        self.setFocusProxy(next(iter(self.points.values())).edit)
        self._typed()

    def _add_fields(self) -> None:
        for part in self._held.parts:
            self._column.addWidget(label(part_name(part, self._texts), "strong", wrap=True))
            for item in part.criteria:
                key = f"{part.id}/{item.id}"
                row = QHBoxLayout()
                row.setSpacing(8)
                name, points = Field(""), Field("")
                name.text, points.text = item.vi, self._texts.number(item.max)
                name.edit.setAccessibleName(self._texts("gui.rubrics.criterion"))
                name.edit.setCursorPosition(0)
                points.edit.setAccessibleName(
                    f"{item.vi}, {self._texts('gui.rubrics.edit.points')}"
                )
                points.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
                points.setFixedWidth(theme().px(84))
                for field in (name, points):
                    field.edit.textChanged.connect(lambda _, field=field: self._typed(field))
                row.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
                row.addWidget(points, 0, Qt.AlignmentFlag.AlignTop)
                self._column.addLayout(row)
                self.names[key], self.points[key] = name, points

    def total(self) -> Decimal | None:
        """Return the round's total as typed, or None while something is no number of points."""
        total = Decimal(0)
        for part in self._held.parts:
            for item in part.criteria:
                typed = self.points[f"{part.id}/{item.id}"].text
                read = read_points(typed, maximum=Decimal(100), step=item.step)
                if not isinstance(read, Accepted):
                    return None
                total += read.points * part.weight
        return total

    def changes(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return points and names that were typed and are not as they were."""
        maxima, names = {}, {}
        for part in self._held.parts:
            for item in part.criteria:
                key = f"{part.id}/{item.id}"
                if self.points[key].text != self._texts.number(item.max):
                    maxima[key] = self.points[key].text
                if self.names[key].text != item.vi:
                    names[key] = self.names[key].text
        return maxima, names

    def _typed(self, field: Field | None = None) -> None:
        if field is not None:
            field.accept()
        total = self.total()
        self._total.setText(
            self._texts("gui.rubrics.edit.total_bad")
            if total is None
            else self._texts("gui.rubrics.edit.total", total=total)
        )
        self.save_button.setEnabled(
            total is not None and any(self.changes()) and bool(self.reason.text)
        )

    def save(self) -> None:
        """Ask for the changes to be stored."""
        maxima, names = self.changes()
        self.save_asked.emit(maxima, names, self.reason.text)

    def refuse(self, code: str, place: str, sentence: str) -> None:
        """Say why nothing was stored; everything typed stays."""
        field = self.names.get(place, self.reason)
        if code == "rubrics.bad_points":
            field = next((one for one in self.points.values() if one.text == place), self.reason)
        field.refuse(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
