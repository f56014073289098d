"""The player: picture, sound wave as seek bar, keys below it; all of look.md's keys.

`Player` is used by the judge's desk and by the organiser's page of entries. The position of each
clip is remembered while the window is open. What cannot be played is said in words in the place of
the picture, and in `failed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from judgeapp.domain.entries import clock_text
from judgeapp.gui.player_controls import SPEEDS, Controls
from judgeapp.gui.player_engine import Engine
from judgeapp.gui.player_screen import Screen
from judgeapp.gui.player_wave import SeekBar
from judgeapp.gui.session import Session

SKIP_S = 5.0
_NEAR_END_S = 2.0


class Player(QWidget):
    """Plays clips.

    Attributes:
        position_changed: the second it is at.
        failed: the sentence that says why it cannot be played.
        flag_chosen: index of a numbered flag that was clicked; the clip went there.
        playing_changed: it began or stopped to play.
    """

    position_changed = Signal(float)
    failed = Signal(str)
    flag_chosen = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.texts = session.texts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.texts("gui.player"))
        self.screen_ = Screen()
        self.seek_bar = SeekBar(self.texts)
        self.controls = Controls(self.texts)
        self._engine = Engine(self)
        self._path: Path | None = None
        self._left_at: dict[Path, float] = {}
        self._speed, self._volume, self._muted = "1", 1.0, False
        self._full: _FullScreen | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._inner = QFrame()
        self._inner.setObjectName("player")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.screen_, 1)
        column.addWidget(self.seek_bar)
        column.addWidget(self.controls)
        self._outer.addWidget(self._inner)

    def _connect(self) -> None:
        engine, keys = self._engine, self.controls
        engine.pictured.connect(self.screen_.show_frame)
        engine.moved.connect(self._moved)
        engine.lengthened.connect(self._lengthened)
        engine.played.connect(self._played)
        engine.failed.connect(self._failed)
        self.screen_.pressed.connect(self._screen_pressed)
        self.screen_.double_pressed.connect(self.toggle_full_screen)
        self.seek_bar.sought.connect(self.seek)
        self.seek_bar.flag_chosen.connect(self.flag_chosen)
        keys.back.clicked.connect(lambda: self.skip(-SKIP_S))
        keys.on.clicked.connect(lambda: self.skip(SKIP_S))
        keys.play.clicked.connect(self.toggle)
        keys.frame_back.clicked.connect(lambda: self.step(-1))
        keys.frame_on.clicked.connect(lambda: self.step(1))
        keys.loop.toggled.connect(self._set_loop)
        keys.mute.clicked.connect(self.toggle_mute)
        keys.volume.changed.connect(self.set_volume)
        keys.full.clicked.connect(self.toggle_full_screen)
        keys.speed_chosen.connect(self.set_speed)

    # --- which clip --------------------------------------------------------------------------

    def load(
        self,
        path: Path,
        *,
        peaks: Sequence[int] = (),
        limit_s: float | None = None,
        position: float | None = None,
    ) -> None:
        """Show a clip, standing still.

        Args:
            path: the clip.
            peaks: the sound wave, `CheckResult.peaks`.
            limit_s: where the time rule ends, or None.
            position: second to begin at; None is where it was left before, else the beginning.
        """
        self.clear()
        self._path = path
        start = self._left_at.get(path, 0.0) if position is None else position
        self.seek_bar.show_clip(peaks, 0.0, limit_s)
        self._engine.load(path, start)
        self._engine.set_rate(float(self._speed))
        self._engine.set_volume(self._volume, muted=self._muted)

    def clear(self) -> None:
        """Let the clip go; its file can be replaced then."""
        self._remember()
        self._path = None
        self._engine.clear()
        self.screen_.empty()
        self.seek_bar.show_clip((), 0.0, None)
        self.controls.show_time(0.0, 0.0)

    def set_flags(self, seconds: Sequence[float]) -> None:
        """Pin numbered flags to the wave, 1 first."""
        self.seek_bar.set_flags(seconds)

    def set_places(self, seconds: Sequence[float]) -> None:
        """Mark places on the wave, such as suspected cuts."""
        self.seek_bar.set_places(seconds)

    def _remember(self) -> None:
        if self._path is not None and self._engine.has_source:
            at, length = self._engine.seconds, self._engine.length
            over = length > 0 and at > length - _NEAR_END_S
            self._left_at[self._path] = 0.0 if over else at

    # --- what it does ------------------------------------------------------------------------

    @property
    def position(self) -> float:
        """The second it is at."""
        return self._engine.seconds

    @property
    def length(self) -> float:
        """The length in seconds, 0 while unknown."""
        return self._engine.length

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._engine.is_playing

    @property
    def speed(self) -> str:
        """The speed, one of `SPEEDS`."""
        return self._speed

    def play(self) -> None:
        """Go on."""
        self._engine.play()

    def pause(self) -> None:
        """Stand still."""
        self._engine.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def seek(self, second: float) -> None:
        """Go to a second."""
        self._engine.seek(second)

    def skip(self, seconds: float) -> None:
        """Go back or on."""
        self.seek(self.position + seconds)

    def step(self, frames: int) -> None:
        """Stand still and go one frame back or on."""
        self.pause()
        self.seek(self.position + frames * self._engine.frame_seconds)

    def set_speed(self, speed: str) -> None:
        """Play at one of `SPEEDS`."""
        self._speed = speed
        self._engine.set_rate(float(speed))
        self.controls.show_speed(speed)

    def change_speed(self, steps: int) -> None:
        """Play faster or slower by one step of `SPEEDS`."""
        index = min(max(0, SPEEDS.index(self._speed) + steps), len(SPEEDS) - 1)
        self.set_speed(SPEEDS[index])

    def toggle_loop(self) -> None:
        """Play again from the beginning at the end, or not."""
        self.controls.loop.toggle()

    def set_volume(self, volume: float) -> None:
        """Set how loud it is, from 0.0 to 1.0."""
        self._volume, self._muted = volume, False
        self._show_sound()

    def toggle_mute(self) -> None:
        """Switch the sound off or on."""
        self._muted = not self._muted
        self._show_sound()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back into the window."""
        if self._full is None:
            self._full = _FullScreen(self._inner, self)
        else:
            full, self._full = self._full, None
            self._outer.addWidget(self._inner)
            full.hide()
            full.deleteLater()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.controls.show_full(self._full is not None)

    @property
    def is_full_screen(self) -> bool:
        """Whether it fills the screen."""
        return self._full is not None

    # --- keys --------------------------------------------------------------------------------

    def take_key(self, event: QKeyEvent, *, focused: bool = False) -> bool:
        """Do what a key means; return whether it meant something.

        Args:
            event: the key; the desk passes on those that were not typed into a text.
            focused: the player has the focus, so arrows, comma and point are its own, too.
        """
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        key = Qt.Key(event.key())
        everywhere = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_J: lambda: self.skip(-SKIP_S),
            Qt.Key.Key_L: lambda: self.skip(SKIP_S),
            Qt.Key.Key_Minus: lambda: self.change_speed(-1),
            Qt.Key.Key_Plus: lambda: self.change_speed(1),
            Qt.Key.Key_Equal: lambda: self.change_speed(1),
            Qt.Key.Key_R: self.toggle_loop,
            Qt.Key.Key_F: self.toggle_full_screen,
        }
        only_here = {
            Qt.Key.Key_Left: lambda: self.skip(-SKIP_S),
            Qt.Key.Key_Right: lambda: self.skip(SKIP_S),
            Qt.Key.Key_Comma: lambda: self.step(-1),
            Qt.Key.Key_Period: lambda: self.step(1),
            Qt.Key.Key_M: self.toggle_mute,
            Qt.Key.Key_Up: lambda: self.set_volume(min(1.0, self._volume + 0.1)),
            Qt.Key.Key_Down: lambda: self.set_volume(max(0.0, self._volume - 0.1)),
        }
        act = everywhere.get(key) or (only_here.get(key) if focused else None)
        if act is None and key == Qt.Key.Key_Escape and self.is_full_screen:
            act = self.toggle_full_screen
        if act is None:
            return False
        act()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys while the player or one of its parts has the focus."""
        if not self.take_key(event, focused=True):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click gives it the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    # --- what the engine says ----------------------------------------------------------------

    def _screen_pressed(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.toggle()

    def _moved(self, second: float) -> None:
        self.seek_bar.move_to(second)
        self.controls.show_time(second, self.length)
        if self._path is not None:
            self.position_changed.emit(second)

    def _lengthened(self, length: float) -> None:
        self.seek_bar.set_length(length)
        self.controls.show_time(self.position, length)

    def _played(self, playing: bool) -> None:
        self.controls.show_playing(playing)
        self.playing_changed.emit(playing)

    def _failed(self, code: str) -> None:
        words = self.texts(f"gui.player.failed.{code}", at=clock_text(self.position))
        self.screen_.show_words(words)
        self.failed.emit(words)

    def _set_loop(self, on: bool) -> None:
        self._engine.loop = on

    def _show_sound(self) -> None:
        self._engine.set_volume(self._volume, muted=self._muted)
        self.controls.show_sound(self._volume, muted=self._muted)


class _FullScreen(QWidget):
    """The player's inside over the whole screen; the player gets its keys and its closing."""

    def __init__(self, inside: QWidget, player: Player) -> None:
        super().__init__(player, Qt.WindowType.Window)
        self._player = player
        self.setWindowTitle(player.texts("gui.player"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self.showFullScreen()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing goes back into the window, and the player is not lost with it."""
        if event.type() == QEvent.Type.Close and self._player.is_full_screen:
            event.ignore()
            self._player.toggle_full_screen()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in the window."""
        if not self._player.take_key(event, focused=True):
            super().keyPressEvent(event)
