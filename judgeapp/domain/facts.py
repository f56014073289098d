"""Facts of the secretary: measured lengths, lateness, and other points with a reason.

Words: a *fact* (số liệu của thư ký) belongs to one contestant in one part. It is never a mark; what
it costs follows from the contest's penalty rules (`judgeapp.domain.penalties`). Facts are only ever
added: a later one takes an earlier one's place, one without a value takes it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from judgeapp.domain.ids import ContestantId, PartId, RoundId

FactKind = Literal["seconds", "late_days", "points"]


@dataclass(frozen=True)
class Fact:
    """One thing that the secretary noted.

    Attributes:
        what: ``seconds`` (length), ``late_days`` (after the deadline), or ``points`` (taken off;
            below 0 for a bonus).
        value: plain decimal text, or None where the fact was taken back.
        reason: what the points are for, or how the length was measured.
    """

    round: RoundId
    part: PartId
    contestant: ContestantId
    what: FactKind
    value: str | None
    reason: str = ""

    @property
    def key(self) -> tuple[RoundId, PartId, ContestantId, FactKind, str]:
        """What is noted about whom; points for different reasons stand beside each other."""
        reason = self.reason if self.what == "points" else ""
        return self.round, self.part, self.contestant, self.what, reason

    @property
    def number(self) -> Fraction:
        """The value, exact.

        Raises:
            ValueError: if it was taken back.
        """
        if self.value is None:
            raise ValueError("this fact was taken back")
        return Fraction(self.value)


def current_facts(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that hold; ``facts`` come in the order in which they were noted."""
    current: dict[object, Fact] = {}
    for fact in facts:
        current[fact.key] = fact
    return [fact for fact in current.values() if fact.value is not None]
