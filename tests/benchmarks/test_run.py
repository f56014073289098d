"""The benchmarks run and say all that they promise. Nothing here judges a time."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tests.benchmarks import run
from tests.benchmarks.measures import Measure, medians_in_turn
from tests.gui.conftest import garbage_on_this_thread
from tests.gui.desk_kit import SAID_BY_THE_MACHINE

__all__ = ["garbage_on_this_thread"]  # for the benchmarks that open windows

FIELDS = {
    "name", "value", "unit", "reference", "reference_value", "ratio", "limit", "met",
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:HarfBuzz-Subset:DeprecationWarning")  # WeasyPrint's own
@pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)
@pytest.mark.parametrize("name", run.names())
def test_each_benchmark_gives_whole_measures(name: str) -> None:
    try:
        found = run.measure(name, quick=True)
    except ImportError as error:
        pytest.skip(f"needs the extra bench: {error}")
    assert found
    for item in found:
        written = item.as_json()
        assert written.keys() == FIELDS
        assert item.name
        assert item.unit
        assert math.isfinite(item.value)
        assert item.limit > 0
        assert item.absolute or (item.reference and item.ratio)


def fixed(monkeypatch: pytest.MonkeyPatch, item: Measure) -> None:
    monkeypatch.setattr(run, "names", lambda: ["one"])
    monkeypatch.setattr(run, "measure", lambda name, *, quick: [item])


def test_table_and_json_show_the_measures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    item = Measure("mark", 3.0, "ms", 2, reference="raw commit", reference_value=2.0)
    fixed(monkeypatch, item)
    assert run.main(["--json", str(tmp_path / "m.json")]) == 0
    line = capsys.readouterr().out.splitlines()[1].split("  ")
    assert [cell.strip() for cell in line if cell.strip()] == [
        "mark", "3", "ms", "raw commit", "2", "1.5", "≤ 2 ×", "yes",
    ]  # fmt: skip
    assert json.loads((tmp_path / "m.json").read_text(encoding="utf-8")) == {
        "measures": [
            {
                "name": "mark",
                "value": 3.0,
                "unit": "ms",
                "reference": "raw commit",
                "reference_value": 2.0,
                "ratio": 1.5,
                "limit": 2,
                "met": True,
            }
        ]
    }


@pytest.mark.parametrize(
    ("item", "met"),
    [
        (Measure("a", 5, "s", 2, reference="r", reference_value=2), False),
        (Measure("a", 4, "s", 2, reference="r", reference_value=2), True),
        (Measure("a", 0.3, "s", 0.3, absolute=True), True),
        (Measure("a", 0.31, "s", 0.3, absolute=True), False),
        (Measure("a", 6, "/s", 3, reference="r", reference_value=2, at_least=True), True),
        (Measure("a", 5, "/s", 3, reference="r", reference_value=2, at_least=True), False),
        (Measure("a", 5, "s", 2), False),
    ],
)
def test_a_limit_that_is_not_kept_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, item: Measure, met: bool
) -> None:
    fixed(monkeypatch, item)
    assert item.met is met
    assert run.main([]) == (0 if met else 1)


def test_what_cannot_be_measured_is_named_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str, *, quick: bool) -> list[Measure]:
        raise ImportError("No module named 'rival'")

    monkeypatch.setattr(run, "names", lambda: ["one"])
    monkeypatch.setattr(run, "measure", missing)
    assert run.main([]) == 1
    assert "No module named 'rival'" in capsys.readouterr().out


def test_two_actions_are_measured_in_turn() -> None:
    order: list[str] = []
    medians_in_turn(lambda: order.append("a"), lambda: order.append("b"), times=3)
    assert "".join(order) == "ababab"
