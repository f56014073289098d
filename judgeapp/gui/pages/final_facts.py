"""The secretary's facts of one contestant as a form: lengths, late days, other points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import label
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.final_board import BoardRow

_TAKE_BACK = "-"


class FactsForm(QWidget):
    """One field for each fact that the rules of a part ask for; Enter goes on.

    Signals:
        stored: everything in it is stored.
    """

    stored = Signal()

    def __init__(self, session: Session, held: Round, row: BoardRow) -> None:
        super().__init__()
        self._session, self._held, self.row = session, held, row
        texts = session.texts
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 8, 8)
        column.setSpacing(8)
        scroll.setWidget(inner)
        outer.addWidget(scroll, 1)
        known = {(str(fact.part), str(fact.what)): fact for fact in row.facts}
        self.fields: dict[tuple[str, str], Field] = {}
        self._before: dict[tuple[str, str], str] = {}
        for part in held.parts:
            name = part.en if texts.language == "en" else part.vi
            column.addWidget(label(name, "subhead", wrap=True))
            for what in _facts_of(part):
                field = Field(texts(f"gui.final.field.{what}"))
                fact = known.get((str(part.id), "points" if what == "reason" else what))
                value = "" if fact is None else fact.reason if what == "reason" else fact.value
                if what == "seconds" and value:
                    minutes, seconds = divmod(int(value), 60)
                    value = f"{minutes}:{seconds:02d}"
                field.text = value.replace(".", ",") if what == "points" else value
                key = (str(part.id), what)
                self.fields[key], self._before[key] = field, field.text
                field.edit.returnPressed.connect(self.store)
                column.addWidget(field)
        column.addStretch(1)
        self.save = Button(texts("gui.final.store"), kind="primary", icon="check", key="Enter")
        self.save.clicked.connect(self.store)
        outer.addWidget(self.save)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            self.setFocusProxy(first.edit)

    def store(self) -> None:
        """Store what was typed; what was emptied is taken back."""
        typed = self._typed()
        if not typed:
            self.stored.emit()
            return
        app, round_id = self._session.app, self._held.id

        def work(progress: Progress) -> object:
            from judgeapp.services.judging import set_facts

            return set_facts(app, typed=typed, round_id=round_id)

        self._session.run(work, lambda _: self.stored.emit(), on_refused=self._refused)

    def _typed(self) -> list[dict[str, str]]:
        rows = []
        for part in self._held.parts:
            row: dict[str, str] = {}
            for what in _facts_of(part):
                key = (str(part.id), what)
                self.fields[key].accept()
                value = self.fields[key].text.strip()
                if value != self._before[key] and what != "reason":
                    row[what] = value or _TAKE_BACK
            reason = self.fields[str(part.id), "reason"].text.strip()
            points = self.fields[str(part.id), "points"].text.strip()
            if points and reason != self._before[str(part.id), "reason"]:
                row["points"] = points
            if row:
                row |= {"contestant": str(self.row.contestant.id), "part": str(part.id)}
                rows.append(row | {"reason": reason})
        return rows

    def _refused(self, error: JudgeError) -> None:
        """Say at the field why it is refused; nothing was stored."""
        rows = error.rows if isinstance(error, BadRows) else ()
        wrong = {
            "judging.bad_seconds": "seconds",
            "judging.bad_late_days": "late_days",
            "judging.bad_points": "points",
            "judging.points_without_reason": "reason",
        }
        said = False
        for row in rows:
            what = wrong.get(row.code)
            for (_, name), field in self.fields.items():
                typed = str(row.params.get("typed", ""))
                if name == what and (what == "reason" or field.text.strip() == typed):
                    field.refuse(self._session.texts(f"gui.final.refused.{what}", typed=typed))
                    field.edit.setFocus()
                    said = True
                    break
        if not said:
            self._session.show_error(error)


def _facts_of(part: Part) -> list[str]:
    """Return which facts a part can have: what its penalty rules measure, and other points."""
    types = {rule.type for rule in part.penalties}
    facts = []
    if types & {"over", "under"} or part.max_s is not None:
        facts.append("seconds")
    if "late" in types:
        facts.append("late_days")
    return [*facts, "points", "reason"]
