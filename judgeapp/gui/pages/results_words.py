"""Numbers, rules and open items of results in words, as the pages of results show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from judgeapp.domain.numbers import decimals, fixed, shortest
from judgeapp.domain.round_names import RoundNames
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.closing import OpenItem
    from judgeapp.domain.penalties import Deduction
    from judgeapp.services.closing import ClosingState

PLACES, MOST_PLACES = 2, 8
MINUS = "\N{MINUS SIGN}"


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


def open_lines(state: ClosingState, texts: Texts) -> list[str]:
    """Return what keeps a round open: whole missing sheets of a judge in one line."""
    lines: list[str] = []
    missing: dict[tuple[str, str], list[str]] = {}
    for item in state.items:
        if item.kind == "missing_sheet":
            subject = (item.judge or "", item.part or "")
            missing.setdefault(subject, []).append(item.contestant or "")
        else:
            lines.append(open_line(item, state, texts))
    for (judge, part), contestants in missing.items():
        lines.append(
            texts(
                "judging.open.missing_sheets",
                judge=judge_text(judge, state),
                part=_part(part, state, texts),
                count=len(contestants),
                contestants=", ".join(contestants),
            )
        )
    return lines


def judge_text(judge: str, state: ClosingState) -> str:
    """Return id and name of a judge."""
    name = {str(key): value for key, value in state.names.items()}.get(judge)
    return f"{judge} {name}" if name else judge


def open_line(item: OpenItem, state: ClosingState, texts: Texts) -> str:
    """Return one thing that keeps a round open, by name; without a word of the command line."""
    own = {"file", "too_few_judges"}
    prefix = "gui.results.open" if item.kind in own else "judging.open"
    return texts(
        f"{prefix}.{item.kind}",
        judge=judge_text(item.judge or "", state),
        contestant=item.contestant or "",
        part=_part(item.part or "", state, texts),
        criteria=", ".join(_criteria(item, state, texts)),
        count=len(item.criteria),
        file=item.file or "",
        verdict=texts(f"packs.verdict_name.{item.verdict}") if item.verdict else "",
        judges=item.judges,
        needed=item.needed,
        lowest="" if item.lowest is None else texts.number(item.lowest),
        highest="" if item.highest is None else texts.number(item.highest),
    )


def _part(part_id: str, state: ClosingState, texts: Texts) -> str:
    part = next((part for part in state.round.parts if part.id == part_id), None)
    if part is None:
        return part_id
    return part.en if texts.language == "en" else part.vi


def _criteria(item: OpenItem, state: ClosingState, texts: Texts) -> list[str]:
    names = {
        (part.id, criterion.id): criterion.en if texts.language == "en" else criterion.vi
        for part in state.round.parts
        for criterion in part.criteria
    }
    return [names[item.part, name] for name in item.criteria if item.part is not None]
