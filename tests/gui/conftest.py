"""What every test of the window needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """Collect garbage between tests, on the window's thread: a worker would crash Qt with it."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
