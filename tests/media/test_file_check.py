"""A file that misbehaves in its child process is a finding, never more."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from judgeapp.media import file_check
from judgeapp.media.file_check import check_file
from judgeapp.system.child import Limits, Report, Task
from judgeapp.system.progress import Cancelled
from tests.media.clip_kit import codes
from tests.system import tasks_for_child as tasks

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests" / "data"
CLIP = DATA / "clips" / "c11_decomposed_name.mp4"
OUTLINE = DATA / "outlines" / "o01_owner_password.pdf"


def at_two_seconds(arguments: Mapping[str, Any], report: Report) -> object:
    report({"at": 2.5})
    return tasks.sleep_for_ever(arguments, lambda sign: None)


def false_answer(arguments: Mapping[str, Any], report: Report) -> object:
    answers = {
        "picture": {"result": GOOD, "poster": base64.b64encode(b"MZ").decode()},
        "no base64": {"result": GOOD, "sheet": "///"},
        "code": {"result": GOOD | {"problems": [{"code": "harmless"}]}},
        "kind": {"result": GOOD | {"kind": "program"}},
        "seconds": {"result": GOOD | {"seconds": "9"}},
        "nothing": {},
        "list": [1],
        "text": "fine",
    }
    return answers[Path(arguments["path"]).stem]


GOOD: dict[str, Any] = {"kind": "clip", "opens": True}


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let another task than the true one run in the child, under short limits."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def use(task: Task) -> None:
        monkeypatch.setattr(file_check, "look_into", task)
        monkeypatch.setattr(file_check, "CLIP_LIMITS", Limits(silence=0.5))
        monkeypatch.setattr(file_check, "DOCUMENT_LIMITS", Limits(seconds=0.5, memory=300 << 20))

    return use


def test_the_limits_are_those_that_were_agreed() -> None:
    assert (file_check.CLIP_LIMITS.silence, file_check.CLIP_LIMITS.memory) == (10, 1 << 30)
    assert (file_check.DOCUMENT_LIMITS.seconds, file_check.DOCUMENT_LIMITS.memory) == (10, 1 << 30)


@pytest.mark.parametrize(
    ("path", "task", "found"),
    [
        (CLIP, tasks.sleep_for_ever, "damaged"),
        (OUTLINE, tasks.sleep_for_ever, "bomb"),
        (OUTLINE, tasks.talk_for_ever, "bomb"),
        (OUTLINE, tasks.break_down, "damaged"),
        (CLIP, tasks.die, "damaged"),
    ],
)
def test_a_reader_that_hangs_or_dies(child: Any, path: Path, task: Task, found: str) -> None:
    child(task)
    result = check_file(path).result
    assert (result.opens, codes(result)) == (False, [found])
    assert result.kind == ("clip" if path == CLIP else "outline")


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_reader_that_eats_memory(child: Any) -> None:
    child(tasks.eat_memory)
    file_check.DOCUMENT_LIMITS = Limits(seconds=30, memory=200 << 20)
    assert codes(check_file(OUTLINE).result) == ["bomb"]


def test_where_a_clip_was_given_up(child: Any) -> None:
    child(at_two_seconds)
    seen: list[float] = []
    result = check_file(CLIP, report=seen.append).result
    assert [(p.code, p.at, p.params) for p in result.problems] == [
        ("damaged", 2.5, {"place": "0:02"})
    ]
    assert seen == [2.5]


@pytest.mark.parametrize(
    "name", ["picture", "no base64", "code", "kind", "seconds", "nothing", "list", "text"]
)
def test_an_answer_of_a_child_that_was_taken_over(child: Any, name: str, tmp_path: Path) -> None:
    child(false_answer)
    shutil.copy(CLIP, tmp_path / f"{name}.mp4")
    checked = check_file(tmp_path / f"{name}.mp4")
    assert (checked.poster, checked.sheet) == (None, None)
    assert (checked.result.opens, codes(checked.result)) == (False, ["damaged"])


def test_stopping(child: Any) -> None:
    child(tasks.sleep_for_ever)
    with pytest.raises(Cancelled):
        check_file(CLIP, stopped=lambda: True)


def test_a_file_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    shutil.copy(CLIP, path)
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    check_file(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["c.mp4"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_file(tmp_path / "c.mp4")


def test_opencv_leaves_no_trace_in_the_environment() -> None:
    """Else Qt, and every program that is started later, would look into OpenCV's folder."""
    program = (
        "import os; before = dict(os.environ)\n"
        "import numpy\n"
        "from judgeapp.media import pictures\n"
        "pictures.jpeg(numpy.zeros((8, 8, 3), numpy.uint8))\n"
        "assert dict(os.environ) == before, set(os.environ.items()) ^ set(before.items())\n"
    )
    for more in ({}, {"LD_LIBRARY_PATH": "/somewhere", "QT_QPA_FONTDIR": "/fonts"}):
        subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, **more})
