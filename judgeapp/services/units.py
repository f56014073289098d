"""Organisations of the contest, imported from an office's own list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judgeapp.domain.doubts import Answer, Doubt, DoubtKey, doubt, with_answers
from judgeapp.domain.names import match_key
from judgeapp.domain.people import Unit
from judgeapp.domain.sheet_words import UNIT_HEADINGS
from judgeapp.domain.unit_list import UnitRow, next_unit_id, read_units, with_typed
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.people_preview import (
    NO_ANSWERS,
    Answers,
    Hidden,
    ListFile,
    hidden_doubts,
    may_write,
    read_lists,
    require_seen,
)
from judgeapp.services.people_undo import undo_of_import


@dataclass(frozen=True)
class UnitsPreview:
    """What an import of organisations would do.

    Attributes:
        rows: the organisations that the lists name, each once, hidden rows too.
        new: those that the contest does not have; ``updates`` what is new about others.
        left_out: sheet and row of those that somebody left out, hidden ones too.
    """

    source: ListFile
    rows: tuple[UnitRow, ...]
    doubts: tuple[Doubt, ...]
    new: tuple[Unit, ...]
    updates: tuple[Unit, ...]
    left_out: frozenset[tuple[str | None, int]] = frozenset()

    @property
    def ready(self) -> bool:
        """Tell whether nothing needs an answer."""
        return not any(item.needs_answer for item in self.doubts)


@dataclass(frozen=True)
class UnitsReport:
    """What an import of organisations did; ``import_id`` is None if nothing was written."""

    preview: UnitsPreview
    import_id: int | None = None

    @property
    def written(self) -> int:
        """How many organisations were written."""
        return len(self.preview.new) + len(self.preview.updates) if self.import_id else 0


def preview_units(
    app: Context,
    *,
    file: Path,
    sheet: str | None = None,
    hidden: Hidden | None = None,
    columns: Mapping[str, str] | None = None,
    answers: Answers = NO_ANSWERS,
) -> UnitsPreview:
    """Return what importing organisations from ``file`` would do; nothing is written.

    The arguments are those of `judgeapp.services.people.preview_import`.
    """
    source = read_lists(file, UNIT_HEADINGS, wanted="unit", sheet=sheet, columns=columns)
    with app.read() as u:
        return _work_out(source, u.people.units(), hidden, answers)


def import_units(
    app: Context,
    *,
    file: Path,
    sheet: str | None = None,
    hidden: Hidden | None = None,
    columns: Mapping[str, str] | None = None,
    accept: bool = False,
    answers: Answers = NO_ANSWERS,
    seen: str | None = None,
) -> Outcome[UnitsReport]:
    """Bring the organisations of ``file`` into the contest, unless a doubt needs an answer.

    The arguments are those of `judgeapp.services.people.import_contestants`.
    """
    source = read_lists(file, UNIT_HEADINGS, wanted="unit", sheet=sheet, columns=columns)
    require_seen(source, seen)
    with app.write() as u:
        known = u.people.units()
        preview = _work_out(source, known, hidden, answers)
        nothing = not preview.new and not preview.updates
        if nothing or not may_write(preview.doubts, accept=accept):
            return changed(UnitsReport(preview), ())
        import_id = u.people.add_import(what="units", file=source.file, sha256=source.sha256)
        u.people.add_units(preview.new, import_id=import_id)
        before = {unit.id: unit for unit in known}
        for unit in preview.updates:
            old, new = _differing(before[unit.id], unit)
            u.people.update_unit(unit)
            u.people.add_change(import_id, "unit", unit.id, before=old, after=new)
        u.log(
            "people.units_imported",
            import_id=import_id,
            new=len(preview.new),
            changed=len(preview.updates),
        )
        u.commit()
    undo = undo_of_import(import_id, source.file)
    return changed(UnitsReport(preview, import_id), [Kind.PEOPLE], undo)


def _differing(before: Unit, after: Unit) -> tuple[dict[str, object], dict[str, object]]:
    """Return the fields that differ, as they were and as they are."""
    fields = [field for field in vars(before) if getattr(before, field) != getattr(after, field)]
    return (
        {field: getattr(before, field) for field in fields},
        {field: getattr(after, field) for field in fields},
    )


def _work_out(
    source: ListFile, known: Sequence[Unit], hidden: Hidden | None, answers: Answers
) -> UnitsPreview:
    gone = {(key.sheet, key.row) for key, answer in answers.items() if answer.choice == "skip"}
    taken: list[UnitRow] = []
    left_out: list[UnitRow] = []
    doubts: list[Doubt] = hidden_doubts(source, "unit", hidden)
    for sheet in source.sheets:
        rows = sheet.table.rows if sheet.table is not None else []
        skipped = [r for r in rows if (r.hidden and hidden == "skip") or (r.sheet, r.row) in gone]
        found, of_sheet = read_units([row for row in rows if row not in skipped])
        out, of_gone = read_units(skipped)
        taken += with_typed(found, _typed(of_sheet, answers))
        left_out += out
        doubts += [*of_sheet, *(item for item in of_gone if item.key in answers)]
    new, updates, changes = _compare(taken, known, answers)
    order = {sheet.name: number for number, sheet in enumerate(source.sheets)}
    return UnitsPreview(
        source,
        tuple(
            sorted([*taken, *left_out], key=lambda row: (order.get(row.sheet or "", 0), row.row))
        ),
        tuple(with_answers(doubts + changes, answers)),
        tuple(new),
        tuple(updates),
        frozenset((row.sheet, row.row) for row in left_out),
    )


def _typed(
    doubts: Iterable[Doubt], answers: Answers
) -> dict[tuple[str | None, int], dict[str, str]]:
    """Return what a person typed in answer to doubts, by sheet and row, by field."""
    given: dict[tuple[str | None, int], dict[str, str]] = {}
    for item in doubts:
        answer = answers.get(item.key)
        typed = answer is not None and answer.choice == "value"
        if answer is not None and typed and item.field is not None and item.row is not None:
            given.setdefault((item.sheet, item.row), {})[item.field] = answer.value or ""
    return given


def _compare(
    rows: Sequence[UnitRow], known: Sequence[Unit], answers: Answers
) -> tuple[list[Unit], list[Unit], list[Doubt]]:
    """Return new organisations, known ones with what changed, and the doubts about changes."""
    by_key = {match_key(unit.name): unit for unit in known}
    new: list[Unit] = []
    updates: list[Unit] = []
    doubts: list[Doubt] = []
    for row in rows:
        unit = by_key.get(match_key(row.name))
        if unit is None:
            number = next_unit_id([*known, *new])
            unit = Unit(number, row.name, row.kind, row.sector, row.members)
            by_key[match_key(row.name)] = unit
            new.append(unit)
            continue
        values = {
            field: value
            for field in ("kind", "sector", "members")
            if (value := getattr(row, field)) is not None and value != getattr(unit, field)
        }
        if values and unit not in new:
            kept = {
                field for field in values
                if answers.get(DoubtKey("changed", row.sheet, row.row, field)) == Answer("keep")
            }  # fmt: skip
            wanted = {field: value for field, value in values.items() if field not in kept}
            updates += [replace(unit, **wanted)] if wanted else []
            doubts += [
                doubt("changed", row.sheet, row.row, field,
                      before=str(getattr(unit, field)), after=str(value))
                for field, value in values.items()
                if getattr(unit, field) is not None
            ]  # fmt: skip
    return new, updates, doubts
