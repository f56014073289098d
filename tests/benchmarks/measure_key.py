"""From the key that completes a mark to the mark on the disk, with a clip playing beside it.

The reference is one raw SQLite commit of the same kind on the same disk, in turn with the keys.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.desk import JudgePage
from judgeapp.gui.session import Session
from tests.benchmarks.measure_first_frame import desk_with_clips
from tests.benchmarks.measure_mark import committing, raw_database
from tests.benchmarks.measures import Measure, seconds
from tests.benchmarks.window_kit import application, rest, wait_until

LIMIT = 2.0
P99_MS = 16
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up
MARKS, PAUSE_S, LOST_S = 300, 0.02, 10


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure corrections of two marks of one entry, in turn, while its clip plays in a loop."""
    application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = desk_with_clips(folder, entries=2, clip_bytes=0, size=(1280, 720))
        raw = raw_database(folder / "raw.db")
        session = Session(desk.machine)
        session.open(desk)
        page = JudgePage(session, desk)
        page.resize(1366, 690)
        page.show()
        wait_until(lambda: not session.tasks.busy)
        page.mark(ContestantId("01"))
        player = page.score.media.player
        wait_until(lambda: player.screen_.has_picture)
        player.toggle_loop()
        player.play()
        rest(0.5)
        commit = committing(raw)
        keys, commits = [], []
        visits = cycle(zip(("8,25", "8,25", "7,75", "7,75"), (DOWN, UP, DOWN, UP), strict=True))
        for figures, leave in islice(visits, 20 if quick else MARKS):
            keys.append(typed(page, figures))
            QTest.keyClick(page.score.rubric.card.field, leave)
            commits.append(seconds(commit))
            rest(PAUSE_S)
        page.score.media.close_media()
        page.hide()
        session.close()
        raw.close()
    p99 = statistics.quantiles(keys, n=100)[98]
    return [
        Measure(
            "key",
            1000 * statistics.median(keys),
            "ms",
            LIMIT,
            reference="one raw SQLite commit",
            reference_value=1000 * statistics.median(commits),
        ),
        Measure(
            "key.p99",
            1000 * p99,
            "ms",
            P99_MS,
            reference="the commit's own p99",
            reference_value=1000 * statistics.quantiles(commits, n=100)[98],
            absolute=True,
        ),
    ]


def typed(page: JudgePage, figures: str) -> float:
    """Type a mark over the one before; return the seconds from its last key to its tick.

    Raises:
        TimeoutError: there is none.
    """
    card = page.score.rubric.card
    typing = page.typing
    key = page.score.rubric.key
    assert key is not None
    card.field.setFocus()
    card.field.selectAll()
    QTest.keyClicks(card.field, figures[:-1])
    begun = time.perf_counter()
    QTest.keyClicks(card.field, figures[-1])
    while typing.stored(key) != "saved":
        if time.perf_counter() - begun > LOST_S:
            raise TimeoutError
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1)
    return time.perf_counter() - begun
