"""What keeps marking of a round from being closed, each by name.

Words: an *open item* is something that people must still do or conclude in writing. A
*conclusion* (kết luận) was made on certain marks; if these change later it no longer holds.

Source of the spread rule: contest-rules.md 0 (4): judges too far apart talk and conclude before
the part is closed; the spread is the highest minus the lowest sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from judgeapp.domain.collecting import NEED_CONCLUSION, Verdict
from judgeapp.domain.contest import Round
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PartId
from judgeapp.domain.marks import MarkEvent, current_marks, rivals
from judgeapp.domain.sheets import Sheet, SheetKey, sheets

ItemKind = Literal[
    "no_sheets_owed", "missing_sheet", "missing_marks", "too_few_judges", "file", "rivals", "spread"
]
Subject = tuple[ContestantId, PartId]


@dataclass(frozen=True)
class ReceivedFile:
    """A score file that came in for the round, by its number here."""

    id: int
    judge: JudgeId
    verdict: Verdict


@dataclass(frozen=True)
class OpenItem:
    """One thing that keeps a round open.

    Attributes:
        criteria: without a mark, or marked twice.
        file: number of the score file.
        lowest: sheet of the part, ``highest`` likewise; given where the spread is too wide.
        judges: who may mark the part, ``needed`` how many it takes; given where they are too few.
    """

    kind: ItemKind
    judge: JudgeId | None = None
    contestant: ContestantId | None = None
    part: PartId | None = None
    criteria: tuple[CriterionId, ...] = ()
    file: int | None = None
    verdict: Verdict | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    judges: int | None = None
    needed: int | None = None


def basis_of(events: Iterable[MarkEvent]) -> str:
    """Return a hash of marks: equal as long as no mark was added."""
    return hashlib.sha256(" ".join(sorted(event.hash for event in events)).encode()).hexdigest()


def open_items(
    item: Round,
    *,
    present: Iterable[ContestantId],
    owed: Collection[SheetKey],
    events: Collection[MarkEvent],
    files: Iterable[ReceivedFile],
    concluded: Mapping[Subject, str],
    concluded_files: Collection[int],
    panels: Mapping[PartId, Sequence[Collection[JudgeId]]] | None = None,
) -> list[OpenItem]:
    """Return everything that keeps the round from being closed, nothing if it may be.

    Args:
        item: the round.
        present: who takes part and has not withdrawn.
        owed: the sheets that judges owe; those of withdrawn contestants are not among them.
        events: the mark events that count.
        files: score files that came in.
        concluded: `basis_of` the marks on which the newest conclusion on a contestant's part rests.
        concluded_files: numbers of score files that were concluded on.
        panels: of each part its judges, by panels; without it all who owe a sheet are one panel.
    """
    if not owed:
        return [OpenItem("no_sheets_owed")]
    found = sheets(sorted(owed), item.parts, current_marks(events))
    by_subject: dict[Subject, list[MarkEvent]] = {}
    for event in events:
        by_subject.setdefault((event.contestant, event.part), []).append(event)
    settled = {
        subject for subject, basis in concluded.items()
        if basis == basis_of(by_subject.get(subject, ()))
    }  # fmt: skip
    return [
        *_missing(found),
        *_too_few(item, present, owed, settled, panels or {}),
        *_files(files, concluded_files),
        *_rivals(events, owed, settled),
        *_spreads(item, found, settled),
    ]


def _missing(found: Iterable[Sheet]) -> list[OpenItem]:
    return [
        OpenItem(
            "missing_marks" if sheet.marked else "missing_sheet",
            sheet.judge,
            sheet.contestant,
            sheet.part,
            sheet.missing,
        )
        for sheet in found
        if sheet.missing
    ]


def _too_few(
    item: Round,
    present: Iterable[ContestantId],
    owed: Collection[SheetKey],
    settled: Collection[Subject],
    panels: Mapping[PartId, Sequence[Collection[JudgeId]]],
) -> list[OpenItem]:
    """Name the parts that get no score even if every owed sheet comes in, once for each panel."""
    owing: dict[Subject, set[JudgeId]] = {}
    everybody: dict[PartId, set[JudgeId]] = {}
    for judge, contestant, part in owed:
        owing.setdefault((contestant, part), set()).add(judge)
        everybody.setdefault(part, set()).add(judge)
    return [
        OpenItem("too_few_judges", None, one, part.id, judges=there, needed=needed)
        for one in present
        for part in item.parts
        for panel in panels.get(part.id) or [everybody.get(part.id, set())]
        if (there := len(owing.get((one, part.id), set()).intersection(panel)))
        < (needed := item.least_sheets(part, panel=len(panel)))
        and (one, part.id) not in settled
    ]


def _files(files: Iterable[ReceivedFile], concluded: Collection[int]) -> list[OpenItem]:
    return [
        OpenItem("file", file.judge, file=file.id, verdict=file.verdict)
        for file in files
        if file.verdict in NEED_CONCLUSION and file.id not in concluded
    ]


def _rivals(
    events: Collection[MarkEvent], owed: Collection[SheetKey], settled: Collection[Subject]
) -> list[OpenItem]:
    """Name the sheets with marks given twice on two laptops; on one laptop the fork is named."""
    criteria: dict[SheetKey, list[CriterionId]] = {}
    for (judge, contestant, part, criterion), group in sorted(rivals(events).items()):
        apart = len({event.device for event in group}) > 1
        sheet = (judge, contestant, part)
        if apart and sheet in owed and (contestant, part) not in settled:
            criteria.setdefault(sheet, []).append(criterion)
    return [
        OpenItem("rivals", judge, contestant, part, tuple(names))
        for (judge, contestant, part), names in criteria.items()
    ]


def _spreads(item: Round, found: Iterable[Sheet], settled: Collection[Subject]) -> list[OpenItem]:
    if item.spread_block is None:
        return []
    sums: dict[Subject, list[Decimal]] = {}
    for sheet in found:
        if not sheet.missing:
            sums.setdefault((sheet.contestant, sheet.part), []).append(sheet.sum)
    return [
        OpenItem("spread", None, contestant, part, lowest=min(values), highest=max(values))
        for (contestant, part), values in sorted(sums.items())
        if max(values) - min(values) >= item.spread_block and (contestant, part) not in settled
    ]
