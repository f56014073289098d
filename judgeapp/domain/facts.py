"""Facts of the secretary: measured lengths, lateness, and other points with a reason.

Words: a *fact* (số liệu của thư ký) belongs to one contestant in one part. It is never a mark; what
it costs follows from the contest's penalty rules (`judgeapp.domain.penalties`). Facts are only ever
added: a later one takes an earlier one's place, one without a value takes it back.
"""

from __future__ import annotations

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
        value: plain decimal text.
        reason: what the points are for, or how the length was measured.
    """

    round: RoundId
    part: PartId
    contestant: ContestantId
    what: FactKind
    value: str
    reason: str = ""

    @property
    def number(self) -> Fraction:
        """The value, exact."""
        return Fraction(self.value)
