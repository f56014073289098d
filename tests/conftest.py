"""Fixtures that every room uses: a machine of its own, a steady clock, a fresh contest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from build_spec.texts import compile_texts
from judgeapp.bootstrap import open_contest
from judgeapp.services.contest import create_contest
from judgeapp.services.context import Context, Machine
from judgeapp.system.paths import find_paths
from judgeapp.system.settings import Settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Qt says at length which video accelerators it looked for and did not find.
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false")

settings.register_profile(
    "suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the large sizes too")
    parser.addoption("--pictures", metavar="DIR", help="put pictures of the walks there")


def pytest_configure(config: pytest.Config) -> None:
    compile_texts()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="large size: run with --slow"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Move all that the app writes for itself into a folder of this test's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("JUDGEAPP_HOME", str(folder))
    return folder


class Clock:
    """A clock that goes on by one second at each look and can be set."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 25, 8, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def machine(home: Path, clock: Clock) -> Machine:
    return Machine(clock, find_paths(), Settings())


@pytest.fixture
def contest(machine: Machine, tmp_path: Path) -> Iterator[Context]:
    """A fresh reference contest (preset bao-cao-vien-gioi) without people."""
    folder = tmp_path / "contest"
    create_contest(machine, folder=folder, preset="bao-cao-vien-gioi", name="Hội thi thử")
    app = open_contest(folder, machine)
    yield app
    app.store.close()
