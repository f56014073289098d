"""The contest in the drawer: what it is, a round and its place, a new round from a preset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.contest_facts import ContestFacts, read_facts
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import RoundId
from judgeapp.domain.names import clean
from judgeapp.domain.rule_edits import fresh_id, moved, with_round
from judgeapp.domain.typed_rules import read_count
from judgeapp.gui.pages import contest_words
from judgeapp.gui.pages.rules_form import DrawerForm, RulesForm, captioned
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary, Preset

MOST_JUDGES = 99


class FactFields:
    """Host, place and days of a contest as fields of a form.

    Attributes:
        host, place, first_day, last_day: the fields.
    """

    def __init__(self, form: DrawerForm, facts: ContestFacts) -> None:
        texts = form.texts
        self.host = form.add_field(
            texts("contest.fact.host"), facts.host, hint=texts("gui.contest.host.hint")
        )
        self.place = form.add_field(
            texts("contest.fact.place"), facts.place, hint=texts("gui.contest.place.hint")
        )
        days = [contest_words.day(day) if day else "" for day in (facts.first_day, facts.last_day)]
        self.first_day = form.field(
            texts("contest.fact.first_day"), days[0], hint=texts("gui.contest.day.hint")
        )
        self.last_day = form.field(
            texts("contest.fact.last_day"), days[1], hint=texts("gui.contest.last_day.hint")
        )
        form.add_pair(self.first_day, self.last_day)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        names = ("host", "place", "first_day", "last_day")
        return {name: getattr(self, name).text for name in names}

    def field_of(self, place: str | None) -> Field:
        """Return the field that a refusal is about."""
        found = getattr(self, place or "", None)
        return found if isinstance(found, Field) else self.host


class FactsForm(DrawerForm):
    """What the contest is called, who holds it, where and when."""

    def __init__(self, texts: Texts, found: ContestSummary) -> None:
        super().__init__(texts, texts("gui.contest.facts.do"))
        self.found = found
        self.name = self.add_field(texts("shell.new.name"), found.name)
        self.facts = FactFields(self, found.facts)
        self.filled(self.name.edit)

    def wait_words(self) -> str:
        """Wait for a change."""
        if not clean(self.name.text):
            self.deny(self.name, self.texts("error.contest.no_name"))
        facts = None
        try:
            facts = read_facts(**self.facts.typed)
        except BadInput as error:
            self.deny(self.facts.field_of(error.place), self.texts.error(error))
        same = (clean(self.name.text), facts) == (self.found.name, self.found.facts)
        return self.texts("gui.rules.wait.change") if same else ""


class RoundForm(RulesForm):
    """A round: what it is called, how many judges, people or teams, its place; or taken away."""

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        self._removed = False
        rounds = found.definition.rounds
        self.name = self.add_field(texts("gui.contest.round.name"), held.vi)
        self.judges = self.field(texts("gui.contest.round.judges"), str(held.judges))
        self.team = self.choice(
            texts("gui.contest.round.unit"),
            [(one, texts(f"gui.contest.unit.{one}")) for one in ("person", "team")],
            "team" if held.team else "person",
        )
        self.add_pair(self.judges, captioned(texts("gui.contest.round.unit"), self.team))
        self.order = self.add_choice(
            texts("gui.contest.round.order"),
            [(str(n), texts("gui.contest.round.nth", number=n + 1)) for n in range(len(rounds))],
            str(rounds.index(held)),
        )
        if len(rounds) > 1:
            self.remove_button = Button(texts("gui.contest.round.remove"), icon="trash-2")
            self.remove_button.setEnabled(not found.uses[held.id].is_used)
            self.remove_button.clicked.connect(self._turn)
            self.column.addWidget(self.remove_button)
            used = texts("gui.contest.round.used") if found.uses[held.id].is_used else ""
            self._fate = label(used, "small", "second", wrap=True)
            self._fate.setVisible(bool(used))
            self.column.addWidget(self._fate)
        self.filled(self.name.edit)

    def _turn(self) -> None:
        self._removed = not self._removed
        name = "keep" if self._removed else "remove"
        self.remove_button.setText(self.texts(f"gui.contest.round.{name}"))
        self.remove_button.updateGeometry()
        self._fate.setText(self.texts("gui.contest.round.goes"))
        self._fate.setVisible(self._removed)
        self.look()

    def read(self) -> Definition:
        """Return the rules with this round as typed, in its place, or without it."""
        definition = self.found.definition
        if self._removed:
            kept = tuple(item for item in definition.rounds if item.id != self.held.id)
            return replace(definition, rounds=kept)
        if not clean(self.name.text):
            self.deny(self.name, self.texts("gui.rules.no_name"))
        judges = self.take(
            self.judges, lambda text: read_count(text, least=1, most=MOST_JUDGES), self.held.judges
        )
        held = replace(
            self.held, vi=clean(self.name.text) or self.held.vi, judges=judges,
            team=self.team.current == "team",
        )  # fmt: skip
        rounds = with_round(definition, held).rounds
        place = definition.rounds.index(self.held)
        return replace(definition, rounds=moved(rounds, place, int(self.order.current) - place))


class AddRoundForm(RulesForm):
    """A new last round, from the rounds of the presets."""

    def __init__(self, texts: Texts, found: ContestSummary, presets: Sequence[Preset]) -> None:
        super().__init__(texts, found)
        self._rounds = {
            held.preset: held for preset in presets for held in preset.definition.rounds
        }
        self.name = self.add_field(
            texts("gui.contest.round.name"), hint=texts("gui.contest.round.name.hint")
        )
        self.cards = OptionCards(
            [
                Option(name, held.vi, "\n".join(contest_words.round_lines(held, texts)))
                for name, held in self._rounds.items()
            ],
            accessible_name=texts("gui.contest.round.from"),
        )
        self.cards.chosen.connect(lambda _: self.look())
        self.column.addWidget(label(texts("gui.contest.round.from"), "small-strong"))
        self.column.addWidget(self.cards)
        self.filled(self.name.edit)

    def read(self) -> Definition:
        """Return the rules with the chosen round as the last one."""
        definition = self.found.definition
        if self.cards.current is None:
            return definition
        chosen = self._rounds[self.cards.current]
        taken = {item.id for item in definition.rounds}
        ident = chosen.id if chosen.id not in taken else RoundId(fresh_id(chosen.id, taken))
        held = replace(chosen, id=ident, vi=clean(self.name.text) or chosen.vi)
        return replace(definition, rounds=(*definition.rounds, held))

    def wait_words(self) -> str:
        """Wait for a choice first."""
        words = super().wait_words()
        return self.texts("gui.contest.round.choose") if self.cards.current is None else words
