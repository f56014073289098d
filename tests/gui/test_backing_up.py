from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.exchange import archive
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.organiser_shell import OrganiserShell
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services import backup
from judgeapp.services.context import Machine
from judgeapp.system.progress import Progress
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, wait_for
from tests.judging_kit import make_contest

pytestmark = pytest.mark.qt_log_ignore("pipewire", "propagateSizeHints", extend=True)


@pytest.fixture
def window(
    qtbot: QtBot,
    qapp: QApplication,
    machine: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    made = make_contest(machine, tmp_path / "contest")
    made.store.close()
    (tmp_path / "stick").mkdir()
    window = shown_window(qtbot, qapp, machine)
    monkeypatch.setattr(window.session.dialogs, "open_folder", lambda _: tmp_path / "stick")
    window.open(made.folder)
    wait_for(qtbot, lambda: window.shell is not None and window.shell.seen is not None)
    settle(qtbot, window)
    yield window
    window.close()


def shell(window: MainWindow) -> OrganiserShell:
    assert window.shell is not None
    return window.shell


def test_the_rail_says_when_and_where_the_last_copy_was_made(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        window.session.dialogs, "tell", lambda title, body, facts: told.append(facts[0])
    )
    rail = shell(window).rail
    assert rail.backup.text() == "Chưa sao lưu"
    press(rail.backup, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: rail.backup.text().startswith("Đã sao lưu "))
    settle(qtbot, window)
    (file,) = (tmp_path / "stick").iterdir()
    assert told == [("Tệp", str(file))]
    assert str(file) in rail.backup.toolTip()
    assert rail.buttons["log"].state == "done"
    window.resize(911, 440)
    wait_for(qtbot, lambda: rail.backup.text() == "")
    wait_for(qtbot, rail.backup.isVisible)
    assert rail.backup.accessibleName().startswith("Đã sao lưu ")


def test_a_backup_can_be_stopped_while_the_pages_are_used(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped = threading.Event(), threading.Event()
    real = archive.write_archive

    def slow(target: Path, *rest: object) -> object:
        *_, progress = rest
        begun.set()
        assert stopped.wait(10)
        progress(0, 1)  # type: ignore[operator]  # it is the last of the arguments
        return real(target, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(backup, "write_archive", slow)
    refused = refusals_of(window)
    press(shell(window).rail.backup, Qt.Key.Key_Return)
    wait_for(qtbot, begun.is_set)
    rail = shell(window).rail
    assert rail.buttons["log"].state == "running"
    window.go_to("panel")
    assert shell(window).current == "panel"
    row = shell(window).backing_up.row
    wait_for(qtbot, row.isVisible)
    stop = row.findChild(Button)
    assert isinstance(stop, Button)
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    stopped.set()
    settle(qtbot, window)
    assert list((tmp_path / "stick").iterdir()) == []
    assert not refused
    assert not shell(window).backing_up.bar.isVisible()
    assert [one.accessibleName() for one in window.findChildren(Toast)] == [
        "Đã dừng sao lưu. Không để lại tệp nào."
    ]
    assert rail.buttons["log"].state == "nothing"


def test_a_disk_that_is_full_is_told_and_the_bar_goes(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Progress:
        raise JudgeError("files.disk_full", file="E:")

    monkeypatch.setattr(backup, "write_archive", full)
    refused = refusals_of(window)
    press(shell(window).rail.backup, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: bool(refused))
    assert refused[0].code == "files.disk_full"
    assert not shell(window).backing_up.bar.isVisible()
