"""Calls of the feature `contest`."""

from __future__ import annotations

from judgeapp.cli.calls import Calls


def add_calls(calls: Calls) -> None:
    """Add this feature's calls."""
