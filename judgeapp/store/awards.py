"""Rows of certificates that were made."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class AwardRows(Rows):
    """Reads and writes certificates that were made."""
