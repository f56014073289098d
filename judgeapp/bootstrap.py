"""Wires paths, settings, log, clock and store together; nothing else knows how they are found."""

from __future__ import annotations

from pathlib import Path

from judgeapp.services.context import Context, Machine
from judgeapp.system.clock import Clock, utc_now
from judgeapp.system.log import start_log
from judgeapp.system.paths import find_paths
from judgeapp.system.settings import load_settings

ORGANISER = "secretary"


def start_machine(clock: Clock = utc_now) -> Machine:
    """Return this machine with the user's settings, the log running."""
    paths = find_paths()
    start_log(paths.logs)
    return Machine(clock, paths, load_settings(paths.settings))


def open_contest(folder: Path, machine: Machine, *, actor: str = ORGANISER) -> Context:
    """Open the contest in ``folder``; the first opening of a day keeps a copy of its database.

    Raises:
        JudgeError: as `open_store` does.
    """
    from judgeapp.services.upkeep import keep_daily_copy
    from judgeapp.store.store import open_store

    app = Context(machine, folder, open_store(folder), actor)
    keep_daily_copy(app)
    return app
