"""A clip is decoded to its end, all pictures and all sound, and what was found is named.

Runs in a child process (`file_check`). Length, cuts and stretches go by time stamps, never by the
number of pictures; what the header claims is only compared. Only the reader that fits the content
is opened, so a clip can never make FFmpeg read another file or address.
Not checked: what is shown or said.
"""

from __future__ import annotations

import time as clock
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judgeapp.domain.entries import CheckResult, Problem, clock_text, in_order
from judgeapp.media.contact import ContactFrames
from judgeapp.media.frames import black_level, luma_of, samples_of
from judgeapp.media.sniff import Content
from judgeapp.media.structure import Structure, structure_of
from judgeapp.media.tracks import Track, chosen
from judgeapp.media.watching import PictureWatch, Rhythm, SoundWatch
from judgeapp.system.child import Report

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

PLAYABLE_VIDEO = frozenset({"h264", "vp8", "vp9"})
PLAYABLE_SOUND = frozenset({"aac", "mp3", "opus", "vorbis"})
_SIGN_SECONDS = 0.25
_CLAIMS_LENGTH = frozenset({"mov", "matroska", "avi", "flv", "asf", "ogg", "wav"})


@dataclass(frozen=True)
class CheckedClip:
    """What was found, with the poster and the contact sheet as JPEG files where there are any."""

    result: CheckResult
    poster: bytes | None = None
    sheet: bytes | None = None


def check_clip(path: Path, content: Content, *, threads: int, report: Report) -> CheckedClip:
    """Return what decoding the whole clip found.

    Args:
        path: the file.
        content: what it is by its content, with its demuxer.
        threads: of the decoder.
        report: told the second that was reached, a few times a second.

    Raises:
        OSError: if the file cannot be read.
    """
    import av

    structure = structure_of(path, content.demuxer)
    try:
        box = av.open(str(path), format=content.demuxer, metadata_errors="replace")
    except av.error.FFmpegError:
        problems = (_unopened(structure),)
        return CheckedClip(
            CheckResult("clip", opens=False, container=content.name, problems=problems)
        )
    with box:
        return _Decoding(box, content, structure, threads, report).run()


def _unopened(structure: Structure) -> Problem:
    """Return why nothing of a clip can be shown."""
    if not structure.cut_off:
        return Problem("damaged", variant="unreadable")
    return Problem("truncated", variant="no_end" if structure.indexed else "no_index")


class _Decoding:
    """One pass through a clip."""

    def __init__(
        self,
        box: InputContainer,
        content: Content,
        structure: Structure,
        threads: int,
        report: Report,
    ) -> None:
        self._box = box
        self._content = content
        self._structure = structure
        self._report = report
        self._next_sign = 0.0
        self._video = chosen(box.streams.video)
        self._sound = chosen(box.streams.audio)
        self._watch = PictureWatch()
        self._rhythm = Rhythm()
        self._heard: SoundWatch | None = None
        self._last_time: Fraction | None = None
        self._rotation: int | None = None
        self._size: tuple[int, int] | None = None
        claims = [c for c in (structure.header_seconds, self._container_seconds()) if c]
        self._frames = ContactFrames(float(min(claims)) if claims else None)
        if self._video is not None and self._video.decodable:
            self._video.stream.thread_type = "AUTO"
            self._video.stream.codec_context.thread_count = threads

    def run(self) -> CheckedClip:
        """Decode everything; return what was found."""
        import av

        tracks = [track for track in (self._video, self._sound) if track and track.decodable]
        if tracks:
            try:
                for packet in self._box.demux([track.stream for track in tracks]):
                    self._take(packet)
            except av.error.FFmpegError:  # the container itself cannot be read on
                for track in tracks:
                    track.bad(track.end)
        return self._finish(tracks)

    # --- decoding --------------------------------------------------------------------------------

    def _take(self, packet: Any) -> None:
        import av

        video = self._video is not None and packet.stream is self._video.stream
        track = self._video if video else self._sound
        assert track is not None
        try:
            frames = packet.decode()
        except av.error.MemoryError:
            raise MemoryError from None
        except av.error.FFmpegError:
            ticks = packet.pts if packet.pts is not None else packet.dts
            base = packet.time_base or Fraction(0)
            track.bad(Fraction(ticks) * base if ticks is not None else track.end)
            return
        for frame in frames:
            if isinstance(frame, av.VideoFrame):
                self._see(track, frame)
            elif isinstance(frame, av.AudioFrame):
                self._hear(track, frame)
        now = clock.monotonic()
        if now >= self._next_sign:
            self._next_sign = now + _SIGN_SECONDS
            self._report({"at": round(float(track.end), 2)})

    def _see(self, track: Track, frame: av.VideoFrame) -> None:
        base = frame.time_base or track.stream.time_base
        start = track.end if frame.pts is None else frame.pts * base
        length = frame.duration * base if frame.duration else self._usual_length(start)
        if frame.is_corrupt:
            track.doubtful(start, start + length)
        else:
            track.good(start, start + length)
        self._last_time = start
        if self._size is None or self._rotation is None:
            self._rotation = frame.rotation % 360
            self._size = (frame.width, frame.height)
        second = float(start)
        self._rhythm.see(second)
        black = self._watch.see(second, luma_of(frame), black_level(frame))
        if self._frames.wants(second, black=black):
            self._frames.add(second, frame, self._rotation, black=black)

    def _usual_length(self, start: Fraction) -> Fraction:
        rate = self._video.stream.average_rate if self._video else None
        if rate:
            return 1 / Fraction(rate)
        return start - self._last_time if self._last_time is not None else Fraction(0)

    def _hear(self, track: Track, frame: av.AudioFrame) -> None:
        base = frame.time_base or track.stream.time_base
        start = track.end if frame.pts is None else frame.pts * base
        rate = frame.sample_rate or 1
        track.good(start, start + Fraction(frame.samples, rate))
        if self._heard is None:
            self._heard = SoundWatch(rate)
        if frame.samples:
            self._heard.hear(float(start), samples_of(frame))

    # --- what was found --------------------------------------------------------------------------

    def _finish(self, tracks: Sequence[Track]) -> CheckedClip:
        decoded = [track for track in tracks if track.count]
        if self._sound is not None:
            self._sound.end = self._sound.end_without_padding
        starts = [track.first for track in decoded if track.first is not None]
        origin = max(Fraction(0), min(starts, default=Fraction(0)))
        end = max((track.end for track in decoded), default=Fraction(0))
        seconds = (end - origin) if decoded else None
        header = self._structure.header_seconds or self._container_seconds()
        self._watch.end(*(_end_of(track) for track in (self._video, self._sound)))
        problems = [
            *self._broken(tracks, seconds, header, origin),
            *self._pictures_found(origin),
            *self._sound_found(end, origin),
            *self._codecs_found(),
        ]
        poster, sheet, times = self._frames.made()
        result = self._described(seconds, header, bool(decoded), in_order(problems), times, origin)
        return CheckedClip(result, poster, sheet)

    def _described(
        self,
        seconds: Fraction | None,
        header: Fraction | None,
        opens: bool,
        problems: tuple[Problem, ...],
        times: Sequence[float],
        origin: Fraction,
    ) -> CheckResult:
        width, height = self._size or (None, None)
        if self._rotation in (90, 270):
            width, height = height, width
        return CheckResult(
            "clip",
            opens=opens,
            seconds=_milliseconds(seconds),
            header_seconds=_milliseconds(header),
            fps=self._fps(),
            width=width,
            height=height,
            rotation=self._rotation,
            container=self._content.name,
            video_codec=self._video.codec if self._video else None,
            audio_codec=self._sound.codec if self._sound else None,
            sound=(self._sound is not None) if opens else None,
            problems=problems,
            loudness=self._heard.loudness() if self._heard else None,
            peaks=self._heard.peaks() if self._heard else (),
            frames=tuple(_place(time, origin) for time in times),
        )

    def _broken(
        self,
        tracks: Sequence[Track],
        seconds: Fraction | None,
        header: Fraction | None,
        origin: Fraction,
    ) -> list[Problem]:
        """Return what keeps the clip from playing to the end as its header says."""
        if seconds is None:
            return [_unopened(self._structure)]
        found = []
        end = seconds + origin
        if self._is_truncated(tracks, end, header):
            params = {"length": clock_text(float(seconds))}
            found.append(Problem("truncated", _milliseconds(seconds), params))
        elif header is not None and abs(header - seconds) > _tolerance(seconds):
            params = {"length": clock_text(float(seconds)), "header": clock_text(float(header))}
            found.append(Problem("wrong_duration", params=params))
        places = [track.damaged_at for track in tracks if track.damaged_at is not None]
        if not found or found[0].code != "truncated":
            places += [place for track in tracks for place in track.open_damage[:1]]
            places += [0.0 for track in tracks if not track.count]
        if places:
            at = _place(min(places), origin)
            found.append(Problem("damaged", at, {"place": clock_text(at)}))
        return found

    def _is_truncated(
        self, tracks: Sequence[Track], end: Fraction, header: Fraction | None
    ) -> bool:
        """Tell whether nothing decodes after ``end`` although the index or the header has more."""
        if self._structure.cut_off:
            return True
        indexed = [track.claimed_end for track in tracks if self._content.demuxer == "mov"]
        promised = max((known for known in indexed if known is not None), default=None)
        if promised is None and any(track.open_damage for track in tracks):
            promised = header
        return promised is not None and promised - end > _tolerance(end)

    def _pictures_found(self, origin: Fraction) -> list[Problem]:
        if self._video is None or not self._video.count:
            return [] if self._sound is None else [Problem("no_video")]
        found = [Problem("variable_frame_rate")] if self._rhythm.variable() else []
        for code, times in (
            ("black", self._watch.black.starts),
            ("frozen", self._watch.frozen.starts),
            ("cut", self._watch.cuts),
        ):
            places = [_place(time, origin) for time in times]
            found += [Problem(code, place, {"place": clock_text(place)}) for place in places]
        return found

    def _sound_found(self, end: Fraction, origin: Fraction) -> list[Problem]:
        if self._sound is None:
            return [Problem("no_sound")] if self._video and self._video.count else []
        if self._heard is None:
            return []
        found = []
        heard_until = float(self._sound.end)
        for start in self._heard.silences(float(origin), heard_until, float(end)):
            if start is None:
                found.append(Problem("silent"))
            else:
                at = _place(start, origin)
                found.append(Problem("silent", at, {"place": clock_text(at)}, "from_place"))
        return found

    def _codecs_found(self) -> list[Problem]:
        odd = []
        if self._video is not None and self._video.codec not in PLAYABLE_VIDEO:
            odd.append(self._video.codec or "?")
        if self._sound is not None and not _plays(self._sound.codec):
            odd.append(self._sound.codec or "?")
        return [Problem("unplayable_codec", params={"codec": ", ".join(odd)})] if odd else []

    def _fps(self) -> float | None:
        video = self._video
        if video is None or video.first is None or video.end <= video.first:
            return None
        return round(float(video.count / (video.end - video.first)), 3)

    def _container_seconds(self) -> Fraction | None:
        """Return the length that the container claims, where it is a claim and no estimate."""
        duration = self._box.duration
        if duration is None or duration <= 0 or self._content.demuxer not in _CLAIMS_LENGTH:
            return None
        return Fraction(duration, 1_000_000)


def _plays(sound: str | None) -> bool:
    return sound is not None and (sound in PLAYABLE_SOUND or sound.startswith("pcm_"))


def _end_of(track: Track | None) -> float:
    return float(track.end) if track is not None else 0.0


def _tolerance(seconds: Fraction) -> Fraction:
    """Return how far a header may be off before it is worth a word: half a second, or 0.5 %."""
    return max(Fraction(1, 2), seconds / 200)


def _milliseconds(seconds: Fraction | None) -> float | None:
    """Return seconds cut off to whole milliseconds."""
    return None if seconds is None else int(seconds * 1000) / 1000


def _place(time: float, origin: Fraction) -> float:
    return round(max(0.0, time - float(origin)), 3)
