"""What an arriving score file is, told from what its header says and what is known already.

Words: a *score file* holds all marks of one judge in one round, complete every time; its *header*
says whose it is, from which device, the how-manieth, and the hash of that device's previous header,
so that the headers of a device form a chain. A *fork* is two different files of one number (a
laptop set back from a disk image). A judge who goes on on a second laptop *takes over* the files of
the first. Counters, numbers and hashes decide; clocks never do.
Not checked here: that the file is whole (`exchange.score_file`) or that its marks fit a rubric.

Source: exchange.md (score file), cli.md (packs collect).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from judgeapp.domain.contest import Criterion
from judgeapp.domain.ids import (
    ContestantId,
    ContestId,
    CriterionId,
    JudgeId,
    PackId,
    PartId,
    RoundId,
)
from judgeapp.domain.marks import MarkEvent
from judgeapp.domain.remarks import is_remark

Verdict = Literal[
    "damaged",
    "other_contest",
    "unknown_key",
    "duplicate",
    "fork",
    "rewritten",
    "other_rubric",
    "late",
    "older",
    "newer",
    "new",
]

NEED_CONCLUSION: frozenset[Verdict] = frozenset(
    {"unknown_key", "fork", "rewritten", "other_rubric", "late"}
)
"""Verdicts that keep a round from closing until people concluded about the file in writing."""


@dataclass(frozen=True, order=True)
class Ancestor:
    """The newest file of another device that this one has taken over."""

    device: str
    number: int
    header_hash: str


@dataclass(frozen=True)
class Claims:
    """What a desk says of a score file that it is about to write.

    Attributes:
        number: counts the files of this device from 1, over all rounds.
        previous: hash of this device's header before this one, None for the first.
        scored: sheets that are complete, ``of`` those owed by this judge in this round.
        final: the judge says that nothing more will come.
        took_over: files of other devices that are contained in this one.
        at: time by that laptop's clock, shown only.
    """

    contest: ContestId
    pack: PackId
    round: RoundId
    rubric_hash: str
    judge: JudgeId
    device: str
    number: int
    previous: str | None
    scored: int
    of: int
    final: bool
    took_over: tuple[Ancestor, ...]
    at: str


@dataclass(frozen=True)
class ScoreHeader(Claims):
    """What a score file says about itself.

    Attributes:
        counter: highest counter of its events; ``events`` how many they are.
        plain_hash: SHA-256 of the body before it was deflated; ``body_hash`` after it.
        hash: SHA-256 of the exact header bytes; the receipt is its beginning.
    """

    counter: int
    events: int
    plain_hash: str
    body_hash: str
    hash: str


@dataclass(frozen=True)
class KnownHeader:
    """A header that came before, and whether its marks are counted."""

    header: ScoreHeader
    counts: bool


@dataclass(frozen=True)
class ContestFacts:
    """What the contest says about itself at this moment.

    Attributes:
        rubric_hashes: of each round as it is marked now.
        closed: rounds in which marking is closed.
    """

    contest: ContestId
    judges: Collection[JudgeId]
    rubric_hashes: Mapping[RoundId, str]
    closed: Collection[RoundId]


def verdict_on(
    header: ScoreHeader | None, known: Iterable[KnownHeader], facts: ContestFacts
) -> Verdict:
    """Return what the file is: the first that fits, in the order of cli.md.

    Args:
        header: of the file, or None if it is damaged.
        known: headers of the same judge that came before.
        facts: of this contest.
    """
    if header is None:
        return "damaged"
    if header.contest != facts.contest:
        return "other_contest"
    if header.judge not in facts.judges:
        return "unknown_key"
    before = list(known)
    if any(item.header.hash == header.hash for item in before):
        return "duplicate"
    headers = [item.header for item in before]
    if _is_fork(header, headers):
        return "fork"
    if _is_rewritten(header, headers):
        return "rewritten"
    if facts.rubric_hashes.get(header.round) != header.rubric_hash:
        return "other_rubric"
    if header.round in facts.closed:
        return "late"
    return _place_among(header, before)


def is_counted(header: ScoreHeader, verdict: Verdict, facts: ContestFacts) -> bool:
    """Tell whether the marks of a file with that verdict are merged into the tally.

    A fork or a rewritten history counts too (and keeps the round from closing): which of two files
    came first must not matter. Late files and other rubrics never count by themselves.
    """
    return (
        verdict in ("fork", "rewritten", "older", "newer", "new")
        and facts.rubric_hashes.get(header.round) == header.rubric_hash
        and header.round not in facts.closed
    )


def _place_among(
    header: ScoreHeader, known: Iterable[KnownHeader]
) -> Literal["older", "newer", "new"]:
    counted = [item.header for item in known if item.counts and item.header.round == header.round]
    if any(_contains(other, header) for other in counted):
        return "older"
    if any(_contains(header, other) for other in counted):
        return "newer"
    return "new"


def _hashes(header: ScoreHeader) -> set[tuple[str, int, str]]:
    """Return each (device, number) that a header speaks of, with the hash it gives."""
    own = (header.device, header.number, header.hash)
    return {own} | {(item.device, item.number, item.header_hash) for item in header.took_over}


def _is_fork(header: ScoreHeader, known: Iterable[ScoreHeader]) -> bool:
    said: dict[tuple[str, int], set[str]] = {}
    for other in known:
        for device, number, digest in _hashes(other):
            said.setdefault((device, number), set()).add(digest)
    return any(
        digest not in said.get((device, number), {digest})
        for device, number, digest in _hashes(header)
    )


def _is_rewritten(header: ScoreHeader, known: Iterable[ScoreHeader]) -> bool:
    same = [other for other in known if other.device == header.device]
    before = {other.hash for other in same if other.number == header.number - 1}
    if before and header.previous not in before:
        return True
    after = {other.previous for other in same if other.number == header.number + 1}
    if after and header.hash not in after:
        return True
    return any(_counts_backwards(*sorted((header, other), key=_number)) for other in same)


def _number(header: ScoreHeader) -> int:
    return header.number


def _counts_backwards(earlier: ScoreHeader, later: ScoreHeader) -> bool:
    """Tell whether a later file of a device knows less than an earlier one of the same round."""
    return later.counter < earlier.counter or (
        later.round == earlier.round and later.events < earlier.events
    )


def _contains(later: ScoreHeader, earlier: ScoreHeader) -> bool:
    """Tell whether everything in one file is in the other, of the same device or taken over."""
    if later.device == earlier.device:
        return later.number > earlier.number
    return any(
        item.device == earlier.device and item.number >= earlier.number for item in later.took_over
    )


Misfit = Literal["unknown_contestant", "unknown_criterion", "not_assigned", "bad_points"]


@dataclass(frozen=True)
class Assignment:
    """What a round's judges may mark.

    Attributes:
        contestants: who takes part, the withdrawn ones included.
        criteria: of each part by id.
        sheets: (judge, contestant, part) that may be marked; conflicts are not among them.
    """

    contestants: frozenset[ContestantId]
    criteria: Mapping[tuple[PartId, CriterionId], Criterion]
    sheets: frozenset[tuple[JudgeId, ContestantId, PartId]]


def misfit(event: MarkEvent, assignment: Assignment) -> Misfit | None:
    """Return why an event of a score file cannot count, or None if it can."""
    if event.contestant not in assignment.contestants:
        return "unknown_contestant"
    if is_remark(event):
        owed = any((j, c) == (event.judge, event.contestant) for j, c, _ in assignment.sheets)
        return None if owed else "not_assigned"
    criterion = assignment.criteria.get((event.part, event.criterion))
    if criterion is None:
        return "unknown_criterion"
    if (event.judge, event.contestant, event.part) not in assignment.sheets:
        return "not_assigned"
    if event.points is not None and not _fits(event.points, criterion):
        return "bad_points"
    return None


def _fits(points: Decimal, criterion: Criterion) -> bool:
    return 0 <= points <= criterion.max and not points % criterion.step
