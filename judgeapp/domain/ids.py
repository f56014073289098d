"""Identifiers. All are text; none is ever made from a person's name.

A contest is known by a random id, never by its name or year; a contestant by the number (số báo
danh) that is never given to anybody else in that contest.
"""

from __future__ import annotations

from typing import NewType

ContestId = NewType("ContestId", str)
RoundId = NewType("RoundId", str)
PartId = NewType("PartId", str)
CriterionId = NewType("CriterionId", str)
PanelId = NewType("PanelId", str)
JudgeId = NewType("JudgeId", str)
UnitId = NewType("UnitId", str)
ContestantId = NewType("ContestantId", str)
EntryFileId = NewType("EntryFileId", str)
PackId = NewType("PackId", str)
