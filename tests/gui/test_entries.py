"""The page of entries with real files: a folder is looked into, asked about, attached, checked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.bootstrap import open_contest
from judgeapp.domain.errors import JudgeError
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.gui.message_dialog import Way
from judgeapp.gui.pages.entries import EntriesPage
from judgeapp.gui.pages.entries_attach import ContestantChooser
from judgeapp.gui.pages.entries_cards import Card
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.button import Button
from judgeapp.services.context import Context
from judgeapp.services.entries import list_entries
from tests.entries_kit import OUTLINE, add_people, small_clips
from tests.gui.results_kit import words
from tests.judging_kit import criterion, one_round, part, set_definition

HEVC = Path(__file__).parent.parent / "data" / "clips" / "c02_hevc.mp4"

pytestmark = pytest.mark.qt_log_ignore(
    r"pipewire", r"PulseAudio", r"propagateSizeHints", r"RHI", r"No HW decoder", r"FFmpeg",
    extend=True,
)  # fmt: skip


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return small_clips(tmp_path_factory.mktemp("clips"), 3)


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
    add_people(contest)
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


def done(page: EntriesPage, qtbot: QtBot) -> None:
    """Wait until all work is over and shown."""
    qtbot.waitUntil(
        lambda: not page.session.tasks.busy and not page.work.busy and page.board is not None,
        timeout=60_000,
    )


def card(page: EntriesPage, number: str) -> Card:
    assert page.board is not None
    return next(card for card in page.board.cards if card.id == number)


def pressed(page: EntriesPage, words: str) -> None:
    """Press the button that says so in the drawer."""
    detail = page.detail
    assert detail is not None
    button = next(b for b in detail.findChildren(Button) if b.text() == words)
    button.click()


def handed_in(page: EntriesPage, number: str, path: Path, qtbot: QtBot) -> None:
    """Take a file in and look into it."""
    page.take_in(card(page, number), path)
    done(page, qtbot)
    done(page, qtbot)


def drop(page: EntriesPage, widget: QWidget, at: QPoint, *paths: Path) -> bool:
    """Drop files on a widget as a person does; return whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(widget, enter)
    move = QDragMoveEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(widget, move)
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted() and event.isAccepted()


def test_a_file_is_replaced_with_a_reason(
    page: EntriesPage,
    folder: Path,
    clips: list[Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    before = {file.stored_name for file in card(page, "01").files}
    page.open_card(card(page, "01"))
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: None)
    page.take_in(card(page, "01"), clips[2])
    done(page, qtbot)
    assert {f.stored_name for f in list_entries(page.session.app).files} >= before
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: "clip mất tiếng")
    handed_in(page, "01", clips[2], qtbot)
    assert {f.stored_name for f in card(page, "01").files} != before
    assert page.board is not None
    assert page.board.unchecked == 0


def test_a_missing_file_is_taken_in_from_the_drawer(
    page: EntriesPage,
    folder: Path,
    clips: list[Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    page.open_card(card(page, "02"))
    monkeypatch.setattr(page.session.dialogs, "open_file", lambda *a: clips[1])
    pressed(page, "Nộp tệp…")  # the first missing part is the outline: the part is meant
    done(page, qtbot)
    done(page, qtbot)
    (file,) = card(page, "02").files
    assert (file.contestant, file.original_name) == ("02", "1.mp4")


def test_a_file_dropped_on_a_card_is_that_contestants(
    page: EntriesPage, folder: Path, clips: list[Path], qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    place = page.grid.visualRect(page.grid.cards.index(2)).center()
    assert drop(page, page.grid.viewport(), place, clips[2])
    done(page, qtbot)
    done(page, qtbot)
    assert [file.original_name for file in card(page, "03").files] == ["2.mp4"]
    assert card(page, "03").length == "0:01"  # it was looked into by itself


def test_a_file_dropped_beside_the_cards_is_asked_about(
    page: EntriesPage, folder: Path, clips: list[Path], qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    assert drop(page, page, QPoint(5, 5), clips[2])
    chooser = page.findChild(ContestantChooser)
    assert chooser is not None
    chooser._search.setText("dat")
    QTest.keyClick(chooser._search, Qt.Key.Key_Return)
    done(page, qtbot)
    done(page, qtbot)
    assert [file.original_name for file in card(page, "02").files] == ["2.mp4"]


def test_a_dropped_folder_is_looked_into(page: EntriesPage, folder: Path, qtbot: QtBot) -> None:
    assert drop(page, page, QPoint(5, 5), folder)
    qtbot.waitUntil(lambda: page.preview.report is not None)
    assert page.stack.currentWidget() is page.preview
    attached_and_checked(page, qtbot)
    place = page.grid.visualRect(page.grid.cards.index(1)).center()
    assert drop(
        page, page.grid.viewport(), place, folder
    )  # onto a card: it is a folder all the same
    assert page.stack.currentWidget() is page.preview
    done(page, qtbot)


def test_a_file_that_replaces_another_is_taken_in_from_the_folders_list(
    page: EntriesPage,
    folder: Path,
    clips: list[Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    shutil.copy(clips[2], folder / "01.mp4")
    page.preview.report = None
    looked_into(page, folder, qtbot)
    page.preview._open(next(f for f in page.preview.table.rows if f.question == "replaces"))
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: "nộp lại")
    next(b for b in page.findChildren(Button) if b.text() == "Thay tệp…").click()
    done(page, qtbot)
    stored = next(f for f in list_entries(page.session.app).files if f.kind == "clip")
    copy = page.session.app.folder / "media" / stored.stored_name
    assert copy.read_bytes() == clips[2].read_bytes()
    assert not [file for file in page.preview.table.rows if file.question == "replaces"]


def test_where_two_parts_take_clips_the_part_is_asked(
    page: EntriesPage, folder: Path, clips: list[Path], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    talks = (part("talk", [criterion("c1")]), part("answers", [criterion("c1")]))
    set_definition(page.session.app, one_round(*talks))
    page.load()
    done(page, qtbot)
    asked: list[list[str]] = []

    def choose(title: str, body: str, ways: list[Way]) -> str:
        asked.append([way.id for way in ways])
        return "answers"

    monkeypatch.setattr(page.session.dialogs, "choose", choose)
    handed_in(page, "02", clips[0], qtbot)
    assert asked == [["talk", "answers"]]
    assert [file.part for file in card(page, "02").files] == ["answers"]
    looked_into(page, folder, qtbot)
    page.preview._open(next(f for f in page.preview.table.rows if f.file == "01.mp4"))
    next(b for b in page.findChildren(Button) if b.text() == "Chọn phần thi…").click()
    done(page, qtbot)
    done(page, qtbot)
    stored = {(f.contestant, f.part) for f in list_entries(page.session.app).files}
    assert ("01", "answers") in stored


def test_what_was_found_is_kept_with_a_reason_and_asks_no_more(
    page: EntriesPage, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    assert page.board is not None
    before = page.board.counts()
    assert card(page, "01").state == "look"  # a second is shorter than the rules want
    page.open_card(card(page, "01"))
    monkeypatch.setattr(page.session.dialogs, "ask_text", lambda *a, **k: "bài thi thử")
    pressed(page, "Giữ, ghi lý do…")
    done(page, qtbot)
    assert page.board.counts()["look"] == before["look"] - 1
    assert sum(page.board.counts().values()) == 2 * before["all"]
    assert page.detail is not None
    assert "Giữ vì: bài thi thử" in words(page.detail)
    model = page.grid.cards
    assert "Đã giữ, có lý do" in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))
    pressed(page, "Thôi giữ")
    done(page, qtbot)
    assert page.board.counts() == before


def test_a_clip_is_converted_from_the_head_and_the_original_kept(
    page: EntriesPage, qtbot: QtBot
) -> None:
    handed_in(page, "01", HEVC, qtbot)
    assert page.board is not None
    old = card(page, "01").clip
    assert old is not None
    (convert,) = [b for b in page.findChildren(Button) if b.text() == "Đổi định dạng 1 clip"]
    convert.click()
    done(page, qtbot)
    done(page, qtbot)
    new = card(page, "01").clip
    assert new is not None
    assert new.check is not None
    assert new.check.video_codec == "h264"
    assert not card(page, "01").odd_clips
    assert (page.session.app.folder / "media" / old.stored_name).is_file()


def test_converting_can_be_stopped(page: EntriesPage, qtbot: QtBot) -> None:
    handed_in(page, "01", HEVC, qtbot)
    old = card(page, "01").clip
    assert old is not None
    page.work.convert([old])
    assert page.work.busy
    page.work.stop()
    done(page, qtbot)
    assert card(page, "01").clip == old


def test_a_contestants_files_are_looked_into_again(
    page: EntriesPage, folder: Path, qtbot: QtBot
) -> None:
    looked_into(page, folder, qtbot)
    attached_and_checked(page, qtbot)
    clip = card(page, "01").clip
    assert clip is not None
    (page.session.app.folder / "media" / clip.stored_name).write_bytes(b"")
    page.work.check(card(page, "01").id)
    done(page, qtbot)
    done(page, qtbot)
    assert "empty" in {problem.code for problem in card(page, "01").problems}
