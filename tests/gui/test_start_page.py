from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.start_page import StartPage
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Context, Machine
from judgeapp.system.recents import Recent, load_recents, remember
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for, words_in
from tests.judging_kit import build_pack, make_contest

SIZES = ((1366, 690), (1093, 545), (911, 440), (683, 345), (1920, 1080))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[MainWindow]:
    made = shown_window(qtbot, qapp, machine)
    yield made
    made.close()


def start(window: MainWindow) -> StartPage:
    assert window.start is not None
    return window.start


def primary(page: StartPage) -> list[Button]:
    return [b for b in page.findChildren(Button) if b.kind == "primary" and b.isVisibleTo(page)]


def test_on_the_first_run_the_two_roles_have_the_blue_buttons(window: MainWindow) -> None:
    page = start(window)
    assert [button.text() for button in primary(page)] == ["Lập hội thi mới", "Mở gói chấm…"]
    assert "Làm tiếp" not in words_in(page)


def test_what_one_was_doing_comes_first_and_has_the_only_blue_button(
    qtbot: QtBot, window: MainWindow, contest: Context
) -> None:
    window.open(contest.folder)
    wait_for(qtbot, lambda: window.shell is not None and bool(window.shell.current))
    settle(qtbot, window)
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    page = start(window)
    wait_for(qtbot, lambda: [button.text() for button in primary(page)] == ["Làm tiếp"])
    assert "Hội thi thử" in words_in(page)
    assert "Tiếp theo: Thí sinh" in page.rows[0].button.accessibleName()
    wait_for(qtbot, lambda: window.focusWidget() is page.first_button)
    press(page.rows[0].button, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: window.shell is not None)


def test_recent_work_that_is_gone_says_so_and_can_be_looked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths = window.session.machine.paths
    remember(paths, Recent(str(tmp_path / "gone"), "contest", "Hội thi cũ", "2026-11-01T08:00:00Z"))
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    row = start(window).rows[0]
    assert "Không tìm thấy" in row.button.accessibleName()
    assert row.button.text() == "Tìm lại…"


def test_a_folder_that_is_no_contest_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    told = refusals_of(window)
    window.open(tmp_path)
    wait_for(qtbot, lambda: bool(told))
    assert "không phải là thư mục hội thi" in window.session.texts.error(told[0])
    assert window.start is not None


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file or folder in the middle of what is seen, as the system does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    place = window.rect().center()
    enter = QDragEnterEvent(place, copy, data, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, data, left, none))
    return True


def test_a_contest_dropped_on_the_window_is_opened(
    qtbot: QtBot, window: MainWindow, contest: Context
) -> None:
    assert drop(window, contest.folder)
    wait_for(qtbot, lambda: window.shell is not None)
    settle(qtbot, window)
    assert load_recents(window.session.machine.paths)[0].path == str(contest.folder)


def test_a_pack_dropped_on_the_window_is_opened_for_a_judge(
    qtbot: QtBot, window: MainWindow, machine: Machine, tmp_path: Path
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    pack = build_pack(app, tmp_path / "packs")
    app.store.close()
    assert drop(window, pack)
    wait_for(qtbot, lambda: window.judge is not None)
    settle(qtbot, window)
    assert "Hội thi thử" in window.windowTitle()


def test_a_damaged_score_file_dropped_on_the_start_page_says_so(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    refused: list[JudgeError] = []
    window.session.show_error = refused.append
    (tmp_path / "J05-A-0001.score").write_bytes(b"{}")
    assert drop(window, tmp_path / "J05-A-0001.score")
    wait_for(qtbot, lambda: bool(refused))
    assert [error.code for error in refused] == ["packs.score_cut_off"]


def test_something_else_dropped_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    told = refusals_of(window)
    (tmp_path / "ảnh.jpg").write_bytes(b"x")
    assert drop(window, tmp_path / "ảnh.jpg")
    wait_for(qtbot, lambda: bool(told))
    assert told[0].code == "shell.not_ours"


def remembered(window: MainWindow, folder: Path, count: int) -> None:
    paths = window.session.machine.paths
    for number in range(count):
        at = f"2026-11-{number + 1:02}T08:00:00+00:00"
        remember(paths, Recent(str(folder / str(number)), "contest", f"Hội thi {number}", at))
    window.show_start()


def test_recent_work_can_be_taken_from_the_list_and_put_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    remembered(window, tmp_path, 2)
    wait_for(qtbot, lambda: len(start(window).rows) == 2)
    row = start(window).rows[0]
    assert row.forget.accessibleName() == "Bỏ khỏi danh sách: Hội thi 1"
    press(row.forget, Qt.Key.Key_Space)
    wait_for(qtbot, lambda: len(start(window).rows) == 1)
    assert [one.name for one in load_recents(window.session.machine.paths)] == ["Hội thi 0"]
    toast = window.findChild(Toast)
    assert isinstance(toast, Toast)
    qtbot.mouseClick(toast.findChild(Button), Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: len(start(window).rows) == 2)


def test_many_recents_show_the_last_ones_first_and_all_on_demand(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    remembered(window, tmp_path, 9)
    wait_for(qtbot, lambda: bool(start(window).rows))
    page = start(window)
    assert [row.recent.name for row in page.rows] == [f"Hội thi {n}" for n in (8, 7, 6)]
    assert page.more_button is not None
    assert page.more_button.text() == "Xem thêm 6 việc"
    press(page.more_button, Qt.Key.Key_Return)
    assert len(page.rows) == 9


def test_what_is_not_where_it_was_is_looked_for(
    qtbot: QtBot,
    window: MainWindow,
    contest: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembered(window, tmp_path / "moved", 1)
    wait_for(qtbot, lambda: bool(start(window).rows))
    monkeypatch.setattr(window.session.dialogs, "open_folder", lambda _: contest.folder)
    press(start(window).rows[0].button, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: window.shell is not None)
    settle(qtbot, window)
    paths = [one.path for one in load_recents(window.session.machine.paths)]
    assert paths == [str(contest.folder)]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_at_any_size(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int]
) -> None:
    paths = window.session.machine.paths
    long_name = "Hội thi Báo cáo viên giỏi các cơ quan, đơn vị trực thuộc tỉnh Lâm Giang năm 2026"
    remember(paths, Recent("/không/có", "contest", long_name, "2026-11-01T08:00:00Z"))
    window.show_start()
    wait_for(qtbot, lambda: bool(start(window).rows))
    window.resize(*size)
    page = start(window)
    qtbot.waitUntil(lambda: page.width() == window.width())
    inner = page.widget()
    assert inner is not None
    wait_for(qtbot, lambda: inner.minimumSizeHint().width() <= page.viewport().width())
    for button in page.findChildren(Button):
        if button.isVisibleTo(page):
            assert button.width() >= button.sizeHint().width()
            assert button.accessibleName() or button.text()
