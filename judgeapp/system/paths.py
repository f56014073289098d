"""Where things belong on this machine: resources of the app, settings, logs and judges' desks.

The environment variable ``JUDGEAPP_HOME`` moves everything that the app writes for itself into one
folder: for tests, for a stick with the app on it, and for two judges on one laptop.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resources() -> Path:
    """Return the folder of fonts, icons, texts, presets and the manual."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


@dataclass(frozen=True)
class Paths:
    """Folders that the app writes for itself (contests lie where the organiser put them)."""

    settings: Path
    logs: Path
    desks: Path


def find_paths() -> Paths:
    """Return this user's folders; none is made yet."""
    home = os.environ.get("JUDGEAPP_HOME")
    if home:
        root = Path(home)
        return Paths(root / "settings.json", root / "logs", root / "desks")
    import platformdirs

    dirs = platformdirs.PlatformDirs("judgeapp", appauthor=False)
    return Paths(
        Path(dirs.user_config_dir) / "settings.json",
        Path(dirs.user_log_dir),
        Path(dirs.user_data_dir) / "desks",
    )
