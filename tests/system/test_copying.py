from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.system import copying
from judgeapp.system.copying import WrongContent, copy_checked, is_there

CONTENT = b"abc" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def copy(target: Path, content: bytes = CONTENT, *, size: int = len(CONTENT)) -> list[int]:
    flushed: list[int] = []
    copy_checked(io.BytesIO(content), target, size=size, sha256=DIGEST, flushed=flushed.append)
    return flushed


def test_a_copy_is_whole(tmp_path: Path) -> None:
    assert copy(tmp_path / "copy") == [3000]
    assert (tmp_path / "copy").read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_each_stretch_that_reached_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_CHUNK", 100)
    monkeypatch.setattr(copying, "_FLUSH_EVERY", 1000)
    assert copy(tmp_path / "copy") == [1000, 1000, 1000, 0]


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", b"x" * 3000, b""])
def test_a_source_that_holds_something_else(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(WrongContent):
        copy(tmp_path / "copy", content)
    assert list(tmp_path.iterdir()) == []


def test_at_most_one_byte_too_many_is_read(tmp_path: Path) -> None:
    source = io.BytesIO(CONTENT * 1000)
    with pytest.raises(WrongContent):
        copy_checked(source, tmp_path / "copy", size=5, sha256=DIGEST, flushed=lambda count: None)
    assert source.tell() == 6


def test_a_copy_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "x"
    assert not is_there(file, size=3000, sha256=DIGEST)
    file.write_bytes(CONTENT)
    assert is_there(file, size=3000, sha256=DIGEST)
    assert not is_there(file, size=2999, sha256=DIGEST)
    assert not is_there(file, size=3000, sha256="a" * 64)
    link = tmp_path / "link"
    link.symlink_to(file)
    assert not is_there(link, size=3000, sha256=DIGEST)
    assert not is_there(file / "y", size=3000, sha256=DIGEST)


def test_a_copy_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    file.write_bytes(CONTENT)

    def fail(path: Path) -> str:
        raise OSError(errno.EIO, "made to fail")

    monkeypatch.setattr(copying, "sha256_of", fail)
    assert not is_there(file, size=3000, sha256=DIGEST)


class Failing:
    """A file whose writing fails."""

    def __init__(self, file: BinaryIO, fail: Callable[..., Any]) -> None:
        self._file = file
        self.write = fail

    def __enter__(self) -> Failing:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def break_open(monkeypatch: pytest.MonkeyPatch, fail: Callable[..., Any], *, at_once: bool) -> None:
    real = Path.open

    def opened(path: Path, mode: str = "r", **named: Any) -> Any:
        if at_once:
            fail()
        return Failing(cast("BinaryIO", real(path, mode, **named)), fail)

    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "files.disk_full"), (errno.EIO, "files.cannot_write")],
)
@pytest.mark.parametrize("at", ["open", "write", "fsync", "replace"])
def test_every_call_that_can_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, number: int, code: str
) -> None:
    """A plain refusal, and nothing left behind."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "made to fail")

    if at == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif at == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        break_open(monkeypatch, fail, at_once=at == "open")
    with pytest.raises(JudgeError, match=code.replace(".", r"\.")):
        copy(tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []
