"""The page of the panel: judges from a file and one by one, conflicts, enough judges or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.panel import PanelPage
from judgeapp.services.context import Context
from judgeapp.services.panel import panel_overview
from judgeapp.services.people import import_contestants
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
