"""Every file of the office's cases through the window, lists of organisations, and lists again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.people import PeoplePage
from judgeapp.gui.pages.people_import import ImportView
from judgeapp.services.context import Context
from judgeapp.services.people import import_contestants, list_people
from tests.formats.sheet_kit import Rows
from tests.gui.paper_kit import click_option
from tests.gui.results_kit import opened, settle, words
from tests.services.sheets import Sheets

DATA = Path(__file__).parent.parent / "data" / "sheets"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (DATA / "expected.json").read_text(encoding="utf-8")
)
# What the import does not read yet is refused in a sentence that names the reason.
REASONS = {
    "s11_semicolon_windows1258.csv": "windows-1258",
    "s14_vntime_font.xlsx": "TCVN3",
    "s15_vni_bytes.csv": "VNI",
    "s18_password.xlsx": "mật khẩu",
}
MOST_DOUBTS = 60


def started(page: PeoplePage, file: Path, qtbot: QtBot, what: str = "contestants") -> ImportView:
    page.start_import(file, what)  # type: ignore[arg-type]  # of the two there are
    settle(page, qtbot)
    assert page.view is not None
    return page.view


def enter_until_all_is_answered(page: PeoplePage, view: ImportView, qtbot: QtBot) -> None:
    """Take what is proposed, doubt by doubt, with Enter alone."""
    for _ in range(MOST_DOUBTS):
        if not view.review.waiting():
            return
        assert view.card.options is not None
        if view.card.options.current == "value":
            view.card.options.choose("skip")
        QTest.keyClick(view.card.options, Qt.Key.Key_Return)
        settle(page, qtbot)
    pytest.fail("the doubts do not come to an end")


def test_all_cases_are_here() -> None:
    assert {path.name for path in DATA.glob("s*")} == set(EXPECTED)
    assert len(EXPECTED) == 18


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - REASONS.keys()))
def test_each_file_that_is_read_ends_in_a_preview_and_can_be_imported_and_taken_back(
    name: str, contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        view = started(page, DATA / name, qtbot)
        shown = {row.row: row.values.get("name") for row in view.table.rows}
        for want in EXPECTED[name]["rows"]:
            assert shown[want["row"]] == want.get("name", shown[want["row"]])
        assert name in words(page)
        assert list_people(contest) == ()
        enter_until_all_is_answered(page, view, qtbot)
        count = view.review.count()
        assert page.import_button.isEnabled() == (count > 0)
        if count:
            page.import_button.click()
            settle(page, qtbot)
            assert len(list_people(contest)) == count
            page.undo()
            settle(page, qtbot)
        assert list_people(contest) == ()
        assert page.refused == []  # type: ignore[attr-defined]  # of the kit


@pytest.mark.parametrize("name", sorted(REASONS))
def test_each_file_that_is_not_read_says_why_in_one_sentence_and_nothing_is_shown(
    name: str, contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        page.start_import(DATA / name)
        settle(page, qtbot)
        (refusal,) = page.refused  # type: ignore[attr-defined]  # of the kit
        sentence = page.texts.error(refusal)
        assert REASONS[name] in sentence
        assert name in sentence
        assert refusal.code not in sentence
        assert page.view is None
        assert "Chưa có thí sinh nào" in words(page)


# --- hidden sheets and rows ---------------------------------------------------------------------


def two_sheets(folder: Path) -> Path:
    book = Workbook()
    seen, hidden = book.active, book.create_sheet("Cũ")
    assert seen is not None
    seen.title = "Mới"
    for sheet, people in ((seen, ["Lò Thị Én"]), (hidden, ["Ma Văn Thử", "Lý Văn Mai"])):
        sheet.append(["STT", "Họ và tên", "Năm sinh", "Đơn vị"])
        for number, name in enumerate(people, 1):
            sheet.append([number, name, "1985", "Chi bộ Kho bạc"])
    hidden.sheet_state = "hidden"
    file = folder / "hai trang.xlsx"
    book.save(file)
    return file


def test_a_hidden_sheet_is_named_and_taken_when_somebody_chooses_it(
    contest: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        view = started(page, two_sheets(tmp_path), qtbot)
        assert "Trang ẩn “Cũ” không được lấy" in words(page)
        offered = [view.sheets.box.itemText(at) for at in range(view.sheets.box.count())]
        assert offered == ["Mọi trang đang hiện", "Mới · 2 dòng", "Cũ · 3 dòng · đang ẩn"]
        assert [row.values["name"] for row in view.table.rows] == ["Lò Thị Én"]
        view.sheets.box.setFocus()
        QTest.keyClick(view.sheets.box, Qt.Key.Key_End)
        view.sheets.box.activated.emit(view.sheets.box.currentIndex())
        settle(page, qtbot)
        assert [row.values["name"] for row in view.table.rows] == ["Ma Văn Thử", "Lý Văn Mai"]
        assert "Trang ẩn" not in words(view.sheets)


def hide_rows(sheet: Any) -> None:
    for row in (3, 4, 5):
        sheet.row_dimensions[row].hidden = True


HIDDEN: Rows = [
    ["STT", "Họ và tên", "Năm sinh", "Đơn vị"],
    *([str(n), name, "1985", "Chi bộ Kho bạc"] for n, name in enumerate(
        ("Lò Thị Én", "Đỗ Văn Mẩy", "Lý Văn Mai", "Y Bhĭm Êban"), 1)),
]  # fmt: skip


def test_hidden_rows_are_asked_about_one_by_one_or_all_at_once(
    contest: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = Sheets(tmp_path).write(HIDDEN, setup=hide_rows)
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        view = started(page, file, qtbot)
        assert "nghi vấn 1 / 3" in words(page)
        assert view.card.options is not None
        view.card.options.choose("skip")
        QTest.keyClick(view.card.options, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert len(view.review.waiting()) == 2
        assert view.card.alike_button is not None
        assert view.card.alike_button.text() == "Cả 2 nghi vấn như vậy"
        view.card.alike_button.click()
        settle(page, qtbot)
        assert view.review.waiting() == []
        page.import_button.click()
        settle(page, qtbot)
        names = [line.contestant.name for line in list_people(contest)]
        assert names == ["Lò Thị Én", "Lý Văn Mai", "Y Bhĭm Êban"]


# --- organisations ------------------------------------------------------------------------------

ORGANISATIONS: Rows = [
    ["STT", "Tên đơn vị", "Loại hình", "Số đảng viên"],
    [1, "Đảng bộ xã A", None, "mấy"],
    [2, "Chi bộ B", "không rõ", 12],
    [3, "Chi bộ C", None, "nhiều"],
    [4, "Chi bộ D", None, "ít"],
]


def members(app: Context) -> dict[str, int | None]:
    with app.read() as u:
        return {unit.name: unit.members for unit in u.people.units()}


def test_each_doubt_about_an_organisation_has_its_own_answer(
    contest: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        view = started(page, Sheets(tmp_path).write(ORGANISATIONS), qtbot, "units")
        assert "nghi vấn 1 / 4" in words(page)
        assert view.card.options is not None
        assert view.card.field is not None
        click_option(view.card.options, "value")
        view.card.field.text = "rất nhiều"
        view.card.take()
        settle(page, qtbot)
        assert view.card.field.refused
        assert "không phải một số đảng viên" in words(page)
        view.card.field.text = "85"
        QTest.keyClick(view.card.field.edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert "nghi vấn 2 / 4" in words(page)
        QTest.keyClick(view.card.options, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert view.card.options is not None
        view.card.options.choose("skip")
        QTest.keyClick(view.card.options, Qt.Key.Key_Return)
        settle(page, qtbot)
        QTest.keyClick(view.card.options, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert page.import_button.text() == "Nhập 3 đơn vị"
        page.import_button.click()
        settle(page, qtbot)
        assert members(contest) == {"Đảng bộ xã A": 85, "Chi bộ B": 12, "Chi bộ D": None}


# --- a list again -------------------------------------------------------------------------------


def test_a_list_that_comes_again_says_what_is_new_what_changed_and_what_is_as_before(
    contest: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    phones = ["ĐT", "0912345671", "0912345672", "0912345673", "0912345674"]
    rows: Rows = [[*row, phone] for row, phone in zip(HIDDEN, phones, strict=True)]
    import_contestants(contest, file=Sheets(tmp_path).write(rows[:4]))
    again: Rows = [*rows[:2], [*rows[2][:4], "0987654321"], *rows[3:]]
    with opened(PeoplePage, contest, qtbot, qapp) as page:
        view = started(page, Sheets(tmp_path).write(again, name="lần hai.xlsx"), qtbot)
        enter_until_all_is_answered(page, view, qtbot)
        assert {row.values["name"]: row.fate for row in view.table.rows} == {
            "Lò Thị Én": "same", "Đỗ Văn Mẩy": "changed", "Lý Văn Mai": "same",
            "Y Bhĭm Êban": "new",
        }  # fmt: skip
        assert "Thêm 1, đổi 1, như cũ 2" in words(page)
        page.import_button.click()
        settle(page, qtbot)
        found = {line.contestant.name: line.contestant.phone for line in list_people(contest)}
        assert found["Đỗ Văn Mẩy"] == "0987654321"
        assert len(found) == 4
        page.undo()
        settle(page, qtbot)
        found = {line.contestant.name: line.contestant.phone for line in list_people(contest)}
        assert found["Đỗ Văn Mẩy"] == "0912345672"
        assert len(found) == 3
