"""Rows of packs, received score files and exports."""

from __future__ import annotations

from judgeapp.store.rows import Rows


class PackRows(Rows):
    """Reads and writes packs, received score files and exports."""
