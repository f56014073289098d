"""Running calls and tables for the tests of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from judgeapp.cli.main import run

Answer = tuple[int, dict[str, Any], str]
Call = Callable[..., Answer]
Say = Callable[..., tuple[int, str, str]]


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run a call for a person: exit code, what was said, standard error."""
    code = run([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answered(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """Run a call with ``--json``: exit code and answer."""
    code, out, _ = told(capsys, *words, "--json")
    return code, json.loads(out)


def caller(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a call with ``--json``: exit code, answer, standard error."""

    def call(*words: object) -> Answer:
        code, out, err = told(capsys, *words, "--json")
        return code, json.loads(out), err

    return call


def speaker(capsys: pytest.CaptureFixture[str]) -> Say:
    """Return `told` for these words alone."""
    return partial(told, capsys)


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def marks_table(file: Path, **points: str) -> Path:
    rows = [f'{number.strip("n")},talk,c1,"{typed}"\n' for number, typed in points.items()]
    return write(file, "entry,part,criterion,points\n" + "".join(rows))
