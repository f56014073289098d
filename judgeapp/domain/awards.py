"""Prizes from a ranking, and what a certificate says.

Words: the *scheme* is the round's list of prizes, each with a count; it covers the first places of
the ranking one after the other. Contestants who share a rank take the places from that rank on
together. Lie all these places in one prize (two Seconds for a shared second rank), everybody gets
it. Else the group stands *on the line* of a prize: who gets what is a question to a person, and
only a recorded answer settles it. Withdrawn contestants and those without a rank get none.
Not checked here: whether the ranking is right, and whether the giver may give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from judgeapp.domain.contest import Prize
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId

NO_PRIZE = "none"


@dataclass(frozen=True)
class Placed:
    """A contestant's rank in the round, or None for one who has none."""

    contestant: ContestantId
    rank: int | None


@dataclass(frozen=True)
class Award:
    """Who gets which prize; ``prize`` is its id in the scheme."""

    contestant: ContestantId
    prize: str
    rank: int


@dataclass(frozen=True)
class PrizeQuestion:
    """A group that shares a rank on the line of a prize.

    Attributes:
        at_stake: prizes on the group's places with how many of each, best first; `NO_PRIZE` stands
            for places behind the last prize.
    """

    rank: int
    contestants: tuple[ContestantId, ...]
    at_stake: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Proposal:
    """What the scheme gives for a ranking.

    Attributes:
        awards: prizes that are certain, best first.
        questions: groups on a line, best first.
        unused: prizes that nobody reaches, with how many of each.
        without: ranked contestants behind the last prize.
        unranked: contestants without a rank, the withdrawn ones among them.
    """

    awards: tuple[Award, ...]
    questions: tuple[PrizeQuestion, ...]
    unused: tuple[tuple[str, int], ...]
    without: tuple[ContestantId, ...]
    unranked: tuple[ContestantId, ...]


def propose_prizes(scheme: Sequence[Prize], ranking: Iterable[Placed]) -> Proposal:
    """Return what the scheme gives; a shared rank on the line of a prize is never settled here.

    Args:
        scheme: prizes, the best first.
        ranking: everybody of the round; ranks as in 1-2-2-4.

    >>> scheme = [Prize("first", "Nhất", 1), Prize("second", "Nhì", 2)]
    >>> places = [Placed(ContestantId(c), r) for c, r in (("07", 1), ("03", 2), ("09", 2))]
    >>> [(award.contestant, award.prize) for award in propose_prizes(scheme, places).awards]
    [('07', 'first'), ('03', 'second'), ('09', 'second')]
    """
    places = [prize.id for prize in scheme for _ in range(prize.count)]
    everybody = sorted(ranking, key=lambda placed: placed.contestant)
    ranked = sorted(
        (placed.rank, placed.contestant) for placed in everybody if placed.rank is not None
    )
    awards: list[Award] = []
    questions: list[PrizeQuestion] = []
    without: list[ContestantId] = []
    taken = 0
    for rank, group in groupby(ranked, key=lambda item: item[0]):
        members = tuple(contestant for _, contestant in group)
        reached = places[rank - 1 : rank - 1 + len(members)]
        reached += [NO_PRIZE] * (len(members) - len(reached))
        kinds = tuple(Counter(reached).items())
        taken = rank - 1 + len(members)
        if len(kinds) > 1:
            questions.append(PrizeQuestion(rank, members, kinds))
        elif reached[0] == NO_PRIZE:
            without += members
        else:
            awards += [Award(contestant, reached[0], rank) for contestant in members]
    return Proposal(
        awards=tuple(awards),
        questions=tuple(questions),
        unused=tuple(Counter(places[taken:]).items()),
        without=tuple(without),
        unranked=tuple(placed.contestant for placed in everybody if placed.rank is None),
    )


@dataclass(frozen=True)
class Change:
    """A prize given otherwise than proposed; None is no prize, or no proposal (a question)."""

    contestant: ContestantId
    proposed: str | None
    given: str | None


@dataclass(frozen=True)
class Settled:
    """Prizes as a person settles them: all of them, and where they differ from the proposal."""

    awards: tuple[Award, ...]
    changes: tuple[Change, ...]


def settle_prizes(
    scheme: Sequence[Prize],
    ranking: Iterable[Placed],
    choices: Mapping[ContestantId, str],
    reason: str,
) -> Settled:
    """Return who gets what, after a person answered the questions or changed the proposal.

    Args:
        scheme: prizes, the best first.
        ranking: everybody of the round.
        choices: prize id for each contestant who gets another prize than proposed or who stands on
            a line; `NO_PRIZE` for none. More of a prize than the scheme has may be given: that is
            the person's decision.
        reason: why; needed wherever ``choices`` say anything.

    Raises:
        JudgeError: ``awards.unknown_contestant``, ``awards.unknown_prize``, ``awards.not_ranked``,
            ``awards.reason_missing``, ``awards.line_undecided`` (``place`` names who).
    """
    everybody = {placed.contestant: placed.rank for placed in ranking}
    proposal = propose_prizes(scheme, [Placed(*item) for item in everybody.items()])
    _check_choices(scheme, everybody, choices)
    if choices and not reason.strip():
        raise JudgeError("awards.reason_missing")
    open_ones = [
        contestant
        for question in proposal.questions
        for contestant in question.contestants
        if contestant not in choices
    ]
    if open_ones:
        raise JudgeError("awards.line_undecided", place=", ".join(open_ones))
    proposed: dict[ContestantId, str] = {award.contestant: award.prize for award in proposal.awards}
    given = {**proposed, **choices}
    order = [prize.id for prize in scheme]
    awards = [
        Award(contestant, prize, rank)
        for contestant, prize in given.items()
        if prize != NO_PRIZE and (rank := everybody[contestant]) is not None
    ]
    changes = [
        Change(contestant, proposed.get(contestant), None if prize == NO_PRIZE else prize)
        for contestant, prize in sorted(choices.items())
        if proposed.get(contestant, NO_PRIZE) != prize or contestant not in proposed
    ]
    awards.sort(key=lambda award: (order.index(award.prize), award.rank, award.contestant))
    return Settled(tuple(awards), tuple(changes))


def _check_choices(
    scheme: Sequence[Prize],
    everybody: Mapping[ContestantId, int | None],
    choices: Mapping[ContestantId, str],
) -> None:
    known = {prize.id for prize in scheme}
    for contestant, prize in choices.items():
        if contestant not in everybody:
            raise JudgeError("awards.unknown_contestant", place=contestant)
        if prize not in known | {NO_PRIZE}:
            raise JudgeError(
                "awards.unknown_prize", place=prize, known=", ".join([*sorted(known), NO_PRIZE])
            )
        if everybody[contestant] is None and prize != NO_PRIZE:
            raise JudgeError("awards.not_ranked", place=contestant)


@dataclass(frozen=True)
class Certificate:
    """What one certificate says of its bearer; the rest is the same for all of them.

    Attributes:
        serial: in order within a year, ``001/2026``.
        post: the bearer's post, ``unit`` the organisation, both as in the list; or None.
        prize: the prize's name as the scheme writes it.
        contest: how the contest is called on paper.
        team: the bearer is a team.
    """

    serial: str
    contestant: ContestantId
    name: str
    post: str | None
    unit: str | None
    prize: str
    contest: str
    team: bool = False


def next_serials(taken: Iterable[str], year: int, count: int) -> list[str]:
    """Return the next ``count`` serials of a year: after the highest one taken, gaps stay gaps.

    >>> next_serials(["001/2026", "009/2026", "004/2025"], 2026, 2)
    ['010/2026', '011/2026']
    """
    numbers = [
        int(number)
        for number, _, of in (serial.partition("/") for serial in taken)
        if of == str(year) and number.isdigit()
    ]
    first = max(numbers, default=0) + 1
    return [f"{number:03d}/{year}" for number in range(first, first + count)]
