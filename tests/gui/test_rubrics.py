"""The page of rubrics: totals, criteria and levels changed in the drawer, the lock."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.contest import ContestPage
from judgeapp.gui.pages.rubrics import RubricsPage
from judgeapp.gui.pages.rubrics_forms import CriterionForm, RubricForm
from judgeapp.services.context import Context, Machine
from tests.gui.results_kit import opened, settle, words
from tests.gui.rules_kit import found, open_the, press_button, rounds, store, write
from tests.judging_kit import build_pack, make_contest


@pytest.fixture
def page(contest: Context, qtbot: QtBot, qapp: QApplication) -> Iterator[RubricsPage]:
    with opened(RubricsPage, contest, qtbot, qapp) as made:
        yield made


def criterion_form(page: RubricsPage, place: int) -> CriterionForm:
    page.table.select(place)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(page.form, CriterionForm)
    return page.form


def test_totals_follow_what_is_typed(contest: Context, page: RubricsPage, qtbot: QtBot) -> None:
    assert "Tổng 100 điểm: Soạn đề cương 30 + Thuyết trình (clip) 70" in words(page)
    assert len(page.table.rows) == 8
    form = open_the(page, RubricForm, "Sửa thang điểm…", qtbot)
    points = form.lists["outline"].rows[0].points
    write(points.edit, "15,")
    assert "chưa có tổng" in words(form)
    write(points.edit, "15,3")
    form.save()
    assert "chia hết cho bước 0,5" in words(points)
    write(points.edit, "15")
    assert "Phần Soạn đề cương: 31 điểm, hơn 1 so với đang dùng (30)." in words(form)
    assert "Cả vòng: 101 điểm, hơn 1 so với đang dùng (100)." in words(form)
    write(form.lists["presentation"].rows[0].points.edit, "29")
    assert "Cả vòng: 100 điểm, như đang dùng." in words(form)
    store(page, form, qtbot)
    held = rounds(contest)[0]
    assert [part.max for part in held.parts] == [31, 69]
    levels = held.parts[0].criteria[0].levels
    assert [level.least for level in levels] == [Decimal("13.5"), Decimal("11.5"), 8, 0]


def test_criteria_come_go_and_move(contest: Context, page: RubricsPage, qtbot: QtBot) -> None:
    form = open_the(page, RubricForm, "Sửa thang điểm…", qtbot)
    rows = form.lists["outline"]
    QTest.keyClick(rows.rows[0].name.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    rows.remove(3)
    rows.add_button.click()
    form.save()
    assert "Chưa có tên" in words(rows.rows[3])
    write(rows.rows[3].name.edit, "Tính sáng tạo")
    write(rows.rows[3].points.edit, "2")
    store(page, form, qtbot)
    assert [(str(item.id), str(item.max)) for item in rounds(contest)[0].parts[0].criteria] == [
        ("structure", "4"), ("content", "14"), ("link-to-own-unit", "10"), ("tinh-sang-tao", "2"),
    ]  # fmt: skip


def test_levels_of_a_criterion(contest: Context, page: RubricsPage, qtbot: QtBot) -> None:
    assert (
        "Xuất sắc 18\u00a0–\u00a020 · Tốt 15\u00a0–\u00a017,5"
        in page.table.model().index(5, 1).data()
    )
    form = criterion_form(page, 5)
    boxes = form.levels.rows
    assert "đến 17,5 điểm" in words(boxes[1])
    write(boxes[1].least.edit, "18")
    form.save()
    assert "Hai mức bắt đầu ở cùng một điểm" in words(form)
    write(boxes[1].least.edit, "16")
    assert "đến 15,5 điểm" in words(boxes[2])
    form.levels.remove(3)
    form.save()
    assert "Mức thấp nhất cần bắt đầu từ 0" in words(boxes[2])
    write(boxes[2].least.edit, "0")
    boxes[2].text.setPlainText("Còn phải  cố gắng")
    store(page, form, qtbot)
    levels = rounds(contest)[0].parts[1].criteria[1].levels
    assert [(level.vi, str(level.least)) for level in levels] == [
        ("Xuất sắc", "18"), ("Tốt", "16"), ("Khá", "0"),
    ]  # fmt: skip
    assert (levels[0].en, levels[2].text) == ("Excellent", "Còn phải cố gắng")


def test_a_criterion_without_levels_gets_four(
    contest: Context, page: RubricsPage, qtbot: QtBot
) -> None:
    form = criterion_form(page, 6)
    while form.levels.rows:
        form.levels.remove(0)
    assert "Chưa chia mức" in words(form)
    write(form.most.edit, "8")
    write(form.step.edit, "0,25")
    press_button(form, "Chia thành bốn mức", qtbot)
    assert "Cả vòng: 98 điểm, kém 2 so với đang dùng (100)." in words(form)
    store(page, form, qtbot)
    item = rounds(contest)[0].parts[1].criteria[2]
    assert (item.max, item.step) == (Decimal(8), Decimal("0.25"))
    assert [level.least for level in item.levels] == [Decimal("7.25"), 6, Decimal("4.5"), 0]


def test_a_criterion_is_taken_away_with_its_tie_breaker(
    contest: Context, page: RubricsPage, qtbot: QtBot
) -> None:
    form = criterion_form(page, 4)
    press_button(form, "Bỏ tiêu chí này", qtbot)
    assert "sẽ bỏ khi bạn lưu" in words(form)
    store(page, form, qtbot)
    assert len(page.table.rows) == 7
    assert "criterion:presentation/content" not in rounds(contest)[0].tie_breakers


def test_once_packs_are_out_the_way_is_a_new_version_with_a_reason(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "pack")
    with opened(RubricsPage, app, qtbot, qapp) as page:
        assert "Đã tạo 1 gói chấm" in words(page)
        form = open_the(page, RubricForm, "Sửa thành phiên bản mới…", qtbot)
        row = next(iter(form.lists.values())).rows[0]
        write(row.name.edit, "Tên khác")
        assert "1 gói chấm đã tạo sẽ không dùng được nữa" in words(form)
        assert not form.save_button.isEnabled()
        write(form.reason.edit, "Thông báo số 2")
        store(page, form, qtbot)
        assert (found(app).version, len(found(app).outdated_packs)) == (3, 1)
        held = rounds(app)[0]
    with opened(ContestPage, app, qtbot, qapp) as contest_page:
        said = words(contest_page)
        assert "1 gói chấm được tạo theo thang điểm cũ" in said
        assert f"{held.vi}, một ban giám khảo, bản 1" in said


def test_a_closed_round_keeps_its_rubric(
    contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    held = rounds(contest)[0]
    with contest.write() as u:
        u.judging.add_stage(held.id, "closed", reason="")
        u.log("judging.closed", round=held.id)
        u.commit()
    with opened(RubricsPage, contest, qtbot, qapp) as page:
        assert "Vòng này đã khoá chấm" in words(page)
        assert not page.edit_button.isEnabled()
        page.table.opened.emit(page.table.rows[0])
        assert not page.drawer_is_open
        page.rounds.setCurrentIndex(1)
        settle(page, qtbot)
        assert page.edit_button.isEnabled()
