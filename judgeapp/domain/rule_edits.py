"""Changes of a contest's rules that keep them whole: ids stay, what named a removed thing goes.

All functions return new values. What they give may still be no valid definition (a part without
criteria): `read_definition_body` decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

from judgeapp.domain.contest import Criterion, Definition, Level, Part, Round
from judgeapp.domain.errors import BadInput
from judgeapp.domain.names import bare_key

T = TypeVar("T")
_WORD = re.compile(r"[a-z0-9]+", re.ASCII)
_MAX_ID = 40


def fresh_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name's letters that is not taken.

    >>> fresh_id("Nội dung", {"noi-dung"})
    'noi-dung-2'
    """
    base = "-".join(_WORD.findall(bare_key(name)))[:_MAX_ID].strip("-") or "x"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def moved(items: tuple[T, ...], place: int, by: int) -> tuple[T, ...]:
    """Return the items with one moved by so many places, as far as there are places."""
    target = min(max(place + by, 0), len(items) - 1)
    left = list(items)
    left.insert(target, left.pop(place))
    return tuple(left)


def with_round(definition: Definition, held: Round) -> Definition:
    """Return the definition with a round in place of the one of the same id."""
    rounds = tuple(tidy(held) if item.id == held.id else item for item in definition.rounds)
    return replace(definition, rounds=rounds)


def with_part(held: Round, part: Part) -> Round:
    """Return the round with a part in place of the one of the same id, or as a new last one."""
    known = held.part(part.id) is not None
    parts = tuple(part if item.id == part.id else item for item in held.parts)
    return tidy(replace(held, parts=parts if known else (*parts, part)))


def without_part(held: Round, part_id: str) -> Round:
    """Return the round without a part and without the tie-breakers that name it."""
    return tidy(replace(held, parts=tuple(item for item in held.parts if item.id != part_id)))


def tidy(held: Round) -> Round:
    """Return the round without tie-breakers that name what is not there."""
    known = set(tie_breakers_of(held))
    kept = tuple(
        name for name in held.tie_breakers if name in known or name.startswith("judge:")
    )  # fmt: skip
    return replace(held, tie_breakers=kept)


def tie_breakers_of(held: Round) -> list[str]:
    """Return what can be compared when totals are equal, judges by name apart."""
    parts = [f"part:{part.id}" for part in held.parts]
    criteria = [f"criterion:{part.id}/{item.id}" for part in held.parts for item in part.criteria]
    return [*parts, *criteria, "judges_prefer"]


def with_maximum(criterion: Criterion, most: Decimal) -> Criterion:
    """Return the criterion with another maximum; its levels keep their shares of it.

    Raises:
        BadInput: ``rubrics.levels_do_not_fit`` if two levels would begin at the same points.
    """
    if not criterion.levels or most == criterion.max:
        return replace(criterion, max=most)
    share = most / criterion.max
    levels = tuple(
        replace(level, least=_on_step(level.least * share, criterion.step))
        for level in criterion.levels
    )
    _require_falling(criterion, levels)
    return replace(criterion, max=most, levels=levels)


def _on_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _require_falling(criterion: Criterion, levels: Iterable[Level]) -> None:
    begins = [level.least for level in levels]
    if any(above <= below for above, below in pairwise(begins)):
        raise BadInput("rubrics.levels_do_not_fit", place=criterion.vi, count=len(begins))


_SHARES = (Decimal("0.9"), Decimal("0.75"), Decimal("0.55"), Decimal(0))


def four_levels(criterion: Criterion, names: Sequence[str]) -> tuple[Level, ...]:
    """Return four levels, best first, at 90, 75 and 55 of a hundred on the criterion's step.

    Where the points are too few for four, those that would begin where a better one does are
    left out.
    """
    levels: list[Level] = []
    for name, share in zip(names, _SHARES, strict=True):
        least = _on_step(criterion.max * share, criterion.step)
        if not levels or least < levels[-1].least:
            levels.append(Level(name, name, least))
    return tuple(levels)
