"""The first ten minutes of the README, as a newcomer types them after the demo."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from tests.arch.source import ROOT


def test_the_first_ten_minutes(
    demo: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## The first ten minutes")[2].partition("\n## ")[0]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block
    monkeypatch.chdir(tmp_path)
    for line in block[1].splitlines():
        first, *arguments = shlex.split(line)
        assert first == "judgeapp"
        ours = [re.sub(r"^demo(?=/)", str(demo[0]), word) for word in arguments]
        code = run(ours)
        said = capsys.readouterr()
        assert code == 0, f"{line}\n{said.out}{said.err}"
        assert said.out.strip(), f"{line} says nothing"
