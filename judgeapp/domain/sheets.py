"""Score sheets: what one judge owes for one contestant in one part, and how far it is.

Words: a *sheet* (phiếu chấm) is all marks of one judge for one contestant in one part; it is *done*
if every criterion has a mark, *begun* if some have. A missing mark is missing, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from judgeapp.domain.contest import Part
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, MarkKey

SheetKey = tuple[JudgeId, ContestantId, PartId]


@dataclass(frozen=True)
class Sheet:
    """One score sheet.

    Attributes:
        missing: criteria without a mark, in the rubric's order.
        sum: of the marks there are.
    """

    judge: JudgeId
    contestant: ContestantId
    part: PartId
    missing: tuple[CriterionId, ...]
    marked: int
    sum: Decimal

    @property
    def state(self) -> Literal["to_do", "begun", "done"]:
        """How far the sheet is."""
        if not self.missing:
            return "done"
        return "begun" if self.marked else "to_do"


def sheets(
    owed: Iterable[SheetKey],
    parts: Iterable[Part],
    current: Mapping[MarkKey, MarkEvent],
) -> list[Sheet]:
    """Return the owed sheets in the order in which they are named, with what is on them.

    Args:
        owed: who owes which sheet.
        parts: with the rubrics.
        current: the marks that hold.
    """
    by_id = {part.id: part for part in parts}
    return [_sheet(key, by_id[key[2]], current) for key in owed]


def _sheet(key: SheetKey, part: Part, current: Mapping[MarkKey, MarkEvent]) -> Sheet:
    judge, contestant, part_id = key
    missing: list[CriterionId] = []
    total = Decimal(0)
    for criterion in part.criteria:
        event = current.get((judge, contestant, part_id, criterion.id))
        if event is None or event.points is None:
            missing.append(criterion.id)
        else:
            total += event.points
    marked = len(part.criteria) - len(missing)
    return Sheet(judge, contestant, part_id, tuple(missing), marked, total)
