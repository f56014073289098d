from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import BadInput, BadRows
from judgeapp.gui.dialogs import Dialogs
from judgeapp.gui.message_dialog import MessageDialog, WayButton
from judgeapp.gui.message_dialog import Way as Wish
from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.button import Button
from judgeapp.system.texts import load_texts
from tests.gui.shell_kit import press, words_in

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def dialogs(qtbot: QtBot, qapp: QApplication) -> Iterator[Dialogs]:
    start_theme(qapp).use("light")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    yield Dialogs(window, load_texts("vi"))
    window.close()


def answer(do: Callable[[MessageDialog], None]) -> list[str]:
    """Act on the dialog once it is open; return what it said, filled then."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, MessageDialog):
            QTimer.singleShot(10, look)
            return
        said.append(words_in(dialog))
        do(dialog)

    QTimer.singleShot(0, look)
    return said


def button(dialog: MessageDialog, text: str) -> Button:
    return next(one for one in dialog.findChildren(Button) if one.text() == text)


def click(text: str) -> Callable[[MessageDialog], None]:
    return lambda dialog: button(dialog, text).click()


def test_a_question_is_answered_by_its_button_or_safely_by_esc(dialogs: Dialogs) -> None:
    said = answer(click("Nhập 38 thí sinh"))
    asked = dialogs.confirm(
        "Nhập?", "Hoàn tác được.", "Nhập 38 thí sinh", facts=[("Tệp", "a.xlsx")]
    )
    assert asked is True
    assert said[0].split("\n") == ["Nhập?", "Hoàn tác được.", "Tệp", "a.xlsx"]
    answer(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert dialogs.confirm("Nhập?", "", "Nhập") is False


def test_enter_does_not_do_what_is_dangerous(dialogs: Dialogs) -> None:
    def enter(dialog: MessageDialog) -> None:
        at = dialog.focusWidget()
        assert isinstance(at, Button)
        assert at.text() == "Để sau"
        press(at, Qt.Key.Key_Return)

    answer(enter)
    assert dialogs.confirm("Xóa?", "", "Xóa", danger=True) is False


def test_a_reason_is_asked_for_and_no_reason_is_not_taken(dialogs: Dialogs) -> None:
    def type_reason(dialog: MessageDialog) -> None:
        edit = dialog.findChild(QLineEdit)
        assert isinstance(edit, QLineEdit)
        assert not button(dialog, "Rút").isEnabled()
        press(edit, Qt.Key.Key_Return)
        edit.setText("  ốm  ")
        assert button(dialog, "Rút").isEnabled()
        press(edit, Qt.Key.Key_Return)

    answer(type_reason)
    assert dialogs.ask_text("Rút?", "", "Lý do", yes="Rút") == "ốm"
    answer(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert dialogs.ask_text("Rút?", "", "Lý do", yes="Rút", multiline=True) is None


def test_none_of_the_ways_is_chosen_beforehand(dialogs: Dialogs) -> None:
    ways = [Wish("a", "Giữ tệp", "không đổi gì"), Wish("b", "Đổi tệp", "tệp cũ được giữ")]
    answer(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert dialogs.choose("Chọn", "", ways) is None

    def second(dialog: MessageDialog) -> None:
        cards = dialog.findChildren(WayButton)
        assert [card.accessibleName() for card in cards] == [
            "Giữ tệp. không đổi gì",
            "Đổi tệp. tệp cũ được giữ",
        ]
        cards[1].click()

    answer(second)
    assert dialogs.choose("Chọn", "", ways) == "b"


def test_a_refusal_has_its_first_sentence_as_title_and_details_to_copy(dialogs: Dialogs) -> None:
    rows = [
        BadInput("judging.bad_judge_id", file="a.csv", place=str(n), typed="?") for n in range(9)
    ]
    error = BadRows("judging.bad_panel", rows, file="a.csv", count=9, first="")

    def copy(dialog: MessageDialog) -> None:
        button(dialog, "Chép chi tiết").click()
        button(dialog, "Đóng").click()

    said = answer(copy)
    dialogs.show_error(error)
    lines = said[0].split("\n")
    assert not lines[0].endswith(".")
    assert "a.csv" in lines
    assert "và 1 dòng nữa" in lines
    copied = QApplication.clipboard().text().split("\n")
    assert len(copied) == 11
    assert copied[-1] == "judging.bad_panel"


def test_files_of_a_rehearsal_are_named_so(
    dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def chosen(_: object, __: str, name: str, ___: str) -> tuple[str, str]:
        names.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    dialogs.save_file("Lưu", "Giấy khen.pdf", ["*.pdf"])
    dialogs.mark = "DIỄN TẬP"
    dialogs.save_file("Lưu", "Giấy khen.pdf", ["*.pdf"])
    assert names == ["Giấy khen.pdf", "DIỄN TẬP Giấy khen.pdf"]


def test_looking_for_files_begins_where_it_is_told_to(
    dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []

    def chosen(_: object, __: str, begin: str) -> str:
        begun.append(begin)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    assert dialogs.open_folder("Chọn") is None
    dialogs.start_in = tmp_path
    assert dialogs.open_folder("Chọn") is None
    assert begun == ["", str(tmp_path)]
