"""Runs a function of ours in a process of its own, with a limit on memory and time.

For files from outside: whatever they do to a decoder, this process goes on. The child gets one
JSON object on its standard input and answers in JSON lines: signs of life while it works, then one
answer. It is started without a shell, in a session of its own, and is killed with all its children
when it is over, too slow, too silent, or no longer wanted; it ends by itself when we are gone.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, Literal

from judgeapp.system import child_limits
from judgeapp.system.progress import Cancelled

CHILD_ARGUMENT = "--child"
MAX_LINE = 16 << 20
_START_SECONDS = 60.0  # a slow disk and a virus scanner; the limits count from the first sign on
_TICK_SECONDS = 0.1

Report = Callable[[object], None]
Task = Callable[[Mapping[str, Any], Report], object]
Reason = Literal["too_slow", "too_silent", "memory", "crashed"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """How much a child may take.

    Attributes:
        memory: bytes of its address space (on Windows of its committed memory).
        seconds: from the start of the work to the answer, or None.
        silence: seconds without a sign of life, or None.
        largest_file: bytes of the largest file that it may write; 0: it writes none.
    """

    memory: int = 1 << 30
    seconds: float | None = None
    silence: float | None = None
    largest_file: int = 0


class ChildFailed(Exception):
    """The child gave no answer: it was killed at a limit, ran out of memory or broke down.

    Attributes:
        last_sign: what it reported last, or None.
    """

    def __init__(self, reason: Reason, last_sign: object = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.last_sign = last_sign


def never() -> bool:
    """Tell that the work is still wanted."""
    return False


def ignore(sign: object) -> None:
    """Take no note of a sign of life."""


def run_limited(
    task: Task,
    arguments: Mapping[str, object],
    *,
    limits: Limits,
    on_sign: Report = ignore,
    stopped: Callable[[], bool] = never,
) -> object:
    """Return what ``task(arguments, report)`` returned in a child process.

    Args:
        task: a function at the top level of one of our modules; reports and returns JSON.
        arguments: its first argument, JSON as well.
        limits: how much it may take.
        on_sign: told what the task reports, in the calling thread.
        stopped: asked ten times a second whether the work is no longer wanted.

    Raises:
        ChildFailed: no answer within the limits; the child is gone.
        Cancelled: ``stopped`` said so; the child is gone.
    """
    child = _Child(task, arguments, limits)
    try:
        return child.wait(on_sign, stopped)
    finally:
        child.end()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    # -P: a folder that the work was started in never lends us a module
    return [sys.executable, "-P", "-m", "judgeapp", CHILD_ARGUMENT]


def _environment() -> dict[str, str]:
    few_threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    return {**os.environ, **few_threads}


class _Child:
    """One running child."""

    def __init__(self, task: Task, arguments: Mapping[str, object], limits: Limits) -> None:
        self._limits = limits
        self._last_sign: object = None
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=256)
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=os.name != "nt",
            creationflags=child_limits.creation_flags(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout
        self._job = child_limits.confine(self._process.pid, limits.memory)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        order = {
            "task": f"{task.__module__}:{task.__qualname__}",
            "arguments": dict(arguments),
            "memory": limits.memory,
            "largest_file": limits.largest_file,
        }
        with suppress(OSError):  # a child that is gone already is found out by its silence
            self._input.write(json.dumps(order).encode() + b"\n")
            self._input.flush()

    def _read(self) -> None:
        with suppress(OSError, ValueError):  # ValueError: closed while we read
            while (line := self._output.readline(MAX_LINE)).endswith(b"\n"):
                self._lines.put(line)
        self._lines.put(None)

    def wait(self, on_sign: Report, stopped: Callable[[], bool]) -> object:
        """Return the answer, passing on the signs of life."""
        now = time.monotonic()
        deadline, silent_at = now + _START_SECONDS, now + _START_SECONDS
        ready = False
        while True:
            if stopped():
                raise Cancelled
            try:
                line = self._lines.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                now = time.monotonic()
                if now > deadline:
                    raise self._failed("too_slow") from None
                if now > silent_at:
                    raise self._failed("too_silent") from None
                continue
            message = self._parse(line)
            now = time.monotonic()
            if "answer" in message:
                return message["answer"]
            if "ready" in message and not ready:
                ready = True
                deadline = now + (self._limits.seconds or float("inf"))
            else:
                self._last_sign = message.get("sign")
                on_sign(self._last_sign)
                if now > deadline:
                    raise self._failed("too_slow")
            silent_at = now + (self._limits.silence or float("inf"))

    def _parse(self, line: bytes | None) -> dict[str, Any]:
        """Return a message of the child.

        Raises:
            ChildFailed: if it is the end, or nothing that our child writes.
        """
        if line is None:
            raise self._failed("crashed")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            raise self._failed("crashed") from None
        if not isinstance(message, dict):
            raise self._failed("crashed")
        if "failed" in message:
            _log.warning("child failed: %s", message["failed"])
            raise self._failed("memory" if message["failed"] == "memory" else "crashed")
        return message

    def _failed(self, reason: Reason) -> ChildFailed:
        return ChildFailed(reason, self._last_sign)

    def end(self) -> None:
        """Make sure that the child and its children are gone."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        child_limits.release(self._job)
        self._process.wait()
        with suppress(OSError):
            self._input.close()
        while self._reader.is_alive():  # it may wait for room in the queue
            with suppress(queue.Empty):
                self._lines.get(timeout=_TICK_SECONDS)
            self._reader.join(timeout=0)
        self._output.close()
