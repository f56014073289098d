"""What was opened last on this machine: contests and packs, with the state they were left in.

Only a convenience: what is missing, unknown or unreadable is left out, and what cannot be written
is lost without harm.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

from judgeapp.domain.errors import JudgeError
from judgeapp.system.files import write_atomically
from judgeapp.system.paths import Paths

KEPT = 12
NAME = "recents.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recent:
    """One contest or pack that was opened.

    Attributes:
        path: the contest folder or the pack.
        at: when it was last open, ISO 8601 in UTC.
        judge: who marked, for a pack.
        step, reason, count: what a contest waited for; all None when all its work was done.
        done, of: sheets marked of those owed, for a pack.
        rehearsal: it is no real contest.
    """

    path: str
    kind: Literal["contest", "pack"]
    name: str
    at: str
    judge: str | None = None
    step: str | None = None
    reason: str | None = None
    count: int | None = None
    done: int | None = None
    of: int | None = None
    rehearsal: bool = False


def load_recents(paths: Paths) -> list[Recent]:
    """Return what was opened, the latest first."""
    try:
        stored = json.loads(_file(paths).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError):
        _log.warning("recents unreadable")
        return []
    items = stored if isinstance(stored, list) else []
    return [found for item in items[:KEPT] if (found := _read(item)) is not None]


def remember(paths: Paths, recent: Recent) -> None:
    """Put it first; an older note of the same path and judge goes."""
    others = [item for item in load_recents(paths) if _key(item) != _key(recent)]
    _write(paths, [recent, *others][:KEPT])


def forget(paths: Paths, recent: Recent) -> None:
    """Take a note out of the list; what it names stays where it is."""
    _write(paths, [item for item in load_recents(paths) if _key(item) != _key(recent)])


def _key(recent: Recent) -> tuple[str, str | None]:
    return recent.path, recent.judge


def _file(paths: Paths) -> Path:
    return paths.desks.parent / NAME


def _write(paths: Paths, items: Iterable[Recent]) -> None:
    file = _file(paths)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps([asdict(item) for item in items], ensure_ascii=False, indent=1)
        write_atomically(file, text.encode())
    except (OSError, JudgeError):
        _log.warning("recents not written")


def _read(item: Any) -> Recent | None:
    """Return a stored note if each value is of its kind."""
    if not isinstance(item, dict):
        return None
    known = {field.name for field in fields(Recent)}
    values = {name: value for name, value in item.items() if name in known}
    words = ("path", "kind", "name", "at")
    fits = (
        all(isinstance(values.get(name), str) for name in words)
        and values["kind"] in ("contest", "pack")
        and all(isinstance(values.get(n), str | None) for n in ("judge", "step", "reason"))
        and all(isinstance(values.get(n), int | None) for n in ("count", "done", "of"))
    )
    return Recent(**values) if fits else None
