"""The cut: who goes on for sure, who shares the line, and who does not.

Words: of n *seats*, somebody is *in* if all who share that rank fit; a group that straddles the
line is *on the line*. A tie on the line is never broken here: the contest's policy takes all of the
group, none of it, or leaves it undecided until people have decided.

Source: cli.md, "How it is computed, exactly", step 6; scoring.md 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from judgeapp.domain.contest import CutTies

Name = TypeVar("Name")


@dataclass(frozen=True)
class Line(Generic[Name]):
    """Where the line falls; ``seats_left`` are those that the ones on the line share."""

    sure: tuple[Name, ...]
    on_the_line: tuple[Name, ...]
    seats_left: int
    out: tuple[Name, ...]


@dataclass(frozen=True)
class CutResult(Generic[Name]):
    """Who goes on; ``size`` is None if there is no cut."""

    size: int | None
    taken: tuple[Name, ...] = ()
    undecided: tuple[Name, ...] = ()


def draw_line(ranks: Mapping[Name, int], seats: int) -> Line[Name]:
    """Return where the line falls among those ranked 1, 2, 2, 4; order as given.

    >>> draw_line({"01": 1, "02": 2, "03": 2, "04": 4}, 2)
    Line(sure=('01',), on_the_line=('02', '03'), seats_left=1, out=('04',))
    """
    shared = Counter(ranks.values())
    sure = tuple(name for name, rank in ranks.items() if rank + shared[rank] - 1 <= seats)
    line = tuple(name for name, rank in ranks.items() if rank <= seats < rank + shared[rank] - 1)
    out = tuple(name for name, rank in ranks.items() if rank > seats)
    return Line(sure, line, seats - len(sure) if line else 0, out)


def cut_at(ranks: Mapping[Name, int], seats: int | None, ties: CutTies) -> CutResult[Name]:
    """Return who goes on by the contest's policy for a tie on the line."""
    if seats is None:
        return CutResult(None)
    line = draw_line(ranks, seats)
    if ties == "report":
        return CutResult(seats, line.sure, line.on_the_line)
    return CutResult(seats, line.sure + (line.on_the_line if ties == "all" else ()))
