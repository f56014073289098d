"""Rows of the files that contestants handed in."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class EntryRows(Rows):
    """Reads and writes the files that contestants handed in."""
