"""Collects Python's garbage on the window's thread only.

A collection that starts in a worker thread may delete the widgets of a window there, and Qt then
crashes. So the automatic collection is off while the window is open, and a timer of the window's
thread does it, generation by generation, at Python's own thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


class Garbage(QObject):
    """Takes the collection over for as long as it lives; made on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what is loaded by now stays; later collections need not look at it
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Collect the oldest generation whose threshold is passed, and the younger ones with it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
