"""Rows of judges, conflicts, facts, mark events and stages."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class JudgingRows(Rows):
    """Reads and writes judges, conflicts, facts, mark events and stages."""
