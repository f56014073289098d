"""Times are stored in UTC, shown and typed as local days."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.system.clock import day_begins, shown_moment, stamp, utc_now
from tests.refused import refused


@pytest.fixture
def in_vietnam(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock shows Vietnamese time."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system keeps one time zone")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "ICT-7")
        time.tzset()
        yield
    time.tzset()


def test_now_is_aware_and_in_utc() -> None:
    assert utc_now().utcoffset() == timedelta(0)
    assert abs(utc_now() - datetime.now(UTC)) < timedelta(seconds=5)


SECONDS = st.integers(631_152_000, 4_102_444_800)  # 1990 to 2100


@given(SECONDS, st.integers(-12 * 60, 14 * 60))
def test_a_stored_time_is_the_same_moment(seconds: int, minutes: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    stored = stamp(moment)
    assert datetime.fromisoformat(stored) == moment
    assert stored.endswith("+00:00")


@given(st.lists(SECONDS, max_size=5))
def test_stored_times_sort_as_texts(seconds: list[int]) -> None:
    moments = [datetime.fromtimestamp(second, UTC) for second in seconds]
    assert sorted(map(stamp, moments)) == [stamp(moment) for moment in sorted(moments)]


@pytest.mark.usefixtures("in_vietnam")
def test_people_see_their_own_time() -> None:
    assert shown_moment("2026-11-25T20:04:59+00:00") == "26/11/2026 03:04"


@pytest.mark.usefixtures("in_vietnam")
@pytest.mark.parametrize("day", ["2026-11-26", "26/11/2026"])
def test_a_day_begins_at_local_midnight(day: str) -> None:
    assert day_begins(day) == "2026-11-25T17:00:00+00:00"


@pytest.mark.parametrize(
    "day", ["", "hôm qua", "31/02/2026", "11/26/2026", "2026-13-01", "26-11-2026", "٢٦/١١/٢٠٢٦x"]
)
def test_what_is_no_day(day: str) -> None:
    with refused("clock.no_day") as caught:
        day_begins(day)
    assert caught.value.place == day
