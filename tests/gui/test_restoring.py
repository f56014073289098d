from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.main_window import MainWindow
from judgeapp.services.backup import backup_contest
from judgeapp.services.context import Machine
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for
from tests.judging_kit import make_contest

pytestmark = pytest.mark.qt_log_ignore("pipewire", "propagateSizeHints", extend=True)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[MainWindow]:
    made = shown_window(qtbot, qapp, machine)
    yield made
    made.close()


@pytest.fixture
def backup(machine: Machine, tmp_path: Path) -> Path:
    app = make_contest(machine, tmp_path / "contest")
    app.store.close()
    return backup_contest(machine, folder=app.folder, out=tmp_path / "b.zip").file


def choose(monkeypatch: pytest.MonkeyPatch, window: MainWindow, file: Path, folder: Path) -> None:
    monkeypatch.setattr(window.session.dialogs, "open_file", lambda *_: file)
    monkeypatch.setattr(window.session.dialogs, "open_folder", lambda _: folder)


def ask(window: MainWindow) -> None:
    assert window.start is not None
    press(window.start.restore, Qt.Key.Key_Return)


def test_a_backup_becomes_a_new_folder_that_is_opened(
    qtbot: QtBot,
    window: MainWindow,
    backup: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "b").mkdir()
    choose(monkeypatch, window, backup, tmp_path)
    ask(window)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    assert window.session.app.folder == tmp_path / "b (2)"


def test_a_backup_that_is_opened_is_restored(
    qtbot: QtBot,
    window: MainWindow,
    backup: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(monkeypatch, window, tmp_path, tmp_path)
    window.open(backup)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    assert window.session.app.folder == tmp_path / "b"


def test_what_is_no_backup_is_refused_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ảnh.zip").write_bytes(b"x")
    told = refusals_of(window)
    choose(monkeypatch, window, tmp_path / "ảnh.zip", tmp_path)
    ask(window)
    wait_for(qtbot, lambda: bool(told))
    assert [path.name for path in tmp_path.iterdir()] == ["ảnh.zip"]
    assert window.start is not None
