"""Rows of decisions and sign-offs; both are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select

from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json, to_json

SignOffKind = Literal["finalists", "prizes"]


@dataclass(frozen=True)
class DecisionRow:
    """One recorded decision for a tie: who comes first of those still tied, and why.

    Attributes:
        group: the group it was made in, or None where the round has none.
        order: contestants, the best first.
        by: who decided, as told: chair, draw of lots, …
    """

    id: int
    round: RoundId
    group: str | None
    order: tuple[ContestantId, ...]
    by: str
    reason: str
    actor: str
    at: str


@dataclass(frozen=True)
class SignOff:
    """What was signed off at a moment; it never changes, a newer one takes its place.

    Attributes:
        body: for ``finalists`` its key ``contestants`` lists the ids of who goes on, best first.
    """

    id: int
    what: SignOffKind
    round: RoundId
    body: dict[str, Any]
    actor: str
    at: str


class ResultRows(Rows):
    """Reads and writes decisions and sign-offs."""

    def add_decision(
        self,
        round_id: RoundId,
        *,
        group: str | None,
        order: tuple[ContestantId, ...],
        by: str,
        reason: str,
    ) -> int:
        """Record a decision; return its id."""
        added: int = self._connection.execute(
            insert(tables.decisions)
            .values(
                round_id=round_id,
                group_id=group,
                ordering=to_json(list(order)),
                made_by=by,
                reason=reason,
                actor=self._actor,
                at=self._at,
            )
            .returning(tables.decisions.c.id)
        ).scalar_one()
        return added

    def decisions(self, round_id: RoundId) -> list[DecisionRow]:
        """Return a round's decisions in the order in which they were recorded."""
        table = tables.decisions
        rows = self._connection.execute(
            select(table).where(table.c.round_id == round_id).order_by(table.c.id)
        )
        return [
            DecisionRow(
                row.id,
                RoundId(row.round_id),
                row.group_id,
                tuple(ContestantId(item) for item in from_json(row.ordering)),
                row.made_by,
                row.reason,
                row.actor,
                row.at,
            )
            for row in rows
        ]

    def add_sign_off(self, what: SignOffKind, round_id: RoundId, body: dict[str, Any]) -> int:
        """Sign off ``body`` as it stands; return its id."""
        added: int = self._connection.execute(
            insert(tables.sign_offs)
            .values(
                what=what, round_id=round_id, body=to_json(body), actor=self._actor, at=self._at
            )
            .returning(tables.sign_offs.c.id)
        ).scalar_one()
        return added

    def sign_off(self, what: SignOffKind, round_id: RoundId) -> SignOff | None:
        """Return the newest sign-off of that kind for a round, or None."""
        table = tables.sign_offs
        row = self._connection.execute(
            select(table)
            .where(table.c.what == what, table.c.round_id == round_id)
            .order_by(table.c.id.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        return SignOff(
            row.id, row.what, RoundId(row.round_id), from_json(row.body), row.actor, row.at
        )
