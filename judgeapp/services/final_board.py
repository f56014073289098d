"""A round held in the hall: who is on when, how far each is, and the secretary's facts.

Words: *complete* is who has all marks that judges owe; *on stage* is the first in the running order
who is not, and *next* the one after that.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import ContestantId, JudgeId, PartId, RoundId
from judgeapp.domain.lots import drawn_order
from judgeapp.domain.marks import current_marks
from judgeapp.domain.people import Contestant
from judgeapp.domain.sheets import sheets
from judgeapp.domain.tally import Standing
from judgeapp.services.assignment import owed_sheets
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.services.definition import last_round, read_definition
from judgeapp.services.judging import require_open
from judgeapp.services.results_round import tally_groups
from judgeapp.services.roster import contestants_of
from judgeapp.store.uow import UnitOfWork

_LARGEST_SEED = 1_000_000


@dataclass(frozen=True)
class Owing:
    """A judge who still owes marks for a contestant; ``missing`` is how many of the part."""

    judge: JudgeId
    name: str
    part: PartId
    missing: int


@dataclass(frozen=True)
class BoardRow:
    """One contestant on the board.

    Attributes:
        place: in the running order, from 1; None while none is drawn.
        done: sheets that judges have handed in, of those ``owed``.
        facts: of the secretary, those that hold.
        owing: who still owes marks, by part and judge.
        marked: how many marks there are.
    """

    contestant: Contestant
    unit: str | None
    place: int | None
    rank: int | None
    total: Fraction | None
    done: int
    owed: int
    facts: tuple[Fact, ...]
    owing: tuple[Owing, ...] = ()
    marked: int = 0

    @property
    def complete(self) -> bool:
        """Whether all marks are there."""
        return bool(self.owed) and self.done == self.owed


@dataclass(frozen=True)
class Board:
    """The board of a round; rows stand in the running order, else by number.

    Attributes:
        step: what totals are rounded to by rule, or None.
    """

    held: Round
    rows: tuple[BoardRow, ...]
    drawn: bool
    closed: bool
    step: str | None

    @property
    def waiting(self) -> tuple[BoardRow, ...]:
        """Those who are not complete, in the running order: on stage, next, and so on."""
        return tuple(row for row in self.rows if not row.complete)


def final_board(app: Context, *, round_id: str | None = None) -> Board:
    """Return the board of a round, of the last one if none is named.

    Raises:
        JudgeError: ``contest.unknown_round``, ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = last_round(definition, round_id)
        present = _present(u, definition, held)
        order = _order(u, held.id, present)
        units = {unit.id: unit.name for unit in u.people.units()}
        counts, owing, marked = _counts(u, definition, held)
        standings: dict[ContestantId, Standing] = {
            item.contestant: item
            for group in tally_groups(u, definition, held)
            for item in group.result.ranking
        }
        facts = u.judging.facts(held.id)
        rows = [
            BoardRow(
                one,
                units.get(one.unit_id) if one.unit_id else None,
                order.index(one.id) + 1 if one.id in order else None,
                standings[one.id].rank if one.id in standings else None,
                standings[one.id].total if one.id in standings else None,
                *counts.get(one.id, (0, 0)),
                tuple(fact for fact in facts if fact.contestant == one.id),
                tuple(owing.get(one.id, ())),
                marked[one.id],
            )
            for one in present
        ]
        closed = u.judging.stage(held.id) == "closed"
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.contestant.id))
    return Board(held, tuple(rows), bool(order), closed, held.round_total)


def draw_order(
    app: Context, *, round_id: str | None = None, seed: int | None = None
) -> Outcome[tuple[ContestantId, ...]]:
    """Draw the running order of a round by lot; return it.

    The order is that of SHA-256 of ``seed/number``, which anybody can work out again; the seed is
    in the log. Drawing again takes the place of the order before.

    Args:
        app: the open contest.
        round_id: the round, the last one if None.
        seed: 0 to 999999; None: one is drawn.

    Raises:
        JudgeError: ``people.draw_seed``; ``judging.round_closed``; ``results.no_finalists``;
            ``people.draw_nobody`` with fewer than two contestants.
    """
    drawn = secrets.randbelow(_LARGEST_SEED) if seed is None else seed
    if not 0 <= drawn < _LARGEST_SEED:
        raise JudgeError("people.draw_seed", place=str(drawn))
    with app.write() as u:
        definition = read_definition(u)
        held = last_round(definition, round_id)
        require_open(u, held)
        numbers = [one.id for one in _present(u, definition, held)]
        if len(numbers) < 2:
            raise JudgeError("people.draw_nobody")
        order = tuple(drawn_order(numbers, drawn))
        before = u.contest.meta().get(_key(held.id), "[]")
        u.contest.put_meta(_key(held.id), json.dumps(order))
        u.log("judging.order_drawn", round=held.id, seed=drawn, order=list(order))
        u.commit()
    return changed(order, [Kind.STAGES], _undo_of_order(held, before, order))


def set_order(
    app: Context, *, order: Sequence[str], round_id: str | None = None
) -> Outcome[tuple[ContestantId, ...]]:
    """Set the running order of a round by hand; return it.

    Args:
        app: the open contest.
        order: the numbers of all who take part, each once.
        round_id: the round, the last one if None.

    Raises:
        JudgeError: ``judging.order_not_everybody`` with the numbers that are missing, there twice
            or unknown; ``judging.round_closed``; ``results.no_finalists``.
    """
    with app.write() as u:
        definition = read_definition(u)
        held = last_round(definition, round_id)
        require_open(u, held)
        numbers = [one.id for one in _present(u, definition, held)]
        wanted = tuple(ContestantId(number) for number in order)
        wrong = [number for number in numbers if number not in wanted]
        wrong += [n for at, n in enumerate(wanted) if n not in numbers or n in wanted[:at]]
        if wrong:
            raise JudgeError("judging.order_not_everybody", numbers=", ".join(sorted(set(wrong))))
        before = u.contest.meta().get(_key(held.id), "[]")
        u.contest.put_meta(_key(held.id), json.dumps(wanted))
        u.log("judging.order_set", round=held.id, order=list(wanted))
        u.commit()
    return changed(wanted, [Kind.STAGES], _undo_of_order(held, before, wanted))


def _undo_of_order(held: Round, before: str, after: Sequence[str]) -> Undo:
    """Return how an order is taken back: the one before holds again, or none."""
    return Undo("order", {"round": held.vi}, partial(_order_back, held, before, json.dumps(after)))


def _order_back(held: Round, back: str, written: str, app: Context) -> Outcome[object]:
    with app.write() as u:
        if u.judging.stage(held.id) == "closed" or u.contest.meta().get(_key(held.id)) != written:
            raise JudgeError("undo.changed_since")
        u.contest.put_meta(_key(held.id), back)
        order = json.loads(back)
        u.log("judging.order_set", round=held.id, order=order)
        u.commit()
    return changed(order, [Kind.STAGES], _undo_of_order(held, written, order))


def _present(u: UnitOfWork, definition: Definition, held: Round) -> list[Contestant]:
    return [one for one in contestants_of(u, definition, held.id) if not one.withdrawn]


def _key(round_id: RoundId) -> str:
    return f"running_order:{round_id}"


def _order(u: UnitOfWork, round_id: RoundId, present: Sequence[Contestant]) -> list[str]:
    """Return the order of those present; whoever withdrew leaves no gap."""
    stored = u.contest.meta().get(_key(round_id))
    here = {str(one.id) for one in present}
    return [str(number) for number in json.loads(stored) if number in here] if stored else []


def _counts(
    u: UnitOfWork, definition: Definition, held: Round
) -> tuple[
    Mapping[ContestantId, tuple[int, int]],
    Mapping[ContestantId, list[Owing]],
    Counter[ContestantId],
]:
    """Return of each contestant: sheets done and owed, who owes what, and how many marks."""
    current = current_marks(u.judging.mark_events(held.id))
    names = {judge.id: judge.name for judge in u.judging.judges()}
    counts: dict[ContestantId, tuple[int, int]] = {}
    owing: dict[ContestantId, list[Owing]] = {}
    marked: Counter[ContestantId] = Counter()
    for sheet in sheets(sorted(owed_sheets(u, definition, held)), held.parts, current):
        done, owed = counts.get(sheet.contestant, (0, 0))
        counts[sheet.contestant] = (done + (sheet.state == "done"), owed + 1)
        marked[sheet.contestant] += sheet.marked
        if sheet.missing:
            who = Owing(sheet.judge, names.get(sheet.judge, ""), sheet.part, len(sheet.missing))
            owing.setdefault(sheet.contestant, []).append(who)
    return counts, owing, marked
