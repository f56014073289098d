"""How far a long work is, and whether it should stop."""

from __future__ import annotations

from typing import Protocol

from judgeapp.domain.errors import JudgeError


class Cancelled(JudgeError):
    """The person stopped the work; what is done so far is whole and stays."""

    def __init__(self) -> None:
        super().__init__("cancelled")


class Progress(Protocol):
    """Told about each step of a long work."""

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Take note that ``done`` of ``total`` steps are over, now at ``what``.

        Raises:
            Cancelled: if the person asked to stop; the caller lets it pass.
        """


def no_progress(done: int, total: int, what: str = "") -> None:
    """Take no note: for work that nobody watches."""
