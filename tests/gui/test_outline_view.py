"""Outlines as one sees them: pages, zoom, search, text, and what cannot be shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from judgeapp.formats.outline_docx import outline_docx
from judgeapp.formats.outline_pdf import outline_pdf
from judgeapp.formats.outline_text import OutlineText
from judgeapp.gui.outline_view import OutlineView
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.services.context import Machine

OUTLINE = OutlineText(
    "ĐỀ CƯƠNG", "Chuyển đổi số", [], ["Nội dung chính của đề cương."] * 120 + ["Kết luận <b>."]
)

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints", extend=True)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, machine: Machine) -> Iterator[OutlineView]:
    start_theme(qapp)
    session = Session(machine)
    made = OutlineView(session)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    yield made
    made.clear()
    session.tasks.wait()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "d0001.pdf"
    path.write_bytes(outline_pdf(OUTLINE))
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "d0002.docx"
    path.write_bytes(outline_docx(OUTLINE))
    return path


def search_field(view: OutlineView) -> QLineEdit:
    return view.findChildren(QLineEdit)[0]


def test_pages_are_turned(view: OutlineView, pdf: Path, qtbot: QtBot) -> None:
    view.load(pdf)
    assert view.is_pdf
    assert view.pages > 1
    view.turn(1)
    qtbot.waitUntil(lambda: view.page == 2)
    view.turn(99)
    qtbot.waitUntil(lambda: view.page == view.pages)
    view.turn(-99)
    qtbot.waitUntil(lambda: view.page == 1)


def test_words_are_found_in_a_pdf(view: OutlineView, pdf: Path, qtbot: QtBot) -> None:
    view.load(pdf)
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search_field(view).setText("Kết luận")
    qtbot.waitUntil(lambda: view._places.text() == "1 / 1")
    qtbot.waitUntil(lambda: view.page == view.pages)
    search_field(view).setText("không có ở đây")
    qtbot.waitUntil(lambda: view._places.text() == view.texts("gui.outline.not_found"))


def test_a_pdf_is_zoomed_by_keyboard(view: OutlineView, pdf: Path) -> None:
    view.load(pdf)
    control = Qt.KeyboardModifier.ControlModifier
    fitted = view._pdf._factor()
    QTest.keyClick(view._pdf, Qt.Key.Key_Plus, control)
    assert view._pdf.zoomFactor() == pytest.approx(fitted * 1.2)
    QTest.keyClick(view._pdf, Qt.Key.Key_0, control)
    assert view._pdf._factor() == pytest.approx(fitted)


def test_a_docx_is_text_to_read_and_search(view: OutlineView, word: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.loaded):
        view.load(word)
    assert "Nội dung chính của đề cương." in view.text
    assert "Kết luận <b>." in view.text  # letters are never markup
    search_field(view).setText("Kết luận")
    assert view._text.textCursor().selectedText() == "Kết luận"
    before = view._text.document().size().height()
    view.zoom(2)
    assert view._text.document().size().height() > before
    view.zoom(0)
    assert view._text.document().size().height() == before


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.pdf", b"no pdf", "gui.outline.failed.damaged"),
        ("a.pdf", None, "gui.outline.failed.gone"),
        ("a.doc", b"x", "gui.outline.failed.kind"),
    ],
)
def test_what_cannot_be_shown_is_said_in_words(
    view: OutlineView, tmp_path: Path, qtbot: QtBot, name: str, content: bytes | None, key: str
) -> None:
    path = tmp_path / "bad" / name
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    with qtbot.waitSignal(view.failed) as told:
        view.load(path)
    assert told.args == [view.texts(key)]
    assert view._open.isVisible() == (content is not None)


DATA = Path(__file__).parent.parent / "data" / "outlines"
KNOWN = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_known_outline_is_shown_or_says_why_not(
    view: OutlineView, qtbot: QtBot, name: str
) -> None:
    said: list[str] = []
    view.failed.connect(said.append)
    view.load(DATA / name)
    qtbot.waitUntil(lambda: bool(said or view.pages or view.text), timeout=20_000)
    if KNOWN[name]["opens"]:
        assert view.pages == KNOWN[name]["pages"]
        assert not said
    elif said:  # what can be shown of one that is refused at the office is shown
        assert said[0].endswith(".")
        assert not view.pages


def test_a_damaged_docx_is_refused_with_its_name(
    view: OutlineView, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "d0003.docx"
    path.write_bytes(b"PK no archive")
    with qtbot.waitSignal(view.failed) as told:
        view.load(path)
    assert "d0003.docx" in told.args[0]


def test_an_answer_that_comes_too_late_is_not_shown(
    view: OutlineView, word: Path, pdf: Path
) -> None:
    view.load(word)
    view.load(pdf)
    view.session.tasks.wait()
    QApplication.processEvents()
    assert view.is_pdf
