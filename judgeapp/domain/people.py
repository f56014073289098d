"""People and organisations of a contest.

Words: a *unit* (đơn vị) is an organisation, a party committee (đảng bộ) or a party cell (chi bộ);
a *contestant* (thí sinh) competes; a *judge* (giám khảo) sits in a panel; a *conflict* (trường hợp
không được chấm) is a pair of judge and contestant that is never marked.
Not checked here: that names are right; a person confirms the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, UnitId

UnitKind = Literal["party_committee", "party_cell"]
Gender = Literal["nam", "nữ"]
Role = Literal["chair", "member", "secretary"]


@dataclass(frozen=True)
class Unit:
    """An organisation; ``members`` is how many party members it has, if known."""

    id: UnitId
    name: str
    kind: UnitKind | None = None
    sector: str | None = None
    members: int | None = None


@dataclass(frozen=True)
class Contestant:
    """One who competes.

    Attributes:
        id: the number (số báo danh), text such as ``07``.
        birth: ``1985-03-12``, ``1985-03`` or ``1985``.
        withdrawn: keeps the marks, leaves the ranking.
    """

    id: ContestantId
    name: str
    unit_id: UnitId | None = None
    birth: str | None = None
    gender: Gender | None = None
    position: str | None = None
    topic: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None
    group: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Judge:
    """One who marks; a secretary marks only objective parts (right answers counted)."""

    id: JudgeId
    name: str
    role: Role
    unit: str | None = None
    panel: PanelId | None = None


@dataclass(frozen=True)
class Conflict:
    """A judge who must not mark a contestant, and why."""

    judge: JudgeId
    contestant: ContestantId
    reason: str
