"""A part of a round in the drawer: name, weight, limits, who marks it, what takes points off."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.contest import Criterion, Definition, PanelShare, Part, PenaltyRule, Round
from judgeapp.domain.ids import CriterionId, PanelId, PartId
from judgeapp.domain.names import clean
from judgeapp.domain.rule_edits import fresh_id, moved, with_part, with_round, without_part
from judgeapp.domain.typed_rules import read_amount, read_count, read_length, write_length
from judgeapp.gui.pages.rules_form import NamedChoice, RulesForm
from judgeapp.gui.pages.rules_rows import NameAndAmount, RowList
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

MOST_COUNT = 1000
KINDS = (
    "over.full_minute", "over.begun_minute", "under.full_minute", "under.begun_minute", "late.day",
)  # fmt: skip
_ALL, _SECRETARY, _SHARED = "all", "secretary", "shared"


class PenaltyBox(QWidget):
    """One rule that takes points off."""

    def __init__(self, form: RulesForm, rule: PenaltyRule | None) -> None:
        super().__init__()
        texts = self.texts = form.texts
        self._form = form
        self.kind = form.choice(
            texts("gui.contest.penalty.kind"),
            [(kind, texts(f"gui.contest.penalty.kind.{kind}")) for kind in KINDS],
            f"{rule.type}.{rule.unit}" if rule else KINDS[0],
        )
        points, limit = (rule.per_unit, rule.limit_s) if rule else (Decimal(1), None)
        self.points = form.field(texts("gui.contest.penalty.points"), texts.number(points))
        self.limit = self._length("limit", limit)
        self.grace = self._length("grace", rule.grace_s or None if rule else None)
        cap = texts.number(rule.cap) if rule and rule.cap is not None else ""
        self.cap = form.field(
            texts("gui.contest.penalty.cap"), cap, hint=texts("gui.contest.unused")
        )
        self.void = self._length("void", rule.void_over_s if rule else None)
        box = frame("sunken")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.kind)
        for left, right in ((self.points, self.cap), (self.limit, self.grace), (self.void, None)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for one in filter(None, (left, right)):
                row.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(box)
        self.setFocusProxy(self.kind)

    def _length(self, name: str, seconds: int | None) -> Field:
        hint = "gui.contest.minutes.hint" if name == "limit" else "gui.contest.unused"
        return self._form.field(
            self.texts(f"gui.contest.penalty.{name}"),
            write_length(seconds) if seconds is not None else "",
            hint=self.texts(hint),
        )

    def read(self, most: Decimal) -> PenaltyRule:
        """Return the rule as typed, which takes ``most`` points at most."""
        form, (kind, _, unit) = self._form, self.kind.current.partition(".")
        timed = kind != "late"
        for field in (self.limit, self.grace, self.void):
            field.setVisible(timed)

        def amount(text: str) -> Decimal:
            return read_amount(text, most=most, above_zero=True)

        points = form.take(self.points, amount, Decimal(1))
        cap = form.take(self.cap, amount, Decimal(1)) if self.cap.text else None
        limit = form.take(self.limit, read_length, 0) if timed else None
        grace = form.take(self.grace, read_length, 0) if timed and self.grace.text else 0
        void = form.take(self.void, read_length, 0) if timed and self.void.text else None
        return PenaltyRule(cast("Any", kind), cast("Any", unit), points, limit, grace, cap, void)


class ShareRow(NameAndAmount):
    """One panel of several: its name and its weight."""

    def __init__(self, form: RulesForm, panel: str, weight: Decimal) -> None:
        texts = form.texts
        name = form.field("", panel, hint=texts("gui.contest.panel.hint"))
        share = form.amount(texts.number(weight), texts("gui.contest.panel.weight"))
        super().__init__(name, share)
        self.panel, self.weight = name, share


class PartForm(RulesForm):
    """One part of a round, or a new one with one criterion to begin with."""

    def __init__(
        self, texts: Texts, found: ContestSummary, held: Round, part: Part | None
    ) -> None:  # fmt: skip
        super().__init__(texts, found)
        self.held, self.part = held, part
        self._removed = False
        self.name = self.add_field(texts("gui.contest.part.name"), part.vi if part else "")
        weight = texts.number(part.weight) if part else "1"
        self.weight = self.field(
            texts("gui.contest.weight"), weight, help_text=texts("gui.contest.weight.help")
        )
        self.points = self.field(texts("gui.contest.part.points"), "10")
        if part is None:
            self.add_pair(self.points, self.weight)
        else:
            self.column.addWidget(self.weight)
        self._add_limits(part)
        self._add_who(part)
        self.penalties: RowList[PenaltyBox] = RowList(
            texts, texts("gui.contest.penalty"), texts("gui.contest.penalty.add"),
            lambda: PenaltyBox(self, None), empty=texts("gui.contest.penalty.none"),
        )  # fmt: skip
        for rule in part.penalties if part else ():
            self.penalties.add(PenaltyBox(self, rule))
        self.penalties.changed.connect(self.look)
        self.column.addWidget(label(texts("gui.contest.penalties"), "strong"))
        self.column.addWidget(self.penalties)
        if part is not None:
            self._add_place(part)
        self.filled(self.name.edit)

    def _add_limits(self, part: Part | None) -> None:
        texts = self.texts
        self.min_s, self.max_s = (
            self.field(
                texts(f"gui.contest.part.{name}"),
                write_length(seconds) if seconds is not None else "",
                hint=texts("gui.contest.minutes.hint"),
            )
            for name, seconds in (
                ("min_s", part.min_s if part else None), ("max_s", part.max_s if part else None),
            )
        )  # fmt: skip
        self.add_pair(self.min_s, self.max_s)
        self.pages, self.slides = (
            self.field(
                texts(f"gui.contest.part.{name}"), str(count) if count is not None else "",
                hint=texts("gui.contest.unused"),
            )
            for name, count in (
                ("max_pages", part.max_pages if part else None),
                ("max_slides", part.max_slides if part else None),
            )
        )  # fmt: skip
        self.add_pair(self.pages, self.slides)

    def _add_who(self, part: Part | None) -> None:
        texts = self.texts
        named = {f"panel:{panel}": panel for panel in self.found.panels}
        options = [(_ALL, texts("gui.contest.who.all"))]
        options += [
            (key, texts("gui.contest.who.panel", panel=name)) for key, name in named.items()
        ]
        options += [(one, texts(f"gui.contest.who.{one}")) for one in (_SHARED, _SECRETARY)]
        self.who: NamedChoice = self.add_choice(texts("gui.contest.who"), options, _who(part))
        self.shares: RowList[ShareRow] = RowList(
            texts, texts("gui.contest.panel"), texts("gui.contest.panel.add"),
            lambda: ShareRow(self, "", Decimal(1)), least=2,
        )  # fmt: skip
        for share in part.shares if part else ():
            self.shares.add(ShareRow(self, share.panel, share.weight))
        self.shares.changed.connect(self.look)
        self.column.addWidget(self.shares)

    def _add_place(self, part: Part) -> None:
        texts, parts = self.texts, self.held.parts
        self.order = self.add_choice(
            texts("gui.contest.part.order"),
            [(str(n), texts("gui.contest.part.nth", number=n + 1)) for n in range(len(parts))],
            str(parts.index(part)),
        )
        filed = part.id in self.found.uses[self.held.id].filed
        if len(parts) > 1:
            self.remove_button = Button(texts("gui.contest.part.remove"), icon="trash-2")
            self.remove_button.setEnabled(not filed)
            self.remove_button.clicked.connect(self._turn)
            self.column.addWidget(self.remove_button)
            self._fate = label(texts("gui.contest.part.filed"), "small", "second", wrap=True)
            self._fate.setVisible(filed)
            self.column.addWidget(self._fate)

    def _turn(self) -> None:
        self._removed = not self._removed
        name = "keep" if self._removed else "remove"
        self.remove_button.setText(self.texts(f"gui.contest.part.{name}"))
        self.remove_button.updateGeometry()
        self._fate.setText(self.texts("gui.contest.part.goes"))
        self._fate.setVisible(self._removed)
        self.look()

    # --- reading ------------------------------------------------------------------------------

    def wait_words(self) -> str:
        """Wait for the name of a new part first."""
        words = super().wait_words()
        if self.part is None and not clean(self.name.text):
            return self.texts("gui.contest.part.wait")
        return words

    def read(self) -> Definition:
        """Return the rules with this part as typed, in its place, or without it."""
        definition, held, part = self.found.definition, self.held, self.part
        if part is not None and self._removed:
            return with_round(definition, without_part(held, part.id))
        name = clean(self.name.text)
        if not name:
            self.deny(self.name, self.texts("gui.rules.no_name"))
        typed = self._with_who(self._with_limits(part or self._new(name)))
        typed = replace(
            typed,
            vi=name,
            en=name if part is None or part.en == part.vi else part.en,
            weight=self.take(
                self.weight,
                lambda text: read_amount(text, most=Decimal(100), above_zero=True),
                Decimal(1),
            ),
            penalties=tuple(box.read(typed.max) for box in self.penalties.rows),
        )
        after = with_part(held, typed)
        if part is not None:
            place = held.parts.index(part)
            by = int(self.order.current) - place
            after = replace(after, parts=moved(after.parts, place, by))
        return with_round(definition, after)

    def _new(self, name: str) -> Part:
        texts = self.texts
        most = self.take(
            self.points, lambda text: read_amount(text, most=Decimal(100), above_zero=True),
            Decimal(10),
        )  # fmt: skip
        step = Decimal("0.5")
        if most % step:
            self.deny(self.points, texts("gui.rubrics.off_step", step=step))
        words = texts("gui.contest.part.first_criterion")
        first = Criterion(CriterionId("content"), words, words, most, step)
        ident = fresh_id(name, {part.id for part in self.held.parts})
        return Part(PartId(ident), name, name, Decimal(1), (first,))

    def _with_limits(self, part: Part) -> Part:
        least, most = (
            self.take(field, read_length, 0) if field.text else None
            for field in (self.min_s, self.max_s)
        )
        if least is not None and most is not None and most < least:
            self.deny(self.max_s, self.texts("gui.contest.part.crossed"))
        pages, slides = (
            self.take(field, lambda text: read_count(text, least=1, most=MOST_COUNT), 1)
            if field.text
            else None
            for field in (self.pages, self.slides)
        )
        return replace(part, min_s=least, max_s=most, max_pages=pages, max_slides=slides)

    def _with_who(self, part: Part) -> Part:
        who = self.who.current
        self.shares.setVisible(who == _SHARED)
        if who == _SHARED and not self.shares.rows:
            self._propose_shares()
        if who != _SHARED:
            panel = PanelId(who.partition(":")[2]) if who.startswith("panel:") else None
            return replace(part, panel=panel, shares=(), objective=who == _SECRETARY)
        shares = [self._share(row) for row in self.shares.rows]
        for row, share in zip(self.shares.rows, shares, strict=True):
            if not share.panel or [one.panel for one in shares].count(share.panel) > 1:
                self.deny(row.panel, self.texts("gui.contest.panel.twice"))
        if self.held.aggregate.method in ("sum", "rank_sum"):
            self.deny(None, self.texts("gui.contest.method.shares"))
        return replace(part, panel=None, shares=tuple(shares), objective=False)

    def _propose_shares(self) -> None:
        """Begin with two panels, those that judges sit in if there are any."""
        self._filling = True
        for panel in [*self.found.panels, "", ""][:2]:
            self.shares.add(ShareRow(self, panel, Decimal(1)))
        self._filling = False

    def _share(self, row: ShareRow) -> PanelShare:
        weight = self.take(
            row.weight, lambda text: read_amount(text, most=Decimal(100), above_zero=True),
            Decimal(1),
        )  # fmt: skip
        return PanelShare(PanelId(clean(row.panel.text)), weight)


def _who(part: Part | None) -> str:
    if part is None:
        return _ALL
    if part.shares:
        return _SHARED
    if part.objective:
        return _SECRETARY
    return f"panel:{part.panel}" if part.panel else _ALL
