"""The player with real clips: what one sees, hears of, and does by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.player import Player
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Machine
from judgeapp.system.settings import TextSize

CLIPS = Path(__file__).parent.parent / "data" / "clips"

# What Qt says about a computer without sound or graphics card, and about broken files.
pytestmark = pytest.mark.qt_log_ignore(
    r"pipewire", r"PulseAudio", r"propagateSizeHints", r"RHI", r"Could not open media",
    r"No HW decoder", r"FFmpeg", r"audio device", r"Invalid", extend=True,
)  # fmt: skip


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("player") / "c0001.mp4"
    write_clip(path, seconds=8, text="01", seed=1)
    return path


@pytest.fixture
def player(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[Player]:
    start_theme(qapp)
    made = Player(Session(machine))
    qtbot.addWidget(made)
    made.resize(700, 480)
    made.show()
    made.setFocus()
    yield made
    made.clear()


def load(player: Player, clip: Path, qtbot: QtBot, **more: float) -> None:
    player.load(clip, peaks=[10, 80] * 100, limit_s=6.0, **more)
    qtbot.waitUntil(lambda: player.screen_.has_picture and player.length > 0)


def grey(player: Player) -> npt.NDArray[np.uint8]:
    """Return the screen as it is seen, from black 0 to white 255."""
    picture = player.screen_.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    line = picture.bytesPerLine()
    seen = np.frombuffer(picture.constBits(), np.uint8, picture.height() * line)
    return seen.reshape(picture.height(), line)[:, : picture.width()].copy()


def brightness(player: Player) -> float:
    return float(grey(player).mean())


def test_a_loaded_clip_stands_still_and_shows_its_picture(
    player: Player, clip: Path, qtbot: QtBot
) -> None:
    load(player, clip, qtbot)
    assert not player.is_playing
    assert brightness(player) > 20  # a picture of the window shows it
    assert player.length == pytest.approx(8, abs=0.2)


def test_it_plays_and_tells_where_it_is(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot)
    told: list[float] = []
    player.position_changed.connect(told.append)
    QTest.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.position > 0.3)
    assert player.is_playing
    QTest.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not player.is_playing)
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_L, 7.0), (Qt.Key.Key_Right, 7.0), (Qt.Key.Key_J, 0.0), (Qt.Key.Key_Left, 0.0),
    ],
)  # fmt: skip
def test_five_seconds_back_and_on(
    player: Player, clip: Path, qtbot: QtBot, key: Qt.Key, expected: float
) -> None:
    load(player, clip, qtbot, position=2.0)
    qtbot.waitUntil(lambda: player.position == pytest.approx(2.0, abs=0.1))
    QTest.keyClick(player, key)
    qtbot.waitUntil(lambda: player.position == pytest.approx(expected, abs=0.1))


def test_one_frame_at_a_time(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot, position=2.0)
    qtbot.waitUntil(lambda: player.position == pytest.approx(2.0, abs=0.1))
    before = player.position
    QTest.keyClick(player, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: player.position > before)
    assert player.position - before < 0.15
    QTest.keyClick(player, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: player.position == pytest.approx(before, abs=0.02))


def test_speed_loop_and_sound_by_keyboard(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot)
    for _ in range(9):
        QTest.keyClick(player, Qt.Key.Key_Plus)
    assert player.speed == "2"
    for _ in range(9):
        QTest.keyClick(player, Qt.Key.Key_Minus)
    assert player.speed == "0.75"
    QTest.keyClick(player, Qt.Key.Key_R)
    assert player.controls.loop.isChecked()
    QTest.keyClick(player, Qt.Key.Key_M)
    assert player.controls.mute.accessibleName() == player.texts("gui.player.unmute")
    QTest.keyClick(player, Qt.Key.Key_Up)
    assert player.controls.mute.accessibleName() == player.texts("gui.player.mute")


def test_in_a_loop_it_begins_again(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot, position=7.7)
    player.toggle_loop()
    player.set_speed("2")
    player.play()
    qtbot.waitUntil(lambda: 0 < player.position < 3, timeout=8000)
    assert player.is_playing


def test_a_place_on_the_wave_goes_there(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot)
    bar = player.seek_bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 50))
    qtbot.waitUntil(lambda: player.position == pytest.approx(4.0, abs=0.2))
    player.set_flags([1.0, 6.0])
    chosen: list[int] = []
    player.flag_chosen.connect(chosen.append)
    x = 14 + round((bar.width() - 28) * 6 / player.length)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    qtbot.waitUntil(lambda: player.position == pytest.approx(6.0, abs=0.2))
    assert chosen == [1]
    assert "0:0" in bar.accessibleDescription()


def test_the_position_is_remembered(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot, position=3.0)
    qtbot.waitUntil(lambda: player.position == pytest.approx(3.0, abs=0.1))
    player.clear()
    assert player.position == 0
    load(player, clip, qtbot)
    qtbot.waitUntil(lambda: player.position == pytest.approx(3.0, abs=0.1))


def test_full_screen_and_back(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot)
    QTest.keyClick(player, Qt.Key.Key_F)
    assert player.is_full_screen
    window = player.screen_.window()
    assert window is not player.window()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert player.screen_.window() is player.window()
    assert brightness(player) > 20


def test_a_desk_passes_on_letters_but_keeps_arrows_comma_and_point(
    player: Player, clip: Path, qtbot: QtBot
) -> None:
    load(player, clip, qtbot)
    none = Qt.KeyboardModifier.NoModifier

    def takes(key: Qt.Key, modifier: Qt.KeyboardModifier = none) -> bool:
        return player.take_key(QKeyEvent(QEvent.Type.KeyPress, key, modifier))

    assert takes(Qt.Key.Key_L)
    assert takes(Qt.Key.Key_Space)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Comma, Qt.Key.Key_Period):
        assert not takes(key)
    assert not takes(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)


def test_the_file_is_let_go(player: Player, clip: Path, qtbot: QtBot) -> None:
    load(player, clip, qtbot)
    player.play()
    qtbot.waitUntil(lambda: player.position > 0.1)
    player.clear()

    def open_files() -> list[str]:
        found = []
        for handle in Path("/proc/self/fd").iterdir():
            try:
                found.append(str(handle.readlink()))
            except OSError:  # closed meanwhile
                continue
        return found

    if Path("/proc/self/fd").is_dir():
        qtbot.waitUntil(lambda: str(clip) not in open_files())


def write_av1(path: Path) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libsvtav1", rate=10)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        stream.time_base = Fraction(1, 10)
        for number in range(10):
            picture = np.full((96, 128, 3), number * 20, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        out.mux(stream.encode())


@pytest.mark.parametrize("name", ["c10_empty.mp4", "c06_no_moov.mp4", "not there.mp4", "av1.mp4"])
def test_what_cannot_be_played_is_said_in_words(
    player: Player, tmp_path: Path, clip: Path, qtbot: QtBot, name: str
) -> None:
    path = CLIPS / name
    if name == "av1.mp4":
        path = tmp_path / name
        write_av1(path)
    with qtbot.waitSignal(player.failed, timeout=6000) as told:
        player.load(path)
        player.play()
    sentence = told.args[0]
    assert "Điểm đã chấm không bị ảnh hưởng" in sentence
    assert player.screen_.accessibleName() == sentence
    load(player, clip, qtbot)  # the same player goes on with the next one
    assert player.screen_.accessibleName() == ""


KNOWN = json.loads((CLIPS / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [path.name for path in sorted(CLIPS.glob("*.mp4"))])
def test_each_known_clip_plays_or_says_why_not(player: Player, qtbot: QtBot, name: str) -> None:
    said: list[str] = []
    player.failed.connect(said.append)
    player.load(CLIPS / name)
    player.play()
    qtbot.waitUntil(lambda: bool(said) or player.position > 0.2, timeout=10_000)
    # The one with a decomposed name stands in expected.json under that name.
    opens = KNOWN.get(name, {"opens": True})["opens"]
    assert (player.screen_.has_picture, bool(said)) == (opens, not opens)
    if said:
        assert player.screen_.accessibleName() == said[0]
        assert said[0].endswith(".")


def test_a_clip_of_an_upright_phone_is_shown_upright(player: Player, qtbot: QtBot) -> None:
    player.load(CLIPS / "c01_rotate_90.mp4")
    qtbot.waitUntil(lambda: player.screen_.has_picture)
    wide, high = KNOWN["c01_rotate_90.mp4"]["shown_size"]
    lit = grey(player) > 24  # beside the picture it is black
    columns, rows = np.flatnonzero(lit.any(axis=0)), np.flatnonzero(lit.any(axis=1))
    shape = (columns[-1] - columns[0] + 1) / (rows[-1] - rows[0] + 1)
    assert shape == pytest.approx(wide / high, abs=0.03)


def test_a_clip_whose_tail_is_missing_plays_up_to_there(player: Player, qtbot: QtBot) -> None:
    path = CLIPS / "c07_tail_missing.mp4"
    player.load(path)
    qtbot.waitUntil(lambda: player.screen_.has_picture)
    player.play()
    qtbot.waitUntil(lambda: player.position > 0.4)


@pytest.mark.parametrize("size", ["normal", "larger"])
@pytest.mark.parametrize("width", [320, 400, 480, 560, 620, 660, 700, 760, 1000])
def test_no_key_is_squeezed(
    player: Player, clip: Path, qtbot: QtBot, qapp: QApplication, width: int, size: TextSize
) -> None:
    start_theme(qapp).use("light", size)
    player.resize(max(width, player.minimumSizeHint().width()), 400)
    load(player, clip, qtbot)
    keys = [key for key in player.controls.findChildren(QAbstractButton) if key.isVisible()]
    each, one = player.controls.speeds["1"], player.controls.next_speed
    assert [each.isVisible(), one.isVisible()].count(True) == (1 if width > 400 else one in keys)
    for key in keys:
        assert key.width() >= key.sizeHint().width(), key.accessibleName()
        assert player.controls.rect().contains(key.mapTo(player.controls, key.rect().bottomRight()))
    start_theme(qapp).use("light")


def test_one_key_for_all_speeds_where_room_lacks(player: Player, clip: Path, qtbot: QtBot) -> None:
    player.resize(420, 400)
    load(player, clip, qtbot)
    key, seen = player.controls.next_speed, []
    for _ in range(6):
        qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
        seen.append((player.speed, key.text()))
    assert [speed for speed, _ in seen] == ["1.25", "1.5", "2", "0.75", "1", "1.25"]
    assert seen[0][1] == "1,25×"


def test_all_keys_have_names(player: Player) -> None:
    controls = player.controls
    for key in (
        controls.back, controls.play, controls.on, controls.frame_back, controls.frame_on,
        controls.loop, controls.mute, controls.volume, controls.full, *controls.speeds.values(),
    ):  # fmt: skip
        assert key.accessibleName()
        assert key.toolTip()
        assert key.focusPolicy() & Qt.FocusPolicy.TabFocus
