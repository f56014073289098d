"""Clips are decoded to their end: the cases, and clips made to have each fault."""

from __future__ import annotations

import json
import random
import shutil
import unicodedata
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, Literal

import av
import cv2
import numpy as np
import pytest

from judgeapp.domain.entries import PROBLEM_CODES
from judgeapp.media.clip_writer import encode_clip, write_clip
from judgeapp.media.file_check import check_file
from judgeapp.system.texts import load_texts
from tests.media.clip_kit import (
    FPS,
    black,
    clip,
    codes,
    moving,
    places,
    silence,
    still,
    tone,
)

DATA = Path(__file__).parent.parent / "data" / "clips"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))
DECOMPOSED = next(name for name in EXPECTED if not name.startswith("c"))


def case_file(name: str, folder: Path) -> Path:
    if name == DECOMPOSED:
        shutil.copy(DATA / "c11_decomposed_name.mp4", folder / name)
        return folder / name
    return DATA / name


@pytest.mark.parametrize("name", EXPECTED)
def test_the_cases(name: str, tmp_path: Path) -> None:
    expected: dict[str, Any] = EXPECTED[name]
    result = check_file(case_file(name, tmp_path)).result
    assert result.kind == "clip"
    assert result.opens == expected["opens"]
    assert set(codes(result)) == set(expected.get("codes", []))
    tolerance = expected.get("tolerance", 0.1)
    for key in ("seconds", "decoded_seconds"):
        if key in expected:
            assert result.seconds == pytest.approx(expected[key], abs=tolerance)
    if "decoded_seconds_below" in expected:
        assert result.seconds is not None
        assert 0 < result.seconds < expected["decoded_seconds_below"]
    if "header_seconds" in expected:
        assert result.header_seconds == expected["header_seconds"]
    if "shown_size" in expected:
        assert [result.width, result.height] == expected["shown_size"]
        assert result.rotation in expected["rotation_degrees"]
    if "sound" in expected:
        assert result.sound == expected["sound"]
    assert result.container == (expected.get("container") or (result.container and "mp4"))
    assert result.video_codec == expected.get("codec", "h264" if expected["opens"] else None)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_folders_and_names(form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Hội thi") / "Đợt 1 – “bản 2”"
    folder.mkdir(parents=True)
    path = folder / unicodedata.normalize(form, "Đồng chí Ổn (bản 2).MP4")
    shutil.copy(DATA / "c11_decomposed_name.mp4", path)
    checked = check_file(path)
    assert checked.result.seconds == pytest.approx(1.0, abs=0.03)
    assert checked.result.usable
    assert checked.poster is not None


def decoded(jpeg: bytes | None) -> Any:
    assert jpeg is not None
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)


def test_the_poster_is_upright_and_not_mirrored() -> None:
    """OpenCV turns the picture by itself and by its own reckoning: the same picture comes out."""
    checked = check_file(DATA / "c01_rotate_90.mp4")
    poster = decoded(checked.poster)
    capture = cv2.VideoCapture(str(DATA / "c01_rotate_90.mp4"))
    done, shown = capture.read()
    assert done
    height, width = poster.shape[:2]
    assert (width, height) == (270, 360)
    same = cv2.resize(shown, (width, height), interpolation=cv2.INTER_LINEAR)

    def apart(other: Any) -> float:
        return float(np.abs(poster.astype(int) - other).mean())

    others = [cv2.flip(same, 0), cv2.flip(same, 1), cv2.flip(same, -1)]
    assert apart(same) < min(apart(other) for other in others) / 3


def test_the_contact_sheet_has_sixteen_pictures_along_the_clip(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    write_clip(path, seconds=20, text="07", seed=1, fps=10)
    checked = check_file(path)
    sheet = decoded(checked.sheet)
    assert sheet.shape == (4 * 184 - 4, 4 * 324 - 4, 3)
    times = checked.result.frames
    assert len(times) == 16
    assert list(times) == sorted(times)
    assert times[0] == 0
    assert times[-1] > 19
    assert max(b - a for a, b in pairwise(times)) < 2 * 20 / 15


def test_a_clip_of_one_picture(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(1))
    assert result.seconds == pytest.approx(1 / FPS, abs=0.05)
    assert len(result.frames) == 1


def test_a_good_clip_has_no_problem(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(40))
    assert codes(result) == []
    assert result.seconds == pytest.approx(4.0, abs=0.03)
    assert (result.fps, result.width, result.height) == (FPS, 160, 96)
    assert result.loudness == pytest.approx(20 * np.log10(0.2 / np.sqrt(2)), abs=0.5)
    assert 18 <= sorted(result.peaks)[len(result.peaks) // 2] <= 24


# --- pictures ------------------------------------------------------------------------------------


def test_black_and_frozen_stretches_have_their_places(tmp_path: Path) -> None:
    result = clip(
        tmp_path / "c.mp4", moving(20), black(10), moving(20, 1), still(15), moving(20, 2)
    )
    assert places(result, "black") == [pytest.approx(2.0, abs=0.11)]
    assert places(result, "frozen") == [pytest.approx(5.0, abs=0.11)]


def test_short_black_and_short_stills_are_no_problem(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(20), black(3), moving(20), still(8), moving(20))
    assert places(result, "black") == []
    assert places(result, "frozen") == []


def test_black_to_the_end_and_a_still_clip(tmp_path: Path) -> None:
    assert places(clip(tmp_path / "a.mp4", moving(20), black(20)), "black") == [
        pytest.approx(2.0, abs=0.11)
    ]
    still_all_along = clip(tmp_path / "b.mp4", still(30))
    assert places(still_all_along, "frozen") == [0.0]
    assert places(still_all_along, "black") == []
    slides = clip(tmp_path / "c.mp4", still(30, 1), still(30, 2), still(30, 3))
    assert places(slides, "frozen") == [0.0]


def test_a_small_movement_is_no_still(tmp_path: Path) -> None:
    """A speaker in a corner of a slide: one part in two hundred of the picture moves."""
    pictures = list(still(30))
    for index, picture in enumerate(pictures):
        pictures[index] = picture.copy()
        pictures[index][80:90, 130 + index % 8 : 138 + index % 8] = 250
    assert places(clip(tmp_path / "c.mp4", iter(pictures)), "frozen") == []


def test_a_cut_is_suspected_and_a_flash_is_not(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(30, 1), inverted(30))
    assert places(result, "cut") == [pytest.approx(3.0, abs=0.11)]
    assert result.usable
    flash = clip(
        tmp_path / "f.mp4", moving(30, 1), islice(inverted(1), 1), islice(moving(31, 1), 1, None)
    )
    assert places(flash, "cut") == []


def inverted(count: int) -> Any:
    return (255 - picture for picture in moving(count, 3))


def test_a_sound_longer_than_the_pictures_freezes_the_last_one(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(20), sound=tone(5))
    assert places(result, "frozen") == [pytest.approx(1.9, abs=0.11)]
    assert result.seconds == pytest.approx(5.0, abs=0.05)


# --- sound ---------------------------------------------------------------------------------------


def test_silence_all_along_and_long_silences(tmp_path: Path) -> None:
    mute = clip(tmp_path / "a.mp4", moving(20), sound=silence(2))
    assert places(mute, "silent") == [None]
    gap = np.concatenate([tone(4), silence(11), tone(3)])
    result = clip(tmp_path / "b.mp4", moving(180), sound=gap)
    assert places(result, "silent") == [pytest.approx(4.0, abs=0.3)]
    pause = np.concatenate([tone(4), silence(8), tone(3)])
    assert places(clip(tmp_path / "c.mp4", moving(150), sound=pause), "silent") == []


def test_a_sound_track_that_ends_early_is_silent_from_there(tmp_path: Path) -> None:
    result = clip(tmp_path / "c.mp4", moving(180), sound=tone(5))
    assert places(result, "silent") == [pytest.approx(5.0, abs=0.3)]


def test_a_quiet_click_does_not_make_a_muted_microphone_heard(tmp_path: Path) -> None:
    sound = silence(4)
    sound[1000:1100] = 0.5
    assert places(clip(tmp_path / "c.mp4", moving(40), sound=sound), "silent") == [None]


def test_sound_without_picture(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    encode_clip(tmp_path / "v.mp4", moving(10), fps=FPS, sound=tone(1))
    with av.open(str(tmp_path / "v.mp4")) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    result = check_file(path).result
    assert codes(result) == ["no_video"]
    assert (result.opens, result.sound, result.width) == (True, True, None)


# --- broken files --------------------------------------------------------------------------------


def test_damage_in_the_middle_is_found_and_placed(tmp_path: Path) -> None:
    whole = (DATA / "c01_rotate_90.mp4").read_bytes()
    rng = random.Random(4)
    start, end = whole.find(b"mdat") + 4, whole.find(b"moov") - 4
    found = 0
    for number in range(8):
        broken = bytearray(whole)
        place = rng.randrange(start + 2000, end - 6000)
        broken[place : place + 300] = rng.randbytes(300)
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(broken)
        result = check_file(path).result
        damage = [problem for problem in result.problems if problem.code == "damaged"]
        found += bool(damage)
        assert all(0 <= (problem.at or 0) <= 2.1 for problem in damage)
    assert found >= 7  # a byte of sound may change without any error


@pytest.mark.parametrize(
    "name", ["c01_rotate_90.mp4", "c08_webm_named.mp4", "c11_decomposed_name.mp4"]
)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_called_so(name: str, share: float, tmp_path: Path) -> None:
    whole = (DATA / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * share)])
    result = check_file(path).result
    assert "truncated" in codes(result)


def test_a_tail_of_zeros_is_cut_off(tmp_path: Path) -> None:
    """What a stick pulled out leaves: the full length, but nothing in it."""
    path = tmp_path / "c.mp4"
    write_clip(path, seconds=10, seed=2)
    whole = path.read_bytes()
    half = whole.find(b"mdat") + (len(whole) - whole.find(b"mdat")) // 2
    path.write_bytes(whole[:half] + bytes(len(whole) - half))
    result = check_file(path).result
    assert "truncated" in codes(result)
    assert result.seconds is not None
    assert result.seconds < 7


@pytest.mark.parametrize("seed", range(6))
def test_any_bytes_have_an_answer(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    head = rng.choice(
        [b"", b"\0\0\0\x18ftypmp42", b"\x1a\x45\xdf\xa3", b"RIFF\x10\0\0\0AVI ", b"FLV\x01"]
    )
    path = tmp_path / "c.mp4"
    path.write_bytes(head + rng.randbytes(5000))
    result = check_file(path).result
    assert not result.opens
    assert result.problems
    assert result.kind == "clip"


def test_text_and_pictures_are_no_clip(tmp_path: Path) -> None:
    for name, content in (("a.mp4", b"xin chao\n"), ("b.mp4", b"\x89PNG\r\n\x1a\n"), ("c", b"x")):
        (tmp_path / name).write_bytes(content)
        assert codes(check_file(tmp_path / name).result) == ["not_media"]


def test_a_playlist_cannot_make_the_reader_open_other_files(tmp_path: Path) -> None:
    """Only containers are opened, with their own reader; a playlist is text."""
    shutil.copy(DATA / "c11_decomposed_name.mp4", tmp_path / "secret.mp4")
    playlist = "#EXTM3U\n#EXTINF:1,\nsecret.mp4\n"
    (tmp_path / "c.mp4").write_text(playlist, "utf-8")
    assert codes(check_file(tmp_path / "c.mp4").result) == ["not_media"]


# --- codecs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoder", "name", "plays"),
    [("libx264", "h264", True), ("mpeg4", "mpeg4", False), ("libvpx-vp9", "vp9", True)],
)
def test_codecs(encoder: str, name: str, plays: bool, tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    encode_clip(path, moving(12), fps=FPS, sound=tone(1.2), video_codec=encoder)
    result = check_file(path).result
    assert result.video_codec == name
    assert ("unplayable_codec" in codes(result)) == (not plays)


def test_every_problem_has_its_sentence_in_both_languages(tmp_path: Path) -> None:
    """All that the cases and the clips above can show, with the parameters that come along."""
    found = [check_file(case_file(name, tmp_path)).result for name in EXPECTED]
    found.append(
        clip(tmp_path / "c.mp4", chain(moving(20), black(10), still(20), moving(20), inverted(20)))
    )
    for result in found:
        for problem in result.problems:
            assert problem.code in PROBLEM_CODES
            for language in ("vi", "en"):
                sentence = load_texts(language)(problem.text_key, **problem.params)
                assert not sentence.startswith("entries.")
                assert sentence.endswith(".")
