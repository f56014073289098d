"""The painted buttons of the rail: the contest, the search, and a step with its state."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD, RADIUS_FIELD

ROW, ROW_WITH_REASON, NARROW_ROW, HEAD = 35, 51, 44, 44
SIGNS = {
    "nothing": ("circle-dashed", "text2"),
    "done": ("circle-check", "ok"),
    "running": ("loader", "accent"),
    "later": ("lock", "text2"),
}


class RailButton(QAbstractButton):
    """What the buttons of the rail share: one line of height, hover and focus.

    Attributes:
        narrow: only the icon is shown.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.narrow = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def height_now(self) -> int:
        """Return the height in pixels at the normal text size."""
        return ROW

    def sizeHint(self) -> QSize:
        """As wide as the rail lets it be."""
        return QSize(40, theme().px(self.height_now()))

    def minimumSizeHint(self) -> QSize:
        """Rows are never squeezed: the rail scrolls."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def begin(self) -> QPainter:
        """Return a painter for it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def paint_ring(self, painter: QPainter) -> None:
        """Show the focus."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 2))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)


def fitting(text: str, font: QFont, width: float) -> str:
    """Return the text, cut with … where it does not fit."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


class ContestButton(RailButton):
    """The emblem, the contest's name in up to two lines, and a sign that there is more.

    Attributes:
        mark: the word of a rehearsal, which stands above the name; else empty.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = ""
        self.mark = ""

    def height_now(self) -> int:
        """Return the room for two lines."""
        return HEAD

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint emblem and name."""
        painter = self.begin()
        side = 36
        left = (self.width() - side) / 2 if self.narrow else 4
        box = QRectF(left, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accentfill"))
        painter.drawRoundedRect(box, RADIUS_CARD - 2, RADIUS_CARD - 2)
        picture = icons.pixmap("mic-vocal", "on_accent", 20, 2)
        painter.drawPixmap(QPointF(box.x() + 8, box.y() + 8), picture)
        if not self.narrow:
            self._paint_words(painter, box.right() + 10)
        self.paint_ring(painter)
        painter.end()

    def _paint_words(self, painter: QPainter, x: float) -> None:
        room = self.width() - x - 24
        first, second = theme().font("strong"), theme().font("small")
        half = self.height() / 2
        name, below = (self.mark, self.name) if self.mark else self._lines(first, room)
        painter.setPen(theme().color("warn" if self.mark else "text"))
        painter.setFont(first)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(x, 0, room + 2, half), flags, name)
        painter.setPen(theme().color("text2"))
        painter.setFont(second)
        painter.drawText(QRectF(x, half, room + 2, half - 2), flags, fitting(below, second, room))
        picture = icons.pixmap("chevrons-up-down", "text2", 16)
        painter.drawPixmap(QPointF(self.width() - 18, half - 8), picture)

    def _lines(self, font: QFont, room: float) -> tuple[str, str]:
        """Break the name at a word; what does not fit the first line goes to the second."""
        metrics = QFontMetricsF(font)
        words = self.name.split()
        first: list[str] = []
        while words and metrics.horizontalAdvance(" ".join([*first, words[0]])) <= room:
            first.append(words.pop(0))
        if not first:
            return fitting(self.name, font, room), ""
        return " ".join(first), " ".join(words)


class SearchButton(RailButton):
    """Looks like a search field and opens the palette."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text)
        self.setText(text)
        self.setToolTip(f"{text} ({key})")
        self.key = key

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, its words and its key."""
        painter = self.begin()
        painter.setPen(QPen(theme().color("line"), 1))
        painter.setBrush(theme().color("hover" if self.underMouse() else "surface"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)
        left = (self.width() - 18) / 2 if self.narrow else 10
        painter.drawPixmap(QPointF(left, (self.height() - 18) / 2), icons.pixmap("search", size=18))
        if not self.narrow:
            self._paint_words(painter)
        self.paint_ring(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(theme().color("text2"))
        painter.setFont(theme().font("body"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(36, 0, self.width() - 36, self.height()), middle, self.text())
        painter.setFont(theme().font("small"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(0, 0, self.width() - 10, self.height()), right, self.key)


class StepButton(RailButton):
    """A step: icon, name, its state as a sign or a badge with a count, and the reason below."""

    moved = Signal(int)

    def __init__(self, icon: str, name: str, key: str) -> None:
        super().__init__(name)
        self.setText(name)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self._icon, self._key = icon, key
        self.state, self.count, self.reason = "nothing", None, ""

    state: str
    count: int | None
    reason: str

    def show_state(self, state: str, count: int | None, reason: str, state_words: str) -> None:
        """Show how far the step is, and why."""
        self.state, self.count, self.reason = state, count, reason
        words = ", ".join(part for part in (state_words, reason) if part)
        self.setAccessibleName(f"{self.text()}, {words}")
        self.setToolTip(f"{self.text()}: {words} ({self._key})")
        self.updateGeometry()
        self.update()

    def height_now(self) -> int:
        """Return the room for one line, or two with a reason to act."""
        if self.narrow:
            return NARROW_ROW
        return ROW_WITH_REASON if self._tells else ROW

    @property
    def _tells(self) -> bool:
        return self.state == "needs" and bool(self.reason)

    def nextCheckState(self) -> None:
        """Stay as the window says: pressing it opens its page, and that marks it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the neighbours."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, words and state."""
        painter = self.begin()
        self._paint_ground(painter)
        token = "accent" if self.isChecked() else "text2"
        picture = icons.pixmap(self._icon, token, 20, 2 if self.isChecked() else 1.75)
        if self.narrow:
            x = (self.width() - 20) / 2
            painter.drawPixmap(QPointF(x, (self.height() - 20) / 2), picture)
            self._paint_state_narrow(painter, x + 20)
        else:
            first = theme().px(ROW)
            painter.drawPixmap(QPointF(12, (first - 20) / 2), picture)
            self._paint_words(painter, first)
            self._paint_state(painter, QPointF(self.width() - 19, first / 2))
        self.paint_ring(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(theme().color("line"), 1))
            painter.setBrush(theme().color("surface"))
            painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent"))
            painter.drawRoundedRect(QRectF(0, 8, 3, self.height() - 16), 1.5, 1.5)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            painter.drawRoundedRect(box, RADIUS_FIELD, RADIUS_FIELD)

    def _paint_words(self, painter: QPainter, first: int) -> None:
        font = theme().font("body")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        quiet = self.state in ("nothing", "later") and not self.isChecked()
        painter.setPen(theme().color("text2" if quiet else "text"))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        room = self.width() - 42 - 34
        painter.drawText(QRectF(42, 0, room + 2, first), flags, fitting(self.text(), font, room))
        if self._tells:
            small = theme().font("small")
            painter.setFont(small)
            painter.setPen(theme().color("warn"))
            top = first - theme().px(6)
            words = fitting(self.reason, small, self.width() - 50)
            painter.drawText(QRectF(42, top, self.width() - 46, theme().px(20)), flags, words)

    def _paint_state(self, painter: QPainter, middle: QPointF) -> None:
        if self.state == "needs":
            self._paint_badge(painter, middle, 20)
            return
        icon, token = SIGNS[self.state]
        picture = icons.pixmap(icon, token, 18, 2 if token != "text2" else 1.75)
        painter.drawPixmap(QPointF(middle.x() - 9, middle.y() - 9), picture)

    def _paint_state_narrow(self, painter: QPainter, right: float) -> None:
        if self.state == "needs":
            self._paint_badge(painter, QPointF(right + 4, 12), 18)
        elif self.state in ("done", "running"):
            icon, token = SIGNS[self.state]
            painter.drawPixmap(QPointF(right - 4, 4), icons.pixmap(icon, token, 14, 2))

    def _paint_badge(self, painter: QPainter, middle: QPointF, side: int) -> None:
        font = theme().font("small-strong")
        text = "" if self.count is None else ("99+" if self.count > 99 else str(self.count))
        wide = QFontMetricsF(font).horizontalAdvance(text) + 12 if text else side + 4
        width = max(float(side), wide)
        box = QRectF(min(middle.x() - width / 2, self.width() - width - 2),
                     middle.y() - side / 2, width, side)  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("warnmark"))
        painter.drawRoundedRect(box, side / 2, side / 2)
        if text:
            painter.setPen(QColor(theme().tokens.on_mark))
            painter.setFont(font)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
            return
        picture = icons.pixmap("arrow-right", "on_mark", 14, 2)
        painter.drawPixmap(QPointF(box.center().x() - 7, box.center().y() - 7), picture)
