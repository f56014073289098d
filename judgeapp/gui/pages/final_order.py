"""The running order by hand: one up, one down, and what to do if somebody is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from judgeapp.domain.ids import ContestantId
from judgeapp.gui.message_dialog import Way
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import label

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.final_board import Board
    from judgeapp.system.progress import Progress

_ID_ROLE = int(Qt.ItemDataRole.UserRole)
_ROW = 50


class OrderList(QListWidget):
    """Contestants in their order; Alt+↑ and Alt+↓ move the current one.

    Attributes:
        moved: the current one is to go up (-1) or down (+1).
    """

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)


class OrderPanel(QWidget):
    """Changes the running order; each change is stored at once.

    Attributes:
        draw_asked: the order is to be drawn by lot.
        order: the numbers as they stand.
    """

    draw_asked = Signal()

    def __init__(self, session: Session, board: Board) -> None:
        super().__init__()
        self._session, self._texts, self._held = session, session.texts, board.held
        texts = self._texts
        self.people = OrderList()
        self.people.setAccessibleName(texts("gui.final.order.list"))
        self.people.setWordWrap(True)
        self.people.moved.connect(self.move_current)
        self.people.currentRowChanged.connect(lambda _: self._enable())
        self.up = Button(texts("gui.final.order.up"), icon="arrow-up", key="Alt ↑")
        self.down = Button(texts("gui.final.order.down"), icon="arrow-down", key="Alt ↓")
        self.absent = Button(texts("gui.final.order.absent"), icon="user-minus")
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.absent.clicked.connect(self.ask_absent)
        self.draw = Button(texts("gui.final.draw"), icon="shuffle")
        self.draw.clicked.connect(self.draw_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(texts("gui.final.order.what"), "small", "second", wrap=True))
        column.addWidget(self.people, 1)
        column.addLayout(row)
        others = QHBoxLayout()
        others.setSpacing(8)
        others.addWidget(self.absent)
        others.addStretch(1)
        others.addWidget(self.draw)
        column.addLayout(others)
        self.setFocusProxy(self.people)
        self.show_board(board)

    @property
    def order(self) -> list[str]:
        """The numbers as they stand."""
        return [self._id(row) for row in range(self.people.count())]

    def _id(self, row: int) -> str:
        return str(self.people.item(row).data(_ID_ROLE))

    def show_board(self, board: Board) -> None:
        """Show the order that is stored; the current contestant stays current."""
        at = self.people.currentRow()
        current = self._id(at) if at >= 0 else ""
        self.people.clear()
        for place, row in enumerate(board.rows, start=1):
            one = row.contestant
            item = QListWidgetItem(f"{place}.  {one.id} · {one.name}\n{row.unit or ''}")
            item.setData(_ID_ROLE, str(one.id))
            item.setSizeHint(QSize(100, theme().px(_ROW)))
            self.people.addItem(item)
        self.draw.setText(self._texts("gui.final.draw_again" if board.drawn else "gui.final.draw"))
        self.draw.updateGeometry()
        ids = self.order
        self.people.setCurrentRow(ids.index(current) if current in ids else 0)
        self._enable()

    def _enable(self) -> None:
        at, count = self.people.currentRow(), self.people.count()
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < count - 1)
        self.absent.setEnabled(at >= 0)

    def move_current(self, step: int) -> None:
        """Move the current contestant one place up or down."""
        at = self.people.currentRow()
        if 0 <= at + step < self.people.count():
            order = self.order
            order[at], order[at + step] = order[at + step], order[at]
            self._swap(at, at + step)
            self._store(order)

    def _swap(self, at: int, to: int) -> None:
        """Show the change at once; the store's answer shows it again."""
        item = self.people.takeItem(at)
        self.people.insertItem(to, item)
        self.people.setCurrentRow(to)

    def _store(self, order: Sequence[str]) -> None:
        app, held = self._session.app, self._held.id

        def work(progress: Progress) -> object:
            from judgeapp.services.final_board import set_order

            return set_order(app, order=list(order), round_id=held)

        self._session.run(work)

    # --- somebody is not there ---------------------------------------------------------------

    def ask_absent(self) -> None:
        """Ask what is to happen with somebody who is not there."""
        at = self.people.currentRow()
        if at < 0:
            return
        texts, who = self._texts, self._id(at)
        name = self.people.item(at).text().splitlines()[0].partition("  ")[2]
        ways = [
            Way(way, texts(f"gui.final.absent.{way}"), texts(f"gui.final.absent.{way}.what"))
            for way in ("last", "substitute", "withdraw")
        ]
        title = texts("gui.final.absent.title", name=name)
        way = self._session.dialogs.choose(title, texts("gui.final.absent.body"), ways)
        if way == "last":
            rest = [number for number in self.order if number != who]
            self._store([*rest, who])
        elif way == "withdraw":
            self._withdraw(ContestantId(who), name)
        elif way == "substitute":
            self._substitute(ContestantId(who), name)

    def _withdraw(self, who: ContestantId, name: str) -> None:
        reason = self._reason("withdraw", name)
        if reason is None:
            return
        app = self._session.app

        def work(progress: Progress) -> Outcome[object]:
            from judgeapp.services.people import withdraw

            return withdraw(app, contestant=who, reason=reason)  # type: ignore[return-value]  # told

        self._session.run(work)

    def _substitute(self, who: ContestantId, name: str) -> None:
        texts = self._texts
        other = self._session.dialogs.ask_text(
            texts("gui.final.absent.substitute.title", name=name),
            texts("gui.final.absent.substitute.what"),
            texts("gui.final.absent.substitute.name"),
            yes=texts("gui.final.absent.substitute.next"),
        )
        if other is None:
            return
        reason = self._reason("substitute", other)
        if reason is None:
            return
        app = self._session.app

        def work(progress: Progress) -> Outcome[object]:
            from judgeapp.services.people import substitute

            return substitute(app, contestant=who, name=other, reason=reason)  # type: ignore[return-value]  # told

        self._session.run(work)

    def _reason(self, way: str, name: str) -> str | None:
        texts = self._texts
        return self._session.dialogs.ask_text(
            texts(f"gui.final.absent.{way}.ask", name=name),
            texts("gui.final.absent.reason.body"),
            texts("gui.final.absent.reason"),
            yes=texts(f"gui.final.absent.{way}.yes"),
        )
