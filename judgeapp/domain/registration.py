"""From a list to contestants: who is new, who is known and changed, and which number each gets.

Numbers (số báo danh) are the list's own if every row has one and none occurs twice, written with
equal width; else they follow the order of the list. A number stays with its contestant for good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from judgeapp.domain.doubts import Doubt, doubt
from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.names import match_key
from judgeapp.domain.namesakes import births_agree
from judgeapp.domain.people import Contestant
from judgeapp.domain.people_list import PersonRow

_MIN_WIDTH = 2
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,9}", re.ASCII)
_COMPARED = ("name", "birth", "gender", "unit", "position", "topic", "phone", "email", "note",
             "group")  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field of a known contestant that a newer list has differently."""

    contestant: ContestantId
    field: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Placement:
    """A row of the list and the contestant that it is: a new one, or a known one with changes."""

    row: PersonRow
    contestant: ContestantId
    known: bool
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Registration:
    """What an import would write, and what is to be shown about it."""

    placements: tuple[Placement, ...]
    doubts: tuple[Doubt, ...]


def register(
    people: Sequence[PersonRow],
    known: Sequence[Contestant],
    unit_names: Mapping[UnitId, str],
) -> Registration:
    """Return which contestant each row is.

    Args:
        people: the rows to be written.
        known: everybody who is in the contest already, those who withdrew too.
        unit_names: the known organisations' names.
    """
    found, doubts = _find_known(people, known, unit_names)
    new = [row for index, row in enumerate(people) if index not in found]
    numbers, own = give_numbers([row.number for row in new], {person.id for person in known})
    of_new = dict(zip([id(row) for row in new], numbers, strict=True))
    placements = []
    for index, row in enumerate(people):
        person = found.get(index)
        if person is None:
            placements.append(Placement(row, of_new[id(row)], known=False))
            continue
        changes = _changes(row, person, unit_names)
        placements.append(Placement(row, person.id, True, changes))
        doubts += [
            doubt("changed", row.sheet, row.row, change.field,
                  before=change.before, after=change.after)
            for change in changes
        ]  # fmt: skip
    doubts += _repeated_numbers(people)
    doubts += _taken_numbers(placements, known, own=own)
    doubts += _missing(found, known)
    return Registration(tuple(placements), tuple(doubts))


def give_numbers(
    wanted: Sequence[str | None], taken: Collection[str]
) -> tuple[list[ContestantId], bool]:
    """Return a number for each new contestant, and whether they are the list's own.

    Args:
        wanted: the list's numbers in its order.
        taken: numbers that somebody has, or had: none of them is given again.

    >>> give_numbers(["1", "2", "10"], [])
    (['01', '02', '10'], True)
    >>> give_numbers(["1", None], ["07"])
    (['08', '09'], False)
    """
    own = _own_numbers(wanted, taken)
    if own is not None:
        return own, True
    start = max((int(number) for number in taken if number.isdecimal()), default=0)
    width = max(_MIN_WIDTH, len(str(start + len(wanted))), _width(taken))
    numbers: list[ContestantId] = []
    number = start
    while len(numbers) < len(wanted):
        number += 1
        numbers.append(ContestantId(str(number).zfill(width)))
    return numbers, False


def _width(numbers: Collection[str]) -> int:
    return max((len(number) for number in numbers if number.isdecimal()), default=0)


def _own_numbers(wanted: Sequence[str | None], taken: Collection[str]) -> list[ContestantId] | None:
    if not wanted or not all(number and _NUMBER.fullmatch(number) for number in wanted):
        return None
    texts = [number or "" for number in wanted]
    stripped = [text.lstrip("0") or "0" if text.isdecimal() else text for text in texts]
    if "0" in stripped:
        return None
    width = max(_MIN_WIDTH, _width(texts), _width(taken))
    padded = [text.zfill(width) if text.isdecimal() else text.upper() for text in stripped]
    taken_folded = {number.lstrip("0") or number for number in taken}
    clash = any((text.lstrip("0") or text) in taken_folded for text in padded)
    if len(set(padded)) < len(padded) or clash:
        return None
    return [ContestantId(text) for text in padded]


def _find_known(
    people: Sequence[PersonRow],
    known: Sequence[Contestant],
    unit_names: Mapping[UnitId, str],
) -> tuple[dict[int, Contestant], list[Doubt]]:
    by_name: dict[str, list[Contestant]] = {}
    by_number: dict[str, Contestant] = {}
    for one in known:
        by_name.setdefault(match_key(one.name), []).append(one)
        by_number[one.id.lstrip("0")] = one
    found: dict[int, Contestant] = {}
    rows_of: dict[ContestantId, int] = {}
    doubts: list[Doubt] = []
    for index, row in enumerate(people):
        person = _best(row, by_name.get(match_key(row.name), ()), unit_names)
        if person is None:
            person = _renamed(row, by_number, unit_names)
        if person is None:
            continue
        if person.id in rows_of:
            doubts.append(
                doubt("known_twice", row.sheet, row.row, "name", before=row.name,
                      about=person.id, other_rows=(people[rows_of[person.id]].row,))
            )  # fmt: skip
            continue
        rows_of[person.id] = index
        found[index] = person
    return found, doubts


def _best(
    row: PersonRow, candidates: Sequence[Contestant], unit_names: Mapping[UnitId, str]
) -> Contestant | None:
    """Return the known contestant of the same name with whom most agrees, if one stands out."""
    scored = sorted(
        ((_likeness(row, person, unit_names), person) for person in candidates),
        key=lambda item: -item[0],
    )
    scored = [item for item in scored if item[0] > 0]
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _likeness(row: PersonRow, person: Contestant, unit_names: Mapping[UnitId, str]) -> int:
    """Count what speaks for the row being that contestant; 0 if too little does."""
    unit = unit_names.get(person.unit_id) if person.unit_id else None
    same_unit = bool(unit and row.unit and match_key(unit) == match_key(row.unit))
    birth = births_agree(row.birth, person.birth)
    same_phone = bool(row.phone and row.phone == person.phone)
    if birth == "differ" and not same_phone:
        return 0
    same_number = bool(row.number and row.number.lstrip("0") == person.id.lstrip("0"))
    return 4 * same_phone + 3 * (birth == "agree") + 2 * same_unit + same_number


def _renamed(
    row: PersonRow, by_number: Mapping[str, Contestant], unit_names: Mapping[UnitId, str]
) -> Contestant | None:
    """Return the contestant whose name was corrected: the number and a second field agree."""
    person = by_number.get(row.number.lstrip("0")) if row.number else None
    if person is None or match_key(person.name) == match_key(row.name):
        return None
    return person if _likeness(row, person, unit_names) >= 6 else None


def _changes(
    row: PersonRow, person: Contestant, unit_names: Mapping[UnitId, str]
) -> tuple[Change, ...]:
    """Return what the list has differently; what it leaves blank is no change."""
    changes = []
    for field in _COMPARED:
        if field == "unit":
            before = unit_names.get(person.unit_id) if person.unit_id else None
        else:
            before = getattr(person, field)
        after = getattr(row, field)
        if after is None or after == before:
            continue
        if field == "birth" and before is not None and before.startswith(after):
            continue  # a year where the whole day is known already
        changes.append(Change(person.id, field, before, after))
    return tuple(changes)


def _repeated_numbers(people: Sequence[PersonRow]) -> list[Doubt]:
    """Return doubts about a number that occurs twice in a sheet whose numbering never starts anew.

    Lists that count from 1 again in each part are no slip.
    """
    doubts = []
    for sheet in dict.fromkeys(row.sheet for row in people):
        rows = [row for row in people if row.sheet == sheet and row.number]
        numbers = [(row.number or "").lstrip("0") for row in rows]
        if _is_counted(numbers):
            continue
        first: dict[str, PersonRow] = {}
        for number, row in zip(numbers, rows, strict=True):
            earlier = first.setdefault(number, row)
            if earlier is not row:
                doubts.append(
                    doubt("number_repeated", sheet, row.row, "number", before=row.number,
                          other_rows=(earlier.row,))
                )  # fmt: skip
    return doubts


def _is_counted(numbers: Sequence[str]) -> bool:
    """Tell whether no number occurs twice, or only because a part of the list starts at 1 again."""
    if len(set(numbers)) == len(numbers):
        return True
    if not all(number.isdecimal() for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return all(
        value in (before + 1, 1) for before, value in zip([0, *values], values, strict=False)
    )


def _taken_numbers(
    placements: Sequence[Placement], known: Sequence[Contestant], *, own: bool
) -> list[Doubt]:
    """Return doubts about start numbers of new rows that known contestants have."""
    if own or not known:
        return []
    taken = {person.id.lstrip("0"): person.id for person in known}
    new = [item for item in placements if not item.known]
    values = [(item.row.number or "").lstrip("0") for item in new]
    if values and _is_counted(values) and values[0] == "1":
        return []  # a list of its own that counts from 1
    return [
        doubt("number_taken", item.row.sheet, item.row.row, "number",
              before=item.row.number, after=item.contestant)
        for item, value in zip(new, values, strict=True)
        if value in taken
    ]  # fmt: skip


def _missing(found: Mapping[int, Contestant], known: Sequence[Contestant]) -> list[Doubt]:
    """Return who is known but not in a newer list of mostly the same people."""
    here = {person.id for person in found.values()}
    absent = [person for person in known if person.id not in here and not person.withdrawn]
    if not here or len(absent) > len(here):
        return []
    return [
        doubt("missing_in_list", None, None, "name", before=f"{person.id} {person.name}")
        for person in absent
    ]
