"""The tally as the JSON object that the command line promises (cli.md, "The answer")."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from judgeapp.domain.explain import Term
from judgeapp.domain.grid import PartGrid, Problem
from judgeapp.domain.numbers import decimals, exact, fixed, shortest
from judgeapp.domain.round_names import RoundNames
from judgeapp.domain.scores import PartScore
from judgeapp.domain.tally import Standing, Tally
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.firmness import Firmness, Otherwise
    from judgeapp.services.results import Explained, RoundTally

PRINTED_DECIMALS = 2
ONLY_IDS = RoundNames()


def tally_answer(result: Tally, texts: Texts) -> dict[str, object]:
    """Return ranking, cut and problems as plain data; points and ids are text."""
    rules = result.sheet.rules
    columns = [_part_column(part, rules.round_parts) for part in result.grid.parts]
    total_text = printed(rules.round_total)
    return {
        "ranking": [
            {
                "contestant": standing.contestant,
                "rank": standing.rank,
                "total": None if standing.total is None else total_text(standing.total),
                "exact": None if standing.exact is None else exact(standing.exact),
                "parts": {
                    part.id: column(standing, score)
                    for part, column, score in zip(
                        result.sheet.parts, columns, standing.parts, strict=True
                    )
                },
                "tied_with": standing.tied_with,
                "decided_by": standing.decided_by,
            }
            for standing in result.ranking
        ],
        "cut": {
            "size": result.cut.size,
            "in": list(result.cut.taken),
            "undecided": list(result.cut.undecided),
        },
        "problems": [problem_answer(problem, texts) for problem in result.problems],
    }


def printed(step: str | None) -> Callable[[Fraction], str]:
    """Return how a number is printed that is rounded to ``step``, or not at all."""
    places = PRINTED_DECIMALS if step is None else decimals(step)
    return lambda value: fixed(value, places)


def _part_column(
    part: PartGrid, step: str | None
) -> Callable[[Standing, PartScore], dict[str, object]]:
    """Return what writes a contestant's score in a part; sheets repeat, so their text is kept."""
    score_text = printed(step)
    known: dict[int, str] = {}

    def sheet_text(units: int) -> str:
        text = known.get(units)
        if text is None:
            text = known[units] = shortest(Fraction(units, part.scale))
        return text

    def column(standing: Standing, score: PartScore) -> dict[str, object]:
        sheets = [] if standing.row is None else part.sheets_of(standing.row)
        return {
            "score": None if score.score is None else score_text(score.score),
            "exact": None if score.exact is None else exact(score.exact),
            "penalty": shortest(score.penalty),
            "sheets": {
                judge: sheet_text(units)
                for judge, units in zip(part.part.judges, sheets, strict=False)
                if units is not None
            },
        }

    return column


def problem_answer(problem: Problem, texts: Texts) -> dict[str, object]:
    """Return a problem as plain data with its sentence."""
    return {
        "code": problem.code,
        "message": problem_text(problem, texts),
        "judge": problem.judge,
        "contestant": problem.contestant,
        "part": problem.part,
        "criterion": problem.criterion,
    }


def problem_text(problem: Problem, texts: Texts, names: RoundNames = ONLY_IDS) -> str:
    """Return the sentence that says what is wrong and what to do."""
    part, criterion = problem.part or "?", problem.criterion or "?"
    return texts(
        f"results.problem.{problem.code}",
        judge=problem.judge or "?",
        contestant=problem.contestant or "?",
        part=names.part(part),
        criterion=names.criterion(part, criterion),
    )


def round_answer(found: RoundTally, texts: Texts) -> dict[str, object]:
    """Return the tallies of a round: as for a sheet if there is one, else all of them together."""
    groups = [{"group": group.group, **tally_answer(group.result, texts)} for group in found.groups]
    answer: dict[str, object] = {
        "round": found.held.id,
        "stage": found.stage,
        "signed_off": None if found.sign_off is None else found.sign_off.body["contestants"],
        "difference": None
        if found.difference is None
        else {"joined": list(found.difference.joined), "left": list(found.difference.left)},
    }
    if len(groups) == 1:
        return answer | groups[0]
    cuts = [group.result.cut for group in found.groups]
    return answer | {
        "group": None,
        "ranking": [
            {"group": group.group, **row}
            for group in found.groups
            for row in _rows(tally_answer(group.result, texts))
        ],
        "cut": {
            "size": found.held.cut.size if found.held.cut else None,
            "in": [contestant for cut in cuts for contestant in cut.taken],
            "undecided": [contestant for cut in cuts for contestant in cut.undecided],
        },
        "problems": [
            problem_answer(problem, texts)
            for group in found.groups
            for problem in group.result.problems
        ],
        "groups": groups,
    }


def _rows(answer: dict[str, object]) -> list[dict[str, object]]:
    rows = answer["ranking"]
    return rows if isinstance(rows, list) else []


def explained_answer(found: Explained, firm: Firmness | None) -> dict[str, object]:
    """Return why a contestant stands there: the standing, tie steps, and the tree of the total."""
    standing, rules = found.explanation.standing, found.group.result.sheet.rules
    missing = found.explanation.missing
    return {
        "round": found.held.id,
        "group": found.group.group,
        "contestant": standing.contestant,
        "rank": standing.rank,
        "total": None if standing.total is None else printed(rules.round_total)(standing.total),
        "exact": None if standing.exact is None else exact(standing.exact),
        "tied_with": standing.tied_with,
        "decided_by": standing.decided_by,
        "missing": None if missing is None else exact(missing),
        "tie_steps": [
            {
                "by": step.by,
                "values": {key: exact(value) for key, value in step.values.items()},
                "order": [list(piece) for piece in step.pieces],
            }
            for step in found.explanation.tie_steps
        ],
        "penalties": [
            {
                "part": line.part,
                "type": line.type,
                "points": shortest(line.points),
                "fact": line.fact.value,
                "void": line.void,
                "reason": line.fact.reason,
            }
            for line in found.group.deductions
            if line.contestant == standing.contestant
        ],
        "firm": None if firm is None else _firm_answer(firm),
        "tree": _term_answer(found.explanation.total),
    }


def _firm_answer(firm: Firmness) -> dict[str, object]:
    step, rival = firm.one_step, firm.rival
    return {
        "seat": firm.seat,
        "one_step": None
        if step is None
        else {
            **_otherwise(step),
            "judge": step.judge,
            "part": step.part,
            "criterion": step.criterion,
            "change": exact(step.change),
        },
        "without": [{"judge": item.judge, **_otherwise(item)} for item in firm.without],
        "rival": None
        if rival is None
        else {
            "contestant": rival.contestant,
            "rank": rival.rank,
            "gap": exact(rival.gap),
            "ahead": rival.ahead,
        },
    }


def _otherwise(there: Otherwise) -> dict[str, object]:
    return {
        "total": None if there.total is None else exact(there.total),
        "rank": there.rank,
        "seat": there.seat,
    }


def _term_answer(term: Term) -> dict[str, object]:
    return {
        "label": term.label,
        "formula": term.formula,
        "value": None if term.value is None else exact(term.value),
        "dropped": term.dropped,
        **term.names,
        "terms": [_term_answer(part) for part in term.terms],
    }
