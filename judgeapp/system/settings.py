"""Settings of this machine and user. A contest's rules are data in its store, never here."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Literal

from judgeapp.system.files import cannot_write, write_atomically

Language = Literal["vi", "en"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """What a user chose, each with its default.

    Attributes:
        language: of the screens and the terminal.
        csv: the profile of exported tables: ``excel-vi`` (; and decimal comma) or ``plain``.
    """

    language: Language = "vi"
    csv: Literal["excel-vi", "plain"] = "excel-vi"


def load_settings(path: Path) -> Settings:
    """Read the settings; what is missing, unknown or unreadable has its default."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        _log.warning("settings unreadable, defaults used")
        return Settings()
    defaults = Settings()
    if not isinstance(stored, dict):
        return defaults
    known = {
        field.name: stored[field.name]
        for field in fields(Settings)
        if isinstance(stored.get(field.name), str)
    }
    if known.get("language") not in (None, "vi", "en"):
        del known["language"]
    if known.get("csv") not in (None, "excel-vi", "plain"):
        del known["csv"]
    return replace(defaults, **known)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole or not at all.

    Raises:
        JudgeError: ``files.…`` with the reason.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    write_atomically(path, json.dumps(asdict(settings), indent=1).encode())
