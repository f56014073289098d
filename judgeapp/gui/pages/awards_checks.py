"""Beside the sheet: what was checked on it, in words, and how certificates are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.papers import read_millimetres
from judgeapp.domain.printing import PrintWay
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import clear, hairline, label
from judgeapp.system.clock import shown_moment
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.certificate_list import CertificateSheets, FieldFit, FieldProblem, Sheet

WHOLE, TEXT = "whole", "text"
_SIGNS = {"ok": "circle-check", "warn": "triangle-alert", "stop": "octagon-alert", "info": "info"}


@dataclass(frozen=True)
class Check:
    """One thing that was checked."""

    tone: Literal["ok", "warn", "stop", "info"]
    title: str
    what: str


def checks_of(found: CertificateSheets, sheet: Sheet, texts: Texts) -> list[Check]:
    """Return what was checked on a sheet: what has to be mended first, good things too."""
    return [
        *[_problem(problem, texts) for problem in (*found.shared, *sheet.problems)],
        *_fits(sheet, texts),
        *_printed(sheet, texts),
    ]


def _problem(problem: FieldProblem, texts: Texts) -> Check:
    key = "letter" if problem.letters else "no_room"
    what = texts(
        f"gui.awards.check.{key}.what", letters=" ".join(problem.letters), text=problem.text
    )
    field = texts(f"gui.awards.field.{problem.field}")
    return Check("stop", texts(f"gui.awards.check.{key}", field=field), what)


def _fits(sheet: Sheet, texts: Texts) -> Iterator[Check]:
    for fit in sheet.shrunk:
        field = texts(f"gui.awards.field.{fit.field}")
        what = texts(
            "gui.awards.check.shrunk.what",
            full=_points(fit.full, texts), size=_points(fit.size, texts),
            floor=_points(fit.floor, texts),
        )  # fmt: skip
        yield Check("warn", texts("gui.awards.check.shrunk", field=field), what)
    if sheet.problems:
        return
    name = next((fit for fit in sheet.fits if fit.field == "name"), None)
    if name is not None and not name.shrunk:
        yield Check("ok", texts("gui.awards.check.name", lines=name.lines), _room(name, texts))
    if not sheet.shrunk:
        yield Check("ok", texts("gui.awards.check.fits"), texts("gui.awards.check.fits.what"))
    yield Check("ok", texts("gui.awards.check.letters"), "")


def _room(fit: FieldFit, texts: Texts) -> str:
    return texts(
        "gui.awards.check.name.what",
        size=_points(fit.size, texts), spare=int(max(fit.spare, 0)),
    )  # fmt: skip


def _points(size: float, texts: Texts) -> str:
    return texts.number(Decimal(str(round(size, 2))).normalize() + 0)


def _printed(sheet: Sheet, texts: Texts) -> Iterator[Check]:
    serial = sheet.serial or texts("gui.awards.check.serial.none")
    yield Check("info", texts("gui.awards.check.serial"), serial)
    if sheet.printed_at:
        at = shown_moment(sheet.printed_at)
        key = "otherwise" if sheet.printed_otherwise else "same"
        what = texts(f"gui.awards.check.printed.{key}", at=at)
        tone: Literal["warn", "ok"] = "warn" if sheet.printed_otherwise else "ok"
        yield Check(tone, texts("gui.awards.check.printed", times=sheet.times), what)


class ChecksPanel(QScrollArea):
    """The checks of the chosen sheet, and the way of printing.

    Signals:
        way_changed: another way, or another shift, was chosen; it is a `PrintWay`.
        calibration_asked: the button below which to ask where the calibration sheet goes.
    """

    way_changed = Signal(object)
    calibration_asked = Signal(object)

    def __init__(self, texts: Texts, shift: tuple[Decimal, Decimal], *, whole: bool) -> None:
        super().__init__()
        self._texts = texts
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        self.setWidget(inner)
        column.addWidget(label(texts("gui.awards.checks"), "subhead"))
        self._checks = QVBoxLayout()
        self._checks.setSpacing(10)
        column.addLayout(self._checks)
        column.addWidget(hairline())
        column.addWidget(label(texts("gui.awards.way"), "subhead"))
        self.ways = OptionCards(
            [
                Option(name, texts(f"gui.awards.way.{name}"), texts(f"gui.awards.way.{name}.what"))
                for name in (WHOLE, TEXT)
            ],
            accessible_name=texts("gui.awards.way"),
        )
        self.ways.choose(WHOLE if whole else TEXT)
        self.ways.chosen.connect(lambda _: self._changed())
        column.addWidget(self.ways)
        self._shift = QWidget()
        column.addWidget(self._shift)
        self._add_shift(shift)
        self._shift.setVisible(not whole)
        column.addStretch(1)

    def _add_shift(self, shift: tuple[Decimal, Decimal]) -> None:
        column = QVBoxLayout(self._shift)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.right = Field(self._texts("gui.awards.shift.right"))
        self.down = Field(self._texts("gui.awards.shift.down"))
        for field, value in zip((self.right, self.down), shift, strict=True):
            field.text = self._texts.number(value)
            field.edit.editingFinished.connect(self._changed)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(label(self._texts("gui.awards.shift.what"), "small", "second", wrap=True))
        self.calibrate = Button(self._texts("gui.awards.calibrate"), icon="printer")
        self.calibrate.clicked.connect(lambda: self.calibration_asked.emit(self.calibrate))
        column.addWidget(self.calibrate)

    def show_sheet(self, found: CertificateSheets, sheet: Sheet) -> None:
        """Show the checks of a sheet."""
        clear(self._checks)
        for check in checks_of(found, sheet, self._texts):
            row = QHBoxLayout()
            row.setSpacing(10)
            tone = "text2" if check.tone == "info" else check.tone
            row.addWidget(Sign(_SIGNS[check.tone], tone, 18), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(check.title, wrap=True))
            if check.what:
                words.addWidget(label(check.what, "small", "second", wrap=True))
            row.addLayout(words, 1)
            self._checks.addLayout(row)

    def _changed(self) -> None:
        ground = self.ways.current == WHOLE
        self._shift.setVisible(not ground)
        if not ground:
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.calibrate))
        moved = [self._read(field) for field in (self.right, self.down)]
        if moved[0] is not None and moved[1] is not None:
            self.way_changed.emit(
                PrintWay(ground, moved[0], moved[1]) if not ground else PrintWay()
            )

    def _read(self, field: Field) -> Decimal | None:
        try:
            value = read_millimetres(field.text)
        except JudgeError:
            field.refuse(self._texts("gui.awards.shift.wrong", typed=field.text))
            return None
        field.accept()
        return value
