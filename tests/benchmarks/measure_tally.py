"""The tally of a large sheet against just parsing it: time, peak memory, and how both grow.

The sheet has 9 judges and 8 criteria in two parts. Ours is the whole call of the command line, from
the start of the process to the last byte of its JSON answer; the reference is a process that calls
`json.load` on the same file. Growth is measured inside a process of its own for each size, from the
file to the ranking.
"""

from __future__ import annotations

import math
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measures import Measure, seconds

LIMIT = 2.0
LIMIT_EXPONENT = 1.05
JUDGES, CRITERIA = 9, 8
CONTESTANTS = 10_000
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
QUICK_SIZES = (50, 100, 200)

_PEAK = """
def peak():
    try:
        lines = open('/proc/self/status', encoding='ascii').read().splitlines()
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line for line in lines if line.startswith('VmHWM')).split()[1])
"""
_OURS = """
import sys
from judgeapp.cli.main import run
run(['results', 'tally', '--sheet', sys.argv[1], '--json'])
print(peak(), file=sys.stderr)
"""
_REFERENCE = """
import json, sys
with open(sys.argv[1], encoding='utf-8') as file:
    json.load(file)
print(peak(), file=sys.stderr)
"""
_TIMED = """
import sys, time
from pathlib import Path
from judgeapp.services.results_sheet import tally_file
begun = time.perf_counter()
tally_file(file=Path(sys.argv[1]))
print(time.perf_counter() - begun, file=sys.stderr)
"""


def write_sheet(file: Path, contestants: int) -> None:
    """Write a sheet with 9 judges, two parts of four criteria, and a tie chain."""
    luck = random.Random(contestants)
    points = [f"{quarters / 4:g}" for quarters in range(41)]
    parts = ("outline", "presentation")
    criteria = [f"c{at}" for at in range(1, CRITERIA // len(parts) + 1)]
    places = [
        f'{{"judge": "J{judge}", "part": "{part}", "criterion": "{name}", "contestant": "'
        for judge in range(1, JUDGES + 1)
        for part in parts
        for name in criteria
    ]
    rubric = ", ".join(f'{{"id": "{name}", "max": "10", "step": "0.25"}}' for name in criteria)
    body = ", ".join(
        f'{{"id": "{part}", "weight": "1", "aggregate": {{"method": "mean"}}, '
        f'"criteria": [{rubric}]}}'
        for part in parts
    )
    with file.open("w", encoding="utf-8") as out:
        out.write(f'{{"format": "tally-sheet/1", "parts": [{body}], "rules": {{"cut": 10, ')
        out.write('"tie_breakers": ["part:presentation", "judges_prefer"]}, "judges": [')
        out.write(", ".join(f'{{"id": "J{judge}"}}' for judge in range(1, JUDGES + 1)))
        out.write('], "contestants": [')
        out.write(
            ", ".join(
                f'{{"id": "{at:06}", "name": "Thí sinh {at}", "unit": "Chi bộ Thử {at % 71}"}}'
                for at in range(contestants)
            )
        )
        out.write('], "marks": [')
        for at in range(contestants):
            marks = zip(places, luck.choices(points, k=len(places)), strict=True)
            rows = [f'{place}{at:06}", "points": "{value}"}}' for place, value in marks]
            out.write((", " if at else "") + ", ".join(rows))
        out.write("]}")


def _run(script: str, file: Path) -> float:
    """Run a script on the file in a process of its own; return the number that it says."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + script, str(file)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    return float(done.stderr.split()[-1])


def _against_parsing(file: Path, times: int) -> list[Measure]:
    """Measure both processes in turn, so that a busy moment meets both."""
    peaks: dict[str, list[float]] = {_OURS: [], _REFERENCE: []}
    took: dict[str, list[float]] = {_OURS: [], _REFERENCE: []}
    for _ in range(times):
        for script in (_OURS, _REFERENCE):
            took[script].append(
                seconds(lambda name=script: peaks[name].append(_run(name, file)))  # type: ignore[misc]  # bound in the loop
            )
    return [
        Measure(
            "tally time",
            statistics.median(took[_OURS]),
            "s",
            LIMIT,
            reference="json.load",
            reference_value=statistics.median(took[_REFERENCE]),
        ),
        Measure(
            "tally memory",
            max(peaks[_OURS]) / 1024,
            "MiB",
            LIMIT,
            reference="json.load",
            reference_value=max(peaks[_REFERENCE]) / 1024,
        ),
    ]


def exponent(points: list[tuple[float, float]]) -> float:
    """Return the exponent of the power law that fits (size, seconds) best.

    >>> round(exponent([(10, 1), (100, 10), (1000, 100)]), 6)
    1.0
    """
    logs = [(math.log(size), math.log(took)) for size, took in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure time and memory at 10,000 contestants, and growth from 1,000 to 100,000."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.json"
        write_sheet(file, QUICK_SIZES[0] if quick else CONTESTANTS)
        found = _against_parsing(file, times=1 if quick else 5)
        points = []
        for size in QUICK_SIZES if quick else SIZES:
            write_sheet(file, size)
            times = 1 if quick else 3
            points.append((float(size), min(_run(_TIMED, file) for _ in range(times))))
    growth = Measure("tally growth", exponent(points), "n^", LIMIT_EXPONENT, absolute=True)
    return [*found, growth]
