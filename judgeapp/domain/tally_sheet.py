"""A round's sums without the contest: what a tally is computed from, and what makes it refused.

Words: a *tally sheet* (``tally-sheet/1``) has parts with criteria and judges, rules, contestants,
pairs that are never marked, penalties and recorded decisions. Marks come beside it, raw, because
there may be millions of them; a bad mark is a problem of that mark, a bad sheet is refused whole.

Source: cli.md, "The tally sheet", "Refused whole".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.contest import NEEDS_ALL, Aggregate, CutTies
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PanelId, PartId


@dataclass(frozen=True, slots=True)
class SheetCriterion:
    """One criterion: marks are multiples of ``step`` from 0 to ``max``."""

    id: CriterionId
    max: Fraction
    step: Fraction


@dataclass(frozen=True, slots=True)
class SheetPanel:
    """Some of a part's judges, who mark it by themselves; weights are shares of their sum."""

    id: PanelId
    weight: Fraction
    judges: tuple[JudgeId, ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part: who marks what, and how the judges' sheets become its score.

    Attributes:
        judges: those who sit in it; each owes a sheet for every contestant not barred from them.
        min_judges: fewer counting sheets give no score; of each panel where there are panels.
        panels: empty, or all judges in their order, parted into panels: the score is the weighted
            mean of what the method makes of each panel's sheets.
    """

    id: PartId
    weight: Fraction
    aggregate: Aggregate
    judges: tuple[JudgeId, ...]
    criteria: tuple[SheetCriterion, ...]
    min_judges: int = 1
    panels: tuple[SheetPanel, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRules:
    """How totals are rounded, ties resolved and the cut drawn.

    Attributes:
        round_parts: step that part scores are rounded to, as written, or None.
        round_total: step that totals are rounded to, as written, or None.
        cut: how many go on, or None.
        tie_breakers: ``part:ID``, ``criterion:PART/ID``, ``judge:ID``, ``judges_prefer``, in order.
    """

    round_parts: str | None = None
    round_total: str | None = None
    cut: int | None = None
    cut_ties: CutTies = "report"
    tie_breakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetContestant:
    """One who competes; a withdrawn one keeps the marks and gets no rank."""

    id: ContestantId
    name: str | None = None
    unit: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class SheetJudge:
    """One who marks."""

    id: JudgeId
    role: str | None = None


NOT_ASSIGNED = "not_assigned"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A pair that is never marked, in one part or (None) in all.

    Attributes:
        reason: why the judge must not, or `NOT_ASSIGNED` where others share the work.
    """

    judge: JudgeId
    contestant: ContestantId
    part: PartId | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """Points taken from a contestant's part; below 0 for a bonus."""

    contestant: ContestantId
    part: PartId
    points: Fraction
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A recorded decision: of those still tied the named ones come first, in that order."""

    order: tuple[ContestantId, ...]
    by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TallySheet:
    """Everything a tally is computed from, but the marks."""

    parts: tuple[SheetPart, ...]
    rules: SheetRules
    contestants: tuple[SheetContestant, ...]
    judges: tuple[SheetJudge, ...]
    excluded: tuple[Excluded, ...] = ()
    penalties: tuple[PenaltyLine, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def lower_is_better(self) -> bool:
        """Tell whether scores are sums of ranks."""
        return self.parts[0].aggregate.method == "rank_sum"


def check_sheet(sheet: TallySheet) -> None:
    """Refuse a sheet that contradicts itself: repeated or unknown ids, rules that do not fit.

    Raises:
        BadInput: ``results.sheet_…`` with the place, such as ``parts[1].judges[0]``.
    """
    if not sheet.parts:
        raise BadInput("results.sheet_no_parts", place="parts")
    _refuse_repeated((part.id for part in sheet.parts), "parts")
    judges = _refuse_repeated((judge.id for judge in sheet.judges), "judges")
    contestants = _refuse_repeated((item.id for item in sheet.contestants), "contestants")
    for index, part in enumerate(sheet.parts):
        _check_part(part, judges, f"parts[{index}]")
    _check_methods(sheet)
    _check_tie_breakers(sheet, judges)
    _check_names(sheet, judges, contestants)


def _refuse_repeated(ids: Iterable[Hashable], place: str) -> set[Hashable]:
    seen: set[Hashable] = set()
    for index, item in enumerate(ids):
        if item in seen:
            raise BadInput("results.sheet_repeated_id", place=f"{place}[{index}]", id=item)
        seen.add(item)
    return seen


def _check_part(part: SheetPart, judges: set[Hashable], place: str) -> None:
    if "/" in part.id:
        raise BadInput("results.sheet_part_id", place=f"{place}.id", id=part.id)
    if part.weight < 0:
        raise BadInput("results.sheet_below_zero", place=f"{place}.weight")
    if not part.criteria:
        raise BadInput("results.sheet_no_criteria", place=f"{place}.criteria")
    _refuse_repeated((criterion.id for criterion in part.criteria), f"{place}.criteria")
    _refuse_repeated(part.judges, f"{place}.judges")
    for index, judge in enumerate(part.judges):
        _require(judge, judges, f"{place}.judges[{index}]")
    _check_panels(part, place)
    for index, criterion in enumerate(part.criteria):
        for key, number in (("max", criterion.max), ("step", criterion.step)):
            if number <= 0:
                raise BadInput(
                    "results.sheet_not_above_zero", place=f"{place}.criteria[{index}].{key}"
                )


def _check_panels(part: SheetPart, place: str) -> None:
    if not part.panels:
        return
    _refuse_repeated((panel.id for panel in part.panels), f"{place}.panels")
    if part.aggregate.method in NEEDS_ALL:
        raise BadInput("results.sheet_panels_method", place=f"{place}.aggregate.method")
    if part.judges != tuple(judge for panel in part.panels for judge in panel.judges):
        raise BadInput("results.sheet_panels_judges", place=f"{place}.judges")
    for index, panel in enumerate(part.panels):
        if panel.weight <= 0:
            raise BadInput("results.sheet_not_above_zero", place=f"{place}.panels[{index}].weight")


def _check_methods(sheet: TallySheet) -> None:
    by_ranks = [part.aggregate.method == "rank_sum" for part in sheet.parts]
    if any(by_ranks) and not all(by_ranks):
        place = f"parts[{by_ranks.index(False)}].aggregate.method"
        raise BadInput("results.sheet_rank_sum_mixed", place=place)
    for index, part in enumerate(sheet.parts):
        if part.aggregate.method == "rank_sum" and part.aggregate.over == "criterion":
            raise BadInput("results.sheet_rank_sum_over", place=f"parts[{index}].aggregate.over")


def _check_tie_breakers(sheet: TallySheet, judges: set[Hashable]) -> None:
    criteria = {(part.id, criterion.id) for part in sheet.parts for criterion in part.criteria}
    parts = {part.id for part in sheet.parts}
    for index, step in enumerate(sheet.rules.tie_breakers):
        by, _, name = step.partition(":")
        part_id, _, criterion_id = name.partition("/")
        known = (
            step == "judges_prefer"
            or (by == "part" and name in parts)
            or (by == "judge" and name in judges)
            or (by == "criterion" and (part_id, criterion_id) in criteria)
        )
        if not known:
            raise BadInput(
                "results.sheet_tie_breaker", place=f"rules.tie_breakers[{index}]", id=step
            )


def _check_names(sheet: TallySheet, judges: set[Hashable], contestants: set[Hashable]) -> None:
    parts: set[Hashable] = {part.id for part in sheet.parts}
    for index, pair in enumerate(sheet.excluded):
        _require(pair.judge, judges, f"excluded[{index}].judge")
        _require(pair.contestant, contestants, f"excluded[{index}].contestant")
        if pair.part is not None:
            _require(pair.part, parts, f"excluded[{index}].part")
    for index, line in enumerate(sheet.penalties):
        _require(line.contestant, contestants, f"penalties[{index}].contestant")
        _require(line.part, parts, f"penalties[{index}].part")
    for index, decision in enumerate(sheet.decisions):
        place = f"decisions[{index}].order"
        _refuse_repeated(decision.order, place)
        for at, contestant in enumerate(decision.order):
            _require(contestant, contestants, f"{place}[{at}]")


def _require(item: Hashable, known: set[Hashable], place: str) -> None:
    if item not in known:
        raise BadInput("results.sheet_unknown_name", place=place, id=item)
