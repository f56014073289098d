"""The page of score files: what dropped files would do, applying them, who is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.score_files import ScoreFilesPage
from judgeapp.gui.pages.score_files_side import ChangesPanel, KeptPanel, ReminderPanel
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk import Desk
from judgeapp.services.marking import comment_on_entry, report_problem
from judgeapp.services.score_matrix import sheet_matrix
from tests.gui.results_kit import opened, settle, words
from tests.judging_kit import build_pack, desk, make_contest, sent


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest")


@pytest.fixture
def at(app: Context, machine: Machine, tmp_path: Path) -> Desk:
    return desk(machine, build_pack(app, tmp_path / "packs"))


def first_cell(page: ScoreFilesPage) -> str:
    """Return how the sheet of the judge at the desk for the first contestant stands."""
    return next(row.cells[0] for row in page.matrix.states.rows if row.id == "J07")


def test_dropped_files_are_looked_at_and_count_after_the_button(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = sent(at, tmp_path / "1", n01="8")
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file.parent))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier))
        settle(page, qtbot)
        assert [row.verdict for row in page.files.rows] == ["new"]
        assert "1 điểm mới" in words(page)
        assert first_cell(page) == "new"
        assert sheet_matrix(app).files == ()
        page.apply_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert [kept.verdict for kept in sheet_matrix(app).files] == ["new"]
        assert first_cell(page) == "known"
        assert page.looked == ()


def test_looking_away_writes_nothing(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = sent(at, tmp_path / "1", n01="8")
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([file])
        settle(page, qtbot)
        page.leave()
        assert page.files.rows == []
        assert sheet_matrix(app).files == ()


def test_changed_marks_are_shown_only_after_a_press(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    second = sent(at, tmp_path / "2", n01="7,25")
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([second])
        settle(page, qtbot)
        assert first_cell(page) == "changed"
        page.files.opened.emit(page.files.rows[0])
        panel = page.findChild(ChangesPanel)
        assert panel is not None
        assert "7,25" not in words(panel)
        panel.show_button.click()
        assert "7,25" in words(panel)


def test_a_damaged_file_is_told_with_its_reason(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = tmp_path / "GK7.score"
    file.write_bytes(b"")
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([file])
        settle(page, qtbot)
        (row,) = page.files.rows
        assert row.verdict == "damaged"
        assert "rỗng" in row.why


def test_a_folder_without_score_files_is_refused_in_words(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    (tmp_path / "empty").mkdir()
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([tmp_path / "empty"])
        settle(page, qtbot)
        assert [e.code for e in page.refused] == ["packs.no_score_files"]  # type: ignore[attr-defined]  # of the kit


def test_who_is_missing_gets_a_message(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.remind_button.click()
        panel = page.findChild(ReminderPanel)
        assert panel is not None
        assert any("02" in message for message in panel.messages)


def kept_panel(page: ScoreFilesPage, qtbot: QtBot) -> KeptPanel:
    page.files.select(0)
    QTest.keyClick(page.files, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(KeptPanel) is not None)
    panel = page.findChild(KeptPanel)
    assert panel is not None
    return panel


def test_a_file_is_taken_back_with_a_reason_and_counts_again(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    collect_file(app, file=sent(at, tmp_path / "2", n01="7,25", n02="5"))
    asked: list[tuple[str, str]] = []

    def answer(title: str, body: str, *_: object, **__: object) -> str:
        asked.append((title, body))
        return "gửi nhầm"

    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "ask_text", answer)
        kept_panel(page, qtbot).turn_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        (said,) = asked
        assert said[0].startswith("Rút tệp J07-")
        assert said[1] == "2 điểm trở lại như bản 0001; tệp vẫn được giữ trong nhật ký."
        assert not page.drawer_is_open
        qtbot.waitUntil(lambda: sheet_matrix(app).files[1].taken_back)
        settle(page, qtbot)
        assert "đã rút" in page.files.rows[0].why
        kept_panel(page, qtbot).turn_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert not sheet_matrix(app).files[1].taken_back


def test_without_a_reason_nothing_is_taken_back(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: None)
        kept_panel(page, qtbot).turn_button.click()
        settle(page, qtbot)
        settle(page, qtbot)
        assert not sheet_matrix(app).files[0].taken_back


def test_a_file_that_changes_nothing_is_only_kept(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = sent(at, tmp_path / "1", n01="8")
    collect_file(app, file=file)
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([file])
        settle(page, qtbot)
        assert page.apply_button.text() == "Giữ lại 1 tệp"
        assert "Không điểm nào mới hay đổi" in words(page)


def test_a_broken_file_shows_at_its_judge(
    app: Context, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    file = tmp_path / "J07-ABCD-0001.score"
    file.write_bytes(b"PK")
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        page.look([file])
        settle(page, qtbot)
        second = {row.id: row.second for row in page.matrix.states.rows}
        assert second["J07"] == "J07 · tệp hỏng"
        assert second["J05"] == "J05 · chưa gửi"


def test_reported_problems_and_comments_are_read_in_the_drawer(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    one, two = ContestantId("01"), ContestantId("02")
    report_problem(at, contestant=two, problem="Clip không có tiếng.")
    comment_on_entry(at, contestant=one, comment="Có dẫn chứng riêng.")
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        settle(page, qtbot)
        assert "Giám khảo báo sự cố ở 1 bài" in words(page)
        QTest.mouseClick(page.remarks.button, Qt.MouseButton.LeftButton)
        said = words(page)
        assert said.index("Clip không có tiếng.") < said.index("Có dẫn chứng riêng.")
        assert "02 · Thí sinh 02" in said
        assert "J07 · Giám khảo J07" in said


def test_where_nothing_was_said_nothing_is_shown(
    app: Context, at: Desk, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    collect_file(app, file=sent(at, tmp_path / "1", n01="8"))
    with opened(ScoreFilesPage, app, qtbot, qapp) as page:
        settle(page, qtbot)
        assert not page.remarks.isVisible()
