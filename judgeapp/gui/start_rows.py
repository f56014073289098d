"""What the start page is made of: a row of recent work with its state in words, and tiles."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePath

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui import icons
from judgeapp.gui.rehearsal_strip import marked_name
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import RADIUS_CARD
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.text import breakable, label
from judgeapp.system.clock import utc_now
from judgeapp.system.recents import Recent
from judgeapp.system.texts import Texts


class Tile(QWidget):
    """An icon on a rounded ground; it says nothing that the words beside it do not."""

    def __init__(self, icon: str, ground: str, ink: str, side: int) -> None:
        super().__init__()
        self._icon, self._ground, self._ink = icon, ground, ink
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CARD - 2, RADIUS_CARD - 2)
        size = round(self.width() * 0.5)
        place = (self.width() - size) / 2
        painter.drawPixmap(QPointF(place, place), icons.pixmap(self._icon, self._ink, size, 1.9))
        painter.end()


def look_of(texts: Texts, recent: Recent, *, gone: bool) -> PillLook:
    """Return how recent work stands, in words."""
    if gone:
        return PillLook("ban", texts("shell.gone"), "neutral")
    if recent.kind == "pack":
        done, of = recent.done or 0, recent.of or 0
        if of and done >= of:
            return PillLook("circle-check", texts("shell.all_marked"), "ok")
        return PillLook("info", texts("shell.marked", done=done, left=of - done), "accent")
    if recent.step is None:
        return PillLook("circle-check", texts("shell.finished"), "ok")
    step = texts(f"shell.step.{recent.step}")
    if recent.reason in (None, "next"):
        return PillLook("info", texts("shell.next_is", step=step), "accent")
    reason = texts(f"shell.reason.{recent.reason}", count=recent.count or 0)
    return PillLook("triangle-alert", f"{step}: {reason}", "warn")


def when(texts: Texts, at: str) -> str:
    """Return a moment as people say it: today and yesterday with the time, else the date."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    today = utc_now().astimezone().date()
    if moment.date() == today:
        return texts("shell.today", time=f"{moment:%H:%M}")
    if moment.date() == today - timedelta(days=1):
        return texts("shell.yesterday", time=f"{moment:%H:%M}")
    return f"{moment:%d/%m/%Y}"


class RecentRow(QFrame):
    """A contest or pack: what it is, how it stands, when it was open, and a button to go on.

    Attributes:
        gone: it is not where it was; the button looks for it.
        forget: takes it from the list.
    """

    def __init__(
        self, texts: Texts, recent: Recent, *, first: bool, alone: bool, gone: bool
    ) -> None:
        super().__init__()
        self.recent = recent
        self._first, self._alone = first, alone
        self.gone = gone
        self.setMinimumHeight(theme().px(76 if first else 66))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 10, 6)
        row.setSpacing(16)
        icon = "headphones" if recent.kind == "pack" else "flag"
        icon = "flask-conical" if recent.rehearsal else icon
        tile = Tile(icon, "surface" if first else "sunken", "accent" if first else "text2", 40)
        row.addWidget(tile)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._row, self._words = row, words
        words.addStretch(1)
        name = marked_name(texts, recent.name, rehearsal=recent.rehearsal)
        self._name = label(name, "strong", wrap=True)
        role = texts(f"shell.role.{'judge' if recent.kind == 'pack' else 'organiser'}")
        if recent.judge:
            role = f"{role} {recent.judge}"
        where = texts("rehearsal.data") if recent.rehearsal else str(PurePath(recent.path))
        self._second = label(breakable(f"{role} · {where}"), "small", "second", wrap=True)
        self._second.setToolTip(str(PurePath(recent.path)))
        words.addWidget(self._name)
        words.addWidget(self._second)
        words.addStretch(1)
        row.addLayout(words, 1)
        look = look_of(texts, recent, gone=gone)
        self._pill = Pill(look)
        self._pill_room = QWidget()
        room = QHBoxLayout(self._pill_room)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._pill)
        room.addStretch(1)
        row.addWidget(self._pill_room)
        self._when = label(when(texts, recent.at), "small", "second")
        row.addWidget(self._when)
        self.button, self.forget = self._buttons(texts, name, look.text)
        end = QWidget()
        line = QHBoxLayout(end)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.button)
        end.setFixedWidth(theme().px(130))
        row.addWidget(end)
        row.addWidget(self.forget)

    def _buttons(self, texts: Texts, name: str, state: str) -> tuple[Button, Button]:
        """Return what opens it, or looks for it, and what takes it from the list."""
        first, gone = self._first, self.gone
        key = "shell.find" if gone else "shell.continue" if first else "shell.open"
        button = Button(
            texts(key),
            kind="primary" if first and not gone else "plain",
            icon="search" if gone else "arrow-right" if first else "",
            height=42 if first else 36,
        )
        button.setAccessibleName(f"{button.text()}: {name}, {state}")
        forget = icon_button("x", texts("shell.forget"))
        forget.setAccessibleName(f"{texts('shell.forget')}: {name}")
        return button, forget

    def fit(self, width: int) -> None:
        """Give the columns their widths; the date steps back first, then the state goes below."""
        below = width < theme().px(620)
        at = self._words.indexOf(self._pill_room)
        if below and at < 0:
            self._row.removeWidget(self._pill_room)
            self._words.insertWidget(self._words.count() - 1, self._pill_room)
        elif not below and at >= 0:
            self._words.removeWidget(self._pill_room)
            self._row.insertWidget(2, self._pill_room)
        self._when.setVisible(width >= theme().px(900))
        self._when.setFixedWidth(theme().px(150))
        wide = width >= theme().px(1000)
        self._pill_room.setFixedWidth(theme().px(250) if wide else self._pill.sizeHint().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the soft ground of the first row."""
        if not self._first:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("accentsoft"))
        ground = QRectF(self.rect())
        if not self._alone:
            ground.setHeight(ground.height() + RADIUS_CARD)
        painter.drawRoundedRect(ground, RADIUS_CARD - 1, RADIUS_CARD - 1)
        painter.end()
