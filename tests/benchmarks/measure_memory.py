"""Memory of a judge's desk that opens and plays clip after clip: its peak, and whether it grows.

The desk runs in a process of its own, so that nothing else counts. ``VmRSS`` is read from the
system, which this needs to be Linux.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.desk import JudgePage
from judgeapp.gui.session import Session
from tests.benchmarks.measure_first_frame import desk_with_clips
from tests.benchmarks.measures import Measure
from tests.benchmarks.window_kit import application, rest, wait_until

MOST_MB = 500
MOST_GROWTH = 1.1
CLIPS, WARM = 200, 50
PLAYED_S = 0.3


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure what the process keeps after each clip."""
    if not Path("/proc/self/status").exists():
        raise ImportError("/proc: memory is measured on Linux only")
    clips, warm = (8, 4) if quick else (CLIPS, WARM)
    call = [sys.executable, "-m", "tests.benchmarks.measure_memory", str(clips)]
    done = subprocess.run(call, check=True, capture_output=True)
    kept: list[float] = json.loads(done.stdout)
    return [
        Measure("memory.peak", max(kept), "MB", MOST_MB, absolute=True),
        Measure(
            "memory.growth",
            sum(kept[-warm // 2 :]) / len(kept[-warm // 2 :]),
            "MB",
            MOST_GROWTH,
            reference=f"after {warm} clips",
            reference_value=sum(kept[warm // 2 : warm]) / len(kept[warm // 2 : warm]),
        ),
    ]


def memory_mb() -> float:
    """Return the memory of this process that lies in the machine's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    line = next(line for line in lines if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def play(clips: int) -> list[float]:
    """Open and play so many clips at a desk; return the memory after each, in MB."""
    application()
    kept: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        desk = desk_with_clips(
            Path(name), entries=min(clips, 38), clip_bytes=0, size=(1280, 720), seconds=3
        )
        session = Session(desk.machine)
        session.open(desk)
        page = JudgePage(session, desk)
        page.resize(1366, 690)
        page.show()
        wait_until(lambda: not session.tasks.busy)
        player = page.score.media.player
        for entry in islice(cycle(desk.pack.entries), clips):
            page.mark(ContestantId(entry.id))
            wait_until(lambda: player.screen_.has_picture)
            player.play()
            rest(PLAYED_S)
            kept.append(memory_mb())
        page.score.media.close_media()
        page.hide()
        session.close()
    return kept


if __name__ == "__main__":
    print(json.dumps(play(int(sys.argv[1]))))
