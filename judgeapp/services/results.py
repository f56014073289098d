"""The results of a round: tally, decisions for ties, who goes on, and why a number is what it is.

Everything is computed anew from the marks each time. What people signed off is a snapshot: a later
difference is reported and never applied by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.explain import Explanation, explain
from judgeapp.domain.firmness import Firmness, firmness
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.names import clean
from judgeapp.domain.numbers import exact
from judgeapp.domain.tally import Standing
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.results_round import GroupTally, tallied_round, tally_groups, who_and_why
from judgeapp.store.results import SignOff
from judgeapp.store.uow import UnitOfWork


@dataclass(frozen=True)
class Difference:
    """How the marks of today differ from what was signed off.

    Attributes:
        joined: would go on now and were not signed off.
        left: were signed off and would not go on now.
    """

    joined: tuple[ContestantId, ...]
    left: tuple[ContestantId, ...]


@dataclass(frozen=True)
class RoundTally:
    """The tallies of a round, one for each group.

    Attributes:
        stage: ``open`` or ``closed``; results of an open round can still change.
        sign_off: of the finalists, if they were signed off.
        difference: to the sign-off, or None if there is none.
    """

    held: Round
    stage: str
    groups: tuple[GroupTally, ...]
    sign_off: SignOff | None
    difference: Difference | None


@dataclass(frozen=True)
class Finalists:
    """Who goes on, best first, group by group; ``signed_now`` is False if it was so already."""

    held: Round
    contestants: tuple[ContestantId, ...]
    signed_now: bool


@dataclass(frozen=True)
class Explained:
    """Why a contestant stands where it does in a round; ``judges`` are names by id."""

    held: Round
    group: GroupTally
    explanation: Explanation
    judges: Mapping[str, str]


def tally_round(app: Context, *, round_id: str | None = None) -> RoundTally:
    """Return the tallies of a round; without a name of the latest one that has marks.

    Raises:
        JudgeError: ``contest.unknown_round``, ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        return _tally(u, definition, tallied_round(u, definition, round_id))


def _tally(u: UnitOfWork, definition: Definition, held: Round) -> RoundTally:
    groups = tuple(tally_groups(u, definition, held))
    signed = u.results.sign_off("finalists", held.id)
    difference = _difference(groups, signed) if signed is not None else None
    return RoundTally(held, u.judging.stage(held.id), groups, signed, difference)


def _difference(groups: Sequence[GroupTally], signed: SignOff) -> Difference | None:
    now, then = _taken(groups), [ContestantId(item) for item in signed.body["contestants"]]
    joined = tuple(item for item in now if item not in then)
    left = tuple(item for item in then if item not in now)
    return Difference(joined, left) if joined or left else None


def _taken(groups: Sequence[GroupTally]) -> list[ContestantId]:
    return [contestant for group in groups for contestant in group.result.cut.taken]


def decide(
    app: Context, *, round_id: str, order: Sequence[str], by: str, reason: str
) -> Outcome[tuple[ContestantId, ...]]:
    """Record a decision for a tie; return all who were tied, in the order that holds now.

    A later decision corrects an earlier one on the same contestants; both stay on record.

    Args:
        app: the open contest.
        round_id: the round.
        order: those who come first of the tied, best first; the others share the next rank.
        by: who decided: the chair, a draw of lots with its witnesses, …
        reason: why.

    Raises:
        JudgeError: ``results.decide_…`` if the named are not equal by total and tie-breakers, one
            is named twice, or it is not said who decided and why.
    """
    said_by, said = who_and_why(by, reason)
    with app.write() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        named = _named(order)
        undecided = _group_of(tally_groups(u, definition, held, decided=False), named)
        tied = _standing(undecided, named[0]).sharing
        if len(tied) < 2 or not set(named) <= set(tied):
            raise JudgeError("results.decide_not_tied", place=", ".join(named))
        before = _group_of(tally_groups(u, definition, held), named)
        whole = _before_them(before, named, tied)
        u.results.add_decision(held.id, group=before.group, order=whole, by=said_by, reason=said)
        after = _group_of(tally_groups(u, definition, held), named)
        u.log("results.decided", round=held.id, order=list(named))
        u.commit()
    ranked = tuple(s.contestant for s in after.result.ranking if s.contestant in tied)
    return changed(ranked, [Kind.RESULTS])


def _named(order: Sequence[str]) -> tuple[ContestantId, ...]:
    named = tuple(ContestantId(item.strip()) for item in order if item.strip())
    if not named:
        raise JudgeError("results.decide_nobody")
    if len(set(named)) < len(named):
        raise JudgeError("results.decide_twice", place=", ".join(named))
    return named


def _before_them(
    group: GroupTally, named: tuple[ContestantId, ...], tied: Sequence[ContestantId]
) -> tuple[ContestantId, ...]:
    """Return the named, after those whom an earlier decision put before them.

    Only where the named still share a rank; else this is a correction and stands alone.
    """
    here = _standing(group, named[0])
    if not set(named) <= set(here.sharing):
        return named
    ahead = [
        item.contestant
        for item in group.result.ranking
        if item.contestant in tied and (item.rank or 0) < (here.rank or 0)
    ]
    return (*ahead, *named)


def _standing(group: GroupTally, contestant: ContestantId) -> Standing:
    return next(item for item in group.result.ranking if item.contestant == contestant)


def _group_of(groups: Sequence[GroupTally], named: Sequence[str]) -> GroupTally:
    """Return the group in which all the named are."""
    found = {}
    for contestant in named:
        known = [one for one in groups if one.result.of(ContestantId(contestant)) is not None]
        if not known:
            raise JudgeError("results.unknown_contestant", place=contestant)
        found[id(known[0])] = known[0]
    if len(found) > 1:
        raise JudgeError("results.decide_not_tied", place=", ".join(named))
    return next(iter(found.values()))


def find_standing(groups: Sequence[GroupTally], contestant: str) -> tuple[GroupTally, Standing]:
    """Return where somebody stands, and in which group.

    Raises:
        JudgeError: ``results.unknown_contestant`` if nobody of that number is in the round.
    """
    group = _group_of(groups, [contestant])
    return group, _standing(group, ContestantId(contestant))


def finalists(
    app: Context, *, round_id: str | None = None, replace_reason: str | None = None
) -> Outcome[Finalists]:
    """Sign off who goes on from a round.

    Args:
        app: the open contest.
        round_id: the round, or None for the latest one that has marks.
        replace_reason: why an earlier sign-off is replaced, where the marks have changed since.

    Raises:
        JudgeError: ``results.no_cut``, ``results.round_open``, ``results.cut_undecided``,
            ``results.nobody_in``; ``results.finalists_differ`` if others were signed off before.
    """
    with app.write() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        found = _tally(u, definition, held)
        _require_decided(found)
        now = tuple(_taken(found.groups))
        before = found.sign_off
        if before is not None and tuple(before.body["contestants"]) == now:
            return changed(Finalists(held, now, signed_now=False), [])
        said = clean(replace_reason or "")
        if before is not None and not said:
            difference = found.difference or Difference((), ())
            raise JudgeError(
                "results.finalists_differ",
                place=held.id,
                round=held.vi,
                joined=", ".join(difference.joined) or "–",
                left=", ".join(difference.left) or "–",
            )
        u.results.add_sign_off("finalists", held.id, _body(u, found, said))
        u.log("results.finalists_signed", round=held.id, contestants=list(now))
        u.commit()
    return changed(Finalists(held, now, signed_now=True), [Kind.RESULTS, Kind.STAGES])


def _require_decided(found: RoundTally) -> None:
    held = found.held
    if held.cut is None:
        raise JudgeError("results.no_cut", place=held.id, round=held.vi)
    if found.stage != "closed":
        raise JudgeError("results.round_open", place=held.id, round=held.vi)
    undecided = [item for group in found.groups for item in group.result.cut.undecided]
    if undecided:
        raise JudgeError(
            "results.cut_undecided",
            place=held.id,
            round=held.vi,
            contestants=", ".join(undecided),
        )
    if not _taken(found.groups):
        raise JudgeError("results.nobody_in", place=held.id, round=held.vi)


def _body(u: UnitOfWork, found: RoundTally, reason: str) -> dict[str, object]:
    """Return the snapshot: who goes on, and from which standing, rules and decisions."""
    return {
        "contestants": _taken(found.groups),
        "size": found.held.cut.size if found.held.cut else None,
        "standing": [
            {
                "contestant": item.contestant,
                "group": group.group,
                "rank": item.rank,
                "total": None if item.total is None else exact(item.total),
            }
            for group in found.groups
            for item in group.result.ranking
        ],
        "definition": u.contest.definition().version,
        "decisions": [row.id for row in u.results.decisions(found.held.id)],
        "replaces": None if found.sign_off is None else found.sign_off.id,
        "reason": reason,
    }


def explain_total(app: Context, *, contestant: str, round_id: str | None = None) -> Explained:
    """Return why a contestant has this total and this rank, down to the single mark.

    Raises:
        JudgeError: ``results.unknown_contestant`` if nobody of that number is in the round.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        group, standing = find_standing(tally_groups(u, definition, held), contestant)
        judges = {str(judge.id): judge.name for judge in u.judging.judges()}
    return Explained(held, group, explain(group.result, standing), judges)


def how_firm(app: Context, *, contestant: str, round_id: str | None = None) -> Firmness | None:
    """Return how firm a contestant's place is; None for somebody without a rank.

    The round is tallied anew for each mark of the contestant: with a thousand contestants this
    takes seconds.

    Raises:
        JudgeError: as `explain_total` does.
    """
    found = explain_total(app, contestant=contestant, round_id=round_id)
    return firmness(found.group.result, found.group.marks, ContestantId(contestant))
