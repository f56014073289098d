"""A tie on the line of a cut: what each rule says of those tied, and taking all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import definition_body
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.tally import tie_chain
from judgeapp.domain.tally_sheet import SheetContestant
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.results_round import GroupTally, tallied_round, tally_groups, who_and_why


@dataclass(frozen=True)
class RuleSays:
    """What a tie-breaker of the rules says of each of the tied; None if it cannot be asked.

    Attributes:
        by: the tie-breaker as the definition writes it.
    """

    by: str
    values: Mapping[ContestantId, Fraction] | None


@dataclass(frozen=True)
class LineTie:
    """A group that shares the last seats of a cut.

    Attributes:
        seats: how many of them can go on.
        may_take_all: the rules can be widened so that all go on.
        judges: names by id.
    """

    held: Round
    group: str | None
    contestants: tuple[SheetContestant, ...]
    total: Fraction
    seats: int
    rules: tuple[RuleSays, ...]
    may_take_all: bool
    judges: Mapping[str, str]

    @property
    def widened(self) -> int:
        """How many would go on if all who are tied did."""
        size = self.held.cut.size if self.held.cut else 0
        return size - self.seats + len(self.contestants)


def line_tie(app: Context, *, round_id: str | None = None) -> LineTie | None:
    """Return the first tie on the line of a round's cut that nobody has decided yet, or None.

    Raises:
        JudgeError: ``contest.unknown_round``, ``results.no_finalists``.
    """
    with app.read() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        judges = {str(judge.id): judge.name for judge in u.judging.judges()}
        for group in tally_groups(u, definition, held):
            if group.result.cut.undecided:
                return tie_of(held, group, judges)
    return None


def tie_of(held: Round, group: GroupTally, judges: Mapping[str, str]) -> LineTie:
    """Return the tie on the line of a group that has one."""
    result = group.result
    cut = result.cut
    tied = [item for item in result.ranking if item.contestant in cut.undecided]
    rows = [item.row for item in tied if item.row is not None]
    people = {item.id: item for item in result.sheet.contestants}
    return LineTie(
        held,
        group.group,
        tuple(people[item.contestant] for item in tied),
        tied[0].total or Fraction(0),
        (cut.size or 0) - len(cut.taken),
        tuple(RuleSays(by, values) for by, values in tie_chain(result).compared(rows)),
        held.cut is not None and held.cut.scope == "overall",
        judges,
    )


def take_all(app: Context, *, round_id: str, by: str, reason: str) -> Outcome[int]:
    """Let all who share the last seat go on: the rules get so many seats; return how many.

    The rules become a new version with the reason; packs stay valid, their rubrics are the same.

    Raises:
        JudgeError: ``results.decide_no_reason``; ``results.no_tie_on_line`` if nobody is tied
            there, or the cut is by groups.
    """
    said_by, said = who_and_why(by, reason)
    with app.write() as u:
        definition = read_definition(u)
        held = tallied_round(u, definition, round_id)
        cut = tally_groups(u, definition, held)[0].result.cut
        if not cut.undecided or held.cut is None or held.cut.scope != "overall":
            raise JudgeError("results.no_tie_on_line", place=held.id, round=held.vi)
        size = len(cut.taken) + len(cut.undecided)
        wider = _with_seats(definition, held, size)
        version = u.contest.add_definition(definition_body(wider), reason=f"{said_by}: {said}")
        u.log("results.took_all", round=held.id, seats=size, version=version)
        u.commit()
    return changed(size, [Kind.CONTEST, Kind.RESULTS])


def _with_seats(definition: Definition, held: Round, size: int) -> Definition:
    if held.cut is None:
        return definition
    wider = replace(held, cut=replace(held.cut, size=size))
    rounds = tuple(wider if item.id == held.id else item for item in definition.rounds)
    return replace(definition, rounds=rounds)
