"""The page of contestants: import with doubts, undo, search, edit, withdraw, substitute, draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.people import PeoplePage
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Context
from judgeapp.services.people import import_contestants, list_people
from judgeapp.services.people_edit import show_person
from tests.formats.sheet_kit import Rows
from tests.gui.results_kit import opened, settle, words
from tests.services.sheets import Sheets

HEADS = ["STT", "HỌ VÀ TÊN", "Năm sinh", "Đơn vị", "ĐT"]
DOUBTFUL = [
    HEADS,
    ["1", "Lò Thị Én", "31/02/1988", "Chi bộ Hội Nông dân", "0912345671"],
    ["2", "Ma Văn Thử", "1979", "Chi bộ Hội Nông dân", "0912345672"],
    ["3", "Lý Văn Mai", "05/1990", "Chi bộ Hội Nông dâm", "0912345673"],
    ["4", "Y Bhĭm Êban", "30/04/1993", "Chi bộ Kho bạc", "0912345674"],
]
CLEAN = [HEADS, *([n, name, "1988", "Chi bộ Kho bạc", f"091234567{n}"] for n, name in (
    ("1", "Lò Thị Én"), ("2", "Đỗ Văn Mẩy"), ("3", "Lý Văn Mai"), ("4", "Đo Van May"),
))]  # fmt: skip


def names(app: Context) -> dict[str, str]:
    return {line.contestant.id: line.contestant.name for line in list_people(app)}


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    return Sheets(tmp_path).write(DOUBTFUL, name="DS thi sinh.xlsx")


@pytest.fixture
def people(contest: Context, tmp_path: Path) -> Context:
    import_contestants(contest, file=Sheets(tmp_path).write(CLEAN))
    return contest


def enter(page: PeoplePage, qtbot: QtBot) -> None:
    """Press Enter where the focus is asked to be, and wait."""
    view = page.view
    assert view is not None
    qtbot.waitUntil(lambda: view.card.options is not None)
    target = view.card.options
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Return)
    settle(page, qtbot)


def test_enter_takes_one_doubt_after_the_other_and_the_button_waits_for_the_last(
    contest: Context, doubtful: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        assert "Chưa có thí sinh nào" in words(page)
        page.start_import(doubtful)
        settle(page, qtbot)
        assert page.view is not None
        said = words(page)
        assert "DS thi sinh.xlsx" in said
        assert "tiêu đề ở dòng 1 · 4 dòng" in said
        assert "Dòng 2 · nghi vấn 1 / 2" in said
        assert "Còn 2 nghi vấn" in said
        assert "Lò Thị Én" in said
        assert not page.import_button.isEnabled()
        enter(page, qtbot)
        assert "nghi vấn 2 / 2" in words(page)
        assert names(contest) == {}
        enter(page, qtbot)
        assert "Đã xem hết nghi vấn" in words(page)
        assert page.import_button.isEnabled()
        assert page.import_button.text() == "Nhập 4 thí sinh"
        page.import_button.click()
        settle(page, qtbot)
        assert list(names(contest)) == ["01", "02", "03", "04"]
        assert [row.id for row in page.list.table.rows] == ["01", "02", "03", "04"]
        (toast,) = page.window().findChildren(Toast)
        assert toast.isVisible()
        page.undo()
        settle(page, qtbot)
        assert names(contest) == {}
        assert page.refused == []  # type: ignore[attr-defined]  # set by the kit


def test_a_value_that_is_typed_is_read_and_a_wrong_one_stays_in_its_field(
    contest: Context, doubtful: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        page.start_import(doubtful)
        settle(page, qtbot)
        assert page.view is not None
        card = page.view.card
        assert card.options is not None
        assert card.field is not None
        assert "Gõ ngày đúng ở đây, hoặc để trống" in words(page)
        assert "Sửa trong tệp" not in words(page)
        card.options.choose("value")
        card.field.text = "30/02/1988"
        card.take()
        settle(page, qtbot)
        assert card.field.refused
        assert card.field.text == "30/02/1988"
        assert len(page.view.review.waiting()) == 2
        card.field.text = "28/02/1988"
        QTest.keyClick(card.field.edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert len(page.view.review.waiting()) == 1
        enter(page, qtbot)
        page.import_button.click()
        settle(page, qtbot)
        assert show_person(contest, contestant=ContestantId("01")).contestant.birth == "1988-02-28"


def test_a_row_left_out_can_be_taken_again(
    contest: Context, doubtful: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        page.start_import(doubtful)
        settle(page, qtbot)
        assert page.view is not None
        assert page.view.card.options is not None
        page.view.card.options.choose("skip")
        enter(page, qtbot)
        assert page.view.review.count() == 3
        page.view.table.select(0)
        qtbot.waitUntil(lambda: "Dòng này được bỏ qua" in words(page))
        page.view.card.taken_again.emit()
        settle(page, qtbot)
        assert page.view.review.count() == 4
        assert len(page.view.review.waiting()) == 2
        page.leave_import()
        settle(page, qtbot)
        assert names(contest) == {}


def test_another_column_can_be_chosen_for_a_field(
    contest: Context, doubtful: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        page.start_import(doubtful)
        settle(page, qtbot)
        assert page.view is not None
        page.view.columns.chosen.emit("phone", "")
        settle(page, qtbot)
        preview = page.view.review.preview
        assert preview is not None
        assert {getattr(row, "phone", None) for row in preview.rows} == {None}
        page.view.columns.chosen.emit("note", "E")
        settle(page, qtbot)
        preview = page.view.review.preview
        assert preview is not None
        assert getattr(preview.rows[0], "note", None) == "0912345671"


def test_search_finds_with_and_without_diacritics(
    people: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        found = {}
        for typed in ("do van may", "Đỗ Văn", "đỗ van", "03", "kho bac", "zz"):
            page.list.search.setText(typed)
            found[typed] = [row.id for row in page.list.table.rows]
        assert found == {
            "do van may": ["02", "04"], "Đỗ Văn": ["02"], "đỗ van": [], "03": ["03"],
            "kho bac": ["01", "02", "03", "04"], "zz": [],
        }  # fmt: skip


def test_a_contestant_is_edited_with_a_reason_and_the_history_says_so(
    people: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        page.list.table.setFocus()
        page.list.table.select(0)
        QTest.keyClick(page.list.table, Qt.Key.Key_Return)
        settle(page, qtbot)
        drawer = page.drawer
        assert drawer is not None
        assert page.drawer_is_open
        assert "Chưa có thay đổi nào" in words(drawer)
        drawer.fields["birth"].text = "31/02/1988"
        assert not drawer.save_button.isEnabled()
        drawer.reason.text = "Thí sinh báo lại"
        QTest.keyClick(drawer.reason.edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert drawer.fields["birth"].refused
        assert show_person(people, contestant=ContestantId("01")).history == ()
        drawer.fields["birth"].text = "12/03/1988"
        drawer.save_button.click()
        settle(page, qtbot)
        assert page.drawer is not None
        assert page.drawer is not drawer
        assert "12/03/1988" in page.drawer.fields["birth"].text
        assert "Lý do: Thí sinh báo lại" in words(page.drawer)
        assert next(r.line.contestant.birth for r in page.list.rows) == "1988-03-12"


def test_withdraw_substitute_and_take_part_again(
    people: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: "Ốm")
        page.open_person("02")
        settle(page, qtbot)
        assert page.drawer is not None
        page.drawer.leave_button.click()
        settle(page, qtbot)
        assert page.list.present == 3
        page.list.filter.choose("withdrawn")
        assert "đã rút" in words(page).casefold()
        assert page.drawer is not None
        page.drawer.back_button.click()
        settle(page, qtbot)
        assert page.list.present == 4
        assert page.drawer is not None
        page.drawer.replace_button.click()
        page.drawer.new_name.text = "Hà Văn Ba"
        assert not page.drawer.do_replace.isEnabled()
        page.drawer.new_reason.text = "Thay"
        page.drawer.do_replace.click()
        settle(page, qtbot)
        assert names(people)["02"] == "Hà Văn Ba"


def test_numbers_are_drawn_after_asking(
    people: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: False)
        page.draw()
        settle(page, qtbot)
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: True)
        page.draw()
        settle(page, qtbot)
        history = show_person(people, contestant=ContestantId("01")).history
        assert [item.what for item in history] == ["drawn"]


def test_a_file_that_holds_no_list_is_refused_and_the_list_stays(
    people: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        page.start_import(Sheets(tmp_path).write([["gì đó"], ["khác"]], name="x.xlsx"))
        settle(page, qtbot)
        assert [error.code for error in page.refused] == ["sheet.no_names"]  # type: ignore[attr-defined]  # set by the kit
        assert page.view is None
        assert page.list.isVisible()
        page.refused.clear()  # type: ignore[attr-defined]  # as above


def test_organisations_come_in_the_same_way(
    contest: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    heads = ["STT", "Tên đơn vị", "Số đảng viên"]
    rows: Rows = [heads, [1, "Đảng bộ xã A", 85], [2, "Chi bộ B", "mấy"]]
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        page.start_import(Sheets(tmp_path).write(rows), "units")
        settle(page, qtbot)
        assert not page.import_button.isEnabled()
        enter(page, qtbot)
        assert page.import_button.text() == "Nhập 2 đơn vị"
        page.import_button.click()
        settle(page, qtbot)
        with contest.read() as u:
            assert len(u.people.units()) == 2


def test_what_was_typed_about_one_is_not_lost_by_opening_another(
    people: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(PeoplePage, people, qtbot, qapp) as page:
        page.open_person("01")
        settle(page, qtbot)
        assert page.drawer is not None
        page.drawer.fields["note"].text = "đang gõ"
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: False)
        page.open_person("02")
        settle(page, qtbot)
        assert page.drawer.contestant == "01"
        assert page.drawer.fields["note"].text == "đang gõ"
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: True)
        page.open_person("02")
        settle(page, qtbot)
        assert page.drawer.contestant == "02"
