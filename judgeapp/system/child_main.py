"""The child's side of `judgeapp.system.child`: does one task and answers in JSON lines."""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from typing import IO

from judgeapp.system import child_limits


def serve() -> None:
    """Do the one task that is written on standard input; never return.

    What a library prints goes nowhere: standard output belongs to the answer alone.
    """
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    order = json.loads(_first_line())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    child_limits.limit_memory(order["memory"])
    try:
        module, name = order["task"].split(":")
        task = getattr(importlib.import_module(module), name)
        child_limits.limit_files(order["largest_file"])
        _write(answers, {"ready": True})
        _write(
            answers, {"answer": task(order["arguments"], lambda s: _write(answers, {"sign": s}))}
        )
    except MemoryError:
        _write(answers, {"failed": "memory"})
    except Exception as error:  # noqa: BLE001 - the file's doing: it is named in the answer, the parent goes on
        _write(answers, {"failed": _where(error)})
    os._exit(0)


def _write(answers: IO[bytes], message: object) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _where(error: Exception) -> str:
    """Return kind and place of an error without its text, which may quote the file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    code = trace.tb_frame.f_code
    return f"{type(error).__name__} in {code.co_name}, line {trace.tb_lineno}"


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(0, 1 << 16)
        if not piece:
            sys.exit(1)
        line += piece
    return line


def _end_with_parent() -> None:
    """End this process as soon as the other side closes standard input, or dies."""
    while os.read(0, 1 << 16):
        pass
    os._exit(1)
