"""The page of the panel: judges from a file and one by one, conflicts, enough judges or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.panel import PanelPage
from judgeapp.gui.pages.panel_rules import PartDrawer
from judgeapp.gui.pages.panel_share import ShareDrawer
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context
from judgeapp.services.desk import open_desk
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.packs import build_packs
from judgeapp.services.panel import panel_overview, save_judge
from judgeapp.services.panel_setup import panel_setup
from judgeapp.services.people import import_contestants
from judgeapp.services.score_files import export_score_file
from tests.gui.results_kit import opened, settle, words
from tests.services.sheets import Sheets


@pytest.fixture
def app(contest: Context, tmp_path: Path) -> Context:
    heads = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"]
    rows = [heads, ["1", "Lò Văn Một", "1971", "Chi bộ A"], ["2", "Ma Thị Hai", "1972", "Chi bộ B"]]
    import_contestants(contest, file=Sheets(tmp_path).write(rows), accept=True)
    return contest


def test_a_table_of_judges_comes_in_and_is_checked(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    text = "Mã,Họ tên,Vai trò,Đơn vị\nGK1,Vi Thị Tư,Trưởng ban,Chi bộ A\nGK2,Hà Văn Năm,,\n"
    file = Sheets(tmp_path).write_text(text)
    with opened(PanelPage, app, qtbot, qapp) as page:
        assert "Chưa có giám khảo nào" in words(page)
        page.import_file(file)
        settle(page, qtbot)
        assert [line.id for line in page.table.rows] == ["GK1", "GK2"]
        qtbot.waitUntil(lambda: "chưa đủ 3 giám khảo (01, 02)" in words(page))
        page.table.select(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert page.drawer is not None
        qtbot.waitUntil(lambda: "01 Lò Văn Một" in words(page))
        assert "Cùng đơn vị, không chấm" in words(page)


def test_judges_are_added_refused_changed_and_taken_out(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(PanelPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: True)
        page.open_judge(None)
        drawer = page.drawer
        assert drawer is not None
        assert drawer.fields["id"].text == "GK01"
        drawer.fields["name"].text = "Vi Thị Tư"
        drawer.fields["conflicts"].text = "9"
        drawer.save_button.click()
        settle(page, qtbot)
        assert drawer.fields["conflicts"].refused
        assert panel_overview(app).lines == ()
        drawer.fields["conflicts"].text = "2"
        QTest.keyClick(drawer.fields["conflicts"].edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert not page.drawer_is_open
        assert [line.declared for line in panel_overview(app).lines] == [("02",)]
        page.open_judge(page.table.rows[0])
        assert page.drawer is not None
        page.drawer.role.choose("chair")
        page.drawer.save()
        settle(page, qtbot)
        assert panel_overview(app).lines[0].judge.role == "chair"
        page.open_judge(page.table.rows[0])
        assert page.drawer is not None
        page.drawer.remove_button.click()
        settle(page, qtbot)
        assert panel_overview(app).lines == ()
        assert "Chưa có giám khảo nào" in words(page)


# --- the round: who marks what, how it is judged


def panels(app: Context) -> None:
    for number, panel in (("GK1", "Ban A"), ("GK2", "Ban A"), ("GK3", "Ban A"),
                          ("GK4", "Ban B"), ("GK5", "Ban B"), ("GK6", "Ban B")):  # fmt: skip
        save_judge(app, judge=number, name=f"Vi Thị {number}", panel=panel, new=True)


def test_entries_are_shared_out_after_a_look(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    panels(app)
    with opened(PanelPage, app, qtbot, qapp) as page:
        assert not page.setup.rounds.isVisibleTo(page)
        page.view.choose("design")
        page.show_view("design")
        assert "Mọi giám khảo chấm mọi bài" in words(page)
        assert [row.total for row in page.setup.design.matrix.states.rows] == ["2 bài"] * 6
        page.setup.design.share_button.click()
        drawer = page.setup.drawer
        assert isinstance(drawer, ShareDrawer)
        drawer.how.choose("some")
        drawer.refresh()
        settle(page, qtbot)
        assert "Sẽ chia như sau" in words(page)
        assert panel_setup(app).per_entry is None
        drawer.count.edit.setFocus()
        drawer.count.edit.selectAll()
        QTest.keyClicks(drawer.count.edit, "9")
        settle(page, qtbot)
        assert drawer.count.refused
        assert not drawer.share_button.isEnabled()
        drawer.count.edit.selectAll()
        QTest.keyClicks(drawer.count.edit, "3")
        settle(page, qtbot)
        seed = drawer.seed
        drawer.share_button.click()
        settle(page, qtbot)
        assert not page.drawer_is_open
        found = panel_setup(app)
        assert (found.per_entry, found.seed) == (3, seed)
        assert f"số gieo {seed}" in words(page)


def test_panels_get_weights_for_a_part(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    panels(app)
    with opened(PanelPage, app, qtbot, qapp) as page:
        page.show_view("rules")
        part = panel_setup(app).held.parts[1]
        page.setup.rules.part_buttons[part.id].click()
        drawer = page.setup.drawer
        assert isinstance(drawer, PartDrawer)
        assert list(drawer.weights) == ["Ban A", "Ban B"]
        drawer.weights["Ban A"].text = "70"
        drawer.weights["Ban B"].text = "nửa"
        drawer.save_button.click()
        settle(page, qtbot)
        assert drawer.weights["Ban B"].refused
        drawer.weights["Ban B"].text = "30"
        QTest.keyClick(drawer.weights["Ban B"].edit, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert not page.drawer_is_open
        qtbot.waitUntil(lambda: "Ban A (trọng số 70) + Ban B (trọng số 30)" in words(page))
        shares = panel_setup(app).held.parts[1].shares
        assert [(one.panel, str(one.weight)) for one in shares] == [
            ("Ban A", "70"),
            ("Ban B", "30"),
        ]


def test_names_become_codes_that_the_board_can_look_up(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    panels(app)
    with opened(PanelPage, app, qtbot, qapp) as page:
        page.show_view("rules")
        rules = page.setup.rules
        assert not rules.codes_button.isVisibleTo(page)
        for switch in (rules.blind, rules.order):
            chosen = switch.findChildren(QAbstractButton)
            qtbot.mouseClick(chosen[1], Qt.MouseButton.LeftButton)
            settle(page, qtbot)
        viewing = panel_setup(app).viewing
        assert (viewing.blind, viewing.own_order) == (True, True)
        qtbot.waitUntil(lambda: rules.codes_button.isVisibleTo(page))
        rules.codes_button.click()
        code = panel_setup(app).codes[ContestantId("01")]
        qtbot.waitUntil(lambda: code in words(page))
        assert "Lò Văn Một" in words(page)


def test_what_can_not_be_changed_any_more_says_why(
    app: Context, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    panels(app)
    pack = build_packs(app, out=tmp_path / "packs").value[0].folder
    desk = open_desk(app.machine, pack=pack, judge="GK1", folder=tmp_path / "desk").value
    criterion = desk.pack.round.parts[0].criteria[0]
    part = desk.pack.round.parts[0].id
    enter_marks(desk, marks=[TypedMark(ContestantId("01"), part, criterion.id, "1", None)])
    collect_file(app, file=export_score_file(desk, target=tmp_path / "x.score").value.file)
    desk.store.close()
    with opened(PanelPage, app, qtbot, qapp) as page:
        page.show_view("design")
        assert not page.setup.design.share_button.isEnabled()
        assert "đã có điểm nên không đổi được nữa" in words(page)
        page.show_view("rules")
        assert not page.setup.rules.blind.isEnabled()
