"""What is installed elsewhere is whole: the wheel carries all resources and runs on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.arch.source import ROOT, none_of


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it where nothing of the repository is near."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_code_and_resources(unpacked: Path) -> None:
    wanted = {path.relative_to(ROOT) for path in (ROOT / "judgeapp").rglob("*.py")}
    wanted |= {
        Path("judgeapp") / path.relative_to(ROOT)
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    wanted |= {path.with_suffix(".mo") for path in wanted if path.suffix == ".po"}
    none_of(path for path in wanted if not (unpacked / path).exists())


def test_the_wheel_leaves_tests_and_build_at_home(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if "dist-info" not in path.name} == {
        "judgeapp"
    }


def test_what_is_installed_finds_its_texts_and_presets(unpacked: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"}
    program = (
        "import pathlib, sys, judgeapp;"
        "from judgeapp.cli.main import run;"
        "print(pathlib.Path(judgeapp.__file__).parent.parent);"
        "sys.exit(run(['contest', 'presets', '--lang', 'vi']))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    place, heads, *_ = answer.stdout.splitlines()
    assert Path(place) == unpacked
    assert heads.startswith("Mã mẫu")
    assert "bao-cao-vien-gioi" in answer.stdout
