"""How firm a place is, in three lines: one step of a mark, each judge left out, who comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from judgeapp.domain.firmness import Firmness, OneStep, Rival, WithoutJudge
from judgeapp.system.texts import Texts

Tone = Literal["ok", "warn"]
Write = Callable[[Fraction | None], str]


@dataclass(frozen=True)
class FirmLine:
    """One line; ``warn`` where the seat would change, or nothing lies between the two."""

    tone: Tone
    text: str


def firm_lines(firm: Firmness, write: Write, texts: Texts) -> list[FirmLine]:
    """Return the lines, at most three.

    Args:
        firm: what was worked out.
        write: how totals are written.
        texts: the catalogue.
    """
    lines = []
    if firm.one_step is not None:
        lines.append(_one_step(firm, firm.one_step, write, texts))
    if firm.without:
        lines.append(_without(firm, texts))
    if firm.rival is not None:
        lines.append(_rival(firm.rival, write, texts))
    return lines


def _one_step(firm: Firmness, step: OneStep, write: Write, texts: Texts) -> FirmLine:
    way = "up" if step.change > 0 else "down"
    flips = step.seat != firm.seat
    key = "no_rank" if step.rank is None else "one" if flips or step.rank != firm.rank else "any"
    text = texts(
        f"results.firm.{way}.{key}",
        judge=step.judge,
        step=abs(step.change),
        total=write(step.total),
        rank=step.rank,
    )
    return FirmLine("warn" if flips else "ok", text + _seat(step.seat if flips else None, texts))


def _seat(seat: str | None, texts: Texts) -> str:
    return "" if seat is None else f", {texts(f'results.firm.seat.{seat}')}"


def _without(firm: Firmness, texts: Texts) -> FirmLine:
    ranks = [item.rank for item in firm.without if item.rank is not None]
    flipping = [item for item in firm.without if item.seat != firm.seat]
    if not ranks:
        return FirmLine("warn", texts("results.firm.without.nothing"))
    low, high = min(ranks), max(ranks)
    text = texts(f"results.firm.without.{'same' if low == high else 'range'}", low=low, high=high)
    for seat in dict.fromkeys(item.seat for item in flipping):
        text += "; " + texts(
            "results.firm.without.flips",
            judges=_judges([item for item in flipping if item.seat == seat]),
            seat=texts(f"results.firm.seat.{seat}"),
        )
    return FirmLine("warn" if flipping else "ok", text)


def _judges(items: list[WithoutJudge]) -> str:
    return ", ".join(item.judge for item in items)


def _rival(rival: Rival, write: Write, texts: Texts) -> FirmLine:
    way = "ahead" if rival.ahead else "behind"
    if not rival.gap:
        return FirmLine("warn", texts(f"results.firm.{way}.equal", rank=rival.rank))
    text = texts(f"results.firm.{way}.gap", rank=rival.rank, gap=write(rival.gap))
    return FirmLine("ok", text)
