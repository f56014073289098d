"""Levels of a criterion at the desk: the fitting one is lit, named, and read out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.services.context import Machine
from tests.gui.desk_kit import SAID_BY_THE_MACHINE, AtTheDesk, at_the_desk, pack_of_all, wheel

pytestmark = pytest.mark.qt_log_ignore(*SAID_BY_THE_MACHINE, extend=True)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_of_all(tmp_path_factory.mktemp("office"))


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path) -> Iterator[AtTheDesk]:
    yield from at_the_desk(qtbot, qapp, machine, pack)


def lit(at: AtTheDesk) -> int | None:
    return at.page.score.rubric.card.levels._lit


def read_out(widget: QWidget) -> tuple[QAccessible.Role, str]:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.role(), found.text(QAccessible.Text.Name)


@pytest.mark.parametrize(
    ("typed", "level", "place"),
    [
        ("10", "Tốt", 0),
        ("9", "Tốt", 0),
        ("8,5", "Khá", 1),
        ("6,5", "Khá", 1),
        ("6", "Cần cố gắng", 2),
        ("0", "Cần cố gắng", 2),
    ],
)
def test_the_level_that_fits_is_lit_while_the_mark_is_typed(
    at: AtTheDesk, typed: str, level: str, place: int
) -> None:
    at.mark()
    card = at.page.score.rubric.card
    assert lit(at) is None
    at.type(typed)
    assert card._level.text() == f"Mức {level}"
    assert lit(at) == place
    assert [one.points for one in card.levels._levels] == ["9 – 10", "6,5 – 8,5", "0 – 6"]


def test_a_refused_text_lights_no_level(at: AtTheDesk) -> None:
    at.mark()
    at.type("8,3")
    assert lit(at) is None


def test_a_criterion_without_levels_shows_none(at: AtTheDesk) -> None:
    at.mark()
    at.press(Qt.Key.Key_Down)
    card = at.page.score.rubric.card
    at.type("8,5")
    assert card._level.text() == ""
    assert not card.levels.isVisibleTo(card)
    at.press(Qt.Key.Key_Up)
    assert card.levels.isVisibleTo(card)


def test_mark_and_level_are_read_out(at: AtTheDesk) -> None:
    at.mark()
    at.type("8,5")
    card = at.page.score.rubric.card
    said = "Tiêu chí c1, 8,5 trên 10, mức Khá"
    assert read_out(card.ruler) == (QAccessible.Role.ProgressBar, said)
    assert read_out(card.field) == (QAccessible.Role.EditableText, said)
    found = QAccessible.queryAccessibleInterface(card.ruler)
    assert found.text(QAccessible.Text.Value) == "850"
    assert "Khá: 6,5 – 8,5. Rõ ràng" in read_out(card.levels)[1]


def test_the_strip_is_read_out_and_gone_through_by_keys(at: AtTheDesk) -> None:
    at.mark()
    strip = at.page.score.top.strip
    role, said = read_out(strip)
    assert role == QAccessible.Role.Slider
    assert "còn 2" in said
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        strip.setFocus()
        to = Qt.Key.Key_Right if at.current()[0] == "01" else Qt.Key.Key_Left
        before = at.current()[0]
        wheel(strip)
        at.press(to)
        assert at.current()[0] == before
        at.press(key)
        assert at.current()[0] != before


@pytest.mark.parametrize("size", [(1366, 690), (911, 440)])
def test_level_texts_fit_their_rows(at: AtTheDesk, size: tuple[int, int]) -> None:
    at.mark()
    at.page.resize(*size)
    card = at.page.score.rubric.card
    closed = card.levels.height()
    at.type("8,5")
    levels = card.levels
    at.qtbot.waitUntil(lambda: levels.height() == levels.sizeHint().height())
    assert (levels.height() > closed) == (size == (911, 440))
    assert card.width() <= at.page.score.rubric.width()
