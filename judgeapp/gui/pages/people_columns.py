"""Which column of a file holds what: a card for each field, and a list to choose another column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import clear, label
from judgeapp.system.texts import Texts

_LEAST = 128
_HEIGHT = 52
_BESIDE = 48


class ColumnCard(Button):
    """A field of ours with the column of the file that holds it; opens a list of columns.

    Attributes:
        chosen: field and column; empty for none.
    """

    chosen = Signal(str, str)

    def __init__(
        self, field: str, column: str, headings: Mapping[str, str], texts: Texts, *, name: str
    ) -> None:
        super().__init__("", height=_HEIGHT)
        self._field, self._headings, self._texts = field, headings, texts
        first = column.split("+")[0]
        above = headings.get(first) or texts("gui.people.column", letters=column)
        if not column:
            above = texts("gui.people.no_column")
        self.setAccessibleName(texts("gui.people.column_is", field=name, column=above))
        self.setToolTip(above)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 4, 8, 5)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._lines = [(label("", "small", "second"), above), (label("", "strong"), name)]
        for made, _ in self._lines:
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            words.addWidget(made)
        row.addLayout(words, 1)
        sign = Sign("chevron-down", "text2", 16)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(sign)
        self.clicked.connect(self._open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten a heading that has no room; the whole one is told by pointing at the card."""
        super().resizeEvent(event)
        for made, text in self._lines:
            room = self.width() - theme().px(_BESIDE)
            metrics = made.fontMetrics()
            made.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))

    def menu(self) -> QMenu:
        """Return the list of columns to choose from."""
        menu = QMenu(self)
        for letters, heading in self._headings.items():
            words = self._texts("gui.people.column_named", letters=letters, heading=heading or "–")
            menu.addAction(words).triggered.connect(
                lambda _=False, letters=letters: self.chosen.emit(self._field, letters)
            )
        menu.addSeparator()
        none = menu.addAction(self._texts("gui.people.no_column"))
        none.triggered.connect(lambda: self.chosen.emit(self._field, ""))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class ColumnCards(QWidget):
    """The cards of all fields, as many in a row as there is room for.

    Attributes:
        more: opens the fields that have no column; stands beside the heading of the cards.
    """

    chosen = Signal(str, str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._cards: list[QWidget] = []
        self._across = 0
        self._headings: Mapping[str, str] = {}
        self._others: list[str] = []
        self.more = Button(texts("gui.people.more_fields"), icon="plus", kind="ghost", height=30)
        self.more.clicked.connect(self._open_others)

    def show_columns(
        self, letters: Mapping[str, str], headings: Mapping[str, str], others: list[str]
    ) -> None:
        """Show the fields that were found, and a card for those that were not.

        Args:
            letters: field → column.
            headings: column → what stands over it.
            others: fields that have no column; they are behind ``more``.
        """
        self._headings, self._others = headings, others
        self.more.setEnabled(bool(others))
        clear(self._grid)
        self._cards = []
        for field, column in letters.items():
            name = self._texts(f"people.field.{field}")
            card = ColumnCard(
                field, column, headings, self._texts, name=name[:1].upper() + name[1:]
            )
            card.chosen.connect(self.chosen)
            self._cards.append(card)
        self._across = 0
        self._place()

    def _open_others(self) -> None:
        menu = QMenu(self.more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field in self._others:
            inner = menu.addMenu(self._texts(f"people.field.{field}"))
            for letters, heading in self._headings.items():
                words = self._texts(
                    "gui.people.column_named", letters=letters, heading=heading or "–"
                )
                inner.addAction(words).triggered.connect(
                    lambda _=False, f=field, c=letters: self.chosen.emit(f, c)
                )
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _place(self) -> None:
        across = max(1, self.width() // theme().px(_LEAST))
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // across, number % across)
        for number in range(self._grid.columnCount()):
            self._grid.setColumnStretch(number, int(number < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew if another number of them fits into a row."""
        super().resizeEvent(event)
        self._place()
