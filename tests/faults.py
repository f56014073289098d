"""A file system on which every call fails once, one after the other."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

WATCHED: tuple[tuple[object, str], ...] = (
    (os, "fsync"),
    (tempfile, "mkdtemp"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "open"),
    (Path, "mkdir"),
)


class Faults:
    """Makes the n-th call of the kinds that it watches fail, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
        self.seen = 0
        self.failed = False
        self.ended = False
        for owner, name in WATCHED:
            self._watch(monkeypatch, owner, name, number, code)

    def end(self) -> None:
        """Let everything work from here on."""
        self.ended = True

    def _watch(
        self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, number: int, code: int
    ) -> None:
        real = getattr(owner, name)

        def call(*args: object, **kwargs: object) -> object:
            self.seen += 1
            if self.seen == number and not self.ended:
                self.failed = True
                raise OSError(code, os.strerror(code))
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, call)


def every_fault(monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """Yield once for each call that the work makes, with that one failing; then once without."""
    for code in (errno.EIO, errno.ENOSPC):
        for number in range(1, 100):
            with monkeypatch.context() as patched:
                faults = Faults(patched, number, code)
                yield faults
            if not faults.failed:
                break
        else:
            pytest.fail("there seems to be no end of calls")
