"""The drawers of the page of score files: what a file changes, and what to say to judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from judgeapp.domain.round_names import names_of
from judgeapp.gui.pages.score_files_rows import FileRow
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import card, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from decimal import Decimal

    from judgeapp.domain.contest import Round
    from judgeapp.services.score_matrix import KeptFile, SheetMatrix, SheetRow


class _Side(QScrollArea):
    """A column that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 10, 8, 8)
        self.column.setSpacing(10)
        self.setWidget(inner)


class ChangesPanel(_Side):
    """Old and new side by side; the points are shown only after a press."""

    def __init__(self, row: FileRow, held: Round | None, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.column.addWidget(label(row.why, wrap=True))
        if row.changes:
            self.table = self._table(row, held)
            self.table.hide()
            button = Button(
                texts("gui.score_files.show_changes", count=len(row.changes)), icon="eye"
            )
            button.clicked.connect(lambda: self.table.setVisible(not self.table.isVisible()))
            self.show_button = button
            self.column.addWidget(button)
            self.column.addWidget(self.table)
        self.column.addStretch(1)

    def _table(self, row: FileRow, held: Round | None) -> QWidget:
        texts = self._texts
        names = names_of(held, texts.language)
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight
        for at, head in enumerate(("mark", "before", "after")):
            words = label(texts(f"gui.score_files.head.{head}"), "small", "third")
            grid.addWidget(words, 0, at, right if at else Qt.AlignmentFlag.AlignLeft)
        for number, change in enumerate(row.changes):
            line = 2 * number + 1
            grid.addWidget(hairline(), line, 0, 1, 3)
            what = f"{change.contestant} · {names.criterion(change.part, change.criterion)}"
            grid.addWidget(label(what, wrap=True), line + 1, 0)
            grid.addWidget(label(self._points(change.before), "body", "second"), line + 1, 1, right)
            grid.addWidget(label(self._points(change.after), "strong"), line + 1, 2, right)
        return made

    def _points(self, points: Decimal | None) -> str:
        return "–" if points is None else self._texts.number(points)


class KeptPanel(_Side):
    """A file that was taken in: what it is, and taking it back or letting it count again.

    Attributes:
        back_asked: it is to be taken back (True) or to count again.
    """

    back_asked = Signal(bool)

    def __init__(self, row: FileRow, file: KeptFile, texts: Texts, *, closed: bool) -> None:
        super().__init__()
        self.column.addWidget(label(row.why, wrap=True))
        lines = [("number", str(file.id)), ("verdict", texts(f"packs.verdict_name.{row.verdict}"))]
        for key, value in lines:
            words = texts(f"gui.score_files.fact.{key}", value=value)
            self.column.addWidget(label(words, "body", "second", wrap=True))
        key = "again" if file.taken_back else "back"
        self.turn_button = Button(texts(f"gui.score_files.{key}"), icon="undo-2")
        self.turn_button.clicked.connect(lambda: self.back_asked.emit(key == "back"))
        may = (file.may_go or file.taken_back) and not closed
        self.turn_button.setEnabled(may)
        self.column.addWidget(hairline())
        why = "closed" if closed else f"{key}.what" if may else "no_need"
        self.column.addWidget(label(texts(f"gui.score_files.{why}"), "small", "second", wrap=True))
        self.column.addWidget(self.turn_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.setFocusProxy(self.turn_button)


class ReminderPanel(_Side):
    """For each judge who owes sheets: what is lacking, ready to be sent by any messenger."""

    def __init__(self, found: SheetMatrix, texts: Texts, round_name: str) -> None:
        super().__init__()
        self._texts, self._found, self._round = texts, found, round_name
        self.messages: list[str] = []
        self._whole = QVBoxLayout()
        self.column.addLayout(self._whole)
        for row in found.rows:
            if row.done < row.owed:
                self._add(row)
        if len(self.messages) > 1:
            self.copy_all = Button(texts("gui.score_files.copy_all"), icon="copy")
            self.copy_all.clicked.connect(
                lambda: QApplication.clipboard().setText("\n\n".join(self.messages))
            )
            self._whole.addWidget(self.copy_all, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def _add(self, row: SheetRow) -> None:
        texts = self._texts
        lacking = [
            one.id
            for one, state in zip(self._found.contestants, row.cells, strict=True)
            if state in ("missing", "begun")
        ]
        everything = len(lacking) == sum(state not in ("barred", "others") for state in row.cells)
        message = texts(
            f"gui.score_files.message.{'all' if everything else 'some'}",
            name=row.judge.name, round=self._round, count=row.owed - row.done,
            contestants=", ".join(lacking),
        )  # fmt: skip
        self.messages.append(message)
        box, column = card(12)
        column.addWidget(label(f"{row.judge.id} · {row.judge.name}", "strong", wrap=True))
        words = label(message, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        copy = Button(texts("gui.score_files.copy"), icon="copy", height=34)
        copy.setAccessibleName(texts("gui.score_files.copy_for", name=row.judge.name))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(message))
        column.addWidget(copy)
        self.column.addWidget(box)
