"""A judge's marks from a table, as if each had been typed: all rows or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from judgeapp.domain.contest import Criterion, Part
from judgeapp.domain.errors import BadInput, BadRows
from judgeapp.domain.names import match_key
from judgeapp.domain.points import Refused, read_points
from judgeapp.formats.plain_table import MARK_WORDS, TableRow, read_plain_table
from judgeapp.services.context import Outcome
from judgeapp.services.desk import Desk
from judgeapp.services.judging import find_number, find_part
from judgeapp.services.marking import MAX_COMMENT, TypedMark, enter_marks


def score_from_table(app: Desk, *, file: Path) -> Outcome[int]:
    """Enter the marks of a table at the desk; return how many were new.

    Columns: entry, part, criterion, points, comment. Empty points take a mark back that is there.

    Raises:
        BadRows: ``judging.bad_marks`` with each refused row; then no mark of the table is stored.
        JudgeError: ``sheet.…`` if it is no such table.
    """
    needed = ("entry", "part", "criterion", "points")
    table = read_plain_table(file, MARK_WORDS, needed=needed)
    return enter_marks(app, marks=_read(app, table.rows, file.name))


def _read(app: Desk, rows: Iterable[TableRow], file: str) -> list[TypedMark]:
    marks: list[TypedMark] = []
    refused: list[BadInput] = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        try:
            mark = _mark(app, row, file)
            key = (mark.contestant, mark.part, mark.criterion)
            if key in seen:
                raise _bad(row, file, "judging.mark_twice")
            seen.add(key)
            marks.append(mark)
        except BadInput as error:
            refused.append(error)
    if refused:
        raise BadRows("judging.bad_marks", refused, file=file, count=len(refused), first="")
    return marks


def _bad(row: TableRow, file: str, code: str, **params: object) -> BadInput:
    return BadInput(code, file=file, place=str(row.number), **params)


def _mark(app: Desk, row: TableRow, file: str) -> TypedMark:
    pack = app.pack
    entry = find_number(row["entry"], [one.id for one in pack.entries])
    if entry is None:
        raise _bad(row, file, "judging.row_unknown_entry", typed=row["entry"])
    part = next((p for p in pack.round.parts if p.id == find_part(pack.round, row["part"])), None)
    if part is None:
        raise _bad(row, file, "judging.unknown_part", typed=row["part"])
    criterion = _criterion(part, row["criterion"])
    if criterion is None:
        raise _bad(row, file, "judging.row_unknown_criterion", typed=row["criterion"])
    if (app.judge, entry, part.id) not in pack.rules.sheets:
        raise _bad(row, file, "judging.row_not_assigned", judge=app.judge, entry=entry)
    answer = read_points(row["points"], maximum=criterion.max, step=criterion.step)
    if isinstance(answer, Refused):
        raise _refused(row, file, answer, criterion)
    if len(row["comment"]) > MAX_COMMENT:
        raise _bad(row, file, "judging.row_comment_too_long", limit=MAX_COMMENT)
    return TypedMark(entry, part.id, criterion.id, row["points"], row["comment"] or None)


def _criterion(part: Part, typed: str) -> Criterion | None:
    key = match_key(typed)
    for criterion in part.criteria:
        if typed == criterion.id or key in (match_key(criterion.vi), match_key(criterion.en)):
            return criterion
    return None


def _refused(row: TableRow, file: str, answer: Refused, criterion: Criterion) -> BadInput:
    """Return the sentence for a text that is no mark, with the nearest marks that would be."""
    if answer.reason == "off_step":
        return _bad(
            row, file, "judging.off_step", typed=answer.typed, step=criterion.step,
            lower=answer.lower, upper=answer.upper,
        )  # fmt: skip
    return _bad(row, file, f"judging.{answer.reason}", typed=answer.typed, max=criterion.max)
