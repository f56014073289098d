from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.matrix import Matrix, MatrixRow
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.progress import ProgressRow
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import frame
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.texts import load_texts
from tests.gui.desk_kit import wheel

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Iterator[Show]:
    """Show a widget in a window, with the focus on it."""
    start_theme(qapp).use("light")
    windows: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        window = QWidget()
        QHBoxLayout(window).addWidget(widget)
        window.resize(600, 300)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        widget.setFocus()
        windows.append(window)
        return window

    yield shown
    for window in windows:
        window.close()


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_segment_is_chosen_by_click_and_arrows(show: Show, qtbot: QtBot) -> None:
    segment = Segment([("a", "Bảng"), ("b", "Lưới"), ("c", "Phiếu")])
    show(segment)
    told: list[str] = []
    segment.chosen.connect(told.append)
    assert segment.current == "a"
    parts = list(segment._parts.values())
    QTest.mouseClick(parts[2], Qt.MouseButton.LeftButton)
    parts[2].setFocus()
    QTest.keyClick(parts[2], Qt.Key.Key_Left)
    assert told == ["c", "b"]
    wheel(parts[1])
    assert segment.current == "b"
    segment.choose("a")
    assert told == ["c", "b"]
    assert role(parts[0]) == QAccessible.Role.RadioButton


def test_counts_stand_behind_the_words(show: Show) -> None:
    segment = Segment([("a", "Tất cả"), ("b", "Nghi vấn")])
    show(segment)
    narrow = segment.sizeHint().width()
    segment.set_counts({"a": 38, "b": 4})
    assert [part.text() for part in segment._parts.values()] == ["Tất cả 38", "Nghi vấn 4"]
    assert segment.sizeHint().width() > narrow


def test_refused_text_stays_and_the_reason_is_spoken(show: Show) -> None:
    field = Field("Điểm", help_text="bước 0,5")
    show(field)
    field.text = "11"
    field.refuse("11 lớn hơn điểm tối đa 10. Điểm chưa được lưu.")
    assert field.text == "11"
    assert field.edit.property("state") == "refused"
    assert field.edit.accessibleName() == "Điểm"
    assert field.edit.accessibleDescription().startswith("11 lớn hơn")
    field.accept()
    assert not field.refused
    assert field.edit.accessibleDescription() == "bước 0,5"


def test_the_wheel_changes_no_field(show: Show) -> None:
    field = Field("Điểm")
    show(field)
    field.text = "8,5"
    field.edit.setFocus()
    wheel(field.edit)
    assert field.edit.text() == "8,5"


def test_no_option_is_chosen_beforehand(show: Show, qtbot: QtBot) -> None:
    options = OptionCards([Option("x", "Bốc thăm", "có người giám sát"), Option("y", "Để sau")])
    show(options)
    assert not [card for card in options._cards if card.isChecked()]
    told: list[str] = []
    options.chosen.connect(told.append)
    cards = options._cards
    QTest.keyClick(cards[0], Qt.Key.Key_Space)
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert told == ["x", "y"]
    assert options.current == "y"
    assert role(cards[0]) == QAccessible.Role.RadioButton
    assert cards[0].accessibleName() == "Bốc thăm"
    assert cards[0].accessibleDescription() == "có người giám sát"


def test_an_option_grows_with_its_words(show: Show) -> None:
    options = OptionCards([Option("x", "Bốc thăm", "ghi lại cách bốc và kết quả " * 8)])
    window = show(options)
    low = options._cards[0].heightForWidth(900)
    assert options._cards[0].heightForWidth(250) > low
    window.resize(260, 300)
    assert options._cards[0].height() >= options._cards[0].heightForWidth(options._cards[0].width())


def test_a_pill_says_its_words_and_takes_no_focus(show: Show) -> None:
    pill = Pill(PillLook("triangle-alert", "Cần xem", "warn"))
    show(pill)
    assert pill.accessibleName() == "Cần xem"
    assert pill.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_progress_shows_nothing_in_the_first_second(show: Show, qtbot: QtBot) -> None:
    row = ProgressRow(load_texts("vi"))
    show(row)
    row.start("Đang kiểm tra clip")
    assert not row.isVisible()
    qtbot.waitUntil(row.isVisible, timeout=3000)
    row.advance(12, 38)
    qtbot.waitUntil(lambda: row.words.startswith("Đang kiểm tra clip 12 / 38"))
    with qtbot.waitSignal(row.stop_asked):
        QTest.mouseClick(row._stop, Qt.MouseButton.LeftButton)
    assert not row._stop.isEnabled()
    row.finish()
    assert not row.isVisible()


def test_short_work_is_never_shown(show: Show) -> None:
    row = ProgressRow(load_texts("vi"))
    show(row)
    row.start("Đang ghi")
    row.finish()
    assert not row.isVisible()
    assert not row._later.isActive()


def test_a_toast_stands_above_a_bar_that_is_to_be_read(show: Show) -> None:
    window = show(QWidget())
    window.resize(600, 400)
    bar = frame("bar")
    bar.setParent(window)
    bar.setGeometry(0, 340, 600, 60)
    bar.show()
    toast = Toast.show_in(window, "Đã nhập 38 thí sinh.")
    box = next(iter(toast.findChildren(QFrame, "dialog")))
    assert box.mapTo(window, box.rect().bottomLeft()).y() < 340
    toast.vanish()


def test_a_toast_undoes_once_and_replaces_the_one_before(show: Show, qtbot: QtBot) -> None:
    window = show(QWidget())
    undone: list[bool] = []
    Toast.show_in(window, "Đã nhập 37 thí sinh.")
    toast = Toast.show_in(window, "Đã nhập 38 thí sinh.", "Hoàn tác", lambda: undone.append(True))
    assert window.findChildren(Toast) == [toast]
    for width in (800, 300, 600):
        window.resize(width, 400)
        box = next(iter(toast.findChildren(QFrame, "dialog")))
        place = box.rect().translated(box.mapTo(window, QPoint(0, 0)))
        assert window.rect().contains(place)
    button = toast.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    undo = next(w for w in button if w.metaObject().className() == "Button")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert window.findChildren(Toast) == []


def test_a_toast_goes_by_itself(show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Toast, "MILLISECONDS", 30)
    window = show(QWidget())
    Toast.show_in(window, "Đã ghi.")
    qtbot.waitUntil(lambda: not window.findChildren(Toast))


def matrix() -> Matrix:
    made = Matrix(load_texts("vi"), accessible_name="Phiếu chấm")
    made.set_rows(
        [
            MatrixRow("1", "Trần Thị Bích Liên", "GK1", ("known", "new", "barred"), "2 / 2"),
            MatrixRow(
                "2", "Lê Đình Ưng", "GK2", ("changed", "missing", "missing"), "1 / 3", "warn"
            ),
        ],
        ["1", "2", "3"],
    )
    return made


def test_the_matrix_is_read_aloud_and_walked_by_arrows(show: Show, qtbot: QtBot) -> None:
    made = matrix()
    show(made)
    told: list[tuple[int, int]] = []
    made.current_changed.connect(lambda row, column: told.append((row, column)))
    made.setFocus()
    made.select(0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(made, key)
    assert told[-3:] == [(1, 0), (1, 1), (1, -1)]
    words = made.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Lê Đình Ưng, 1: khác lần trước"
    made.select(1, 1)
    with qtbot.waitSignal(made.opened) as opened:
        QTest.keyClick(made, Qt.Key.Key_Return)
    assert opened.args == [1, 1]
    wheel(made.viewport())
    assert (made.currentIndex().row(), made.currentIndex().column()) == (1, 1)


def test_the_model_of_the_matrix_keeps_every_rule_of_qt(
    qapp: QApplication, qtmodeltester: ModelTester
) -> None:
    start_theme(qapp)
    made = matrix()
    qtmodeltester.check(made.states, force_py=True)
    made.set_rows([], [])
    made.close()


def test_a_toast_that_does_not_fit_wraps_and_shows_all_its_words(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    toast = Toast.show_in(
        window, "Đã dựng xong. Danh sách và bài dự thi mẫu nằm trong " + "thư " * 20
    )
    words = next(label for label in toast.findChildren(QLabel) if label.text())
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 40)
    assert toast.width() <= window.width()


def test_what_to_do_stands_below_one_another_where_there_is_no_room(
    show: Show, qtbot: QtBot
) -> None:
    first, second = Button("Nhập danh sách thí sinh…"), Button("Nhập danh sách đơn vị…")
    empty = EmptyState("users", "Chưa có thí sinh nào", "Kéo danh sách vào đây.", first, second)
    window = show(empty)
    window.resize(900, 400)
    qtbot.waitUntil(lambda: first.y() == second.y() and first.x() < second.x())
    window.resize(380, 400)
    qtbot.waitUntil(lambda: window.width() == 380 and second.y() >= first.geometry().bottom())
    for button in (first, second):
        left = button.mapTo(empty, QPoint(0, 0)).x()
        assert left >= 0
        assert left + button.width() <= empty.width()
