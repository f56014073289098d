"""The organiser's window: the rail at the left, the page of a step beside it.

Pages are made when they are first opened and kept. What changed reaches the page that is seen at
once, the others when they are opened again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from judgeapp.gui.backing_up import BackingUp
from judgeapp.gui.page import Page
from judgeapp.gui.pages.registry import make_page
from judgeapp.gui.rail import Rail
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.recents import Recent, remember

if TYPE_CHECKING:
    from judgeapp.services.context import Context, Kind
    from judgeapp.services.steps import Step
    from judgeapp.services.upkeep import Copy
    from judgeapp.system.progress import Progress


@dataclass(frozen=True)
class Told:
    """What the shell shows of the contest itself, read at one time."""

    steps: tuple[Step, ...]
    name: str
    copy: Copy | None
    rehearsal: bool


class OrganiserShell(QWidget):
    """Rail and pages of the open contest.

    Attributes:
        current: stem of the step whose page is seen.
        seen: what was read last of the contest itself, once it is known.
        backing_up: makes a backup of the contest, with progress below the page.
    """

    told = Signal()

    def __init__(self, session: Session, *, start_at: str = "") -> None:
        super().__init__()
        self.session = session
        self.current = ""
        self.rail = Rail(session)
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self.backing_up = BackingUp(session)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.backing_up.bar)
        row.addLayout(column, 1)
        self._made: dict[str, Page] = {}
        self._stale: dict[str, set[Kind]] = {}
        self._asking = self._again = self._left = False
        self.seen: Told | None = None
        self.rail.step_chosen.connect(self.show_step)
        session.bus.changed.connect(self._on_changed)
        session.working_changed.connect(self._show_working)
        session.undo.told.connect(self._tell_undo)
        for key, do in (
            (QKeySequence("Ctrl+Z"), session.undo.undo),
            (QKeySequence("Ctrl+Y"), session.undo.redo),
        ):
            QShortcut(key, self).activated.connect(do)
        if start_at:
            self.show_step(start_at)
        self.refresh()

    @property
    def page(self) -> Page | None:
        """The page that is seen."""
        return self._made.get(self.current)

    def show_step(self, stem: str) -> None:
        """Open the page of a step; the focus goes to its first useful thing."""
        page = self._made.get(stem)
        if page is None:
            page = make_page(stem, self.session)
            self._made[stem] = page
            self.pages.addWidget(page)
            page.load()
        elif stem in self._stale:
            page.on_changed(self._stale.pop(stem))
        self.current = stem
        self.pages.setCurrentWidget(page)
        self.rail.set_current(stem)
        focus = page.first_focus() or self.rail.buttons[stem]
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self) -> None:
        """Put the focus into the next of rail, page and drawer."""
        zones = [self.rail.buttons[self.current], self._first_of_page(), self._first_of_drawer()]
        there = [zone for zone in zones if zone is not None]
        at = self.window().focusWidget()
        drawer = self._drawer()
        if at is not None and self.rail.isAncestorOf(at):
            following = 1
        elif at is not None and drawer is not None and drawer.isAncestorOf(at):
            following = 0
        else:
            following = 2
        there[following % len(there)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _drawer(self) -> QFrame | None:
        page = self.page
        if page is None or not page.drawer_is_open:
            return None
        return page.findChild(QFrame, "drawer")

    def _first_of_page(self) -> QWidget | None:
        page = self.page
        if page is None:
            return None
        return page.first_focus() or _first_focusable(page, leave_out=self._drawer())

    def _first_of_drawer(self) -> QWidget | None:
        drawer = self._drawer()
        return None if drawer is None else _first_focusable(drawer)

    def _on_changed(self, kinds: frozenset[Kind]) -> None:
        for stem, page in self._made.items():
            if stem == self.current:
                page.on_changed(kinds)
            else:
                self._stale.setdefault(stem, set()).update(kinds)
        self.refresh()

    def refresh(self) -> None:
        """Read anew how far each step is; asked while it is being read, once more afterwards."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        self.session.run(_Look(self.session.app), self._show, on_refused=self._refused)

    def _show_working(self) -> None:
        self.rail.set_working(self.session.working)

    def _tell_undo(self, words: str, button: str, do: Callable[[], None] | None) -> None:
        Toast.show_in(self.window(), words, button or None, do)

    def _refused(self, error: Exception) -> None:
        self._asking = False

    def _show(self, told: Told) -> None:
        if self._left:  # the contest was closed before the answer came
            return
        self._asking = False
        self.seen = told
        self.rail.set_contest(told.name, rehearsal=told.rehearsal)
        self.rail.set_steps(told.steps)
        self.rail.set_backup(told.copy)
        if not self.current:
            following = next((step for step in told.steps if step.state == "needs"), None)
            self.show_step(following.stem if following else "results")
        self.told.emit()
        if self._again:
            self._again = False
            self.refresh()

    def leave(self) -> None:
        """Listen no more: the contest is about to be closed."""
        self._left = True
        self.backing_up.stop()
        self.session.bus.changed.disconnect(self._on_changed)
        self.session.working_changed.disconnect(self._show_working)
        self.session.undo.told.disconnect(self._tell_undo)


class _Look:
    """Reads, off the window's thread, what the rail shows, and notes it for the start page."""

    def __init__(self, app: Context) -> None:
        self._app = app

    def __call__(self, progress: Progress) -> Told:
        from judgeapp.services.contest import contest_name, is_rehearsal
        from judgeapp.services.steps import first_need, steps
        from judgeapp.services.upkeep import newest_copy

        app = self._app
        found = steps(app)
        name, rehearsal = contest_name(app), is_rehearsal(app)
        following = first_need(found)
        remember(
            app.machine.paths,
            Recent(
                str(app.folder.absolute()),
                "contest",
                name,
                app.machine.now(),
                step=following.stem if following else None,
                reason=following.reason if following else None,
                count=following.count if following else None,
                rehearsal=rehearsal,
            ),
        )
        return Told(found, name, newest_copy(app), rehearsal)


def _first_focusable(inside: QWidget, leave_out: QWidget | None = None) -> QWidget | None:
    for widget in inside.findChildren(QWidget):
        if leave_out is not None and (widget is leave_out or leave_out.isAncestorOf(widget)):
            continue
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            return widget
    return None
