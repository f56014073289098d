"""The sample contest, run once for all tests of this folder. They look at it and change nothing."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from judgeapp.cli.main import run

SEED = 7


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder of the sample contest and what the run said."""
    folder = tmp_path_factory.mktemp("demo") / "Hội thi mẫu"
    home = tmp_path_factory.mktemp("home")
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out):
        patch.setenv("JUDGEAPP_HOME", str(home))
        assert run(["demo", str(folder), "--no-window", "--seed", str(SEED)]) == 0
    assert not any((home / "desks").glob("*")), "judges' desks belong to the run, not to the user"
    return folder, out.getvalue()
