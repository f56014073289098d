"""The tally sheet as plain data, but its marks: read key by key, strictly, and written.

Null means left out. Keys that the format does not name are passed over. A key that is needed and
not there, or that is of another kind, refuses the whole sheet with its place.

Source: cli.md, "The tally sheet", "May be left out", "Refused whole".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any, cast

from judgeapp.domain.contest import Aggregate, CutTies, Method
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PanelId, PartId
from judgeapp.domain.numbers import (
    MAX_NUMBER_LENGTH,
    is_long_number,
    is_plain_decimal,
    shortest,
)
from judgeapp.domain.tally_sheet import (
    Decision,
    Excluded,
    PenaltyLine,
    SheetContestant,
    SheetCriterion,
    SheetJudge,
    SheetPanel,
    SheetPart,
    SheetRules,
    TallySheet,
)

FORMAT = "tally-sheet/1"
METHODS = ("mean", "sum", "median", "trimmed_mean", "rank_sum")
OVERS = ("sheet", "criterion")
CUT_TIES = ("report", "all", "fewer")


class _Item:
    """An object of the sheet while it is read; each refusal names the place."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise BadInput("results.sheet_not_object", place=place)
        self._value = value
        self._place = place

    def at(self, key: str) -> str:
        """Return the place of a key."""
        return f"{self._place}.{key}" if self._place else key

    def get(self, key: str) -> Any:
        """Return what stands at an optional key; None if it is left out."""
        return self._value.get(key)

    def need(self, key: str) -> Any:
        """Return what stands at a needed key."""
        value = self._value.get(key)
        if value is None:
            raise BadInput("results.sheet_missing_key", place=self.at(key))
        return value

    def text(self, key: str) -> str:
        """Return a needed text."""
        return _text(self.need(key), self.at(key))

    def text_or_none(self, key: str) -> str | None:
        """Return an optional text."""
        value = self.get(key)
        return None if value is None else _text(value, self.at(key))

    def texts(self, key: str) -> list[str]:
        """Return an optional list of texts; empty if it is left out."""
        value = self.get(key)
        values = [] if value is None else _list(value, self.at(key))
        return [_text(item, f"{self.at(key)}[{index}]") for index, item in enumerate(values)]

    def items(self, key: str) -> Iterator[_Item]:
        """Return the objects of a list."""
        value = self.get(key)
        values = [] if value is None else _list(value, self.at(key))
        return (_Item(item, f"{self.at(key)}[{index}]") for index, item in enumerate(values))

    def needed_items(self, key: str) -> Iterator[_Item]:
        """Return the objects of a needed list."""
        self.need(key)
        return self.items(key)

    def decimal(self, key: str) -> Fraction:
        """Return a needed number in plain decimal text."""
        return Fraction(_decimal_text(self.need(key), self.at(key)))

    def rounding(self, key: str) -> str | None:
        """Return an optional rounding step as it is written; it is above 0."""
        value = self.get(key)
        if value is None:
            return None
        text = _decimal_text(value, self.at(key))
        if Fraction(text) <= 0:
            raise BadInput("results.sheet_not_above_zero", place=self.at(key))
        return text

    def whole(self, key: str, default: int) -> int:
        """Return an optional whole number from 0."""
        value = self.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadInput("results.sheet_not_whole", place=self.at(key))
        if value >= 10**MAX_NUMBER_LENGTH:
            raise BadInput("results.sheet_number_too_long", place=self.at(key))
        return value

    def flag(self, key: str) -> bool:
        """Return an optional true or false; false if it is left out."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            raise BadInput("results.sheet_not_flag", place=self.at(key))
        return bool(value)

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """Return one of the known words."""
        value = self.need(key) if default is None else self.get(key)
        if value is None and default is not None:
            return default
        if value not in known:
            raise BadInput("results.sheet_unknown_word", place=self.at(key), known=", ".join(known))
        return str(value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise BadInput("results.sheet_not_text", place=place)
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput("results.sheet_not_list", place=place)
    return value


def _decimal_text(value: object, place: str) -> str:
    if is_long_number(value):
        raise BadInput("results.sheet_number_too_long", place=place)
    if not is_plain_decimal(value):
        raise BadInput("results.sheet_not_decimal", place=place)
    return str(value)


def read_body(body: dict[str, Any]) -> TallySheet:
    """Return the sheet that plain data describe, not yet checked against itself.

    Raises:
        BadInput: ``results.sheet_…`` with the place.
    """
    top = _Item(body, "")
    if top.need("format") != FORMAT:
        raise BadInput("results.sheet_format", place="format", expected=FORMAT)
    judges = tuple(
        SheetJudge(JudgeId(item.text("id")), item.text_or_none("role"))
        for item in top.needed_items("judges")
    )
    everybody = tuple(judge.id for judge in judges)
    return TallySheet(
        parts=tuple(_read_part(item, everybody) for item in top.needed_items("parts")),
        rules=_read_rules(_Item(top.need("rules"), "rules")),
        contestants=tuple(
            SheetContestant(
                ContestantId(item.text("id")),
                item.text_or_none("name"),
                item.text_or_none("unit"),
                item.flag("withdrawn"),
            )
            for item in top.needed_items("contestants")
        ),
        judges=judges,
        excluded=tuple(_read_excluded(item) for item in top.items("excluded")),
        penalties=tuple(
            PenaltyLine(
                ContestantId(item.text("contestant")),
                PartId(item.text("part")),
                item.decimal("points"),
                item.text_or_none("reason"),
            )
            for item in top.items("penalties")
        ),
        decisions=tuple(_read_decision(item) for item in top.items("decisions")),
    )


def _read_part(item: _Item, everybody: tuple[JudgeId, ...]) -> SheetPart:
    how = _Item(item.need("aggregate"), item.at("aggregate"))
    panels = tuple(_read_panel(panel) for panel in item.items("panels"))
    if panels:
        everybody = tuple(judge for panel in panels for judge in panel.judges)
    judges = tuple(JudgeId(judge) for judge in item.texts("judges"))
    return SheetPart(
        id=PartId(item.text("id")),
        weight=item.decimal("weight"),
        aggregate=Aggregate(
            method=cast("Method", how.choice("method", METHODS)),
            over=cast("Any", how.choice("over", OVERS, default="sheet")),
            drop_low=how.whole("drop_low", 0),
            drop_high=how.whole("drop_high", 0),
        ),
        judges=everybody if item.get("judges") is None else judges,
        criteria=tuple(
            SheetCriterion(
                CriterionId(criterion.text("id")),
                criterion.decimal("max"),
                criterion.decimal("step"),
            )
            for criterion in item.needed_items("criteria")
        ),
        min_judges=item.whole("min_judges", 1),
        panels=panels,
    )


def _read_panel(item: _Item) -> SheetPanel:
    item.need("judges")
    judges = tuple(JudgeId(judge) for judge in item.texts("judges"))
    return SheetPanel(PanelId(item.text("id")), item.decimal("weight"), judges)


def _read_rules(item: _Item) -> SheetRules:
    return SheetRules(
        round_parts=item.rounding("round_parts"),
        round_total=item.rounding("round_total"),
        cut=None if item.get("cut") is None else item.whole("cut", 0),
        cut_ties=cast("CutTies", item.choice("cut_ties", CUT_TIES, default="report")),
        tie_breakers=tuple(item.texts("tie_breakers")),
    )


def _read_excluded(item: _Item) -> Excluded:
    part = item.text_or_none("part")
    return Excluded(
        JudgeId(item.text("judge")),
        ContestantId(item.text("contestant")),
        None if part is None else PartId(part),
        item.text_or_none("reason"),
    )


def _read_decision(item: _Item) -> Decision:
    item.need("order")
    order = tuple(ContestantId(contestant) for contestant in item.texts("order"))
    return Decision(order, item.text("by"), item.text_or_none("reason"))


def write_body(sheet: TallySheet) -> dict[str, Any]:
    """Return the sheet as plain data, without its marks; what is None is null."""
    rules = sheet.rules
    return {
        "format": FORMAT,
        "parts": [_write_part(part) for part in sheet.parts],
        "rules": {
            "round_parts": rules.round_parts,
            "round_total": rules.round_total,
            "cut": rules.cut,
            "cut_ties": rules.cut_ties,
            "tie_breakers": list(rules.tie_breakers),
        },
        "contestants": [
            {"id": item.id, "name": item.name, "unit": item.unit, "withdrawn": item.withdrawn}
            for item in sheet.contestants
        ],
        "judges": [{"id": judge.id, "role": judge.role} for judge in sheet.judges],
        "excluded": [
            {
                "judge": pair.judge,
                "contestant": pair.contestant,
                "part": pair.part,
                "reason": pair.reason,
            }
            for pair in sheet.excluded
        ],
        "penalties": [
            {
                "contestant": line.contestant,
                "part": line.part,
                "points": shortest(line.points),
                "reason": line.reason,
            }
            for line in sheet.penalties
        ],
        "decisions": [
            {"order": list(item.order), "by": item.by, "reason": item.reason}
            for item in sheet.decisions
        ],
    }


def _write_part(part: SheetPart) -> dict[str, Any]:
    how = part.aggregate
    panels = [
        {"id": panel.id, "weight": shortest(panel.weight), "judges": list(panel.judges)}
        for panel in part.panels
    ]
    return {
        "id": part.id,
        "weight": shortest(part.weight),
        "aggregate": {
            "method": how.method,
            "over": how.over,
            "drop_low": how.drop_low,
            "drop_high": how.drop_high,
        },
        "min_judges": part.min_judges,
        "judges": list(part.judges),
        **({"panels": panels} if panels else {}),
        "criteria": [
            {"id": item.id, "max": shortest(item.max), "step": shortest(item.step)}
            for item in part.criteria
        ],
    }
