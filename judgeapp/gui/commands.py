"""What can be done from anywhere in the window: menus, the palette's entries, opening, backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from judgeapp.gui.pages.registry import ICONS, STEPS
from judgeapp.gui.palette_entry import Entry
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.text import label
from judgeapp.gui.window import Window
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.gui.palette import Palette
    from judgeapp.services.going_on import GoingOn
    from judgeapp.services.people import PersonLine

CHOICES = {
    "theme": ("system", "light", "dark"),
    "text_size": ("normal", "large", "larger"),
    "language": ("vi", "en"),
}


def _heading(menu: QMenu, text: str) -> QWidgetAction:
    """Return a line of a menu that names the choices below it."""
    words = label(text, "small-strong", "second")
    words.setContentsMargins(12, 6, 12, 2)
    action = QWidgetAction(menu)
    action.setDefaultWidget(words)
    action.setEnabled(False)
    return action


class Commands:
    """The commands of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._session = window.session

    @property
    def _texts(self) -> Texts:
        return self._session.texts

    # --- opening --------------------------------------------------------------------------------

    def choose_contest(self) -> None:
        """Ask for a contest folder and open it."""
        folder = self._session.dialogs.open_folder(self._texts("gui.open"))
        if folder is not None:
            self._window.open_contest(folder)

    def choose_pack(self) -> None:
        """Ask for a pack and open it."""
        folder = self._session.dialogs.open_folder(self._texts("shell.choose_pack"))
        if folder is not None:
            self._window.open(folder)

    def choose_score_file(self) -> None:
        """Ask for a score file to go on from."""
        file = self._session.dialogs.open_file(self._texts("shell.choose_score_file"), ["*.score"])
        if file is not None:
            self._window.open(file)

    def ask_pack_of(self, found: GoingOn) -> Path | None:
        """Ask for the pack that a score file belongs to; this machine does not know it."""
        dialogs, texts = self._session.dialogs, self._texts
        wants = dialogs.confirm(
            texts("shell.score_file.title", name=found.file.name, judge=found.judge),
            texts("shell.score_file.body"),
            texts("shell.choose_pack"),
        )
        return dialogs.open_folder(texts("shell.choose_pack")) if wants else None

    def new_contest(self) -> None:
        """Ask which rules, what name and where, then make the contest and open it."""
        from judgeapp.gui.new_contest import ask_new_contest

        ask_new_contest(self._window)

    # --- settings -------------------------------------------------------------------------------

    def turn_colours(self) -> None:
        """Switch between light and dark."""
        from judgeapp.gui.tokens import DARK

        self._window.use_settings(theme="light" if theme().tokens is DARK else "dark")

    def use_language(self, language: str) -> None:
        """Speak Vietnamese or English from now on."""
        self._window.use_settings(language=language)

    def open_settings_menu(self) -> None:
        """Open the menu of settings above its button."""
        menu = self.settings_menu()
        shell = self._window.shell
        if shell is None:
            return
        button = shell.rail.settings
        corner = button.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def open_settings_below(self, button: QWidget) -> None:
        """Open the menu of settings below a button."""
        self.settings_menu().popup(button.mapToGlobal(QPoint(0, button.height())))

    def settings_menu(self) -> QMenu:
        """Return the menu of colours, text size and language, with the present choices marked."""
        menu = QMenu(self._window)
        settings = self._session.machine.settings
        for name, choices in CHOICES.items():
            menu.addAction(_heading(menu, self._texts(f"shell.setting.{name}")))
            group = QActionGroup(menu)
            for choice in choices:
                action = QAction(self._texts(f"shell.{name}.{choice}"), menu)
                action.setCheckable(True)
                action.setChecked(getattr(settings, name) == choice)
                action.triggered.connect(
                    lambda _=False, name=name, choice=choice: self._window.use_settings(
                        **{name: choice}
                    )
                )
                group.addAction(action)
                menu.addAction(action)
        return menu

    def open_contest_menu(self) -> None:
        """Open the menu of the contest: another one, a backup, the start page."""
        shell = self._window.shell
        if shell is None:
            return
        menu = QMenu(self._window)
        for entry in self._contest_entries():
            menu.addAction(entry.title).triggered.connect(lambda _=False, e=entry: e.do())
        menu.popup(shell.rail.contest.mapToGlobal(QPoint(0, shell.rail.contest.height())))

    # --- backup and rehearsal -------------------------------------------------------------------

    def back_up(self) -> None:
        """Ask for a folder and write the whole contest there as one file."""
        if self._window.shell is not None:
            self._window.shell.backing_up.ask()

    def restore(self, file: Path | None = None) -> None:
        """Ask for a backup, unless one is given, make a contest folder of it and open that."""
        from judgeapp.gui.restoring import ask_to_restore

        ask_to_restore(self._window, file)

    def rehearse(self) -> None:
        """Ask how far a rehearsal is to be made, make it and open it."""
        from judgeapp.gui.rehearsal import ask_rehearsal

        ask_rehearsal(self._window)

    # --- the palette ----------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Return what can be found: the page's own actions, the steps, and what works anywhere."""
        window, texts = self._window, self._texts
        found = list(self._page_entries())
        if window.shell is not None:
            found += [
                Entry(
                    ICONS[stem],
                    texts(f"shell.step.{stem}"),
                    texts("shell.palette.step"),
                    partial(window.go_to, stem),
                )
                for stem in STEPS
            ]
            found += self._contest_entries()
        else:
            found.append(Entry("plus", texts("shell.role.organiser.way1"), "", self.new_contest))
            found.append(Entry("folder-open", texts("gui.open"), "", self.choose_contest))
            found.append(Entry("package-open", texts("shell.choose_pack"), "", self.choose_pack))
        found.append(Entry("flask-conical", texts("shell.rehearse"), "", self.rehearse))
        found.append(Entry("history", texts("shell.restore"), "", self.restore))
        found.append(Entry("book-open", texts("shell.manual"), "F1", window.open_manual))
        return found + self._setting_entries()

    def _page_entries(self) -> list[Entry]:
        shell = self._window.shell
        if shell is None or shell.page is None:
            return []
        here = self._texts(f"shell.step.{shell.current}")
        return [
            Entry("arrow-right", button.text(), here, button.click)
            for button in shell.page.findChildren(Button)
            if button.text() and button.isVisible() and button.isEnabled()
        ]

    def _contest_entries(self) -> list[Entry]:
        texts, undo = self._texts, self._session.undo
        last = (
            [Entry("undo-2", texts("undo"), undo.next_words, undo.undo)] if undo.next_words else []
        )
        return [
            *last,
            Entry("shield-check", texts("shell.back_up"), "", self.back_up),
            Entry("folder-open", texts("gui.open"), "", self.choose_contest),
            Entry("step-back", texts("shell.home"), "", self._window.show_start),
        ]

    def _setting_entries(self) -> list[Entry]:
        texts, window = self._texts, self._window
        return [
            Entry(
                "settings",
                texts(f"shell.{name}.{choice}"),
                texts(f"shell.setting.{name}"),
                partial(window.use_settings, **{name: choice}),
            )
            for name, choices in CHOICES.items()
            for choice in choices
        ]

    def add_contestants(self, palette: Palette) -> None:
        """Let the palette find contestants too, as soon as they are read."""
        session = self._session
        if not session.has_contest:
            return
        app = session.app

        def read(_: object) -> tuple[PersonLine, ...]:
            from judgeapp.services.people import list_people

            return list_people(app)

        def show(lines: tuple[PersonLine, ...]) -> None:
            if self._window.palette_open is palette:
                palette.add(self._contestant(line) for line in lines)

        session.run(read, show)

    def _contestant(self, line: PersonLine) -> Entry:
        person = line.contestant
        second = " · ".join(part for part in (str(person.id), line.unit) if part)
        return Entry("users", person.name, second, lambda: self._show_contestant(str(person.id)))

    def _show_contestant(self, number: str) -> None:
        self._window.go_to("people")
        shell = self._window.shell
        page = shell.page if shell is not None else None
        show = getattr(page, "show_contestant", None)
        if callable(show):
            show(number)
