"""Rubrics in the drawer: a round's criteria with live totals; one criterion with its levels."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from judgeapp.domain.contest import Criterion, Definition, Level, Part, Round
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import CriterionId
from judgeapp.domain.names import clean
from judgeapp.domain.rule_edits import four_levels, fresh_id, with_maximum, with_part, with_round
from judgeapp.domain.typed_rules import read_amount
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.rules_form import RulesForm
from judgeapp.gui.pages.rules_rows import NameAndAmount, RowList
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.text import frame, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

MOST_POINTS = Decimal(1000)


def totals(before: Round, after: Round, texts: Texts) -> str:
    """Say what parts and round add up to, and by how much that is off what is in force."""
    said = []
    for part in after.parts:
        was = before.part(part.id)
        if was is not None and was.max != part.max:
            name = texts("gui.rubrics.total.part", part=part_name(part, texts))
            said.append(_against(name, was.max, part.max, texts))
    said.append(_against(texts("gui.rubrics.total.round"), before.total, after.total, texts))
    return "\n".join(said)


def _against(name: str, was: Decimal, now: Decimal, texts: Texts) -> str:
    if now == was:
        return texts("gui.rubrics.total.same", name=name, points=now)
    way = "more" if now > was else "less"
    return texts(
        f"gui.rubrics.total.{way}", name=name, points=now, difference=abs(now - was), before=was
    )


def points_field(form: RulesForm, value: Decimal | None, name: str, title: str = "") -> Field:
    """Return a narrow field for points."""
    return form.amount(form.texts.number(value) if value is not None else "", name, title=title)


class CriterionRow(NameAndAmount):
    """One criterion of a part: its name and points."""

    def __init__(self, form: RulesForm, item: Criterion | None) -> None:
        texts = form.texts
        name = form.field("", item.vi if item else "", hint=texts("gui.rubrics.criterion"))
        points = points_field(
            form, item.max if item else None,
            ", ".join(filter(None, (item.vi if item else "", texts("gui.rubrics.max")))),
        )  # fmt: skip
        super().__init__(name, points)
        self.item, self.name, self.points = item, name, points


class RubricForm(RulesForm):
    """Names and points of all criteria of a round; they come, go and move.

    Attributes:
        lists: the criteria of each part, by its id.
    """

    def __init__(self, texts: Texts, found: ContestSummary, held: Round) -> None:
        super().__init__(texts, found)
        self.held = held
        self.lists: dict[str, RowList[CriterionRow]] = {}
        for part in held.parts:
            self.column.addWidget(label(part_name(part, texts), "strong", wrap=True))
            rows: RowList[CriterionRow] = RowList(
                texts, texts("gui.rubrics.criterion"), texts("gui.rubrics.criterion.add"),
                lambda: CriterionRow(self, None), least=1,
            )  # fmt: skip
            for item in part.criteria:
                rows.add(CriterionRow(self, item))
            rows.changed.connect(self.look)
            self.lists[part.id] = rows
            self.column.addWidget(rows)
        self.foot.show()
        self.filled(next(iter(self.lists.values())).rows[0].points.edit)

    def read(self) -> Definition:
        """Return the rules with these criteria."""
        after = self.held
        for part in self.held.parts:
            after = with_part(after, self._part(part))
        said = totals(self.held, after, self.texts)
        self.foot.setText(self.texts("gui.rubrics.total_bad") if self._refused else said)
        return with_round(self.found.definition, after)

    def _part(self, part: Part) -> Part:
        taken = {item.id for item in part.criteria}
        criteria = []
        for row in self.lists[part.id].rows:
            item = row.item or self._new(row, part, taken)
            taken.add(item.id)
            name = clean(row.name.text)
            if not name:
                self.deny(row.name, self.texts("gui.rules.no_name"))
            if name != item.vi:
                item = replace(item, vi=name, en=name if item.en == item.vi else item.en)
            criteria.append(self._with_points(row, item))
        return replace(part, criteria=tuple(criteria))

    def _new(self, row: CriterionRow, part: Part, taken: set[CriterionId]) -> Criterion:
        name, step = clean(row.name.text), part.criteria[-1].step
        return Criterion(CriterionId(fresh_id(name, taken)), name, name, step, step)

    def _with_points(self, row: CriterionRow, item: Criterion) -> Criterion:
        most = self.take(
            row.points, lambda text: read_amount(text, most=MOST_POINTS, above_zero=True), item.max
        )
        if most % item.step:
            self.deny(row.points, self.texts("gui.rubrics.off_step", step=item.step))
            return item
        try:
            return with_maximum(item, most)
        except BadInput as error:
            self.deny(row.points, self.texts.error(error))
            return item


class LevelBox(QWidget):
    """One level: its name, from how many points, and how it can be told."""

    def __init__(self, form: RulesForm, level: Level | None) -> None:
        super().__init__()
        self.level = level
        texts = self._texts = form.texts
        self.name = form.field("", level.vi if level else "", hint=texts("gui.rubrics.level.name"))
        self.least = points_field(
            form, level.least if level else None,
            ", ".join(filter(None, (level.vi if level else "", texts("gui.rubrics.level.from")))),
        )  # fmt: skip
        self.least.edit.setPlaceholderText(texts("gui.rubrics.level.from"))
        self.least.setFixedWidth(theme().px(84))
        self.text = QPlainTextEdit(level.text if level else "")
        self.text.setPlaceholderText(texts("gui.rubrics.level.text"))
        self.text.setAccessibleName(texts("gui.rubrics.level.text"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().px(62))
        self.text.textChanged.connect(form.look)
        self._range = label("", "small", "second")
        box = frame("sunken")
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.name, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.least, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self._range)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(box)
        self.setFocusProxy(self.name.edit)

    def show_range(self, least: Decimal, most: Decimal) -> None:
        """Say from how many points up to how many it reaches."""
        self._range.setText(self._texts("gui.rubrics.level.to", least=least, most=most))


class CriterionForm(RulesForm):
    """One criterion: its names, points, step and levels; or taken away."""

    def __init__(
        self, texts: Texts, found: ContestSummary, held: Round, part: Part, item: Criterion
    ) -> None:
        super().__init__(texts, found)
        self.held, self.part, self.item = held, part, item
        self._removed = False
        self.name = self.add_field(texts("gui.rubrics.criterion"), item.vi)
        english = item.en if item.en != item.vi else ""
        self.english = self.add_field(
            texts("gui.rubrics.english"), english, hint=texts("gui.rubrics.english.hint")
        )
        self.most = points_field(self, item.max, texts("gui.rubrics.max"), texts("gui.rubrics.max"))
        self.step = points_field(
            self, item.step, texts("gui.rubrics.step"), texts("gui.rubrics.step")
        )
        self.add_pair(self.most, self.step)
        self.foot.show()
        self.column.addWidget(label(texts("gui.rubrics.levels"), "strong"))
        self.column.addWidget(label(texts("gui.rubrics.levels.help"), "small", "second", wrap=True))
        self.levels: RowList[LevelBox] = RowList(
            texts, texts("gui.rubrics.level"), texts("gui.rubrics.level.add"),
            lambda: LevelBox(self, None), empty=texts("gui.rubrics.levels.none"), ordered=False,
        )  # fmt: skip
        for level in item.levels:
            self.levels.add(LevelBox(self, level))
        self.levels.changed.connect(self.look)
        self.column.addWidget(self.levels)
        self.four = Button(texts("gui.rubrics.level.four"), kind="ghost", icon="list")
        self.four.clicked.connect(self._add_four)
        self.column.addWidget(self.four, 0, Qt.AlignmentFlag.AlignLeft)
        if len(part.criteria) > 1:
            self.remove_button = Button(texts("gui.rubrics.criterion.remove"), icon="trash-2")
            self.remove_button.clicked.connect(self._turn)
            self.column.addWidget(self.remove_button)
        self.filled(self.most.edit)

    def _turn(self) -> None:
        self._removed = not self._removed
        name = "keep" if self._removed else "remove"
        self.remove_button.setText(self.texts(f"gui.rubrics.criterion.{name}"))
        self.remove_button.updateGeometry()
        self.look()

    def _add_four(self) -> None:
        """Propose four levels that share the points as the sample rules do."""
        names = [self.texts(f"gui.rubrics.four.{number}") for number in range(4)]
        for level in four_levels(self._points(), names):
            self.levels.add(LevelBox(self, level))
        self.levels.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- reading ------------------------------------------------------------------------------

    def read(self) -> Definition:
        """Return the rules with this criterion as typed, or without it."""
        if self._removed:
            kept = tuple(one for one in self.part.criteria if one.id != self.item.id)
        else:
            name = clean(self.name.text)
            if not name:
                self.deny(self.name, self.texts("gui.rules.no_name"))
            item = self._with_levels(
                replace(self._points(), vi=name, en=clean(self.english.text) or name)
            )
            kept = tuple(item if one.id == item.id else one for one in self.part.criteria)
        after = with_part(self.held, replace(self.part, criteria=kept))
        words = [totals(self.held, after, self.texts)]
        if self._removed:
            words.insert(0, self.texts("gui.rubrics.criterion.goes"))
        self.foot.setText("\n".join(words))
        self.four.setVisible(not self.levels.rows)
        return with_round(self.found.definition, after)

    def _points(self) -> Criterion:
        """Return the criterion with maximum and step as typed, its old levels left as they are."""

        def amount(text: str) -> Decimal:
            return read_amount(text, most=MOST_POINTS, above_zero=True)

        most = self.take(self.most, amount, self.item.max)
        step = self.take(self.step, amount, self.item.step)
        if most % step:
            self.deny(self.most, self.texts("gui.rubrics.off_step", step=step))
        return replace(self.item, max=most, step=step)

    def _with_levels(self, item: Criterion) -> Criterion:
        texts = self.texts
        read = [(box, self._level(box, item)) for box in self.levels.rows]
        read.sort(key=lambda pair: pair[1].least, reverse=True)
        above: Decimal | None = None
        for box, level in read:
            if level.least > item.max or level.least % item.step:
                words = texts("gui.rubrics.level.off", most=item.max, step=item.step)
                self.deny(box.least, words)
            elif above is not None and level.least == above:
                self.deny(box.least, texts("gui.rubrics.level.twice"))
            most = above - item.step if above is not None else item.max
            box.show_range(level.least, most)
            above = level.least
        if read and above:
            self.deny(read[-1][0].least, texts("gui.rubrics.level.last"))
        return replace(item, levels=tuple(level for _, level in read))

    def _level(self, box: LevelBox, item: Criterion) -> Level:
        name = clean(box.name.text)
        if not name:
            self.deny(box.name, self.texts("gui.rules.no_name"))
        least = self.take(
            box.least, lambda text: read_amount(text, most=MOST_POINTS), item.step
        )  # fmt: skip
        before = box.level
        english = before.en if before is not None and before.vi == name else name
        return Level(name, english, least, clean(box.text.toPlainText()))


def level_words(item: Criterion, texts: Texts) -> str:
    """Return the levels of a criterion in a line; empty if there is none."""

    def name(level: Level) -> str:
        return level.en if texts.language == "en" else level.vi

    said = []
    for level in item.levels:
        most = item.most_of(level)
        key = "gui.rubrics.level.one" if most == level.least else "gui.rubrics.level.range"
        said.append(texts(key, name=name(level), least=level.least, most=most))
    return " · ".join(said)
