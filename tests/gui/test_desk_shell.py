"""A pack in the real window: who one is, the desk, closing, the start page afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.pages.desk import JudgePage
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Machine
from judgeapp.services.desk import desk_marks
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.score_files import export_score_file
from judgeapp.system.recents import load_recents
from tests.gui.desk_kit import C1, ONE, OUTLINE, SAID_BY_THE_MACHINE, pack_of_all
from tests.gui.shell_kit import settle, shown_window
from tests.judging_kit import desk

pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of_all(tmp_path_factory.mktemp("office"))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[MainWindow]:
    window = shown_window(qtbot, qapp, machine)
    yield window
    if window.judge is not None and window.judge.page is not None:
        window.judge.page.score.media.close_media()
    window.session.close()
    window.hide()


def open_desk(window: MainWindow, pack: Path, qtbot: QtBot) -> JudgePage:
    window.open(pack)
    qtbot.waitUntil(lambda: window.judge is not None and window.judge.opening.judges is not None)
    judge = window.judge
    assert judge is not None
    judges = judge.opening.judges
    assert judges is not None
    if judges.current is None:
        judges.choose("J07")
        judges.chosen.emit("J07")
    qtbot.mouseClick(judge.opening.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: judge.page is not None and judge.page.typing.loaded)
    settle(qtbot, window)
    assert judge.page is not None
    return judge.page


def test_a_pack_is_marked_and_gone_on_with(
    window: MainWindow, pack: Path, machine: Machine, qtbot: QtBot
) -> None:
    page = open_desk(window, pack, qtbot)
    page.mark(ONE)
    field = page.score.rubric.card.field
    qtbot.keyClicks(field, "8,5")
    settle(qtbot, window)
    page.score.top.back.emit()
    qtbot.mouseClick(page.list.top.back_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.start is not None
    (noted,) = load_recents(machine.paths)
    assert (noted.kind, noted.judge, noted.done, noted.of) == ("pack", "J07", 0, 4)
    page = open_desk(window, pack, qtbot)
    assert page.typing.view.entry(ONE).so_far == Decimal("8.5")


def test_the_window_stays_while_a_text_is_refused(
    window: MainWindow, pack: Path, machine: Machine, qtbot: QtBot
) -> None:
    page = open_desk(window, pack, qtbot)
    page.mark(ONE)
    field = page.score.rubric.card.field
    qtbot.keyClicks(field, "8,3")
    assert not window.close()
    window.open(pack)
    assert window.isVisible()
    assert field.text() == "8,3"
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field, "5")
    assert window.close()
    opened = desk(machine, pack)
    (event,) = desk_marks(opened).values()
    assert event.points == Decimal("8.5")
    opened.store.close()


def test_another_language_at_once(window: MainWindow, pack: Path, qtbot: QtBot) -> None:
    page = open_desk(window, pack, qtbot)
    page.mark(ONE)
    qtbot.keyClicks(page.score.rubric.card.field, "8")
    window.use_settings(language="en")
    settle(qtbot, window)
    assert window.judge is not None
    assert window.judge.page is not None
    assert window.judge.page.list.go_on.text() == "Go on"


def handed_in_elsewhere(machine: Machine, pack: Path, folder: Path) -> Path:
    """A score file of the same judge, written on another laptop."""
    other = desk(machine, pack, folder=folder / "other")
    enter_marks(other, marks=[TypedMark(ONE, OUTLINE, C1, "7,5")])
    file = export_score_file(other, target=folder / "nộp.score").value.file
    other.store.close()
    return file


def taken_over(window: MainWindow, qtbot: QtBot) -> Decimal:
    judge = window.judge
    assert judge is not None
    qtbot.waitUntil(lambda: judge.opening.judges is not None)
    assert judge.opening.judges is not None
    assert judge.opening.judges.current == "J07"
    qtbot.mouseClick(judge.opening.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: judge.page is not None and judge.page.typing.loaded)
    settle(qtbot, window)
    settle(qtbot, window)
    assert judge.page is not None
    for toast in judge.page.findChildren(Toast):
        toast.vanish()
    return judge.page.typing.view.entry(ONE).so_far


def test_a_score_file_opens_the_pack_it_belongs_to(
    window: MainWindow, pack: Path, machine: Machine, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_desk(window, pack, qtbot)
    qtbot.mouseClick(page.list.top.back_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    window.open(handed_in_elsewhere(machine, pack, tmp_path))
    qtbot.waitUntil(lambda: window.judge is not None)
    assert taken_over(window, qtbot) == Decimal("7.5")


def test_a_score_file_of_an_unknown_pack_asks_for_it(
    window: MainWindow,
    pack: Path,
    machine: Machine,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def confirm(title: str, *_: object, **__: object) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr(window.session.dialogs, "confirm", confirm)
    monkeypatch.setattr(window.session.dialogs, "open_folder", lambda _: pack)
    window.open(handed_in_elsewhere(machine, pack, tmp_path))
    qtbot.waitUntil(lambda: window.judge is not None)
    assert asked == ["“nộp.score” là tệp phiếu chấm của giám khảo J07"]
    assert taken_over(window, qtbot) == Decimal("7.5")


def test_a_score_file_dropped_on_the_desk_is_taken_over(
    window: MainWindow, pack: Path, machine: Machine, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_desk(window, pack, qtbot)
    window.open(handed_in_elsewhere(machine, pack, tmp_path))
    qtbot.waitUntil(lambda: page.typing.view.entry(ONE).so_far == Decimal("7.5"))
    for toast in page.findChildren(Toast):
        toast.vanish()
