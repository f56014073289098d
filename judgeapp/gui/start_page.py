"""The start page: opens a contest folder and says what it is and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.tasks import Tasks
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.contest import ContestSummary

OpenFolder = Callable[[Path], "ContestSummary"]


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    return card


class StartPage(QScrollArea):
    """Title, the two ways to begin, and the contest that is open."""

    def __init__(self, texts: Texts, open_folder: OpenFolder) -> None:
        super().__init__()
        self._texts = texts
        self._open_folder = open_folder
        self._tasks = Tasks(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        page.setObjectName("page")
        self.setWidget(page)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(48, 40, 48, 40)
        self._column.setSpacing(14)
        self._column.addWidget(self._label(texts("gui.title"), size=24, weight=600))
        self._column.addWidget(self._label(texts("gui.subtitle"), kind="second"))
        self._column.addSpacing(24)
        self._refusal = self._label("", kind="refusal")
        self._refusal.hide()
        self._column.addWidget(self._refusal)
        self._opened = _card()
        self._opened.hide()
        self._column.addWidget(self._opened)
        self._column.addWidget(self._organiser_card())
        self._column.addStretch(1)

    def _label(
        self, text: str, *, size: int = 15, weight: int = 400, kind: str | None = None
    ) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(label.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        label.setFont(font)
        label.setContentsMargins(0, 2, 0, 0)  # stacked capitals rise above the font's ascent
        if kind:
            label.setProperty("kind", kind)
        return label

    def _organiser_card(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 16)
        column.addWidget(self._label(self._texts("gui.organiser"), size=20, weight=600))
        column.addWidget(self._label(self._texts("gui.organiser.what"), kind="second"))
        row = QHBoxLayout()
        self.open_button = QPushButton(self._texts("gui.open"))
        self.open_button.setMinimumHeight(38)
        self.open_button.clicked.connect(self._choose)
        row.addWidget(self.open_button)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        return card

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._texts("gui.open"))
        if folder:
            self.open(Path(folder))

    def open(self, folder: Path) -> None:
        """Open a contest folder in the background and show what it is, or why it can't be."""
        self._refusal.hide()
        self._tasks.run(
            lambda progress: self._open_folder(folder),
            on_done=lambda found: self._show(folder, found),
            on_refused=self._refuse,
        )

    def wait(self) -> None:
        """Wait for what runs in the background."""
        self._tasks.wait()

    def _refuse(self, error: JudgeError) -> None:
        self._refusal.setText(self._texts.error(error))
        self._refusal.show()

    def _show(self, folder: Path, found: ContestSummary) -> None:
        texts = self._texts
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 16, 18, 16)
        column.addWidget(self._label(found.name, size=20, weight=600))
        column.addWidget(self._label(str(folder), kind="second"))
        counts = texts(
            "contest.counts",
            units=found.units,
            contestants=found.contestants,
            judges=found.judges,
            version=found.version,
        )
        column.addWidget(self._label(counts))
        for item in found.definition.rounds:
            stage = texts(f"contest.stage.{found.stages[item.id]}")
            column.addWidget(self._label(texts("gui.round", name=item.vi, stage=stage)))
        self._column.replaceWidget(self._opened, card)
        self._opened.deleteLater()
        self._opened = card
        self.open_button.setProperty("kind", "plain")
        self.open_button.style().unpolish(self.open_button)
        self.open_button.style().polish(self.open_button)
