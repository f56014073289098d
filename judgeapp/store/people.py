"""Rows of contestants, organisations and imports."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class PeopleRows(Rows):
    """Reads and writes contestants, organisations and imports."""
