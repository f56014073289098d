"""Judge packs: built, copied onto sticks, checked; who has which; old ones are named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.pages.packs_rows import CheckPanel, holder_columns, pack_columns, pack_name
from judgeapp.gui.pages.packs_side import BuiltPanel, HolderPanel, PackPanel
from judgeapp.gui.paper_out import PaperOut
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import clear, frame
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.pack_hand_out import HandedOut
    from judgeapp.services.pack_holders import Holder
    from judgeapp.services.pack_list import PackLine, PackList
    from judgeapp.services.packs import BuiltPack, PackReport

_LINE, _MOST_JUDGES, _MOST_PACKS = 51, 9, 3


class PacksPage(Page):
    """The page of the step ``packs``."""

    step: ClassVar[str] = "packs"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "ENTRIES", "PANEL", "PACKS", "STAGES", "RESULTS", "SCORE_FILES"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.packs.title"))
        texts = self.texts
        self.found: PackList | None = None
        self._round: str | None = None
        self.rounds = Choice(accessible_name=texts("gui.packs.round"))
        self.rounds.activated.connect(lambda at: self.show_round(self.rounds.itemData(at)))
        self.rounds.hide()
        self.check_button = Button(texts("gui.packs.check"), icon="shield-check")
        self.check_button.clicked.connect(self.check)
        self.build_button = Button(texts("gui.packs.build"), icon="package", kind="primary")
        self.build_button.clicked.connect(self.build)
        self.set_actions(self.rounds, self.check_button, self.build_button)
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        self.holders = Table(
            holder_columns(texts),
            empty_text=texts("gui.packs.no_judges"),
            accessible_name=texts("gui.packs.holders"),
        )
        self.holders.opened.connect(self.show_holder)
        self.table = Table(
            pack_columns(texts),
            empty_text=texts("gui.packs.empty"),
            accessible_name=texts("gui.packs.list"),
        )
        self.table.opened.connect(self.show_pack)
        self._cards = [self._card(self.holders, 3), self._card(self.table, 2)]
        self.work = LongWork(self)
        self.papers = PaperOut(self, self.work)

    def _card(self, table: Table, share: int) -> QWidget:
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(table)
        self.content.addWidget(made, share)
        return made

    def first_focus(self) -> QWidget:
        """Judges wait for their packs; without any, the button that makes them."""
        return self.holders if self.found and self.found.packs else self.build_button

    @property
    def _shown(self) -> str | None:
        """The round that is shown; the current one until somebody chooses another."""
        return self.found.held.id if self.found else self._round

    def show_round(self, round_id: str) -> None:
        """Show who has which pack of another round."""
        self._round = round_id
        self.load()

    def load(self) -> None:
        """Read which packs there are, and who has them."""
        app, round_id = self.session.app, self._round

        def work(_: Progress) -> PackList:
            from judgeapp.services.pack_list import list_packs

            return list_packs(app, round_id=round_id)

        self.session.run(work, self._show)

    def _show(self, found: PackList) -> None:
        self.found = found
        self.rounds.clear()
        for item in found.rounds:
            self.rounds.addItem(item.vi.partition(" (")[0], item.id)
        self.rounds.setCurrentIndex(self.rounds.findData(found.held.id))
        self.rounds.setVisible(len(found.rounds) > 1)
        self._show_old(found)
        self.say_empty(None)
        name = found.held.vi.partition(" (")[0]
        have = sum(one.state == "current" for one in found.holders)
        self.set_summary(
            self.texts("gui.packs.summary", round=name, have=have, count=len(found.holders))
        )
        for card in self._cards:
            card.setVisible(bool(found.packs))
        self.build_button.setVisible(bool(found.packs))
        everybody = bool(found.holders) and have == len(found.holders)
        self.build_button.kind = "plain" if everybody else "primary"
        self.build_button.update()
        if found.packs:
            self._fill(found)
            return
        build = Button(self.texts("gui.packs.build"), kind="primary", icon="package")
        build.clicked.connect(self.build)
        words = EmptyState(
            "package", self.texts("gui.packs.empty"), self.texts("gui.packs.empty.what"), build
        )
        self.say_empty(words)

    def _fill(self, found: PackList) -> None:
        self.holders.set_rows(found.holders)
        self.table.set_rows(found.packs)
        for table, most in ((self.holders, _MOST_JUDGES), (self.table, _MOST_PACKS)):
            lines = min(max(len(table.rows), 1), most) + 1
            table.setMinimumHeight(theme().px(_LINE) * lines)

    def _show_old(self, found: PackList) -> None:
        """Name the packs that do not fit any more, by round, panel and version."""
        clear(self._place)
        old = [pack for pack in found.packs if pack.state in ("outdated", "changed")]
        if old:
            names = "; ".join(pack_name(pack, self.texts) for pack in old)
            kind = "outdated" if any(p.state == "outdated" for p in old) else "changed"
            self.notice = Notice(
                "warn", "triangle-alert",
                self.texts(f"gui.packs.old.{kind}", count=len(old)),
                self.texts(f"gui.packs.old.{kind}.what", names=names),
            )  # fmt: skip
            self._place.addWidget(self.notice)

    # Building.

    def build(self) -> None:
        """Ask where, and build the packs of the round there; an interrupted build goes on."""
        out = self.session.dialogs.open_folder(self.texts("gui.packs.build.where"))
        if out is None:
            return
        app, round_id = self.session.app, self._shown

        def work(progress: Progress) -> Outcome[list[BuiltPack]]:
            from judgeapp.services.packs import build_packs

            return build_packs(app, out=out, round_id=round_id, progress=progress)

        self.work.run(self.texts("gui.packs.building"), work, self._built,
                      on_stopped=self._stopped)  # fmt: skip

    def _built(self, built: Outcome[list[BuiltPack]]) -> None:
        panel = BuiltPanel(built.value, self.texts)
        self.open_drawer(panel, self.texts("gui.packs.built.title", count=len(built.value)))

    def _stopped(self) -> None:
        self.load()
        Toast.show_in(self.window(), self.texts("gui.packs.stopped"))

    # Handing out.

    def show_holder(self, holder: Holder) -> None:
        """Show in the drawer which pack a judge has, and how to give the newest one."""
        panel = HolderPanel(holder, self.texts)
        panel.copy_asked.connect(lambda: self.copy_for([holder.id]))
        panel.note_asked.connect(lambda: self.hand_out([holder.id], None))
        panel.slip_asked.connect(lambda: self.slips(panel.slip_button, [holder.id]))
        self.open_drawer(panel, holder.judge.name, second=holder.id)

    def show_pack(self, pack: PackLine) -> None:
        """Show in the drawer what a pack holds, and what can be done with it."""
        panel = PackPanel(pack, self.texts)
        panel.copy_asked.connect(lambda: self.copy_for(pack.judges))
        panel.slip_asked.connect(lambda: self.slips(panel.slip_button, pack.judges))
        self.open_drawer(panel, pack_name(pack, self.texts), second=pack.folder)

    def slips(self, button: Button, judges: Sequence[str]) -> None:
        """Print the slips of these judges, or keep them as a file."""
        self.papers.offer(
            button, self.texts("packs.slip.title"), self.texts("gui.packs.slip.file"),
            self.make_slips(judges),
        )  # fmt: skip

    def make_slips(self, judges: Sequence[str]) -> Callable[[Progress], bytes]:
        """Return what makes the slips of these judges."""
        app, texts, round_id = self.session.app, self.texts, self._shown

        def make(_: Progress) -> bytes:
            from judgeapp.services.judge_slips import judge_slips

            return judge_slips(app, texts, judges=judges, round_id=round_id)

        return make

    def copy_for(self, judges: Sequence[str]) -> None:
        """Ask where, copy the newest pack of these judges there, read it back, and note it."""
        target = self.session.dialogs.open_folder(self.texts("gui.packs.copy.where"))
        if target is not None:
            self.hand_out(judges, target)

    def hand_out(
        self, judges: Sequence[str], target: Path | None, source: Path | None = None
    ) -> None:
        """Give judges their packs; without a target only note that they have them."""
        app, round_id = self.session.app, self._shown

        def work(progress: Progress) -> Outcome[HandedOut]:
            from judgeapp.services.pack_hand_out import hand_out

            return hand_out(
                app, judges=judges, round_id=round_id, target=target, source=source,
                progress=progress,
            )  # fmt: skip

        def refused(error: JudgeError) -> None:
            if error.code != "packs.place_gone" or source is not None:
                self.session.show_error(error)
                return
            place = self.session.dialogs.open_folder(self.texts("gui.packs.copy.which"))
            if place is not None:
                self.hand_out(judges, target, place)

        self.work.run(
            self.texts("gui.packs.copying"), work, self._handed_out,
            on_stopped=self._stopped, on_refused=refused,
        )  # fmt: skip

    def _handed_out(self, outcome: Outcome[HandedOut]) -> None:
        self.close_drawer()
        given = outcome.value
        key = "gui.packs.copied" if given.folders else "gui.packs.noted"
        folder = given.folders[0].parent if given.folders else ""
        words = self.texts(key, judges=", ".join(given.judges), folder=folder)
        Toast.show_in(self.window(), words)

    # Checking.

    def check(self) -> None:
        """Ask for a pack, read every byte of it, and tell what was found."""
        pack = self.session.dialogs.open_folder(self.texts("gui.packs.check.which"))
        if pack is None:
            return
        app = self.session.app

        def work(progress: Progress) -> PackReport:
            from judgeapp.services.packs import look_into_pack

            return look_into_pack(app.machine, pack=pack, contest=app, progress=progress)

        self.work.run(
            self.texts("gui.packs.checking"), work,
            lambda report: self._checked(pack, report), on_stopped=self._stopped,
        )  # fmt: skip

    def _checked(self, pack: Path, report: PackReport) -> None:
        self.open_drawer(CheckPanel(report, self.texts), pack.name, second=str(pack.parent))
