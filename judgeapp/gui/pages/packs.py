"""Judge packs: built onto a stick or into a folder, copied, checked; old ones are named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.pages.packs_rows import CheckPanel, pack_columns
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import clear, frame, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.pack_list import PackLine, PackList
    from judgeapp.services.packs import BuiltPack, PackReport


class PacksPage(Page):
    """The page of the step ``packs``."""

    step: ClassVar[str] = "packs"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "ENTRIES", "PANEL", "PACKS", "STAGES", "RESULTS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.packs.title"))
        texts = self.texts
        self.found: PackList | None = None
        self._place = QVBoxLayout()
        self.content.addLayout(self._place)
        self.table = Table(
            pack_columns(texts),
            empty_text=texts("gui.packs.empty"),
            accessible_name=texts("gui.packs.list"),
        )
        self.table.opened.connect(self.show_pack)
        self._card = frame("card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 6)
        column.addWidget(self.table)
        self.content.addWidget(self._card, 1)
        self._empty: QWidget | None = None
        self.work = LongWork(self)

    def first_focus(self) -> QWidget:
        """The packs there are come first."""
        return self.table

    def load(self) -> None:
        """Read which packs there are."""
        app = self.session.app

        def work(progress: Progress) -> PackList:
            from judgeapp.services.pack_list import list_packs

            return list_packs(app)

        self.session.run(work, self._show)

    def _show(self, found: PackList) -> None:
        self.found = found
        self._show_actions(found)
        old = [pack for pack in found.packs if pack.state in ("outdated", "changed")]
        clear(self._place)
        if old:
            names = ", ".join(pack.folder for pack in old)
            kind = "outdated" if any(p.state == "outdated" for p in old) else "changed"
            self.notice = Notice(
                "warn", "triangle-alert",
                self.texts(f"gui.packs.old.{kind}", count=len(old)),
                self.texts(f"gui.packs.old.{kind}.what", names=names),
            )  # fmt: skip
            self._place.addWidget(self.notice)
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self._card.setVisible(bool(found.packs))
        name = found.held.vi.partition(" (")[0]
        self.set_summary(self.texts("gui.packs.summary", round=name, count=len(found.packs)))
        if found.packs:
            self.table.set_rows(found.packs)
            return
        build = Button(self.texts("gui.packs.build"), kind="primary", icon="package")
        build.clicked.connect(self.build)
        self._empty = EmptyState(
            "package", self.texts("gui.packs.empty"), self.texts("gui.packs.empty.what"), build
        )
        self.content.insertWidget(1, self._empty, 1)

    def _show_actions(self, found: PackList) -> None:
        texts = self.texts
        self.build_button = Button(
            texts("gui.packs.build"), icon="package", kind="primary" if found.packs else "plain"
        )
        self.build_button.clicked.connect(self.build)
        self.check_button = Button(texts("gui.packs.check"), icon="shield-check")
        self.check_button.clicked.connect(self.check)
        if found.packs:
            self.set_actions(self.check_button, self.build_button)
        else:
            self.set_actions(self.check_button)

    def build(self) -> None:
        """Ask where, and build the packs of the round there; an interrupted build goes on."""
        out = self.session.dialogs.open_folder(self.texts("gui.packs.build.where"))
        if out is None:
            return
        app = self.session.app

        def work(progress: Progress) -> Outcome[list[BuiltPack]]:
            from judgeapp.services.packs import build_packs

            return build_packs(app, out=out, progress=progress)

        self.work.run(self.texts("gui.packs.building"), work, self._built,
                      on_stopped=self._stopped)  # fmt: skip

    def _built(self, built: Outcome[list[BuiltPack]]) -> None:
        packs = built.value
        without = sorted({str(one) for pack in packs for one in pack.without_files})
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 10, 0, 0)
        for pack in packs:
            words = self.texts(
                "gui.packs.built",
                panel=pack.panel or self.texts("packs.one_panel"), version=pack.version,
                judges=len(pack.judges), entries=pack.entries, files=pack.files,
                folder=pack.folder,
            )  # fmt: skip
            column.addWidget(label(words, wrap=True))
        if without:
            words = self.texts("packs.without_files", contestants=", ".join(without))
            column.addWidget(label(words, "body", "warn", wrap=True))
        column.addWidget(label(self.texts("gui.packs.built.next"), "body", "second", wrap=True))
        column.addStretch(1)
        self.open_drawer(panel, self.texts("gui.packs.built.title", count=len(packs)))

    def _stopped(self) -> None:
        self.load()
        Toast.show_in(self.window(), self.texts("gui.packs.stopped"))

    def copy(self) -> None:
        """Ask for a pack and a place, and copy it there."""
        pack = self.session.dialogs.open_folder(self.texts("gui.packs.copy.which"))
        if pack is None:
            return
        target = self.session.dialogs.open_folder(self.texts("gui.packs.copy.where"))
        if target is None:
            return

        def work(progress: Progress) -> Path:
            from judgeapp.services.packs import copy_pack

            return copy_pack(pack, target, progress=progress)

        self.work.run(
            self.texts("gui.packs.copying"), work,
            lambda folder: Toast.show_in(
                self.window(), self.texts("gui.packs.copied", folder=folder.name)
            ),
            on_stopped=self._stopped,
        )  # fmt: skip

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
        panel = CheckPanel(report, self.texts)
        self.open_drawer(panel, pack.name, second=str(pack.parent))

    def show_pack(self, pack: PackLine) -> None:
        """Show in the drawer what a pack holds, and what can be done with it."""
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        texts = self.texts
        words = texts(
            "gui.packs.holds",
            judges=", ".join(pack.judges), entries=pack.entries, files=pack.files,
            megabytes=pack.megabytes,
        )  # fmt: skip
        column.addWidget(label(words, wrap=True))
        column.addWidget(
            label(texts(f"gui.packs.state.{pack.state}.what"), "body", "second", wrap=True)
        )
        copy = Button(texts("gui.packs.copy"), icon="usb")
        copy.clicked.connect(self.copy)
        column.addWidget(copy)
        column.addStretch(1)
        self.open_drawer(panel, pack.folder, second=pack.round.vi)
