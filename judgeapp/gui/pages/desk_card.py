"""The criterion being marked: name, large figures, ruler and texts of levels, comment, next key."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from judgeapp.domain.contest import Criterion, Level
from judgeapp.domain.points import Refused
from judgeapp.gui.pages.desk_levels import Levels, LevelWords
from judgeapp.gui.pages.desk_typing import Key, Stored, Typing
from judgeapp.gui.points_words import refused_words
from judgeapp.gui.widgets.points_field import PointsField
from judgeapp.gui.widgets.ruler import Ruler
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import hairline, label, set_tone
from judgeapp.system.texts import Texts

MAX_COMMENT = 2000


def mark_words(texts: Texts, criterion: Criterion, points: Decimal | None) -> str:
    """Return in words what a criterion is and which mark it has."""
    name = criterion.vi if texts.language == "vi" else criterion.en
    if points is None:
        return texts("gui.desk.no_mark", criterion=name, most=criterion.max)
    return texts("gui.desk.mark", criterion=name, points=points, most=criterion.max)


class CriterionCard(QFrame):
    """Shows one criterion and takes its mark and comment.

    Attributes:
        field: the points; ``comment``: what the judge says to them.
        comment_done: Enter in the comment.
    """

    comment_done = Signal()

    def __init__(self, texts: Texts, typing: Typing) -> None:
        super().__init__()
        self.setObjectName("current")
        self._texts, self._typing = texts, typing
        self.key: Key | None = None
        self._typed_now = False
        self.field = PointsField()
        self.comment = QLineEdit()
        self.comment.setObjectName("quiet")
        self.comment.setMaxLength(MAX_COMMENT)
        self.comment.setPlaceholderText(texts("gui.desk.comment"))
        self.comment.setAccessibleName(texts("gui.desk.comment"))
        self._title = label("", "heading", wrap=True)
        self._most = label("", "body", "second")
        self._level = label("", "subhead", "accent")
        self._out_of = label("", "subhead", "second")
        self._sign = Sign("circle-dashed", "text3", 18)
        self._state = label("", "small-strong", "second")
        self.ruler = Ruler()
        self.levels = Levels()
        self._sentence = label("", "body", "stop", wrap=True)
        self._next = label("", "small-strong", "second")
        self._lay_out()
        self.set_compact(False)
        self.field.textEdited.connect(self._typed)
        self.field.left.connect(self.leave)
        self.comment.returnPressed.connect(self._comment_entered)
        self.comment.installEventFilter(self)
        typing.changed.connect(self.refresh)
        typing.told.connect(self._told)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._most, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.field)
        self._side, self._line = QVBoxLayout(), QHBoxLayout()
        self._side.setSpacing(2)
        self._line.setSpacing(6)
        self._line.addWidget(self._out_of)
        self._line.addWidget(self._level)
        self._line.addStretch(1)
        self._line.addWidget(self._sign)
        self._line.addWidget(self._state)
        self._side.addLayout(self._line)
        self._side.addWidget(self.ruler)
        row.addLayout(self._side, 1)
        column.addLayout(row)
        column.addWidget(self._sentence)
        column.addWidget(self.levels)
        column.addWidget(hairline())
        below = QHBoxLayout()
        below.addWidget(Sign("message-square", "text3", 18))
        below.addWidget(self.comment, 1)
        below.addWidget(self._next)
        column.addLayout(below)

    def set_compact(self, compact: bool) -> None:
        """Leave out what the button below says, where there is little room."""
        for widget in (self._next, self._most, self.ruler):
            widget.setVisible(not compact)
        self._out_of.setVisible(compact)
        if compact:
            self._side.insertWidget(1, self._level)
        else:
            self._line.insertWidget(0, self._level)
        for words in (self._level, self._state):
            words.setWordWrap(compact)
        self._line.setStretchFactor(self._state, 1 if compact else 0)
        self.levels.set_compact(compact)

    # --- showing ------------------------------------------------------------------------------

    def show_criterion(self, key: Key, number: int, next_words: str) -> None:
        """Show a criterion with what is on it; the one before is left."""
        if self.key != key:
            self.leave()
            self.key = key
            self.field.setText(self._typing.text(key))
            self.comment.setText(self._typing.comment(key))
        criterion = self._typing.criterion(key)
        name = criterion.vi if self._texts.language == "vi" else criterion.en
        self._title.setText(f"{number}. {name}")
        self._most.setText(self._texts("gui.desk.most", most=criterion.max, step=criterion.step))
        self._out_of.setText(self._texts("gui.desk.out_of", most=criterion.max))
        self._next.setText(next_words)
        self.refresh()

    def refresh(self) -> None:
        """Show how the mark stands; the text in the field is the judge's and stays."""
        if self.key is None:
            return
        criterion = self._typing.criterion(self.key)
        points, stored = self._typing.points(self.key), self._typing.stored(self.key)
        self._show_stored(stored)
        refused = self._typing.refused(self.key)
        self.field.refuse(refused is not None or stored == "failed")
        words = self._words(refused, criterion, points) if refused else ""
        self._sentence.setText(words)
        self._sentence.setVisible(bool(words))
        self._show_level(criterion, points)

    def _told(self, key: object) -> None:
        if not self._typed_now:
            self.refresh()

    def _show_stored(self, stored: Stored) -> None:
        icon, tone = {
            "saved": ("circle-check", "ok"),
            "saving": ("loader", "text3"),
            "waiting": ("circle-dot", "accent"),
            "none": ("circle-dashed", "text3"),
        }.get(stored, ("octagon-alert", "stop"))
        self._sign.set_sign(icon, tone)
        self._state.setText(self._texts(f"gui.desk.stored.{stored}"))
        tone = {"saved": "ok", "refused": "stop", "failed": "stop"}.get(stored, "second")
        if self._state.property("tone") != tone:
            set_tone(self._state, tone)

    def _show_level(self, criterion: Criterion, points: Decimal | None) -> None:
        """Show where the mark lies: on the ruler, and which level it fits."""
        texts = self._texts
        level = None if points is None else criterion.level_of(points)
        name = self._level_name(level) if level else ""
        self._level.setText(texts("gui.desk.level", level=name) if level else "")
        words = mark_words(texts, criterion, points)
        if level:
            words = texts("gui.desk.mark_level", mark=words, level=name)
        self.field.setAccessibleName(words)
        bounds = [one.least for one in criterion.levels if one.least]
        first = [Decimal(0), criterion.max, *([level.least] if level else [])]
        ticks = [(value, texts.number(value)) for value in dict.fromkeys([*first, *bounds])]
        self.ruler.show_mark(points, criterion.max, bounds, ticks, words)
        shown = [self._level_words(criterion, one) for one in criterion.levels]
        lit = criterion.levels.index(level) if level else None
        said = "; ".join(f"{one.name}: {one.points}. {one.text}" for one in shown)
        self.levels.show_levels(shown, lit, texts("gui.desk.levels", levels=said))

    def _level_name(self, level: Level) -> str:
        return level.vi if self._texts.language == "vi" else level.en

    def _level_words(self, criterion: Criterion, level: Level) -> LevelWords:
        texts = self._texts
        least, most = texts.number(level.least), texts.number(criterion.most_of(level))
        points = least if least == most else f"{least} – {most}"
        return LevelWords(points, self._level_name(level), level.text)

    def _words(self, refused: Refused, criterion: Criterion, points: Decimal | None) -> str:
        texts = self._texts
        kept = (
            texts("gui.desk.kept_none") if points is None else texts("gui.desk.kept", points=points)
        )
        return f"{refused_words(texts, refused, criterion)} {kept}"

    # --- typing -------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if self.key is not None:
            self._typed_now = True  # shown once a key, whatever it brings about
            self._typing.typed(self.key, text)
            self._typed_now = False
            self.refresh()

    def take_figure(self, figure: str) -> None:
        """Begin a new mark with a figure that was typed elsewhere."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(figure)
        self._typed(figure)

    def leave(self) -> None:
        """Bring what was typed to the disk; an accepted mark is written as marks are."""
        if self.key is None:
            return
        self._typing.leave(self.key)
        if self._typing.refused(self.key) is None:
            self.field.setText(self._typing.text(self.key))
        self._typing.say(self.key, self.comment.text())

    def show_again(self) -> None:
        """Show what the disk holds, after an undo."""
        if self.key is not None:
            self.field.setText(self._typing.text(self.key))
            self.refresh()
            self.field.selectAll()

    def _comment_entered(self) -> None:
        if self.key is not None:
            self._typing.say(self.key, self.comment.text())
        self.comment_done.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store the comment when its field is left."""
        if watched is self.comment and event.type() == QEvent.Type.FocusOut and self.key:
            self._typing.say(self.key, self.comment.text())
        return super().eventFilter(watched, event)
