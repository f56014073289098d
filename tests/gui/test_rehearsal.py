from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.rehearsal import RehearsalDialog
from judgeapp.gui.widgets.button import Button
from judgeapp.services import rehearsal, sample_inputs
from judgeapp.services.context import Machine
from judgeapp.system.recents import load_recents
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for, words_in
from tests.judging_kit import build_pack, make_contest

pytestmark = pytest.mark.qt_log_ignore("pipewire", "propagateSizeHints", extend=True)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[MainWindow]:
    made = shown_window(qtbot, qapp, machine)
    yield made
    made.close()


@pytest.fixture
def no_media(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave clips and outlines out: what they are like is tested elsewhere, and they take long."""
    for name in ("_write_clip", "_write_outline"):
        monkeypatch.setattr(sample_inputs, name, lambda *_: None)


def answer(qtbot: QtBot, do: Callable[[RehearsalDialog], None]) -> None:
    """Act on the form as soon as it is open; it keeps its own loop until it is closed."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RehearsalDialog):
            do(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def ask(window: MainWindow) -> None:
    assert window.start is not None
    press(window.start.rehearse, Qt.Key.Key_Return)


@pytest.mark.usefixtures("no_media")
def test_a_rehearsal_is_made_and_opened_at_its_first_step(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    told = refusals_of(window)

    def fill(dialog: RehearsalDialog) -> None:
        dialog.parent_folder = tmp_path
        assert dialog.until == "begin"
        press(dialog.make, Qt.Key.Key_Return)

    answer(qtbot, fill)
    ask(window)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    folder = tmp_path / "Hội thi diễn tập"
    shell = window.shell
    assert shell is not None
    assert shell.current == "people"
    assert window.windowTitle().startswith("DIỄN TẬP — Hội thi Báo cáo viên giỏi")
    assert window.strip.isVisible()
    assert shell.rail.contest.mark == "DIỄN TẬP"
    assert window.session.dialogs.start_in == folder / "input"
    assert window.session.dialogs.mark == "DIỄN TẬP"
    assert (folder / "input" / "Danh sách thí sinh.xlsx").is_file()
    recent = load_recents(window.session.machine.paths)[0]
    assert (recent.path, recent.rehearsal) == (str(folder / "contest"), True)
    window.show_start()
    start = window.start
    assert start is not None
    wait_for(qtbot, lambda: "DIỄN TẬP — Hội thi Báo cáo viên" in words_in(start))
    assert not window.strip.isVisible()
    assert window.session.dialogs.mark == ""
    assert not told


def test_a_stopped_rehearsal_leaves_nothing_and_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    seen: list[str] = []

    def stop(dialog: RehearsalDialog) -> None:
        dialog.parent_folder = tmp_path
        press(dialog.make, Qt.Key.Key_Return)
        assert not dialog.make.isVisible()
        press(dialog, Qt.Key.Key_Escape)
        wait_for(qtbot, lambda: dialog.make.isVisible())
        seen.append(words_in(dialog))
        press(dialog, Qt.Key.Key_Escape)

    answer(qtbot, stop)
    ask(window)
    assert "Đã dừng. Không để lại tệp nào." in seen[0]
    assert list(tmp_path.iterdir()) == []
    assert window.start is not None


def test_a_second_rehearsal_gets_a_folder_of_its_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "Hội thi diễn tập").mkdir()
    dialog = RehearsalDialog(window, window.session)
    dialog.parent_folder = tmp_path
    assert dialog.folder == tmp_path / "Hội thi diễn tập (2)"
    dialog.reject()
    dialog.deleteLater()


@pytest.mark.parametrize("size", [(1366, 690), (911, 440), (683, 345)])
def test_the_form_fits_the_window(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    heights: list[int] = []

    def measure(dialog: RehearsalDialog) -> None:
        heights.append(dialog.height())
        assert all(
            button.width() >= button.sizeHint().width()
            for button in dialog.findChildren(Button)
            if button.isVisible()
        )
        dialog.reject()

    answer(qtbot, measure)
    ask(window)
    assert heights[0] <= size[1] + 48  # the shadow may reach beyond the window


@pytest.mark.parametrize("size", [(1366, 690), (911, 440), (683, 345)])
def test_the_judge_sees_that_a_pack_is_of_a_rehearsal(
    qtbot: QtBot, window: MainWindow, machine: Machine, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    with app.write() as u:
        u.contest.mark_as_rehearsal()
        u.log("test.rehearsal")
        u.commit()
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    window.resize(*size)
    window.open(pack)
    wait_for(qtbot, lambda: window.strip.isVisible())
    assert window.windowTitle().startswith("DIỄN TẬP — ")
    window.show_start()
    settle(qtbot, window)
    assert not window.strip.isVisible()


def test_a_real_contest_says_nothing_of_the_kind(
    qtbot: QtBot, window: MainWindow, machine: Machine, tmp_path: Path
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    app.store.close()
    window.open(app.folder)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    assert not window.strip.isVisible()
    assert "DIỄN TẬP" not in window.windowTitle()


@pytest.mark.parametrize("way", ["office", "judge"])
def test_a_rehearsal_with_packs_is_opened_for_the_office_or_for_a_judge(
    qtbot: QtBot,
    window: MainWindow,
    machine: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    asked: list[object] = []

    def make(_: Machine, **wishes: object) -> rehearsal.Rehearsal:
        asked.append(wishes["until"])
        return rehearsal.Rehearsal(tmp_path, app.folder, (pack,))

    def begin(dialog: RehearsalDialog) -> None:
        dialog.parent_folder = tmp_path
        dialog.stages.choose("packs")
        press(dialog.make, Qt.Key.Key_Return)

    monkeypatch.setattr(rehearsal, "make_rehearsal", make)
    monkeypatch.setattr(window.session.dialogs, "choose", lambda *_: way)
    answer(qtbot, begin)
    ask(window)
    wait_for(qtbot, lambda: (window.shell if way == "office" else window.judge) is not None)
    settle(qtbot, window)
    assert asked == ["packs"]
    assert (window.judge is not None) is (way == "judge")
