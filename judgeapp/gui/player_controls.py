"""The row under the wave: back, play, on, time, speed, frame, loop, volume, full screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

from judgeapp.domain.entries import clock_text
from judgeapp.gui import icons
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import (
    VIDEO,
    VIDEO_PLAYED,
    VIDEO_TEXT,
    VIDEO_TEXT2,
    VIDEO_TO_COME,
)
from judgeapp.system.texts import Texts

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")
_CHOSEN, _OVER = "#4A4D55", "#2A2C31"
_SIZE = 36
_SIDE, _GAP = 12, 6


class PlayerButton(QAbstractButton):
    """A key of the player: an icon, or a word such as ``1,5×``."""

    def __init__(self, icon: str, name: str, *, mark: str = "", round_: bool = False) -> None:
        super().__init__()
        self._icon_name = icon
        self._mark = mark
        self._round = round_
        self.name_it(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def name_it(self, name: str) -> None:
        """Say what it does now."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def use_icon(self, icon: str, name: str) -> None:
        """Change what it does."""
        self._icon_name = icon
        self.name_it(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square, larger for the round one, or as wide as the word."""
        side = theme().px(44 if self._round else _SIZE)
        if self.text():
            letters = QFontMetricsF(theme().font("small-strong"))
            wide = ceil(letters.horizontalAdvance(self.text())) + 12
            return QSize(max(side, wide), theme().px(32))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, ring and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ground = self._ground()
        colour = VIDEO if self._round else (VIDEO_TEXT if self.isEnabled() else VIDEO_TO_COME)
        painter.setPen(QPen(QColor(VIDEO_PLAYED), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        radius = box.height() / 2 if self._round else 6
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(QColor(colour))
        if self.text():
            painter.setFont(theme().font("small-strong"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text())
        else:
            side = 22
            place = QPointF((self.width() - side) / 2, (self.height() - side) / 2)
            painter.drawPixmap(place, icons.pixmap(self._icon_name, colour, side))
        if self._mark:
            font = theme().font("small-strong")
            font.setPixelSize(10)
            painter.setFont(font)
            painter.drawText(box.translated(0, 0.5), int(Qt.AlignmentFlag.AlignCenter), self._mark)
        painter.end()

    def _ground(self) -> str | None:
        if self._round:
            return VIDEO_TEXT2 if self.isDown() or not self.isEnabled() else VIDEO_TEXT
        if self.isChecked():
            return _CHOSEN
        return _OVER if self.underMouse() or self.isDown() else None


class VolumeBar(QWidget):
    """How loud it is; a click, ↑ and ↓ change it by 10 per cent."""

    changed = Signal(float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.volume = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(60, theme().px(_SIZE))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.set_volume(1.0)

    def set_volume(self, volume: float) -> None:
        """Show a volume from 0.0 to 1.0."""
        self.volume = min(1.0, max(0.0, volume))
        self.setAccessibleDescription(f"{round(100 * self.volume)} %")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the place that was pressed."""
        self.changed.emit(min(1.0, max(0.0, (event.position().x() - 4) / (self.width() - 8))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change by 10 per cent."""
        step = {Qt.Key.Key_Up: 0.1, Qt.Key.Key_Right: 0.1,
                Qt.Key.Key_Down: -0.1, Qt.Key.Key_Left: -0.1}.get(Qt.Key(event.key()))  # fmt: skip
        if step is None:
            event.ignore()
        else:
            self.changed.emit(min(1.0, max(0.0, self.volume + step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and its knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, room = self.height() / 2, self.width() - 8
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(VIDEO_TO_COME))
        painter.drawRoundedRect(QRectF(4, middle - 2, room, 4), 2, 2)
        painter.setBrush(QColor(VIDEO_TEXT))
        painter.drawRoundedRect(QRectF(4, middle - 2, room * self.volume, 4), 2, 2)
        painter.drawEllipse(QPointF(4 + room * self.volume, middle), 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(VIDEO_PLAYED), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 4, -1, -4), 5, 5)
        painter.end()


class Controls(QWidget):
    """All keys of the player in one row; what does not fit a narrow one is left to the keyboard.

    Attributes:
        speeds: a key for each speed.
        next_speed: the one key for all of them, where there is no room for each.
    """

    speed_chosen = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.back = PlayerButton("rotate-ccw", texts("gui.player.back"), mark="5")
        self.play = PlayerButton("play", texts("gui.player.play"), round_=True)
        self.on = PlayerButton("rotate-cw", texts("gui.player.on"), mark="5")
        self.frame_back = PlayerButton("step-back", texts("gui.player.frame_back"))
        self.frame_on = PlayerButton("step-forward", texts("gui.player.frame_on"))
        self.loop = PlayerButton("repeat", texts("gui.player.loop"))
        self.loop.setCheckable(True)
        self.mute = PlayerButton("volume-2", texts("gui.player.mute"))
        self.volume = VolumeBar(texts("gui.player.volume"))
        self.full = PlayerButton("maximize", texts("gui.player.full"))
        self._at = QLabel("0:00")
        self._of = QLabel()
        for words, tone, role in (
            (self._at, "video", "subhead"), (self._of, "video-second", "body")
        ):  # fmt: skip
            words.setProperty("role", role)
            words.setProperty("tone", tone)
        self.speeds = {speed: self._speed(speed) for speed in SPEEDS}
        self._speed_now = "1"
        self.next_speed = PlayerButton("", "")
        self.next_speed.clicked.connect(self._ask_next_speed)
        self._lay_out()
        self.show_speed("1")

    def _speed(self, speed: str) -> PlayerButton:
        shown = self._speed_words(speed)
        made = PlayerButton("", self._texts("gui.player.speed.name", speed=shown))
        made.setText(shown)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.speed_chosen.emit(speed))
        return made

    def _speed_words(self, speed: str) -> str:
        return self._texts("gui.player.speed", speed=Decimal(speed))

    def _ask_next_speed(self) -> None:
        after = (SPEEDS.index(self._speed_now) + 1) % len(SPEEDS)
        self.speed_chosen.emit(SPEEDS[after])

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 2, _SIDE, 8)
        row.setSpacing(_GAP)
        for first in (self.back, self.play, self.on, self._at, self._of):
            row.addWidget(first)
        row.addStretch(1)
        self._speeds = QWidget()
        self._speeds.setObjectName("speeds")
        speeds = QHBoxLayout(self._speeds)
        speeds.setContentsMargins(2, 2, 2, 2)
        speeds.setSpacing(0)
        for button in self.speeds.values():
            speeds.addWidget(button)
        row.addWidget(self._speeds, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.next_speed, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for widget in (
            self.frame_back,
            self.frame_on,
            self.loop,
            self.mute,
            self.volume,
            self.full,
        ):
            row.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the keys that always stay."""
        return QSize(self._need(self._always), super().minimumSizeHint().height())

    @property
    def _always(self) -> list[QWidget]:
        return [self.back, self.play, self.on, self._at, self.full]

    def _need(self, shown: Sequence[QWidget]) -> int:
        wide = sum(max(widget.sizeHint().width(), widget.minimumWidth()) for widget in shown)
        return wide + _GAP * (len(shown) + 3) + 2 * _SIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits, the most wanted first."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        shown = self._always
        wanted: list[list[QWidget]] = [
            [self.mute], [self.next_speed], [self._of], [self.loop],
            [self.frame_back, self.frame_on], [self._speeds], [self.volume],
        ]  # fmt: skip
        for more in wanted:
            with_it = shown + more
            if self._speeds in with_it and self.next_speed in with_it:
                with_it.remove(self.next_speed)
            if self._need(with_it) > self.width():
                break
            shown = with_it
        for widget in (widget for more in wanted for widget in more):
            widget.setVisible(widget in shown)

    def show_time(self, second: float, length: float) -> None:
        """Say where the clip is."""
        self._at.setText(clock_text(second))
        of = f"/ {clock_text(length)}" if length > 0 else ""
        if of != self._of.text():
            self._of.setText(of)
            self._at.setMinimumWidth(0)
            wide = self._at.fontMetrics().horizontalAdvance(clock_text(max(length, second))) + 2
            self._at.setMinimumWidth(wide)  # so that nothing moves while it plays
            self._fit()

    def show_playing(self, playing: bool) -> None:
        """Show what the round key does now."""
        what = "pause" if playing else "play"
        self.play.use_icon(what, self._texts(f"gui.player.{what}"))

    def show_speed(self, speed: str) -> None:
        """Show which speed is on."""
        self._speed_now = speed
        for name, button in self.speeds.items():
            button.setChecked(name == speed)
        self.next_speed.setText(self._speed_words(speed))
        self.next_speed.name_it(
            self._texts("gui.player.speed.next", speed=self._speed_words(speed))
        )

    def show_sound(self, volume: float, *, muted: bool) -> None:
        """Show how loud it is."""
        self.volume.set_volume(0.0 if muted else volume)
        self.mute.use_icon(
            "volume-x" if muted or volume <= 0 else "volume-2",
            self._texts("gui.player.unmute" if muted else "gui.player.mute"),
        )

    def show_full(self, full: bool) -> None:
        """Show whether it fills the screen."""
        self.full.use_icon(
            "minimize" if full else "maximize",
            self._texts("gui.player.small" if full else "gui.player.full"),
        )
