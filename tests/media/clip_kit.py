"""Clips for the tests: moving, black and still pictures, tones and silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from judgeapp.domain.entries import CheckResult
from judgeapp.media.clip_writer import RATE, Sound, encode_clip
from judgeapp.media.file_check import check_file
from judgeapp.media.pictures import Picture

FPS = 10
SIZE = (96, 160)  # rows, columns


def moving(count: int, seed: int = 0) -> Iterator[Picture]:
    """Yield pictures in which a band wanders over a pattern of its own."""
    rng = np.random.default_rng(seed)
    ground = rng.integers(60, 120, (12, 20, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    for index in range(count):
        picture = ground.copy()
        start = (index * 6) % (SIZE[1] - 20)
        picture[20:70, start : start + 20] = 220
        yield picture


def black(count: int) -> Iterator[Picture]:
    for _ in range(count):
        yield np.zeros((*SIZE, 3), np.uint8)


def still(count: int, seed: int = 5) -> Iterator[Picture]:
    picture = next(moving(1, seed))
    for _ in range(count):
        yield picture


def tone(seconds: float) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(0.2 * np.sin(2 * np.pi * 330 * time), np.float32)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def clip(path: Path, *pieces: Iterator[Picture], sound: Sound | None = None) -> CheckResult:
    """Write a clip of these pieces and return what the check finds."""
    pictures = [picture for piece in pieces for picture in piece]
    heard = tone(len(pictures) / FPS) if sound is None else sound
    encode_clip(path, pictures, fps=FPS, sound=heard)
    return check_file(path).result


def codes(result: CheckResult) -> list[str]:
    return [problem.code for problem in result.problems]


def places(result: CheckResult, code: str) -> list[float | None]:
    return [problem.at for problem in result.problems if problem.code == code]
