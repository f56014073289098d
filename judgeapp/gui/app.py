"""Opens the window."""

from __future__ import annotations


def open_window() -> int:
    """Open the start page; return the exit code when it is closed."""
    return 0
