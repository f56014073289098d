"""The page of awards: prizes with questions and changes, certificates, what the office says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.awards import AwardsPage
from judgeapp.services.awards import propose
from judgeapp.services.certificate_list import certificate_sheets
from judgeapp.services.context import Context, Machine
from judgeapp.services.papers import show_papers
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


def test_certificates_are_shown_as_paper_and_printed(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with opened(AwardsPage, app, qtbot, qapp) as page:
        page.show_view("lotus")
        settle(page, qtbot)
        settle(page, qtbot)
        assert page.sheets.paper.image is not None
        out = tmp_path / "giấy"
        monkeypatch.setattr(page.session.dialogs, "save_file", lambda *a, **k: out)
        page.sheets.one_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert len(PdfReader(tmp_path / "giấy.pdf").pages) == 1
        assert [line.serial for line in page.sheets.log.rows] == ["001/2026"]


def test_a_sheet_that_does_not_fit_is_named_and_the_others_print(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mark(app, CLEAR)
    with app.write() as u:
        for person in u.people.contestants():
            if person.id == ContestantId("01"):
                u.people.update_contestant(replace(person, name="Lê Thị Ánh Thử " * 14))
        u.log("test.renamed")
        u.commit()
    with opened(AwardsPage, app, qtbot, qapp) as page:
        page.show_view("lotus")
        settle(page, qtbot)
        settle(page, qtbot)
        assert "1 tờ chưa vừa" in words(page)
        out = tmp_path / "all.pdf"
        monkeypatch.setattr(page.session.dialogs, "save_file", lambda *a, **k: out)
        page.sheets.all_button.click()
        settle(page, qtbot)
        assert len(PdfReader(out).pages) == 5
        assert [s.serial for s in certificate_sheets(app).sheets].count(None) == 1


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
