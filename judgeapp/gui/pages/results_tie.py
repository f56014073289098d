"""The dialog for a tie on the line: what each rule says, the ways there are, the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from judgeapp.domain.round_names import names_of
from judgeapp.gui.message_dialog import SHADOW, MessageDialog
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import frame, hairline, label
from judgeapp.system.result_words import PLACES, step_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.results_line import LineTie

TieWay = Literal["chair", "all", "draw"]
WIDTH = 740
PrintMinutes = Callable[[Button, str, "TieAnswer"], None]
CHAIR: TieWay = "chair"
ALL: TieWay = "all"
DRAW: TieWay = "draw"


@dataclass(frozen=True)
class TieAnswer:
    """What people decided.

    Attributes:
        way: `CHAIR`, `ALL` or `DRAW`; "" while none is chosen.
        chosen: who comes first, best first; empty where all go on.
    """

    way: TieWay | Literal[""]
    chosen: tuple[str, ...]
    by: str
    reason: str


class TieDialog(MessageDialog):
    """None of the ways is chosen beforehand; the button is off until there is a reason.

    Signals:
        print_asked: the button below which to ask whether to print or to keep the minutes.
    """

    print_asked = Signal(object)

    def __init__(self, parent: QWidget | None, texts: Texts, tie: LineTie) -> None:
        total = texts.number(tie.total, PLACES)
        title = texts(
            "gui.results.tie.title", count=len(tie.contestants), total=total, seats=tie.seats
        )
        body = texts("gui.results.tie.body", count=len(tie.rules))
        super().__init__(parent, title, body, icon="equal", tone="warn")
        self._texts, self._tie = texts, tie
        room = parent.window().width() if parent is not None else WIDTH + 2 * SHADOW
        self.setFixedWidth(min(theme().px(WIDTH) + 2 * SHADOW, max(room, 360)))
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 4, 0)
        self._inner.setSpacing(8)
        self._inner.addWidget(self._rules())
        self.ways = OptionCards(
            [self._way(way) for way in self._offered()],
            accessible_name=texts("gui.results.tie.ways"),
        )
        self._inner.addWidget(self.ways)
        self._scroll = scrolling(inner, sideways=True)
        self.column.addWidget(self._scroll, 1)
        self.column.addLayout(self._who_and_why())
        self.later = Button(texts("gui.results.tie.later"))
        self.record = Button(texts("gui.results.tie.record"), kind="primary", icon="gavel")
        self.later.clicked.connect(self.reject)
        self.record.clicked.connect(self.accept)
        self.paper = Button(texts("gui.results.tie.print"), kind="ghost", icon="printer")
        self.paper.clicked.connect(lambda: self.print_asked.emit(self.paper))
        self.add_buttons(self.later, self.record, left=self.paper)
        self.ways.chosen.connect(lambda _: self._way_chosen())
        self._refresh()
        height = inner.sizeHint().height() + 4
        most = (parent.window().height() if parent is not None else 700) - 300
        self._scroll.setFixedHeight(max(min(height, most), 150))

    @property
    def answer(self) -> TieAnswer:
        """What was decided, as it stands in the dialog."""
        way = cast("TieWay", self._way_id() or "")
        chosen = tuple(str(box.currentData()) for box in self.boxes if box.currentData())
        by = self._texts(f"gui.results.tie.by.{way}") if way else ""
        return TieAnswer(way, () if way == ALL else chosen, by, self.reason.text().strip())

    def choose(self, way: str) -> None:
        """Take a way as a click on it would."""
        self.ways.choose(way)
        self._way_chosen()

    def _offered(self) -> list[str]:
        return [CHAIR, *([ALL] if self._tie.may_take_all else []), DRAW]

    def _rules(self) -> QWidget:
        texts, tie = self._texts, self._tie
        names = names_of(tie.held, texts.language, tie.judges)
        box = frame("card")
        grid = QGridLayout(box)
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for at, one in enumerate(tie.contestants):
            who = QVBoxLayout()
            who.setSpacing(0)
            who.addWidget(label(f"{one.id} · {one.name or ''}", "strong", wrap=True))
            if one.unit:
                who.addWidget(label(one.unit, "small", "second", wrap=True))
            grid.addLayout(who, 0, 1 + 2 * at)
            grid.setColumnStretch(1 + 2 * at, 1)
        rows = [(texts("gui.results.tie.total"), dict.fromkeys((o.id for o in tie.contestants),
                                                              tie.total))]  # fmt: skip
        for number, rule in enumerate(tie.rules, 1):
            words = step_text(names, rule.by, texts)
            rows.append((f"{number}. {words[:1].upper()}{words[1:]}", dict(rule.values or {})))
        for number, (words, values) in enumerate(rows):
            line = 1 + 2 * number
            grid.addWidget(hairline(), line, 0, 1, 2 * len(tie.contestants))
            grid.addWidget(label(words, wrap=True), line + 1, 0)
            for at, one in enumerate(tie.contestants):
                value = values.get(one.id)
                written = "–" if value is None else texts.number(value, PLACES)
                grid.addWidget(label(written, "subhead"), line + 1, 1 + 2 * at)
                if at and value is not None and values.get(tie.contestants[at - 1].id) == value:
                    sign = Sign("equal", "warn", 14, "warnsoft")
                    sign.setAccessibleName(texts("gui.results.tie.equal"))
                    grid.addWidget(sign, line + 1, 2 * at)
        return box

    def _way(self, way: str) -> Option:
        count = len(self._tie.contestants)
        return Option(
            way,
            self._texts(f"results.tie.way.{way}", count=count, size=self._tie.widened),
            self._texts(f"gui.results.tie.way.{way}.what"),
        )

    def _who_and_why(self) -> QHBoxLayout:
        texts = self._texts
        row = QHBoxLayout()
        row.setSpacing(12)
        who = QVBoxLayout()
        who.setSpacing(4)
        self._who = label(texts("gui.results.tie.chosen"), "small-strong")
        who.addWidget(self._who)
        self.boxes: list[Choice] = []
        for number in range(self._tie.seats):
            box = Choice()
            box.setAccessibleName(texts("gui.results.tie.chosen_at", number=number + 1))
            box.addItem("–", "")
            for one in self._tie.contestants:
                box.addItem(f"{one.id} · {one.name or ''}", one.id)
            box.currentIndexChanged.connect(lambda *_: self._refresh())
            self.boxes.append(box)
            who.addWidget(box)
        who.addStretch(1)
        row.addLayout(who, 1)
        why = QVBoxLayout()
        why.setSpacing(4)
        why.addWidget(label(texts("gui.results.tie.reason"), "small-strong"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(texts("gui.results.tie.reason"))
        self.reason.textChanged.connect(lambda *_: self._refresh())
        why.addWidget(self.reason)
        self._lacking = label("", "small", "second", wrap=True)
        why.addWidget(self._lacking)
        why.addStretch(1)
        row.addLayout(why, 2)
        return row

    def _way_id(self) -> str | None:
        return self.ways.current

    def _way_chosen(self) -> None:
        one = self._way_id() != ALL
        for widget in (self._who, *self.boxes):
            widget.setVisible(one)
        self._refresh()

    def _refresh(self) -> None:
        lacking = self._what_lacks()
        self.record.setEnabled(not lacking)
        self._lacking.setText(self._texts(f"gui.results.tie.lacks.{lacking}") if lacking else "")

    def _what_lacks(self) -> str:
        way = self._way_id()
        if way is None:
            return "way"
        chosen = self.answer.chosen
        if way != ALL and (not chosen or len(chosen) < len(self.boxes)):
            return "who"
        if len(set(chosen)) < len(chosen):
            return "twice"
        return "" if self.reason.text().strip() else "reason"


def ask_tie(
    parent: QWidget | None, texts: Texts, tie: LineTie, print_minutes: PrintMinutes
) -> TieAnswer | None:
    """Ask for a decision; None if it is left for later."""
    dialog = TieDialog(parent, texts, tie)
    dialog.print_asked.connect(lambda button: print_minutes(button, tie.held.id, dialog.answer))
    dialog.later.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog.answer if dialog.run() else None
