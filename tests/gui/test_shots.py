"""Pictures are taken of every page, and of what asks in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.pages.people import PeoplePage
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Machine
from tests.gui import shots
from tests.judging_kit import make_contest


def test_an_error_is_in_a_picture_and_the_next_page_follows(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    start_theme(qapp)
    make_contest(machine, tmp_path / "contest").store.close()
    refusal = JudgeError("contest.folder_taken", file="/x")
    monkeypatch.setattr(PeoplePage, "load", lambda page: page.session.show_error(refusal))
    monkeypatch.setattr(shots, "SETTLED_MS", 30)
    window = MainWindow(machine)
    qtbot.addWidget(window)
    window.show()
    shots.take_pictures(window, tmp_path / "contest", tmp_path / "out", ["people", "log"])
    window.close()
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {
        "start.png", "people.png", "log.png", "dialog-1.png",
    }  # fmt: skip
