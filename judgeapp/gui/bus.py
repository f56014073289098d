"""The only signal of the whole application: which kinds of data a service changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Pages listen and reload what they show.

    Attributes:
        changed: a frozenset of `judgeapp.services.context.Kind`.
    """

    changed = Signal(object)
