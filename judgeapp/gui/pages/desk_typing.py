"""Marks on their way from the keyboard to the disk: read at each key, stored when whole, undone.

Words: a *visit* is the time that one field is typed in. An accepted text that typing on could still
change (8 on the way to 8,5) *waits*: Enter, leaving the field, closing the window or a moment of
rest stores it, so that no half of a mark becomes an event. A refused text is a *draft*: it is kept
as typed until it is corrected, and the mark that held before the visit holds again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from judgeapp.domain.contest import Criterion
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, CriterionId, PartId
from judgeapp.domain.numbers import plain
from judgeapp.domain.points import Accepted, Empty, Refused, is_complete, read_points
from judgeapp.domain.remarks import ENTRY, Kind
from judgeapp.gui.alive import alive
from judgeapp.gui.session import Session

if TYPE_CHECKING:
    from judgeapp.domain.marks import MarkEvent
    from judgeapp.services.context import Outcome
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_view import DeskView

Key = tuple[ContestantId, PartId, CriterionId]
Stored = Literal["none", "waiting", "saving", "saved", "refused", "failed"]

REST_MS = 1000
HEAD_START_S = 0.008
"""Longest time that the window holds still for a mark on its way to the disk, in seconds: a commit
takes less on most disks."""


class Typing(QObject):
    """The judge's marks as they are on the disk, and what is being typed.

    Attributes:
        changed: the disk holds something new; `view` is what.
        told: how one mark stands has changed, by its key.
        failed: a mark or comment could not be stored; why.
    """

    changed = Signal()
    told = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alive = alive(self)
        self._session = session
        self.desk = desk
        self._view: DeskView | None = None
        self._loading = False
        self._drafts: dict[Key, str] = {}
        self._wanted: dict[Key, Decimal | None] = {}
        self._waiting: set[Key] = set()
        self._sent: dict[Key, Decimal | None] = {}
        self._pending: Counter[Key] = Counter()
        self._failed: dict[Key, JudgeError] = {}
        self._failed_comments: dict[Key, str] = {}
        self._base: dict[Key, Decimal | None] = {}
        self._undo: list[tuple[Key, Decimal | None]] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._send_all)

    # --- what holds ---------------------------------------------------------------------------

    @property
    def view(self) -> DeskView:
        """All own work as the disk holds it.

        Raises:
            RuntimeError: before the first `load` is done.
        """
        if self._view is None:
            raise RuntimeError("load() comes first")
        return self._view

    @property
    def loaded(self) -> bool:
        """Whether there is a `view`."""
        return self._view is not None

    def load(self) -> None:
        """Read what the disk holds, in the background; asked twice it is read once."""
        if self._loading:
            return
        self._loading = True
        self._session.run(self._read_all, self._show, on_refused=self._not_read)

    def _read_all(self, progress: object) -> DeskView:
        from judgeapp.services.desk_view import desk_view

        self._loading = False  # what is stored from here on asks for another reading
        return desk_view(self.desk)

    def _not_read(self, error: JudgeError) -> None:
        if not self._alive():
            return
        self._loading = False
        self._session.show_error(error)

    def _show(self, view: DeskView) -> None:
        if not self._alive():  # the window was closed while this was read
            return
        self._view = view
        for key in list(self._wanted):
            self._forget(key)
        self.changed.emit()

    def _forget(self, key: Key) -> None:
        """Let the disk say what the mark is, if nothing is on its way there any more."""
        if key not in self._waiting and key not in self._failed and not self._pending[key]:
            del self._pending[key]
            self._wanted.pop(key, None)
            self._sent.pop(key, None)

    def criterion(self, key: Key) -> Criterion:
        """Return the criterion that a mark is for."""
        return self.desk.pack.rules.criteria[key[1], key[2]]

    def points(self, key: Key) -> Decimal | None:
        """Return the mark that holds, or will in a moment."""
        if key in self._wanted:
            return self._wanted[key]
        return self.view.entry(key[0]).points(key[1], key[2])

    def comment(self, key: Key) -> str:
        """Return the comment beside a mark, or a remark on the entry."""
        if key in self._failed_comments:
            return self._failed_comments[key]
        event = self.view.entry(key[0]).marks.get((key[1], key[2]))
        return (event.comment or "") if event else ""

    def text(self, key: Key) -> str:
        """Return what stands in the field: the draft, else the mark."""
        if key in self._drafts:
            return self._drafts[key]
        points = self.points(key)
        return "" if points is None else self._session.texts.number(points)

    def refused(self, key: Key) -> Refused | None:
        """Return why the draft in a field is not taken, or None."""
        answer = self._read(key, self._drafts.get(key, ""))
        return answer if isinstance(answer, Refused) else None

    def stored(self, key: Key) -> Stored:
        """Tell how a mark stands; only ``saved`` is on the disk and gets a tick."""
        if self.refused(key) is not None:
            return "refused"
        if key in self._waiting:
            return "waiting"
        if key in self._failed:
            return "failed"
        if key in self._pending:
            return "saving"
        return "none" if self.points(key) is None else "saved"

    def refused_keys(self, contestant: ContestantId | None = None) -> list[Key]:
        """Return the fields with a refused text, of one entry or of all."""
        return [
            key
            for key in self._drafts
            if contestant in (None, key[0]) and self.refused(key) is not None
        ]

    def _read(self, key: Key, text: str) -> Accepted | Empty | Refused:
        criterion = self.criterion(key)
        return read_points(text, maximum=criterion.max, step=criterion.step)

    # --- typing -------------------------------------------------------------------------------

    def typed(self, key: Key, text: str) -> None:
        """Take the text of a field after a key: store it if it is whole, else let it wait."""
        self._base.setdefault(key, self.points(key))
        self._waiting.discard(key)
        answer = self._read(key, text)
        if not isinstance(answer, Accepted):
            self._drafts[key] = text
            self._want(key, self._base[key] if isinstance(answer, Refused) else self._on_disk(key))
            return
        self._drafts.pop(key, None)
        criterion = self.criterion(key)
        if is_complete(text, answer.points, maximum=criterion.max, step=criterion.step):
            self._want(key, answer.points)
        else:
            self._wait(key, answer.points)

    def _wait(self, key: Key, points: Decimal) -> None:
        if points == self._on_disk(key):
            self._want(key, points)
            return
        self._wanted[key] = points
        self._waiting.add(key)
        self._rest.start()
        self.told.emit(key)

    def _send_all(self) -> None:
        for key in list(self._waiting):
            self._send(key)

    def _send(self, key: Key) -> None:
        self._waiting.discard(key)
        self._want(key, self._wanted[key])

    def leave(self, key: Key) -> None:
        """End a visit: what waited is stored, a field that was emptied takes its mark back."""
        if key in self._drafts and isinstance(self._read(key, self._drafts[key]), Empty):
            del self._drafts[key]
            self._want(key, None)
        elif key in self._waiting:
            self._send(key)
        elif key in self._failed:
            self._store(key, self._wanted.get(key))
        if key not in self._drafts and key in self._base:
            base = self._base.pop(key)
            if base != self.points(key):
                self._undo.append((key, base))

    def undo(self, current: Key | None = None) -> Key | None:
        """Put back the mark before the last visit that changed one; return which, or None.

        A draft in the ``current`` field is given up first.
        """
        if current is not None and (current in self._drafts or current in self._waiting):
            self._drafts.pop(current, None)
            self._waiting.discard(current)
            self._want(current, self._base.pop(current, self._on_disk(current)))
            return current
        for key in list(self._base):
            self.leave(key)
        if not self._undo:
            return None
        key, before = self._undo.pop()
        self._drafts.pop(key, None)
        self._want(key, before)
        return key

    def say(self, key: Key, comment: str) -> None:
        """Store a comment beside a mark, or a remark on the entry where the key is of one."""
        if comment.strip() == self.comment(key) and key not in self._failed_comments:
            return

        def work(progress: object) -> Outcome[MarkEvent | None]:
            return _say(self.desk, key, comment)

        def refused(error: JudgeError) -> None:
            if not self._alive():
                return
            self._failed_comments[key] = comment
            self.failed.emit(error)

        self._failed_comments.pop(key, None)
        self._session.run(work, self._take, on_refused=refused)

    def _take(self, outcome: Outcome[MarkEvent | None]) -> None:
        """Show an event that is on the disk now."""
        if self._alive() and outcome.value is not None:
            self._view = self.view.after(outcome.value)
            self.changed.emit()

    def _on_disk(self, key: Key) -> Decimal | None:
        """Return the mark that the disk holds, or will by what is on its way there."""
        if key in self._sent:
            return self._sent[key]
        return self.view.entry(key[0]).points(key[1], key[2])

    def _want(self, key: Key, points: Decimal | None) -> None:
        self._wanted[key] = points
        if points != self._on_disk(key) or key in self._failed:
            self._store(key, points)
        else:
            self._forget(key)

    def _store(self, key: Key, points: Decimal | None) -> None:
        self._wanted[key] = self._sent[key] = points
        self._pending[key] += 1
        self._failed.pop(key, None)
        self._session.run(
            self._work(key, points),
            self._done(key),
            on_refused=self._not_stored(key),
            head_start_s=HEAD_START_S,
        )
        if self._pending[key]:  # else its end was told already
            self.told.emit(key)

    def _work(
        self, key: Key, points: Decimal | None
    ) -> Callable[[object], Outcome[MarkEvent | None]]:
        contestant, part, criterion = key

        def work(progress: object) -> Outcome[MarkEvent | None]:
            from judgeapp.services.context import Outcome
            from judgeapp.services.marking import enter_mark, take_mark_back

            if points is None:
                return take_mark_back(
                    self.desk, contestant=contestant, part=part, criterion=criterion
                )
            done = enter_mark(
                self.desk,
                contestant=contestant,
                part=part,
                criterion=criterion,
                typed=plain(points),
            )
            return Outcome(done.value.event, done.changed)

        return work

    def _done(self, key: Key) -> Callable[[Outcome[MarkEvent | None]], None]:
        def done(outcome: Outcome[MarkEvent | None]) -> None:
            if not self._alive():
                return
            self._pending[key] -= 1
            if outcome.value is not None:
                self._view = self.view.after(outcome.value)
            self._forget(key)
            self.changed.emit()

        return done

    def _not_stored(self, key: Key) -> Callable[[JudgeError], None]:
        def refused(error: JudgeError) -> None:
            if not self._alive():
                return
            self._pending[key] -= 1
            if not self._pending[key]:
                del self._pending[key]
                self._sent.pop(key, None)
                self._failed[key] = error
            self.failed.emit(error)
            self.told.emit(key)

        return refused

    # --- closing ------------------------------------------------------------------------------

    def settle(self) -> JudgeError | None:
        """Bring all that was typed to the disk now; return why something could not be stored."""
        for key in [*self._base, *self._waiting, *self._failed]:
            self.leave(key)
        for key, comment in list(self._failed_comments.items()):
            self.say(key, comment)
        self._session.tasks.wait()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        return next(iter(self._failed.values()), None)


def entry_key(contestant: ContestantId, kind: Kind) -> Key:
    """Return the key under which a remark on a whole entry is said."""
    return contestant, ENTRY, CriterionId(kind)


def _say(desk: Desk, key: Key, words: str) -> Outcome[MarkEvent | None]:
    from judgeapp.services import marking

    contestant, part, criterion = key
    if part != ENTRY:
        return marking.comment_on_mark(
            desk, contestant=contestant, part=part, criterion=criterion, comment=words
        )
    if criterion == "problem":
        return marking.report_problem(desk, contestant=contestant, problem=words)
    return marking.comment_on_entry(desk, contestant=contestant, comment=words)
