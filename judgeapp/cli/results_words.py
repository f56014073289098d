"""Tally and explanation in words and figures, as a person reads them on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from judgeapp.cli.output import Console
from judgeapp.cli.results_answer import PRINTED_DECIMALS, problem_text
from judgeapp.cli.results_tree import say_tree
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.numbers import decimals, fixed
from judgeapp.domain.round_names import RoundNames, names_of
from judgeapp.domain.tally import Standing, Tally
from judgeapp.domain.ties import DECISION, TieStep
from judgeapp.system.clock import shown_moment
from judgeapp.system.firm_words import firm_lines
from judgeapp.system.result_words import reasons_text, step_text, totals_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.domain.firmness import Firmness
    from judgeapp.services.results import Explained, RoundTally

MOST_PROBLEMS = 20
MOST_DECIMALS = 8


def say_round(found: RoundTally, console: Console) -> None:
    """Print the tallies of a round, what was signed off, and how the marks of today differ."""
    console.say(f"results.round.{found.stage}", round=found.held.vi)
    for group in found.groups:
        if group.group is not None:
            console.line()
            console.say("results.group", group=group.group)
        say_tally(group.result, console, found.held)
    if found.sign_off is not None:
        console.say(
            "results.signed_off",
            contestants=", ".join(found.sign_off.body["contestants"]),
            at=shown_moment(found.sign_off.at),
        )
    if found.difference is not None:
        console.say(
            "results.difference",
            joined=", ".join(found.difference.joined) or "–",
            left=", ".join(found.difference.left) or "–",
        )


def say_tally(result: Tally, console: Console, held: Round | None = None) -> None:
    """Print ranking, cut and problems; names of parts come from the round, else their ids do."""
    names = names_of(held, console.texts.language)
    _say_ranking(result, console, names)
    _say_cut(result, console)
    _say_problems(result, console, names)


def _say_ranking(result: Tally, console: Console, names: RoundNames) -> None:
    texts, rules = console.texts, result.sheet.rules
    heads = [texts(f"results.column.{name}") for name in ("rank", "contestant", "name", "unit")]
    heads += [texts("results.column.total")]
    heads += [names.part(part.id) for part in result.sheet.parts]
    people = {item.id: item for item in result.sheet.contestants}
    total_text = telling([item.total for item in result.ranking], rules.round_total, texts)
    rows = []
    for standing in result.ranking:
        person = people[standing.contestant]
        row = [
            "–" if standing.rank is None else str(standing.rank),
            standing.contestant,
            person.name or "",
            person.unit or "",
            total_text(standing.total),
        ]
        row += [_number(score.score, rules.round_parts, texts) for score in standing.parts]
        rows.append([*row, _note(result, standing, names, texts)])
    console.table([*heads, texts("results.column.remark")], rows)


def _number(value: Fraction | None, step: str | None, texts: Texts) -> str:
    places = PRINTED_DECIMALS if step is None else decimals(step)
    return "–" if value is None else texts.number(value, places)


def telling(
    values: Sequence[Fraction | None], step: str | None, texts: Texts
) -> Callable[[Fraction | None], str]:
    """Return how to print totals so that two that differ never look alike."""
    if step is not None:
        return lambda value: _number(value, step, texts)
    known = {value for value in values if value is not None}
    alike = Counter(fixed(value, PRINTED_DECIMALS) for value in known)

    def text(value: Fraction | None) -> str:
        if value is None:
            return "–"
        places = PRINTED_DECIMALS
        if alike[fixed(value, places)] > 1:
            rivals = [one for one in known if fixed(one, places) == fixed(value, places)]
            while len({fixed(one, places) for one in rivals}) < len(rivals):
                if places == MOST_DECIMALS:
                    break
                places += 1
        return texts.number(value, places)

    return text


def _note(result: Tally, standing: Standing, names: RoundNames, texts: Texts) -> str:
    notes = []
    if standing.contestant in result.cut.undecided:
        notes.append(texts("results.cell.on_the_line"))
    elif standing.contestant in result.cut.taken:
        notes.append(texts("results.cell.in"))
    if standing.row is None:
        notes.append(texts("results.cell.withdrawn"))
    elif standing.rank is None:
        notes.append(texts("results.cell.no_total"))
    if standing.tied_with:
        notes.append(texts("results.cell.tied_with", contestants=_listed(standing.tied_with)))
    if standing.decided_by is not None:
        notes.append(
            texts("results.cell.decided_by", step=step_text(names, standing.decided_by, texts))
        )
    return "; ".join(notes)


def _listed(ids: Sequence[str], most: int = 6) -> str:
    """Return ids with commas between; of many only the first, and a sign that there are more."""
    return ", ".join(ids[:most]) + (", …" if len(ids) > most else "")


def _say_cut(result: Tally, console: Console) -> None:
    cut = result.cut
    if cut.size is None:
        return
    console.line()
    console.say(
        "results.cut.in",
        size=cut.size,
        count=len(cut.taken),
        contestants=", ".join(cut.taken) or "–",
    )
    if cut.undecided:
        console.say(
            "results.cut.undecided",
            contestants=", ".join(cut.undecided),
            count=len(cut.undecided),
            seats=cut.size - len(cut.taken),
        )


def _say_problems(result: Tally, console: Console, names: RoundNames) -> None:
    if not result.problems:
        return
    console.line()
    console.say("results.problems", count=len(result.problems))
    for problem in result.problems[:MOST_PROBLEMS]:
        console.line(f"  {problem_text(problem, console.texts, names)}")
    if len(result.problems) > MOST_PROBLEMS:
        console.say("results.problems.more", count=len(result.problems) - MOST_PROBLEMS)


def say_explained(found: Explained, firm: Firmness | None, console: Console) -> None:
    """Print why a contestant stands there: place, ties, how firm it is, and the calculation."""
    texts, explanation = console.texts, found.explanation
    standing = explanation.standing
    names = names_of(found.held, texts.language, found.judges)
    person = next(
        item for item in found.group.result.sheet.contestants if item.id == standing.contestant
    )
    console.line(f"{person.id}  {person.name or ''}  {person.unit or ''}".rstrip())
    console.say(_place_key(standing), rank=standing.rank, round=found.held.vi)
    if standing.tied_with:
        console.say("results.explain.tied", contestants=", ".join(standing.tied_with))
    for step in explanation.tie_steps:
        _say_step(step, names, console)
    if any(step.by == DECISION for step in explanation.tie_steps):
        for decision in found.group.result.sheet.decisions:
            console.say(
                "results.explain.decision",
                by=decision.by,
                order=", ".join(decision.order),
                reason=decision.reason or "–",
            )
    if explanation.missing:
        console.say("results.explain.missing", points=explanation.missing)
    if firm is not None:
        result = found.group.result
        write = totals_text(
            [i.total for i in result.ranking], result.sheet.rules.round_total, texts
        )
        for line in firm_lines(firm, write, texts):
            console.line(line.text)
    console.line()
    reasons = reasons_text(found.group.deductions, standing.contestant, texts)
    say_tree(explanation.total, found.group.result.sheet, names, reasons, console)


def _say_step(step: TieStep, names: RoundNames, console: Console) -> None:
    order = " > ".join(" = ".join(piece) for piece in step.pieces)
    words = step_text(names, step.by, console.texts)
    if step.by == DECISION:
        console.say("results.explain.step_decision", step=words, order=order)
        return
    values = "; ".join(
        f"{contestant} {console.texts.number(value)}"
        for contestant, value in _best_first(step.values)
    )
    console.say("results.explain.step", step=words, values=values, order=order)


def _place_key(standing: Standing) -> str:
    if standing.row is None:
        return "results.explain.withdrawn"
    return "results.explain.no_rank" if standing.rank is None else "results.explain.rank"


def _best_first(values: Mapping[ContestantId, Fraction]) -> list[tuple[str, Fraction]]:
    return sorted(values.items(), key=lambda item: (-item[1], item[0]))
