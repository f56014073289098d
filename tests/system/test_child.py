"""A child process is held to its limits, and gone when it is over."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from judgeapp.system.child import ChildFailed, Limits, Task, run_limited
from judgeapp.system.progress import Cancelled
from tests.system import tasks_for_child as tasks

ROOT = Path(__file__).resolve().parent.parent.parent

posix = pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")


@pytest.fixture(autouse=True)
def find_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the child import the tasks of this folder, which are not installed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(task: Task, limits: Limits | None = None, **arguments: Any) -> tuple[Any, list[Any]]:
    signs: list[Any] = []
    answer = run_limited(task, arguments, limits=limits or Limits(seconds=30), on_sign=signs.append)
    return answer, signs


def gone(pid: int) -> bool:
    """Tell whether a process has ended (a zombie that nobody waited for has ended too)."""
    with suppress(OSError):
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
        return status.rpartition(")")[2].split()[0] == "Z"
    return True


def wait_until_gone(pid: int) -> None:
    until = time.monotonic() + 20
    while not gone(pid):
        assert time.monotonic() < until, "the process is still there"


def test_an_answer_and_signs_of_life() -> None:
    answer, signs = run(tasks.add, numbers=[1, 2, 3])
    assert answer["sum"] == 6
    assert answer["pid"] != os.getpid()
    assert signs == [{"at": 1}, {"at": 2}, {"at": 3}]


def test_what_libraries_print_does_not_disturb_and_the_folder_lends_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken from the folder')", "utf-8")
    monkeypatch.chdir(tmp_path)
    answer, _ = run(tasks.where_am_i)
    assert answer == {"path": []}


@posix
def test_a_memory_eater_is_stopped() -> None:
    with pytest.raises(ChildFailed) as failed:
        run(tasks.eat_memory, Limits(memory=200 << 20, seconds=30))
    assert failed.value.reason == "memory"


def test_a_sleeper_is_killed_after_its_time() -> None:
    begin = time.monotonic()
    with pytest.raises(ChildFailed) as failed:
        run(tasks.sleep_for_ever, Limits(seconds=0.3))
    assert failed.value.reason == "too_slow"
    assert time.monotonic() - begin < 20
    wait_until_gone(failed.value.last_sign["pid"])  # type: ignore[index]  # the task's own sign


def test_a_silent_one_is_killed_and_a_talking_one_is_not_for_that() -> None:
    with pytest.raises(ChildFailed) as failed:
        run(tasks.sleep_for_ever, Limits(silence=0.3))
    assert failed.value.reason == "too_silent"
    with pytest.raises(ChildFailed) as failed:
        run(tasks.talk_for_ever, Limits(silence=5, seconds=0.5))
    assert failed.value.reason == "too_slow"


def test_its_children_go_with_it() -> None:
    signs: list[Any] = []
    with pytest.raises(Cancelled):
        run_limited(
            tasks.leave_a_child,
            {},
            limits=Limits(),
            on_sign=signs.append,
            stopped=lambda: bool(signs),
        )
    for pid in signs[0]["pids"]:
        wait_until_gone(pid)


def test_cancelling_is_heard_at_once_and_leaves_nothing() -> None:
    signs: list[Any] = []
    with pytest.raises(Cancelled):
        run_limited(
            tasks.sleep_for_ever,
            {},
            limits=Limits(),
            on_sign=signs.append,
            stopped=lambda: bool(signs),
        )
    wait_until_gone(signs[0]["pid"])


def test_a_listener_that_raises_ends_the_child() -> None:
    signs: list[Any] = []

    def refuse(sign: object) -> None:
        signs.append(sign)
        raise Cancelled

    with pytest.raises(Cancelled):
        run_limited(tasks.sleep_for_ever, {}, limits=Limits(), on_sign=refuse)
    wait_until_gone(signs[0]["pid"])


@pytest.mark.parametrize("task", [tasks.break_down, tasks.die])
def test_a_break_down_is_an_expected_failure(task: Task) -> None:
    with pytest.raises(ChildFailed) as failed:
        run(task)
    assert failed.value.reason == "crashed"


def test_the_log_does_not_quote_the_file(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING", "judgeapp.system.child"), pytest.raises(ChildFailed):
        run(tasks.break_down)
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


@posix
@pytest.mark.parametrize("text", ["no json", "[1]", '"text"', "[" * 100_000, '{"failed": 1}'])
def test_nonsense_from_a_child_that_was_taken_over_ends_it(text: str) -> None:
    with pytest.raises(ChildFailed) as failed:
        run(tasks.say_nonsense, Limits(seconds=30), bytes=text)
    assert failed.value.reason == "crashed"


@posix
def test_a_child_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    answer, _ = run(tasks.write_a_file, path=str(path))
    assert answer == {"error": errno.EFBIG}
    assert path.stat().st_size == 0


@posix
def test_the_child_ends_when_its_parent_is_killed() -> None:
    program = (
        "from judgeapp.system.child import Limits, run_limited\n"
        "from tests.system.tasks_for_child import sleep_for_ever\n"
        "run_limited(sleep_for_ever, {}, limits=Limits(),"
        " on_sign=lambda sign: print(sign['pid'], flush=True))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert not gone(pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    wait_until_gone(pid)
