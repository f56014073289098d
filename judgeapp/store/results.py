"""Rows of decisions and sign-offs."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class ResultRows(Rows):
    """Reads and writes decisions and sign-offs."""
