"""The eye itself: it sees each fault on widgets that have it, and none on good ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from judgeapp.gui.theme import start_theme, theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.text import label
from tests.gui import eye
from tests.gui.languages import foreign_words

NAME = "Nguyễn Thị Ẫn Thử"


class Painted(QWidget):
    """Paints words into a box, whatever its size."""

    def __init__(self, words: str, width: int, height: int = 24) -> None:
        super().__init__()
        self.setFixedSize(width, height)
        self.words = words

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font("body"))
        painter.setPen(theme().color("text"))
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignVCenter), self.words)
        painter.end()


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., eye.Seen]]:
    start_theme(qapp).use("light")
    windows: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 400, height: int = 300) -> eye.Seen:
        window = QWidget()
        window.setObjectName("page")
        window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        qtbot.addWidget(window)
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        window.resize(width, height)
        window.show()
        qapp.processEvents()
        return eye.see(window)

    yield show
    for window in windows:
        window.close()


def all_of(seen: eye.Seen) -> list[str]:
    return [
        *eye.cut(seen), *eye.elided(seen, frozenset()), *eye.overlapping(seen),
        *eye.wider_than_window(seen), *eye.missing_letters(seen), *eye.nameless(seen),
        *eye.hover_only(seen), *eye.pale(seen), *eye.by_keyboard(seen), *foreign_words(seen, "vi"),
    ]  # fmt: skip


def test_good_widgets_have_no_fault(shown: Callable[..., eye.Seen]) -> None:
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.addWidget(Button("Sửa tên"))
    inside.addWidget(icon_button("x", "Xoá tên"))
    seen = shown(label(NAME, "strong"), label(NAME * 4, wrap=True), Field("Họ và tên"), row)
    assert all_of(seen) == []
    assert {run.text for run in seen.runs} >= {NAME, "Sửa tên", "Họ và tên"}


@pytest.mark.parametrize(
    "widget",
    [
        lambda: Painted(NAME, 60),
        lambda: Painted(NAME, 300, 8),
        lambda: _narrow(label(NAME, "title"), 80),
        lambda: _low(label(NAME * 5, wrap=True), 30),
        lambda: _narrow(QPushButton(NAME), 60),
    ],
)
def test_cut_words_are_seen(shown: Callable[..., eye.Seen], widget: Callable[[], QWidget]) -> None:
    assert list(eye.cut(shown(widget())))


def test_a_hint_that_does_not_fit_is_seen(shown: Callable[..., eye.Seen]) -> None:
    field = QLineEdit()
    field.setPlaceholderText(NAME * 3)
    field.setFixedWidth(120)
    seen = shown(field)
    assert list(eye.cut(seen)) or list(eye.elided(seen, frozenset()))


def test_shortened_rows_are_seen(shown: Callable[..., eye.Seen]) -> None:
    rows = QListWidget()
    rows.addItem(NAME * 10)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert list(eye.elided(shown(rows), frozenset()))


def test_what_the_windows_edge_cuts_is_seen_unless_it_scrolls(
    shown: Callable[..., eye.Seen],
) -> None:
    button = Button(NAME * 2)
    outside = QWidget()
    outside.setFixedHeight(60)
    button.setParent(outside)
    button.move(350, 0)
    assert any("control" in fault for fault in eye.cut(shown(outside)))
    scroller = Scroller()
    scroller.column.addWidget(Button(NAME * 5))
    seen = shown(scroller, width=200)
    assert not list(eye.cut(seen))
    assert list(eye.wider_than_window(seen))


def test_words_over_words_are_seen(shown: Callable[..., eye.Seen]) -> None:
    box = QWidget()
    box.setFixedHeight(40)
    for place in (0, 6):
        words = QLabel(NAME, box)
        words.move(place, 0)
    assert list(eye.overlapping(shown(box)))


def test_letters_of_another_font_are_seen(shown: Callable[..., eye.Seen]) -> None:
    assert list(eye.missing_letters(shown(label("ꪎꪱꪥ"))))
    assert not list(eye.missing_letters(shown(label("Y Bhĭm ƀŏŭ → ✓ −"))))


def test_pale_words_edges_and_signs_are_seen(shown: Callable[..., eye.Seen]) -> None:
    words = QLabel(NAME)
    words.setStyleSheet("color: #999999")
    (fault,) = eye.pale(shown(words))
    assert fault.startswith("2.6")
    field = QLineEdit()
    field.setStyleSheet("QLineEdit { border: 1px solid #E1E0DB; }")
    other = Button("Khác")
    seen = shown(other, field)
    other.setFocus()
    assert any("edge" in fault for fault in eye.pale(seen))


def test_controls_that_cannot_be_told_are_seen(shown: Callable[..., eye.Seen]) -> None:
    bare = QWidget()
    bare.setFixedSize(40, 40)
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    faults = list(eye.nameless(shown(bare, QLineEdit())))
    assert sum("no name" in fault for fault in faults) == 2
    assert sum("role" in fault for fault in faults) == 1


def test_a_tip_that_no_key_reaches_is_seen(shown: Callable[..., eye.Seen]) -> None:
    words = label(NAME)
    words.setToolTip("Sinh năm 1990")
    assert list(eye.hover_only(shown(words)))


def test_a_wrong_way_of_tab_is_seen(shown: Callable[..., eye.Seen]) -> None:
    first, second, third = Button("Một"), Button("Hai"), Button("Ba")
    seen = shown(first, second, third)
    assert not list(eye.by_keyboard(seen))
    QWidget.setTabOrder(third, second)
    QWidget.setTabOrder(second, first)
    assert list(eye.by_keyboard(seen))


@pytest.mark.parametrize("words", ["Cancel", "people.import.written", "Open the file", "Results"])
def test_words_of_another_language_are_seen(shown: Callable[..., eye.Seen], words: str) -> None:
    assert list(foreign_words(shown(label(words)), "vi"))


def test_vietnamese_in_english_is_seen_but_no_name(shown: Callable[..., eye.Seen]) -> None:
    assert list(foreign_words(shown(label("Kết quả")), "en")) or list(
        foreign_words(shown(label("Ban giám khảo")), "en")
    )
    assert not list(foreign_words(shown(label(NAME)), "en"))


def _narrow(widget: QWidget, width: int) -> QWidget:
    widget.setFixedWidth(width)
    return widget


def _low(widget: QWidget, height: int) -> QWidget:
    widget.setFixedHeight(height)
    return widget


def test_two_main_buttons_are_one_too_many(shown: Callable[..., eye.Seen]) -> None:
    first, second = Button("Ký", kind="primary"), Button("In", kind="primary")
    assert list(eye.blue(shown(first, second)))
    second.setEnabled(False)
    assert not list(eye.blue(shown(first, second)))
