"""The clock: aware times in UTC. They are shown to people and never decide which mark counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine


def stamp(moment: datetime) -> str:
    """Write a time as ISO 8601 in UTC to the second, as it stands in files and in the store."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
