"""Contestants as a list names them: each data row read by its columns, with its doubts.

A row without a usable name is never a contestant; it is only a doubt. Everything that was repaired
or could not be read is a doubt too. Comparing rows with each other, with organisations and with
who is known already comes after this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from judgeapp.domain.birth import ambiguous_births, read_birth, read_birth_of_three
from judgeapp.domain.cells import Cell
from judgeapp.domain.doubts import NOTHING, Doubt, Finding, Reading, doubt
from judgeapp.domain.lists import FieldCells, ListRow
from judgeapp.domain.people import Gender
from judgeapp.domain.phone import read_phone
from judgeapp.domain.readings import (
    is_tick,
    is_unticked,
    read_code,
    read_email,
    read_field,
    read_gender,
    read_name,
    read_number,
    read_score,
    read_text,
)
from judgeapp.domain.sheet_words import Field, unit_in_title


@dataclass(frozen=True)
class PersonRow:
    """A contestant as a row of a list names them.

    Attributes:
        unit: the organisation's name as it would be stored.
        number: the list's own number, as text; ``code`` any other code of the person.
        hidden: the file hides the row.
    """

    sheet: str | None
    row: int
    name: str
    hidden: bool = False
    number: str | None = None
    code: str | None = None
    birth: str | None = None
    gender: Gender | None = None
    unit: str | None = None
    unit_code: str | None = None
    position: str | None = None
    topic: str | None = None
    score: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None
    group: str | None = None


_TEXTS: tuple[Field, ...] = ("position", "topic", "note", "group")


def read_people(rows: Sequence[ListRow], today: dt.date) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the contestants that the rows name, and the doubts about single rows and columns.

    Args:
        rows: data rows of one sheet, in their order.
        today: no birth is after it.
    """
    people: list[PersonRow] = []
    doubts: list[Doubt] = []
    for row in rows:
        readings = _read_row(row, today)
        for field, reading in readings.items():
            doubts += [
                doubt(found.code, row.sheet, row.row, field, before=found.before, after=found.after)
                for found in reading.findings
            ]
        name = readings["name"].value
        if name is not None:
            people.append(_person(row, name, readings))
    doubts += _column_doubts(rows, today)
    return people, doubts


def _person(row: ListRow, name: str, readings: dict[Field, Reading]) -> PersonRow:
    values = {field: reading.value for field, reading in readings.items() if field != "gender"}
    gender = readings["gender"].value
    return replace(
        PersonRow(row.sheet, row.row, name, row.hidden),
        **values,  # type: ignore[arg-type]  # the readings' fields are those of the row
        gender="nam" if gender == "nam" else "nữ" if gender == "nữ" else None,
    )


def _read_row(row: ListRow, today: dt.date) -> dict[Field, Reading]:
    readings: dict[Field, Reading] = {
        "number": read_field(row.of("number"), lambda cells: read_number(cells[0])),
        "code": read_field(row.of("code"), lambda cells: read_code(cells[0])),
        "name": read_field(row.of("name"), read_name),
        "unit_code": read_field(row.of("unit_code"), lambda cells: read_code(cells[0])),
        "unit": read_field(row.of("unit"), lambda cells: read_text(cells[0], signs=True)),
        "score": read_field(row.of("score"), lambda cells: read_score(cells[0])),
        "phone": read_field(row.of("phone"), lambda cells: read_phone(cells[0])),
        "email": read_field(row.of("email"), lambda cells: read_email(cells[0])),
    }
    if "unit" not in row.fields and row.section is not None:
        readings["unit"] = _unit_of_section(row.section)
    for field in _TEXTS:
        readings[field] = read_field(row.of(field), _read_joined)
    readings["birth"], from_birth = _read_birth_cells(row.of("birth"), today)
    gender, birth_of_gender = _read_gender_cells(row.of("gender"), today)
    readings["gender"] = gender if gender != NOTHING else from_birth
    if readings["birth"] == NOTHING:
        readings["birth"] = birth_of_gender
    name = readings["name"].value
    if name and readings["gender"].value == "nam" and "Thị" in name.split()[1:2]:
        found = Finding("gender_and_name", "nam", "nam")
        readings["gender"] = Reading("nam", (*readings["gender"].findings, found))
    return readings


def _unit_of_section(title: str) -> Reading:
    """Return the organisation that a part of the list is titled with, where no column has it."""
    unit = unit_in_title(title)
    if unit is None:
        return NOTHING
    return Reading(unit, (Finding("unit_from_section", title, unit),))


def _read_joined(cells: tuple[Cell, ...]) -> Reading:
    readings = [read_text(cell) for cell in cells]
    values = list(dict.fromkeys(reading.value for reading in readings if reading.value))
    findings = tuple(finding for reading in readings for finding in reading.findings)
    return Reading(", ".join(values) or None, findings)


def _read_birth_cells(held: FieldCells, today: dt.date) -> tuple[Reading, Reading]:
    """Return birth and, where a column each for men and women holds it, gender."""
    if held.parts == ("day", "month", "year"):
        day, month, year = held.cells
        return read_field(held, lambda _: read_birth_of_three(day, month, year, today)), NOTHING
    if not held.parts:
        return read_field(held, lambda cells: read_birth(cells[0], today)), NOTHING
    return _read_by_gender(held, today)


def _read_by_gender(held: FieldCells, today: dt.date) -> tuple[Reading, Reading]:
    filled = [
        (part, cell)
        for part, cell in zip(held.parts, held.cells, strict=True)
        if not is_unticked(cell) or cell.trouble
    ]
    if not filled:
        return Reading(None, (Finding("birth_missing"),)), NOTHING
    part, cell = filled[0]
    if len(filled) > 1:
        return Reading(None, (Finding("birth_both", held.shown),)), NOTHING
    gender = Reading("nam" if part == "male" else "nữ")
    if is_tick(cell):
        return Reading(None, (Finding("birth_missing"),)), gender
    return read_field(FieldCells((cell,)), lambda cells: read_birth(cells[0], today)), gender


def _read_gender_cells(held: FieldCells, today: dt.date) -> tuple[Reading, Reading]:
    """Return gender and, where its two columns hold births instead of ticks, birth."""
    if not held.parts:
        return read_field(held, lambda cells: read_gender(cells[0])), NOTHING
    filled = [
        (part, cell)
        for part, cell in zip(held.parts, held.cells, strict=True)
        if not is_unticked(cell) or cell.trouble
    ]
    if not filled:
        return NOTHING, NOTHING
    if len(filled) > 1:
        return Reading(None, (Finding("gender_both", held.shown),)), NOTHING
    part, cell = filled[0]
    if cell.trouble:
        return read_field(held, lambda _: NOTHING), NOTHING
    gender = Reading("nam" if part == "male" else "nữ")
    if is_tick(cell):
        return gender, NOTHING
    birth = read_field(FieldCells((cell,)), lambda cells: read_birth(cells[0], today))
    if birth.value is None:
        return Reading(gender.value, (Finding("gender_tick", cell.shown, gender.value),)), NOTHING
    return gender, birth


def _column_doubts(rows: Sequence[ListRow], today: dt.date) -> list[Doubt]:
    """Return doubts that only show when a whole column is looked at."""
    births = [
        row.of("birth").cells[0] if len(row.of("birth").cells) == 1 else Cell() for row in rows
    ]
    doubts = [
        doubt(code, rows[index].sheet, rows[index].row, "birth",
              before=births[index].shown, after=read_birth(births[index], today).value)
        for index, code in ambiguous_births(births, today).items()
    ]  # fmt: skip
    doubts += _code_doubts(rows, "unit_code")
    doubts += _code_doubts(rows, "code")
    return doubts


def _code_doubts(rows: Sequence[ListRow], field: Field) -> list[Doubt]:
    """Return doubts about codes stored as numbers where others are texts with leading zeros."""
    cells = [(row, row.of(field).cells[0]) for row in rows if row.of(field).cells]
    if not any(cell.number is None and cell.shown.startswith("0") for _, cell in cells):
        return []
    return [
        doubt("code_as_number", row.sheet, row.row, field, before=cell.shown, after=cell.shown)
        for row, cell in cells
        if cell.number is not None and cell.date is None and not cell.shown.startswith("0")
    ]
