"""The pages of documents and of the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.documents import DocumentsPage
from judgeapp.gui.pages.log import LogPage
from judgeapp.services.context import Context, Machine
from judgeapp.services.papers import set_papers
from tests.gui.results_kit import opened, settle, words
from tests.services.prize_contest import CLEAR, PAPERS, mark, prize_contest


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    made = prize_contest(machine, tmp_path / "contest")
    set_papers(made, body=PAPERS)
    return made


def test_tables_and_certificates_are_written_by_one_click(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    out, pdf = tmp_path / "out", tmp_path / "c.pdf"
    with opened(DocumentsPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "open_folder", lambda *a, **k: out)
        monkeypatch.setattr(page.session.dialogs, "save_file", lambda *a, **k: pdf)
        page.buttons["tables"].click()
        settle(page, qtbot)
        assert (out / "ket-qua.xlsx").is_file()
        page.buttons["lotus"].click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert len(PdfReader(pdf).pages) == 6


def test_what_has_to_wait_says_for_what(app: Context, qtbot: QtBot, qapp: QApplication) -> None:
    with opened(DocumentsPage, app, qtbot, qapp) as page:
        assert not page.buttons["lotus"].isEnabled()
        assert page.buttons["tables"].isEnabled()
        assert "khi giải đã rõ" in words(page)


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
