"""The rules of a round in words."""

from __future__ import annotations

from judgeapp.domain.contest import Part, PenaltyRule, Round
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
    return said


def penalty(part: Part, rule: PenaltyRule, texts: Texts) -> str:
    """Return when a penalty rule takes points, without how many."""
    return texts(
        f"gui.contest.penalty.{rule.type}.{rule.unit}",
        part=part_name(part, texts),
        limit=length(rule.limit_s or 0, texts),
    )


def ties(held: Round, texts: Texts) -> list[str]:
    """Return what is compared when totals are equal, in order."""
    names = names_of(held, texts.language)
    said = []
    for number, written in enumerate(held.tie_breakers, start=1):
        step = names.step(written)
        words = texts(
            f"results.step.{step.by}", part=step.part, criterion=step.criterion, judge=step.judge
        )
        said.append(texts("gui.contest.tie", number=number, words=words))
    return said
