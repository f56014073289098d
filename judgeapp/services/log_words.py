"""The contest's log in words, with the names of what it speaks of: for the window and terminal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from judgeapp.formats.csv_out import Table, csv_bytes
from judgeapp.services.definition import read_definition
from judgeapp.system.clock import shown_moment
from judgeapp.system.files import write_atomically
from judgeapp.system.texts import Texts, load_texts

if TYPE_CHECKING:
    from judgeapp.services.context import Context
    from judgeapp.services.upkeep import LogLine


@dataclass(frozen=True)
class LogNames:
    """Names by id; what has none is called by its id.

    Attributes:
        rounds: of rounds; ``parts`` of parts, whatever round they are in.
        judges: of judges.
    """

    rounds: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    judges: Mapping[str, str] = field(default_factory=dict)


def log_names(app: Context) -> LogNames:
    """Return what things are called in the open contest."""
    with app.read() as u:
        rounds = read_definition(u).rounds
        judges = {str(judge.id): judge.name for judge in u.judging.judges()}
    return LogNames(
        {str(item.id): item.vi.partition(" (")[0] for item in rounds},
        {str(part.id): part.vi for item in rounds for part in item.parts},
        judges,
    )


def log_words(line: LogLine, names: LogNames, texts: Texts) -> str:
    """Return a line in words; one of another version of the program is shown as it is stored."""
    key = f"log.{line.action}"
    details = {name: _detail(value) for name, value in line.details.items()}
    for name, known in (("round", names.rounds), ("part", names.parts)):
        if name in details:
            details[name] = f"“{known.get(details[name], details[name])}”"
    judge = details.get("judge", "")
    if judge in names.judges:
        details["judge"] = f"{judge} {names.judges[judge]}"
    if details.get("template") in ("lotus", "drum"):
        details["template"] = texts(f"gui.awards.view.{details['template']}")
    if texts.has(key):
        try:
            return texts(key, **details)
        except KeyError:
            pass
    listed = ", ".join(f"{name}={value}" for name, value in details.items())
    return f"{line.action} {listed}".rstrip()


def export_log(
    app: Context,
    *,
    out: Path,
    since: str | None = None,
    only: Collection[int] | None = None,
    language: str = "vi",
) -> int:
    """Write the log in words as CSV, the oldest line first; return how many lines.

    Args:
        app: the contest.
        out: the file.
        since: a moment in ISO 8601, UTC; earlier lines are left out.
        only: these lines, by id; None for all of them.
        language: of the words.

    Raises:
        JudgeError: why the file cannot be written.
    """
    from judgeapp.services.upkeep import read_log

    texts, names = load_texts(language), log_names(app)
    lines = [one for one in read_log(app, since=since) if only is None or one.id in only]
    heads = tuple(texts(f"upkeep.log.head.{name}") for name in ("at", "actor", "what"))
    rows = [
        (shown_moment(one.at), actor_words(one, texts), log_words(one, names, texts))
        for one in lines
    ]
    table = Table(texts("gui.log.title"), heads, tuple(rows))
    write_atomically(out, csv_bytes(table, app.machine.settings.csv))
    return len(lines)


def actor_words(line: LogLine, texts: Texts) -> str:
    """Return who acted, in words where there are some."""
    key = f"log.actor.{line.actor}"
    return texts(key) if texts.has(key) else line.actor


def _detail(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "–" if value is None else str(value)
