"""Clip, outline and notes at the desk, with real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.formats.outline_pdf import write_outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Machine
from judgeapp.services.desk_notes import Note, notes_of
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.conftest import Clock
from tests.gui.desk_kit import ONE, SAID_BY_THE_MACHINE, TWO, AtTheDesk, at_the_desk
from tests.judging_kit import attach, build_pack, make_contest

pytestmark = pytest.mark.qt_log_ignore(
    *SAID_BY_THE_MACHINE, r"No HW decoder", r"FFmpeg", r"audio device", extend=True
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    app = make_contest(Machine(Clock(), paths, Settings()), folder / "contest")
    write_clip(folder / "clip.mp4", seconds=2, size=(64, 48), text="01", seed=1)
    outline = OutlineText("ĐỀ CƯƠNG", "Học tập", ["Lò Văn Thử"], ["Nội dung thử."])
    write_outline_pdf(folder / "outline.pdf", outline)
    attach(app, "01", "c1.mp4", (folder / "clip.mp4").read_bytes())
    attach(app, "01", "d1.pdf", (folder / "outline.pdf").read_bytes(), kind="outline")
    pack = build_pack(app, folder / "packs")
    app.store.close()
    return pack


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path) -> Iterator[AtTheDesk]:
    yield from at_the_desk(qtbot, qapp, machine, pack)


def shown(at: AtTheDesk) -> tuple[bool, bool]:
    media = at.page.score.media
    return media.player.isVisibleTo(media), media.outline.isVisibleTo(media)


def test_clip_and_outline_are_shown_one_or_both(at: AtTheDesk) -> None:
    at.mark()
    media = at.page.score.media
    at.qtbot.waitUntil(lambda: media.player.length > 1, timeout=10_000)
    assert shown(at) == (True, False)
    for ident, expected in (("outline", (False, True)), ("both", (True, True))):
        media.segment.choose(ident)
        media._arrange()
        assert shown(at) == expected
    media.segment.choose("clip")
    at.page.resize(1920, 1040)
    at.qtbot.waitUntil(lambda: shown(at) == (True, True))


def test_an_entry_without_files_says_so_and_is_marked(at: AtTheDesk) -> None:
    at.mark(TWO)
    media = at.page.score.media
    assert media._stack.currentWidget() is media._nothing
    at.type("10")
    assert at.points(TWO, "talk") == 10


def test_space_plays_while_the_field_has_the_focus(at: AtTheDesk) -> None:
    at.mark()
    player = at.page.score.media.player
    at.qtbot.waitUntil(lambda: player.length > 1, timeout=10_000)
    at.press(Qt.Key.Key_Space)
    at.qtbot.waitUntil(lambda: player.is_playing)
    assert at.field.text() == ""
    at.press(Qt.Key.Key_Space)
    at.qtbot.waitUntil(lambda: not player.is_playing)


@pytest.mark.parametrize("size", [(1366, 690), (911, 440)])
def test_n_takes_a_note_and_enter_goes_back(at: AtTheDesk, size: tuple[int, int]) -> None:
    at.page.resize(*size)
    at.mark()
    media = at.page.score.media
    at.qtbot.waitUntil(lambda: media.player.length > 1, timeout=10_000)
    at.press(Qt.Key.Key_N)
    assert media.notes.field.hasFocus()
    at.qtbot.keyClicks(media.notes.field, "jn8")
    at.press(Qt.Key.Key_Return)
    at.qtbot.waitUntil(lambda: bool(media.notes.notes))
    assert at.field.hasFocus()
    assert at.field.text() == ""
    assert Note(0, "jn8") in notes_of(at.page.desk, contestant=ONE)
    at.press(Qt.Key.Key_N)
    at.press(Qt.Key.Key_Escape)
    assert at.field.hasFocus()
    media.notes._remove(media.notes.notes[0])
    at.qtbot.waitUntil(lambda: not media.notes.notes)


def test_a_damaged_clip_is_said_in_words(at: AtTheDesk) -> None:
    clip = at.page.desk.source / "data" / "clips" / "c0001.mp4"
    whole = clip.read_bytes()
    clip.write_bytes(b"x" + whole[1:])
    try:
        at.mark()
        media = at.page.score.media
        at.qtbot.waitUntil(lambda: media._problem.isVisibleTo(media), timeout=10_000)
        assert "bị hỏng" in media._problem.text()
        at.type("10")
        assert at.points(ONE, "talk") == 10
    finally:
        clip.write_bytes(whole)
