"""Who marks what where not everybody marks everything: shared out evenly, and checked.

Words: an entry is *shared out* to so many judges; a judge's *load* is how many entries that is. A
pair is *barred* if the judge must not mark the entry. A design is *connected* if one can go from
each judge to each other one over entries that two of them mark; else nobody can tell a strict
group of judges from a weak group of entries.

Source: scoring.md 6: fewest eligible judges first, the least loaded of them, then moves along the
shortest way from a judge with a greater load to one with at least two less; when there is none, the
sum of the squared loads is as small as can be.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from judgeapp.domain.ids import ContestantId, JudgeId

Given = Mapping[ContestantId, tuple[JudgeId, ...]]
Pair = tuple[JudgeId, ContestantId]
FEW_SHARED = 3
"""Two judges who mark fewer entries than this together can hardly be compared."""


def lot(seed: int, *names: str) -> str:
    """Return what a seeded draw sorts by: always the same for the same seed and names."""
    return hashlib.sha256("/".join([str(seed), *names]).encode()).hexdigest()


def too_few_eligible(
    contestants: Iterable[ContestantId],
    judges: Collection[JudgeId],
    per_entry: int,
    barred: Collection[Pair],
) -> list[ContestantId]:
    """Return the contestants whom fewer judges than needed may mark."""
    return [
        one
        for one in contestants
        if sum((judge, one) not in barred for judge in judges) < per_entry
    ]


def share_out(
    contestants: Sequence[ContestantId],
    judges: Sequence[JudgeId],
    per_entry: int,
    barred: Collection[Pair],
    seed: int,
) -> dict[ContestantId, tuple[JudgeId, ...]]:
    """Return for each contestant the judges who mark, with loads as even as they can be.

    Nobody is given a barred entry: whom too few may mark gets fewer judges.

    Args:
        contestants: who is marked.
        judges: who marks.
        per_entry: how many judges each contestant gets.
        barred: pairs that are never marked.
        seed: decides between equals; the same seed gives the same result.
    """
    free = {
        one: sorted(
            (judge for judge in judges if (judge, one) not in barred),
            # The default binds this round of the loop; mypy cannot infer such a lambda.
            key=lambda judge, one=one: lot(seed, judge, one),  # type: ignore[misc]
        )
        for one in contestants
    }
    loads = dict.fromkeys(judges, 0)
    given: dict[ContestantId, set[JudgeId]] = {}
    for one in sorted(contestants, key=lambda one: (len(free[one]), lot(seed, one))):
        chosen = sorted(free[one], key=loads.__getitem__)[:per_entry]
        given[one] = set(chosen)
        for judge in chosen:
            loads[judge] += 1
    _even_out(given, free, loads)
    order = {judge: at for at, judge in enumerate(judges)}
    return {one: tuple(sorted(given[one], key=order.__getitem__)) for one in contestants}


def _even_out(
    given: dict[ContestantId, set[JudgeId]],
    free: Mapping[ContestantId, Sequence[JudgeId]],
    loads: dict[JudgeId, int],
) -> None:
    moved = True
    while moved:
        moved = False
        for judge in sorted(loads, key=lambda judge: (-loads[judge], judge)):
            way = _way_down(judge, given, free, loads)
            if way:
                for entry, giver, taker in way:
                    given[entry].remove(giver)
                    given[entry].add(taker)
                loads[way[0][1]] -= 1
                loads[way[-1][2]] += 1
                moved = True
                break


def _way_down(
    judge: JudgeId,
    given: Mapping[ContestantId, set[JudgeId]],
    free: Mapping[ContestantId, Sequence[JudgeId]],
    loads: Mapping[JudgeId, int],
) -> list[tuple[ContestantId, JudgeId, JudgeId]]:
    """Return the shortest chain of hand-overs from a judge to one with at least two less."""
    came: dict[JudgeId, tuple[ContestantId, JudgeId]] = {}
    waiting = deque([judge])
    while waiting:
        giver = waiting.popleft()
        for entry, sitting in given.items():
            if giver not in sitting:
                continue
            for taker in free[entry]:
                if taker in sitting or taker in came or taker == judge:
                    continue
                came[taker] = (entry, giver)
                if loads[taker] <= loads[judge] - 2:
                    return _chain(taker, judge, came)
                waiting.append(taker)
    return []


def _chain(
    last: JudgeId, first: JudgeId, came: Mapping[JudgeId, tuple[ContestantId, JudgeId]]
) -> list[tuple[ContestantId, JudgeId, JudgeId]]:
    way = []
    while last != first:
        entry, giver = came[last]
        way.append((entry, giver, last))
        last = giver
    return way[::-1]


@dataclass(frozen=True)
class Component:
    """Judges and contestants that hang together; both by id."""

    contestants: tuple[ContestantId, ...]
    judges: tuple[JudgeId, ...]


@dataclass(frozen=True)
class Design:
    """What can be said of who marks what.

    Attributes:
        loads: entries of each judge.
        broken: pairs that are given although they are barred.
        short: contestants with fewer judges than wanted, ``over`` those with more.
        too_few: of these, whom fewer may mark at all.
        components: more than one where the design is not connected.
        shared: the fewest entries that two judges mark together; None with less than two judges.
    """

    loads: Mapping[JudgeId, int]
    broken: tuple[Pair, ...]
    short: tuple[ContestantId, ...]
    over: tuple[ContestantId, ...]
    too_few: tuple[ContestantId, ...]
    components: tuple[Component, ...]
    shared: int | None

    @property
    def spread(self) -> int:
        """How many entries the busiest judge has more than the least busy one."""
        return max(self.loads.values(), default=0) - min(self.loads.values(), default=0)

    @property
    def connected(self) -> bool:
        """Whether all judges can be compared."""
        return len(self.components) == 1


def look_at_design(
    given: Given, judges: Sequence[JudgeId], per_entry: int, barred: Collection[Pair]
) -> Design:
    """Return what can be said of who marks what, whoever shared it out."""
    seen = {judge: {one for one, sitting in given.items() if judge in sitting} for judge in judges}
    shared = [len(seen[a] & seen[b]) for a, b in combinations(judges, 2)]
    return Design(
        loads={judge: len(entries) for judge, entries in seen.items()},
        broken=tuple(sorted(
            (judge, one) for one, sitting in given.items() for judge in sitting
            if (judge, one) in barred
        )),
        short=tuple(one for one, sitting in given.items() if len(set(sitting)) < per_entry),
        over=tuple(one for one, sitting in given.items() if len(set(sitting)) > per_entry),
        too_few=tuple(too_few_eligible(given, judges, per_entry, barred)),
        components=tuple(components((judge, one) for one in given for judge in given[one])),
        shared=min(shared, default=None),
    )  # fmt: skip


def components(pairs: Iterable[Pair]) -> list[Component]:
    """Return what hangs together, judges and contestants, the first by contestant first."""
    root: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        root.setdefault(node, node)
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for judge, one in pairs:
        root[find(("judge", judge))] = find(("contestant", one))
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for node in root:
        groups.setdefault(find(node), []).append(node)
    found = [
        Component(
            tuple(sorted(ContestantId(name) for kind, name in group if kind == "contestant")),
            tuple(sorted(JudgeId(name) for kind, name in group if kind == "judge")),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda item: item.contestants)


def own_orders(
    contestants: Sequence[ContestantId], judges: Sequence[JudgeId], seed: int
) -> dict[JudgeId, tuple[ContestantId, ...]]:
    """Return for each judge an order of the contestants: one drawn order, begun elsewhere by each.

    The beginnings are spread evenly, so that no contestant is early or late for everybody.
    """
    drawn = sorted(contestants, key=lambda one: lot(seed, one))
    orders = {}
    for at, judge in enumerate(judges):
        first = at * len(drawn) // len(judges)
        orders[judge] = tuple(drawn[first:] + drawn[:first])
    return orders
