"""Is a page still there when the answer to its question comes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject


def alive(thing: QObject) -> Callable[[], bool]:
    """Return what tells whether Qt still holds ``thing``; to be asked before it is used again."""
    there = [thing.objectName()]
    thing.destroyed.connect(lambda: there.clear())
    return lambda: bool(there)
