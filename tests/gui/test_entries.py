"""The page of entries with real files: a folder is looked into, asked about, attached, checked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.bootstrap import open_contest
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.people import Contestant, Unit
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.gui.pages.entries import EntriesPage
from judgeapp.gui.pages.entries_attach import ContestantChooser
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.media.clip_writer import write_clip
from judgeapp.services.context import Context
from judgeapp.services.entries import list_entries

NAMES = ["Lò Thị Én", "Phạm Quốc Đạt", "Trần Thị Thu Hà", "Trần Thị Thu Hà"]
OUTLINE = OutlineText("ĐỀ CƯƠNG", "Chuyển đổi số", [], ["Nội dung chính của đề cương."])

pytestmark = pytest.mark.qt_log_ignore(
    r"pipewire", r"PulseAudio", r"propagateSizeHints", r"RHI", r"No HW decoder", r"FFmpeg",
    extend=True,
)  # fmt: skip


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    for number in range(3):
        write_clip(folder / f"{number}.mp4", seconds=1, text=str(number), seed=number)
    return [folder / f"{number}.mp4" for number in range(3)]


@pytest.fixture
def folder(tmp_path: Path, clips: list[Path]) -> Path:
    """One sure clip, one of namesakes, one outline."""
    folder = tmp_path / "nhận về"
    folder.mkdir()
    shutil.copy(clips[0], folder / "01.mp4")
    shutil.copy(clips[1], folder / "Tran Thi Thu Ha.mp4")
    (folder / "01.pdf").write_bytes(outline_pdf(OUTLINE))
    return folder


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, contest: Context) -> Iterator[EntriesPage]:
    people = [
        Contestant(ContestantId(f"{number:02}"), name, UnitId("1"))
        for number, name in enumerate(NAMES, start=1)
    ]
    with contest.write() as u:
        u.people.add_units([Unit(UnitId("1"), "Đảng bộ xã Nà Mây")], import_id=None)
        u.people.add_contestants(people, import_id=None)
        u.log("people.imported", count=len(people))
        u.commit()
    start_theme(qapp)
    session = Session(contest.machine)
    session.open(open_contest(contest.folder, contest.machine))
    session.show_error = _raise
    made = EntriesPage(session)
    session.bus.changed.connect(made.on_changed)
    qtbot.addWidget(made)
    made.resize(1130, 690)
    made.show()
    made.load()
    qtbot.waitUntil(lambda: made.board is not None)
    yield made
    made.close_drawer()
    session.close()


def _raise(error: JudgeError) -> None:
    raise error


def looked_into(page: EntriesPage, folder: Path, qtbot: QtBot) -> None:
    page.look_into(folder)
    qtbot.waitUntil(lambda: page.preview.report is not None)


def attached_and_checked(page: EntriesPage, qtbot: QtBot) -> None:
    page.preview.go.click()
    qtbot.waitUntil(
        lambda: (
            bool(page.board and page.board.counts()["all"])
            and not page.session.tasks.busy
            and page.board is not None
            and page.board.unchecked == 0
            and len(page.board.files("clip")) > 0
        ),
        timeout=60_000,
    )


def test_an_empty_page_says_what_to_do(page: EntriesPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert "Kéo cả thư mục" in page.empty.accessibleName()


def test_a_folder_is_shown_first_and_nothing_is_written(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    assert page.preview.go.text() == "Đính kèm 2 tệp"
    rows = [page.preview._look(row).text for row in page.preview.table.rows]
    assert rows == ["Của ai?", "Đính kèm", "Đính kèm"]
    assert list_entries(page.session.app).files == ()
    page.preview.close_preview(-1)
    assert page.stack.currentWidget() is page.empty


def test_a_question_is_answered_by_keyboard_and_all_is_attached(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    QTest.keyClick(page.preview.table, Qt.Key.Key_Return)
    chooser = page.findChild(ContestantChooser)
    assert chooser is not None
    assert [chooser.people.item(row).text()[:2] for row in range(4)] == ["03", "04", "01", "02"]
    chooser._search.setText("04")
    QTest.keyClick(chooser._search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.preview.go.text() == "Đính kèm 3 tệp")
    attached_and_checked(page, qtbot)
    stored = {(f.contestant, f.kind) for f in list_entries(page.session.app).files}
    assert stored == {("01", "clip"), ("01", "outline"), ("04", "clip")}


def test_filters_add_up_and_each_card_says_what_was_found(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    assert page.board is not None
    counts = page.board.counts()
    assert counts["all"] == 4 == sum(counts.values()) - counts["all"]
    for state in ("look", "missing", "waiting", "good"):
        page.filters.choose(state)
        page._show_cards()
        assert page.grid.cards.rowCount() == counts[state]
    page.filters.choose("all")
    page._show_cards()
    model = page.grid.cards
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("01 Lò Thị Én, 0:01, ")
    assert "Chưa nộp bài" in str(model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole))


def test_the_drawer_plays_and_lets_the_clip_go(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    page.grid.select("01")
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    detail = page.detail
    assert detail is not None
    clip = detail.card.clip
    assert clip is not None
    detail.play(clip, 0.0)
    player = detail.player
    assert player is not None
    qtbot.waitUntil(lambda: player.screen_.has_picture)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.drawer_is_open
    assert not player._engine.has_source


def test_words_that_ask_again_name_the_file_and_the_finding(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    assert page.board is not None
    card = page.board.cards[0]
    page._copy_message(card)
    copied = QGuiApplication.clipboard().text()
    assert "Lò Thị Én" in copied
    assert "01.mp4: Dài 0:01" in copied or "- 01.mp4" in copied


def test_a_file_is_replaced_with_a_reason(
    page: EntriesPage,
    folder: Path,
    clips: list[Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    assert page.board is not None
    card = page.board.cards[0]
    before = {file.stored_name for file in card.files}
    page.open_card(card)
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: None)
    page.replace(card, clips[2])
    page.session.tasks.wait()
    assert {f.stored_name for f in list_entries(page.session.app).files} >= before
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: "clip mất tiếng")
    page.replace(card, clips[2])
    qtbot.waitUntil(
        lambda: (
            page.board is not None
            and {f.stored_name for f in page.board.cards[0].files} != before
            and page.board.unchecked == 0
            and not page.session.tasks.busy
        ),
        timeout=60_000,
    )
