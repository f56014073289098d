"""A judge pack: everything that the judges of one panel need to mark one round.

Words: a *pack* (gói chấm) goes out to the judges; each has an id and a version, which goes up when
a panel's pack is built again. An *entry* (bài dự thi) is what one contestant handed in.
Not checked here: whether the files of a pack are whole (`exchange.pack`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from judgeapp.domain.collecting import Assignment
from judgeapp.domain.contest import Criterion, Round
from judgeapp.domain.ids import (
    ContestantId,
    ContestId,
    CriterionId,
    JudgeId,
    PackId,
    PanelId,
    PartId,
)
from judgeapp.domain.names import bare_key
from judgeapp.domain.people import Judge
from judgeapp.domain.sheets import SheetKey

_ASCII = re.compile(r"[a-z0-9]+", re.ASCII)


@dataclass(frozen=True)
class PackMedia:
    """A clip or an outline in a pack; ``path`` is its name inside.

    Attributes:
        peaks: the sound wave of a clip, `CheckResult.peaks`; a pack is the same with or without.
    """

    part: PartId
    kind: Literal["clip", "outline"]
    path: str
    size: int
    sha256: str
    peaks: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class PackEntry:
    """What one contestant handed in; without media it is still marked, in the hall."""

    id: ContestantId
    name: str
    unit: str | None
    topic: str | None
    media: tuple[PackMedia, ...]


@dataclass(frozen=True)
class Pack:
    """The content of a pack.

    Attributes:
        version: of this panel's pack for this round, from 1.
        expires: date after which it is not opened any more, or None.
        minimum_app: oldest version of this app that understands it.
        assignment: of each judge, the entries to be marked in each part, in the judge's order.
        blind: entries are called by codes; their names say nothing of people or organisations.
        rehearsal: the contest is no real one.
    """

    id: PackId
    version: int
    built_at: str
    expires: str | None
    minimum_app: str
    contest: ContestId
    contest_name: str
    definition_version: int
    round: Round
    rubric_hash: str
    panel: PanelId | None
    entries: tuple[PackEntry, ...]
    judges: tuple[Judge, ...]
    assignment: Mapping[JudgeId, Mapping[PartId, tuple[ContestantId, ...]]]
    rehearsal: bool = False
    blind: bool = False

    @property
    def media(self) -> list[PackMedia]:
        """All clips and outlines, by entry."""
        return [media for entry in self.entries for media in entry.media]

    def judge(self, judge_id: JudgeId) -> Judge | None:
        """Return the judge of that id, or None if this pack is not for that judge."""
        return next((judge for judge in self.judges if judge.id == judge_id), None)

    def owed_by(self, judge_id: JudgeId) -> list[SheetKey]:
        """Return the sheets that a judge owes: by entry in the judge's order, then by part."""
        parts = self.assignment.get(judge_id, {})
        longest_first = sorted(parts.values(), key=len, reverse=True)
        order = dict.fromkeys(entry for listed in longest_first for entry in listed)
        return [
            (judge_id, entry, part.id)
            for entry in order
            for part in self.round.parts
            if entry in parts.get(part.id, ())
        ]

    @cached_property
    def rules(self) -> Assignment:
        """What may be marked by whom; worked out once, for it is asked for at every mark."""
        return Assignment(
            contestants=frozenset(entry.id for entry in self.entries),
            criteria=criteria_of(self.round),
            sheets=frozenset(
                (judge, contestant, part)
                for judge, parts in self.assignment.items()
                for part, contestants in parts.items()
                for contestant in contestants
            ),
        )


def criteria_of(item: Round) -> dict[tuple[PartId, CriterionId], Criterion]:
    """Return all criteria of a round by part and id."""
    return {
        (part.id, criterion.id): criterion for part in item.parts for criterion in part.criteria
    }


def folder_name(pack: Pack) -> str:
    """Return the name of a pack's folder: contest, round and, where there are several, panel.

    It is made of ASCII letters, digits and hyphens; the ids in ``pack.json`` decide, not the name.
    """
    contest = "-".join(_ASCII.findall(pack.contest[:8].lower())) or "pack"
    words = _ASCII.findall(f"{bare_key(pack.round.id)} {bare_key(pack.panel or '')}")
    return "-".join([contest, *words]).upper()[:80]
