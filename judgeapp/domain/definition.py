"""A contest's definition as plain data (dictionaries, lists, text) and back, strictly.

The keys are those of rubric-presets.yaml. Numbers with decimals are text. A float, an unknown key,
a repeated id, a total that does not add up or a tie-breaker that names nothing is refused with its
place, such as ``rounds[0].parts[1].criteria[2].max``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from judgeapp.domain.contest import (
    NEEDS_ALL,
    Aggregate,
    Criterion,
    Cut,
    Definition,
    Level,
    PanelShare,
    Part,
    PenaltyRule,
    Prize,
    Round,
)
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import CriterionId, PanelId, PartId, RoundId
from judgeapp.domain.node import Node
from judgeapp.domain.numbers import plain

METHODS = ("mean", "sum", "median", "trimmed_mean", "rank_sum")


def read_definition_body(body: object) -> Definition:
    """Return the definition that ``body`` describes.

    Raises:
        BadInput: ``contest.bad_definition`` with the place and what was expected there.
    """
    root = Node(body, "")
    rounds = tuple(_read_round(node) for node in root.items("rounds", least=1))
    definition = Definition(root.text("preset"), root.text("vi"), rounds)
    root.done()
    _refuse_repeated((item.id for item in rounds), "rounds")
    return definition


def read_round_body(body: object) -> Round:
    """Return the round that ``body`` describes; raises as `read_definition_body` does."""
    return _read_round(Node(body, ""))


def _read_round(node: Node) -> Round:
    step = node.decimal("step", above_zero=True)
    parts = tuple(_read_part(part, step) for part in node.items("parts", least=1))
    _refuse_repeated((part.id for part in parts), node.at("parts"))
    item = Round(
        id=RoundId(node.name("round")),
        preset=node.text("id"),
        vi=node.text("vi"),
        aggregate=_read_aggregate(node.child("aggregate")),
        parts=parts,
        tie_breakers=tuple(node.texts("tie_breakers")),
        judges=node.whole("judges", least=1),
        min_judges=node.whole("min_judges", least=1),
        cut=_read_cut(node.child("cut")) if node.has("cut") else None,
        prizes=tuple(_read_prize(prize) for prize in node.items("prizes")),
        spread_warn=node.decimal("spread_warn") if node.has("spread_warn") else None,
        spread_block=node.decimal("spread_block") if node.has("spread_block") else None,
        round_parts=_read_rounding(node, "round_parts"),
        round_total=_read_rounding(node, "round_total"),
        carry_over=cast("Any", node.one_of("carry_over", ("none",), default="none")),
        team=node.one_of("unit", ("person", "team"), default="person") == "team",
        source=node.text("source", default=""),
        own=node.text("own", default=""),
    )
    total = node.decimal("total")
    node.done()
    if item.total != total:
        raise node.bad("total", plain(item.total))
    if item.aggregate.method in NEEDS_ALL and any(part.shares for part in parts):
        raise node.bad("aggregate.method", "mean | median | trimmed_mean")
    _check_tie_breakers(item, node)
    _refuse_repeated((prize.id for prize in item.prizes), node.at("prizes"))
    return item


def _read_part(node: Node, round_step: Decimal) -> Part:
    step = node.decimal("step", above_zero=True) if node.has("step") else round_step
    criteria = tuple(_read_criterion(item, step) for item in node.items("criteria", least=1))
    _refuse_repeated((criterion.id for criterion in criteria), node.at("criteria"))
    part = Part(
        id=PartId(node.name("id")),
        vi=node.text("vi"),
        en=node.text("en"),
        weight=node.decimal("weight") if node.has("weight") else Decimal(1),
        criteria=criteria,
        penalties=tuple(_read_penalty(rule) for rule in node.items("penalties")),
        panel=PanelId(node.text("panel")) if node.has("panel") else None,
        shares=_read_shares(node),
        objective=node.flag("objective"),
        min_s=node.whole_or_none("min_s"),
        max_s=node.whole_or_none("max_s"),
        max_pages=node.whole_or_none("max_pages"),
        max_slides=node.whole_or_none("max_slides"),
        coefficient_variant=(
            node.decimal("coefficient_variant") if node.has("coefficient_variant") else None
        ),
    )
    most = node.decimal("max")
    node.done()
    if part.max != most:
        raise node.bad("max", plain(part.max))
    return part


def _read_shares(node: Node) -> tuple[PanelShare, ...]:
    shares = []
    for item in node.items("panels"):
        weight = item.decimal("weight", above_zero=True)
        shares.append(PanelShare(PanelId(item.text("panel")), weight))
        item.done()
    _refuse_repeated((share.panel for share in shares), node.at("panels"))
    if shares and (len(shares) < 2 or node.has("panel") or node.flag("objective")):
        raise node.bad("panels", "[{…}, {…}]")
    return tuple(shares)


def _read_criterion(node: Node, part_step: Decimal) -> Criterion:
    step = node.decimal("step", above_zero=True) if node.has("step") else part_step
    criterion = Criterion(
        id=CriterionId(node.name("id")),
        vi=node.text("vi"),
        en=node.text("en"),
        max=node.decimal("max", above_zero=True),
        step=step,
        levels=tuple(_read_level(level) for level in node.items("levels")),
    )
    node.done()
    if criterion.max % step:
        raise node.bad("max", f"n × {plain(step)}")
    _check_levels(criterion, node)
    return criterion


def _read_level(node: Node) -> Level:
    level = Level(
        vi=node.text("vi"),
        en=node.text("en"),
        least=node.decimal("from"),
        text=node.text("text", default=""),
    )
    node.done()
    return level


def _check_levels(criterion: Criterion, node: Node) -> None:
    """Refuse levels that leave out a mark, overlap, or begin where no mark can be."""
    above = criterion.max + criterion.step
    for index, level in enumerate(criterion.levels):
        if level.least >= above or level.least % criterion.step:
            raise node.bad(
                f"levels[{index}].from", f"< {plain(above)}, n × {plain(criterion.step)}"
            )
        above = level.least
    if criterion.levels and above:
        raise node.bad(f"levels[{len(criterion.levels) - 1}].from", "0")


def _read_penalty(node: Node) -> PenaltyRule:
    kind = node.one_of("type", ("over", "under", "late"))
    units = ("day",) if kind == "late" else ("full_minute", "begun_minute")
    rule = PenaltyRule(
        type=cast("Any", kind),
        unit=cast("Any", node.one_of("unit", units)),
        per_unit=node.decimal("per_unit"),
        limit_s=None if kind == "late" else node.whole("limit_s"),
        grace_s=node.whole_or_none("grace_s") or 0,
        cap=node.decimal("cap") if node.has("cap") else None,
        void_over_s=node.whole_or_none("void_over_s"),
    )
    node.done()
    return rule


def _read_aggregate(node: Node) -> Aggregate:
    aggregate = Aggregate(
        method=cast("Any", node.one_of("method", METHODS)),
        over=cast("Any", node.one_of("over", ("sheet", "criterion"), default="sheet")),
        drop_low=node.whole_or_none("drop_low") or 0,
        drop_high=node.whole_or_none("drop_high") or 0,
    )
    node.done()
    if aggregate.method == "rank_sum" and aggregate.over == "criterion":
        raise node.bad("over", "sheet")
    return aggregate


def _read_cut(node: Node) -> Cut:
    cut = Cut(
        size=node.whole("size", least=1),
        scope=cast("Any", node.one_of("scope", ("overall", "group"), default="overall")),
        ties=cast("Any", node.one_of("ties", ("report", "all", "fewer"), default="report")),
    )
    node.done()
    return cut


def _read_prize(node: Node) -> Prize:
    prize = Prize(node.name("id"), node.text("vi"), node.whole("count", least=1))
    node.done()
    return prize


def _read_rounding(node: Node, key: str) -> str | None:
    if not node.has(key):
        return None
    text = node.text(key)
    node.decimal(key, above_zero=True)
    return text


def _check_tie_breakers(item: Round, node: Node) -> None:
    known = {"judges_prefer"} | {f"part:{part.id}" for part in item.parts}
    known |= {f"criterion:{part.id}/{c.id}" for part in item.parts for c in part.criteria}
    for index, name in enumerate(item.tie_breakers):
        if name not in known and not name.startswith("judge:"):
            raise node.bad(
                f"tie_breakers[{index}]", "part:…, criterion:…/…, judges_prefer, judge:…"
            )


def _refuse_repeated(ids: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise BadInput("contest.repeated_id", place=place, id=name)
        seen.add(name)


def definition_body(definition: Definition) -> dict[str, object]:
    """Return the definition as plain data that `read_definition_body` reads back as equal."""
    return {
        "preset": definition.preset,
        "vi": definition.vi,
        "rounds": [round_body(item) for item in definition.rounds],
    }


def round_body(item: Round) -> dict[str, object]:
    """Return one round as plain data."""
    return _given(
        {
            "round": item.id,
            "id": item.preset,
            "vi": item.vi,
            "source": item.source or None,
            "own": item.own or None,
            "total": plain(item.total),
            "aggregate": _given(
                {
                    "method": item.aggregate.method,
                    "over": item.aggregate.over,
                    "drop_low": item.aggregate.drop_low or None,
                    "drop_high": item.aggregate.drop_high or None,
                }
            ),
            "step": plain(item.parts[0].criteria[0].step),
            "judges": item.judges,
            "min_judges": item.min_judges,
            "spread_warn": _plain_or_none(item.spread_warn),
            "spread_block": _plain_or_none(item.spread_block),
            "round_parts": item.round_parts,
            "round_total": item.round_total,
            "carry_over": item.carry_over,
            "unit": "team" if item.team else None,
            "cut": (
                {"size": item.cut.size, "scope": item.cut.scope, "ties": item.cut.ties}
                if item.cut
                else None
            ),
            "tie_breakers": list(item.tie_breakers),
            "prizes": [{"id": p.id, "vi": p.vi, "count": p.count} for p in item.prizes],
            "parts": [part_body(part) for part in item.parts],
        }
    )


def part_body(part: Part) -> dict[str, object]:
    """Return one part with its rubric and rules as plain data."""
    return _given(
        {
            "id": part.id,
            "vi": part.vi,
            "en": part.en,
            "max": plain(part.max),
            "weight": plain(part.weight),
            "panel": part.panel,
            "panels": [{"panel": s.panel, "weight": plain(s.weight)} for s in part.shares] or None,
            "objective": part.objective or None,
            "min_s": part.min_s,
            "max_s": part.max_s,
            "max_pages": part.max_pages,
            "max_slides": part.max_slides,
            "coefficient_variant": _plain_or_none(part.coefficient_variant),
            "penalties": [_penalty_body(rule) for rule in part.penalties],
            "criteria": [_criterion_body(criterion) for criterion in part.criteria],
        }
    )


def _criterion_body(criterion: Criterion) -> dict[str, object]:
    levels = [
        _given({"vi": item.vi, "en": item.en, "from": plain(item.least), "text": item.text or None})
        for item in criterion.levels
    ]
    return _given(
        {
            "id": criterion.id,
            "vi": criterion.vi,
            "en": criterion.en,
            "max": plain(criterion.max),
            "step": plain(criterion.step),
            "levels": levels or None,
        }
    )


def _penalty_body(rule: PenaltyRule) -> dict[str, object]:
    return _given(
        {
            "type": rule.type,
            "unit": rule.unit,
            "per_unit": plain(rule.per_unit),
            "limit_s": rule.limit_s,
            "grace_s": rule.grace_s or None,
            "cap": _plain_or_none(rule.cap),
            "void_over_s": rule.void_over_s,
        }
    )


def _plain_or_none(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _given(body: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in body.items() if value is not None}


def rubric_hash(item: Round) -> str:
    """Return the SHA-256 of a round's rubrics: what judges see and mark, nothing else of the rules.

    Two definitions with equal hashes can be marked with the same pack.
    """
    rubrics = [
        {"id": part.id, "panel": part.panel, "criteria": part_body(part)["criteria"]}
        for part in item.parts
    ]
    text = json.dumps([item.id, rubrics], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
