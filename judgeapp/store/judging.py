"""Rows of judges, conflicts, facts, mark events, conclusions and stages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from sqlalchemy import Row, and_, bindparam, delete, func, insert, literal, select

from judgeapp.domain.definition import read_definition_body, rubric_hash
from judgeapp.domain.facts import Fact, FactKind
from judgeapp.domain.ids import ContestantId, CriterionId, JudgeId, PanelId, PartId, RoundId
from judgeapp.domain.marks import MarkEvent, MarkKey
from judgeapp.domain.numbers import plain
from judgeapp.domain.people import Conflict, Judge, Role
from judgeapp.domain.remarks import ENTRY
from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json

Stage = Literal["open", "closed"]

# Asked before each mark that is typed: put together once, and one question instead of two.
_EVENTS = tables.mark_events
_ONE = select(literal(1).label("one")).subquery()
_MARK_SO_FAR = select(
    select(func.coalesce(func.max(_EVENTS.c.counter), 0)).scalar_subquery().label("highest"),
    _EVENTS,
).select_from(
    _ONE.outerjoin(
        _EVENTS,
        and_(
            _EVENTS.c.round_id == bindparam("round"),
            _EVENTS.c.judge_id == bindparam("judge"),
            _EVENTS.c.contestant_id == bindparam("contestant"),
            _EVENTS.c.part_id == bindparam("part"),
            _EVENTS.c.criterion_id == bindparam("criterion"),
            _EVENTS.c.rubric_hash == bindparam("rubric"),
            _EVENTS.c.set_aside.is_(None),
        ),
    )
)
_ADD_EVENTS = insert(_EVENTS)


@dataclass(frozen=True)
class ConclusionRow:
    """What the panel concluded in writing about one contestant's part, or about one score file.

    Attributes:
        counts: of a score file: its marks count from now on.
        basis: what the conclusion was made on; if that has changed it no longer holds.
    """

    id: int
    round_id: RoundId
    contestant: ContestantId | None
    part: PartId | None
    score_file: int | None
    counts: bool
    basis: str
    text: str
    at: str


@dataclass(frozen=True)
class StageRow:
    """One opening or closing of a round."""

    round_id: RoundId
    stage: Stage
    reason: str
    at: str


class JudgingRows(Rows):
    """Reads and writes judges, conflicts, facts, mark events, conclusions and stages."""

    def judges(self) -> list[Judge]:
        """Return all judges by id."""
        table = tables.judges
        rows = self._connection.execute(select(table).order_by(table.c.id))
        return [
            Judge(
                JudgeId(row.id),
                row.name,
                cast("Role", row.role),
                row.unit,
                PanelId(row.panel) if row.panel else None,
            )
            for row in rows
        ]

    def conflicts(self) -> list[Conflict]:
        """Return all declared conflicts by judge and contestant."""
        table = tables.conflicts
        rows = self._connection.execute(
            select(table).order_by(table.c.judge_id, table.c.contestant_id)
        )
        return [
            Conflict(JudgeId(row.judge_id), ContestantId(row.contestant_id), row.reason)
            for row in rows
        ]

    def set_panel(self, judges: Collection[Judge], conflicts: Collection[Conflict]) -> None:
        """Make these the judges and conflicts of the contest; others are there no more."""
        self._connection.execute(delete(tables.conflicts))
        self._connection.execute(delete(tables.judges))
        if judges:
            self._connection.execute(
                insert(tables.judges),
                [
                    {"id": j.id, "name": j.name, "role": j.role, "unit": j.unit, "panel": j.panel}
                    for j in judges
                ],
            )
        if conflicts:
            self._connection.execute(
                insert(tables.conflicts),
                [
                    {"judge_id": c.judge, "contestant_id": c.contestant, "reason": c.reason}
                    for c in conflicts
                ],
            )

    def facts(self, round_id: RoundId) -> list[Fact]:
        """Return the facts of a round that hold: the newest of each kind, by contestant and part.

        A fact that was taken back is not among them.
        """
        table = tables.facts
        rows = self._connection.execute(
            select(table).where(table.c.round_id == round_id).order_by(table.c.id)
        )
        newest = {(row.contestant_id, row.part_id, row.what): row for row in rows}
        return [
            Fact(
                round_id,
                PartId(row.part_id),
                ContestantId(row.contestant_id),
                cast("FactKind", row.what),
                row.value,
                row.reason,
            )
            for _, row in sorted(newest.items())
            if row.value is not None
        ]

    def add_facts(self, facts: Iterable[tuple[Fact, bool]]) -> None:
        """Store facts; with ``True`` beside it the fact is taken back."""
        self._connection.execute(
            insert(tables.facts),
            [
                {
                    "round_id": fact.round,
                    "part_id": fact.part,
                    "contestant_id": fact.contestant,
                    "what": fact.what,
                    "value": None if taken_back else fact.value,
                    "reason": fact.reason,
                    "actor": self._actor,
                    "at": self._at,
                }
                for fact, taken_back in facts
            ],
        )

    def mark_events(
        self,
        round_id: RoundId,
        rubric_hash: str | None = None,
        *,
        judge: JudgeId | None = None,
        with_remarks: bool = False,
    ) -> list[MarkEvent]:
        """Return the mark events of a round that count, in no particular order; of one if named.

        Remarks on entries are among them only if they are asked for. Those count that were made on
        the round's rubrics as they are now (or on the ones named), and those made on others that a
        conclusion of the panel says to count; never what only score files held that were taken
        back.
        """
        table = tables.mark_events
        wanted = rubric_hash or self._rubric_hash(round_id)
        accepted = self._accepted_rubrics(round_id)
        query = select(table).where(table.c.round_id == round_id, table.c.set_aside.is_(None))
        if judge is not None:
            query = query.where(table.c.judge_id == judge)
        if not with_remarks:
            query = query.where(table.c.part_id != ENTRY)
        left_out = self.left_out(round_id)
        return [
            _event(row)
            for row in self._connection.execute(query)
            if (row.rubric_hash == wanted or (row.judge_id, row.rubric_hash) in accepted)
            and row.hash not in left_out
        ]

    def left_out(self, round_id: RoundId, judge: JudgeId | None = None) -> frozenset[str]:
        """Return the hashes of events that count no more: only files taken back held them."""
        table = tables.taken_back
        query = select(table.c.judge_id, table.c.left_out).where(table.c.round_id == round_id)
        if judge is not None:
            query = query.where(table.c.judge_id == judge)
        rows = self._connection.execute(query.order_by(table.c.id))
        newest = {row.judge_id: row.left_out for row in rows}
        return frozenset(digest for listed in newest.values() for digest in listed.split())

    def _rubric_hash(self, round_id: RoundId) -> str | None:
        table = tables.definitions
        body = self._connection.execute(
            select(table.c.body).order_by(table.c.version.desc()).limit(1)
        ).scalar_one()
        item = read_definition_body(from_json(body)).round(round_id)
        return None if item is None else rubric_hash(item)

    def _accepted_rubrics(self, round_id: RoundId) -> set[tuple[str, str]]:
        """Return (judge, rubric hash) of the score files that count by a conclusion."""
        files, conclusions = tables.score_files, tables.conclusions
        rows = self._connection.execute(
            select(files.c.judge_id, files.c.header)
            .join(conclusions, conclusions.c.score_file_id == files.c.id)
            .where(conclusions.c.round_id == round_id, conclusions.c.counts)
        )
        return {(row.judge_id, from_json(row.header)["rubric_hash"]) for row in rows}

    def mark_so_far(
        self, round_id: RoundId, rubric_hash: str, key: MarkKey
    ) -> tuple[list[MarkEvent], int]:
        """Return the events of one mark made on certain rubrics, and the highest counter of all."""
        judge, contestant, part, criterion = key
        rows = self._connection.execute(
            _MARK_SO_FAR,
            {
                "round": round_id,
                "judge": judge,
                "contestant": contestant,
                "part": part,
                "criterion": criterion,
                "rubric": rubric_hash,
            },
        ).all()
        return [_event(row) for row in rows if row.hash is not None], rows[0].highest

    def highest_counter(self) -> int:
        """Return the highest counter of all events here, 0 without any."""
        highest = self._connection.execute(select(func.max(tables.mark_events.c.counter))).scalar()
        return int(highest or 0)

    def judges_with_marks(self) -> set[JudgeId]:
        """Return the judges of whom any mark event is here."""
        rows = self._connection.execute(select(tables.mark_events.c.judge_id).distinct())
        return {JudgeId(row.judge_id) for row in rows}

    def add_mark_events(
        self,
        round_id: RoundId,
        rubric_hash: str,
        events: Iterable[MarkEvent],
        *,
        score_file: int | None = None,
        set_aside: str | None = None,
    ) -> None:
        """Store events that are not here yet."""
        rows = [
            {
                "hash": event.hash,
                "round_id": round_id,
                "judge_id": event.judge,
                "contestant_id": event.contestant,
                "part_id": event.part,
                "criterion_id": event.criterion,
                "points": None if event.points is None else plain(event.points),
                "comment": event.comment,
                "counter": event.counter,
                "device": event.device,
                "at": event.at,
                "replaces": " ".join(event.replaces),
                "rubric_hash": rubric_hash,
                "score_file_id": score_file,
                "set_aside": set_aside,
            }
            for event in events
        ]
        if rows:
            self._connection.execute(_ADD_EVENTS, rows)

    def devices_of(self, round_id: RoundId, judge: JudgeId) -> set[str]:
        """Return the devices on which a judge's marks of a round were typed."""
        table = tables.mark_events
        rows = self._connection.execute(
            select(table.c.device)
            .where(table.c.round_id == round_id, table.c.judge_id == judge)
            .distinct()
        )
        return {row.device for row in rows}

    def event_hashes(self, round_id: RoundId, judge: JudgeId) -> set[str]:
        """Return the hashes of all events of a judge in a round, the put aside ones included."""
        table = tables.mark_events
        rows = self._connection.execute(
            select(table.c.hash).where(table.c.round_id == round_id, table.c.judge_id == judge)
        )
        return {row.hash for row in rows}

    def stage(self, round_id: RoundId) -> Stage:
        """Return whether marking of a round is open (as at first) or closed."""
        table = tables.stages
        stage = self._connection.execute(
            select(table.c.stage)
            .where(table.c.round_id == round_id)
            .order_by(table.c.id.desc())
            .limit(1)
        ).scalar()
        return cast("Stage", stage or "open")

    def stages(self, round_id: RoundId) -> list[StageRow]:
        """Return all closings and reopenings of a round, the oldest first."""
        table = tables.stages
        rows = self._connection.execute(
            select(table).where(table.c.round_id == round_id).order_by(table.c.id)
        )
        return [StageRow(round_id, row.stage, row.reason, row.at) for row in rows]

    def add_stage(self, round_id: RoundId, stage: Stage, *, reason: str) -> None:
        """Open or close marking of a round."""
        self._connection.execute(
            insert(tables.stages).values(
                round_id=round_id, stage=stage, reason=reason, actor=self._actor, at=self._at
            )
        )

    def conclusions(self, round_id: RoundId) -> list[ConclusionRow]:
        """Return all written conclusions of a round, the oldest first."""
        table = tables.conclusions
        rows = self._connection.execute(
            select(table).where(table.c.round_id == round_id).order_by(table.c.id)
        )
        return [
            ConclusionRow(
                row.id,
                round_id,
                ContestantId(row.contestant_id) if row.contestant_id else None,
                PartId(row.part_id) if row.part_id else None,
                row.score_file_id,
                row.counts,
                row.basis,
                row.text,
                row.at,
            )
            for row in rows
        ]

    def add_conclusion(
        self,
        round_id: RoundId,
        *,
        contestant: ContestantId | None = None,
        part: PartId | None = None,
        score_file: int | None = None,
        counts: bool = False,
        basis: str,
        text: str,
    ) -> None:
        """Store what was concluded."""
        self._connection.execute(
            insert(tables.conclusions).values(
                round_id=round_id,
                contestant_id=contestant,
                part_id=part,
                score_file_id=score_file,
                counts=counts,
                basis=basis,
                text=text,
                actor=self._actor,
                at=self._at,
            )
        )


def _event(row: Row[Any]) -> MarkEvent:
    return MarkEvent(
        JudgeId(row.judge_id),
        ContestantId(row.contestant_id),
        PartId(row.part_id),
        CriterionId(row.criterion_id),
        None if row.points is None else Decimal(row.points),
        row.comment,
        row.counter,
        row.device,
        row.at,
        row.hash,
        tuple(row.replaces.split()),
    )
