"""A round held in the hall: who is on when, how far each is, and the secretary's facts."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.domain.marks import current_marks
from judgeapp.domain.people import Contestant
from judgeapp.domain.sheets import sheets
from judgeapp.domain.tally import Standing
from judgeapp.services.assignment import owed_sheets
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, require_round
from judgeapp.services.results_round import tally_groups
from judgeapp.services.roster import contestants_of
from judgeapp.store.uow import UnitOfWork

_LARGEST_SEED = 1_000_000


@dataclass(frozen=True)
class BoardRow:
    """One contestant on the board.

    Attributes:
        place: in the running order, from 1; None while none is drawn.
        done: sheets that judges have handed in, of those ``owed``.
        facts: of the secretary, those that hold.
    """

    contestant: Contestant
    unit: str | None
    place: int | None
    rank: int | None
    total: Fraction | None
    done: int
    owed: int
    facts: tuple[Fact, ...]


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


def final_board(app: Context, *, round_id: str | None = None) -> Board:
    """Return the board of a round, of the last one if none is named.

    Raises:
        JudgeError: ``contest.unknown_round``, ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = _last(definition, round_id)
        present = _present(u, definition, held)
        order = _order(u, held.id)
        units = {unit.id: unit.name for unit in u.people.units()}
        counts = _counts(u, definition, held)
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
        held = _last(definition, round_id)
        if u.judging.stage(held.id) == "closed":
            raise JudgeError("judging.round_closed", place=held.id, round=held.vi)
        numbers = [one.id for one in _present(u, definition, held)]
        if len(numbers) < 2:
            raise JudgeError("people.draw_nobody")
        order = tuple(sorted(numbers, key=lambda number: _lot(drawn, number)))
        u.contest.put_meta(_key(held.id), json.dumps(order))
        u.log("judging.order_drawn", round=held.id, seed=drawn, order=list(order))
        u.commit()
    return changed(order, [Kind.STAGES])


def _last(definition: Definition, round_id: str | None) -> Round:
    return require_round(definition, round_id, open_round=definition.rounds[-1].id)


def _present(u: UnitOfWork, definition: Definition, held: Round) -> list[Contestant]:
    return [one for one in contestants_of(u, definition, held.id) if not one.withdrawn]


def _key(round_id: RoundId) -> str:
    return f"running_order:{round_id}"


def _order(u: UnitOfWork, round_id: RoundId) -> list[str]:
    stored = u.contest.meta().get(_key(round_id))
    return [str(number) for number in json.loads(stored)] if stored else []


def _counts(
    u: UnitOfWork, definition: Definition, held: Round
) -> Mapping[ContestantId, tuple[int, int]]:
    """Return of each contestant how many sheets are done, and how many are owed."""
    current = current_marks(u.judging.mark_events(held.id))
    found: dict[ContestantId, tuple[int, int]] = {}
    for sheet in sheets(sorted(owed_sheets(u, definition, held)), held.parts, current):
        done, owed = found.get(sheet.contestant, (0, 0))
        found[sheet.contestant] = (done + (sheet.state == "done"), owed + 1)
    return found


def _lot(seed: int, number: str) -> str:
    return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()
