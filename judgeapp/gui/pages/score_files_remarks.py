"""What judges said of whole entries: problems first, as a notice and a list to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.text import card, label
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from judgeapp.domain.ids import ContestantId, JudgeId
    from judgeapp.domain.remarks import Remark
    from judgeapp.services.score_matrix import SheetMatrix


class RemarksNotice(QWidget):
    """Says how many problems judges reported; not there while nothing was said.

    Attributes:
        asked: the list of what was said is wanted.
        remarks: all of it.
    """

    asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._texts = session, session.texts
        self.remarks: list[Remark] = []
        self.button = Button(self._texts("gui.remarks.read"), icon="message-square", height=34)
        self.button.clicked.connect(self.asked)
        self._notice = Notice("neutral", "message-square", "", "", self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        self.hide()

    def load(self, found: SheetMatrix) -> None:
        """Read what was said in a round, in the background."""
        app, held = self._session.app, found.held.id

        def work(progress: object) -> list[Remark]:
            from judgeapp.services.remarks import remarks_on_entries

            return remarks_on_entries(app, round_id=held)

        self._session.run(work, self._show)

    def _show(self, remarks: list[Remark]) -> None:
        self.remarks = remarks
        problems = {item.contestant for item in remarks if item.kind == "problem"}
        if problems:
            self._notice.set_tone("warn", "flag")
            words = self._texts("gui.remarks.problems", count=len(problems))
            self._notice.set_words(words, ", ".join(sorted(problems)))
        else:
            self._notice.set_tone("neutral", "message-square")
            self._notice.set_words(self._texts("gui.remarks.comments", count=len(remarks)))
        self.setVisible(bool(remarks))


class RemarksPanel(QScrollArea):
    """Lists what was said: problems before comments, each with who said it of whom."""

    def __init__(
        self,
        remarks: Sequence[Remark],
        names: Mapping[ContestantId, str],
        judges: Mapping[JudgeId, str],
        texts: Texts,
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 10, 8, 8)
        column.setSpacing(10)
        for kind in ("problem", "comment"):
            said = [item for item in remarks if item.kind == kind]
            if said:
                column.addWidget(label(texts(f"gui.remarks.{kind}"), "strong"))
            for item in said:
                box, lines = card(12)
                who = f"{item.contestant} · {names.get(item.contestant, '')}"
                lines.addWidget(label(who, "small-strong", wrap=True))
                words = label(item.text, wrap=True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                lines.addWidget(words)
                judge = f"{item.judge} · {judges.get(item.judge, '')}"
                lines.addWidget(label(judge, "small", "second", wrap=True))
                column.addWidget(box)
        column.addStretch(1)
        self.setWidget(inner)
