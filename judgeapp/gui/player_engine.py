"""Plays one clip at a time: pictures come out as frames, refusals as codes, never as texts of Qt.

Only this module touches QtMultimedia. The file is let go before another one is opened, so that it
can be replaced on systems that lock what is being read.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaMetaData,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

NO_PICTURE_AFTER_MS = 2000
_USUAL_FPS = 25.0
_FAILURES = {
    QMediaPlayer.Error.ResourceError: "gone",
    QMediaPlayer.Error.AccessDeniedError: "gone",
    QMediaPlayer.Error.FormatError: "format",
}


class Engine(QObject):
    """A player without a face.

    Attributes:
        pictured: a picture is due; a `QVideoFrame`.
        moved: the second it is at.
        lengthened: the length in seconds became known.
        played: it began or stopped to play.
        failed: a code (``gone``, ``format``, ``no_picture``, ``cut_off``) of what cannot be played.
    """

    pictured = Signal(object)
    moved = Signal(float)
    lengthened = Signal(float)
    played = Signal(bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sound: QAudioOutput | None = None
        if QMediaDevices.audioOutputs():  # without a device Qt only complains
            self._sound = QAudioOutput(self)
            self._player.setAudioOutput(self._sound)
        self.loop = False
        self._seen_picture = False
        self._broken = False
        self._opening = self._closing = False
        self._start_at = 0.0
        self._wanted = False
        self._guard = QTimer(self, singleShot=True, interval=NO_PICTURE_AFTER_MS)
        self._guard.timeout.connect(self._no_picture)
        self._sink.videoFrameChanged.connect(self._take_picture)
        self._player.positionChanged.connect(lambda ms: self.moved.emit(ms / 1000))
        self._player.durationChanged.connect(lambda ms: self.lengthened.emit(ms / 1000))
        self._player.playbackStateChanged.connect(self._state_changed)
        self._player.mediaStatusChanged.connect(self._status_changed)
        self._player.errorOccurred.connect(self._error_occurred)

    def load(self, path: Path, position: float) -> None:
        """Open a clip and show its picture at ``position``; it does not play yet."""
        self.clear()
        self._start_at, self._opening = position, True
        if not path.is_file():
            self._fail("gone")
            return
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def clear(self) -> None:
        """Let the file go."""
        self._guard.stop()
        self._seen_picture = self._broken = self._wanted = self._opening = False
        self._closing = True  # on its way out Qt tells once more that the clip is loaded
        self._player.setSource(QUrl())
        self._closing = False

    @property
    def has_source(self) -> bool:
        """Whether a clip is open."""
        return not self._player.source().isEmpty()

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._player.playbackState() == QMediaPlayer.PlaybackState.PlayingState

    @property
    def seconds(self) -> float:
        """Where it is, or will be once it is open."""
        if not self.has_source:
            return 0.0
        return self._start_at if self._opening else self._player.position() / 1000

    @property
    def length(self) -> float:
        """The length in seconds, 0 while unknown."""
        return self._player.duration() / 1000

    @property
    def frame_seconds(self) -> float:
        """How long one picture is shown."""
        rate = self._player.metaData().value(QMediaMetaData.Key.VideoFrameRate)
        fps = float(rate) if isinstance(rate, int | float) and rate > 1 else _USUAL_FPS
        return 1 / fps

    def play(self) -> None:
        """Go on; from the beginning if it was at the end."""
        if self._broken or not self.has_source:
            return
        self._wanted = True
        if not self._seen_picture:
            self._guard.start()
        self._player.play()

    def pause(self) -> None:
        """Stand still."""
        self._wanted = False
        if self.has_source and not self._broken:
            self._player.pause()

    def seek(self, second: float) -> None:
        """Go to a second inside the clip."""
        if self.has_source and not self._broken:
            last = self.length or second
            self._player.setPosition(round(1000 * min(max(0.0, second), last)))

    def set_rate(self, rate: float) -> None:
        """Play faster or slower; 1.0 is as it was recorded."""
        self._player.setPlaybackRate(rate)

    def set_volume(self, volume: float, *, muted: bool) -> None:
        """Set how loud it is, from 0.0 to 1.0."""
        if self._sound is not None:
            self._sound.setVolume(volume)
            self._sound.setMuted(muted)

    def _take_picture(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self._seen_picture = True
            self._guard.stop()
            self.pictured.emit(frame)

    def _state_changed(self, state: QMediaPlayer.PlaybackState) -> None:
        self.played.emit(state == QMediaPlayer.PlaybackState.PlayingState)

    def _status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if self._closing:
            return
        if status == QMediaPlayer.MediaStatus.LoadedMedia and not self._seen_picture:
            self._show_first()
        elif status == QMediaPlayer.MediaStatus.InvalidMedia:
            self._fail("format")
        elif status == QMediaPlayer.MediaStatus.EndOfMedia:
            self._ended()

    def _show_first(self) -> None:
        self._opening = False
        if self._start_at > 0:
            self._player.setPosition(round(1000 * self._start_at))
        self._guard.start()
        if not self._wanted:
            self._player.pause()

    def _ended(self) -> None:
        if self._player.hasVideo() and not self._seen_picture:
            self._fail("no_picture")
        elif self.loop and not self._broken:
            self._player.setPosition(0)
            self._player.play()

    def _no_picture(self) -> None:
        """Say so where pictures should come and none does: Qt itself reports no error for AV1."""
        if self.has_source and not self._seen_picture:
            self._fail("no_picture")

    def _error_occurred(self, error: QMediaPlayer.Error) -> None:
        code = _FAILURES.get(error, "format")
        self._fail("cut_off" if code == "format" and self._seen_picture else code)

    def _fail(self, code: str) -> None:
        if self._broken:
            return
        self._guard.stop()
        if code != "cut_off":
            self._broken = True
            self._player.stop()
        self.failed.emit(code)
