"""How a round is counted, in the drawer: method, spread, rounding; ties; who goes on; prizes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from judgeapp.domain.contest import NEEDS_ALL, Aggregate, Cut, Definition, Prize, Round
from judgeapp.domain.definition import METHODS
from judgeapp.domain.names import clean
from judgeapp.domain.rule_edits import fresh_id, with_round
from judgeapp.domain.typed_rules import read_amount, read_count
from judgeapp.gui.pages import contest_words
from judgeapp.gui.pages.rules_form import RulesForm, captioned
from judgeapp.gui.pages.rules_rows import NameAndAmount, RowList
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

ROUNDINGS = ("0.01", "0.1", "0.25", "0.5", "1")
MOST_COUNT, MOST_JUDGES = 1000, 99
TIES = ("report", "all", "fewer")


class CountingForm(RulesForm):
    """From the judges' sheets to the score of a part and the total."""

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        how = held.aggregate
        self.method = self.add_choice(
            texts("gui.contest.method"),
            [(one, texts(f"rules.method.{one}")) for one in METHODS], how.method,
        )  # fmt: skip
        self._sentence = label("", "small", "second", wrap=True)
        self.column.addWidget(self._sentence)
        self.low = self.field(texts("gui.contest.drop_low"), str(how.drop_low))
        self.high = self.field(texts("gui.contest.drop_high"), str(how.drop_high))
        self.add_pair(self.low, self.high)
        self.over = self.choice(
            texts("gui.contest.over"),
            [(one, texts(f"gui.contest.over.{one}")) for one in ("sheet", "criterion")], how.over,
        )  # fmt: skip
        self._over_box = captioned(texts("gui.contest.over"), self.over)
        self.column.addWidget(self._over_box)
        self.least = self.add_field(
            texts("gui.contest.min_judges"), str(held.min_judges),
            help_text=texts("gui.contest.min_judges.help"),
        )  # fmt: skip
        self.warn = self._amount("spread_warn", held.spread_warn)
        self.block = self._amount("spread_block", held.spread_block)
        self.round_parts = self._rounding("round_parts", held.round_parts)
        self.round_total = self._rounding("round_total", held.round_total)
        self.filled(self.method)

    def _amount(self, name: str, value: Decimal | None) -> Field:
        words = self.texts.number(value) if value is not None else ""
        return self.add_field(
            self.texts(f"gui.contest.{name}.field"), words,
            hint=self.texts("gui.contest.unused"),
            help_text=self.texts(f"gui.contest.{name}.help"),
        )  # fmt: skip

    def _rounding(self, name: str, value: str | None) -> Any:
        texts = self.texts
        steps = [*ROUNDINGS, *([value] if value is not None and value not in ROUNDINGS else [])]
        options = [("", texts("gui.contest.rounding.none"))]
        options += [
            (one, texts("gui.contest.rounding.to", step=contest_words.step_words(one, texts)))
            for one in steps
        ]
        return self.add_choice(texts(f"gui.contest.{name}"), options, value or "")

    def read(self) -> Definition:
        """Return the rules with this round counted as chosen."""
        method = cast("Any", self.method.current)
        trimmed, ranks = method == "trimmed_mean", method == "rank_sum"
        self.low.setVisible(trimmed)
        self.high.setVisible(trimmed)
        self._over_box.setVisible(not ranks)
        before = self.held.aggregate
        low, high = before.drop_low, before.drop_high
        if trimmed:
            low, high = (
                self.take(field, lambda text: read_count(text or "0", least=0, most=9), 0)
                for field in (self.low, self.high)
            )
            if not low + high and not self._refused:
                self.deny(self.low, self.texts("gui.contest.drop_none"))
        elif method != before.method:
            low = high = 0
        self._sentence.setText(self.texts(f"rules.method_sentence.{method}", low=low, high=high))
        if method in NEEDS_ALL and any(part.shares for part in self.held.parts):
            self.deny(None, self.texts("gui.contest.method.shares"))
        over = cast("Any", "sheet" if ranks else self.over.current)
        least = self.take(
            self.least, lambda text: read_count(text, least=1, most=MOST_JUDGES),
            self.held.min_judges,
        )  # fmt: skip
        warn, block = (self._optional(field) for field in (self.warn, self.block))
        if warn is not None and block is not None and block < warn:
            self.deny(self.block, self.texts("gui.contest.spread_crossed"))
        held = replace(
            self.held, aggregate=Aggregate(method, over, low, high), min_judges=least,
            spread_warn=warn, spread_block=block,
            round_parts=self.round_parts.current or None,
            round_total=self.round_total.current or None,
        )  # fmt: skip
        return with_round(self.found.definition, held)

    def _optional(self, field: Field) -> Decimal | None:
        if not field.text:
            return None
        most = max(self.held.total, Decimal(1))
        return self.take(
            field, lambda text: read_amount(text, most=most, above_zero=True), Decimal(1)
        )


class CutForm(RulesForm):
    """Whether a round chooses who goes on, how many, and what happens in a tie at the line."""

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        cut = held.cut
        self.whether = Segment(
            [(one, texts(f"gui.contest.cut.{one}")) for one in ("yes", "no")],
            accessible_name=texts("gui.contest.go_on"),
        )
        self.whether.choose("yes" if cut else "no")
        self.whether.chosen.connect(lambda _: self.look())
        self.column.addWidget(self.whether)
        self.count = self.add_field(texts("gui.contest.cut"), str(cut.size) if cut else "10")
        self.scope = self.add_choice(
            texts("gui.contest.scope"),
            [(one, texts(f"gui.contest.scope.{one}")) for one in ("overall", "group")],
            cut.scope if cut else "overall",
        )
        self._ties_title = label(texts("gui.contest.cut.ties"), "small-strong")
        self.column.addWidget(self._ties_title)
        self.ties = OptionCards(
            [
                Option(
                    one, texts(f"gui.contest.tie_at.{one}"),
                    texts(f"gui.contest.tie_at.{one}.why"),
                )
                for one in TIES
            ],
            accessible_name=texts("gui.contest.cut.ties"),
        )  # fmt: skip
        self.ties.choose(cut.ties if cut else "report")
        self.ties.chosen.connect(lambda _: self.look())
        self.column.addWidget(self.ties)
        self.filled(self.count.edit if cut else self.whether)

    def read(self) -> Definition:
        """Return the rules with this cut, or none."""
        wanted = self.whether.current == "yes"
        for widget in (self.count, self.scope.parentWidget(), self._ties_title, self.ties):
            if widget is not None:
                widget.setVisible(wanted)
        cut = None
        if wanted:
            size = self.take(self.count, lambda text: read_count(text, least=1, most=MOST_COUNT), 1)
            cut = Cut(size, cast("Any", self.scope.current), cast("Any", self.ties.current))
        return with_round(self.found.definition, replace(self.held, cut=cut))


class PrizeRow(NameAndAmount):
    """One kind of prize: its name and how many."""

    def __init__(self, form: RulesForm, prize: Prize | None) -> None:
        texts = form.texts
        name = form.field("", prize.vi if prize else "", hint=texts("gui.contest.prize.name"))
        count = form.amount(str(prize.count) if prize else "1", texts("gui.contest.prize.count"))
        super().__init__(name, count)
        self.prize, self.name, self.count = prize, name, count


class PrizesForm(RulesForm):
    """The prizes of a round, the highest first."""

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        self.column.addWidget(label(texts("gui.contest.prizes.help"), "small", "second", wrap=True))
        self.list: RowList[PrizeRow] = RowList(
            texts, texts("gui.contest.prize"), texts("gui.contest.prize.add"),
            lambda: PrizeRow(self, None), empty=texts("gui.contest.prizes.none"),
        )  # fmt: skip
        for prize in held.prizes:
            self.list.add(PrizeRow(self, prize))
        self.list.changed.connect(self.look)
        self.column.addWidget(self.list)
        rows = self.list.rows
        self.filled(rows[0] if rows else self.list.add_button)

    def read(self) -> Definition:
        """Return the rules with these prizes."""
        taken = {prize.id for prize in self.held.prizes}
        prizes = []
        for row in self.list.rows:
            name = clean(row.name.text)
            if not name:
                self.deny(row.name, self.texts("gui.rules.no_name"))
            count = self.take(
                row.count, lambda text: read_count(text, least=1, most=MOST_COUNT), 1
            )  # fmt: skip
            ident = row.prize.id if row.prize else fresh_id(name, taken)
            taken.add(ident)
            prizes.append(Prize(ident, name, count))
        return with_round(self.found.definition, replace(self.held, prizes=tuple(prizes)))
