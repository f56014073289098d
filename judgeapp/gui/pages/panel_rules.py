"""How a round is judged: which panels mark a part, names or codes, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.field import Field
from judgeapp.gui.widgets.scroller import Scroller
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import card, clear, hairline, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part
    from judgeapp.services.panel_setup import PanelSetup


class RulesView(Scroller):
    """The settings of a round, each with what it means.

    Attributes:
        viewing_asked: ``blind`` or ``own_order``, and whether.
        part_asked: who marks a part is to be changed.
        codes_asked: the codes are to be shown.
    """

    viewing_asked = Signal(str, bool)
    part_asked = Signal(object)
    codes_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        parts, self._parts = card()
        self._parts.addWidget(label(texts("gui.panel.parts"), "subhead"))
        self._rows = QVBoxLayout()
        self._parts.addLayout(self._rows)
        self.column.addWidget(parts)
        viewing, column = card()
        column.addWidget(label(texts("gui.panel.viewing"), "subhead"))
        self.blind = self._switch("blind", ("names", "codes"))
        self.order = self._switch("own_order", ("number", "own"))
        self._blind_words = label("", "small", "second", wrap=True)
        self._order_words = label("", "small", "second", wrap=True)
        self.codes_button = Button(texts("gui.panel.codes"), icon="list")
        self.codes_button.clicked.connect(self.codes_asked)
        for title, switch, words in (
            ("blind", self.blind, self._blind_words),
            ("order", self.order, self._order_words),
        ):
            column.addWidget(label(texts(f"gui.panel.{title}"), "small-strong"))
            row = QHBoxLayout()
            row.addWidget(switch)
            row.addStretch(1)
            if title == "blind":
                row.addWidget(self.codes_button)
            column.addLayout(row)
            column.addWidget(words)
        self._why = label("", "small", "second", wrap=True)
        column.addWidget(self._why)
        self.column.addWidget(viewing)
        self.column.addStretch(1)

    def _switch(self, what: str, ways: tuple[str, str]) -> Segment:
        made = Segment(
            [(way, self._texts(f"gui.panel.{what}.{way}")) for way in ways],
            accessible_name=self._texts(f"gui.panel.{'blind' if what == 'blind' else 'order'}"),
        )
        made.chosen.connect(lambda way: self.viewing_asked.emit(what, way == ways[1]))
        return made

    def show_setup(self, found: PanelSetup) -> None:
        """Show a round."""
        from judgeapp.gui.pages.contest_words import who_marks

        texts, viewing = self._texts, found.viewing
        clear(self._rows)
        self.part_buttons: dict[str, Button] = {}
        for part in found.held.parts:
            if part is not found.held.parts[0]:
                self._rows.addWidget(hairline())
            row = QHBoxLayout()
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(part_name(part, texts), "strong", wrap=True))
            words.addWidget(label(who_marks(part, texts), "small", "second", wrap=True))
            row.addLayout(words, 1)
            if not part.objective:
                change = Button(texts("gui.panel.part.change"), height=34)
                change.setAccessibleName(
                    texts("gui.panel.part.change_of", part=part_name(part, texts))
                )
                change.clicked.connect(lambda _=False, part=part: self.part_asked.emit(part))
                self.part_buttons[part.id] = change
                row.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addLayout(row)
        self.blind.choose("codes" if viewing.blind else "names")
        self.order.choose("own" if viewing.own_order else "number")
        key = "codes" if viewing.blind else "names"
        self._blind_words.setText(texts(f"gui.panel.blind.{key}.what"))
        key = "own" if viewing.own_order else "number"
        self._order_words.setText(texts(f"gui.panel.own_order.{key}.what", seed=viewing.seed))
        self.codes_button.setVisible(bool(found.codes))
        name = found.held.vi.partition(" (")[0]
        why = ""
        if found.marks_came:
            why = texts("gui.panel.why.marks_came", round=name)
        elif found.packs_out:
            why = texts("gui.panel.why.packs_out")
        self._why.setText(why)
        self._why.setVisible(bool(why))
        for switch in (self.blind, self.order):
            switch.setEnabled(not found.marks_came)


class CodesPanel(Scroller):
    """The codes of a round with the numbers and names behind them."""

    def __init__(self, found: PanelSetup, texts: Texts) -> None:
        super().__init__()
        self.column.addWidget(label(texts("gui.panel.codes.what"), "body", "second", wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(16)
        for at, one in enumerate(found.contestants):
            grid.addWidget(label(found.codes.get(one.id, "–"), "strong"), at, 0)
            grid.addWidget(label(one.id, "body", "second"), at, 1)
            grid.addWidget(label(one.name, wrap=True), at, 2)
        self.column.addLayout(grid)
        self.column.addStretch(1)


class PartDrawer(QWidget):
    """Which panels mark a part, and with which weights.

    Attributes:
        save_asked: weights as typed by panel, and the reason.
    """

    save_asked = Signal(object, str)

    def __init__(
        self, part: Part, found: PanelSetup, panels: Mapping[str, int], texts: Texts
    ) -> None:
        """Show a part.

        Args:
            part: which.
            found: its round.
            panels: how many judges there are in each panel.
            texts: the language in use.
        """
        super().__init__()
        self._texts, self.part = texts, part
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroller = Scroller()
        outer.addWidget(scroller, 1)
        column = scroller.column
        key = "gui.panel.part.what" if panels else "gui.panel.part.no_panels"
        column.addWidget(label(texts(key), "body", "second", wrap=True))
        weights = {str(share.panel): texts.number(share.weight) for share in part.shares}
        if part.panel:
            weights[part.panel] = "1"
        self.weights: dict[str, Field] = {}
        for panel in sorted({*panels, *weights}):
            field = Field(texts("gui.panel.part.weight", panel=panel, count=panels.get(panel, 0)))
            field.text = weights.get(panel, "")
            field.edit.textEdited.connect(field.accept)
            field.edit.returnPressed.connect(self.save)
            self.weights[panel] = field
            column.addWidget(field)
        self.reason = Field(texts("gui.panel.part.reason"))
        self.reason.edit.returnPressed.connect(self.save)
        self.reason.edit.textEdited.connect(self.reason.accept)
        self.reason.setVisible(found.packs_out or found.marks_came)
        column.addWidget(self.reason)
        column.addStretch(1)
        outer.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 0)
        foot.addStretch(1)
        self.save_button = Button(texts("gui.panel.save"), kind="primary")
        self.save_button.setEnabled(bool(self.weights))
        self.save_button.clicked.connect(self.save)
        foot.addWidget(self.save_button)
        outer.addLayout(foot)
        first = next(iter(self.weights.values()), None)
        self.setFocusProxy(first.edit if first else self.save_button)

    def save(self) -> None:
        """Ask for what is typed to be stored."""
        typed = {panel: field.text for panel, field in self.weights.items() if field.text}
        self.save_asked.emit(typed, self.reason.text)

    def refuse(self, code: str, place: str, sentence: str) -> None:
        """Say at its field why nothing was stored; everything typed stays."""
        wrong = [field for field in self.weights.values() if field.text == place]
        field = self.reason if code == "contest.no_reason" or not wrong else wrong[0]
        if code not in ("contest.no_reason", "rules.bad_amount_above_zero"):
            field = next(iter(self.weights.values()), self.reason)
        field.setVisible(True)
        field.refuse(sentence)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
