"""Prizes: proposed from the ranking of the round that gives them, signed off by a person.

What is signed off stays as it is: a ranking that changes later is reported as a difference, never
applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judgeapp.domain.awards import (
    Award,
    Change,
    Placed,
    Proposal,
    Settled,
    propose_prizes,
    settle_prizes,
)
from judgeapp.domain.contest import Definition, Prize, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, RoundId
from judgeapp.domain.names import clean
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, require_round
from judgeapp.services.results_round import tally_groups
from judgeapp.store.uow import UnitOfWork


@dataclass(frozen=True)
class Winner:
    """A contestant as prizes and certificates name him or her."""

    name: str
    post: str | None
    unit: str | None


@dataclass(frozen=True)
class SignedPrizes:
    """Prizes as they were signed off.

    Attributes:
        changes: where a person gave another prize than was proposed, with one ``reason`` for all.
    """

    awards: tuple[Award, ...]
    changes: tuple[Change, ...]
    reason: str
    actor: str
    at: str


@dataclass(frozen=True)
class PrizeReport:
    """The prizes of a round: what the scheme gives now, and what is signed off.

    Attributes:
        ranking: what the proposal rests on.
        people: everybody of the contest, by id.
        signed: the newest sign-off, or None.
        differences: where today's proposal is another than the one the sign-off rests on.
    """

    round: Round
    ranking: tuple[Placed, ...]
    proposal: Proposal
    people: Mapping[ContestantId, Winner]
    signed: SignedPrizes | None
    differences: tuple[Change, ...]

    def prize(self, prize_id: str) -> Prize | None:
        """Return the prize of that id."""
        return next((prize for prize in self.round.prizes if prize.id == prize_id), None)


def propose(app: Context, *, round_id: str | None = None) -> PrizeReport:
    """Return the prizes of the round that gives them (or of the one named).

    Raises:
        JudgeError: ``awards.no_prizes`` if the round has no prize scheme, ``awards.grouped``
            if it is ranked by groups, ``results.no_finalists``.
    """
    with app.read() as u:
        return prizes_of(u, round_id)


def prizes_of(u: UnitOfWork, round_id: str | None) -> PrizeReport:
    """Return the prizes of a round inside a unit of work; see `propose`."""
    definition = read_definition(u)
    item = prize_round(definition, round_id)
    ranking = _ranking(u, definition, item)
    proposal = propose_prizes(item.prizes, ranking)
    signed = signed_prizes(u, item.id)
    return PrizeReport(
        item,
        ranking,
        proposal,
        _people(u),
        signed,
        _differences(proposal, signed) if signed else (),
    )


def prize_round(definition: Definition, round_id: str | None) -> Round:
    """Return the round that gives the prizes: the one named, else the last one with a scheme."""
    giving = [item for item in definition.rounds if item.prizes]
    last = giving[-1] if giving else definition.rounds[-1]
    found = require_round(definition, round_id, open_round=last.id)
    if not found.prizes:
        raise JudgeError("awards.no_prizes", place=found.id, round=found.vi)
    return found


def signed_prizes(u: UnitOfWork, round_id: RoundId) -> SignedPrizes | None:
    """Return the newest sign-off of a round's prizes, or None."""
    row = u.results.sign_off("prizes", round_id)
    if row is None:
        return None
    return SignedPrizes(
        tuple(
            Award(ContestantId(award["contestant"]), award["prize"], award["rank"])
            for award in row.body["awards"]
        ),
        tuple(
            Change(ContestantId(change["contestant"]), change["proposed"], change["given"])
            for change in row.body["changes"]
        ),
        row.body["reason"],
        row.actor,
        row.at,
    )


def sign_prizes(
    app: Context,
    *,
    choices: Mapping[ContestantId, str] | None = None,
    reason: str = "",
    round_id: str | None = None,
) -> Outcome[PrizeReport]:
    """Sign off the prizes: the proposal, with a person's answers where one was needed.

    ``choices`` gives a prize id (or ``none``) to contestants who stand on the line of a prize or
    get another prize than proposed; they need a reason, and so does a sign-off that replaces one.

    Raises:
        JudgeError: ``awards.round_open`` while the round is not closed; ``awards.line_undecided``,
            ``awards.reason_missing``, ``awards.already_signed``, … Nothing is signed then.
    """
    with app.write() as u:
        report = prizes_of(u, round_id)
        require_closed(u, report.round)
        settled = settle_prizes(report.round.prizes, report.ranking, choices or {}, reason)
        if report.signed and report.signed.awards == settled.awards:
            return changed(report, [])
        if report.signed and not clean(reason):
            raise JudgeError("awards.already_signed", place=report.round.id, round=report.round.vi)
        add_sign_off(u, report.round, settled, reason)
        after = prizes_of(u, report.round.id)
        u.commit()
    return changed(after, [Kind.AWARDS])


def require_closed(u: UnitOfWork, item: Round) -> None:
    """Refuse prizes of a round that is still being marked.

    Raises:
        JudgeError: ``awards.round_open`` while marks may still come.
    """
    if u.judging.stage(item.id) != "closed":
        raise JudgeError("awards.round_open", place=item.id, round=item.vi)


def add_sign_off(u: UnitOfWork, item: Round, settled: Settled, reason: str) -> None:
    """Record prizes as signed off, in a unit that the caller commits.

    Raises:
        JudgeError: as `require_closed` does.
    """
    require_closed(u, item)
    body = {
        "awards": [
            {"contestant": award.contestant, "prize": award.prize, "rank": award.rank}
            for award in settled.awards
        ],
        "changes": [
            {"contestant": change.contestant, "proposed": change.proposed, "given": change.given}
            for change in settled.changes
        ],
        "reason": clean(reason),
    }
    u.results.add_sign_off("prizes", item.id, body)
    u.log("awards.signed", round=item.id, awards=len(settled.awards), changes=len(settled.changes))


def _ranking(u: UnitOfWork, definition: Definition, item: Round) -> tuple[Placed, ...]:
    groups = tally_groups(u, definition, item)
    if len(groups) != 1:
        raise JudgeError("awards.grouped", place=item.id, round=item.vi)
    return tuple(
        Placed(standing.contestant, standing.rank) for standing in groups[0].result.ranking
    )


def _people(u: UnitOfWork) -> dict[ContestantId, Winner]:
    units = {unit.id: unit.name for unit in u.people.units()}
    return {
        person.id: Winner(
            person.name, person.position, units.get(person.unit_id) if person.unit_id else None
        )
        for person in u.people.contestants()
    }


def _differences(proposal: Proposal, signed: SignedPrizes) -> tuple[Change, ...]:
    """Return where today's proposal gives something else than was proposed at the sign-off.

    Prizes that a person gave otherwise than proposed are compared with what was proposed then.
    """
    now = {award.contestant: award.prize for award in proposal.awards}
    asked = {c for question in proposal.questions for c in question.contestants}
    then: dict[ContestantId, str | None] = {a.contestant: a.prize for a in signed.awards}
    then |= {change.contestant: change.proposed for change in signed.changes}
    given = {award.contestant: award.prize for award in signed.awards}
    differing = [
        contestant
        for contestant in sorted({*now, *then, *asked})
        if now.get(contestant) != then.get(contestant)
    ]
    return tuple(Change(c, now.get(c), given.get(c)) for c in differing)
