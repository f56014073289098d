"""Fixtures of the store's tests: a fresh store on a real file, and a user without rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from judgeapp.store import tables
from judgeapp.store.store import Store, create_store, open_store
from tests.store.filler import AT

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A contest folder with one contestant in its store."""
    made = tmp_path / "contest"
    made.mkdir()
    store = create_store(made)
    with store.write(actor="secretary", at=AT) as u:
        u.connection.execute(insert(tables.contestants).values(id="01", name="Lò Thị Thử"))
        u.log("test.made")
        u.commit()
    store.close()
    return made


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Store]]:
    """Open stores that are closed after the test."""
    stores: list[Store] = []

    def open_one(folder: Path) -> Store:
        stores.append(open_store(folder))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(folder: Path, opened: Callable[[Path], Store]) -> Store:
    return opened(folder)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user of this machine can reach."""
    made = Path(tempfile.mkdtemp(prefix="judgeapp-test-"))
    made.chmod(0o755)
    yield made
    for path in [made, *made.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Go on as a user for whom the rights of files count, until the end of the test."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no such users")
    before = os.geteuid()

    def change() -> None:
        if before == 0:
            os.seteuid(NOBODY)

    yield change
    os.seteuid(before)
