from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.main_window import MainWindow
from judgeapp.gui.organiser_shell import OrganiserShell
from judgeapp.gui.pages.registry import STEPS
from judgeapp.gui.theme import theme
from judgeapp.gui.tokens import DARK, LIGHT
from judgeapp.gui.widgets.text import label
from judgeapp.services.context import Context, Kind, Machine
from judgeapp.services.steps import STEMS
from judgeapp.system.settings import load_settings
from judgeapp.system.texts import load_texts
from tests.gui.shell_kit import press, refusals_of, settle, shown_window, type_in, wait_for
from tests.judging_kit import make_contest

# Players look for the sound of the machine, which a machine of tests may not have.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "propagateSizeHints", extend=True)


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, machine: Machine, contest: Context
) -> Iterator[MainWindow]:
    made = shown_window(qtbot, qapp, machine)
    made.open(contest.folder)
    wait_for(qtbot, lambda: made.shell is not None and bool(made.shell.current))
    settle(qtbot, made)
    told = refusals_of(made)
    yield made
    made.close()
    assert not told
    theme().use("light")


def shell(window: MainWindow) -> OrganiserShell:
    assert window.shell is not None
    return window.shell


def test_the_rail_has_the_steps_of_the_service() -> None:
    assert STEPS == STEMS


def test_a_contest_opens_at_the_step_that_waits(window: MainWindow) -> None:
    assert shell(window).current == "people"
    button = shell(window).rail.buttons["people"]
    assert button.isChecked()
    assert button.accessibleName() == "Thí sinh, cần bạn, bước tiếp theo"
    assert shell(window).rail.buttons["packs"].accessibleName() == (
        "Gói chấm, làm sau, chưa có thí sinh"
    )


@pytest.mark.parametrize(
    ("key", "stem"),
    [
        (Qt.Key.Key_1, "contest"),
        (Qt.Key.Key_8, "results"),
        (Qt.Key.Key_0, "awards"),
        (Qt.Key.Key_Minus, "documents"),
        (Qt.Key.Key_Equal, "log"),
    ],
)
def test_alt_and_a_digit_open_a_step(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, stem: str
) -> None:
    window.activateWindow()
    press(window, key, Qt.KeyboardModifier.AltModifier)
    assert shell(window).current == stem
    settle(qtbot, window)


def test_arrows_walk_the_rail_and_enter_opens(qtbot: QtBot, window: MainWindow) -> None:
    rail = shell(window).rail
    rail.buttons["people"].setFocus()
    press(rail.buttons["people"], Qt.Key.Key_Up)
    assert window.focusWidget() is rail.buttons["contest"]
    press(rail.buttons["contest"], Qt.Key.Key_Return)
    assert shell(window).current == "contest"
    settle(qtbot, window)


def test_f6_walks_rail_page_and_drawer(qtbot: QtBot, window: MainWindow) -> None:
    page = shell(window).page
    assert page is not None
    content = label("nội dung")
    content.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.open_drawer(content, "Ngăn kéo")
    seen = []
    for _ in range(4):
        press(window, Qt.Key.Key_F6)
        at = window.focusWidget()
        assert at is not None
        inside = shell(window)._drawer()
        assert inside is not None
        zone = "drawer" if inside.isAncestorOf(at) else "page"
        seen.append("rail" if shell(window).rail.isAncestorOf(at) else zone)
    assert {"rail", "drawer"} <= set(seen)


def test_what_changed_reaches_the_rail(qtbot: QtBot, window: MainWindow) -> None:
    from judgeapp.domain.ids import ContestantId
    from judgeapp.domain.people import Contestant

    with window.session.app.write() as u:
        u.people.add_contestants([Contestant(ContestantId("01"), "Lò Văn Thử")], import_id=None)
        u.log("test.people")
        u.commit()
    window.session.bus.changed.emit(frozenset({Kind.PEOPLE}))
    rail = shell(window).rail
    wait_for(qtbot, lambda: rail.buttons["people"].state == "done")
    assert rail.buttons["entries"].reason == "bước tiếp theo"


def test_the_rail_steps_back_in_small_windows(window: MainWindow) -> None:
    rail = shell(window).rail
    assert (window.size_class, rail.width()) == ("M", 236)
    window.resize(911, 440)
    assert (window.size_class, rail.width()) == ("S", 64)
    assert "bước tiếp theo" in rail.buttons["people"].toolTip()
    window.resize(1920, 1080)
    assert (window.size_class, rail.width()) == ("L", 236)


def test_the_language_is_switched_at_once_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.go_to("results")
    settle(qtbot, window)
    window.use_settings(language="en")
    settle(qtbot, window)
    assert shell(window).current == "results"
    assert shell(window).rail.buttons["results"].text() == "Results"
    assert load_settings(window.session.machine.paths.settings).language == "en"
    window.use_settings(language="vi")
    settle(qtbot, window)
    assert shell(window).rail.buttons["results"].text() == "Kết quả"


def test_the_colours_are_switched_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.use_settings(theme="dark")
    assert theme().tokens is DARK
    window.use_settings(theme="light")
    assert theme().tokens is LIGHT
    settle(qtbot, window)


def test_the_settings_menu_marks_what_is_chosen(window: MainWindow) -> None:
    menu = window.commands.settings_menu()
    chosen = [action.text() for action in menu.actions() if action.isChecked()]
    assert chosen == ["Theo máy", "Vừa", "Tiếng Việt"]


def test_f1_opens_the_manual_of_the_screen_and_esc_closes_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(window, Qt.Key.Key_F1)
    manual = window.manual
    assert manual is not None
    assert manual.page.name == "people.md"
    wait_for(qtbot, lambda: manual.browser.verticalScrollBar().maximum() > 400)  # and a picture
    assert manual.browser.toPlainText()
    assert manual.browser.horizontalScrollBar().maximum() == 0
    press(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_ctrl_k_finds_a_step_a_setting_and_a_contestant(
    qtbot: QtBot, qapp: QApplication, machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = make_contest(machine, tmp_path_factory.mktemp("m") / "contest", contestants=("01", "02"))
    window = shown_window(qtbot, qapp, machine)
    window.open(made.folder)
    wait_for(qtbot, lambda: window.shell is not None and bool(window.shell.current))
    settle(qtbot, window)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    palette = window.palette_open
    assert palette is not None
    type_in(palette.edit, "giam kh")
    assert palette.list.item(0).text().startswith("Ban giám khảo")
    palette.edit.clear()
    type_in(palette.edit, "thi sinh 02")
    wait_for(qtbot, lambda: palette.list.count() == 1)
    palette.edit.clear()
    type_in(palette.edit, "khen")
    press(palette.edit, Qt.Key.Key_Return)
    assert shell(window).current == "awards"
    settle(qtbot, window)
    window.close()
    made.store.close()


def test_an_answer_about_a_closed_contest_is_told_to_nobody(
    qtbot: QtBot, window: MainWindow
) -> None:
    told: list[object] = []
    window.session.run(lambda _: "done", told.append, aside=True)
    window.show_start()
    settle(qtbot, window)
    assert told == []


def test_a_refusal_in_the_window_names_steps_and_not_calls(window: MainWindow) -> None:
    error = JudgeError("judging.round_closed", round="Vòng sơ khảo")
    assert window.session.texts.error(error) == (
        "Vòng sơ khảo đã khoá chấm. Chưa ghi gì; muốn sửa thì mở lại kèm lý do ở bước Kết quả."
    )
    assert "judgeapp judging reopen" in load_texts("vi").error(error)
