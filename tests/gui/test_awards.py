"""The page of awards: prizes with questions and changes, certificates, what the office says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.domain.printing import PrintWay
from judgeapp.gui.pages.awards import AwardsPage
from judgeapp.gui.pages.awards_checks import ChecksPanel
from judgeapp.gui.pages.awards_sheets import SheetsView
from judgeapp.gui.pdf_print import default_printer
from judgeapp.services.awards import propose
from judgeapp.services.certificate_list import certificate_sheets
from judgeapp.services.context import Context, Machine
from judgeapp.services.papers import show_papers
from judgeapp.system.print_shifts import load_shift
from tests.gui.paper_kit import (
    choose_in_menu,
    click_option,
    keep_as,
    pdf_words,
    print_into,
    printed_pages,
    settled,
)
from tests.gui.results_kit import opened, settle, words
from tests.services.prize_contest import CLEAR, mark, prize_contest

TIED = CLEAR | {"02": "11", "03": "11", "04": "11"}


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return prize_contest(machine, tmp_path / "contest")


def answers(page: AwardsPage, monkeypatch: pytest.MonkeyPatch, reason: str | None) -> None:
    """Let people say yes, and give this reason."""
    monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: True)
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: reason)


def test_prizes_are_signed_as_proposed(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        answers(page, monkeypatch, None)
        assert {row.state for row in page.prizes.table.rows[:3]} == {"proposed"}
        page.prizes.sign_button.click()
        settle(page, qtbot)
        assert propose(app).signed is not None
        assert page.prizes.table.rows[0].state == "signed"


def test_a_change_needs_a_reason_and_counts_with_the_sign_off(
    app: Context, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        first = propose(app).round.prizes[0].id
        page.prizes.choose("02", first)
        assert "1 giải được đổi" in words(page)
        answers(page, monkeypatch, None)
        page.prizes.sign_button.click()
        settle(page, qtbot)
        assert propose(app).signed is None
        answers(page, monkeypatch, "Hội đồng họp và thống nhất")
        page.prizes.sign_button.click()
        settle(page, qtbot)
        signed = propose(app).signed
        assert signed is not None
        assert (signed.changes[0].contestant, signed.changes[0].given) == ("02", first)
        assert page.prizes.choices == {}


def test_a_tie_on_the_line_of_a_prize_is_a_question(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    mark(app, TIED)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        asked = propose(app).proposal.questions
        if not asked:
            pytest.fail("the kit's scheme has no line between these")
        assert not page.prizes.sign_button.isEnabled()
        assert "đồng hạng" in words(page)
        for one in asked[0].contestants:
            page.prizes.choose(str(one), "none")
        assert page.prizes.sign_button.isEnabled()


def sheets_of(page: AwardsPage, template: str, qtbot: QtBot) -> SheetsView:
    page.show_view(template)
    settled(page, qtbot)
    return page.sheets


def test_certificates_are_shown_as_paper_and_kept_as_a_pdf(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "lotus", qtbot)
        assert sheets.paper.image is not None
        keep_as(page, tmp_path / "giấy", monkeypatch)
        sheets.one_button.click()
        choose_in_menu(sheets.one_button, "Lưu tệp PDF")
        settled(page, qtbot)
        assert len(PdfReader(tmp_path / "giấy.pdf").pages) == 1
        assert [line.serial for line in sheets.log.rows] == ["001/2026"]
        assert "Đã ghi “giấy.pdf”" in words(page.window())


def test_a_commendation_has_its_own_serials_and_its_own_print_log(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        for template in ("lotus", "drum"):
            sheets = sheets_of(page, template, qtbot)
            keep_as(page, tmp_path / f"{template}.pdf", monkeypatch)
            sheets.all_button.click()
            choose_in_menu(sheets.all_button, "Lưu tệp PDF")
            settled(page, qtbot)
        commendations = {line.serial for line in page.sheets.log.rows}
        certificates = {line.serial for line in sheets_of(page, "lotus", qtbot).log.rows}
        assert len(certificates) == len(commendations) == 6
        assert not certificates & commendations


def test_a_sheet_is_printed_again_with_a_reason_and_the_same_serial(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "lotus", qtbot)
        print_into(page, tmp_path / "in.pdf", monkeypatch)
        sheets.all_button.click()
        choose_in_menu(sheets.all_button, "In ra giấy")
        settled(page, qtbot)
        assert printed_pages(tmp_path / "in.pdf") == [(297, 210)] * 6
        answers(page, monkeypatch, None)
        sheets.one_button.click()
        assert sheets.one_button.findChildren(QMenu) == []
        answers(page, monkeypatch, "lem mực")
        sheets.one_button.click()
        choose_in_menu(sheets.one_button, "In ra giấy")
        settled(page, qtbot)
        newest = sheets.log.rows[0]
        assert (newest.serial, newest.time, newest.reason) == ("001/2026", 2, "lem mực")
        assert len(sheets.log.rows) == 7
        said = [sheets.log.model().index(0, at).data() for at in range(4)]
        assert "lần 2 · lem mực" in said
        assert "Đã in 2 lần" in words(page)


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_printer_that_refuses_leaves_no_trace(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "lotus", qtbot)
        print_into(page, tmp_path / "no such folder" / "in.pdf", monkeypatch)
        sheets.one_button.click()
        choose_in_menu(sheets.one_button, "In ra giấy")
        settled(page, qtbot)
        (refusal,) = page.refused  # type: ignore[attr-defined]  # of the kit
        assert refusal.code == "paper.not_printed"
        assert certificate_sheets(app).printed == ()
        assert propose(app).signed is None


def test_text_only_moves_by_what_is_typed_and_the_machine_remembers(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "drum", qtbot)
        keep_as(page, tmp_path / "chữ.pdf", monkeypatch)
        assert sheets.side is not None
        click_option(sheets.side.ways, "text")
        assert not sheets.way.ground
        field = sheets.side.right
        for typed, accepted in (("16", False), ("một", False), ("1,5", True)):
            field.text = typed
            field.edit.editingFinished.emit()
            assert field.refused != accepted
        settled(page, qtbot)
        assert sheets.way == PrintWay(ground=False, right=Decimal("1.5"))
        sheets.one_button.click()
        choose_in_menu(sheets.one_button, "Lưu tệp PDF")
        settled(page, qtbot)
        said = pdf_words(tmp_path / "chữ.pdf")
        assert "Lê Thị Ánh Thử" in said
        assert "GIẤY KHEN" not in said
        assert sheets.log.rows[0].way == "text"
        assert load_shift(app.machine.paths, default_printer()) == (Decimal("1.5"), Decimal(0))
        again = sheets_of(page, "drum", qtbot)
        assert again.way.ground  # chosen for each visit anew
        assert again.side is not None
        click_option(again.side.ways, "text")
        assert again.way.right == Decimal("1.5")


def test_the_calibration_sheet_comes_from_there(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "drum", qtbot)
        print_into(page, tmp_path / "căn.pdf", monkeypatch)
        assert sheets.side is not None
        click_option(sheets.side.ways, "text")
        sheets.side.calibrate.click()
        choose_in_menu(sheets.side.calibrate, "In ra giấy")
        settled(page, qtbot)
        assert printed_pages(tmp_path / "căn.pdf") == [(297, 210)]
        assert certificate_sheets(app, template="drum").printed == ()


def rename(app: Context, number: str, name: str) -> None:
    with app.write() as u:
        for person in u.people.contestants():
            if person.id == ContestantId(number):
                u.people.update_contestant(replace(person, name=name))
        u.log("test.renamed")
        u.commit()


def test_a_sheet_that_does_not_fit_is_shown_with_its_field_framed_and_the_others_print(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    rename(app, "01", "Lê Thị Ánh Thử " * 14)
    rename(app, "02", "Nguyễn Thị Hoàng Ngọc Bảo Trâm Anh Công Tằng Tôn Nữ")
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "lotus", qtbot)
        assert "1 tờ chưa vừa" in words(page)
        assert "Họ tên quá dài" in words(page)
        assert not sheets.one_button.isEnabled()
        assert sheets.paper.image is not None
        assert [framed.tone for framed in sheets.paper.frames] == ["stop"]
        sheets.table.select(1)
        settled(page, qtbot)
        assert [framed.tone for framed in sheets.paper.frames] == ["warn"]
        assert "Họ tên được thu nhỏ" in words(page)
        assert "nhỏ nhất được phép là 14" in words(page)
        keep_as(page, tmp_path / "all.pdf", monkeypatch)
        sheets.all_button.click()
        choose_in_menu(sheets.all_button, "Lưu tệp PDF")
        settled(page, qtbot)
        assert len(PdfReader(tmp_path / "all.pdf").pages) == 5
        assert [s.serial for s in certificate_sheets(app).sheets].count(None) == 1


def test_where_room_is_short_checks_and_printing_stand_in_the_drawer(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        sheets = sheets_of(page, "lotus", qtbot)
        assert sheets.side_button.isHidden()
        page.resize(840, 440)
        qtbot.waitUntil(lambda: not sheets.side_button.isHidden())
        sheets.side_button.click()
        assert page.drawer_is_open
        panel = page.findChildren(ChecksPanel)[-1]
        assert "Mọi dòng đều vừa" in words(panel)
        click_option(panel.ways, "text")
        assert not sheets.way.ground


def test_more_of_a_prize_than_the_rules_have_is_said_before_signing(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        prizes = propose(app).round.prizes
        page.prizes.choose("04", prizes[1].id)
        assert f"{prizes[1].vi}: 3 người, thể lệ có 2" in words(page)
        page.prizes.choose("04", prizes[2].id)
        assert "thể lệ có" not in words(page)


def test_what_the_office_says_is_stored_or_refused_at_its_field(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        page.show_view("drum")
        settle(page, qtbot)
        page.sheets.edit_facts()
        settle(page, qtbot)
        fields = page.sheets.facts.fields
        fields["decision_date"].edit.setText("31/02/2026")
        page.sheets.facts.save.click()
        settle(page, qtbot)
        assert fields["decision_date"].refused
        fields["decision_date"].edit.setText("27/11/2026")
        fields["signer"].edit.setText("Phạm Văn Ký")
        page.sheets.facts.save.click()
        settle(page, qtbot)
        papers = show_papers(app)
        assert papers.both.signer == "Phạm Văn Ký"
        assert f"{papers.commendation.decision_date}" == "2026-11-27"


def test_before_there_are_totals_the_page_says_what_to_do(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(AwardsPage, app, qtbot, qapp) as page:
        assert "Chưa đến bước này" in words(page)
        page.show_view("lotus")
        settle(page, qtbot)
        assert not page.refused  # type: ignore[attr-defined]  # of the kit
