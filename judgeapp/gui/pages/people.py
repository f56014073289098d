"""The page of contestants: the list, one of them in the drawer, imports, numbers drawn by lot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.gui.page import Page
from judgeapp.gui.pages.people_drawer import PersonDrawer
from judgeapp.gui.pages.people_import import ImportView
from judgeapp.gui.pages.people_list import PeopleList, Row, read_people
from judgeapp.gui.pages.people_review import Review, What
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.services.context import Outcome
    from judgeapp.services.people_edit import DrawReport, PersonCard
    from judgeapp.services.people_overview import PeopleOverview

PATTERNS = ("*.xlsx", "*.xls", "*.xlsm", "*.ods", "*.csv", "*.tsv", "*.txt", "*.html", "*.htm")


class PeoplePage(Page):
    """Contestants."""

    step = "people"
    kinds = frozenset({"PEOPLE", "PACKS"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.people.title"))
        self.setAcceptDrops(True)
        self._overview: PeopleOverview | None = None
        self.view: ImportView | None = None
        self.drawer: PersonDrawer | None = None
        self._body = QStackedWidget()
        self.content.addWidget(self._body, 1)
        self.list = PeopleList(self.texts)
        self.list.opened.connect(self.open_person)
        self._body.addWidget(self.list)
        self._body.addWidget(self._make_empty())

    # The list.

    def _make_empty(self) -> QWidget:
        people = Button(self.texts("gui.people.import_people"), kind="primary", icon="file-up")
        people.clicked.connect(lambda: self.choose_file("contestants"))
        units = Button(self.texts("gui.people.import_units"), icon="file-up")
        units.clicked.connect(lambda: self.choose_file("units"))
        self.first_button = people
        return EmptyState(
            "users", self.texts("gui.people.empty"), self.texts("gui.people.empty.what"),
            people, units, drops=True,
        )  # fmt: skip

    def first_focus(self) -> QWidget | None:
        """The search, or the button that begins."""
        return self.list.search if self.list.rows else self.first_button

    def load(self) -> None:
        """Read everybody, and who is in the drawer."""
        app = self.session.app
        self.session.run(lambda _: read_people(app), self._show)
        if self.drawer is not None and self.drawer_is_open:
            self.open_person(self.drawer.contestant)

    def _show(self, found: tuple[PeopleOverview, list[Row]]) -> None:
        self._overview, rows = found
        self.list.set_rows(rows)
        if self.view is not None:
            return
        self._body.setCurrentIndex(0 if rows else 1)
        self._show_head()

    def _show_head(self) -> None:
        overview = self._overview
        if overview is None:
            return
        self.set_summary(
            self.texts(
                "gui.people.summary",
                count=len(self.list.rows),
                units=len(overview.units),
                withdrawn=len(self.list.rows) - self.list.present,
            )
        )
        buttons = []
        if self.list.rows:
            more = Button(self.texts("gui.people.more"), icon="ellipsis")
            more.clicked.connect(lambda: self._more(more))
            bring = Button(self.texts("gui.people.import"), icon="file-up")
            bring.clicked.connect(lambda: self.choose_file("contestants"))
            buttons = [more, bring]
        elif overview.last_import is not None:
            undo = Button(self.texts("gui.people.undo"), icon="undo-2", kind="ghost")
            undo.clicked.connect(self.undo)
            buttons = [undo]
        self.set_actions(*buttons)

    def _more(self, button: Button) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        out = self._overview is not None and self._overview.numbers_are_out
        last = self._overview.last_import if self._overview else None
        entries: list[tuple[str, Callable[[], None], bool]] = [
            (self.texts("gui.people.draw"), self.draw, not out),
            (self.texts("gui.people.import_units"), lambda: self.choose_file("units"), True),
        ]
        if last is not None:
            words = self.texts("gui.people.undo_file", file=last.file)
            entries.append((words, self.undo, not out))
        for words, do, enabled in entries:
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, do=do: do())
            action.setEnabled(enabled)
        if out:
            menu.addAction(self.texts("gui.people.numbers_out")).setEnabled(False)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # One contestant.

    def open_person(self, contestant: str) -> None:
        """Show one in the drawer, as it is stored now."""
        if not self._may_leave(contestant):
            return
        from_app = self.session.app

        def read(_: object) -> PersonCard:
            from judgeapp.services.people_edit import show_person

            return show_person(from_app, contestant=ContestantId(contestant))

        self.session.run(read, self._show_person)

    def _may_leave(self, contestant: str) -> bool:
        """Ask before something that was typed about somebody else is lost."""
        drawer = self.drawer
        if drawer is None or not self.drawer_is_open or drawer.contestant == contestant:
            return True
        changes = drawer.changes()
        return not changes or self.session.dialogs.confirm(
            self.texts("gui.people.lose.title", count=len(changes), number=drawer.contestant),
            self.texts("gui.people.lose.what"),
            self.texts("gui.people.lose.yes"),
        )

    def _show_person(self, person: PersonCard) -> None:
        units = [unit.name for unit in self._overview.units] if self._overview else []
        drawer = PersonDrawer(self.texts, person, units)
        drawer.save_asked.connect(self._save)
        drawer.withdraw_asked.connect(lambda: self._ask("withdraw", person))
        drawer.reinstate_asked.connect(lambda: self._ask("reinstate", person))
        drawer.substitute_asked.connect(self._substitute)
        self.drawer = drawer
        second = self.texts("gui.people.number", number=person.contestant.id)
        if person.contestant.withdrawn:
            second = f"{second} · {self.texts('gui.people.withdrawn')}"
        self.open_drawer(drawer, person.contestant.name, second=second)

    def _save(self, changes: dict[str, str], reason: str) -> None:
        drawer, app = self.drawer, self.session.app
        if drawer is None:
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.people_edit import edit_contestant

            return edit_contestant(
                app, contestant=drawer.contestant, changes=changes, reason=reason
            )

        def refused(error: JudgeError) -> None:
            drawer.refuse(error.code, self.texts.error(error))

        self.session.run(work, lambda _: self._tell("gui.people.saved"), on_refused=refused)

    def _ask(self, what: str, person: PersonCard) -> None:
        name = person.contestant.name
        reason = self.session.dialogs.ask_text(
            self.texts(f"gui.people.{what}.title", name=name),
            self.texts(f"gui.people.{what}.what"),
            self.texts("gui.people.reason"),
            yes=self.texts(f"gui.people.{what}.yes"),
        )
        if reason is None:
            return
        app, number = self.session.app, person.contestant.id

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.people import reinstate, withdraw

            call = withdraw if what == "withdraw" else reinstate
            return call(app, contestant=number, reason=reason)

        self.session.run(work, lambda _: self._tell(f"gui.people.{what}.done", name=name))

    def _substitute(self, name: str, reason: str) -> None:
        drawer, app = self.drawer, self.session.app
        if drawer is None:
            return

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.people import substitute

            return substitute(app, contestant=drawer.contestant, name=name, reason=reason)

        def refused(error: JudgeError) -> None:
            drawer.new_name.refuse(self.texts.error(error))

        self.session.run(
            work,
            lambda _: self._tell("gui.people.substitute.done", name=name),
            on_refused=refused,
        )

    def _tell(self, key: str, **params: object) -> None:
        Toast.show_in(self.window(), self.texts(key, **params))

    # Numbers drawn by lot.

    def draw(self) -> None:
        """Draw the numbers after asking."""
        if not self.session.dialogs.confirm(
            self.texts("gui.people.draw.title", count=self.list.present),
            self.texts("gui.people.draw.what"),
            self.texts("gui.people.draw.yes"),
        ):
            return
        app = self.session.app

        def work(_: object) -> Outcome[DrawReport]:
            from judgeapp.services.people_edit import draw_numbers

            return draw_numbers(app)

        self.close_drawer()
        self.session.run(
            work,
            lambda done: self._tell(
                "gui.people.draw.done", count=len(done.value.numbers), seed=done.value.seed
            ),
        )

    # Imports.

    def choose_file(self, what: What) -> None:
        """Ask for a file and look at it."""
        title = self.texts(
            "gui.people.import_people" if what == "contestants" else "gui.people.import_units"
        )
        file = self.session.dialogs.open_file(title, PATTERNS)
        if file is not None:
            self.start_import(file, what)

    def start_import(self, file: Path, what: What = "contestants") -> None:
        """Look at a file; nothing is written before the person says so."""
        self.close_drawer()
        units = [unit.name for unit in self._overview.units] if self._overview else []
        view = ImportView(self.session, Review(what, file), units)
        view.changed.connect(lambda: self._show_bar(view))
        view.written.connect(lambda outcome: self._written(view, outcome))
        view.other_file.connect(lambda: self.choose_file(what))
        before = self.view

        def first_read() -> None:
            self._leave(before)
            self.view = view
            self._body.addWidget(view)
            self._body.setCurrentWidget(view)
            self.set_summary(self.texts("gui.people.preview"))
            self.set_actions()
            self._show_bar(view)
            view.begin()

        view.read(first_read)

    def _show_bar(self, view: ImportView) -> None:
        if view is not self.view:
            return
        waiting, count = len(view.review.waiting()), view.review.count()
        key = "waiting" if waiting else "ready" if count else "nothing"
        leave = Button(self.texts("gui.people.leave"), kind="ghost")
        leave.clicked.connect(self.leave_import)
        main = Button(
            self.texts(f"gui.people.do.{view.review.what}", count=count),
            kind="primary", icon="check", height=42,
        )  # fmt: skip
        main.setEnabled(not waiting and count > 0)
        main.clicked.connect(view.write)
        self.import_button = main
        fates = view.review.fate_counts()
        if fates and key != "waiting":
            said = {name: fates[name] for name in ("new", "changed", "same")}
            self.show_bar(self.texts("gui.people.bar.again", **said), leave, main)
        else:
            self.show_bar(self.texts(f"gui.people.bar.{key}", count=waiting), leave, main)

    def leave_import(self) -> None:
        """Go back to the list; nothing was written."""
        self._leave(self.view)
        self.view = None
        self.hide_bar()
        self.load()
        self.list.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, view: ImportView | None) -> None:
        if view is not None:
            self._body.removeWidget(view)
            view.leave()

    def _written(self, view: ImportView, outcome: Outcome[Any]) -> None:
        report = outcome.value
        self.leave_import()
        if report.import_id is None:
            self._tell("gui.people.nothing_written")
            return
        Toast.show_in(
            self.window(),
            self.texts(f"gui.people.written.{view.review.what}", count=report.written),
            self.texts("gui.people.undo"),
            self.undo,
        )

    def undo(self) -> None:
        """Take the newest import back."""
        app = self.session.app

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.people_undo import undo_import

            return undo_import(app)

        self.close_drawer()
        self.session.run(work, lambda done: self._tell("gui.people.undone", file=done.value.file))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that may be lists."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.start_import(file)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one file of a drop that may be a list."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    endings = {pattern[1:] for pattern in PATTERNS}
    return files[0] if len(files) == 1 and files[0].suffix.casefold() in endings else None
