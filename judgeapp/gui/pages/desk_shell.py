"""What a judge works in with a pack: first who one is, then the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.gui.pages.desk import JudgePage
from judgeapp.gui.pages.desk_open import OpenPackPage
from judgeapp.gui.session import Session
from judgeapp.system.recents import Recent, load_recents, remember

if TYPE_CHECKING:
    from judgeapp.services.desk import Desk
    from judgeapp.services.desk_view import DeskView
    from judgeapp.services.going_on import GoingOn


class JudgeShell(QWidget):
    """Fills the window while a pack is open.

    Attributes:
        settings_asked: the button from which the menu of settings is wanted.
        pack_seen: what is in the pack, once it was looked at.
        page: the desk, once it is known whose.
    """

    settings_asked = Signal(object)
    pack_seen = Signal(object)

    def __init__(
        self,
        session: Session,
        pack: Path,
        leave: Callable[[], None],
        going_on: GoingOn | None = None,
    ) -> None:
        super().__init__()
        self._session, self._pack, self._leave = session, pack, leave
        self._going_on = going_on
        self._desk: Desk | None = None
        self.page: JudgePage | None = None
        self._noted: int | None = None
        self.opening = OpenPackPage(session)
        self.opening.opened.connect(self._open)
        self.opening.seen.connect(self.pack_seen)
        self.opening.close_requested.connect(leave)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.opening)
        session.run(lambda _: load_recents(session.machine.paths), self._look)

    def _look(self, recents: list[Recent]) -> None:
        if self._going_on is not None:
            self.opening.look_at(self._pack, judge=self._going_on.judge)
            return
        path = str(self._pack.absolute())
        known = [item.judge for item in recents if item.path == path and item.judge]
        self.opening.look_at(self._pack, judge=known[0] if known else None)

    def _open(self, desk: Desk) -> None:
        self._session.open(desk)
        self._desk = desk
        self.opening.hide()
        self._show_page(desk)
        if self._going_on is not None and self.page is not None:
            self.page.take_over_from(self._going_on.file)
            self._going_on = None

    def _show_page(self, desk: Desk) -> None:
        if self.page is not None:
            self._column.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        page = JudgePage(self._session, desk, self)
        self.page = page
        page.close_requested.connect(self._leave)
        page.list.settings.clicked.connect(lambda: self.settings_asked.emit(page.list.settings))
        page.score.settings_asked.connect(self.settings_asked)
        page.typing.changed.connect(self._remember)
        self._column.addWidget(page)
        page.list.table.setFocus()

    def make_anew(self) -> None:
        """Show everything in the language and text size chosen now."""
        if self._desk is not None and self.page is not None and self.page.ready_to_close():
            self._show_page(self._desk)

    def ready_to_close(self) -> bool:
        """Bring all to the disk and return True, or show what is in the way and return False."""
        return self.page is None or self.page.ready_to_close()

    def _remember(self) -> None:
        """Note how far this desk is, for the start page."""
        if self.page is None or not self.page.typing.loaded:
            return
        view = self.page.typing.view
        done = sum(1 for entry in view.entries for sheet in entry.sheets if not sheet.missing)
        if done != self._noted:
            self._noted = done
            self._session.run(lambda _: self._note(view), aside=True)  # no mark waits for it

    def _note(self, view: DeskView) -> None:
        machine = self._session.machine
        sheets = [sheet for entry in view.entries for sheet in entry.sheets]
        remember(
            machine.paths,
            Recent(
                str(self._pack.absolute()),
                "pack",
                view.pack.contest_name,
                machine.now(),
                judge=view.judge,
                done=sum(1 for sheet in sheets if not sheet.missing),
                of=len(sheets),
                rehearsal=view.pack.rehearsal,
            ),
        )
