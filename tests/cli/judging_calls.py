"""Running calls and tables for the tests of the calls of judging and packs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judgeapp.cli.main import run

Answer = tuple[int, dict[str, Any], str]
Call = Callable[..., Answer]
Say = Callable[..., tuple[int, str, str]]


def caller(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a call with ``--json``: exit code, answer, standard error."""

    def call(*words: object) -> Answer:
        code = run([str(word) for word in (*words, "--json")])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return call


def speaker(capsys: pytest.CaptureFixture[str]) -> Say:
    """Return a function that runs a call for a person: exit code and what was said."""

    def say(*words: object) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return say


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def marks_table(file: Path, **points: str) -> Path:
    rows = [f'{number.strip("n")},talk,c1,"{typed}"\n' for number, typed in points.items()]
    return write(file, "entry,part,criterion,points\n" + "".join(rows))
