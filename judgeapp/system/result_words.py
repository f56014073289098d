"""Numbers, rules and steps of results in words, as the window, the terminal and papers say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.explain import Term, part_chain, part_terms
from judgeapp.domain.numbers import decimals, fixed, shortest
from judgeapp.domain.penalties import Deduction
from judgeapp.domain.round_names import RoundNames
from judgeapp.system.texts import Texts

PLACES, MOST_PLACES = 2, 8
MINUS = "\N{MINUS SIGN}"
_JOINS = {"sum": " + ", "product": " × ", "less": f" {MINUS} "}
Write = Callable[[Fraction], str]


def totals_text(
    values: Sequence[Fraction | None], step: str | None, texts: Texts
) -> Callable[[Fraction | None], str]:
    """Return how to write totals so that two that differ never look alike."""
    places = PLACES if step is None else decimals(step)
    known = {value for value in values if value is not None}
    if step is None:
        while places < MOST_PLACES and _alike(known, places):
            places += 1
    return lambda value: "–" if value is None else texts.number(value, places)


def _alike(known: set[Fraction], places: int) -> bool:
    counted = Counter(fixed(value, places) for value in known)
    return any(count > 1 for count in counted.values())


def signed_text(value: Fraction, texts: Texts, places: int = PLACES) -> str:
    """Write a difference with its sign."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + texts.number(abs(value), places)


def exact_text(value: Fraction, texts: Texts) -> str:
    """Write a number exactly where its decimals end, else to two decimals."""
    if "/" in shortest(value):
        return texts.number(value, PLACES)
    return texts.number(value)


def step_text(names: RoundNames, written: str, texts: Texts) -> str:
    """Return in words what a tie-breaker compares."""
    step = names.step(written)
    return texts(
        f"results.step.{step.by}", part=step.part, criterion=step.criterion, judge=step.judge
    )


def reason_text(line: Deduction, texts: Texts) -> str:
    """Return in words what a penalty is for: the secretary's reason, or what the rule measured."""
    if line.type == "points":
        return line.fact.reason
    kind = "void" if line.void else line.type
    words = texts(f"results.reason.{kind}", value=line.fact.value, units=line.units)
    return f"{words}; {line.fact.reason}" if line.fact.reason else words


def reasons_text(lines: Sequence[Deduction], contestant: str, texts: Texts) -> dict[str, str]:
    """Return a contestant's penalties in words, by the reason that a tally sheet has for them."""
    return {
        line.reason: reason_text(line, texts) for line in lines if line.contestant == contestant
    }


def figures_of(term: Term, write: Write, texts: Texts) -> str:
    """Return how a term follows from those below it, in figures; "" where there is nothing to say.

    Args:
        term: with the terms it is made of; dropped ones are left out.
        write: how a number is written.
        texts: the catalogue.
    """
    values = [
        write(below.value) for below in term.terms if below.value is not None and not below.dropped
    ]
    if term.formula in ("given", "none") or len(values) < 2:
        return ""
    if term.formula == "mean":
        return f"({' + '.join(values)}) : {len(values)}"
    if term.formula in ("median", "rounded", "rank"):
        return texts(
            f"results.formula.{term.formula}",
            values="; ".join(values),
            first=values[0],
            second=values[1],
            last=values[-1],
        )
    return _JOINS[term.formula].join(values)


def title_of(term: Term, part: str, names: RoundNames, reason: str, texts: Texts) -> str:
    """Return what a term is called; ``part`` is the one it belongs to, unless it names its own."""
    own = term.names.get("part", part)
    return texts(
        f"results.term.{term.label}",
        part=names.part(own),
        criterion=names.criterion(own, term.names.get("criterion", "")),
        judge=names.judge(term.names.get("judge", "")),
        panel=term.names.get("panel", ""),
        reason=reason,
    )


@dataclass(frozen=True)
class WhyStep:
    """One step of the way to a total: what it is, the figures, and what comes out."""

    title: str
    figures: str
    value: str


def why_steps(
    total: Term, names: RoundNames, reasons: Mapping[str, str], texts: Texts
) -> list[WhyStep]:
    """Return the steps from the judges' sums to the total, in order.

    Args:
        total: the tree of the total.
        names: of parts, criteria and judges.
        reasons: penalties in words, as `reasons_text` returns them.
        texts: the catalogue.
    """
    return _Steps(names, reasons, texts).all(total)


def _panel_steps(part: Term) -> Iterator[Term]:
    inner = part_chain(part)[0]
    if inner.label == "part_by_panels":
        for weighted in inner.terms:
            yield weighted.terms[1]
            yield weighted


class _Steps:
    def __init__(self, names: RoundNames, reasons: Mapping[str, str], texts: Texts) -> None:
        self._names, self._reasons, self._texts = names, reasons, texts

    def all(self, total: Term) -> list[WhyStep]:
        found = [
            step for part in part_terms(total)
            for term in (*_panel_steps(part), *part_chain(part))
            for step in self._of(term, part.names.get("part", ""))
        ]  # fmt: skip
        counting = [part for part in part_terms(total) if part.value is not None]
        sums = total.terms[0] if total.label == "total_rounded" else total
        if len(counting) > 1 and sums.value is not None:
            found.append(self._step(sums, ""))
        if total.label == "total_rounded":
            found.append(self._step(total, ""))
        return found

    def _of(self, term: Term, part: str) -> Iterator[WhyStep]:
        if term.formula == "less":
            for line in term.terms[1:]:
                yield self._penalty(line)
        yield self._step(term, part)

    def _penalty(self, line: Term) -> WhyStep:
        points = line.value or Fraction(0)
        sign = MINUS if points >= 0 else "+"
        title = self._texts(f"results.{'penalty' if points >= 0 else 'bonus'}")
        value = f"{sign}{exact_text(abs(points), self._texts)}"
        return WhyStep(title, self._reason(line), value)

    def _reason(self, line: Term) -> str:
        reason = line.names.get("reason", "")
        return self._reasons.get(reason, reason)

    def _step(self, term: Term, part: str) -> WhyStep:
        title = title_of(term, part, self._names, self._reason(term), self._texts)
        value = "–" if term.value is None else exact_text(term.value, self._texts)
        figures = figures_of(term, lambda number: exact_text(number, self._texts), self._texts)
        return WhyStep(title, figures, value)
