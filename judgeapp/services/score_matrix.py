"""Which score sheets have come: judge by contestant, and the files that brought them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.collecting import NEED_CONCLUSION, Verdict
from judgeapp.domain.contest import Round
from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.marks import current_marks
from judgeapp.domain.people import Contestant, Judge
from judgeapp.domain.sheets import Sheet, sheets
from judgeapp.services.assignment import owed_sheets
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.roster import contestants_of, excluded_pairs, judges_of
from judgeapp.store.uow import UnitOfWork

CellState = Literal["done", "begun", "missing", "barred", "others"]
"""``others``: the entry was given to others of the panel; ``barred``: never to this judge."""


@dataclass(frozen=True)
class SheetRow:
    """One judge: a state for each contestant, and how many sheets are done of those owed.

    Attributes:
        heard_of: a score file of this judge has come.
    """

    judge: Judge
    cells: tuple[CellState, ...]
    done: int
    owed: int
    heard_of: bool


@dataclass(frozen=True)
class KeptFile:
    """A score file that came in.

    Attributes:
        id: the number by which people know it.
        number: the how-manieth file of that laptop it is.
        counts: its marks are in the tally.
        may_go: it can be taken back.
    """

    id: int
    name: str
    judge: JudgeId | None
    verdict: Verdict
    counts: bool
    scored: int | None
    of: int | None
    received_at: str
    number: int | None
    taken_back: bool
    may_go: bool


@dataclass(frozen=True)
class SheetMatrix:
    """The sheets of a round: who has sent what, and what is lacking."""

    held: Round
    rounds: tuple[Round, ...]
    contestants: tuple[Contestant, ...]
    rows: tuple[SheetRow, ...]
    files: tuple[KeptFile, ...]
    closed: bool


def sheet_matrix(app: Context, *, round_id: str | None = None) -> SheetMatrix:
    """Return which sheets of a round (the current one if None) have come.

    Raises:
        JudgeError: ``contest.unknown_round``, ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        present = tuple(one for one in contestants_of(u, definition, held.id) if not one.withdrawn)
        owed = owed_sheets(u, definition, held)
        current = current_marks(u.judging.mark_events(held.id))
        found: dict[tuple[JudgeId, ContestantId], list[Sheet]] = {}
        for sheet in sheets(sorted(owed), held.parts, current):
            found.setdefault((sheet.judge, sheet.contestant), []).append(sheet)
        files = _files(u, held)
        heard = {file.judge for file in files}
        barred = {(pair.judge, pair.contestant) for pair in excluded_pairs(u, list(present))}
        rows = tuple(_row(judge, present, found, heard, barred) for judge in _panel(u, held))
        closed = u.judging.stage(held.id) == "closed"
    return SheetMatrix(held, definition.rounds, present, rows, files, closed)


def _panel(u: UnitOfWork, held: Round) -> list[Judge]:
    seats = {judge.id: judge for part in held.parts for judge in judges_of(u, part)}
    return [seats[name] for name in sorted(seats)]


def _row(
    judge: Judge,
    present: tuple[Contestant, ...],
    found: Mapping[tuple[JudgeId, ContestantId], list[Sheet]],
    heard: set[JudgeId | None],
    barred: Collection[tuple[JudgeId, ContestantId]],
) -> SheetRow:
    own = [found.get((judge.id, one.id), []) for one in present]
    everything = [sheet for cell in own for sheet in cell]
    return SheetRow(
        judge,
        tuple(
            "barred" if (judge.id, one.id) in barred else _state(cell)
            for one, cell in zip(present, own, strict=True)
        ),
        sum(1 for sheet in everything if sheet.state == "done"),
        len(everything),
        judge.id in heard,
    )


def _state(cell: list[Sheet]) -> CellState:
    if not cell:
        return "others"
    if all(sheet.state == "done" for sheet in cell):
        return "done"
    return "begun" if any(sheet.marked for sheet in cell) else "missing"


def _files(u: UnitOfWork, held: Round) -> tuple[KeptFile, ...]:
    back = u.packs.taken_back()
    concluded = {one.score_file for one in u.judging.conclusions(held.id) if one.counts}
    return tuple(
        KeptFile(
            row.id,
            row.name,
            row.judge,
            row.verdict,  # type: ignore[arg-type]  # stored as it was told
            (row.counts or row.id in concluded) and row.id not in back,
            row.header["scored"] if row.header else None,
            row.header["of"] if row.header else None,
            row.received_at,
            row.number,
            row.id in back,
            row.id not in back and (row.counts or row.verdict in NEED_CONCLUSION),
        )
        for row in u.packs.score_files()
        if row.round_id in (held.id, None)
    )
