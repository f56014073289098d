"""What a path is that a person drops or names: a contest, a pack, a score file, a backup, or none.

Only a look at names, so that it can be opened by the right hands; those check the content.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from judgeapp.exchange.member_names import PACK_JSON
from judgeapp.exchange.score_file import ENDING
from judgeapp.store.engine import DATABASE_NAME
from judgeapp.store.postgresql import ADDRESS_NAME
from judgeapp.system.files import open_plain

What = Literal["contest", "pack", "score_file", "backup"]
_ZIP, _NAME_AT = b"PK\x03\x04", 30  # how a zip begins, and where its first name stands
_OF_A_CONTEST = (DATABASE_NAME, ADDRESS_NAME)


def what_is(path: Path) -> tuple[What, Path] | None:
    """Return what lies at a path, and the path to open it by; None if it is nothing of ours."""
    if path.is_dir():
        if any((path / name).is_file() for name in _OF_A_CONTEST):
            return "contest", path
        if (path / PACK_JSON).is_file():
            return "pack", path
        return _inside(path)
    if path.name in _OF_A_CONTEST:
        return "contest", path.parent
    if path.suffix.lower() == ".zip":
        return ("backup" if _holds_a_database(path) else "pack"), path
    if path.suffix.lower() == ENDING:
        return "score_file", path
    return None


def _holds_a_database(file: Path) -> bool:
    """Tell whether a zip begins with a contest's database, as backups do."""
    name = DATABASE_NAME.encode()
    try:
        with open_plain(file) as opened:
            head = opened.read(_NAME_AT + len(name))
    except OSError:
        return False
    return head.startswith(_ZIP) and head[_NAME_AT:] == name


def _inside(folder: Path) -> tuple[What, Path] | None:
    """Return the one contest or pack that a folder or stick holds."""
    try:
        inner = [path for path in sorted(folder.iterdir())[:200] if path.is_dir()]
    except OSError:
        return None
    found: list[tuple[What, Path]] = []
    for path in inner:
        if any((path / name).is_file() for name in _OF_A_CONTEST):
            found.append(("contest", path))
        elif (path / PACK_JSON).is_file():
            found.append(("pack", path))
    return found[0] if len(found) == 1 else None
