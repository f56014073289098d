"""How soon ``judgeapp --help`` answers: heavy packages load only where they are used."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.measures import Measure, medians_in_turn

LIMIT_SECONDS = 0.3


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure the whole process, from its start to its end, against a Python that does nothing."""
    _python("-m", "judgeapp", "--help")  # compiles what is not compiled yet
    value, reference_value = medians_in_turn(
        lambda: _python("-m", "judgeapp", "--help"),
        lambda: _python("-c", "pass"),
        times=1 if quick else 11,
    )
    return [
        Measure(
            "help",
            value,
            "s",
            LIMIT_SECONDS,
            reference="python -c pass",
            reference_value=reference_value,
            absolute=True,
        )
    ]
