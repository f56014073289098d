"""The page of results: the list with the cut, why, a tie on the line, closing and signing off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.results import ResultsPage
from judgeapp.gui.pages.results_tie import ALL, CHAIR, TieDialog
from judgeapp.services.context import Context, Machine
from judgeapp.services.results import tally_round
from judgeapp.services.results_line import line_tie
from tests.gui.paper_kit import (
    choose_in_menu,
    keep_as,
    pdf_words,
    print_into,
    printed_pages,
    settled,
)
from tests.gui.results_kit import opened, settle, words
from tests.services.results_kit import contest, give, give_all, note, set_stage

TIED = {"01": "9", "02": "7", "03": "7", "04": "6"}
CLEAR = {"01": "9", "02": "8", "03": "7", "04": "6"}


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = contest(machine, tmp_path / "contest")
    give_all(made, TIED)
    return made


def test_the_cut_stands_in_the_list_as_a_band_while_it_is_tied(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ResultsPage, app, qtbot, qapp) as page:
        kinds = [(row.kind, row.contestant, row.rank) for row in page.ranking.rows]
        assert kinds == [
            ("person", "01", "1"), ("band", "", ""), ("person", "02", "2"),
            ("person", "03", "2"), ("person", "04", "4"),
        ]  # fmt: skip
        assert [row.distance for row in page.ranking.rows if row.contestant] == [
            "+2,00", "0,00", "0,00", "−1,00",
        ]  # fmt: skip
        assert "còn 1 suất" in page.ranking.rows[1].name
        assert page.ranking.button is not None


def test_a_decided_cut_is_a_line(machine: Machine, tmp_path: Path, qtbot: QtBot,
                                 qapp: QApplication) -> None:  # fmt: skip
    app = contest(machine, tmp_path / "contest")
    give_all(app, CLEAR)
    with opened(ResultsPage, app, qtbot, qapp, language="en") as page:
        assert [row.kind for row in page.ranking.rows].index("line") == 2
        assert "line" in page.ranking.rows[2].told.casefold()
        told = page.ranking.rows[0].told
        assert told.startswith("rank 1, ")
        assert "total 14.00, +1.00 to the line, goes on" in told


def test_enter_on_a_person_says_why_down_to_the_marks(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    note(app, "01", "seconds", "690")
    with opened(ResultsPage, app, qtbot, qapp) as page:
        page.ranking.select("01")
        page.ranking.setFocus()
        QTest.keyClick(page.ranking, Qt.Key.Key_Return)
        settle(page, qtbot)
        assert page.drawer_is_open
        said = words(page)
        assert "Vì sao 13,00?" in said
        assert "(9 + 9) : 2" in said
        assert "dài 690 giây" in said
        assert page.why.steps[-1].value == "13"
        QTest.keyClick(page, Qt.Key.Key_Escape)
        assert not page.drawer_is_open


def test_how_firm_a_place_is_stands_under_the_total(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    """02 is tied on the line: a quarter of a point less, from one judge, and 03 goes on."""
    with opened(ResultsPage, app, qtbot, qapp) as page:
        page.explain("02")
        settled(page, qtbot)
        said = words(page.why)
        assert "Có vững không?" in said
        assert "J1 cho thấp hơn 0,25: còn 11,88, hạng 3, xuống dưới vạch" in said
        assert [line.tone for line in page.why.firm_lines] == ["warn", "ok", "ok"]
        assert "Bỏ riêng từng giám khảo: vẫn hạng 2" in said
        assert "Người xếp sau (hạng 4) kém 1,00 điểm" in said
        assert page.ranking.current() == "02"


def test_every_mark_is_shown_by_the_button_and_hidden_again(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ResultsPage, app, qtbot, qapp) as page:
        page.explain("01")
        settled(page, qtbot)
        assert "Tiêu chí c2" not in words(page.why)
        page.why.marks_button.click()
        assert "Tiêu chí c2" in words(page.why)
        page.why.marks_button.click()
        assert "Tiêu chí c2" not in words(page.why)


def test_the_explanation_is_kept_as_a_pdf_and_printed(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    note(app, "01", "seconds", "690")
    with opened(ResultsPage, app, qtbot, qapp) as page:
        keep_as(page, tmp_path / "vi sao", monkeypatch)
        print_into(page, tmp_path / "giay.pdf", monkeypatch)
        page.explain("01")
        settled(page, qtbot)
        page.why.print_button.click()
        choose_in_menu(page.why.print_button, "Lưu tệp PDF")
        settled(page, qtbot)
        said = pdf_words(tmp_path / "vi sao.pdf")
        assert "Phiếu giải thích điểm" in said
        assert "13,00" in said
        assert "dài 690 giây" in said
        assert "Tiêu chí c2" in said
        page.why.print_button.click()
        choose_in_menu(page.why.print_button, "In ra giấy")
        settled(page, qtbot)
        assert printed_pages(tmp_path / "giay.pdf") == [(210, 297)]
        assert "Đã gửi 1 tờ tới máy in." in words(page.window())


def test_the_minutes_of_a_tie_print_with_what_is_said_so_far(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with opened(ResultsPage, app, qtbot, qapp) as page:
        keep_as(page, tmp_path / "bb.pdf", monkeypatch)
        monkeypatch.setattr(TieDialog, "run", lambda dialog: False)
        page.decide_tie()
        settle(page, qtbot)
        tie = line_tie(app)
        assert tie is not None
        dialog = TieDialog(page, page.texts, tie)
        qtbot.addWidget(dialog)
        dialog.choose(CHAIR)
        dialog.boxes[0].setCurrentIndex(2)
        dialog.reason.setText("Sát thực tế hơn")
        dialog.print_asked.connect(lambda b: page.deeds.print_tie(b, "round-1", dialog.answer))
        dialog.paper.click()
        choose_in_menu(dialog.paper, "Lưu tệp PDF")
        settled(page, qtbot)
        said = pdf_words(tmp_path / "bb.pdf")
        for expected in ("BIÊN BẢN", "2 thí sinh cùng 12,00 điểm", "02 · Thí sinh 02",
                         "Người được chọn: 03 Thí sinh 03", "Lý do: Sát thực tế hơn"):  # fmt: skip
            assert expected in said


def test_the_tie_dialog_chooses_nothing_beforehand_and_wants_a_reason(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ResultsPage, app, qtbot, qapp) as page:
        tie = line_tie(app)
        assert tie is not None
        dialog = TieDialog(page, page.texts, tie)
        qtbot.addWidget(dialog)
        assert dialog.answer.way == ""
        assert not dialog.record.isEnabled()
        dialog.choose(CHAIR)
        dialog.boxes[0].setCurrentIndex(2)
        assert not dialog.record.isEnabled()
        dialog.reason.setText("  ")
        assert not dialog.record.isEnabled()
        dialog.reason.setText("Trình bày sát hơn")
        assert dialog.record.isEnabled()
        assert dialog.answer.chosen == ("03",)
        page.deeds.record("round-1", dialog.answer)
        settle(page, qtbot)
        result = tally_round(app).groups[0].result
        assert result.cut.taken == ("01", "03")
        assert "line" in [row.kind for row in page.ranking.rows]


def test_all_who_are_tied_can_go_on(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    with opened(ResultsPage, app, qtbot, qapp) as page:
        tie = line_tie(app)
        assert tie is not None
        dialog = TieDialog(page, page.texts, tie)
        qtbot.addWidget(dialog)
        dialog.choose(ALL)
        dialog.reason.setText("Bằng nhau đến điểm cuối")
        page.deeds.record("round-1", dialog.answer)
        settle(page, qtbot)
        assert tally_round(app).groups[0].result.cut.taken == ("01", "02", "03")


def test_what_keeps_a_round_open_is_named(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    app = contest(machine, tmp_path / "contest")
    give_all(app, CLEAR)
    give(app, {"04": [None, None]}, where="talk/c2")
    with opened(ResultsPage, app, qtbot, qapp) as page:
        page.main_button.click()
        assert page.drawer_is_open
        assert not page.closing.button.isEnabled()
        assert "04" in words(page.closing)


def test_closing_then_signing_off_by_buttons(
    machine: Machine, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    app = contest(machine, tmp_path / "contest")
    give_all(app, CLEAR)
    with opened(ResultsPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "confirm", lambda *a, **k: True)
        page.main_button.click()
        page.closing.button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert tally_round(app).stage == "closed"
        assert page.main_button.kind == "primary"
        page.main_button.click()
        settle(page, qtbot)
        signed = tally_round(app, round_id="round-1").sign_off
        assert signed is not None
        assert signed.body["contestants"] == ["01", "02"]


def test_signing_waits_for_the_tie_and_says_so(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    set_stage(app, "closed")
    with opened(ResultsPage, app, qtbot, qapp) as page:
        assert not page.main_button.isEnabled()
        assert page.why_not.text() == "Chốt được sau khi xử lý đồng điểm"


def test_tables_are_written_into_a_chosen_folder(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / "out"
    with opened(ResultsPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "open_folder", lambda *a, **k: out)
        page.export_button.click()
        settle(page, qtbot)
    assert (out / "ket-qua.xlsx").is_file()


def test_a_round_that_nobody_reached_says_what_to_do(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ResultsPage, app, qtbot, qapp) as page:
        page.show_round("final")
        settle(page, qtbot)
        assert page.ranking.isHidden() or not page.ranking.isVisibleTo(page)
        assert not page.refused  # type: ignore[attr-defined]  # of the kit
