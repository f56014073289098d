"""Organisations as a list names them: name, kind, sector, members, each with its doubts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from judgeapp.domain.cells import Cell
from judgeapp.domain.doubts import NOTHING, Doubt, Finding, Reading, doubt
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import UnitId
from judgeapp.domain.lists import ListRow
from judgeapp.domain.names import bare_key, clean, match_key
from judgeapp.domain.people import Unit, UnitKind
from judgeapp.domain.readings import read_field, read_text
from judgeapp.domain.sheet_words import Field, is_nothing
from judgeapp.domain.unit_names import near_pairs

_COMMITTEE = re.compile(r"(?:dang bo|dang uy|db|dbcs|party committee)\b")
_CELL = re.compile(r"(?:chi bo|cb|cbcs|party cell)\b")
_MEMBERS = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})*|[0-9]{1,6})(?: (?:dang vien|dv|dong chi))?")


@dataclass(frozen=True)
class UnitRow:
    """An organisation as a row of a list names it."""

    sheet: str | None
    row: int
    name: str
    hidden: bool = False
    kind: UnitKind | None = None
    sector: str | None = None
    members: int | None = None


def next_unit_id(units: Sequence[Unit]) -> UnitId:
    """Return the id of the organisation after ``units``: one more than the highest, U0001 first."""
    highest = max((int(unit.id[1:]) for unit in units), default=0)
    return UnitId(f"U{highest + 1:04d}")


def kind_of_name(name: str) -> UnitKind | None:
    """Return the kind that an organisation's name begins with, or None.

    >>> kind_of_name("Đảng bộ xã Nà Mây"), kind_of_name("Chi bộ Kho bạc")
    ('party_committee', 'party_cell')
    """
    key = bare_key(name)
    if _COMMITTEE.match(key):
        return "party_committee"
    return "party_cell" if _CELL.match(key) else None


def read_typed_unit(field: str, text: str) -> str | int | None:
    """Return what a person typed for a field of an organisation; empty is None.

    Raises:
        BadInput: ``people.members_typed``, ``people.kind_typed``, ``people.unit_typed``.
    """
    typed = clean(text)
    if field == "unit":
        if not any(char.isalpha() for char in typed):
            raise BadInput("people.unit_typed", place=text)
        return typed
    if not typed:
        return None
    if field == "members":
        match = _MEMBERS.fullmatch(bare_key(typed).strip())
        if match is None:
            raise BadInput("people.members_typed", place=text)
        return int(re.sub(r"\D", "", match[1]))
    if field == "kind":
        kind = kind_of_name(typed)
        if kind is None:
            raise BadInput("people.kind_typed", place=text)
        return kind
    return typed


def with_typed(
    units: Sequence[UnitRow], given: Mapping[tuple[str | None, int], Mapping[str, str]]
) -> list[UnitRow]:
    """Return the organisations with what a person typed; a row gets one by a typed name.

    Args:
        units: as they were read.
        given: what was typed, by sheet and row, by field.

    Raises:
        BadInput: as `read_typed_unit` does.
    """
    by_place = {(unit.sheet, unit.row): unit for unit in units}
    for place, fields in given.items():
        values = {field: read_typed_unit(field, text) for field, text in fields.items()}
        name = values.pop("unit", None)
        unit = by_place.get(place)
        if isinstance(name, str):
            unit = UnitRow(*place, name) if unit is None else replace(unit, name=name)
            unit = replace(unit, kind=unit.kind or kind_of_name(name))
        if unit is not None:
            by_place[place] = replace(unit, **values)  # type: ignore[arg-type]  # its own fields
    return list(by_place.values())


def read_units(rows: Sequence[ListRow]) -> tuple[list[UnitRow], list[Doubt]]:
    """Return the organisations that the rows name, each once, and the doubts about them."""
    units: list[UnitRow] = []
    doubts: list[Doubt] = []
    seen: dict[str, UnitRow] = {}
    for row in rows:
        readings = _read_row(row)
        doubts += [
            doubt(found.code, row.sheet, row.row, field, before=found.before, after=found.after)
            for field, reading in readings.items()
            for found in reading.findings
        ]
        name = readings["unit"].value
        if name is None:
            continue
        unit = _unit(row, name, readings)
        earlier = seen.setdefault(match_key(name), unit)
        if earlier is unit:
            units.append(unit)
        else:
            doubts.append(
                doubt("unit_twice", row.sheet, row.row, "unit", before=name,
                      other_rows=(earlier.row,))
            )  # fmt: skip
    doubts += _alike(units)
    return units, doubts


def _read_row(row: ListRow) -> dict[Field, Reading]:
    return {
        "unit": read_field(row.of("unit"), _read_name),
        "kind": read_field(row.of("kind"), lambda cells: _read_kind(cells[0])),
        "sector": read_field(row.of("sector"), lambda cells: read_text(cells[0])),
        "members": read_field(row.of("members"), lambda cells: _read_members(cells[0])),
    }


def _unit(row: ListRow, name: str, readings: dict[Field, Reading]) -> UnitRow:
    members = readings["members"].value
    kind = readings["kind"].value
    return UnitRow(
        row.sheet,
        row.row,
        name,
        row.hidden,
        "party_committee" if kind == "party_committee"
        else "party_cell" if kind == "party_cell"
        else kind_of_name(name),
        readings["sector"].value,
        int(members) if members is not None else None,
    )  # fmt: skip


def _read_name(cells: tuple[Cell, ...]) -> Reading:
    reading = read_text(cells[0], signs=True)
    return Reading(None, (Finding("name_missing"),)) if reading.value is None else reading


def _read_kind(cell: Cell) -> Reading:
    if is_nothing(cell.shown):
        return NOTHING
    kind = kind_of_name(cell.shown)
    return Reading(kind) if kind else Reading(None, (Finding("kind_unreadable", cell.shown),))


def _read_members(cell: Cell) -> Reading:
    shown = cell.shown
    if is_nothing(shown):
        return NOTHING
    if cell.number is not None and cell.date is None:
        whole = cell.number == int(cell.number) and 0 <= cell.number < 10_000_000
        return Reading(str(int(cell.number))) if whole else _unreadable(shown)
    match = _MEMBERS.fullmatch(bare_key(clean(shown)).strip()) if cell.date is None else None
    return Reading(re.sub(r"\D", "", match[1])) if match else _unreadable(shown)


def _unreadable(shown: str) -> Reading:
    return Reading(None, (Finding("members_unreadable", shown),))


def _alike(units: Sequence[UnitRow]) -> list[Doubt]:
    """Return doubts about organisations whose names one slip would make one."""
    names = {unit.name: unit for unit in units}
    doubts = []
    for name, near in near_pairs(list(names), list(names)).items():
        earlier = [names[other] for other in near if names[other].row < names[name].row]
        if earlier:
            unit = names[name]
            doubts.append(
                doubt("unit_alike", unit.sheet, unit.row, "unit", before=name,
                      after=earlier[0].name, other_rows=(earlier[0].row,))
            )  # fmt: skip
    return doubts
