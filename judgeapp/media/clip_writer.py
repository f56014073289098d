"""Writes small real clips: H.264 and AAC in an MP4 that plays everywhere, for the sample contest.

Words: a *picture* is an array as in `pictures`; *sound* is one channel of samples between -1 and 1.
The same arguments give the same pictures and sound; the encoder's bits may differ unseen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from judgeapp.media import pictures
from judgeapp.system.files import cannot_write, flush_to_disk

FPS = 15
RATE = 44100
_BLOCK = 1024  # samples of one AAC frame

Sound = npt.NDArray[np.float32]


def write_clip(
    path: Path,
    *,
    seconds: float,
    size: tuple[int, int] = (320, 180),
    text: str = "",
    seed: int = 0,
    sound: bool = True,
    fps: int = FPS,
) -> None:
    """Put a clip at ``path``: a moving picture with ``text`` on it, and a voice-like tone.

    Args:
        path: after this the file is there whole, or as it was before.
        seconds: its length; rounded to whole pictures.
        size: width and height, even numbers.
        text: ASCII, such as a contestant's number.
        seed: changes colours, motion and pitch.
        sound: without it the clip has no sound track.
        fps: pictures a second.

    Raises:
        JudgeError: as `encode_clip` does.
    """
    number = max(1, round(seconds * fps))
    moving = islice(moving_pictures(size, text, seed, fps), number)
    heard = voice(seed, round(number * RATE / fps)) if sound else None
    encode_clip(path, moving, fps=fps, sound=heard)


def encode_clip(
    path: Path,
    shown: Iterable[pictures.Picture],
    *,
    fps: int,
    sound: Sound | None,
    video_codec: str = "libx264",
) -> None:
    """Encode pictures of one size and a sound track as an MP4.

    Args:
        path: after this the file is there whole, or as it was before.
        shown: the pictures, at least one.
        fps: pictures a second.
        sound: 44,100 samples a second, or None for no sound track.
        video_codec: name of FFmpeg's encoder.

    Raises:
        JudgeError: ``files.disk_full`` and the like if it cannot be written; nothing is left.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        _encode(part, shown, fps, sound, video_codec)
        flush_to_disk(part)
        part.replace(path)
        flush_to_disk(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _encode(
    part: Path,
    shown: Iterable[pictures.Picture],
    fps: int,
    sound: Sound | None,
    video_codec: str,
) -> None:
    import av

    pictures_left = iter(shown)
    first = next(pictures_left)
    with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as box:
        video = _video_stream(box, video_codec, fps, first)
        audio: Any = box.add_stream("aac", rate=RATE, layout="mono") if sound is not None else None
        heard = 0
        for index, picture in enumerate(chain([first], pictures_left)):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            box.mux(video.encode(frame))
            if sound is not None:  # beside the pictures, so that a player need not seek
                until = round((index + 1) * RATE / fps)
                heard = _encode_sound(box, audio, sound, heard, until)
        if sound is not None:
            _encode_sound(box, audio, sound, heard, len(sound) + _BLOCK)
            box.mux(audio.encode(None))
        box.mux(video.encode(None))


def _video_stream(box: Any, codec: str, fps: int, picture: pictures.Picture) -> Any:
    video = box.add_stream(codec, rate=fps)
    video.height, video.width = picture.shape[:2]
    video.pix_fmt = "yuv420p"
    video.time_base = Fraction(1, fps)
    video.options = {"preset": "veryfast", "crf": "28", "g": str(2 * fps), "threads": "1"}
    return video


def _encode_sound(box: Any, audio: Any, sound: Sound, start: int, until: int) -> int:
    """Encode whole blocks from ``start`` up to about ``until``; return where the next begins."""
    import av

    while start < len(sound) and start + _BLOCK <= until:
        block = sound[start : start + _BLOCK]
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        box.mux(audio.encode(frame))
        start += len(block)
    return start


def moving_pictures(
    size: tuple[int, int], text: str, seed: int, fps: int
) -> Iterator[pictures.Picture]:
    """Yield pictures of a soft pattern that drifts, a bright disc on its way, and the text."""
    width, height = size
    rng = np.random.default_rng(seed)
    across, down = np.linspace(0, 6, width), np.linspace(0, 5, height)
    colours = [_shades(level) for level in rng.uniform(60, 150, 3)]
    phase, speed = rng.uniform(0, 2 * math.pi, 2), rng.uniform(0.6, 1.4, 2)
    for index in count():
        second = index / fps
        wave = np.outer(
            np.cos(down + phase[1] - speed[1] * second),
            np.sin(across + phase[0] + speed[0] * second),
        )
        level = (127.5 + 127 * wave.astype(np.float32)).astype(np.uint8)
        picture = np.dstack([shades[level] for shades in colours])
        x = width * (0.5 + 0.4 * math.sin(0.9 * second + phase[0]))
        y = height * (0.5 + 0.3 * math.cos(0.7 * second + phase[1]))
        pictures.disc(picture, (round(x), round(y)), height // 6)
        if text:
            place = (width // 12, height - height // 10)
            pictures.write(picture, text, place, height / 120)
        yield picture


def _shades(middle: float) -> npt.NDArray[np.uint8]:
    """Return the 256 values that a colour takes as the pattern goes from dark to light."""
    return np.linspace(middle - 40, middle + 40, 256).astype(np.uint8)


def voice(seed: int, length: int) -> Sound:
    """Return a tone with the rise and fall of syllables."""
    rng = np.random.default_rng(seed + 1)
    time = np.arange(length) / RATE
    pitch = rng.uniform(140, 260)
    tone = sum(np.sin(2 * math.pi * pitch * k * time) / k for k in (1, 2, 3))
    syllables = 0.6 + 0.4 * np.sin(2 * math.pi * rng.uniform(2.5, 4) * time)
    return np.asarray(0.15 * tone * syllables, np.float32)
