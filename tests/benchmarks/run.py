"""Run the benchmarks: ``python tests/benchmarks/run.py [--only NAME] [--json FILE] [--quick]``.

Prints a table; exit code 1 if a limit is not kept or something could not be measured. ``--quick``
takes small sizes, to see that all of them run: its figures mean nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.benchmarks.measures import Measure  # noqa: E402  needs the line before it

HEADS = ("measure", "value", "unit", "reference", "its value", "ratio", "limit", "met")


def names() -> list[str]:
    """Return the names that ``--only`` takes."""
    return sorted(path.stem.removeprefix("measure_") for path in HERE.glob("measure_*.py"))


def measure(name: str, *, quick: bool) -> list[Measure]:
    """Run one module of benchmarks.

    Raises:
        ImportError: a rival that it is compared with is not installed (extra ``bench``).
    """
    module = importlib.import_module(f"tests.benchmarks.measure_{name}")
    return list(module.measures(quick=quick))


def figure(value: float | None) -> str:
    """Write a figure with four significant digits."""
    return "–" if value is None else f"{value:.4g}"


def row(item: Measure) -> tuple[str, ...]:
    """Return the cells of one line of the table."""
    sign = "≥" if item.at_least else "≤"
    unit = item.unit if item.absolute else "×"
    return (
        item.name,
        figure(item.value),
        item.unit,
        item.reference or "–",
        figure(item.reference_value),
        figure(item.ratio),
        f"{sign} {figure(item.limit)} {unit}",
        "yes" if item.met else "NO",
    )


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print lines with columns as wide as their widest cell."""
    widths = [max(len(line[i]) for line in rows) for i in range(len(rows[0]))]
    for line in rows:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit code."""
    parser = argparse.ArgumentParser(prog="run.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", metavar="NAME", choices=names(), help=", ".join(names()))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measures there")
    parser.add_argument("--quick", action="store_true", help="small sizes; figures mean nothing")
    options = parser.parse_args(arguments)
    found: list[Measure] = []
    unmeasured: list[str] = []
    for name in [options.only] if options.only else names():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            found += measure(name, quick=options.quick)
        except ImportError as error:
            unmeasured.append(f"{name}: not measured, {error} (pip install -e '.[bench]')")
    print_table([HEADS, *map(row, found)])
    for line in unmeasured:
        print(line)
    if options.json:
        answer = json.dumps({"measures": [item.as_json() for item in found]}, indent=1)
        options.json.write_text(answer + "\n", encoding="utf-8")
    return 0 if not unmeasured and all(item.met for item in found) else 1


if __name__ == "__main__":
    sys.exit(main())
