"""Marks on their way from the paper sheets to the disk: read at each key, stored at once.

A tick stands only beside a mark that is on the disk. A refused text stays in its field and is not
stored. A mark that came in a score file is asked about before it is changed. In the second look
nothing is stored: what is typed is only compared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.points import Accepted, Refused, read_points
from judgeapp.gui.alive import alive
from judgeapp.gui.pages.final_cells import Mark
from judgeapp.gui.pages.final_grid import MarkGrid
from judgeapp.gui.points_words import refused_words
from judgeapp.gui.session import Session
from judgeapp.system.clock import shown_time

if TYPE_CHECKING:
    from judgeapp.services.context import Kind
    from judgeapp.services.paper_marks import MarkPlace, PaperEntered, PaperSheets
    from judgeapp.system.progress import Progress

NEWS_MS = 600
Tone = Literal["", "ok", "warn", "stop"]


class PaperTyping(QObject):
    """Fills the grid from the store, and the store from the grid.

    Attributes:
        told: a sentence about what was typed last, and its tone.
        stored: something is on the disk now.
        comparing: the second look is on.
    """

    told = Signal(str, str)
    stored = Signal()

    def __init__(self, session: Session, grid: MarkGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._texts, self._grid = session, session.texts, grid
        self._alive = alive(self)
        self.sheets: PaperSheets | None = None
        self._points: dict[MarkPlace, Decimal] = {}
        self._from_file: set[MarkPlace] = set()
        self._waiting: dict[MarkPlace, int] = {}
        self._asked: set[MarkPlace] = set()
        self._compared: dict[MarkPlace, bool] = {}
        self._history: list[tuple[MarkPlace, Decimal | None]] = []
        self._kinds: frozenset[Kind] = frozenset()
        self._news = QTimer(self)  # tables are read anew in a pause: the next mark never waits
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._tell_news)
        self.comparing = False
        grid.left.connect(self.leave)
        grid.current_changed.connect(self.say)
        grid.may_go = self._may_go
        grid.undo_asked.connect(self.undo)

    # --- showing -----------------------------------------------------------------------------

    @property
    def contestant(self) -> ContestantId | None:
        """Whose sheets are shown."""
        return self.sheets.contestant.id if self.sheets else None

    @property
    def busy(self) -> bool:
        """Whether a mark is on its way."""
        return any(self._waiting.values())

    def show(self, sheets: PaperSheets) -> None:
        """Show a contestant's sheets; what is being typed just now stays."""
        other = self.contestant != sheets.contestant.id
        self.sheets = sheets
        self._grid.set_round(sheets.held, sheets.judges)
        self._grid.set_owed(sheets.owed, closed=sheets.closed)
        if other:
            self._waiting, self._compared, self.comparing = {}, {}, False
            self._history = []
        self._points = {place: mark.points for place, mark in sheets.marks.items()}
        self._from_file = {place for place, mark in sheets.marks.items() if mark.from_file}
        for place, cell in self._grid.cells.items():
            keep = not other and (cell.hasFocus() or self._waiting.get(place) or self.comparing)
            if keep or (not other and self.refused(place) is not None):
                continue
            self._fill(place)
        self._grid.show_sums(self._points)

    def _fill(self, place: MarkPlace) -> None:
        """Show a field as the disk holds it."""
        cell = self._grid.cells[place]
        points = self._points.get(place)
        cell.setText("" if points is None else self._texts.number(points))
        cell.refuse(refused=False)
        by_file: Mark = "from_file" if place in self._from_file else "saved"
        cell.show_mark("" if points is None else by_file)

    def refused(self, place: MarkPlace) -> Refused | None:
        """Return why the text in a field is not taken, or None."""
        criterion = self._grid.criterion(place)
        text = self._grid.cells[place].text()
        answer = read_points(text, maximum=criterion.max, step=criterion.step)
        return answer if isinstance(answer, Refused) else None

    def first_refused(self) -> MarkPlace | None:
        """Return a field whose text is not taken, or None."""
        return next((place for place in self._grid.cells if self.refused(place)), None)

    def _may_go(self, place: MarkPlace) -> bool:
        """Stay at a refused text, and once at a mark that differs in the second look."""
        if self.refused(place) is not None:
            return False
        if not self.comparing or self._compared.get(place) is False:
            return True
        self.leave(place)
        return self._compared.get(place) is not False

    def say(self, place: MarkPlace) -> None:
        """Say what the field is for, or why its text is refused; asked at each key."""
        refused = self.refused(place)
        cell, criterion = self._grid.cells[place], self._grid.criterion(place)
        cell.refuse(refused is not None)
        if refused is not None:
            words = refused_words(self._texts, refused, criterion)
            self.told.emit(f"{words} {self._texts('gui.final.not_stored')}", "stop")
            return
        if cell.isModified():
            cell.show_mark("")
        words = self._texts(
            "gui.final.at", judge=place[0], criterion=self._grid.name_of(criterion),
            most=criterion.max, step=criterion.step,
        )  # fmt: skip
        self.told.emit(words, "")

    # --- storing -----------------------------------------------------------------------------

    def leave(self, place: MarkPlace) -> None:
        """Bring what was typed in a field to the disk."""
        if self.sheets is None or self.sheets.closed or place in self._asked:
            return
        criterion = self._grid.criterion(place)
        text = self._grid.cells[place].text()
        answer = read_points(text, maximum=criterion.max, step=criterion.step)
        if isinstance(answer, Refused):
            self.say(place)
            return
        points = answer.points if isinstance(answer, Accepted) else None
        if self.comparing:
            self._compare(place, points)
        elif points != self._points.get(place):
            self._history.append((place, self._points.get(place)))
            self._store(place, text)
        elif not self._waiting.get(place):
            self._fill(place)

    def undo(self, at: MarkPlace) -> None:
        """Give up what is being typed, else let the mark before the last one hold again."""
        if self.comparing or self.sheets is None:
            return
        cell, points = self._grid.cells[at], self._points.get(at)
        if cell.text() != ("" if points is None else self._texts.number(points)):
            self._fill(at)
            cell.selectAll()
            self.say(at)
        elif self._history and not self.busy:
            place, before = self._history.pop()
            self._grid.focus(place)
            self._store(place, "" if before is None else self._texts.number(before))

    def _store(self, place: MarkPlace, text: str, reason: str = "") -> None:
        assert self.sheets is not None
        app, held, contestant = self._session.app, self.sheets.held.id, self.sheets.contestant.id
        judge, part, criterion = place
        self._waiting[place] = self._waiting.get(place, 0) + 1
        self._grid.cells[place].show_mark("saving")

        def work(progress: Progress) -> tuple[PaperEntered, frozenset[Kind]]:
            from judgeapp.services.paper_marks import enter_paper_mark

            outcome = enter_paper_mark(
                app, contestant=contestant, judge=judge, part=part, criterion=criterion,
                typed=text, round_id=held, reason=reason,
            )  # fmt: skip
            return outcome.value, outcome.changed  # told a moment later: see `_news`

        def ours() -> bool:
            """Whether this contestant is still shown."""
            if not self._alive() or self.contestant != contestant:
                return False
            self._waiting[place] -= 1
            return not self._waiting[place]

        def done(told: tuple[PaperEntered, frozenset[Kind]]) -> None:
            entered, kinds = told
            if self._alive():
                self._kinds |= kinds
                self._news.start()
            if ours():
                self._done(place, entered)

        def refused(error: JudgeError) -> None:
            if ours():
                self._refused(place, text, error)
            else:
                self._session.show_error(error)

        self._session.run(work, done, on_refused=refused)

    def _tell_news(self) -> None:
        kinds, self._kinds = self._kinds, frozenset()
        self._session.bus.changed.emit(kinds)

    @property
    def news(self) -> bool:
        """Whether pages are still to be told of what was stored."""
        return self._news.isActive()

    def _done(self, place: MarkPlace, entered: PaperEntered) -> None:
        event = entered.event
        if event is not None:
            self._from_file.discard(place)
            if event.points is None:
                self._points.pop(place, None)
            else:
                self._points[place] = event.points
        cell = self._grid.cells[place]
        if not cell.isModified() or not cell.hasFocus():
            self._fill(place)
        self._grid.show_sums(self._points)
        if event is not None:
            name = self._grid.name_of(self._grid.criterion(place))
            points = "–" if event.points is None else self._texts.number(event.points)
            words = self._texts(
                "gui.final.saved", at=shown_time(event.at), judge=place[0], criterion=name,
                points=points,
            )  # fmt: skip
            self.told.emit(words, "ok")
        self.stored.emit()

    def _refused(self, place: MarkPlace, text: str, error: JudgeError) -> None:
        if error.code != "judging.mark_of_file":
            self._fill(place)
            self._session.show_error(error)
            return
        self._asked.add(place)
        points = self._texts.number(self._points[place]) if place in self._points else "–"
        reason = self._session.dialogs.ask_text(
            self._texts("gui.final.over_file.title"),
            self._texts("gui.final.over_file.body", judge=place[0], points=points, typed=text),
            self._texts("gui.final.over_file.reason"),
            yes=self._texts("gui.final.over_file.yes"),
        )
        self._asked.discard(place)
        if reason is None:
            self._fill(place)
            self.told.emit(self._texts("gui.final.over_file.kept", points=points), "")
        else:
            self._store(place, text, reason)

    # --- second look -------------------------------------------------------------------------

    def compare(self, on: bool) -> None:
        """Empty all fields to type the sheets a second time, or show the marks again."""
        self.comparing, self._compared = on, {}
        for place, cell in self._grid.cells.items():
            if on:
                cell.setText("")
                cell.refuse(refused=False)
                cell.show_mark("")
            else:
                self._fill(place)
        words = self._texts("gui.final.second.begin") if on else ""
        self.told.emit(words, "")

    def _compare(self, place: MarkPlace, points: Decimal | None) -> None:
        if points is None:
            return
        first = self._points.get(place)
        same = points == first
        self._compared[place] = same
        cell = self._grid.cells[place]
        cell.show_mark("same" if same else "")
        cell.refuse(not same)
        if same:
            agree = sum(self._compared.values())
            words = self._texts("gui.final.second.same", count=agree, total=len(self._points))
            self.told.emit(words, "ok")
        else:
            words = self._texts(
                "gui.final.second.differs",
                first="–" if first is None else self._texts.number(first),
                second=self._texts.number(points),
            )
            self.told.emit(words, "stop")
