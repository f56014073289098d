"""How long a clip is looked into, against only decoding it: all pictures and all sound.

Both go in a process of its own, start of Python included, with as many threads in the decoder. The
reference throws away what it decodes; the check finds black, frozen and silent places, cuts,
lengths and damage in it, and makes a poster and a contact sheet.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from judgeapp.media.clip_writer import RATE, encode_clip, moving_pictures, voice
from judgeapp.media.file_check import check_file
from tests.benchmarks.measures import Measure, medians_in_turn

LIMIT = 1.5
FPS = 25
DECODE = """
import sys, av
with av.open(sys.argv[1]) as box:
    video, sound = box.streams.video[0], box.streams.audio[0]
    video.thread_type = "AUTO"
    video.codec_context.thread_count = int(sys.argv[2])
    count = sum(1 for packet in box.demux(video, sound) for _ in packet.decode())
print(count)
"""


def write_film(path: Path, seconds: int, size: tuple[int, int]) -> None:
    """Write a clip whose pictures come round every four seconds, which is quicker to make."""
    loop = list(islice(moving_pictures(size, "12", 12, FPS), 4 * FPS))
    count = seconds * FPS
    encode_clip(path, islice(cycle(loop), count), fps=FPS, sound=voice(12, seconds * RATE))


def measures(quick: bool = False) -> list[Measure]:
    """Measure on a clip of a minute at 1280 × 720."""
    seconds, size = (2, (320, 180)) if quick else (60, (1280, 720))
    threads = min(4, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.mp4"
        write_film(path, seconds, size)
        command = [sys.executable, "-P", "-c", DECODE, str(path), str(threads)]
        counted = subprocess.run(command, check=True, capture_output=True, text=True)
        assert int(counted.stdout) > seconds * FPS
        found = check_file(path, threads=threads).result
        assert found.usable
        assert found.seconds is not None
        assert abs(found.seconds - seconds) < 0.1
        checked, decoded = medians_in_turn(
            lambda: check_file(path, threads=threads),
            lambda: subprocess.run(command, check=True, capture_output=True),
            times=1 if quick else 7,
        )
    name = f"check of a clip of {seconds} s, {size[0]}×{size[1]}"
    return [Measure(name, checked, "s", LIMIT, "only decoding it", decoded)]
