"""The one window: start page, organiser's shell or judge's shell, and what is the same in all.

Contests and packs are opened in the background. A folder or file can be dropped anywhere.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from judgeapp.gui.commands import Commands
from judgeapp.gui.pages.registry import STEPS, make_judge_shell
from judgeapp.gui.qt_words import QtWords, use_qt_words
from judgeapp.gui.rehearsal_strip import RehearsalStrip, marked_name
from judgeapp.gui.session import Session
from judgeapp.gui.start_page import StartPage
from judgeapp.gui.tab_order import move
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.toast import Toast
from judgeapp.gui.window import Window
from judgeapp.system.recents import Recent, forget, load_recents, remember
from judgeapp.system.settings import Settings, save_settings

if TYPE_CHECKING:
    from judgeapp.gui.manual import ManualWindow
    from judgeapp.gui.organiser_shell import OrganiserShell
    from judgeapp.gui.pages.desk_shell import JudgeShell
    from judgeapp.gui.palette import Palette
    from judgeapp.services.context import Context, Machine
    from judgeapp.services.going_on import GoingOn
    from judgeapp.services.opening import What

SMALL_WIDTH, SMALL_HEIGHT = 1100, 600
STEP_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "=")


class MainWindow(Window):
    """Holds what is seen and keeps the session.

    Attributes:
        shell: the organiser's, while a contest is open.
        judge: the judge's, while a pack is open.
        start: the start page, while it is seen.
    """

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self.session = Session(machine, self)
        self.session.dialogs.parent = self
        self.session.show_error = self.session.dialogs.show_error
        self.shell: OrganiserShell | None = None
        self.judge: JudgeShell | None = None
        self.start: StartPage | None = None
        self.manual: ManualWindow | None = None
        self.palette_open: Palette | None = None
        self._words = QtWords()
        use_qt_words(self._words, self.session.texts)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self.strip = RehearsalStrip(self.session.texts)
        self.strip.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setAcceptDrops(True)
        self.setMinimumSize(480, 320)
        self.resize(1366, 690)
        self.commands = Commands(self)
        self._shortcuts()
        self.show_start()

    def _shortcuts(self) -> None:
        for stem, key in zip(STEPS, STEP_KEYS, strict=True):
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), self)
            shortcut.activated.connect(lambda stem=stem: self.go_to(stem))
        for key, do in (
            ("Ctrl+K", self.open_palette),
            ("F1", self.open_manual),
            ("F6", self._walk),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(do)

    @property
    def size_class(self) -> str:
        """``S``, ``M`` or ``L`` by the size of the window's content."""
        if self.width() < SMALL_WIDTH or self.height() < SMALL_HEIGHT:
            return "S"
        return "L" if self.width() >= 1600 else "M"

    def _show(self, widget: QWidget, title: str) -> None:
        """Let one thing fill the window; what was there before goes."""
        before = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        self.setWindowTitle(title)

    def _leave(self) -> None:
        if self.shell is not None:
            self.shell.leave()
        self.session.close()
        self.shell = self.judge = self.start = None
        self.strip.hide()
        self.session.dialogs.start_in = None
        self.session.dialogs.mark = ""

    def show_start(self) -> None:
        """Show the start page; an open contest is closed."""
        self._leave()
        page = StartPage(self.session, [], set())
        self.start = page
        page.continue_asked.connect(self.go_on)
        page.new_asked.connect(self.commands.new_contest)
        page.folder_asked.connect(self.commands.choose_contest)
        page.pack_asked.connect(self.commands.choose_pack)
        page.score_file_asked.connect(self.commands.choose_score_file)
        page.manual_asked.connect(self.open_manual)
        page.rehearsal_asked.connect(self.commands.rehearse)
        page.restore_asked.connect(lambda: self.commands.restore())
        page.forget_asked.connect(self.forget)
        page.find_asked.connect(self.look_for)
        page.theme_asked.connect(self.commands.turn_colours)
        page.language_asked.connect(self.commands.use_language)
        self._show(page, self.session.texts("gui.title"))
        paths = self.session.machine.paths

        def look(_: object) -> tuple[list[Recent], set[str]]:
            found = load_recents(paths)
            return found, {item.path for item in found if not Path(item.path).exists()}

        def show(found: tuple[list[Recent], set[str]]) -> None:
            if self.start is page:
                page.show_recents(*found)
                page.focus_first()

        self.session.run(look, show)

    def go_on(self, recent: Recent) -> None:
        """Open what was open before."""
        self.open(Path(recent.path))

    def forget(self, recent: Recent) -> None:
        """Take it from the list of recent work; what it names stays where it is."""
        paths = self.session.machine.paths
        self.session.run(lambda _: forget(paths, recent), lambda _: self._forgotten(recent))

    def _forgotten(self, recent: Recent) -> None:
        if self.start is None:
            return
        self.show_start()
        paths, texts = self.session.machine.paths, self.session.texts

        def back() -> None:
            self.session.run(lambda _: remember(paths, recent), lambda _: self._show_start_again())

        name = marked_name(texts, recent.name, rehearsal=recent.rehearsal)
        Toast.show_in(self, texts("shell.forgotten", name=name), texts("undo"), back)

    def _show_start_again(self) -> None:
        if self.start is not None:
            self.show_start()

    def look_for(self, recent: Recent) -> None:
        """Ask where something lies that is not where it was, and open it there."""
        texts = self.session.texts
        folder = self.session.dialogs.open_folder(texts("shell.find_where", name=recent.name))
        if folder is not None:
            paths = self.session.machine.paths
            self.session.run(lambda _: forget(paths, recent), lambda _: self.open(folder))

    def open(self, path: Path) -> None:
        """Open a contest, a pack or a score file, whatever lies at the path."""
        if self.judge is not None and not self.judge.ready_to_close():
            return

        def look(_: object) -> tuple[What, Path]:
            from judgeapp.domain.errors import JudgeError
            from judgeapp.services.opening import what_is

            found = what_is(path)
            if found is None:
                raise JudgeError("shell.not_ours", file=str(path))
            return found

        def take(found: tuple[What, Path]) -> None:
            what, place = found
            if what == "contest":
                self.open_contest(place)
            elif what == "pack":
                self.open_pack(place)
            elif what == "backup":
                self.commands.restore(place)
            elif self.shell is not None:
                self.go_to("score_files")
            elif self.judge is not None and self.judge.page is not None:
                self.judge.page.take_over_from(place)
            else:
                self.go_on_from(place)

        self.session.run(look, take)

    def open_contest(self, folder: Path) -> None:
        """Open a contest in the organiser's shell."""
        machine = self.session.machine

        def work(_: object) -> Context:
            from judgeapp.bootstrap import open_contest

            return open_contest(folder, machine)

        self.session.run(work, self._opened)

    def _opened(self, contest: Context) -> None:
        self._leave()
        self.session.open(contest)
        self.show_shell("")

    def show_shell(self, start_at: str) -> None:
        """Show the organiser's shell anew, at a step or at the one that waits."""
        from judgeapp.gui.organiser_shell import OrganiserShell

        if self.shell is not None:
            self.shell.leave()
        shell = OrganiserShell(self.session, start_at=start_at)
        self.shell = shell
        shell.rail.search_asked.connect(self.open_palette)
        shell.rail.contest_asked.connect(self.commands.open_contest_menu)
        shell.rail.settings_asked.connect(self.commands.open_settings_menu)
        shell.rail.backup_asked.connect(self.commands.back_up)
        shell.told.connect(lambda: self._name_window(shell))
        self._show(shell, self.session.texts("gui.title"))
        self._fit()

    def _name_window(self, shell: OrganiserShell) -> None:
        seen = shell.seen
        if seen is None or shell is not self.shell:
            return
        self._say_what_is_open(seen.name, rehearsal=seen.rehearsal)
        inputs = self.session.app.folder.parent / "input"
        if seen.rehearsal and self.session.dialogs.start_in is None and inputs.is_dir():
            self.session.dialogs.start_in = inputs

    def _say_what_is_open(self, name: str, *, rehearsal: bool) -> None:
        texts = self.session.texts
        whole = marked_name(texts, name, rehearsal=rehearsal)
        self.setWindowTitle(f"{whole} — {texts('gui.title')}")
        self.strip.use_texts(texts)
        self.strip.setVisible(rehearsal)
        self.session.dialogs.mark = texts("rehearsal.word") if rehearsal else ""

    def go_on_from(self, file: Path) -> None:
        """Open the pack that a judge's score file belongs to and take its marks over."""
        machine = self.session.machine

        def look(_: object) -> GoingOn:
            from judgeapp.services.going_on import where_to_go_on

            return where_to_go_on(machine, file=file)

        def go_on(found: GoingOn) -> None:
            pack = found.pack or self.commands.ask_pack_of(found)
            if pack is not None:
                self.open_pack(pack, found)

        self.session.run(look, go_on)

    def open_pack(self, pack: Path, going_on: GoingOn | None = None) -> None:
        """Open a pack in the judge's shell, and take a score file over if there is one."""
        self._leave()
        shell = make_judge_shell(self.session, pack, self.show_start, going_on)
        shell.settings_asked.connect(self.commands.open_settings_below)
        shell.pack_seen.connect(
            lambda seen: self._say_what_is_open(seen.contest_name, rehearsal=seen.rehearsal)
        )
        self.judge = shell
        self._show(shell, self.session.texts("gui.title"))

    def go_to(self, stem: str) -> None:
        """Open the page of a step, if a contest is open."""
        if self.shell is not None:
            self.shell.show_step(stem)

    def _walk(self) -> None:
        if self.shell is not None and self.shell.current:
            self.shell.walk()

    def open_palette(self) -> None:
        """Find or do something by its name."""
        from judgeapp.gui.palette import Palette

        palette = Palette(self, self.session.texts, self.commands.entries())
        self.palette_open = palette
        palette.open_over(self)
        self.commands.add_contestants(palette)

    def open_manual(self) -> None:
        """Open the manual at the page of what is seen."""
        from judgeapp.gui.manual import ManualWindow, manual_page

        screen = "start"
        if self.judge is not None:
            screen = "judge"
        elif self.shell is not None and self.shell.current:
            screen = self.shell.current
        if self.manual is None:
            self.manual = ManualWindow(self.session.texts, self)
        self.manual.open(manual_page(screen, self.session.texts.language))

    def use_settings(self, **changes: str) -> None:
        """Change settings at once: colours and sizes everywhere, words by making pages anew."""
        before = self.session.machine.settings
        settings = replace(before, **changes)  # type: ignore[arg-type]  # menus give known values
        if settings == before:
            return
        self.session.use_settings(settings)
        theme().use(settings.theme, settings.text_size)
        self._save(settings)
        if settings.language != before.language:
            use_qt_words(self._words, self.session.texts)
            self.manual = None
        if settings.language != before.language or settings.text_size != before.text_size:
            self._make_anew()

    def _make_anew(self) -> None:
        if self.shell is not None:
            self.show_shell(self.shell.current)
        elif self.judge is not None:
            self.judge.make_anew()
        elif self.start is not None:
            self.show_start()

    def _save(self, settings: Settings) -> None:
        target = self.session.machine.paths.settings
        self.session.run(lambda _: save_settings(target, settings))

    def _fit(self) -> None:
        if self.shell is not None:
            self.shell.rail.set_narrow(self.size_class == "S")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rail step back in small windows."""
        super().resizeEvent(event)
        self._fit()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move(self, forward=next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open(Path(paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the contest, long work at its next step; stay while a mark could not be stored."""
        if self.judge is not None and not self.judge.ready_to_close():
            event.ignore()
            return
        if self.shell is not None:
            self.shell.leave()
            self.shell = None
        if self.manual is not None:
            self.manual.close()
        self.session.tasks.stop()
        self.session.tasks.wait()
        self.session.close()
        super().closeEvent(event)
