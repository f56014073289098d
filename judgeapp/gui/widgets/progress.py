"""Progress: a bar, "12 / 38 · about 4 minutes left" and a way to stop; nothing in the first second.

Progress that is told often is painted at most ten times a second.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

_QUIET = 1000  # milliseconds in which nothing is shown
_SURE = 3000  # milliseconds before the time left is guessed
_EVERY = 100


class Bar(QProgressBar):
    """A thin bar; without a total it only says that something goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint groove and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(self.rect())
        painter.setBrush(theme().color("sunken"))
        painter.drawRoundedRect(groove, 4, 4)
        if self.maximum() > 0 and self.value() > 0:
            groove.setWidth(max(groove.width() * self.value() / self.maximum(), 8.0))
            painter.setBrush(theme().color("accent"))
            painter.drawRoundedRect(groove, 4, 4)
        painter.end()


class ProgressRow(QWidget):
    """How far a long work is.

    Attributes:
        stop_asked: the person wants it to stop.
    """

    stop_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._what = ""
        self._done = self._total = 0
        self._since = QElapsedTimer()
        self._words = label("", "small", wrap=True)
        self._bar = Bar()
        self._stop = Button(texts("gui.widgets.stop"))
        self._stop.clicked.connect(self._ask_to_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignBottom)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._appear)
        self._paint = QTimer(self)
        self._paint.setSingleShot(True)
        self._paint.timeout.connect(self._say)
        self.hide()

    @property
    def words(self) -> str:
        """What is said at the moment."""
        return self._words.text()

    def start(self, what: str) -> None:
        """Begin; shown after a second."""
        self._what, self._done, self._total = what, 0, 0
        self._stop.setEnabled(True)
        self._since.start()
        self._later.start(_QUIET)
        self._say()

    def advance(self, done: int, total: int, what: str = "") -> None:
        """Say that ``done`` of ``total`` are over, now at ``what``."""
        self._done, self._total = done, total
        self._what = what or self._what
        if not self._paint.isActive():
            self._paint.start(_EVERY)

    def finish(self) -> None:
        """End; nothing is shown any more."""
        self._later.stop()
        self._paint.stop()
        self.hide()

    def _appear(self) -> None:
        self._say()
        self.show()

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText(self._texts("gui.widgets.stopping"))
        self.stop_asked.emit()

    def _say(self) -> None:
        if not self._stop.isEnabled():
            return
        self._bar.setRange(0, max(self._total, 0))
        self._bar.setValue(self._done)
        parts = [self._what]
        if self._total:
            parts.append(f"{self._done} / {self._total}")
        left = self._left()
        first = " ".join(part for part in parts if part)
        self._words.setText(" · ".join(part for part in (first, left) if part))
        self._bar.setAccessibleName(self._words.text())

    def _left(self) -> str:
        """Return about how long it still takes, once that can be guessed."""
        passed = self._since.elapsed()
        if not 0 < self._done < self._total or passed < _SURE:
            return ""
        seconds = passed * (self._total - self._done) / self._done / 1000
        if seconds < 60:
            return self._texts("gui.widgets.left.soon")
        return self._texts("gui.widgets.left", minutes=max(round(seconds / 60), 1))
