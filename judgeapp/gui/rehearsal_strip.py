"""The strip that a rehearsal carries at the top of the window, at every size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.system.texts import Texts

HEIGHT = 22


def marked_name(texts: Texts, name: str, *, rehearsal: bool) -> str:
    """Return a contest's name as it is shown: that of a rehearsal says so first."""
    return f"{texts('rehearsal.word')} — {name}" if rehearsal else name


class RehearsalStrip(QWidget):
    """Says that nothing here is real; where there is room, in a sentence."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.use_texts(texts)
        self.setFixedHeight(theme().px(HEIGHT))
        theme().changed.connect(self._resize)

    def use_texts(self, texts: Texts) -> None:
        """Speak another language from now on."""
        self._word = texts("rehearsal.word")
        self._sentence = f"{self._word} · {texts('rehearsal.strip')}"
        self.setAccessibleName(self._sentence)
        self.update()

    def _resize(self) -> None:
        self.setFixedHeight(theme().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, flask and words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("warnmark"))
        font = theme().font("small-strong")
        words = self._sentence
        if QFontMetricsF(font).horizontalAdvance(words) + 40 > self.width():
            words = self._word
        width = QFontMetricsF(font).horizontalAdvance(words)
        left = (self.width() - width - 22) / 2
        ink = QColor(theme().tokens.on_mark)
        picture = icons.pixmap("flask-conical", "on_mark", 16, 2)
        painter.drawPixmap(QPointF(left, (self.height() - 16) / 2), picture)
        painter.setPen(ink)
        painter.setFont(font)
        box = QRectF(left + 22, 0, width + 4, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.end()
