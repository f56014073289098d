"""Settings of this machine and user. A contest's rules are data in its store, never here."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from judgeapp.system.files import cannot_write, write_atomically

Language = Literal["vi", "en"]
CsvProfile = Literal["excel-vi", "plain"]
ThemeChoice = Literal["system", "light", "dark"]
TextSize = Literal["normal", "large", "larger"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """What a user chose, each with its default.

    Attributes:
        language: of the screens and the terminal.
        csv: the profile of exported tables: ``excel-vi`` (; and decimal comma) or ``plain``.
        theme: colours of the window: as the system's, or always one.
        text_size: of the window, apart from the scaling of the system.
        rubric_width: of the rubric's column at the judge's desk in logical pixels, or 0 where the
            window chooses.
    """

    language: Language = "vi"
    csv: CsvProfile = "excel-vi"
    theme: ThemeChoice = "system"
    text_size: TextSize = "normal"
    rubric_width: int = 0


_CHOICES: dict[str, tuple[str, ...]] = {
    "language": get_args(Language),
    "csv": get_args(CsvProfile),
    "theme": get_args(ThemeChoice),
    "text_size": get_args(TextSize),
}


_WIDEST = 4000


def load_settings(path: Path) -> Settings:
    """Read the settings; what is missing, unknown or unreadable has its default."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        _log.warning("settings unreadable, defaults used")
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    known = {
        name: stored[name] for name, choices in _CHOICES.items() if stored.get(name) in choices
    }
    width = stored.get("rubric_width")
    rubric_width = width if type(width) is int and 0 <= width <= _WIDEST else 0
    return replace(Settings(), **known, rubric_width=rubric_width)


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
