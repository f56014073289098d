from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from judgeapp.gui.theme import start_theme, theme
from judgeapp.gui.widgets.rows import Column, RowsModel
from judgeapp.gui.widgets.table import Table
from judgeapp.system.settings import TextSize
from tests.gui.gallery import PEOPLE, SIZES, Person, people_table


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[Table]:
    start_theme(qapp).use("light")
    made = people_table()
    qtbot.addWidget(made)
    made.resize(760, 300)
    made.set_rows(PEOPLE)
    made.show()
    made.setFocus()
    yield made
    made.close()


def wheel(widget: Table, steps: int) -> None:
    at = QPointF(widget.viewport().rect().center())
    event = QWheelEvent(
        at,
        widget.viewport().mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget.viewport(), event)


def test_the_model_keeps_every_rule_of_qt(qapp: QApplication, qtmodeltester: ModelTester) -> None:
    model = RowsModel(people_table()._rows_model.columns)
    model.set_rows(PEOPLE)
    qtmodeltester.check(model, force_py=True)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows(PEOPLE[:2])
    model.set_rows([])


def test_a_screen_reader_is_given_every_word(table: Table) -> None:
    spoken = QAccessible.queryAccessibleInterface(table)
    assert spoken.role() == QAccessible.Role.Table
    assert spoken.text(QAccessible.Text.Name) == "Thí sinh"
    model = table.model()
    words = [model.index(2, n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(6)]
    assert words == [
        "8",
        "Hoàng Ngọc Ánh",
        "21/11/1991",
        "Chi bộ Thanh tra tỉnh",
        "0.80",
        "Trùng dòng 11",
    ]


def test_keys_move_and_enter_opens(table: Table, qtbot: QtBot) -> None:
    told: list[Person] = []
    table.current_changed.connect(told.append)
    assert table.current_row() == PEOPLE[0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row() == PEOPLE[1]
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current_row() == PEOPLE[-1]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.current_row() == PEOPLE[0]
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    assert table.current_row() != PEOPLE[0]
    assert told[:3] == [PEOPLE[1], PEOPLE[-1], PEOPLE[0]]
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [table.current_row()]


def test_shift_and_ctrl_select(table: Table, qtbot: QtBot) -> None:
    table.select(1)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_rows() == PEOPLE[1:3]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_rows() == PEOPLE


def test_letters_jump_to_a_word_of_the_name_without_its_marks(table: Table) -> None:
    table.keyboardSearch("ton")
    assert table.current_row() == PEOPLE[5]
    table.keyboardSearch("anh")
    assert table.current_row().name == "Hoàng Ngọc Ánh"
    table.keyboardSearch("v")
    assert table.current_row().name == "Vũ Thị Thuỷ Tiên"
    table.keyboardSearch("zz")
    assert table.current_row().name == "Vũ Thị Thuỷ Tiên"


def test_the_wheel_scrolls_and_changes_nothing(table: Table) -> None:
    table.resize(760, 160)
    table.select(0)
    before = (table.current_row(), table.selected_rows(), table.rows)
    wheel(table, -3)
    assert table.verticalScrollBar().value() > 0
    assert (table.current_row(), table.selected_rows(), table.rows) == before


def test_a_reload_keeps_the_row_that_one_was_on(table: Table) -> None:
    table.select(3)
    told: list[Person | None] = []
    table.current_changed.connect(told.append)
    table.set_rows([PEOPLE[3], *PEOPLE[:3]])
    assert table.current_row() == PEOPLE[3]
    table.set_rows(PEOPLE[:2])
    assert table.current_row() is None
    assert told[-1] is None


def test_a_click_on_a_head_sorts_both_ways(table: Table, qtbot: QtBot) -> None:
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(0) + 10, 10)
    table.select(2)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.id for row in table.rows] == sorted((p.id for p in PEOPLE), reverse=True)
    assert table.current_row() == PEOPLE[2]
    place.setX(head.sectionViewportPosition(2) + 10)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.rows[0].id == 11  # a column that cannot be sorted by changes nothing


def test_the_menu_key_offers_what_the_heads_do(table: Table, qtbot: QtBot) -> None:
    at = table.viewport().rect().center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, at, at))
    menu = table.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Dòng", "Họ và tên"]
    menu.actions()[1].trigger()
    assert table.rows == sorted(PEOPLE, key=lambda person: person.name)
    menu.close()


def test_rows_that_are_equal_can_be_sorted(qtbot: QtBot, qapp: QApplication) -> None:
    start_theme(qapp)
    column = Column("Tên", str, "name", sort=str)
    made = Table([column], empty_text="–", accessible_name="Tên")
    qtbot.addWidget(made)
    made.set_rows(["b", "a", "b", "a"])
    made.select(2)
    made.sort_by(0)
    assert made.rows == ["a", "a", "b", "b"]
    assert made.currentIndex().row() == 3
    made.close()


def uncut(table: Table) -> None:
    """Check that each cell in view has room for all its words."""
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(table._cells):
            width = table.columnWidth(column)
            assert width - cell.padding() >= cell.least_width(row), (row, column)
            assert table.rowHeight(number) >= cell.height(row, width), (row, column)


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut(table: Table, qapp: QApplication, size: TextSize) -> None:
    theme().use("light", size)
    for width in (640, 760, 1100, 1900):
        table.resize(width, 700)
        qapp.processEvents()
        uncut(table)
    theme().use("light")


def test_a_column_keeps_the_width_it_was_given(table: Table) -> None:
    table.resize(1200, 300)
    table.horizontalHeader().resizeSection(1, 333)
    table.set_rows(PEOPLE[:4])
    table.resize(1300, 300)
    assert table.columnWidth(1) == 333
    filled = sum(table.columnWidth(n) for n in range(6))
    assert filled == table.viewport().width()


def test_ten_thousand_rows_are_laid_out_quickly(qtbot: QtBot, qapp: QApplication) -> None:
    start_theme(qapp)
    made = people_table()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    many = [person._replace(id=number) for number, person in enumerate(PEOPLE * 1700)]
    begun = time.perf_counter()
    made.set_rows(many)
    qapp.processEvents()
    assert time.perf_counter() - begun < 0.25
    made.verticalScrollBar().setValue(made.verticalScrollBar().maximum())
    qapp.processEvents()
    made.close()


def test_an_empty_table_says_so(table: Table, qapp: QApplication) -> None:
    table.set_rows([])
    qapp.processEvents()
    assert table.current_row() is None
    assert not table.grab().isNull()
