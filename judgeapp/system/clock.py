"""The clock: aware times in UTC. They are shown to people and never decide which mark counts.

People see and type local days (25/11/2026); what is stored and compared is UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from judgeapp.domain.errors import BadInput

_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine


def stamp(moment: datetime) -> str:
    """Write a time as ISO 8601 in UTC to the second, as it stands in files and in the store."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def shown_moment(stored: str) -> str:
    """Write a stored time for people: local, ``25/11/2026 15:04``."""
    return datetime.fromisoformat(stored).astimezone().strftime("%d/%m/%Y %H:%M")


def shown_time(stored: str) -> str:
    """Write a stored time's time of day for people: local, ``15:04:09``."""
    return datetime.fromisoformat(stored).astimezone().strftime("%H:%M:%S")


def day_begins(day: str) -> str:
    """Return when a local day begins, as it is stored; ``25/11/2026`` or ``2026-11-25``.

    Raises:
        BadInput: ``clock.no_day``.
    """
    for form in _DAYS:
        try:
            midnight = datetime.strptime(day, form).astimezone()
        except (ValueError, OverflowError, OSError):
            continue
        return stamp(midnight)
    raise BadInput("clock.no_day", place=day)


def day_ends(day: str) -> str:
    """Return when the local day after ``day`` begins, as it is stored; raises as `day_begins`."""
    begins = datetime.fromisoformat(day_begins(day)).astimezone()
    return stamp((begins + timedelta(hours=36)).replace(hour=0, minute=0, second=0))
