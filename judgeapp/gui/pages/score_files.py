"""Score files: which sheets have come, what dropped files would do, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.pages.score_files_remarks import RemarksNotice, RemarksPanel
from judgeapp.gui.pages.score_files_rows import (
    FileRow,
    file_columns,
    kept_rows,
    looked_rows,
    matrix_rows,
)
from judgeapp.gui.pages.score_files_side import ChangesPanel, KeptPanel, ReminderPanel
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.matrix import Matrix
from judgeapp.gui.widgets.matrix_cells import MatrixLegend
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import frame, hairline
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.collecting import Collected, LookedAt
    from judgeapp.services.context import Outcome
    from judgeapp.services.score_matrix import KeptFile, SheetMatrix
    from judgeapp.services.taking_back import TakenBack

ENDING = ".score"
_MOST_JUDGES, _MOST_FILES, _FILE_LINE = 9, 4, 47


def score_files_in(paths: Sequence[Path]) -> list[Path]:
    """Return the files, and of folders all score files in them, by name."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    return found


class ScoreFilesPage(Page):
    """The page of the step ``score_files``; nothing counts until it is applied."""

    step: ClassVar[str] = "score_files"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "PANEL", "SCORE_FILES", "MARKS", "STAGES", "RESULTS"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.texts("gui.score_files.title"))
        texts = self.texts
        self.setAcceptDrops(True)
        self._round: str | None = None
        self.found: SheetMatrix | None = None
        self.looked: tuple[LookedAt, ...] = ()
        self.rounds = Choice(accessible_name=texts("gui.score_files.round"))
        self.rounds.activated.connect(lambda at: self.show_round(self.rounds.itemData(at)))
        self.rounds.hide()
        self.remind_button = Button(texts("gui.score_files.remind"), icon="message-square")
        self.remind_button.clicked.connect(self.remind)
        self.add_button = Button(texts("gui.score_files.add"), icon="file-up")
        self.add_button.clicked.connect(self.choose_files)
        self.set_actions(self.rounds, self.remind_button, self.add_button)
        self.matrix = Matrix(texts, accessible_name=texts("gui.score_files.matrix"))
        self.files = Table(
            file_columns(texts),
            empty_text=texts("gui.score_files.no_files"),
            accessible_name=texts("gui.score_files.files"),
        )
        self.files.opened.connect(self.show_file)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.remarks = RemarksNotice(session)
        self.remarks.asked.connect(self.read_remarks)
        column.addWidget(self.remarks)
        sheets = self._card(self.matrix, hairline(), MatrixLegend(texts))
        sheets.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(sheets)
        column.addWidget(self._card(self.files), 1)
        self.content.addWidget(self._body, 1)
        self.work = LongWork(self)

    def _card(self, *widgets: QWidget) -> QWidget:
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(1, 1, 1, 4)
        column.setSpacing(0)
        for at, widget in enumerate(widgets):
            column.addWidget(widget, 0 if at else 1)
        return made

    def first_focus(self) -> QWidget:
        """Files are what is waited for."""
        return self.add_button

    def load(self) -> None:
        """Read which sheets have come."""
        app, round_id = self.session.app, self._round

        def work(progress: Progress) -> SheetMatrix:
            from judgeapp.services.score_matrix import sheet_matrix

            return sheet_matrix(app, round_id=round_id)

        self.session.run(work, self._show, on_refused=self._show_nothing)

    def _show(self, found: SheetMatrix) -> None:
        self.found = found
        self._show_rounds(found)
        owing = [row for row in found.rows if row.done < row.owed]
        self.remind_button.setEnabled(bool(owing))
        if not found.rows or not found.contestants:
            self._say_empty("nobody")
            return
        self._say_empty("")
        self.remarks.load(found)
        complete = len(found.rows) - len(owing)
        waiting = ", ".join(f"{row.judge.id} {row.judge.name}" for row in owing[:2])
        key = "all" if not owing else "some" if len(owing) <= 2 else "many"
        self.set_summary(
            self.texts(
                f"gui.score_files.summary.{key}",
                done=complete, count=len(found.rows), judges=waiting, left=len(owing),
            )
        )  # fmt: skip
        self._refresh()

    def _show_rounds(self, found: SheetMatrix) -> None:
        self.rounds.clear()
        for item in found.rounds:
            self.rounds.addItem(item.vi.partition(" (")[0], item.id)
        self.rounds.setCurrentIndex(self.rounds.findData(found.held.id))
        self.rounds.setVisible(len(found.rounds) > 1)

    def show_round(self, round_id: str) -> None:
        """Show the sheets of another round."""
        self._round = round_id
        self.load()

    def _show_nothing(self, error: JudgeError) -> None:
        if error.code != "results.no_finalists":
            self.session.show_error(error)
        self._say_empty("no_finalists")

    def _say_empty(self, why: str) -> None:
        self._body.setVisible(not why)
        words = None
        if why:
            self.set_summary("")
            words = EmptyState(
                "inbox",
                self.texts(f"gui.score_files.empty.{why}"),
                self.texts(f"gui.score_files.empty.{why}.what"),
            )
        self.say_empty(words)

    def _refresh(self) -> None:
        """Show the matrix with what the looked-at files would change, and the files."""
        if self.found is None:
            return
        heads = [one.id for one in self.found.contestants]
        self.matrix.set_rows(matrix_rows(self.found, self.looked, self.texts), heads)
        rows = looked_rows(self.looked, self.texts) or kept_rows(self.found, self.texts)
        self.files.set_rows(rows)
        self._give_room(len(rows))
        self._show_waiting()

    def _give_room(self, files: int) -> None:
        """Show all judges of a usual panel and a few files whole; the page scrolls if it must."""
        judges = min(len(self.matrix.states.rows), _MOST_JUDGES)
        self.matrix.setMinimumHeight(self.matrix.height_of_rows(judges))
        lines = min(max(files, 1), _MOST_FILES) + 1
        self.files.setMinimumHeight(theme().px(_FILE_LINE) * lines)

    def _show_waiting(self) -> None:
        if not self.looked:
            self.hide_bar()
            return
        texts = self.texts
        count = sum(bool(one.new or one.changes) for one in self.looked)
        sentence = texts(
            "gui.score_files.would" if count else "gui.score_files.would_keep",
            count=count,
            rest=len(self.looked) - count,
            new=sum(len(one.new) for one in self.looked),
            changed=sum(len(one.changes) for one in self.looked),
        )
        leave = Button(texts("gui.score_files.leave"), kind="ghost")
        leave.clicked.connect(self.leave)
        self.apply_button = Button(
            texts(
                f"gui.score_files.{'apply' if count else 'keep'}", count=count or len(self.looked)
            ),
            kind="primary",
            icon="check",
        )
        self.apply_button.clicked.connect(self.apply)
        self.show_bar(sentence, leave, self.apply_button)

    def choose_files(self) -> None:
        """Ask for score files and look at them."""
        chosen = self.session.dialogs.open_files(
            self.texts("gui.score_files.choose"), [f"*{ENDING}"]
        )
        if chosen:
            self.look(chosen)

    def look(self, paths: Sequence[Path]) -> None:
        """Look at files, or at all score files of folders, without writing anything."""
        app = self.session.app

        def work(progress: Progress) -> tuple[LookedAt, ...]:
            from judgeapp.services.collecting import look_at_files

            files = score_files_in(paths)
            if not files:
                raise JudgeError("packs.no_score_files", file=str(paths[0]))
            return look_at_files(app, files=files, progress=progress)

        self.work.run(self.texts("gui.score_files.looking"), work, self._looked)

    def _looked(self, looked: tuple[LookedAt, ...]) -> None:
        self.looked = looked
        self._refresh()
        self.files.setFocus()
        self.reveal(self.files)

    def leave(self) -> None:
        """Forget the files that were looked at; nothing was written."""
        self.looked = ()
        self.close_drawer()
        self._refresh()

    def apply(self) -> None:
        """Take the files in that were looked at."""
        app, files = self.session.app, [one.path for one in self.looked]

        def work(progress: Progress) -> Outcome[list[Collected]]:
            from judgeapp.services.collecting import collect_file
            from judgeapp.services.context import Kind, changed

            taken = []
            for at, file in enumerate(files):
                progress(at, len(files), file.name)
                taken.append(collect_file(app, file=file).value)
            progress(len(files), len(files))
            return changed(taken, [Kind.SCORE_FILES, Kind.MARKS, Kind.RESULTS])

        self.work.run(self.texts("gui.score_files.taking"), work, self._applied,
                      on_stopped=self.load)  # fmt: skip

    def _applied(self, taken: Outcome[list[Collected]]) -> None:
        self.looked = ()
        self.close_drawer()
        counted = sum(1 for item in taken.value if item.counts)
        words = self.texts("gui.score_files.applied", count=len(taken.value), counted=counted)
        Toast.show_in(self.window(), words)
        self._refresh()

    def show_file(self, row: FileRow) -> None:
        """Show in the drawer what a file changes, or why it is what it is."""
        held = self.found.held if self.found else None
        if row.kept is not None:
            kept = row.kept
            closed = self.found is not None and self.found.closed
            side = KeptPanel(row, kept, self.texts, closed=closed)
            side.back_asked.connect(lambda back: self.turn(kept, back=back))
            self.open_drawer(side, row.name, second=row.whose)
            return
        panel = ChangesPanel(row, held, self.texts)
        self.open_drawer(panel, row.name, second=row.whose)

    def turn(self, file: KeptFile, *, back: bool) -> None:
        """Take a file back, or let it count again: first what that does, then the reason."""
        app, texts = self.session.app, self.texts
        key = "back" if back else "again"

        def look(_: Progress) -> TakenBack:
            from judgeapp.services.taking_back import count_again, take_back

            turn = take_back if back else count_again
            return turn(app, file=file.id, reason="", look=True).value

        def ask(found: TakenBack) -> None:
            count = len(found.changes)
            how = "none" if not count else "earlier" if back and found.earlier else "some"
            what = texts(
                f"gui.score_files.{key}.{how}", count=count, earlier=f"{found.earlier or 0:04d}"
            )
            reason = self.session.dialogs.ask_text(
                texts(f"gui.score_files.{key}.title", name=file.name), what,
                texts("gui.score_files.reason"), yes=texts(f"gui.score_files.{key}"),
            )  # fmt: skip
            if reason is not None:
                self._turn(file, reason, back=back)

        self.session.run(look, ask)

    def _turn(self, file: KeptFile, reason: str, *, back: bool) -> None:
        app, texts = self.session.app, self.texts

        def work(_: Progress) -> Outcome[TakenBack]:
            from judgeapp.services.taking_back import count_again, take_back

            return (take_back if back else count_again)(app, file=file.id, reason=reason)

        def done(outcome: Outcome[TakenBack]) -> None:
            self.close_drawer()
            key = "packs.taken_back" if back else "packs.counted_again"
            found = outcome.value
            words = texts(key, name=file.name, judge=found.judge, count=len(found.changes))
            Toast.show_in(self.window(), words)

        self.session.run(work, done)

    def remind(self) -> None:
        """Show in the drawer what to say to those who have not sent everything."""
        if self.found is not None:
            panel = ReminderPanel(self.found, self.texts, self._contest_name())
            self.open_drawer(panel, self.texts("gui.score_files.remind"))

    def read_remarks(self) -> None:
        """Show in the drawer what judges said of entries."""
        if self.found is not None:
            names = {one.id: one.name for one in self.found.contestants}
            judges = {row.judge.id: row.judge.name for row in self.found.rows}
            panel = RemarksPanel(self.remarks.remarks, names, judges, self.texts)
            self.open_drawer(panel, self.texts("gui.remarks.title"))

    def _contest_name(self) -> str:
        return self.found.held.vi.partition(" (")[0] if self.found else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look(paths)
