"""What differs between two versions of a contest's rules, one thing at a time.

Each change names where (round, part, criterion), what, and the values before and after where they
can be said in a word. Things are the same if their ids are; a round or part that came or went is
one change, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from judgeapp.domain.contest import Criterion, Definition, Part, Round

Value = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Change:
    """One thing that was changed.

    Attributes:
        where: names from the round down to the thing, outermost first.
        what: ``added``, ``removed``, ``order``, or the name of a rule such as ``max``.
        before, after: the rule's values; both None where they are longer than a word.
    """

    where: tuple[str, ...]
    what: str
    before: Value = None
    after: Value = None


_SHORT: Mapping[type, Mapping[str, Callable[[Any], Value]]] = {
    Round: {
        "name": lambda item: item.vi,
        "method": lambda item: item.aggregate.method,
        "min_judges": lambda item: item.min_judges,
        "judges": lambda item: item.judges,
        "spread_warn": lambda item: item.spread_warn,
        "spread_block": lambda item: item.spread_block,
        "round_parts": lambda item: _number(item.round_parts),
        "round_total": lambda item: _number(item.round_total),
        "cut_size": lambda item: item.cut.size if item.cut else None,
    },
    Part: {
        "name": lambda item: item.vi,
        "weight": lambda item: item.weight,
        "max_pages": lambda item: item.max_pages,
        "max_slides": lambda item: item.max_slides,
    },
    Criterion: {
        "name": lambda item: item.vi,
        "max": lambda item: item.max,
        "step": lambda item: item.step,
    },
}
_LONG: Mapping[type, Mapping[str, Callable[[Any], object]]] = {
    Round: {
        "drop": lambda item: (item.aggregate.drop_low, item.aggregate.drop_high),
        "over": lambda item: item.aggregate.over,
        "cut_rule": lambda item: (item.cut.scope, item.cut.ties) if item.cut else None,
        "tie_breakers": lambda item: item.tie_breakers,
        "prizes": lambda item: item.prizes,
        "team": lambda item: item.team,
    },
    Part: {
        "length": lambda item: (item.min_s, item.max_s),
        "who": lambda item: (item.panel, item.shares, item.objective),
        "penalties": lambda item: item.penalties,
        "english": lambda item: item.en,
    },
    Criterion: {
        "levels": lambda item: item.levels,
        "english": lambda item: item.en,
    },
}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def changes(before: Definition, after: Definition) -> tuple[Change, ...]:
    """Return what changed from one version to another, in the order of the rules."""
    return tuple(_compared((), before.rounds, after.rounds))


def _compared(
    where: tuple[str, ...],
    before: Sequence[Round | Part | Criterion],
    after: Sequence[Round | Part | Criterion],
) -> Iterator[Change]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    for gone in (item for item in before if item.id not in new):
        yield Change((*where, gone.vi), "removed")
    for item in after:
        was = old.get(item.id)
        if was is None:
            yield Change((*where, item.vi), "added")
        elif was != item:
            yield from _inside((*where, item.vi), was, item)
    kept = [item.id for item in before if item.id in new]
    if kept != [item.id for item in after if item.id in old]:
        yield Change(where, "order")


def _inside(
    where: tuple[str, ...], was: Round | Part | Criterion, item: Round | Part | Criterion
) -> Iterator[Change]:
    for name, short in _SHORT[type(item)].items():
        if short(was) != short(item):
            yield Change(where, name, short(was), short(item))
    for name, long in _LONG[type(item)].items():
        if long(was) != long(item):
            yield Change(where, name)
    if isinstance(was, Round) and isinstance(item, Round):
        yield from _compared(where, was.parts, item.parts)
    if isinstance(was, Part) and isinstance(item, Part):
        yield from _compared(where, was.criteria, item.criteria)
