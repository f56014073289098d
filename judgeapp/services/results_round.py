"""A round of the open contest as tally sheets: one for all, or one for each group with a cut.

What the store holds becomes what the tally is computed from: the definition's rules, who takes part
and sits in which part, pairs that are never marked, the marks that hold, the facts as penalties,
and the recorded decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.contest import Aggregate, Definition, Part, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.grid import Mark
from judgeapp.domain.marks import MarkEvent, current_marks
from judgeapp.domain.names import clean
from judgeapp.domain.numbers import plain
from judgeapp.domain.penalties import Deduction, deductions
from judgeapp.domain.people import Contestant
from judgeapp.domain.tally import Tally, tally
from judgeapp.domain.tally_sheet import (
    Decision,
    Excluded,
    PenaltyLine,
    SheetContestant,
    SheetCriterion,
    SheetJudge,
    SheetPanel,
    SheetPart,
    SheetRules,
    TallySheet,
)
from judgeapp.domain.ties import name_step
from judgeapp.services.assignment import unassigned
from judgeapp.services.definition import require_round
from judgeapp.services.roster import contestants_of, excluded_pairs, seats_of
from judgeapp.store.results import DecisionRow
from judgeapp.store.uow import UnitOfWork

PLAIN_MEAN = Aggregate()


@dataclass(frozen=True)
class GroupTally:
    """The tally of a group; ``group`` is None where the round has one ranking for all.

    Attributes:
        marks: what it was computed from, as text.
        deductions: the penalties with the facts and rules behind them.
    """

    group: str | None
    result: Tally
    marks: tuple[Mark, ...]
    deductions: tuple[Deduction, ...]


def tally_groups(
    u: UnitOfWork, definition: Definition, held: Round, *, decided: bool = True
) -> list[GroupTally]:
    """Return the tallies of a round, group by group; without ``decided`` as if nobody had decided.

    Raises:
        JudgeError: ``results.no_finalists`` while the round before is not signed off;
            ``results.tie_breaker_judge`` if a tie-breaker names nobody of the panel.
    """
    judges = tuple(SheetJudge(judge.id, judge.role) for judge in u.judging.judges())
    _require_judges(held, {str(judge.id) for judge in judges})
    everybody = contestants_of(u, definition, held.id)
    parts = tuple(_part(u, held, part) for part in held.parts)
    events = _standing(u.judging.mark_events(held.id))
    sizes = {part.id: len(part.judges) for part in parts}
    lines = deductions(held, u.judging.facts(held.id), sizes)
    decisions = u.results.decisions(held.id) if decided else []
    tallies = []
    for group, members in _groups(held, everybody):
        others = {one.id for one in everybody} - {one.id for one in members}
        marks = tuple(
            Mark(event.judge, event.contestant, event.part, event.criterion, plain(event.points))
            for event in events
            if event.points is not None and event.contestant not in others
        )
        own = tuple(line for line in lines if line.contestant in {one.id for one in members})
        sheet = TallySheet(
            parts=parts,
            rules=_rules(held),
            contestants=_contestants(u, members),
            judges=judges,
            excluded=tuple(
                Excluded(pair.judge, pair.contestant, None, pair.reason)
                for pair in excluded_pairs(u, members)
            )
            + unassigned(u, held, members),
            penalties=tuple(_penalty(line) for line in own),
            decisions=_decisions(decisions, members),
        )
        tallies.append(GroupTally(group, tally(sheet, marks), marks, own))
    return tallies


def who_and_why(by: str, reason: str) -> tuple[str, str]:
    """Return who decided and why, without needless blanks.

    Raises:
        JudgeError: ``results.decide_no_reason`` if one of them is not said.
    """
    said_by, said = clean(by), clean(reason)
    if not said_by or not said:
        raise JudgeError("results.decide_no_reason")
    return said_by, said


def _require_judges(held: Round, known: Collection[str]) -> None:
    for written in held.tie_breakers:
        judge = name_step(written).judge
        if judge and judge not in known:
            raise JudgeError("results.tie_breaker_judge", place=held.id, round=held.vi, judge=judge)


def tallied_round(u: UnitOfWork, definition: Definition, round_id: str | None) -> Round:
    """Return the round that was named; without a name the latest one that has marks."""
    marked = [held for held in definition.rounds if u.judging.mark_events(held.id)]
    latest = marked[-1] if marked else definition.rounds[0]
    return require_round(definition, round_id, open_round=latest.id)


def _standing(events: Iterable[MarkEvent]) -> list[MarkEvent]:
    """Return the events that hold, in an order that does not depend on how they came in."""
    current = current_marks(events)
    return [current[key] for key in sorted(current)]


def _groups(held: Round, everybody: list[Contestant]) -> list[tuple[str | None, list[Contestant]]]:
    if held.cut is None or held.cut.scope != "group":
        return [(None, everybody)]
    names = sorted({one.group or "" for one in everybody})
    return [
        (name or None, [one for one in everybody if (one.group or "") == name]) for name in names
    ]


def _part(u: UnitOfWork, held: Round, part: Part) -> SheetPart:
    """Return a part with its judges; in an objective part the secretary's count is the score."""
    by_ranks = held.aggregate.method == "rank_sum"
    seats = seats_of(u, part)
    return SheetPart(
        id=part.id,
        weight=Fraction(part.weight),
        aggregate=PLAIN_MEAN if part.objective and not by_ranks else held.aggregate,
        judges=tuple(judge.id for one in seats for judge in one.judges),
        criteria=tuple(
            SheetCriterion(criterion.id, Fraction(criterion.max), Fraction(criterion.step))
            for criterion in part.criteria
        ),
        min_judges=1 if part.objective else held.min_judges,
        panels=tuple(
            SheetPanel(one.panel, Fraction(one.weight), tuple(judge.id for judge in one.judges))
            for one in seats
            if one.panel and part.shares
        ),
    )


def _rules(held: Round) -> SheetRules:
    return SheetRules(
        round_parts=held.round_parts,
        round_total=held.round_total,
        cut=held.cut.size if held.cut else None,
        cut_ties=held.cut.ties if held.cut else "report",
        tie_breakers=held.tie_breakers,
    )


def _contestants(u: UnitOfWork, members: Iterable[Contestant]) -> tuple[SheetContestant, ...]:
    units = {unit.id: unit.name for unit in u.people.units()}
    return tuple(
        SheetContestant(
            one.id, one.name, units.get(one.unit_id) if one.unit_id else None, one.withdrawn
        )
        for one in members
    )


def _penalty(line: Deduction) -> PenaltyLine:
    return PenaltyLine(line.contestant, line.part, line.points, line.reason)


def _decisions(rows: Sequence[DecisionRow], members: Iterable[Contestant]) -> tuple[Decision, ...]:
    """Return the decisions on these contestants, the newest first: it corrects an earlier one."""
    here = {one.id for one in members}
    found = []
    for row in reversed(rows):
        order = tuple(contestant for contestant in row.order if contestant in here)
        if order:
            found.append(Decision(order, row.by, row.reason))
    return tuple(found)
