"""A long work that nobody watches, and one that a person stops."""

from __future__ import annotations

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.system.progress import Cancelled, Progress, no_progress


def work(progress: Progress) -> list[int]:
    done: list[int] = []
    for step in range(3):
        progress(step, 3, f"step {step}")
        done.append(step)
    return done


def test_nobody_watches() -> None:
    assert work(no_progress) == [0, 1, 2]


def test_a_person_stops_it() -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(JudgeError) as caught:
        work(stop)
    assert caught.value.code == "cancelled"
