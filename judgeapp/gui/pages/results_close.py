"""The drawer that closes a round, names what keeps it open, and opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from judgeapp.domain.round_names import names_of
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.domain.closing import OpenItem
    from judgeapp.services.closing import ClosingState
    from judgeapp.services.results import RoundTally

_CONCLUDED = ("spread", "rivals", "too_few_judges", "file")


class ClosingPanel(QWidget):
    """What keeps a round open, each by name, with its conclusion where one is needed.

    Signals:
        done: the round was closed or opened again.
    """

    done = Signal()

    def __init__(self, session: Session, state: ClosingState, found: RoundTally) -> None:
        super().__init__()
        self._session, self._state = session, state
        texts = session.texts
        self._names = names_of(
            state.round, texts.language, {str(judge): name for judge, name in state.names.items()}
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(8)
        scroll = scrolling(inner, sideways=True)
        column.addWidget(scroll, 1)
        if state.closed:
            self._say_closed(found)
        else:
            self._say_open()
        self._list.addStretch(1)
        self.button = Button(
            texts("gui.results.reopen" if state.closed else "gui.results.close"),
            kind="plain" if state.closed else "primary",
            icon="rotate-ccw" if state.closed else "lock",
        )
        self.button.clicked.connect(self.reopen if state.closed else self.close_round)
        self.button.setEnabled(state.closed or not state.items)
        column.addWidget(self.button)

    def _say_closed(self, found: RoundTally) -> None:
        from judgeapp.system.clock import shown_moment

        texts = self._session.texts
        self._list.addWidget(label(texts("gui.results.closed.what"), wrap=True))
        if found.sign_off is not None:
            words = texts(
                "gui.results.signed_off",
                count=len(found.sign_off.body["contestants"]),
                at=shown_moment(found.sign_off.at),
                contestants=", ".join(found.sign_off.body["contestants"]),
            )
            self._list.addWidget(label(words, wrap=True))

    def _say_open(self) -> None:
        from judgeapp.services.closing_words import open_line, open_lines

        texts, names = self._session.texts, self._names
        if not self._state.items:
            self._line("circle-check", "ok", texts("judging.nothing_open"))
            self._list.addWidget(label(texts("gui.results.close.what"), "body", "second",
                                       wrap=True))  # fmt: skip
            return
        words = texts("gui.results.close.needs", count=len(self._state.items))
        self._list.addWidget(label(words, "body", "second", wrap=True))
        concluded = [item for item in self._state.items if item.kind in _CONCLUDED]
        for words in open_lines(self._without_concluded(), names, texts):
            self._line("circle-dashed", "text3", words)
        for item in concluded:
            self._list.addWidget(hairline())
            self._line("triangle-alert", "warn", open_line(item, names, texts))
            button = Button(texts("gui.results.conclude"), icon="pencil", height=34)
            button.clicked.connect(lambda _=False, item=item: self.conclude(item))
            self._list.addWidget(button)

    def _without_concluded(self) -> ClosingState:
        from dataclasses import replace

        items = tuple(item for item in self._state.items if item.kind not in _CONCLUDED)
        return replace(self._state, items=items)

    def _line(self, sign: str, token: str, words: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Sign(sign, token, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, wrap=True), 1)
        self._list.addLayout(row)

    def close_round(self) -> None:
        """Close marking of the round."""
        app, round_id = self._session.app, self._state.round.id

        def work(progress: Progress) -> object:
            from judgeapp.services.closing import close_round

            return close_round(app, round_id=round_id)

        self._session.run(work, lambda _: self.done.emit())

    def reopen(self) -> None:
        """Open marking again, with a reason."""
        texts = self._session.texts
        reason = self._session.dialogs.ask_text(
            texts("gui.results.reopen.title", round=self._state.round.vi),
            texts("gui.results.reopen.body"), texts("gui.results.reason"),
            yes=texts("gui.results.reopen"),
        )  # fmt: skip
        if reason is None:
            return
        app, round_id = self._session.app, self._state.round.id

        def work(progress: Progress) -> object:
            from judgeapp.services.closing import reopen_round

            return reopen_round(app, round_id=round_id, reason=reason)

        self._session.run(work, lambda _: self.done.emit())

    def conclude(self, item: OpenItem) -> None:
        """Ask for the panel's conclusion about one thing, and record it."""
        from judgeapp.services.closing_words import open_line

        texts = self._session.texts
        text = self._session.dialogs.ask_text(
            texts("gui.results.conclude.title"), open_line(item, self._names, texts),
            texts("gui.results.conclude.text"), yes=texts("gui.results.conclude.yes"),
            multiline=True,
        )  # fmt: skip
        if text is None:
            return
        count = False
        if item.kind == "file":
            answer = self._count_it()
            if answer is None:
                return
            count = answer
        self._record(item, text, count=count)

    def _count_it(self) -> bool | None:
        from judgeapp.gui.message_dialog import Way

        texts = self._session.texts
        chosen = self._session.dialogs.choose(
            texts("gui.results.conclude.count"), "",
            [
                Way("count", texts("gui.results.conclude.count.yes"),
                    texts("gui.results.conclude.count.yes.what")),
                Way("leave", texts("gui.results.conclude.count.no"),
                    texts("gui.results.conclude.count.no.what")),
            ],
        )  # fmt: skip
        return None if chosen is None else chosen == "count"

    def _record(self, item: OpenItem, text: str, *, count: bool) -> None:
        app, round_id = self._session.app, self._state.round.id

        def work(progress: Progress) -> object:
            from judgeapp.services.closing import conclude_on_file, conclude_on_marks

            if item.file is not None:
                return conclude_on_file(app, file=item.file, text=text, count=count)
            return conclude_on_marks(
                app, round_id=round_id, contestant=item.contestant or "", part=item.part or "",
                text=text,
            )  # fmt: skip

        self._session.run(work, lambda _: self.done.emit())
