"""Opening a pack, the list, the review, handing in and taking over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.points import read_points
from judgeapp.exchange.score_file import read_score_file
from judgeapp.gui.pages.desk_open import OpenPackPage
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.toast import Toast
from judgeapp.services.context import Machine
from judgeapp.services.desk import Desk
from judgeapp.services.marking import TypedMark, enter_marks, report_problem
from judgeapp.services.score_files import export_score_file
from tests.gui.desk_kit import (
    C1,
    C2,
    ONE,
    OUTLINE,
    SAID_BY_THE_MACHINE,
    TALK,
    TWO,
    AtTheDesk,
    at_the_desk,
    pack_of_all,
)
from tests.judging_kit import desk

pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)

ALL = [
    (who, part, what)
    for who in (ONE, TWO)
    for part, what in ((OUTLINE, C1), (OUTLINE, C2), (TALK, C1))
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of_all(tmp_path_factory.mktemp("office"))


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path) -> Iterator[AtTheDesk]:
    yield from at_the_desk(qtbot, qapp, machine, pack)


@pytest.fixture
def opening(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[OpenPackPage]:
    start_theme(qapp)
    page = OpenPackPage(Session(machine))
    qtbot.addWidget(page)
    page.show()
    yield page
    page._session.tasks.wait()
    page.close()


def words(widget: QWidget) -> str:
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def give(at: AtTheDesk, *points: str) -> None:
    """Give marks in the order of `ALL` as if they had been typed, and show them."""
    assert read_points(points[0], maximum=Decimal(10), step=Decimal("0.5"))
    marks = [TypedMark(*place, text) for place, text in zip(ALL, points, strict=False)]
    enter_marks(at.page.desk, marks=marks)
    at.page.typing.load()
    at.settle()


def test_a_pack_is_opened_by_saying_who_one_is(
    opening: OpenPackPage, pack: Path, qtbot: QtBot
) -> None:
    opening.look_at(pack)
    qtbot.waitUntil(lambda: opening.judges is not None)
    qtbot.waitUntil(lambda: "Hội thi thử" in words(opening))
    assert not opening.begin.isEnabled()
    assert opening.judges is not None
    opening.judges.choose("J07")
    opening.judges.chosen.emit("J07")
    assert opening.begin.isEnabled()
    with qtbot.waitSignal(opening.opened) as found:
        qtbot.mouseClick(opening.begin, Qt.MouseButton.LeftButton)
    opened = found.args[0]
    assert isinstance(opened, Desk)
    assert opened.judge == "J07"
    opened.store.close()


def test_what_is_no_pack_is_refused_in_words(
    opening: OpenPackPage, pack: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "ảnh").mkdir()
    opening.look_at(tmp_path / "ảnh")
    qtbot.waitUntil(lambda: "ảnh" in words(opening))
    assert opening.judges is None
    assert not opening.begin.isVisible()
    opening.look_at(pack)
    qtbot.waitUntil(lambda: opening.judges is not None)
    assert "ảnh" not in words(opening)


def test_the_list_counts_filters_and_opens_by_enter(at: AtTheDesk) -> None:
    give(at, "8", "7", "9", "6")
    rows = at.page.list.table.rows
    assert [row.state for row in rows] == ["done", "begun"]
    at.page.list.segment.choose("begun")
    at.page.list.fill()
    assert [row.contestant for row in at.page.list.table.rows] == [TWO]
    assert "Còn 1 bài chưa đủ điểm" in words(at.page.list)
    at.page.list.table.setFocus()
    at.page.list.table.select(0)
    at.press(Qt.Key.Key_Return)
    assert at.page.pages.currentWidget() is at.page.score
    assert at.current() == (TWO, OUTLINE, C2)


def test_who_judges_blind_reads_of_codes_alone(
    qtbot: QtBot, qapp: QApplication, machine: Machine, tmp_path: Path
) -> None:
    for at in at_the_desk(qtbot, qapp, machine, pack_of_all(tmp_path, blind=True)):
        heads = at.page.list.table.model()
        assert [heads.headerData(n, Qt.Orientation.Horizontal) for n in range(heads.columnCount())][
            :2
        ] == ["Mã bài", "Bài"]
        assert at.page.list.search.placeholderText() == "Tìm mã bài"
        (row,) = at.page.list.table.rows  # the other one is barred
        enter_marks(
            at.page.desk,
            marks=[
                TypedMark(row.contestant, part, what, "8")
                for part, what in ((OUTLINE, C1), (OUTLINE, C2), (TALK, C1))
            ],
        )
        at.page.typing.load()
        at.settle()
        at.page.show_review()
        at.settle()
        assert at.page.typing.view.barred
        assert "Không chấm" not in words(at.page.review)
        assert "thí sinh" not in words(at.page.review).lower()


def test_going_on_opens_what_was_begun(at: AtTheDesk) -> None:
    assert at.page.list.go_on.text() == "Bắt đầu chấm"
    give(at, "8")
    assert at.page.list.go_on.text() == "Chấm tiếp"
    at.qtbot.mouseClick(at.page.list.go_on, Qt.MouseButton.LeftButton)
    assert at.current() == (ONE, OUTLINE, C2)


def test_the_review_ranks_shares_and_shows_what_is_missing(at: AtTheDesk) -> None:
    give(at, "8", "7", "9", "9", "7")
    at.page.show_review()
    review = at.page.review
    assert not review.hand_in.isEnabled()
    assert "Còn thiếu 1 điểm" in words(review)
    texts = {
        row.contestant: [column.text(row) for column in review.table._rows_model.columns]
        for row in review.table.rows
    }
    assert texts[TWO][0] == "–"
    assert "Thiếu 1 điểm" in texts[TWO]
    give(at, "8", "7", "9", "9", "7", "8")
    assert [row.rank for row in review.table.rows] == [1, 1]
    assert review.hand_in.isEnabled()


def test_a_hint_never_blocks(at: AtTheDesk) -> None:
    give(at, "9", "9", "9", "8", "7", "9")
    at.page.show_review()
    assert at.page.review.hand_in.isEnabled()
    hints = [at.page.review._hint_words(row) for row in at.page.review.table.rows]
    assert hints == ["Mọi tiêu chí 90 %", ""]


def test_handing_in_writes_the_file_once_and_shows_the_receipt(
    at: AtTheDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(at, "8", "7", "9", "9", "7", "8")
    at.page.show_review()
    target = tmp_path / "nộp" / "J07.score"
    target.parent.mkdir()
    monkeypatch.setattr(at.session.dialogs, "save_file", lambda *_: target)
    at.qtbot.mouseDClick(at.page.review.hand_in, Qt.MouseButton.LeftButton)
    at.page.hand_in()
    at.settle()
    page = at.page.handed_in
    assert at.page.pages.currentWidget() is page
    written = read_score_file(target.read_bytes(), name="")
    assert (written.header.number, written.header.final) == (1, True)
    assert len(page.receipt.text().replace("-", "")) == 12
    assert str(target) in words(page)
    at.page.show_list()
    at.settle()
    assert page.receipt.text() in words(at.page.list)


def test_an_unfinished_copy_can_be_written_at_any_time(at: AtTheDesk, tmp_path: Path) -> None:
    give(at, "8")
    at.page.write(tmp_path / "copy.score")
    at.settle()
    assert "Đã ghi bản chưa xong: 0 trong 4 phiếu chấm" in words(at.page.handed_in)
    assert not read_score_file((tmp_path / "copy.score").read_bytes(), name="").header.final


def test_a_disk_that_cannot_be_written_is_said_and_can_be_tried_again(
    at: AtTheDesk, tmp_path: Path
) -> None:
    give(at, "8")
    at.page.write(tmp_path / "nowhere" / "a.score")
    at.settle()
    assert [error.code for error in at.errors] == ["files.folder_missing"]
    assert at.page.pages.currentWidget() is not at.page.handed_in
    at.page.write(tmp_path / "a.score")
    at.settle()
    assert at.page.pages.currentWidget() is at.page.handed_in


def test_a_second_laptop_goes_on_from_a_score_file(
    at: AtTheDesk, machine: Machine, pack: Path, tmp_path: Path
) -> None:
    other = desk(machine, pack, folder=tmp_path / "other")
    enter_marks(other, marks=[TypedMark(ONE, OUTLINE, C1, "7,5")])
    export_score_file(other, target=tmp_path / "other.score")
    other.store.close()
    at.page.take_over_from(tmp_path / "other.score")
    at.settle()
    at.settle()
    assert at.points() == Decimal("7.5")
    toast = at.page.findChild(Toast)
    assert toast is not None
    toast.vanish()


def test_another_judges_file_is_refused_in_words(
    at: AtTheDesk, machine: Machine, pack: Path, tmp_path: Path
) -> None:
    other = desk(machine, pack, "J05", folder=tmp_path / "other")
    export_score_file(other, target=tmp_path / "other.score")
    other.store.close()
    at.page.take_over_from(tmp_path / "other.score")
    at.settle()
    assert [error.code for error in at.errors] == ["judging.other_judge"]


def test_the_sheet_to_sign_is_written_from_the_receipt(
    at: AtTheDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    give(at, "8", "7", "9", "9", "7", "8")
    at.page.write(tmp_path / "a.score")
    at.settle()
    target = tmp_path / "phiếu.pdf"
    monkeypatch.setattr(at.session.dialogs, "save_file", lambda *_: target)
    at.qtbot.mouseClick(at.page.handed_in.sheet, Qt.MouseButton.LeftButton)
    at.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert opened == [str(target)]
    assert str(target) in words(at.page.handed_in)


def test_the_review_names_what_is_missing_reported_and_equal(at: AtTheDesk) -> None:
    give(at, "8", "7", "9", "9", "7")
    report_problem(at.page.desk, contestant=ONE, problem="Clip đen.")
    at.page.typing.load()
    at.settle()
    at.page.show_review()
    review = at.page.review
    at.qtbot.waitUntil(lambda: "02 · Thí sinh 02, “Tiêu chí c1”" in words(review))
    assert "Đã báo sự cố: 1 bài" in words(review)
    give(at, "8", "7", "9", "9", "7", "8")
    assert "Từ 24 đến 24, ở giữa 24. 2 bài có tổng bằng bài khác." in words(at.page.review)


def is_whole(widget: QWidget) -> bool:
    """Whether all of it can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("size", [(1366, 690), (1093, 545), (911, 440), (683, 345)])
def test_what_hands_in_can_be_reached_at_each_size(at: AtTheDesk, size: tuple[int, int]) -> None:
    give(at, "8", "7", "9", "9", "7", "8")
    at.page.resize(*size)
    at.page.show_list()
    at.qtbot.waitUntil(partial(is_whole, at.page.list.review))
    at.page.show_review()
    at.qtbot.waitUntil(partial(is_whole, at.page.review.hand_in))
    assert (at.page.width(), at.page.height()) == size


@pytest.mark.parametrize(("width", "sums"), [(1366, True), (460, False)])
def test_names_stay_whole_where_sums_step_back(at: AtTheDesk, width: int, sums: bool) -> None:
    give(at, "8", "7", "9", "9", "7", "8")
    at.page.resize(width, 690)
    for page, show in (
        (at.page.list, at.page.show_list),
        (at.page.review, at.page.show_review),
    ):
        show()
        head = page.table.horizontalHeader()
        at.qtbot.waitUntil(partial(is_whole, page.table))
        shown = [
            column.title
            for number, column in enumerate(page.table._rows_model.columns)
            if not head.isSectionHidden(number)
        ]
        assert "Tổng" in shown
        assert ("Phần outline" in shown or "Tiêu chí c1" in shown) == sums
        assert page.table.columnWidth(1) >= 80
