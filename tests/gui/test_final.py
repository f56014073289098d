"""The page of the final: marks typed from paper, the timer, running order, live table, facts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.final import FinalPage
from judgeapp.gui.pages.final_cells import MarkCell
from judgeapp.gui.pages.final_facts import FactsForm
from judgeapp.gui.pages.final_order import OrderPanel
from judgeapp.services.context import Context, Machine
from judgeapp.services.final_board import final_board, set_order
from judgeapp.services.paper_marks import paper_sheets
from judgeapp.services.people import list_people
from tests.gui.results_kit import opened, settle, words
from tests.services.results_kit import contest, give, give_all, preliminary, set_stage


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return contest(machine, tmp_path / "contest", preliminary())


@pytest.fixture
def page(app: Context, qtbot: QtBot, qapp: QApplication) -> Iterator[FinalPage]:
    with opened(FinalPage, app, qtbot, qapp) as made:
        yield made


def rest(page: FinalPage, qtbot: QtBot) -> None:
    """Wait until all is stored and shown."""
    qtbot.waitUntil(
        lambda: (
            not page.stage.typing.news and not page._rest.isActive() and not page.session.tasks.busy
        )
    )


def cell(page: FinalPage, place: str) -> MarkCell:
    found = {"/".join(key): value for key, value in page.stage.grid.cells.items()}
    return found[place]


def sign(field: MarkCell) -> str:
    return field.mark


def saved(field: MarkCell) -> bool:
    return sign(field) == "saved"


def focused(page: FinalPage) -> str:
    return next("/".join(k) for k, c in page.stage.grid.cells.items() if c.hasFocus())


def stored(app: Context, who: str = "01") -> dict[str, Decimal]:
    found = paper_sheets(app, contestant=ContestantId(who))
    return {"/".join(key): mark.points for key, mark in found.marks.items()}


def type_in(field: QLineEdit, text: str, *, enter: bool = True) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


# --- the grid of marks ---------------------------------------------------------------------------


def test_a_sheet_is_typed_by_keys_alone(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    type_in(cell(page, "J1/talk/c1"), "8,5")
    assert focused(page) == "J1/talk/c2"
    type_in(cell(page, "J1/talk/c2"), "7")
    type_in(cell(page, "J1/outline/c1"), "9.25")
    assert focused(page) == "J2/talk/c1"
    rest(page, qtbot)
    assert stored(app) == {
        "J1/talk/c1": Decimal("8.5"),
        "J1/talk/c2": Decimal(7),
        "J1/outline/c1": Decimal("9.25"),
    }
    assert page.stage.grid._sums["J1", "talk"].text() == "15,5"  # type: ignore[index]  # plain ids


def test_a_tick_stands_only_beside_what_is_on_the_disk(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    field = cell(page, "J1/talk/c1")
    type_in(field, "8")
    assert sign(field) == "saving"
    qtbot.waitUntil(lambda: sign(field) == "saved")
    assert stored(app) == {"J1/talk/c1": Decimal(8)}
    type_in(field, "9", enter=False)
    assert sign(field) == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sign(field) == "saved")
    assert "Đã lưu" in words(page)


def test_pages_are_told_once_in_a_pause(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    told: list[object] = []
    page.session.bus.changed.connect(told.append)
    for place in ("J1/talk/c1", "J1/talk/c2", "J1/outline/c1"):
        type_in(cell(page, place), "8")
        qtbot.waitUntil(partial(saved, cell(page, place)))
    assert told == []
    assert len(stored(app)) == 3
    rest(page, qtbot)
    assert len(told) == 1


def test_a_refused_mark_stays_and_is_not_stored(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    field = cell(page, "J1/talk/c1")
    type_in(field, "11")
    assert field.property("state") == "refused"
    assert field.hasFocus()
    assert "11 lớn hơn điểm tối đa 10" in words(page)
    page.go(1)  # a refused text keeps the contestant here
    rest(page, qtbot)
    assert page.stage.typing.contestant == "01"
    assert field.text() == "11"
    assert stored(app) == {}
    type_in(field, "10")
    rest(page, qtbot)
    assert stored(app) == {"J1/talk/c1": Decimal(10)}


def test_arrows_walk_the_judges_and_leave_nothing_behind(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    type_in(cell(page, "J1/talk/c1"), "8", enter=False)
    QTest.keyClick(cell(page, "J1/talk/c1"), Qt.Key.Key_Down)
    assert focused(page) == "J2/talk/c1"
    QTest.keyClick(cell(page, "J2/talk/c1"), Qt.Key.Key_Up)
    assert focused(page) == "J1/talk/c1"
    rest(page, qtbot)
    assert stored(app) == {"J1/talk/c1": Decimal(8)}


def test_an_emptied_field_takes_the_mark_back(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    field = cell(page, "J1/talk/c1")
    type_in(field, "8")
    rest(page, qtbot)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    rest(page, qtbot)
    assert stored(app) == {}
    assert sign(field) == ""


def test_ctrl_z_lets_the_mark_before_hold_again(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    undo = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    field = cell(page, "J1/talk/c1")
    for typed in ("8", "9"):
        type_in(field, typed)
        rest(page, qtbot)
    type_in(field, "3", enter=False)
    QTest.keyClick(field, *undo)  # what was not stored is only given up
    assert field.text() == "9"
    QTest.keyClick(field, *undo)
    rest(page, qtbot)
    assert stored(app) == {"J1/talk/c1": Decimal(8)}
    QTest.keyClick(field, *undo)
    rest(page, qtbot)
    assert stored(app) == {}
    QTest.keyClick(field, *undo)
    rest(page, qtbot)
    assert stored(app) == {}


def test_a_mark_of_a_score_file_is_asked_about_first(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(app, {"01": ["6", "7"]})
    with opened(FinalPage, app, qtbot, qapp) as page:
        field = cell(page, "J1/talk/c1")
        assert sign(field) == "from_file"
        asked: list[str] = []
        answers = iter([None, "phiếu có chữ ký ghi 8"])

        def ask(title: str, body: str, *_: object, **__: object) -> str | None:
            asked.append(body)
            return next(answers)

        monkeypatch.setattr(page.session.dialogs, "ask_text", ask)
        type_in(field, "8")
        rest(page, qtbot)
        assert "J1 đã gửi điểm 6" in asked[0]
        assert stored(app)["J1/talk/c1"] == Decimal(6)
        assert field.text() == "6"
        type_in(field, "8")
        rest(page, qtbot)
        assert stored(app)["J1/talk/c1"] == Decimal(8)
        assert sign(field) == "saved"


def test_the_next_contestant_comes_with_empty_fields(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    type_in(cell(page, "J1/talk/c1"), "8", enter=False)
    QTest.keyClick(page.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    rest(page, qtbot)
    assert page.stage.typing.contestant == "02"
    assert cell(page, "J1/talk/c1").text() == ""
    assert stored(app) == {"J1/talk/c1": Decimal(8)}
    QTest.keyClick(page.stage, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    rest(page, qtbot)
    assert cell(page, "J1/talk/c1").text() == "8"


def test_a_judge_who_may_not_mark_has_no_field(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    from tests.judging_kit import make_contest

    app = make_contest(
        machine, tmp_path / "c", preliminary(), judges=("J1", "J2"), conflicts=[("J2", "01")]
    )
    with opened(FinalPage, app, qtbot, qapp) as page:
        assert cell(page, "J1/talk/c1").isEnabled()
        assert not cell(page, "J2/talk/c1").isEnabled()
        assert "không chấm" in cell(page, "J2/talk/c1").toolTip()


def test_the_second_look_compares_and_stores_nothing(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    for place, points in (("J1/talk/c1", "8"), ("J1/talk/c2", "7"), ("J1/outline/c1", "9")):
        type_in(cell(page, place), points)
    rest(page, qtbot)
    page.stage.second.setChecked(True)
    assert cell(page, "J1/talk/c1").text() == ""
    type_in(cell(page, "J1/talk/c1"), "8")
    assert sign(cell(page, "J1/talk/c1")) == "same"
    type_in(cell(page, "J1/talk/c2"), "6")
    assert "Lần một 7, lần hai 6" in words(page)
    rest(page, qtbot)
    assert stored(app)["J1/talk/c2"] == Decimal(7)
    page.stage.second.setChecked(False)
    assert cell(page, "J1/talk/c2").text() == "7"


def test_a_closed_round_shows_its_marks_and_takes_none(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    give_all(app, {"01": "9"})
    set_stage(app, "closed")
    with opened(FinalPage, app, qtbot, qapp) as page:
        page.go(-1)
        assert not cell(page, "J1/talk/c1").isEnabled()
        assert "đã khoá chấm" in words(page)


# --- the timer -----------------------------------------------------------------------------------


def test_the_timer_proposes_and_the_secretary_notes(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    now = [100.0]
    timer = page.stage.timer
    timer.clock = lambda: now[0]
    field = cell(page, "J1/talk/c1")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_T)
    assert timer.running
    assert field.text() == ""
    now[0] += 690.9
    QTest.keyClick(field, Qt.Key.Key_T)
    assert timer.figures.text() == "11:30"
    assert timer.note.text() == "Ghi 11:30"
    page.go(1)
    rest(page, qtbot)
    assert "của thí sinh 01" in words(page)  # whose time it is stays clear
    timer.note.click()
    rest(page, qtbot)
    (fact,) = final_board(app).rows[0].facts
    assert (fact.contestant, fact.part, fact.value) == ("01", "talk", "690")
    assert timer.seconds == 0


def test_only_parts_with_a_time_rule_are_timed(page: FinalPage) -> None:
    assert [page.stage.timer.part.itemText(i) for i in range(page.stage.timer.part.count())] == [
        "Phần talk"
    ]


# --- order and table -----------------------------------------------------------------------------


def test_the_order_is_drawn_and_shown(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    assert page.draw_button.kind == "primary"
    page.draw_button.click()
    rest(page, qtbot)
    board = final_board(app)
    assert board.drawn
    assert [row.contestant.id for row in page.table.rows] == [
        row.contestant.id for row in board.rows
    ]
    assert not page.draw_button.isVisibleTo(page)


def test_another_order_is_confirmed_first(
    app: Context, page: FinalPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.draw()
    rest(page, qtbot)
    before = [row.contestant.id for row in final_board(app).rows]
    monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: False)
    page.change_order()
    cast("OrderPanel", page._panel).draw.click()
    rest(page, qtbot)
    assert [row.contestant.id for row in final_board(app).rows] == before


def test_the_order_is_changed_by_keys(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    page.change_order()
    panel = cast("OrderPanel", page._panel)
    panel.people.setCurrentRow(2)
    QTest.keyClick(panel.people, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(panel.people, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    rest(page, qtbot)
    assert [str(row.contestant.id) for row in final_board(app).rows] == ["03", "01", "02", "04"]
    assert panel.people.currentRow() == 0


@pytest.mark.parametrize("way", ["last", "withdraw", "substitute", None])
def test_somebody_is_not_there(
    way: str | None, app: Context, page: FinalPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_order(app, order=["01", "02", "03", "04"])
    answers = iter(["Lò Thị Én", "ốm"] if way == "substitute" else ["ốm"])
    monkeypatch.setattr(page.session.dialogs, "choose", lambda *a, **k: way)
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: next(answers))
    page.change_order()
    cast("OrderPanel", page._panel).absent.click()
    rest(page, qtbot)
    numbers = [str(row.contestant.id) for row in final_board(app).rows]
    after = {"last": ["02", "03", "04", "01"], "withdraw": ["02", "03", "04"]}
    assert numbers == after.get(way or "", ["01", "02", "03", "04"])
    if way == "substitute":
        assert list_people(app)[0].contestant.name == "Lò Thị Én"


def test_the_table_names_who_is_missing_and_puts_on_stage(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    type_in(cell(page, "J1/talk/c1"), "8")
    give_all(app, {"02": "9"})
    page.load()
    rest(page, qtbot)
    said = [page.table._board_columns()[3].text(row) for row in page.table.rows]
    assert said == ["J1, J2: thiếu 5 điểm", "đủ điểm", "chưa có phiếu nào", "chưa có phiếu nào"]
    page.views.choose("table")
    page._arrange()
    page.table.select(2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    rest(page, qtbot)
    assert page.stage.typing.contestant == "03"
    assert page.stage.isVisibleTo(page)


# --- facts ---------------------------------------------------------------------------------------


def test_facts_are_typed_in_the_drawer(app: Context, page: FinalPage, qtbot: QtBot) -> None:
    give_all(app, {"01": "9"})
    page.enter_facts(page.table.rows[0])
    form = cast("FactsForm", page.form)
    type_in(form.fields["talk", "seconds"].edit, "11:30")
    rest(page, qtbot)
    assert [fact.value for fact in final_board(app).rows[0].facts] == ["690"]
    assert not page.drawer_is_open
    assert page.table.rows[0].total == 13
    page.enter_facts(page.table.rows[0])
    again = cast("FactsForm", page.form)
    type_in(again.fields["talk", "seconds"].edit, " ")
    rest(page, qtbot)
    assert final_board(app).rows[0].facts == ()


def test_a_refused_fact_stays_in_its_field_and_is_not_stored(
    app: Context, page: FinalPage, qtbot: QtBot
) -> None:
    page.enter_facts(page.table.rows[0])
    form = cast("FactsForm", page.form)
    form.fields["talk", "seconds"].edit.setText("lâu")
    form.store()
    settle(page, qtbot)
    assert form.fields["talk", "seconds"].refused
    assert form.fields["talk", "seconds"].text == "lâu"
    form.fields["talk", "seconds"].edit.setText("")
    form.fields["talk", "points"].edit.setText("0,5")
    form.store()
    settle(page, qtbot)
    assert form.fields["talk", "reason"].refused
    assert final_board(app).rows[0].facts == ()


def test_before_anybody_is_through_the_page_says_what_to_do(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(FinalPage, contest(machine, tmp_path / "c"), qtbot, qapp) as page:
        assert "Chưa có danh sách vào chung kết" in words(page)
