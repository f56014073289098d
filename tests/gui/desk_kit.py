"""A judge's page on a small real contest, for the tests of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from judgeapp.domain.contest import Level
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.marks import MarkEvent
from judgeapp.gui.pages.desk import JudgePage
from judgeapp.gui.session import Session
from judgeapp.gui.theme import start_theme
from judgeapp.gui.widgets.points_field import PointsField
from judgeapp.services.context import Machine
from judgeapp.services.desk import desk_marks
from judgeapp.services.panel_setup import set_viewing
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings
from tests.conftest import Clock
from tests.judging_kit import build_pack, criterion, desk, make_contest, one_round, part

ONE, TWO = ContestantId("01"), ContestantId("02")
OUTLINE, TALK = PartId("outline"), PartId("talk")
C1, C2 = CriterionId("c1"), CriterionId("c2")
LEVELS = (
    Level("Tốt", "Good", Decimal(9), "Mạch lạc, có điểm nhấn."),
    Level("Khá", "Fair", Decimal("6.5"), "Rõ ràng nhưng còn đều giọng."),
    Level("Cần cố gắng", "Poor", Decimal(0)),
)


# What the multimedia of a machine without sound and graphics says of itself.
SAID_BY_THE_MACHINE = (r"pipewire", r"PulseAudio", r"propagateSizeHints", r"RHI")


class AtTheDesk:
    """A page, its session, and what it stored."""

    def __init__(self, page: JudgePage, session: Session, qtbot: QtBot) -> None:
        self.page, self.session, self.qtbot = page, session, qtbot
        self.errors: list[JudgeError] = []
        session.show_error = self.errors.append

    @property
    def field(self) -> PointsField:
        return self.page.score.rubric.card.field

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.tasks.busy)

    def mark(self, contestant: str = ONE) -> None:
        self.settle()
        self.page.mark(contestant)
        self.qtbot.waitUntil(self.field.hasFocus)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.field, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        target = QApplication.focusWidget() or self.page
        self.qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)

    def event(
        self, contestant: str = ONE, part: str = OUTLINE, criterion: str = C1
    ) -> MarkEvent | None:
        self.settle()
        key = (
            self.page.desk.judge,
            ContestantId(contestant),
            PartId(part),
            CriterionId(criterion),
        )
        return desk_marks(self.page.desk).get(key)

    def points(
        self, contestant: str = ONE, part: str = OUTLINE, criterion: str = C1
    ) -> Decimal | None:
        event = self.event(contestant, part, criterion)
        return event.points if event else None

    def current(self) -> tuple[str, str, str]:
        key = self.page.score.rubric.key
        assert key is not None
        return key


@cache
def pack_of_all(folder: Path, *, blind: bool = False) -> Path:
    """A pack made once: an outline of two criteria in steps of 0.5, a talk of one in 0.25.

    The first criterion has levels: from 9, from 6.5 and from 0. Judged blind, J07 is kept from one.
    """
    paths = Paths(folder / "settings.json", folder / "logs", folder / "desks")
    app = make_contest(
        Machine(Clock(), paths, Settings()),
        folder / "contest",
        one_round(
            part(
                "outline",
                [
                    replace(criterion("c1", step="0.5"), levels=LEVELS),
                    criterion("c2", step="0.5"),
                ],
            ),
            part("talk", [criterion("c1")]),
        ),
        conflicts=[("J07", TWO)] if blind else (),
    )
    if blind:
        set_viewing(app, blind=True)
    pack = build_pack(app, folder / "packs")
    app.store.close()
    return pack


def at_the_desk(
    qtbot: QtBot, qapp: QApplication, machine: Machine, pack: Path
) -> Iterator[AtTheDesk]:
    start_theme(qapp)
    opened = desk(machine, pack)
    session = Session(machine)
    session.open(opened)
    page = JudgePage(session, opened)
    qtbot.addWidget(page)
    page.resize(1366, 690)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    there = AtTheDesk(page, session, qtbot)
    there.settle()
    yield there
    page.score.media.close_media()
    session.close()
    page.hide()


def wheel(widget: QWidget) -> None:
    """Turn the wheel over a widget, as the window system does: who does not want it passes it on.

    `sendEvent` would not do: an event that is not of the window system is not passed on.
    """
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, -120))


def send(widget: QWidget, text: str) -> None:
    """Type letters as a keyboard hook sends them: each with its text and no key of its own."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def focus_lost_to_another_program(widget: QWidget) -> None:
    reason = Qt.FocusReason.ActiveWindowFocusReason
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, reason))
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, reason))
