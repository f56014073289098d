"""How a performance on stage stands against the time that its part allows, second by second.

Words: a stage time is in whole seconds, cut off. It is *short* while the least length is not
reached, *within* from then on, *over* past the longest one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from judgeapp.domain.contest import Part


@dataclass(frozen=True)
class StageTime:
    """How a time stands.

    Attributes:
        seconds: to the next bound: missing to the least length, left to the longest, or past it;
            None where there is no bound ahead.
    """

    state: Literal["short", "within", "over"]
    seconds: int | None


def stage_time(elapsed: int, part: Part) -> StageTime:
    """Return how a time stands against the part's bounds.

    >>> from decimal import Decimal
    >>> part = Part("talk", "", "", Decimal(1), (), min_s=420, max_s=600)
    >>> [stage_time(s, part).state for s in (419, 420, 600, 601)]
    ['short', 'within', 'within', 'over']
    >>> stage_time(612, part).seconds, stage_time(500, part).seconds
    (12, 100)
    """
    if part.max_s is not None and elapsed > part.max_s:
        return StageTime("over", elapsed - part.max_s)
    if part.min_s is not None and elapsed < part.min_s:
        return StageTime("short", part.min_s - elapsed)
    return StageTime("within", None if part.max_s is None else part.max_s - elapsed)


def is_timed(part: Part) -> bool:
    """Whether the rules ask how long a part took."""
    ruled = {rule.type for rule in part.penalties} & {"over", "under"}
    return bool(ruled) or part.min_s is not None or part.max_s is not None
