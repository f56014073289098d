"""Which sheet of a file is read: all visible ones that hold a list, or one that a person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.text import label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.people_preview import ListFile


class SheetChoice(QWidget):
    """Nothing to see for a file of one sheet; a hidden sheet with rows is named.

    Signals:
        chosen: the sheet's name, or "" for all visible ones.
    """

    chosen = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label(texts("gui.people.sheets"), "small", "second"))
        self.box = Choice()
        self.box.setAccessibleName(texts("gui.people.sheets"))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.activated.connect(lambda _: self.chosen.emit(self.box.currentData()))
        row.addWidget(self.box)
        row.addStretch(1)
        column.addWidget(self._row)
        self.note = label("", "small", "warn", wrap=True)
        column.addWidget(self.note)
        self.hide()

    def show_choice(self, shown: bool) -> None:
        """Where room is short only what was left out stays in view."""
        self._row.setVisible(shown)

    def show_sheets(self, source: ListFile, chosen: str | None) -> None:
        """Offer the sheets of a file; what is hidden and was not taken is said."""
        self.box.clear()
        self.box.addItem(self._texts("gui.people.sheets.all"), "")
        for sheet in source.sheets:
            key = "hidden" if sheet.hidden else "seen"
            words = self._texts(f"gui.people.sheets.{key}", name=sheet.name, count=sheet.rows)
            self.box.addItem(words, sheet.name)
        self.box.setCurrentIndex(max(self.box.findData(chosen or ""), 0))
        left = [
            f"“{sheet.name}”" for sheet in source.sheets
            if sheet.hidden and sheet.rows and sheet.table is None
        ]  # fmt: skip
        self.note.setText(self._texts("gui.people.sheets.left", names=", ".join(left)))
        self.note.setVisible(bool(left))
        self.setVisible(len(source.sheets) > 1)
