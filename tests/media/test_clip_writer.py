"""The clips that we write are real: other readers play them back as they were meant."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from judgeapp.media.clip_writer import RATE, encode_clip, write_clip
from tests.media.clip_kit import FPS, moving, tone
from tests.refused import refused


def pictures_of(path: Path) -> list[Any]:
    """Read all pictures with OpenCV, which has an FFmpeg of its own."""
    capture = cv2.VideoCapture(str(path))
    found: list[Any] = []
    while True:
        done, picture = capture.read()
        if not done:
            return found
        found.append(picture)


def test_pictures_are_those_that_were_written(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    shown = list(moving(25, 3))
    encode_clip(path, shown, fps=FPS, sound=tone(2.5))
    read = pictures_of(path)
    assert len(read) == 25
    for written, seen in zip(shown, read, strict=True):
        assert np.abs(written.astype(int) - seen).mean() < 8
    capture = cv2.VideoCapture(str(path))
    assert capture.get(cv2.CAP_PROP_FPS) == FPS


def test_the_sound_is_the_tone_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    encode_clip(path, moving(30), fps=FPS, sound=tone(3))
    with av.open(str(path)) as box:
        blocks = [frame.to_ndarray()[0] for frame in box.decode(audio=0)]
    sound = np.concatenate(blocks)
    assert len(sound) / RATE == pytest.approx(3, abs=0.05)
    spectrum = np.abs(np.fft.rfft(sound[RATE : 2 * RATE]))
    assert int(spectrum.argmax()) == pytest.approx(330, abs=1)


@pytest.mark.parametrize("sound", [True, False])
def test_a_sample_clip(sound: bool, tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    write_clip(path, seconds=2, size=(320, 180), text="07", seed=7, sound=sound)
    with av.open(str(path)) as box:
        assert [stream.codec_context.name for stream in box.streams.video] == ["h264"]
        assert len(box.streams.audio) == sound
        assert box.streams.video[0].codec_context.pix_fmt == "yuv420p"
        assert box.duration is not None
        assert box.duration / 1e6 == pytest.approx(2, abs=0.05)
    read = pictures_of(path)
    assert (len(read), read[0].shape) == (30, (180, 320, 3))
    assert (
        min(np.abs(a.astype(int) - b).mean() for a, b in zip(read, read[5:], strict=False)) > 0.5
    )  # it moves all the time


def test_the_same_seed_gives_the_same_pictures(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_clip(tmp_path / f"{name}.mp4", seconds=1, text="1", seed=seed)
    a, b, c = (pictures_of(tmp_path / f"{name}.mp4") for name in "abc")
    apart = [np.abs(x.astype(int) - y).mean() for x, y in zip(a, b, strict=True)]
    assert max(apart) < 2  # x264 is not quite steady on some processors
    assert min(np.abs(x.astype(int) - y).mean() for x, y in zip(a, c, strict=True)) > 10


def test_the_index_stands_in_front(tmp_path: Path) -> None:
    """So that a player can start before the whole file is copied."""
    write_clip(tmp_path / "c.mp4", seconds=1)
    content = (tmp_path / "c.mp4").read_bytes()
    assert content.find(b"moov") < content.find(b"mdat")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.mp4"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with refused("files.disk_full"):
        write_clip(path, seconds=0.5)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["c.mp4"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with refused("files.folder_missing"):
        write_clip(tmp_path / "nowhere" / "c.mp4", seconds=0.5)
