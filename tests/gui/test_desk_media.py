"""Clip, outline and notes at the desk, with real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.formats.outline_pdf import write_outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.gui.pages.desk_note_rows import NoteLine, NotePiece
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Machine
from judgeapp.services.desk_notes import Note, add_note, notes_of
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings, load_settings
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
    at.mark()
    at.page.resize(*size)
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


def noted(at: AtTheDesk, *texts: str) -> None:
    for number, text in enumerate(texts):
        add_note(at.page.desk, contestant=ONE, at_ms=300 * number, text=text)


@pytest.mark.parametrize(("width", "kind"), [(1366, NotePiece), (1920, NoteLine)])
def test_notes_are_flags_on_the_wave_and_go_to_their_place(
    at: AtTheDesk, width: int, kind: type[NotePiece | NoteLine]
) -> None:
    noted(at, "mở đầu", "số liệu", "kết")
    at.page.resize(width, 1040)
    at.mark()
    media = at.page.score.media
    at.qtbot.waitUntil(lambda: media.player.length > 1, timeout=10_000)
    at.qtbot.waitUntil(lambda: media.player.seek_bar._flags == (0.0, 0.3, 0.6))
    shown = [note for note in media.notes.findChildren(kind) if note.isVisibleTo(media)]
    assert len(shown) == (2 if kind is NotePiece else 3)
    assert shown[-1].accessibleName() == "Ghi chú 3, tại 0:00: kết"
    at.qtbot.mouseClick(shown[-1], Qt.MouseButton.LeftButton)
    at.qtbot.waitUntil(lambda: abs(media.player.position - 0.6) < 0.2, timeout=10_000)


def test_a_note_is_taken_away_from_the_list(at: AtTheDesk) -> None:
    noted(at, "mở đầu", "số liệu")
    at.page.resize(1920, 1040)
    at.mark()
    media = at.page.score.media
    at.qtbot.waitUntil(lambda: len(media.notes.notes) == 2)
    line = media.notes.findChildren(NoteLine)[0]
    at.qtbot.mouseClick(line._cross, Qt.MouseButton.LeftButton)
    at.qtbot.waitUntil(lambda: [note.text for note in media.notes.notes] == ["số liệu"])


def test_the_columns_are_remembered(at: AtTheDesk, machine: Machine) -> None:
    at.mark()
    columns = at.page.score.columns
    handle = columns.handle(1)
    at.qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    at.qtbot.mouseMove(handle, handle.rect().center() + QPoint(100, 0))
    at.qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton)
    width = columns.sizes()[1]
    assert width < 500
    at.qtbot.waitUntil(lambda: load_settings(machine.paths.settings).rubric_width == width)
    at.page.resize(1400, 720)
    at.qtbot.waitUntil(lambda: columns.sizes()[1] == width)
