"""Everything of the results as files: tables for people, and a tally sheet for each round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.marks import current_marks
from judgeapp.domain.numbers import plain
from judgeapp.exchange.tally_sheet import write_tally_sheet
from judgeapp.formats.csv_out import CsvStyle, Table, csv_bytes
from judgeapp.formats.results_tables import (
    MarkRow,
    contestants_table,
    marks_table,
    ranking_table,
)
from judgeapp.formats.xlsx_out import xlsx_bytes
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition
from judgeapp.services.papers import mark_of
from judgeapp.services.results_round import GroupTally, tally_groups
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.files import cannot_write, safe_name, write_atomically
from judgeapp.system.texts import Texts, load_texts


@dataclass(frozen=True)
class Exported:
    """The files that were written, in the folder they lie in."""

    folder: Path
    files: tuple[str, ...]


def export_results(
    app: Context, *, out: Path, style: CsvStyle = "excel-vi", language: str = "vi"
) -> Exported:
    """Write CSV, XLSX and tally sheets of the whole contest into a folder.

    Files of an earlier export are replaced, each whole; rounds that nobody reached yet are left
    out. Those of a rehearsal say so in their names, the workbook on its sheets too.

    Args:
        app: the open contest.
        out: the folder; it is made if it is not there.
        style: semicolons and decimal comma, or commas and point.
        language: of heads and file names.

    Raises:
        JudgeError: why the folder or a file cannot be written.
    """
    texts = load_texts(language)
    with app.read() as u:
        definition = read_definition(u)
        mark = mark_of(u, language)
        rounds = _rounds(u, definition)
        tables = _tables(u, [held for held, _ in rounds], rounds, texts)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from error
    before = texts("results.file.rehearsal") if mark else ""
    files: list[str] = []

    def next_file(name: str, ending: str) -> Path:
        files.append(safe_name(before + name, ending=ending, taken=files))
        return out / files[-1]

    for name, table in tables:
        write_atomically(next_file(name, ".csv"), csv_bytes(table, style))
    workbook = xlsx_bytes([table for _, table in tables], style, mark=mark)
    write_atomically(next_file(texts("results.file.workbook"), ".xlsx"), workbook)
    for held, groups in rounds:
        for group in groups:
            name = texts("results.file.tally_sheet", round=held.id)
            wish = name if group.group is None else f"{name}-{group.group}"
            write_tally_sheet(next_file(wish, ".json"), group.result.sheet, group.marks)
    return Exported(out, tuple(files))


Rounds = Sequence[tuple[Round, Sequence[GroupTally]]]


def _rounds(u: UnitOfWork, definition: Definition) -> Rounds:
    """Return the rounds that somebody has reached, with their tallies."""
    found = []
    for held in definition.rounds:
        try:
            found.append((held, tally_groups(u, definition, held)))
        except JudgeError as error:
            if error.code != "results.no_finalists":
                raise
    return found


def _tables(
    u: UnitOfWork, held: Sequence[Round], rounds: Rounds, texts: Texts
) -> list[tuple[str, Table]]:
    """Return each table with the name of its file."""
    units = {str(unit.id): unit.name for unit in u.people.units()}
    tables = [
        (
            texts("results.file.contestants"),
            contestants_table(u.people.contestants(), units, texts),
        ),
        (texts("results.file.marks"), marks_table(_marks(u, held), texts)),
    ]
    for item, groups in rounds:
        name = texts("results.file.ranking", round=item.id)
        table = ranking_table(item, [(group.group, group.result) for group in groups], texts)
        tables.append((name, table))
    return tables


def _marks(u: UnitOfWork, rounds: Sequence[Round]) -> list[MarkRow]:
    judges = {str(judge.id): judge.name for judge in u.judging.judges()}
    contestants = {str(one.id): one.name for one in u.people.contestants()}
    rows = []
    for held in rounds:
        current = current_marks(u.judging.mark_events(held.id))
        for key in sorted(current):
            event = current[key]
            if event.points is None:
                continue
            rows.append(
                MarkRow(
                    held,
                    event.part,
                    event.judge,
                    judges.get(event.judge, ""),
                    event.contestant,
                    contestants.get(event.contestant, ""),
                    event.criterion,
                    plain(event.points),
                    event.comment,
                )
            )
    return rows
