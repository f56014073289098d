"""A clip that judges' laptops may not play is written anew: H.264 and AAC in an MP4.

The work is done in a child process under limits, as a look into a file is (`file_check`); the
child may write one file, the new clip. Pictures keep their times, turned clips are turned for
good, and none is larger than 1920 pixels. Not checked here: whether the new clip is good; that is
found out by looking into it like into any other.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judgeapp.domain.errors import JudgeError
from judgeapp.media import sniff
from judgeapp.media.file_check import seconds_of
from judgeapp.media.tracks import Track, chosen
from judgeapp.system.child import ChildFailed, Limits, Report, never, run_limited

if TYPE_CHECKING:
    import av

LARGEST_SIDE = 1920
_LIMITS = Limits(memory=2 << 30, silence=60, seconds=12 * 3600, largest_file=8 << 30)
_TICKS = Fraction(1, 90_000)
_RATE = 48_000
_SIGN_SECONDS = 0.25
_MOST_EARLY = 10_000
_TURNS = {90: ["transpose=cclock"], 180: ["hflip", "vflip"], 270: ["transpose=clock"]}


def convert_clip(
    path: Path,
    target: Path,
    *,
    threads: int = 1,
    report: Callable[[float], None] = lambda second: None,
    stopped: Callable[[], bool] = never,
) -> None:
    """Write a clip anew as one that plays everywhere.

    Args:
        path: the clip; read only.
        target: where the new one is written; what was there is gone.
        threads: of decoder and encoder.
        report: told the second that was reached.
        stopped: asked whether the work is no longer wanted.

    Raises:
        JudgeError: ``entries.cannot_convert``; what lies at ``target`` is of no use then.
        Cancelled: ``stopped`` said so.
    """
    arguments = {"path": str(path.absolute()), "target": str(target.absolute()), "threads": threads}
    try:
        answer = run_limited(
            rewrite, arguments, limits=_LIMITS, on_sign=seconds_of(report), stopped=stopped
        )
    except ChildFailed as error:
        raise JudgeError("entries.cannot_convert", file=path.name) from error
    if answer is not True:
        raise JudgeError("entries.cannot_convert", file=path.name)


def rewrite(arguments: Mapping[str, Any], report: Report) -> object:
    """Write the clip anew: the child's task. Its arguments are those of `convert_clip`."""
    import av

    path, target = Path(arguments["path"]), Path(arguments["target"])
    demuxer = sniff.look(path).demuxer
    with (
        av.open(str(path), format=demuxer, metadata_errors="replace") as source,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as box,
    ):
        video, sound = chosen(source.streams.video), chosen(source.streams.audio)
        if video is None or not video.decodable:
            return False
        return _Rewriting(source, box, video, sound, arguments["threads"], report).run()


class _Rewriting:
    """One pass through a clip."""

    def __init__(
        self, source: Any, box: Any, video: Track, sound: Track | None, threads: int, report: Report
    ) -> None:
        self._source, self._box, self._report = source, box, report
        self._video, self._sound = video, sound if sound is not None and sound.decodable else None
        self._threads = threads
        self._graph: Any = None
        self._shown: Any = None
        self._heard: Any = None
        self._resampler: Any = None
        self._early: list[
            tuple[Any, Fraction | None]
        ] = []  # sound before the first picture: the box is not open yet
        self._layout = "stereo"
        self._origin: Fraction | None = None
        self._last = -1
        self._next_sign = 0.0

    def run(self) -> bool:
        """Write everything; return whether there was a picture."""
        import av

        self._video.stream.thread_type = "AUTO"
        self._video.stream.codec_context.thread_count = self._threads
        if self._sound is not None:
            self._layout = "mono" if self._sound.stream.codec_context.channels == 1 else "stereo"
            self._heard = self._box.add_stream("aac", rate=_RATE, layout=self._layout)
            self._heard.bit_rate = 128_000
        streams = [track.stream for track in (self._video, self._sound) if track is not None]
        try:
            for packet in self._source.demux(streams):
                for frame in _decoded(packet):
                    self._take(frame)
        except av.error.FFmpegError:  # the container cannot be read on: what is there is kept
            pass
        if self._shown is None:
            return False
        self._put(self._shown, None)
        if self._heard is not None:
            if self._resampler is not None:
                for block in self._resampler.resample(None):
                    self._put(self._heard, block)
            self._put(self._heard, None)
        return True

    def _take(self, frame: Any) -> None:
        import av

        base = frame.time_base or Fraction(0)
        at = None if frame.pts is None else frame.pts * base
        if self._origin is None:
            self._origin = at or Fraction(0)
        if isinstance(frame, av.VideoFrame):
            self._see(frame, at)
        elif isinstance(frame, av.AudioFrame) and self._heard is not None:
            self._early.append((frame, at))
        if self._shown is not None:
            for sound in self._early:
                self._hear(*sound)
            self._early = []
        elif len(self._early) > _MOST_EARLY:
            raise ValueError("no picture for minutes")
        now = clock.monotonic()
        if at is not None and now >= self._next_sign:
            self._next_sign = now + _SIGN_SECONDS
            self._report({"at": round(float(at), 2)})

    def _see(self, frame: av.VideoFrame, at: Fraction | None) -> None:
        if self._graph is None:
            self._open_video(frame)
        self._graph.push(frame)
        for picture in self._pulled():
            ticks = self._last + 1
            if at is not None and self._origin is not None:
                ticks = max(ticks, round((at - self._origin) / _TICKS))
            self._last = ticks
            picture.pts, picture.time_base = ticks, _TICKS
            picture.pict_type = 0  # the encoder chooses its own key pictures
            self._put(self._shown, picture)

    def _pulled(self) -> Iterator[av.VideoFrame]:
        import av

        while True:
            try:
                yield self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def _open_video(self, frame: av.VideoFrame) -> None:
        """Turn and shrink as the first picture asks for, and open the encoder for that size."""
        import av

        turn = _TURNS.get(frame.rotation % 360, [])
        wide, high = frame.width, frame.height
        if len(turn) == 1:
            wide, high = high, wide
        wide, high = fitting_size(wide, high)
        self._graph = av.filter.Graph()
        last = self._graph.add_buffer(template=self._video.stream)
        for written in (*turn, f"scale={wide}:{high}", "format=yuv420p"):
            name, _, value = written.partition("=")
            following = self._graph.add(name, value) if value else self._graph.add(name)
            last.link_to(following)
            last = following
        sink = self._graph.add("buffersink")
        last.link_to(sink)
        self._graph.configure()
        rate = self._video.stream.average_rate or Fraction(25)
        self._shown = self._box.add_stream("libx264", rate=rate)
        self._shown.width, self._shown.height, self._shown.pix_fmt = wide, high, "yuv420p"
        self._shown.codec_context.time_base = _TICKS
        self._shown.options = {
            "preset": "veryfast", "crf": "22", "g": str(max(1, round(2 * rate))),
            "threads": str(self._threads),
        }  # fmt: skip

    def _hear(self, frame: av.AudioFrame, at: Fraction | None) -> None:
        import av

        if self._resampler is None:
            size = self._heard.codec_context.frame_size or 1024
            self._resampler = av.AudioResampler("fltp", self._layout, _RATE, size)
        if at is not None and self._origin is not None and frame.sample_rate:
            frame.pts = max(0, round((at - self._origin) * frame.sample_rate))
            frame.time_base = Fraction(1, frame.sample_rate)
        for block in self._resampler.resample(frame):
            self._put(self._heard, block)

    def _put(self, stream: Any, frame: Any) -> None:
        self._box.mux(stream.encode(frame))


def _decoded(packet: Any) -> list[Any]:
    """Return what a packet holds, nothing if it is damaged."""
    import av

    try:
        return list(packet.decode())
    except av.error.MemoryError:
        raise MemoryError from None
    except av.error.FFmpegError:
        return []


def fitting_size(width: int, height: int) -> tuple[int, int]:
    """Return the size of the new pictures: even, and no side longer than `LARGEST_SIDE`.

    >>> fitting_size(3840, 2160), fitting_size(1081, 721), fitting_size(2, 1)
    ((1920, 1080), (1080, 720), (2, 2))
    """
    scale = min(Fraction(1), Fraction(LARGEST_SIDE, max(width, height)))
    return tuple(max(2, int(side * scale) // 2 * 2) for side in (width, height))  # type: ignore[return-value]  # two
