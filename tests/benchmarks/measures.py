"""What a benchmark gives: a value, what it was compared with in the same run, and its limit.

Each ``measure_<name>.py`` beside this file has ``measures(quick=False)``, which returns a list of
`Measure`; with ``quick`` it goes the same way with small sizes, for the test of the machinery.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One measured figure.

    Attributes:
        value: in ``unit``.
        reference: what it is compared with, measured in the same run; None if with nothing.
        limit: of ``ratio``, or of ``value`` if ``absolute``.
        at_least: the limit is a lower one.
    """

    name: str
    value: float
    unit: str
    limit: float
    reference: str | None = None
    reference_value: float | None = None
    absolute: bool = False
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """The value over the reference's, or None without a reference."""
        return self.value / self.reference_value if self.reference_value else None

    @property
    def met(self) -> bool:
        """Tell whether the limit is kept."""
        judged = self.value if self.absolute else self.ratio
        if judged is None:
            return False
        return judged >= self.limit if self.at_least else judged <= self.limit

    def as_json(self) -> dict[str, object]:
        """Return the measure as ``run.py --json`` writes it."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "reference": self.reference,
            "reference_value": self.reference_value,
            "ratio": self.ratio,
            "limit": self.limit,
            "met": self.met,
        }


def seconds(action: Callable[[], object]) -> float:
    """Run ``action`` once; return how long it took by the wall clock."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def median_seconds(action: Callable[[], object], *, times: int) -> float:
    """Run ``action`` several times; return the median of how long it took."""
    return statistics.median(seconds(action) for _ in range(times))


def medians_in_turn(
    one: Callable[[], object], other: Callable[[], object], *, times: int
) -> tuple[float, float]:
    """Run two actions in turn, so that a busy moment meets both; return the median of each."""
    pairs = [(seconds(one), seconds(other)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
