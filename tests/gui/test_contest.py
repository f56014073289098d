"""The page of the contest: rules in words, each of them changed in the drawer as a new version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.contest import Aggregate, Cut, PenaltyRule
from judgeapp.gui.pages.contest import ContestPage
from judgeapp.gui.pages.contest_count_forms import CountingForm, CutForm, PrizesForm
from judgeapp.gui.pages.contest_forms import AddRoundForm, FactsForm, RoundForm
from judgeapp.gui.pages.contest_part_form import PartForm
from judgeapp.gui.pages.contest_ties_form import TiesForm
from judgeapp.services.contest import revise
from judgeapp.services.context import Context, Machine
from tests.gui.results_kit import opened, settle, words
from tests.gui.rules_kit import found, open_the, press_button, rounds, store, write
from tests.judging_kit import build_pack, make_contest

FIRST, FINAL = "Sơ khảo 2 phần (đề cương + clip)", "Chung kết 3 phần"


@pytest.fixture
def page(contest: Context, qtbot: QtBot, qapp: QApplication) -> Iterator[ContestPage]:
    with opened(ContestPage, contest, qtbot, qapp) as made:
        yield made


def test_rounds_and_rules_are_said_in_words(page: ContestPage) -> None:
    said = words(page)
    for wanted in (
        "Hội thi thử", "Thể lệ phiên bản 1", FINAL, "7 phút – 10 phút", "12 trang",
        "Nộp muộn, mỗi ngày trừ 0,5", "10 người điểm cao nhất",
        "Quá 10 phút, mỗi phút trọn trừ 1 (nhiều nhất 5 điểm)",
        "3. số lần được giám khảo cho điểm cao hơn", "Giải Nhì: 2",
        "Việc tiếp theo: nhập danh sách thí sinh",
    ):  # fmt: skip
        assert wanted in said


def test_name_host_place_and_days(contest: Context, page: ContestPage, qtbot: QtBot) -> None:
    form = open_the(page, FactsForm, "Tên, cơ quan, nơi và ngày tổ chức", qtbot)
    assert "Chưa có gì thay đổi" in words(form)
    write(form.name.edit, "")
    write(form.facts.first_day.edit, "31/02/2026")
    form.save()
    assert "Tên hội thi đang để trống" in words(form.name)
    assert "không phải một ngày có thật" in words(form.facts.first_day)
    write(form.name.edit, "Hội thi mới")
    write(form.facts.host.edit, "Tỉnh ủy Sông Bằng")
    write(form.facts.first_day.edit, "5/12/2026")
    write(form.facts.last_day.edit, "4/12/2026")
    form.save()
    assert form.facts.last_day.refused
    write(form.facts.last_day.edit, "6/12/2026")
    store(page, form, qtbot)
    assert "Tỉnh ủy Sông Bằng · 05/12/2026 – 06/12/2026" in words(page)
    now = found(contest)
    assert (now.name, now.facts.last_day, now.version) == ("Hội thi mới", date(2026, 12, 6), 1)


def test_a_round_is_renamed_and_moved(contest: Context, page: ContestPage, qtbot: QtBot) -> None:
    form = open_the(page, RoundForm, f"Vòng thi: {FIRST}", qtbot)
    write(form.name.edit, "Vòng loại")
    write(form.judges.edit, "0")
    form.save()
    assert "không phải số từ 1 đến 99" in words(form.judges)
    write(form.judges.edit, "7")
    form.order.choose("1")
    store(page, form, qtbot)
    assert [held.vi for held in rounds(contest)] == [FINAL, "Vòng loại"]
    assert rounds(contest)[1].judges == 7


def test_a_round_is_added_from_a_sample_and_taken_away(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, AddRoundForm, "Thêm vòng thi…", qtbot)
    assert "Chọn một mẫu" in words(form)
    form.cards._cards[1].click()
    write(form.name.edit, "Chung kết xếp hạng")
    store(page, form, qtbot)
    assert [held.id for held in rounds(contest)] == ["preliminary", "final", "final-2"]
    away = open_the(page, RoundForm, "Vòng thi: Chung kết xếp hạng", qtbot)
    press_button(away, "Bỏ vòng này", qtbot)
    assert "sẽ bỏ khi bạn lưu" in words(away)
    press_button(away, "Giữ lại vòng này", qtbot)
    assert not away.save_button.isEnabled()
    press_button(away, "Bỏ vòng này", qtbot)
    store(page, away, qtbot)
    assert [held.id for held in rounds(contest)] == ["preliminary", "final"]


def test_a_part_gets_limits_weight_and_penalties(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, PartForm, "Phần thi: Soạn đề cương", qtbot)
    write(form.weight.edit, "1,5")
    write(form.pages.edit, "")
    write(form.max_s.edit, "7:30")
    write(form.min_s.edit, "8")
    form.penalties.add_button.click()
    rule = form.penalties.rows[1]
    rule.kind.choose("over.begun_minute")
    write(rule.points.edit, "99")
    form.save()
    assert "Dài nhất ngắn hơn ngắn nhất" in words(form.max_s)
    assert "không quá 30" in words(rule.points)
    assert "không phải thời gian" in words(rule.limit)
    write(form.min_s.edit, "5")
    for field, typed in (
        (rule.points, "0,5"), (rule.limit, "7:30"), (rule.grace, "0:30"), (rule.cap, "3"),
        (rule.void, "5"),
    ):  # fmt: skip
        write(field.edit, typed)
    store(page, form, qtbot)
    part = rounds(contest)[0].parts[0]
    assert (part.weight, part.max_pages, part.min_s, part.max_s) == (Decimal("1.5"), None, 300, 450)
    assert part.penalties[1] == PenaltyRule(
        "over", "begun_minute", Decimal("0.5"), 450, 30, Decimal(3), 300
    )
    said = "Quá 7:30, mỗi phút bắt đầu trừ 0,5 (châm chước 0:30; nhiều nhất 3 điểm; lệch hơn 5 phút"
    assert said in words(page)
    assert "30 điểm × 1,5" in words(page)


def test_a_part_is_added_marked_by_two_panels_moved_and_taken_away(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    settle(page, qtbot)
    page._change("part", rounds(contest)[0])
    form = page.form
    assert isinstance(form, PartForm)
    assert "Gõ tên phần thi" in words(form)
    write(form.name.edit, "Hùng biện")
    form.who.choose("shared")
    write(form.shares.rows[0].panel.edit, "Chuyên môn")
    write(form.shares.rows[0].weight.edit, "7")
    form.save()
    assert "Mỗi ban cần một tên riêng" in words(form.shares.rows[1])
    write(form.shares.rows[1].panel.edit, "Thanh niên")
    write(form.shares.rows[1].weight.edit, "3")
    store(page, form, qtbot)
    part = rounds(contest)[0].parts[2]
    assert (part.id, part.max) == ("hung-bien", Decimal(10))
    assert "Chuyên môn (trọng số 7) + Thanh niên (trọng số 3)" in words(page)
    away = open_the(page, PartForm, "Phần thi: Thuyết trình (clip)", qtbot)
    press_button(away, "Bỏ phần này", qtbot)
    store(page, away, qtbot)
    held = rounds(contest)[0]
    assert [part.id for part in held.parts] == ["outline", "hung-bien"]
    assert held.tie_breakers == ("judges_prefer", "part:outline")
    first = open_the(page, PartForm, "Phần thi: Hùng biện", qtbot)
    first.order.choose("0")
    first.who.choose("secretary")
    store(page, first, qtbot)
    assert rounds(contest)[0].parts[0].objective
    assert "thư ký đếm câu đúng" in words(page)


def test_each_method_says_how_it_counts(contest: Context, page: ContestPage, qtbot: QtBot) -> None:
    form = open_the(page, CountingForm, f"Cách tính điểm: {FIRST}", qtbot)
    for method, said in (
        ("sum", "là tổng phiếu"), ("median", "phiếu đứng giữa"),
        ("rank_sum", "tổng thứ hạng"), ("trimmed_mean", "sau khi bỏ 0 phiếu thấp nhất"),
    ):  # fmt: skip
        form.method.choose(method)
        assert said in words(form)
    form.save()
    assert "Cần bỏ ít nhất một phiếu" in words(form.low)
    write(form.low.edit, "1")
    write(form.high.edit, "1")
    form.over.choose("criterion")
    write(form.least.edit, "4")
    write(form.block.edit, "10")
    form.save()
    assert "nhỏ hơn độ lệch được nhắc" in words(form.block)
    write(form.block.edit, "20")
    form.round_total.choose("0.01")
    store(page, form, qtbot)
    held = rounds(contest)[0]
    assert held.aggregate == Aggregate("trimmed_mean", "criterion", 1, 1)
    assert (held.min_judges, held.spread_block, held.round_total) == (4, Decimal(20), "0.01")
    assert "Tổng điểm làm tròn đến 0,01." in words(page)


def test_the_chain_of_ties_is_put_in_order_by_keys_and_buttons(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, TiesForm, f"Khi bằng điểm: {FIRST}", qtbot)
    before = form.chain
    QTest.keyClick(form.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert form.chain == (before[1], before[0], *before[2:])
    form.list.setCurrentRow(3)
    press_button(form, "Lên", qtbot)
    assert form.chain[2:] == (before[3], before[2])
    QTest.keyClick(form.list, Qt.Key.Key_Delete)
    assert before[3] not in form.chain
    form.more.setCurrentRow(1)
    QTest.keyClick(form.more, Qt.Key.Key_Return)
    assert form.chain[3] == "criterion:outline/content"
    chain = form.chain
    store(page, form, qtbot)
    assert rounds(contest)[0].tie_breakers == chain


def test_who_goes_on_and_prizes(contest: Context, page: ContestPage, qtbot: QtBot) -> None:
    form = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    write(form.count.edit, "mười")
    form.save()
    assert "không phải số từ 1 đến 1000" in words(form.count)
    write(form.count.edit, "12")
    form.scope.choose("group")
    form.ties._cards[1].click()
    store(page, form, qtbot)
    assert rounds(contest)[0].cut == Cut(12, "group", "all")
    none = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    none.whether._parts["no"].click()
    store(page, none, qtbot)
    assert rounds(contest)[0].cut is None
    prizes = open_the(page, PrizesForm, f"Giải thưởng: {FINAL}", qtbot)
    prizes.list.add_button.click()
    write(prizes.list.rows[4].name.edit, "Giải Phong cách")
    QTest.keyClick(prizes.list.rows[4].name.edit, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    prizes.list.remove(0)
    store(page, prizes, qtbot)
    assert [(prize.id, prize.count) for prize in rounds(contest)[1].prizes] == [
        ("second", 2), ("third", 3), ("giai-phong-cach", 1), ("consolation", 4),
    ]  # fmt: skip


def test_once_packs_are_out_a_change_needs_a_reason(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    app = make_contest(machine, tmp_path / "contest")
    build_pack(app, tmp_path / "pack")
    (held,) = rounds(app)
    with opened(ContestPage, app, qtbot, qapp) as page:
        form = open_the(page, PartForm, f"Phần thi: {held.parts[0].vi}", qtbot)
        write(form.name.edit, "Bài nói")
        assert not form.save_button.isEnabled()
        assert "Ghi lý do để lưu" in words(form)
        assert not form.follows.isVisibleTo(form)
        form.who.choose("secretary")
        assert not form.follows.isVisibleTo(form)  # judges see and mark the same
        write(form.reason.edit, "Thông báo số 2")
        store(page, form, qtbot)
        assert (found(app).version, found(app).outdated_packs) == (3, ())


def test_two_who_change_the_rules_at_once(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    write(form.count.edit, "12")
    definition = found(contest).definition
    first = replace(definition.rounds[0], min_judges=4)
    revise(contest, definition=replace(definition, rounds=(first, definition.rounds[1])))
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert page.drawer_is_open
    assert "một người khác đã lưu phiên bản khác" in words(form)
    assert form.count.text == "12"


def test_the_versions_say_who_when_why_and_what(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    write(form.count.edit, "12")
    store(page, form, qtbot)
    press_button(page, "Các phiên bản…", qtbot)
    settle(page, qtbot)
    said = words(page)
    assert "Phiên bản 2\nthư ký, " in said
    assert f"• {FIRST}: số người vào vòng sau 10 → 12" in said
    assert "Thể lệ lúc lập hội thi." in said


def test_the_focus_comes_back_to_what_opened_the_drawer(
    contest: Context, page: ContestPage, qtbot: QtBot
) -> None:
    form = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    write(form.count.edit, "12")
    store(page, form, qtbot)
    focus = page.window().focusWidget()
    assert focus is not None
    assert focus.accessibleName() == f"Vào vòng sau: {FIRST}"
    again = open_the(page, CutForm, f"Vào vòng sau: {FIRST}", qtbot)
    page.load()  # somebody else changed something: the button is another one then
    settle(page, qtbot)
    QTest.keyClick(again.count.edit, Qt.Key.Key_Escape)
    assert not page.drawer_is_open
    assert page.window().focusWidget() is page.first_focus()
