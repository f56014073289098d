"""The app's own log file: started once, small, and never in the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from judgeapp.system.log import start_log


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave the logger as it was."""
    logger = logging.getLogger("judgeapp")
    handlers, propagates, level = list(logger.handlers), logger.propagate, logger.level
    logger.handlers.clear()
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = handlers
    logger.propagate = propagates
    logger.setLevel(level)


def test_lines_of_the_app_are_written(tmp_path: Path) -> None:
    start_log(tmp_path / "logs")
    logging.getLogger("judgeapp.store.store").info("opened %s", "3f2a")
    logging.getLogger("judgeapp.store.store").debug("too much")
    logging.getLogger("somebody.else").warning("not ours")
    (line,) = (tmp_path / "logs" / "judgeapp.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith("INFO judgeapp.store.store: opened 3f2a")


def test_nothing_is_made_before_the_first_line(tmp_path: Path) -> None:
    start_log(tmp_path / "logs")
    assert list((tmp_path / "logs").iterdir()) == []


def test_starting_twice_writes_each_line_once(tmp_path: Path) -> None:
    start_log(tmp_path)
    start_log(tmp_path)
    logging.getLogger("judgeapp").info("once")
    assert len((tmp_path / "judgeapp.log").read_text().splitlines()) == 1


def test_the_log_follows_to_another_folder(tmp_path: Path) -> None:
    start_log(tmp_path / "one")
    logging.getLogger("judgeapp").info("first")
    start_log(tmp_path / "two")
    logging.getLogger("judgeapp").info("second")
    assert "second" not in (tmp_path / "one" / "judgeapp.log").read_text()
    assert "first" not in (tmp_path / "two" / "judgeapp.log").read_text()


def test_it_stays_small(tmp_path: Path) -> None:
    start_log(tmp_path)
    for _ in range(60):
        logging.getLogger("judgeapp").info("x" * 100_000)
    names = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(names) == {"judgeapp.log", *(f"judgeapp.log.{n}" for n in (1, 2, 3))}
    assert max(names.values()) < 1_100_000


def test_a_folder_that_cannot_be_made_loses_the_log_and_not_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    start_log(tmp_path / "file" / "logs")
    logging.getLogger("judgeapp").handlers.append(logging.NullHandler())
    logging.getLogger("judgeapp").info("lost")


def test_a_line_that_cannot_be_written_is_no_noise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "judgeapp.log").mkdir()
    start_log(tmp_path)
    logging.getLogger("judgeapp").info("lost")
    assert capsys.readouterr() == ("", "")
