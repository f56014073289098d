"""The rules of a round in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from judgeapp.domain.contest import Part, PenaltyRule, Round
from judgeapp.domain.contest_facts import ContestFacts
from judgeapp.domain.numbers import decimals
from judgeapp.domain.round_names import names_of
from judgeapp.system.texts import Texts


def part_name(part: Part, texts: Texts) -> str:
    """Return what a part is called."""
    return part.en if texts.language == "en" else part.vi


def length(seconds: int, texts: Texts) -> str:
    """Return a length as people write it: whole minutes, else 0:06."""
    whole, rest = divmod(seconds, 60)
    return f"{whole}:{rest:02d}" if rest else texts("gui.contest.minutes", count=whole)


def limits(part: Part, texts: Texts) -> str:
    """Return how long a part may be."""
    said = []
    if part.min_s is not None and part.max_s is not None:
        said.append(
            texts(
                "gui.contest.limit.length",
                least=length(part.min_s, texts),
                most=length(part.max_s, texts),
            )
        )
    elif part.max_s is not None:
        said.append(texts("gui.contest.limit.most", most=length(part.max_s, texts)))
    if part.max_pages is not None:
        said.append(texts("gui.contest.limit.pages", count=part.max_pages))
    if part.max_slides is not None:
        said.append(texts("gui.contest.limit.slides", count=part.max_slides))
    return " · ".join(said) or "–"


def who_marks(part: Part, texts: Texts) -> str:
    """Return who marks a part."""
    if part.objective:
        return texts("gui.contest.who.secretary")
    if part.shares:
        shares = [
            texts("gui.contest.who.share", panel=one.panel, weight=one.weight)
            for one in part.shares
        ]
        return " + ".join(shares)
    if part.panel is not None:
        return texts("gui.contest.who.panel", panel=part.panel)
    return texts("gui.contest.who.all")


def rules(held: Round, texts: Texts) -> list[str]:
    """Return how points are worked out, a sentence each."""
    how = held.aggregate
    said = [
        texts(f"rules.method_sentence.{how.method}", low=how.drop_low, high=how.drop_high),
        texts("gui.contest.least", count=held.min_judges),
    ]
    if held.spread_warn is not None:
        said.append(texts("gui.contest.spread_warn", points=held.spread_warn))
    if held.spread_block is not None:
        said.append(texts("gui.contest.spread_block", points=held.spread_block))
    if how.over == "criterion":
        said.append(texts("gui.contest.over.criterion.sentence"))
    for name, step in (("round_parts", held.round_parts), ("round_total", held.round_total)):
        if step is not None:
            said.append(texts(f"gui.contest.{name}.sentence", step=step_words(step, texts)))
    return said


def step_words(step: str, texts: Texts) -> str:
    """Return a step of rounding with the decimals it is written with."""
    return texts.number(Decimal(step), decimals(step))


def penalty_line(rule: PenaltyRule, texts: Texts) -> str:
    """Return a penalty rule in a few words, with all its limits."""
    said = texts(
        f"gui.contest.takes.{rule.type}.{rule.unit}",
        limit=length(rule.limit_s or 0, texts),
        points=rule.per_unit,
    )
    more = []
    if rule.grace_s:
        more.append(texts("gui.contest.takes.grace", grace=length(rule.grace_s, texts)))
    if rule.cap is not None:
        more.append(texts("gui.contest.cap", points=rule.cap))
    if rule.void_over_s is not None:
        more.append(texts("gui.contest.takes.void", limit=length(rule.void_over_s, texts)))
    return f"{said} ({'; '.join(more)})" if more else said


def part_lines(part: Part, texts: Texts) -> str:
    """Return limits and who marks a part in a line, and its penalties in a line each."""
    limited = limits(part, texts)
    first = f"{limited} · {who_marks(part, texts)}" if limited != "–" else who_marks(part, texts)
    return "\n".join([first, *(penalty_line(rule, texts) for rule in part.penalties)])


def tie(held: Round, written: str, number: int, texts: Texts) -> str:
    """Return what is compared, with its number in the chain, or without one for 0."""
    step = names_of(held, texts.language).step(written)
    words = texts(
        f"results.step.{step.by}", part=step.part, criterion=step.criterion, judge=step.judge
    )
    return texts("gui.contest.tie", number=number, words=words) if number else words


def ties(held: Round, texts: Texts) -> list[str]:
    """Return what is compared when totals are equal, in order."""
    chain = enumerate(held.tie_breakers, start=1)
    return [tie(held, written, number, texts) for number, written in chain]


def day(value: date) -> str:
    """Return a day as offices write it."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def days(facts: ContestFacts, texts: Texts) -> str:
    """Return the days of a contest; empty if none is said."""
    if facts.first_day is None:
        return ""
    if facts.last_day is None:
        return day(facts.first_day)
    return texts("gui.contest.days", first=day(facts.first_day), last=day(facts.last_day))


def round_lines(held: Round, texts: Texts) -> list[str]:
    """Return a round in a few lines: parts with points, judges, who goes on, prizes."""
    parts = " + ".join(
        f"{part_name(part, texts)} {texts.number(part.max * part.weight)}" for part in held.parts
    )
    said = [
        texts("gui.contest.card.points", parts=parts, total=held.total),
        texts("gui.contest.card.judges", count=held.judges),
    ]
    if held.cut is not None:
        said.append(texts(f"gui.contest.go_on.{held.cut.scope}", count=held.cut.size))
    if held.prizes:
        prizes = ", ".join(f"{prize.count} {prize.vi}" for prize in held.prizes)
        said.append(texts("gui.contest.card.prizes", prizes=prizes))
    return said
