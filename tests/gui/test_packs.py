"""The page of judge packs: building, checking, copying, and packs that are old."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.packs import PacksPage
from judgeapp.gui.pages.packs_side import HolderPanel
from judgeapp.services.context import Context, Machine
from judgeapp.services.pack_list import list_packs
from tests.gui.results_kit import opened, settle, words
from tests.judging_kit import ROUND, build_pack, make_contest, one_round, withdraw


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest")


def folders(page: PacksPage, monkeypatch: pytest.MonkeyPatch, *answers: Path | None) -> None:
    """Let the folder dialog give these answers, one after the other."""
    left = list(answers)
    monkeypatch.setattr(page.session.dialogs, "open_folder", lambda *a, **k: left.pop(0))


def test_packs_are_built_into_a_chosen_folder(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with opened(PacksPage, app, qtbot, qapp) as page:
        assert "Chưa có gói chấm nào" in words(page)
        folders(page, monkeypatch, tmp_path / "usb")
        page.build()
        settle(page, qtbot)
        settle(page, qtbot)
        assert len(list_packs(app).packs) == 1
        assert [pack.state for pack in page.table.rows] == ["current"]
        assert "Đã tạo 1 gói chấm" in words(page)


def test_no_folder_chosen_does_nothing(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(PacksPage, app, qtbot, qapp) as page:
        folders(page, monkeypatch, None, None)
        page.build()
        page.check()
        assert list_packs(app).packs == ()


def test_a_damaged_copy_is_named_file_by_file(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pack = build_pack(app, tmp_path / "packs")
    (pack / "data" / "pack.json").write_bytes(b"{}")
    with opened(PacksPage, app, qtbot, qapp) as page:
        folders(page, monkeypatch, pack)
        page.check_button.click()
        settle(page, qtbot)
        assert page.drawer_is_open
        assert "data/pack.json" in words(page)


def test_a_pack_is_copied_for_a_judge_and_noted(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pack = build_pack(app, tmp_path / "packs")
    with opened(PacksPage, app, qtbot, qapp) as page:
        assert [one.state for one in page.holders.rows] == ["not_given", "not_given"]
        assert page.build_button.leads
        folders(page, monkeypatch, tmp_path / "usb")
        page.holders.select(1)
        QTest.keyClick(page.holders, Qt.Key.Key_Return)
        panel = page.findChild(HolderPanel)
        assert panel is not None
        panel.copy_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert [one.state for one in page.holders.rows] == ["not_given", "current"]
        assert "1 trên 2 giám khảo đã có gói mới nhất" in words(page)
    assert (tmp_path / "usb" / pack.name / "bagit.txt").is_file()


def test_a_pack_that_was_moved_is_asked_for(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    build_pack(app, tmp_path / "packs")
    (tmp_path / "packs").rename(tmp_path / "moved")
    with opened(PacksPage, app, qtbot, qapp) as page:
        folders(page, monkeypatch, tmp_path / "usb", tmp_path / "moved")
        page.show_pack(page.table.rows[0])
        assert "Không còn ở nơi đã tạo" in words(page)
        page.copy_for(["J05", "J07"])
        settle(page, qtbot)
        settle(page, qtbot)
        settle(page, qtbot)
        assert {one.state for one in page.holders.rows} == {"current"}
        assert not page.build_button.leads  # everybody has the newest: nothing to build next


def test_handed_over_in_another_way_is_only_noted(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    build_pack(app, tmp_path / "packs")
    with opened(PacksPage, app, qtbot, qapp) as page:
        page.show_holder(page.holders.rows[0])
        panel = page.findChild(HolderPanel)
        assert panel is not None
        panel.note_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert [one.has for one in page.holders.rows] == [1, None]


def test_packs_that_differ_are_named(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    pack = build_pack(app, tmp_path / "packs")
    withdraw(app, "02")
    with opened(PacksPage, app, qtbot, qapp) as page:
        assert "Vòng round-1 · bản 1" in words(page.notice)
        assert pack.name not in words(page.notice)
        page.show_pack(page.table.rows[0])
        assert "Tạo lại gói thì có bản mới" in words(page)


def test_packs_of_the_round_in_progress_are_built_after_one_is_closed(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    app = make_contest(machine, tmp_path / "two", one_round(), one_round(name="round-2"))
    with opened(PacksPage, app, qtbot, qapp) as page:
        folders(page, monkeypatch, tmp_path / "usb")
        with app.write() as u:
            u.judging.add_stage(ROUND, "closed", reason="")
            u.log("test.closed")
            u.commit()
        page.load()
        settle(page, qtbot)
        page.build()
        settle(page, qtbot)
        settle(page, qtbot)
        assert [pack.round.id for pack in list_packs(app).packs] == ["round-2"]
