"""What a judge does at the desk; the names of u05 stand with each test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.numbers import plain
from judgeapp.gui.pages.desk_over import KeysCard
from judgeapp.services import marking
from judgeapp.services.context import Machine
from tests.gui.desk_kit import (
    C1,
    C2,
    ONE,
    OUTLINE,
    SAID_BY_THE_MACHINE,
    TALK,
    TWO,
    AtTheDesk,
    at_the_desk,
    focus_lost_to_another_program,
    pack_of_all,
    send,
    wheel,
)

DATA = Path(__file__).parents[1] / "data" / "ui"
U01 = json.loads((DATA / "u01_typed_points.json").read_text("utf-8"))
U05 = json.loads((DATA / "u05_events.json").read_text("utf-8"))
TESTS_OF_U05 = {
    "wheel": "test_desk.test_wheel_and_wheel_focused",
    "wheel-focused": "test_desk.test_wheel_and_wheel_focused",
    "combo-wheel": "test_desk.test_combo_wheel",
    "tab-switch": "test_desk.test_tab_switch",
    "close-window": "test_desk.test_close_window",
    "alt-tab": "test_desk.test_alt_tab",
    "reject-then-leave": "test_desk.test_reject_then_leave",
    "keypad": "test_desk.test_keypad",
    "up-down": "test_desk.test_up_down_and_enter",
    "ime": "test_desk.test_ime_in_a_text_fires_no_shortcut",
    "unikey": "test_desk.test_unikey_backspaces_and_types_again",
    "shortcut-letters": "test_desk_media.test_n_takes_a_note_and_enter_goes_back",
    "double-click": "test_desk_pages.test_handing_in_writes_the_file_once_and_shows_the_receipt",
    "scale": "test_desk.test_sizes",
    "paste": "test_desk.test_paste",
    "undo": "test_desk.test_undo_is_a_new_event",
}


pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of_all(tmp_path_factory.mktemp("office"))


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path) -> Iterator[AtTheDesk]:
    yield from at_the_desk(qtbot, qapp, machine, pack)


def words(widget: QWidget) -> str:
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def test_a_mark_is_stored_at_once_and_ticked_only_then(
    at: AtTheDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.mark()
    key = at.page.score.rubric.key
    assert key is not None
    disk, enter = threading.Event(), marking.enter_mark

    def slow(*app: Any, **mark: Any) -> Any:
        assert disk.wait(20)
        return enter(*app, **mark)

    monkeypatch.setattr(marking, "enter_mark", slow)
    at.type("8,5")
    assert at.page.typing.stored(key) == "saving"
    assert "Đã lưu" not in words(at.page.score.rubric)
    disk.set()
    assert at.points() == Decimal("8.5")
    assert at.page.typing.stored(key) == "saved"
    assert "Đã lưu" in words(at.page.score.rubric)


def events(at: AtTheDesk) -> list[str]:
    """What this desk has stored of the first criterion, one figure for each event."""
    at.settle()
    with at.page.desk.read() as u:
        stored = u.judging.mark_events(at.page.desk.pack.round.id, at.page.desk.pack.rubric_hash)
    return [plain(event.points or Decimal(0)) for event in sorted(stored, key=lambda e: e.counter)]


def test_no_half_of_a_mark_is_stored(at: AtTheDesk) -> None:
    at.mark()
    at.type("8")
    key = at.page.score.rubric.key
    assert key is not None
    assert at.page.typing.stored(key) == "waiting"
    assert "Enter để lưu" in words(at.page.score.rubric)
    at.type(",5")
    assert events(at) == ["8.5"]
    at.press(Qt.Key.Key_Return)
    at.press(Qt.Key.Key_Up)
    at.type("1")
    at.type("0")
    assert events(at) == ["8.5", "10"]


def test_a_half_typed_mark_is_stored_after_a_rest(at: AtTheDesk) -> None:
    at.mark()
    at.type("8")
    assert events(at) == []
    at.qtbot.waitUntil(lambda: events(at) == ["8"], timeout=20_000)


@pytest.mark.parametrize("typed", ["8", "8,"])
def test_closing_or_leaving_at_once_stores_what_waits(at: AtTheDesk, typed: str) -> None:
    at.mark()
    at.type(typed)
    at.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    at.type("7")
    assert at.page.close()
    assert events(at) == ["8", "7"]


def test_tab_switch(at: AtTheDesk) -> None:
    at.mark()
    at.type("8,5")
    _, tab = at.page.score.rubric._tabs[1]
    at.qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert at.points() == Decimal("8.5")
    assert at.current() == (ONE, TALK, C1)


def test_close_window(at: AtTheDesk) -> None:
    at.mark()
    at.type("8,5")
    assert at.page.close()
    assert at.points() == Decimal("8.5")


def test_close_window_with_a_refused_text(at: AtTheDesk) -> None:
    at.mark()
    at.type("11")
    assert not at.page.close()
    assert at.page.isVisible()
    assert at.field.text() == "11"
    assert "lớn hơn điểm tối đa 10" in words(at.page.score.rubric)
    assert at.points() is None


@pytest.mark.parametrize("typed", ["8", "8,"])
def test_alt_tab(at: AtTheDesk, typed: str) -> None:
    at.mark()
    at.type(typed)
    focus_lost_to_another_program(at.field)
    assert at.field.text() == typed
    assert at.field.selectedText() == ""
    assert events(at) == []
    at.type(",5" if typed == "8" else "5")
    assert events(at) == ["8.5"]


def test_reject_then_leave(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Up)
    at.type("8,3")
    at.qtbot.mouseClick(at.page.score.rubric.next_button, Qt.MouseButton.LeftButton)
    assert at.current() == (ONE, OUTLINE, C1)
    assert at.field.text() == "8,3"
    said = words(at.page.score.rubric)
    assert "không đúng bước 0,5. Nhập 8 hoặc 8,5." in said
    assert "Điểm đang giữ: 7." in said
    assert at.points() == Decimal(7)
    key = at.page.score.rubric.key
    assert key is not None
    assert at.page.typing.stored(key) == "refused"


def test_a_refused_text_survives_going_to_another_criterion(at: AtTheDesk) -> None:
    at.mark()
    at.type("8,3")
    at.press(Qt.Key.Key_Down)
    assert at.current() == (ONE, OUTLINE, C1)
    at.page.score.rubric.go_to(1)
    at.type("6")
    at.press(Qt.Key.Key_Up)
    assert at.field.text() == "8,3"
    assert at.points(criterion=C2) == Decimal(6)


@pytest.mark.parametrize("sign", [",", "."])
def test_keypad(at: AtTheDesk, sign: str) -> None:
    at.mark()
    at.type("9")
    decimal = Qt.Key.Key_Comma if sign == "," else Qt.Key.Key_Period
    QTest.keyClick(at.field, decimal, Qt.KeyboardModifier.KeypadModifier)
    assert at.field.text() == f"9{sign}"
    at.type("5")
    assert at.points() == Decimal("9.5")


def test_up_down_and_enter(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.press(Qt.Key.Key_Down)
    assert at.current() == (ONE, OUTLINE, C2)
    at.press(Qt.Key.Key_Up)
    assert at.current() == (ONE, OUTLINE, C1)
    assert at.field.selectedText() == "7"
    at.press(Qt.Key.Key_Return)
    at.type("6")
    at.press(Qt.Key.Key_Enter)
    assert at.current() == (ONE, TALK, C1)
    at.type("9,25")
    at.press(Qt.Key.Key_Return)
    assert at.page.score.rubric.next_button.hasFocus()
    assert [at.points(), at.points(criterion=C2), at.points(part=TALK)] == [
        Decimal(7),
        Decimal(6),
        Decimal("9.25"),
    ]
    at.press(Qt.Key.Key_Return)
    assert at.current()[0] == TWO


@pytest.mark.parametrize("focused", [True, False])
def test_wheel_and_wheel_focused(at: AtTheDesk, focused: bool) -> None:
    at.mark()
    at.page.resize(911, 440)
    at.type("7")
    if not focused:
        at.page.score.rubric.next_button.setFocus()
    bar = at.page.score.rubric._scroll.verticalScrollBar()
    bar.setValue(0)

    def scrolled() -> bool:  # the page may still be laid out when the wheel turns first
        wheel(at.field)
        return bar.value() > 0

    at.qtbot.waitUntil(scrolled)
    assert at.field.text() == "7"
    at.press(Qt.Key.Key_Tab)
    assert events(at) == ["7"]


def test_combo_wheel(at: AtTheDesk) -> None:
    assert not at.page.findChildren(QComboBox)


def test_undo_is_a_new_event(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.press(Qt.Key.Key_Return)
    at.press(Qt.Key.Key_Up)
    at.type("8,5")
    at.press(Qt.Key.Key_Return)
    before = at.event()
    assert before is not None
    assert before.points == Decimal("8.5")
    at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    after = at.event()
    assert after is not None
    assert after.points == Decimal(7)
    assert after.counter > before.counter
    assert at.current() == (ONE, OUTLINE, C1)
    assert at.field.text() == "7"
    at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at.points() is None


def test_undo_gives_up_a_refused_text(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Up)
    at.type("8,3")
    at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at.field.text() == "7"
    assert at.points() == Decimal(7)


@pytest.mark.parametrize("pasted", ["8,5\n", "8,5\r\n", "\t8,5 "])
def test_paste(at: AtTheDesk, pasted: str) -> None:
    at.mark()
    QApplication.clipboard().setText(pasted)
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert at.points() == Decimal("8.5")


def test_a_field_that_is_emptied_takes_the_mark_back_when_it_is_left(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Up)
    at.press(Qt.Key.Key_Delete)
    assert at.points() == Decimal(7)
    at.press(Qt.Key.Key_Down)
    event = at.event()
    assert event is not None
    assert event.points is None


def test_shortcut_letters_go_into_a_comment(at: AtTheDesk) -> None:
    at.mark()
    comment = at.page.score.rubric.card.comment
    comment.setFocus()
    at.qtbot.keyClicks(comment, "jlrnf ?+-5")
    assert comment.text() == "jlrnf ?+-5"
    at.press(Qt.Key.Key_Return)
    event = at.event()
    assert event is not None
    assert (event.points, event.comment) == (None, "jlrnf ?+-5")
    assert at.current() == (ONE, OUTLINE, C2)


def test_a_comment_is_stored_when_it_is_left(at: AtTheDesk) -> None:
    at.mark()
    comment = at.page.score.rubric.card.comment
    comment.setFocus()
    send(comment, "gọn")
    assert at.page.close()
    event = at.event()
    assert event is not None
    assert event.comment == "gọn"


def test_ime(at: AtTheDesk) -> None:
    at.settle()
    search = at.page.list.search
    search.setFocus()
    QApplication.sendEvent(search, QInputMethodEvent("vieejt", []))
    assert len(at.page.list.table.rows) == 2
    committed = QInputMethodEvent()
    committed.setCommitString("thí sinh 02")
    QApplication.sendEvent(search, committed)
    assert search.text() == "thí sinh 02"
    assert [row.contestant for row in at.page.list.table.rows] == [TWO]


@pytest.mark.parametrize("where", ["note", "comment", "entry"])
def test_ime_in_a_text_fires_no_shortcut(at: AtTheDesk, where: str) -> None:
    at.mark()
    score = at.page.score
    fields: dict[str, QLineEdit | QPlainTextEdit] = {
        "note": score.media.notes.field,
        "comment": score.rubric.card.comment,
        "entry": score.rubric.comment.words,
    }
    field = fields[where]
    score.media.notes.show()
    field.setFocus()
    for preedit in ("v", "vi", "viê", "việ", "việt"):
        QApplication.sendEvent(field, QInputMethodEvent(preedit, []))
    committed = QInputMethodEvent()
    committed.setCommitString("việt")
    QApplication.sendEvent(field, committed)
    send(field, "jlrnf5")
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert text == "việtjlrnf5"
    assert field.hasFocus()
    assert at.field.text() == ""
    assert not score.media.player.is_playing


def test_unikey_backspaces_and_types_again(at: AtTheDesk) -> None:
    at.mark()
    comment = at.page.score.rubric.card.comment
    comment.setFocus()
    at.qtbot.keyClicks(comment, "viet")
    for _ in range(2):
        at.qtbot.keyClick(comment, Qt.Key.Key_Backspace)
    send(comment, "ệt")
    assert comment.text() == "việt"
    assert comment.completer() is None


def test_figures_begin_a_mark_from_anywhere(at: AtTheDesk) -> None:
    at.mark()
    at.type("7")
    at.page.score.top.strip.setFocus()
    at.press(Qt.Key.Key_9)
    assert at.field.hasFocus()
    assert at.field.text() == "9"
    at.type(",5")
    assert at.points() == Decimal("9.5")


def test_ctrl_arrows_go_through_the_entries_and_end_at_the_review(at: AtTheDesk) -> None:
    at.mark()
    at.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert at.current()[0] == TWO
    at.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert at.current()[0] == ONE
    at.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    at.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert at.page.pages.currentWidget() is at.page.review


def test_the_question_mark_shows_the_keys_and_esc_hides_them(at: AtTheDesk) -> None:
    at.mark()
    at.type("?")
    assert at.field.text() == ""
    card = at.page.score.findChild(KeysCard)
    assert card is not None
    assert card.isVisible()
    at.press(Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert at.field.hasFocus()


def test_the_strip_goes_to_an_entry(at: AtTheDesk) -> None:
    at.mark()
    strip = at.page.score.top.strip
    place = strip._place(1).center().toPoint()
    at.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place)
    assert at.current()[0] == TWO
    assert "đang dở 0" in strip.accessibleName()


def test_a_mark_that_cannot_be_stored_gets_no_tick_and_keeps_the_window(
    at: AtTheDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.mark()

    def full(*_: object, **__: object) -> None:
        raise JudgeError("files.disk_full", file="judge.sqlite3", free="")

    with monkeypatch.context() as patch:
        patch.setattr(marking, "enter_mark", full)
        at.type("8,5")
        at.settle()
        key = at.page.score.rubric.key
        assert key is not None
        assert at.page.typing.stored(key) == "failed"
        assert at.field.text() == "8,5"
        assert not at.page.close()
        assert at.page.isVisible()
    assert {error.code for error in at.errors} == {"files.disk_full"}
    assert at.page.close()
    assert at.points() == Decimal("8.5")


def paste(at: AtTheDesk, text: str) -> None:
    QApplication.clipboard().setText(text)
    at.field.selectAll()
    at.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_what_is_taken_and_what_is_refused(at: AtTheDesk) -> None:
    at.mark()
    at.page.score.rubric.go_to(2)
    key = at.page.score.rubric.key
    assert key is not None
    for text, value in U01["accepted"].items():
        paste(at, text)
        at.press(Qt.Key.Key_Up)
        at.press(Qt.Key.Key_Down)
        assert at.points(part=TALK) == Decimal(value), text
        assert at.page.typing.stored(key) == "saved", text
    kept = at.points(part=TALK)
    for text in filter(None, U01["refused"]):
        paste(at, text)
        assert at.field.text() == text
        assert at.points(part=TALK) == kept, text
        assert at.page.typing.stored(key) == "refused", text


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 690), (1093, 545), (911, 440), (683, 345), (1920, 1040)]
)
def test_sizes(at: AtTheDesk, width: int, height: int) -> None:
    at.mark()
    at.page.resize(width, height)
    compact = width < 1100 or height < 600
    rubric = at.page.score.rubric
    assert rubric._steps.isVisibleTo(rubric) == compact
    assert at.page.width() == width
    assert at.page.height() == height
    at.qtbot.waitUntil(lambda: at.field.visibleRegion().boundingRect().size() == at.field.size())
    button = rubric.next_button
    at.qtbot.waitUntil(lambda: button.visibleRegion().boundingRect().size() == button.size())


def test_each_event_of_u05_has_its_test() -> None:
    assert set(TESTS_OF_U05) == {event["id"] for event in U05["events"]}
    for name in TESTS_OF_U05.values():
        module, _, function = name.partition(".")
        source = (Path(__file__).parent / f"{module}.py").read_text("utf-8")
        assert f"def {function}(" in source, name
