"""The pages of documents and of the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.cli.main import run
from judgeapp.gui.pages.documents import DocumentsPage
from judgeapp.gui.pages.log import LogPage
from judgeapp.services.context import Context, Machine
from judgeapp.services.documents import Document
from judgeapp.services.papers import set_papers
from tests.gui.paper_kit import (
    choose_in_menu,
    keep_as,
    pdf_words,
    print_into,
    printed_pages,
    settled,
)
from tests.gui.results_kit import opened, settle, words
from tests.services.prize_contest import CLEAR, PAPERS, mark, prize_contest


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = prize_contest(machine, tmp_path / "contest")
    set_papers(made, body=PAPERS)
    return made


def choose(page: DocumentsPage, ident: str, qtbot: QtBot) -> Document:
    rows: list[Document] = page.table.rows
    page.table.select([one.id for one in rows].index(ident))
    settled(page, qtbot)
    found = page.table.current_row()
    assert isinstance(found, Document)
    return found


def test_tables_and_certificates_are_written_by_one_click(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    out, pdf = tmp_path / "out", tmp_path / "c.pdf"
    with opened(DocumentsPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "open_folder", lambda *a, **k: out)
        keep_as(page, pdf, monkeypatch)
        choose(page, "tables", qtbot)
        assert page.preview.pages == 0
        page.write_button.click()
        settle(page, qtbot)
        assert (out / "ket-qua.xlsx").is_file()
        choose(page, "lotus", qtbot)
        assert page.preview.pages == 1
        page.write_button.click()
        settled(page, qtbot)
        assert len(PdfReader(pdf).pages) == 6


def test_lists_are_looked_at_kept_and_printed(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(DocumentsPage, app, qtbot, qapp) as page:
        held = next(one for one in page.table.rows if one.kind == "ranking").round
        for ident, expected in (
            ("contestants", ("DANH SÁCH THÍ SINH", "Y Bhĭm Thử", "06")),
            (f"ranking:{held.id}", ("KẾT QUẢ", "Lê Thị Ánh Thử", "Trưởng ban giám khảo")),
        ):
            one = choose(page, ident, qtbot)
            assert one.ready
            assert page.preview.pages == 1
            file = tmp_path / f"{one.kind}.pdf"
            keep_as(page, file, monkeypatch)
            page.write_button.click()
            choose_in_menu(page.write_button, "Lưu tệp PDF")
            settled(page, qtbot)
            said = pdf_words(file)
            assert all(words in said for words in expected)
        print_into(page, tmp_path / "in.pdf", monkeypatch)
        page.write_button.click()
        choose_in_menu(page.write_button, "In ra giấy")
        settled(page, qtbot)
        assert printed_pages(tmp_path / "in.pdf") == [(210, 297)]


def test_what_has_to_wait_says_for_what(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    with opened(DocumentsPage, app, qtbot, qapp) as page:
        for ident, words_of_it in (
            ("lotus", "khi giải đã rõ"), ("ranking:", "Chờ phiếu chấm của vòng này"),
        ):  # fmt: skip
            row = next(one for one in page.table.rows if one.id.startswith(ident))
            choose(page, row.id, qtbot)
            assert not page.write_button.isEnabled()
            assert words_of_it in words(page)
        assert choose(page, "tables", qtbot).ready
        assert page.write_button.isEnabled()


def test_documents_from_the_command_line(
    app: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(app, CLEAR)
    app.store.close()
    assert run(["results", "papers", str(app.folder)]) == 0
    assert "contestants" in capsys.readouterr().out
    file = tmp_path / "list.pdf"
    assert run(["results", "paper", str(app.folder), "contestants", str(file)]) == 0
    assert "Đỗ Ngọc Ẩn Thử" in pdf_words(file)
    assert run(["results", "paper", str(app.folder), "poem", str(file)]) == 1


def test_the_log_is_filtered_by_kind_and_day(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(LogPage, app, qtbot, qapp) as page:
        everything = len(page.table.rows)
        assert everything >= 2
        page.kind.setCurrentIndex(page.kind.findData("contest"))
        assert {row.action.partition(".")[0] for row in page.table.rows} == {"contest"}
        page.kind.setCurrentIndex(0)
        page.since.text = "hôm qua"
        page.take_day()
        assert page.since.refused
        assert len(page.table.rows) == everything
        page.since.text = "01/01/2099"
        page.take_day()
        settle(page, qtbot)
        assert page.table.rows == []
        page.since.text = ""
        page.take_day()
        settle(page, qtbot)
        assert len(page.table.rows) == everything


def test_the_newest_comes_first_in_words(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    with opened(LogPage, app, qtbot, qapp) as page:
        assert page.table.rows[0].action == "contest.papers_set"
        model = page.table.model()
        assert model.index(0, 2).data() == "Ghi nội dung in trên giấy tờ."


def test_the_log_is_filtered_by_words_person_and_last_day(
    app: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(LogPage, app, qtbot, qapp) as page:
        everything = len(page.table.rows)
        QTest.keyClicks(page.search.edit, "giay to")
        assert [row.action for row in page.table.rows] == ["contest.papers_set"]
        page.search.text = ""
        page.search.edit.textEdited.emit("")
        assert len(page.table.rows) == everything
        page.actor.setCurrentIndex(page.actor.findData("secretary"))
        assert {row.actor for row in page.table.rows} == {"secretary"}
        page.actor.setCurrentIndex(0)
        for day, count in (("01/01/2020", 0), ("01/01/2099", everything)):
            page.until.text = day
            QTest.keyClick(page.until.edit, Qt.Key.Key_Return)
            settle(page, qtbot)
            assert len(page.table.rows) == count


def test_what_is_shown_of_the_log_is_written_as_csv(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with opened(LogPage, app, qtbot, qapp) as page:
        QTest.keyClicks(page.search.edit, "giay to")
        keep_as(page, tmp_path / "log", monkeypatch)
        page.export_button.click()
        settled(page, qtbot)
        lines = (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 1 + len(page.table.rows)
        assert "Ghi nội dung in trên giấy tờ." in lines[-1]
    app.store.close()
    assert run(["upkeep", "log", str(app.folder), "--csv", str(tmp_path / "all.csv")]) == 0
    assert len((tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()) > len(lines)
