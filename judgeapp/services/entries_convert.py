"""A clip that judges' laptops could not play is written anew on request; the original is kept."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeVar

from judgeapp.domain.entries import CheckResult, EntryFile
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.media.clip_convert import convert_clip
from judgeapp.media.file_check import check_file
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.entries import held_to_rules, swap_in
from judgeapp.services.entries_check import keep_pictures
from judgeapp.services.media_folder import MEDIA, MediaFolder
from judgeapp.system.progress import Progress, no_progress

REASON = "converted"
_TICK_SECONDS = 0.1
_MOST_THREADS = 4
_TOLERANCE_S, _TOLERANCE_SHARE = 0.5, 0.005
T = TypeVar("T")


def convert_entry(
    app: Context,
    *,
    contestant: ContestantId,
    part_id: str | None = None,
    round_id: str | None = None,
    progress: Progress = no_progress,
) -> Outcome[EntryFile]:
    """Write a contestant's clip anew as one that plays everywhere, and put it in its place.

    The new clip is looked into to its end before it takes the place; it must be as long as the one
    before. Stopped or failing, everything stays as it was.

    Args:
        app: the contest.
        contestant: whose clip.
        part_id: of which part; the first clip if it is None.
        round_id: of which round; the current one if it is None.
        progress: told in seconds of the clip, twice its length in all: written, then looked into.

    Raises:
        JudgeError: ``entries.nothing_to_convert``, ``entries.cannot_convert``,
            ``contest.unknown_round``, ``files.…``.
        Cancelled: if the person stopped it.
    """
    old = _clip_of(app, contestant, part_id, round_id)
    length = old.check.seconds if old.check and old.check.seconds else 0.0
    total = max(1, round(2 * length))
    source = app.folder / MEDIA / old.stored_name
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    media = MediaFolder(app.folder)
    name = Path(old.original_name).with_suffix(".mp4").name
    with media.made_here(name) as (part, take):
        watch = _Watch(progress, total, old.original_name)
        watch.until_done(
            lambda: convert_clip(
                source, part, threads=threads, report=watch.report, stopped=watch.stopped
            )
        )
        watch.begin_at(length)
        checked = watch.until_done(
            lambda: check_file(
                part, name=name, threads=threads, report=watch.report, stopped=watch.stopped
            )
        )
        _require_whole(checked.result, old)
        copied = take()
    new = swap_in(media, app, copied, old, REASON, check=checked.result)
    keep_pictures(app.folder, new, checked)
    progress(total, total)
    return changed(new, [Kind.ENTRIES])


def _clip_of(
    app: Context, contestant: ContestantId, part_id: str | None, round_id: str | None
) -> EntryFile:
    with app.read() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        for file in u.entries.files():
            if (
                (file.round, file.contestant, file.kind) == (held.id, contestant, "clip")
                and part_id in (None, str(file.part))
                and (file.check is None or file.check.opens)
            ):
                return held_to_rules(file, definition)
    raise JudgeError("entries.nothing_to_convert", place=contestant)


def _require_whole(result: CheckResult, old: EntryFile) -> None:
    """Refuse a new clip that cannot be shown everywhere or is not as long as the one before."""
    codes = {problem.code for problem in result.problems}
    good = result.opens and not codes & {"unplayable_codec", "damaged", "truncated", "no_video"}
    if old.check is not None and old.check.seconds is not None and result.seconds is not None:
        allowed = max(_TOLERANCE_S, old.check.seconds * _TOLERANCE_SHARE)
        good = good and abs(result.seconds - old.check.seconds) <= allowed
    if not good:
        raise JudgeError("entries.cannot_convert", file=old.original_name)


class _Watch:
    """Does work in a thread of its own, tells how far it is, and stops it when asked to."""

    def __init__(self, progress: Progress, total: int, what: str) -> None:
        self._progress, self._total, self._what = progress, total, what
        self._stop = threading.Event()
        self._done, self._at = 0.0, 0.0

    def report(self, second: float) -> None:
        self._at = second

    def stopped(self) -> bool:
        return self._stop.is_set()

    def begin_at(self, second: float) -> None:
        """Count on from here."""
        self._done, self._at = second, 0.0

    def until_done(self, work: Callable[[], T]) -> T:
        """Return what the work returns.

        Raises:
            Cancelled: if ``progress`` says so; the work has ended then.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="convert") as pool:
            future = pool.submit(work)
            try:
                while not future.done():
                    done = min(round(self._done + self._at), self._total)
                    self._progress(done, self._total, self._what)
                    wait([future], timeout=_TICK_SECONDS)
            except BaseException:
                self._stop.set()
                raise
            return future.result()
