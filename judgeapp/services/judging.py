"""The organiser's part in judging: the panel with its conflicts, and the secretary's facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from judgeapp.domain.contest import Round
from judgeapp.domain.errors import BadInput, BadRows, JudgeError
from judgeapp.domain.facts import Fact, FactKind
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, PartId
from judgeapp.domain.names import clean, match_key
from judgeapp.domain.people import Conflict, Judge, Role
from judgeapp.formats.plain_table import (
    FACT_WORDS,
    PANEL_WORDS,
    TableRow,
    read_plain_table,
    role_of,
)
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.facts_undo import undo_of_facts
from judgeapp.services.panel_undo import panel_state, undo_of_panel
from judgeapp.services.roster import contestants_of
from judgeapp.store.uow import UnitOfWork

_JUDGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
_SECONDS = re.compile(r"([0-9]{1,6})|([0-9]{1,4}):([0-5][0-9])", re.ASCII)
_DAYS = re.compile(r"[0-9]{1,3}", re.ASCII)
_POINTS = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,2})?", re.ASCII)
_TAKEN_BACK = ("-", "–", "—")
_BETWEEN_IDS = re.compile(r"[\s;,]+")
DECLARED = "declared"


@dataclass(frozen=True)
class PanelSet:
    """What the panel is now: how many judges and declared conflicts, and who is new or gone."""

    judges: int
    conflicts: int
    added: tuple[JudgeId, ...]
    removed: tuple[JudgeId, ...]


@dataclass(frozen=True)
class FactsSet:
    """How many facts were stored, and how many were known as they are."""

    stored: int
    unchanged: int


def set_panel(app: Context, *, file: Path) -> Outcome[PanelSet]:
    """Make the table in ``file`` the panel: the judges and conflicts in it, and no others.

    Columns: id, name, role (chair, member, secretary), unit, panel, conflicts (numbers of
    contestants, with blanks or semicolons between).

    Raises:
        BadRows: ``judging.bad_panel`` with each refused row.
        JudgeError: ``judging.judge_has_marks`` if a judge with score files is not in it;
            ``sheet.…`` if it is no such table. Nothing is changed then.
    """
    table = read_plain_table(file, PANEL_WORDS, needed=("id", "name"))
    with app.write() as u:
        numbers = [contestant.id for contestant in u.people.contestants()]
        judges, conflicts = _read_panel(table.rows, numbers, file.name)
        was = panel_state(u)
        before = {judge.id for judge in u.judging.judges()}
        after = {judge.id for judge in judges}
        for judge in sorted(before - after):
            if judge in u.judging.judges_with_marks() or u.packs.score_files_of(judge):
                raise JudgeError("judging.judge_has_marks", file=file.name, place=judge)
        u.judging.set_panel(judges, conflicts)
        u.log("judging.panel_set", judges=len(judges), conflicts=len(conflicts))
        now = panel_state(u)
        u.commit()
    value = PanelSet(
        len(judges), len(conflicts), tuple(sorted(after - before)), tuple(sorted(before - after))
    )
    undo = undo_of_panel("panel_set", file.name, was, now)
    return changed(value, [Kind.PANEL, Kind.RESULTS], undo)


def _read_panel(
    rows: Iterable[TableRow], numbers: Collection[ContestantId], file: str
) -> tuple[list[Judge], list[Conflict]]:
    judges: list[Judge] = []
    conflicts: list[Conflict] = []
    refused: list[BadInput] = []
    seen: set[str] = set()
    for row in rows:
        try:
            judge = _judge(row, file)
            if judge.id.casefold() in seen:
                raise _bad(row, file, "judging.judge_twice", judge=judge.id)
            seen.add(judge.id.casefold())
            conflicts += _conflicts(row, judge, numbers, file)
            judges.append(judge)
        except BadInput as error:
            refused.append(error)
    if not judges and not refused:
        raise BadInput("judging.empty_panel", file=file)
    if refused:
        raise BadRows("judging.bad_panel", refused, file=file, count=len(refused), first="")
    return judges, conflicts


def _bad(row: TableRow, file: str, code: str, **params: object) -> BadInput:
    return BadInput(code, file=file, place=str(row.number), **params)


def _judge(row: TableRow, file: str) -> Judge:
    if not _JUDGE_ID.fullmatch(row["id"]):
        raise _bad(row, file, "judging.bad_judge_id", typed=row["id"])
    if not row["name"]:
        raise _bad(row, file, "judging.judge_without_name", judge=row["id"])
    role = role_of(row["role"])
    if role is None:
        raise _bad(row, file, "judging.unknown_role", typed=row["role"])
    panel = PanelId(row["panel"]) if row["panel"] else None
    return Judge(JudgeId(row["id"]), row["name"], cast("Role", role), row["unit"] or None, panel)


def _conflicts(
    row: TableRow, judge: Judge, numbers: Collection[ContestantId], file: str
) -> list[Conflict]:
    wanted = [typed for typed in _BETWEEN_IDS.split(row["conflicts"].strip(" ;,")) if typed]
    named = dict.fromkeys(_contestant(row, typed, numbers, file) for typed in wanted)
    return [Conflict(judge.id, contestant, DECLARED) for contestant in named]


def _contestant(
    row: TableRow, typed: str, numbers: Collection[ContestantId], file: str
) -> ContestantId:
    found = find_number(typed, numbers)
    if found is None:
        raise _bad(row, file, "judging.unknown_contestant", typed=typed)
    return found


def find_number(typed: str, numbers: Collection[ContestantId]) -> ContestantId | None:
    """Return the contestant of a number; 7 is 07 where a spreadsheet dropped the zero.

    Only one contestant may be meant: with both 7 and 07 in the contest, each is just itself.
    """
    if typed in numbers:
        return ContestantId(typed)
    same = [number for number in numbers if number.lstrip("0") == typed.lstrip("0") != ""]
    return same[0] if len(same) == 1 and typed.isdecimal() else None


def set_facts(
    app: Context,
    *,
    file: Path | None = None,
    typed: Sequence[Mapping[str, str]] = (),
    round_id: str | None = None,
) -> Outcome[FactsSet]:
    """Store the secretary's facts in ``file``, or as typed; those that are known as they are stay.

    Columns: contestant, part, seconds (or m:ss), late days, points (taken above 0, a bonus below),
    reason (needed for points). An empty cell says nothing; ``-`` takes a fact back.

    Args:
        app: the open contest.
        file: the table.
        typed: rows by column instead of a file, typed on a screen.
        round_id: the round, the current one if None.

    Raises:
        BadRows: ``judging.bad_facts`` with each refused row.
        JudgeError: ``judging.round_closed``; ``contest.unknown_round``; ``sheet.…``.
    """
    if file is not None:
        rows = read_plain_table(file, FACT_WORDS, needed=("contestant", "part")).rows
    else:
        empty = dict.fromkeys(("contestant", "part", *_READERS, "reason"), "")
        rows = tuple(TableRow(at, {**empty, **row}) for at, row in enumerate(typed, 1))
    name = file.name if file is not None else ""
    with app.write() as u:
        definition = read_definition(u)
        item = round_of(u, definition, round_id)
        require_open(u, item)
        numbers = [one.id for one in contestants_of(u, definition, item.id)]
        read = _read_facts(rows, item, numbers, name)
        known = set(u.judging.facts(item.id))
        subjects = {(fact.contestant, fact.part, fact.what) for fact in known}
        new = [
            (fact, taken_back)
            for fact, taken_back in read
            if ((fact.contestant, fact.part, fact.what) in subjects if taken_back
                else fact not in known)
        ]  # fmt: skip
        if new:
            u.judging.add_facts(new)
        u.log("judging.facts_set", round=item.id, facts=len(new))
        u.commit()
    report = FactsSet(len(new), len(read) - len(new))
    undo = undo_of_facts(item.id, known, new) if new else None
    return changed(report, [Kind.FACTS, Kind.RESULTS], undo)


def require_open(u: UnitOfWork, item: Round) -> None:
    """Refuse work on a round that is closed.

    Raises:
        JudgeError: ``judging.round_closed``.
    """
    if u.judging.stage(item.id) == "closed":
        raise JudgeError("judging.round_closed", place=item.id, round=item.vi)


def _read_facts(
    rows: Iterable[TableRow], item: Round, numbers: Collection[ContestantId], file: str
) -> list[tuple[Fact, bool]]:
    read: list[tuple[Fact, bool]] = []
    refused: list[BadInput] = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        try:
            for fact, taken_back in _facts(row, item, numbers, file):
                key = (fact.contestant, fact.part, fact.what)
                if key in seen:
                    raise _bad(row, file, "judging.fact_twice", contestant=fact.contestant)
                seen.add(key)
                read.append((fact, taken_back))
        except BadInput as error:
            refused.append(error)
    if refused:
        raise BadRows("judging.bad_facts", refused, file=file, count=len(refused), first="")
    return read


def _facts(
    row: TableRow, item: Round, numbers: Collection[ContestantId], file: str
) -> list[tuple[Fact, bool]]:
    contestant = _contestant(row, row["contestant"], numbers, file)
    part = find_part(item, row["part"])
    if part is None:
        raise _bad(row, file, "judging.unknown_part", typed=row["part"])
    found = []
    for what, read in _READERS.items():
        typed = row[what]
        if not typed:
            continue
        taken_back = typed in _TAKEN_BACK
        value = "0" if taken_back else read(typed)
        if value is None:
            raise _bad(row, file, f"judging.bad_{what}", typed=typed)
        if what == "points" and not taken_back and not row["reason"]:
            raise _bad(row, file, "judging.points_without_reason")
        fact = Fact(item.id, part, contestant, what, value, clean(row["reason"]))
        found.append((fact, taken_back))
    return found


def find_part(item: Round, typed: str) -> PartId | None:
    """Return the part of that id or name, in either language."""
    key = match_key(typed)
    for part in item.parts:
        if typed == part.id or key in (match_key(part.vi), match_key(part.en)):
            return part.id
    return None


def _seconds(typed: str) -> str | None:
    match = _SECONDS.fullmatch(typed)
    if match is None:
        return None
    return str(int(match[1]) if match[1] else int(match[2]) * 60 + int(match[3]))


def _days(typed: str) -> str | None:
    return str(int(typed)) if _DAYS.fullmatch(typed) else None


def _other_points(typed: str) -> str | None:
    plain_minus = typed.replace("−", "-")
    return plain_minus.replace(",", ".") if _POINTS.fullmatch(plain_minus) else None


_READERS: dict[FactKind, Callable[[str], str | None]] = {
    "seconds": _seconds,
    "late_days": _days,
    "points": _other_points,
}
