"""Rows that may name the same person: compared, proposed or told apart, never merged in silence.

Names alone never identify: a second field must agree. Diacritics count (Mẩy is not Mây); tone
placement, case and blanks don't. Words: two rows *agree* in a field if both have it and it is
equal, *differ* if both have it and it is not; a year agrees with any day in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from judgeapp.domain.doubts import Doubt, doubt
from judgeapp.domain.names import bare_key, match_key
from judgeapp.domain.people_list import PersonRow

_ALL_PAIRS_UP_TO = 40
Relation = Literal["agree", "differ", "unknown"]


@dataclass(frozen=True)
class SamePerson:
    """Two rows that are proposed as one person: the second is taken into the first."""

    first: PersonRow
    second: PersonRow


def births_agree(one: str | None, other: str | None) -> Relation:
    """Compare births of which one may be a year or a month only."""
    if one is None or other is None:
        return "unknown"
    return "agree" if one.startswith(other) or other.startswith(one) else "differ"


def _texts_agree(one: str | None, other: str | None) -> Relation:
    if one is None or other is None:
        return "unknown"
    return "agree" if match_key(one) == match_key(other) else "differ"


def compare(people: Sequence[PersonRow]) -> tuple[list[Doubt], list[SamePerson]]:
    """Return the doubts about rows that may be one person, and the pairs proposed as one."""
    doubts: list[Doubt] = []
    same: list[SamePerson] = []
    for first, second in _pairs(people):
        code = _judge(first, second)
        if code is None:
            continue
        if code == "same_person":
            same.append(SamePerson(first, second))
        doubts += _pair_doubts(code, first, second)
    doubts += _shared_phones(people)
    return doubts, same


def _pairs(people: Sequence[PersonRow]) -> Iterator[tuple[PersonRow, PersonRow]]:
    """Yield rows whose names are alike, each pair once, the earlier row first."""
    groups: dict[str, list[PersonRow]] = {}
    for row in people:
        groups.setdefault(bare_key(row.name) or match_key(row.name), []).append(row)
    for group in groups.values():
        for index, second in enumerate(group):
            rivals = group[:index] if index < _ALL_PAIRS_UP_TO else [group[0], group[index - 1]]
            for first in rivals:
                yield first, second


def _judge(first: PersonRow, second: PersonRow) -> str | None:
    unit = _texts_agree(first.unit, second.unit)
    birth = births_agree(first.birth, second.birth)
    phone: Relation = _texts_agree(first.phone, second.phone)
    if match_key(first.name) != match_key(second.name):
        alike = phone == "agree" and unit != "differ" and birth != "differ"
        return "maybe_same_person" if alike else None
    whole_day = birth == "agree" and len(first.birth or "") == len(second.birth or "") == 10
    against = {unit, birth, phone} & {"differ"}
    if not against:
        return "same_person" if "agree" in (birth, phone) else "maybe_same_person"
    if phone == "agree" or whole_day:
        return "maybe_same_person"
    return "namesakes"


def _pair_doubts(code: str, first: PersonRow, second: PersonRow) -> list[Doubt]:
    elsewhere = second.sheet if second.sheet != first.sheet else None
    back = first.sheet if second.sheet != first.sheet else None
    after = better_name(first.name, second.name) if code == "same_person" else None
    return [
        doubt(code, first.sheet, first.row, "name", before=second.name, after=after,
              other_rows=(second.row,), other_sheet=elsewhere),
        doubt("see_row", second.sheet, second.row, "name", other_rows=(first.row,),
              other_sheet=back),
    ]  # fmt: skip


def better_name(one: str, other: str) -> str:
    """Return the spelling to keep of two equal names: not capitals only, else the first."""
    return other if one.isupper() and not other.isupper() else one


def _shared_phones(people: Sequence[PersonRow]) -> list[Doubt]:
    """Return doubts about different people with one phone, the trace of a copied cell."""
    owners: dict[str, PersonRow] = {}
    doubts = []
    for row in people:
        if row.phone is None:
            continue
        owner = owners.setdefault(row.phone, row)
        if bare_key(owner.name) != bare_key(row.name):
            elsewhere = owner.sheet if owner.sheet != row.sheet else None
            doubts.append(
                doubt("phone_shared", row.sheet, row.row, "phone", before=row.phone,
                      after=row.phone, other_rows=(owner.row,), other_sheet=elsewhere)
            )  # fmt: skip
    return doubts


def merged(people: Sequence[PersonRow], same: Sequence[SamePerson]) -> list[PersonRow]:
    """Return the rows with each proposed pair made one: what the first lacks comes from the second.

    Rows taken into another are gone; a chain of equal rows ends in its first one.
    """
    kept = {(row.sheet, row.row): row for row in people}
    moved: dict[tuple[str | None, int], tuple[str | None, int]] = {}
    for pair in same:
        first = (pair.first.sheet, pair.first.row)
        second = (pair.second.sheet, pair.second.row)
        while first in moved:
            first = moved[first]
        if second in moved or first == second or first not in kept or second not in kept:
            continue
        kept[first] = _joined(kept[first], kept.pop(second))
        moved[second] = first
    return list(kept.values())


def _joined(first: PersonRow, second: PersonRow) -> PersonRow:
    lacking = {
        field: value
        for field, value in vars(second).items()
        if value is not None and getattr(first, field) is None
    }
    birth = max(first.birth or "", second.birth or "", key=len) or None
    name = better_name(first.name, second.name)
    return replace(first, **{**lacking, "birth": birth, "name": name})
