"""Where the app finds its resources and keeps what it writes for itself."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from judgeapp.system import paths
from judgeapp.system.paths import find_paths, resources


def test_resources_are_there() -> None:
    assert (resources() / "texts" / "vi").is_dir()
    assert (resources() / "presets" / "rubric-presets.yaml").is_file()


def test_resources_of_an_installed_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(paths, "_PACKAGE", tmp_path / "judgeapp")
        assert resources() == tmp_path / "resources"
        resources.cache_clear()
        (tmp_path / "judgeapp" / "resources").mkdir(parents=True)
        assert resources() == tmp_path / "judgeapp" / "resources"
    resources.cache_clear()


def test_one_folder_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEAPP_HOME", str(tmp_path / "nhà"))
    found = find_paths()
    root = tmp_path / "nhà"
    assert (found.settings, found.logs, found.desks) == (
        root / "settings.json",
        root / "logs",
        root / "desks",
    )
    assert not root.exists()


def test_the_users_own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUDGEAPP_HOME")
    found = find_paths()
    assert found.settings == Path(platformdirs.user_config_dir("judgeapp", False)) / "settings.json"
    assert found.logs == Path(platformdirs.user_log_dir("judgeapp", False))
    assert found.desks == Path(platformdirs.user_data_dir("judgeapp", False)) / "desks"


def test_an_empty_name_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEAPP_HOME", "")
    assert find_paths().settings.is_absolute()
