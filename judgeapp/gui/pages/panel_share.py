"""The drawer in which a round's entries are shared out, with what would be before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.pages.panel_design import said_line
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.text import clear, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.panel_setup import PanelSetup


class ShareDrawer(QWidget):
    """Everybody marks everything, or so many judges for an entry.

    Attributes:
        look_asked: how many judges for an entry, and the seed or None: what would be?
        share_asked: the same, to be done; None for everybody.
        seed: by which the last look was shared out.
    """

    look_asked = Signal(int, object)
    share_asked = Signal(object, object)

    def __init__(self, found: PanelSetup, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.seed = found.seed
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller()
        self._column = scroller.column
        outer.addWidget(scroller, 1)
        self.how = OptionCards(
            [
                Option("all", texts("gui.panel.share.all"), texts("gui.panel.share.all.what")),
                Option("some", texts("gui.panel.share.some"), texts("gui.panel.share.some.what")),
            ],
            accessible_name=texts("gui.panel.share"),
        )
        self.how.choose("all" if found.per_entry is None else "some")
        self.how.chosen.connect(lambda _: self.refresh())
        self._column.addWidget(self.how)
        self.count = Field(texts("gui.panel.share.count"))
        self.count.text = str(found.per_entry or found.least)
        self.count.edit.textEdited.connect(lambda _: self.refresh())
        self.count.edit.returnPressed.connect(self.share)
        self._column.addWidget(self.count)
        self._preview = QVBoxLayout()
        self._preview.setSpacing(4)
        self._column.addLayout(self._preview)
        self._column.addStretch(1)
        outer.addWidget(hairline())
        outer.addLayout(self._foot())
        self.setFocusProxy(self.how)
        self.count.setVisible(found.per_entry is not None)
        self.again_button.setVisible(found.per_entry is not None)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        self.again_button = Button(self._texts("gui.panel.share.again"), icon="shuffle")
        self.again_button.clicked.connect(self.look_again)
        row.addWidget(self.again_button)
        row.addStretch(1)
        self.share_button = Button(self._texts("gui.panel.share.do"), kind="primary")
        self.share_button.clicked.connect(self.share)
        row.addWidget(self.share_button)
        return row

    @property
    def per_entry(self) -> int | None:
        """What is typed, or None if it is no number."""
        return int(self.count.text) if self.count.text.isdecimal() else None

    def refresh(self) -> None:
        """Ask again what would be."""
        some = self.how.current == "some"
        self.count.setVisible(some)
        self.again_button.setVisible(some)
        self.count.accept()
        clear(self._preview)
        self.share_button.setEnabled(True)
        if some and self.per_entry is None:
            self.refuse(self._texts("gui.panel.share.no_number"))
        elif some:
            self.look_asked.emit(self.per_entry, self.seed)

    def look_again(self) -> None:
        """Ask for another way to share out."""
        if self.per_entry is not None:
            self.look_asked.emit(self.per_entry, None)

    def share(self) -> None:
        """Ask for it to be done as it was shown."""
        if not self.share_button.isEnabled():
            return
        some = self.how.current == "some"
        self.share_asked.emit(self.per_entry if some else None, self.seed if some else None)

    def show_look(self, found: PanelSetup) -> None:
        """Show what would be."""
        from judgeapp.services.panel_words import say_design

        clear(self._preview)
        self.seed = found.seed
        said = [line for panel in found.panels for line in say_design(found, panel, self._texts)]
        self.share_button.setEnabled(all(tone != "stop" for tone, _ in said))
        self._preview.addWidget(
            label(self._texts("gui.panel.share.would", seed=found.seed), "small-strong")
        )
        for panel in found.panels:
            for judge in panel.judges:
                row = QHBoxLayout()
                row.addWidget(label(f"{judge.id} · {judge.name}", "small", wrap=True), 1)
                load = self._texts("gui.panel.load", count=panel.design.loads[judge.id])
                words = label(load, "small-strong")
                row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
                self._preview.addLayout(row)
        for tone, sentence in said:
            self._preview.addWidget(said_line(tone, sentence))

    def refuse(self, sentence: str) -> None:
        """Say why it can't be shared out so; nothing was changed."""
        clear(self._preview)
        self.count.refuse(sentence)
        self.share_button.setEnabled(False)
