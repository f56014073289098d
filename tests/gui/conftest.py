"""What every test of the window needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.watchdog import LIMIT_MS, Watchdog

WATCHDOG = pytest.StashKey[Watchdog]()


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Collect garbage between tests, on the window's thread: a worker would crash Qt with it."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def watchdog(qapp: QApplication, pytestconfig: pytest.Config) -> Watchdog:
    """Measure how long the window's thread works at a stretch, in all tests of the window."""
    made = Watchdog()
    made.install()
    pytestconfig.stash[WATCHDOG] = made
    return made


@pytest.fixture(autouse=True)
def no_stall(
    watchdog: Watchdog, garbage_on_this_thread: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Refuse work on the window's thread that a person would notice.

    Tests that turn all pages at once through sizes and colours do what no person does: their
    longest turn is told, not refused.
    """
    watchdog.begin(request.node.name)
    yield
    stalls = watchdog.end()
    if stalls and request.node.get_closest_marker("turns_all_pages") is None:
        told = "\n".join(str(stall) for stall in stalls)
        pytest.fail(f"the window's thread worked for more than {LIMIT_MS:.0f} ms:\n{told}")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell the longest stretch of work on the window's thread."""
    watchdog = config.stash.get(WATCHDOG, None)
    if watchdog is not None and watchdog.largest is not None:
        terminalreporter.write_line(f"longest turn of the window's thread: {watchdog.largest}")
