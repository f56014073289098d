"""What happens to marks when the process is killed, or the disk is full or fails."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judgeapp.store.store import Store, open_store
from tests.refused import refused
from tests.store.filler import rows_in
from tests.store.writer import units_of, write_unit

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 20
Opened = Callable[[Path], Store]


def start_writer(folder: Path, rows: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(folder), str(rows)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("run", range(RUNS))
def test_a_killed_process_loses_nothing_that_was_acknowledged(folder: Path, run: int) -> None:
    """Killed at some instant after some units; odd runs have units that outgrow the cache."""
    chance = random.Random(run)
    rows = chance.choice([200, 2000]) if run % 2 else 1
    writer = start_writer(folder, rows)
    assert writer.stdout is not None
    acknowledged = int(writer.stdout.readline())
    began = time.perf_counter()
    count = chance.randint(1, 5)
    for _ in range(count):
        acknowledged = int(writer.stdout.readline())
    now = time.perf_counter()
    end = now + chance.random() * (now - began) / count
    while time.perf_counter() < end:  # some moment within the next unit
        pass
    writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    acknowledged = max([acknowledged, *(int(unit) for unit in rest)])

    store = open_store(folder)
    try:
        units = units_of(store)
        assert set(units.values()) == {rows}, "a unit is whole or not there"
        assert acknowledged + 1 <= len(units) <= acknowledged + 2
        write_unit(store, len(units), 1)
    finally:
        store.close()
    assert not (folder / "contest.db-journal").exists()


# --- full disks ---------------------------------------------------------------------------------


def write_until_refused(store: Store, code: str, rows: int = 50) -> dict[str, int]:
    """Write units until one is refused; return what was acknowledged before."""
    done: dict[str, int] = {}
    with refused(code):
        for unit in range(10_000):
            write_unit(store, unit, rows)
            done[f"part {unit}"] = rows
    return done


def test_a_full_database_keeps_what_it_has(store: Store, folder: Path, opened: Opened) -> None:
    with store.write(actor="", at="") as u:
        pages = u.connection.exec_driver_sql("PRAGMA page_count").scalar()
        u.connection.exec_driver_sql(f"PRAGMA max_page_count={int(pages or 0) + 20}")
    done = write_until_refused(store, "store.disk_full")
    assert done
    assert units_of(store) == done
    store.close()
    again = opened(folder)
    assert units_of(again) == done
    write_unit(again, len(done), 50)


CHILD = """
import resource, sys
from pathlib import Path
from judgeapp.domain.errors import JudgeError
from judgeapp.store.store import open_store
from tests.store.writer import units_of, write_unit
store = open_store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
unit = 0
try:
    while True:
        write_unit(store, unit, 50)
        unit += 1
except JudgeError as error:
    print(error.code, unit, len(units_of(store)))
"""


def test_a_disk_that_refuses_to_write_is_named(folder: Path, opened: Opened) -> None:
    """The system lets no file of the child grow further: SQLite sees an I/O error."""
    limit = (folder / "contest.db").stat().st_size + 50_000
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(limit)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    code, acknowledged, seen = child.stdout.split()
    assert code == "store.disk_error"
    assert int(acknowledged) > 0
    assert acknowledged == seen
    assert len(units_of(opened(folder))) == int(acknowledged)


@pytest.fixture
def tiny_disk(open_place: Path) -> Iterator[Path]:
    """A disk of 600 kB, where this user may make one."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can make a disk here")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(open_place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("this machine lets nobody make a disk")
    yield open_place
    subprocess.run(["umount", str(open_place)], check=True)


def test_a_full_disk_keeps_what_it_has(tiny_disk: Path, folder: Path) -> None:
    there = tiny_disk / "contest"
    shutil.copytree(folder, there)
    store = open_store(there)
    try:
        done = write_until_refused(store, "store.disk_full")
        assert done
        assert units_of(store) == done
        before = rows_in(store)
    finally:
        store.close()
    again = open_store(there)
    try:
        assert rows_in(again) == before
    finally:
        again.close()


def test_no_room_for_a_copy(tiny_disk: Path, store: Store) -> None:
    for unit in range(10):
        write_unit(store, unit, 400)
    with refused("store.disk_full") as caught:
        store.copy_to(tiny_disk / "copy.db")
    assert caught.value.file == str(tiny_disk / "copy.db")
    assert list(tiny_disk.iterdir()) == []


def test_no_room_for_a_new_contest(tiny_disk: Path) -> None:
    from judgeapp.store.store import create_store

    (tiny_disk / "ballast").write_bytes(bytes(560_000))
    with refused("store.disk_full"):
        create_store(tiny_disk)
    assert [path.name for path in tiny_disk.iterdir()] == ["ballast"]
