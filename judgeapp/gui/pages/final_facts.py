"""The secretary's facts of one contestant as a form: lengths, late days, other points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from judgeapp.domain.contest import Part, Round
from judgeapp.domain.entries import clock_text
from judgeapp.domain.errors import BadRows, JudgeError
from judgeapp.domain.facts import Fact
from judgeapp.domain.stage_time import is_timed
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.form import Form
from judgeapp.system.progress import Progress
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.final_board import BoardRow

_TAKE_BACK = "-"
_WRONG = {
    "judging.bad_seconds": "seconds",
    "judging.bad_late_days": "late_days",
    "judging.bad_points": "points",
    "judging.points_without_reason": "reason",
}


class FactsForm(Form[tuple[str, str]]):
    """One field for each fact that the rules of a part ask for; Enter goes on.

    Signals:
        stored: everything in it is stored.
    """

    stored = Signal()

    def __init__(self, session: Session, held: Round, row: BoardRow) -> None:
        texts = session.texts
        super().__init__(Button(texts("gui.final.store"), icon="check", key="Enter"))
        self._session, self._held, self.row = session, held, row
        known = {(str(fact.part), str(fact.what)): fact for fact in row.facts}
        for part in held.parts:
            self.add_words(part_name(part, texts))
            for what in _facts_of(part):
                fact = known.get((str(part.id), "points" if what == "reason" else what))
                value = "" if fact is None else fact.reason if what == "reason" else shown(fact)
                title = texts(f"gui.final.field.{what}")
                field = self.add_field((str(part.id), what), title, value)
                field.edit.returnPressed.connect(self.store)
        self.asked.connect(self.store)

    def store(self) -> None:
        """Store what was typed; what was emptied is taken back."""
        self.accept_all()
        typed = [row for part in self._held.parts if (row := self._typed(part))]
        if not typed:
            self.stored.emit()
            return
        app, round_id = self._session.app, self._held.id

        def work(progress: Progress) -> object:
            from judgeapp.services.judging import set_facts

            return set_facts(app, typed=typed, round_id=round_id)

        self._session.run(work, lambda _: self.stored.emit(), on_refused=self._refused)

    def _typed(self, part: Part) -> dict[str, str]:
        """Return what changed of a part as a row of the table of facts, or nothing."""
        own = str(part.id)
        row = {
            what: self.fields[own, what].text or _TAKE_BACK
            for what in _facts_of(part)
            if what != "reason" and self.is_changed((own, what))
        }
        points = self.fields[own, "points"].text
        if points and self.is_changed((own, "reason")):
            row["points"] = points
        if row:
            row |= {"contestant": str(self.row.contestant.id), "part": own}
            row["reason"] = self.fields[own, "reason"].text
        return row

    def _refused(self, error: JudgeError) -> None:
        """Say at the field why it is refused; nothing was stored."""
        said = [row for row in (error.rows if isinstance(error, BadRows) else ()) if self._say(row)]
        if not said:
            self._session.show_error(error)

    def _say(self, row: JudgeError) -> bool:
        what, typed = _WRONG.get(row.code), str(row.params.get("typed", ""))
        for (_, name), field in self.fields.items():
            if name == what and (what == "reason" or field.text == typed):
                field.refuse(self._session.texts(f"gui.final.refused.{what}", typed=typed))
                field.edit.setFocus()
                return True
        return False


def _facts_of(part: Part) -> list[str]:
    """Return which facts a part can have: what its penalty rules measure, and other points."""
    facts = ["seconds"] if is_timed(part) else []
    if any(rule.type == "late" for rule in part.penalties):
        facts.append("late_days")
    return [*facts, "points", "reason"]


def shown(fact: Fact) -> str:
    """Write a fact as it is typed: ``7:42``, ``2``, ``0,5``."""
    if fact.what == "seconds":
        return clock_text(float(fact.value))
    return fact.value.replace(".", ",") if fact.what == "points" else fact.value


def facts_in_words(texts: Texts, row: BoardRow) -> str:
    """Return a contestant's facts in a few words, or nothing."""
    return ", ".join(texts(f"gui.final.fact.{fact.what}", value=shown(fact)) for fact in row.facts)
