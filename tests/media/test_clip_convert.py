"""A clip written anew shows and sounds as before, on every computer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from judgeapp.domain.entries import CheckResult
from judgeapp.media.clip_convert import convert_clip, fitting_size
from judgeapp.media.file_check import check_file
from judgeapp.system.progress import Cancelled
from tests.media.clip_kit import codes
from tests.refused import refused

CLIPS = Path(__file__).parent.parent / "data" / "clips"


def converted(name: str, folder: Path) -> tuple[CheckResult, CheckResult]:
    target = folder / "new.mp4"
    convert_clip(CLIPS / name, target)
    return check_file(CLIPS / name).result, check_file(target).result


@pytest.mark.parametrize(
    "name", ["c01_rotate_90.mp4", "c02_hevc.mp4", "c03_variable_rate.mp4", "c08_webm_named.mp4"]
)
def test_the_new_clip_is_as_long_and_as_large(name: str, tmp_path: Path) -> None:
    before, after = converted(name, tmp_path)
    assert (after.width, after.height, after.rotation) == (before.width, before.height, 0)
    assert (after.video_codec, after.audio_codec, after.container) == ("h264", "aac", "mp4")
    assert abs((after.seconds or 0) - (before.seconds or 0)) < 0.05
    assert set(codes(after)) <= {"variable_frame_rate"}
    assert abs((after.loudness or 0) - (before.loudness or 0)) < 1.5


def shown_at(path: Path, second: float, *, turn: int = 0) -> np.ndarray:
    import av

    with av.open(str(path)) as box:
        for frame in box.decode(video=0):
            if frame.time is not None and frame.time >= second:
                return np.rot90(frame.to_ndarray(format="rgb24"), turn).astype(int)
    raise AssertionError("too short")


@pytest.mark.parametrize(("name", "turn"), [("c02_hevc.mp4", 0), ("c01_rotate_90.mp4", 1)])
def test_the_pictures_stay_where_they_were(name: str, turn: int, tmp_path: Path) -> None:
    convert_clip(CLIPS / name, tmp_path / "new.mp4")
    for second in (0.1, 1.5):
        before = shown_at(CLIPS / name, second, turn=turn)
        after = shown_at(tmp_path / "new.mp4", second)
        assert before.shape == after.shape
        assert np.abs(before - after).mean() < 12
        assert np.abs(np.rot90(before, 2) - after).mean() > 24  # not upside down


def test_without_sound_there_is_none_afterwards(tmp_path: Path) -> None:
    before, after = converted("c04_no_sound_track.mp4", tmp_path)
    assert (before.sound, after.sound) == (False, False)
    assert after.seconds == before.seconds


def test_what_is_no_clip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(400))
    with refused("entries.cannot_convert"):
        convert_clip(tmp_path / "x.mp4", tmp_path / "new.mp4")


def test_it_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        convert_clip(CLIPS / "c02_hevc.mp4", tmp_path / "new.mp4", stopped=lambda: True)


def test_sides_are_even_and_not_too_long() -> None:
    assert fitting_size(3840, 2160) == (1920, 1080)
    assert fitting_size(2160, 3840) == (1080, 1920)
    assert fitting_size(641, 359) == (640, 358)
