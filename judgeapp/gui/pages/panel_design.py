"""Who marks whom in a round: a matrix of judges and entries, the loads, and what is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.matrix import Matrix, MatrixRow, State
from judgeapp.gui.widgets.matrix_cells import MatrixLegend
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import clear, frame, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.people import Judge
    from judgeapp.services.panel_setup import PanelSetup

KEYS: dict[State, str] = {
    "known": "gui.panel.cell.given",
    "other": "gui.panel.cell.other",
    "barred": "gui.panel.cell.barred",
}
_SIGNS = {
    "ok": ("circle-check", "ok"),
    "warn": ("triangle-alert", "warn"),
    "stop": ("octagon-alert", "stop"),
}


def said_line(tone: str, words: str) -> QWidget:
    """Return a sentence with the sign of its tone before it."""
    icon, token = _SIGNS[tone]
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(2, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Sign(icon, token, 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, "small", "second", wrap=True), 1)
    return line


def matrix_rows(found: PanelSetup, texts: Texts) -> list[MatrixRow]:
    """Return a row for each judge of a round, panel by panel."""
    judges = {judge.id: judge for panel in found.panels for judge in panel.judges}
    first: dict[str | None, str] = {}
    for judge in sorted(judges.values(), key=lambda judge: judge.id):
        first.setdefault(judge.panel, judge.id)
    ordered = sorted(judges.values(), key=lambda judge: (first[judge.panel], judge.id))
    return [_row(found, judge, texts) for judge in ordered]


def _row(found: PanelSetup, judge: Judge, texts: Texts) -> MatrixRow:
    cells: list[State] = []
    for one in found.contestants:
        if any((judge.id, one.id) in panel.barred for panel in found.panels):
            cells.append("barred")
        else:
            given = any(judge.id in panel.given[one.id] for panel in found.panels)
            cells.append("known" if given else "other")
    second = f"{judge.id} · {judge.panel or texts(f'panel.role.{judge.role}')}"
    load = cells.count("known")
    words = texts("gui.panel.load", count=load)
    return MatrixRow(judge.id, judge.name, second, tuple(cells), words, "" if load else "warn")


class DesignView(QWidget):
    """The matrix of a round.

    Attributes:
        share_asked: the entries are to be shared out, or not any more.
    """

    share_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        self.words = label("", "subhead", wrap=True)
        head.addWidget(self.words, 1)
        self.share_button = Button(texts("gui.panel.share"), icon="shuffle")
        self.share_button.clicked.connect(self.share_asked)
        head.addWidget(self.share_button)
        column.addLayout(head)
        self._why = label("", "small", "second", wrap=True)
        column.addWidget(self._why)
        box = frame("card")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(1, 1, 1, 4)
        inner.setSpacing(0)
        self.matrix = Matrix(
            texts,
            accessible_name=texts("gui.panel.view.design"),
            keys=KEYS,
            total=texts("gui.panel.head.load"),
        )
        inner.addWidget(self.matrix, 1)
        inner.addWidget(hairline())
        inner.addWidget(MatrixLegend(texts, KEYS))
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(box)
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        column.addLayout(self._said)
        column.addStretch(1)

    def show_setup(self, found: PanelSetup) -> None:
        """Show a round."""
        from judgeapp.services.panel_words import say_design

        texts = self._texts
        if found.per_entry is None:
            self.words.setText(texts("gui.panel.design.all"))
        else:
            self.words.setText(
                texts("gui.panel.design.shared", count=found.per_entry, seed=found.seed)
            )
        why = why_not_shared(found, texts)
        self.share_button.setEnabled(not why)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.matrix.set_rows(matrix_rows(found, texts), [one.id for one in found.contestants])
        clear(self._said)
        for panel in found.panels:
            for tone, words in say_design(found, panel, texts):
                name = panel.panel or texts("gui.panel.everybody")
                told = f"{name}: {words}" if len(found.panels) > 1 else words
                self._said.addWidget(said_line(tone, told))


def why_not_shared(found: PanelSetup, texts: Texts) -> str:
    """Return why the entries can't be shared out, empty if they can."""
    from judgeapp.domain.contest import NEEDS_ALL

    name = found.held.vi.partition(" (")[0]
    if found.marks_came:
        return texts("gui.panel.why.marks_came", round=name)
    if found.held.aggregate.method in NEEDS_ALL:
        return texts("gui.panel.why.needs_all")
    if not found.contestants or not any(panel.judges for panel in found.panels):
        return texts("gui.panel.why.nobody")
    return ""
