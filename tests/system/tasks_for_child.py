"""Tasks that the tests of child processes run: good ones and bad ones."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from judgeapp.system.child import Report


def add(arguments: Mapping[str, Any], report: Report) -> object:
    for number in arguments["numbers"]:
        report({"at": number})
    return {"sum": sum(arguments["numbers"]), "pid": os.getpid()}


def where_am_i(arguments: Mapping[str, Any], report: Report) -> object:
    sys.stdout.write("a library that prints\n")
    sys.stdout.flush()
    os.write(1, b"and one that prints past Python\n")
    return {"path": [entry for entry in sys.path if entry in ("", str(Path.cwd()))]}


def eat_memory(arguments: Mapping[str, Any], report: Report) -> object:
    report("hungry")
    eaten = []
    while True:
        eaten.append(bytearray(16 << 20))


def sleep_for_ever(arguments: Mapping[str, Any], report: Report) -> object:
    report({"pid": os.getpid()})
    while True:
        time.sleep(1)


def talk_for_ever(arguments: Mapping[str, Any], report: Report) -> object:
    while True:
        report("still here")


def leave_a_child(arguments: Mapping[str, Any], report: Report) -> object:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    report({"pids": [os.getpid(), child.pid]})
    return sleep_for_ever(arguments, lambda sign: None)


def break_down(arguments: Mapping[str, Any], report: Report) -> object:
    raise KeyError("a secret of the file")


def die(arguments: Mapping[str, Any], report: Report) -> object:
    os.abort()


def say_nonsense(arguments: Mapping[str, Any], report: Report) -> object:
    for handle in range(3, 20):  # wherever the answers go
        try:
            os.write(handle, arguments["bytes"].encode() + b"\n")
        except OSError:
            continue
    return sleep_for_ever(arguments, lambda sign: None)


def write_a_file(arguments: Mapping[str, Any], report: Report) -> object:
    try:
        Path(arguments["path"]).write_bytes(b"x" * 100)
    except OSError as error:
        return {"error": error.errno}
    return {"error": None}
