"""What the drawer shows of a contestant: contact sheet, wave, findings from bad to good, files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from judgeapp.domain.contest import Part
from judgeapp.domain.entries import EntryFile, FileRules, Kept, Problem, clock_text, rules_of
from judgeapp.gui.outline_view import OutlineView
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.entries_cards import Board, Card, icon_of, tone_of
from judgeapp.gui.pages.entries_pictures import ContactSheet, Wave
from judgeapp.gui.player import Player
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button, icon_button
from judgeapp.gui.widgets.pill import ink
from judgeapp.gui.widgets.scroller import scrolling
from judgeapp.gui.widgets.sign import Sign
from judgeapp.gui.widgets.text import hairline, label
from judgeapp.system.clock import shown_moment

BEFORE_S = 5.0
_MOST_PLACES = 6
_PLAYER_HEIGHT, _OUTLINE_HEIGHT = 346, 430


class EntryDetail(QWidget):
    """A contestant's files.

    Attributes:
        file_asked: a file is to be chosen for this part: handed in, or in place of another.
        message_asked: words to ask for a new file are wanted.
        keep_asked: what was found is to be kept, with a reason; ``unkeep_asked``: no more.
        convert_asked: the clip is to be converted; ``check_asked``: all is to be looked into again.
        facts_asked: what the secretary notes about the contestant is wanted.
    """

    file_asked = Signal(object)
    message_asked = Signal()
    keep_asked = Signal()
    unkeep_asked = Signal()
    convert_asked = Signal(object)
    check_asked = Signal()
    facts_asked = Signal()

    def __init__(self, session: Session, card: Card, board: Board, media: Path) -> None:
        super().__init__()
        self.session, self.texts = session, session.texts
        self.card, self._board, self._media = card, board, media
        self.player: Player | None = None
        self.outline: OutlineView | None = None
        self._sheet: ContactSheet | None = None
        self._wave: Wave | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 6, 0, 0)
        outer.setSpacing(10)
        self._screen = QVBoxLayout()
        self._screen.setSpacing(6)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(10)
        self._column.addLayout(self._screen)
        for file in card.files:
            self._add_file(file)
        for part in card.missing:
            words = self.texts("gui.entries.missing", parts=part_name(part, self.texts))
            take = Button(self.texts("gui.entries.hand_in"), icon="file-up", height=32)
            take.setAccessibleName(
                self.texts("gui.entries.hand_in.for", part=part_name(part, self.texts))
            )
            take.clicked.connect(partial(self.file_asked.emit, part))
            self._line("circle-dashed", "warn", words, take)
        facts = Button(self.texts("gui.entries.facts"), icon="timer")
        facts.clicked.connect(self.facts_asked)
        self._column.addWidget(facts, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        area = scrolling(inside)
        self.area = area
        outer.addWidget(area, 1)
        outer.addLayout(self._ways_out())

    # --- files -------------------------------------------------------------------------------

    def _add_file(self, file: EntryFile) -> None:
        if self._column.count() > 1:
            self._column.addWidget(hairline())
        part = self._board.held.part(file.part)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(part_name(part, self.texts) if part else file.part, "subhead"))
        words.addWidget(label(file.original_name, "small", "second", wrap=True))
        row.addLayout(words, 1)
        watch = Button(self.texts("gui.entries.watch"), icon="play")
        if file.kind == "outline":
            watch = Button(self.texts("gui.entries.read"), icon="book-open")
            watch.clicked.connect(lambda: self.read(file))
        else:
            watch.clicked.connect(lambda: self.play(file, 0.0))
        watch.setAccessibleName(f"{watch.text()}: {file.original_name}")
        row.addWidget(watch, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._more(file, part), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        if file.kind == "clip" and file.check is not None and self._sheet is None:
            self._add_pictures(file)
        self._add_findings(file)

    def _more(self, file: EntryFile, part: Part | None) -> Button:
        """Return the button behind which the rarer ways out of a file are."""
        more = icon_button("ellipsis", self.texts("gui.entries.more", file=file.original_name))
        menu = QMenu(more)
        if part is not None:
            menu.addAction(self.texts("gui.entries.replace"), partial(self.file_asked.emit, part))
        menu.addAction(self.texts("gui.entries.check_again"), self.check_asked.emit)
        if file.kind == "clip" and file.check is not None and file.check.opens:
            menu.addAction(
                self.texts("gui.entries.convert_this"), partial(self.convert_asked.emit, file)
            )
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _add_pictures(self, file: EntryFile) -> None:
        assert file.check is not None
        cuts = [p.at for p in file.check.problems if p.code == "cut" and p.at is not None]
        places = _places(file.check.problems)
        self._sheet, self._wave = ContactSheet(self.texts), Wave(self.texts)
        path = self.card.sheets.get(file.id)
        image = QImage(str(path)) if path is not None else None
        self._sheet.show_clip(image, file.check.frames, cuts)
        self._sheet.setVisible(bool(file.check.frames))
        self._wave.show_clip(file.check.peaks, file.check.seconds or 0.0, places)
        self._sheet.chosen.connect(partial(self.play, file))
        self._wave.chosen.connect(partial(self.play, file))
        self._column.addWidget(self._sheet)
        self._column.addWidget(self._wave)

    def _add_findings(self, file: EntryFile) -> None:
        """Say what was found, from bad to good."""
        check = file.check
        if check is None:
            self._line("clock", "neutral", self.texts("gui.entries.waiting"))
            return
        if file.kept is not None:
            self._add_kept(file.kept)
        shown: dict[str, int] = {}
        for problem in sorted(check.problems, key=_weight):
            shown[problem.code] = shown.get(problem.code, 0) + 1
            if shown[problem.code] <= _MOST_PLACES:
                words = self.texts(problem.text_key, **problem.params)
                self._line(icon_of(problem), tone_of(problem), words, self._look_at(file, problem))
        more = sum(max(0, count - _MOST_PLACES) for count in shown.values())
        if more:
            self._line("info", "neutral", self.texts("gui.entries.more_places", count=more))
        for words in self._good(file):
            self._line("circle-check", "ok", words)

    def _add_kept(self, kept: Kept) -> None:
        """Say that the file is kept as it is, why, and who said so."""
        words = self.texts(
            "gui.entries.kept_because", reason=kept.reason, at=shown_moment(kept.at),
            actor=self.texts(f"log.actor.{kept.actor}")
            if self.texts.has(f"log.actor.{kept.actor}") else kept.actor,
        )  # fmt: skip
        undo = Button(self.texts("gui.entries.unkeep"), height=32)
        undo.clicked.connect(self.unkeep_asked)
        self._line("check", "accent", words, undo)

    def _look_at(self, file: EntryFile, problem: Problem) -> Button | None:
        if problem.code == "unplayable_codec" and file in self.card.odd_clips:
            convert = Button(self.texts("gui.entries.convert_this"), height=32)
            convert.clicked.connect(partial(self.convert_asked.emit, file))
            return convert
        if problem.at is None or file.kind != "clip":
            return None
        start = max(0.0, problem.at - BEFORE_S)
        button = Button(self.texts("gui.entries.look"), height=30)
        button.setAccessibleName(self.texts("gui.entries.look_at", at=clock_text(problem.at)))
        button.clicked.connect(lambda: self.play(file, start))
        return button

    def _good(self, file: EntryFile) -> list[str]:
        check = file.check
        assert check is not None
        codes = {problem.code for problem in check.problems}
        good = []
        if check.sound and not codes & {"no_sound", "silent"} and check.loudness is not None:
            good.append(
                self.texts("gui.entries.fine.sound", level=f"−{abs(round(check.loudness))}")
            )
        part = self._board.held.part(file.part)
        rules = rules_of(part) if part else FileRules()
        limits = (rules.min_s, rules.max_s)
        if check.seconds is not None and not codes & {"too_long", "too_short"} and any(limits):
            good.append(self._length_in_words(check.seconds, rules))
        if check.opens and check.width and not codes & {"truncated", "damaged"}:
            size = f"{check.width}×{check.height}"
            codec = (check.video_codec or "").upper().replace("H264", "H.264")
            good.append(self.texts("gui.entries.fine.whole", size=size, codec=codec))
        if check.pages is not None and "too_many_pages" not in codes:
            good.append(self.texts("gui.entries.fine.pages", count=check.pages))
        if check.opens and not check.problems and not good:
            good.append(self.texts("gui.entries.fine.opens"))
        return good

    def _length_in_words(self, seconds: float, rules: FileRules) -> str:
        length = clock_text(seconds)
        if rules.min_s and rules.max_s:
            return self.texts(
                "gui.entries.fine.length", length=length,
                least=clock_text(rules.min_s), most=clock_text(rules.max_s),
            )  # fmt: skip
        if rules.max_s:
            most = clock_text(rules.max_s)
            return self.texts("gui.entries.fine.length_most", length=length, most=most)
        least = clock_text(rules.min_s or 0)
        return self.texts("gui.entries.fine.length_least", length=length, least=least)

    def _line(self, icon: str, tone: str, words: str, button: Button | None = None) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        sign = Sign(icon, ink(tone), 20)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, "body", "" if tone != "neutral" else "second", wrap=True), 1)
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    # --- watching and reading ----------------------------------------------------------------

    def play(self, file: EntryFile, second: float) -> None:
        """Show the clip in place of its pictures, from a second on."""
        self.stop()
        limit = part.max_s if (part := self._board.held.part(file.part)) else None
        check = file.check
        self.player = Player(self.session)
        self.player.setFixedHeight(theme().px(_PLAYER_HEIGHT))
        self.player.load(
            self._media / file.stored_name, peaks=check.peaks if check else (),
            limit_s=limit, position=second,
        )  # fmt: skip
        if check:
            self.player.set_places(_places(check.problems))
        self._show_on_top(self.player)
        for picture in (self._sheet, self._wave):
            if picture is not None:
                picture.hide()
        self.player.play()
        self.player.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, file: EntryFile) -> None:
        """Show the outline."""
        self.stop()
        self.outline = OutlineView(self.session)
        self.outline.setMinimumHeight(theme().px(_OUTLINE_HEIGHT))
        self._show_on_top(self.outline)
        self.outline.load(self._media / file.stored_name)
        self.outline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_on_top(self, widget: QWidget) -> None:
        back = Button(self.texts("gui.entries.back"), icon="chevron-left", kind="ghost", height=30)
        back.clicked.connect(self.stop)
        self._screen.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._screen.addWidget(widget)
        self.area.verticalScrollBar().setValue(0)

    def stop(self) -> None:
        """Let clip and outline go, and show the pictures again."""
        if self.player is not None:
            self.player.clear()
        if self.outline is not None:
            self.outline.clear()
        self.player = self.outline = None
        while (item := self._screen.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._sheet is not None and self._wave is not None:
            self._sheet.show()
            self._wave.show()

    # --- ways out ----------------------------------------------------------------------------

    def _ways_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if any(file.asks for file in self.card.files):
            keep = Button(self.texts("gui.entries.keep"))
            keep.clicked.connect(self.keep_asked)
            row.addWidget(keep)
        row.addStretch(1)
        if self.card.state in ("look", "missing"):
            ask = Button(self.texts("gui.entries.ask_again"), icon="mail", kind="primary")
            ask.clicked.connect(self.message_asked)
            row.addWidget(ask)
        return row


def _weight(problem: Problem) -> tuple[int, str, float]:
    return ("stop", "warn", "neutral").index(tone_of(problem)), problem.code, problem.at or 0.0


def _places(problems: Sequence[Problem]) -> list[float]:
    """Return where something was found; the time limit has its own line."""
    return [p.at for p in problems if p.at is not None and p.code != "too_long"]
