"""How soon the desk shows the first picture of an entry, against a bare QMediaPlayer.

Both open the same clips in turn: the desk as a judge does who goes on to the next entry, the bare
player with a QVideoSink and nothing else. The clips are as long in bytes as real ones, since the
desk checks each before it is played.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

from judgeapp.gui.pages.desk_media import EntryView
from judgeapp.gui.session import Session
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Machine
from judgeapp.services.desk import Desk, open_desk
from judgeapp.system.clock import utc_now
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.benchmarks.measures import Measure
from tests.benchmarks.window_kit import application, rest, wait_until
from tests.judging_kit import attach, build_pack, criterion, make_contest, one_round, part

LIMIT = 1.3
ENTRIES, CLIP_BYTES = 8, 60_000_000
A_LOOK_S = 0.5  # a judge stays at an entry for minutes; this is enough to look at the next


def measures(*, quick: bool = False) -> list[Measure]:
    """Measure going from entry to entry."""
    application()
    with tempfile.TemporaryDirectory() as name:
        desk = desk_with_clips(
            Path(name),
            entries=3 if quick else ENTRIES,
            clip_bytes=100_000 if quick else CLIP_BYTES,
            size=(320, 180) if quick else (1280, 720),
        )
        session = Session(desk.machine)
        session.open(desk)
        view = EntryView(session, desk)
        view.resize(900, 560)
        view.show()
        ours, bare = [], []
        entries = desk.pack.entries
        for entry, following in zip(entries, [*entries[1:], None], strict=True):
            show = partial(view.show_entry, entry, following)
            ours.append(until(lambda: view.player.screen_.has_picture, show))
            bare.append(until_bare(desk.source / entry.media[0].path))
            rest(A_LOOK_S)
        view.close_media()
        view.hide()
        session.close()
    return [
        Measure(
            "first_frame",
            statistics.median(ours[1:]),
            "s",
            LIMIT,
            reference="a bare QMediaPlayer",
            reference_value=statistics.median(bare[1:]),
        )
    ]


def desk_with_clips(
    folder: Path, *, entries: int, clip_bytes: int, size: tuple[int, int], seconds: float = 10
) -> Desk:
    """Return a desk whose entries are clips of so many bytes, each other bytes."""
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    machine = Machine(utc_now, paths, Settings())
    rubric = part("talk", [criterion(f"c{number}") for number in range(8)])
    numbers = [f"{number:02}" for number in range(1, entries + 1)]
    app = make_contest(machine, folder / "contest", one_round(rubric), contestants=numbers)
    write_clip(folder / "clip.mp4", seconds=seconds, size=size, text="1", fps=25)
    clip = (folder / "clip.mp4").read_bytes()
    for number in numbers:
        attach(app, number, f"{number}.mp4", clip + free_box(clip_bytes - len(clip), number))
    pack = build_pack(app, folder / "packs")
    app.store.close()
    return open_desk(machine, pack=pack, judge="J07").value


def free_box(length: int, number: str) -> bytes:
    """Return an MP4 box that players skip (ISO/IEC 14496-12, 8.1.2), at least its head."""
    length = max(16, length)
    return length.to_bytes(4, "big") + b"free" + number.encode().ljust(length - 8, b"\0")


def until(reached: Callable[[], bool], begin: Callable[[], None]) -> float:
    """Return the seconds from ``begin`` until something is so."""
    begun = time.perf_counter()
    begin()
    wait_until(reached)
    return time.perf_counter() - begun


def until_bare(path: Path) -> float:
    """Return the seconds until a bare player has given its first picture."""
    player, sink = QMediaPlayer(), QVideoSink()
    player.setVideoSink(sink)
    seen: list[bool] = []

    def take(frame: QVideoFrame) -> None:
        if frame.isValid():
            seen.append(True)

    sink.videoFrameChanged.connect(take)

    def begin() -> None:
        player.setSource(QUrl.fromLocalFile(str(path)))
        player.pause()

    taken = until(lambda: bool(seen), begin)
    player.stop()
    player.setSource(QUrl())
    return taken
