"""What every page is given: texts, settings, background work, what changed, the open contest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.bus import Bus
from judgeapp.gui.dialogs import Dialogs
from judgeapp.gui.tasks import Tasks
from judgeapp.gui.undo import UndoSteps
from judgeapp.system.progress import Progress
from judgeapp.system.settings import Settings
from judgeapp.system.texts import Texts, load_texts

if TYPE_CHECKING:
    from judgeapp.services.context import Context, Machine

T = TypeVar("T")
Work = Callable[[Progress], T]


class Session(QObject):
    """One window's work.

    Attributes:
        machine: this computer and the user's settings.
        texts: the catalogue of the language in use.
        bus: tells which kinds of data changed.
        tasks: runs services off the window's thread.
        dialogs: asks, and opens files; over the window once it is there.
        undo: what was done in the open contest and can be taken back.
        show_error: shows a refusal; set by the window.
        working: stems of the steps whose work goes on in the background.
    """

    working_changed = Signal()

    def __init__(self, machine: Machine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.machine = machine
        self.texts: Texts = load_texts(machine.settings.language, in_window=True)
        self.bus = Bus(self)
        self.tasks = Tasks(self)
        self.dialogs = Dialogs(None, self.texts)
        self.undo = UndoSteps(self)
        self.show_error: Callable[[JudgeError], None] = lambda error: None
        self._contest: Context | None = None
        self._works: Counter[str] = Counter()

    @property
    def app(self) -> Context:
        """The open contest.

        Raises:
            RuntimeError: if none is open; only pages of a contest ask.
        """
        if self._contest is None:
            raise RuntimeError("no contest is open")
        return self._contest

    @property
    def has_contest(self) -> bool:
        """Whether a contest is open."""
        return self._contest is not None

    @property
    def working(self) -> frozenset[str]:
        """Stems of the steps whose work goes on in the background."""
        return frozenset(stem for stem, count in self._works.items() if count > 0)

    def _works_on(self, stem: str, more: int) -> None:
        if stem:
            self._works[stem] += more
            self.working_changed.emit()

    def use_settings(self, settings: Settings) -> None:
        """Work with other settings from now on; who shows texts must be made anew."""
        self.machine = replace(self.machine, settings=settings)
        if self._contest is not None:
            self._contest = replace(self._contest, machine=self.machine)
        self.texts = load_texts(settings.language, in_window=True)
        self.dialogs.texts = self.texts

    def open(self, contest: Context) -> None:
        """Make a contest the open one; the one before is closed."""
        self.close()
        self._contest = contest

    def close(self) -> None:
        """Close the open contest, if any; its background work stops at its next step."""
        if self._contest is not None:
            self.tasks.stop()
            self.tasks.wait()
            self._contest.store.close()
            self._contest = None
            self.undo.clear()

    def run(
        self,
        work: Work[T],
        on_done: Callable[[T], None] | None = None,
        *,
        on_refused: Callable[[JudgeError], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        aside: bool = False,
        head_start_s: float = 0.0,
        undoes: bool = False,
        step: str = "",
    ) -> Callable[[], None]:
        """Run a service in the background; return what cancels it.

        What comes back as an `Outcome` is told on the bus, after ``on_done``. A refusal goes to
        ``on_refused``, else it is shown. An answer about a contest that was closed meanwhile is
        told to nobody: whoever asked is gone.

        Args:
            work: calls the service; is given a progress to pass on.
            on_done: takes the answer, on the window's thread.
            on_refused: takes the refusal there.
            on_progress: told done, total and what is being worked on.
            aside: it takes minutes; other work does not wait for it.
            undoes: it takes a step back, and is none that Ctrl Z takes back.
            step: of the rail, which shows that its work goes on.
            head_start_s: the window holds still for so long, to take a quick answer at once.
        """
        asked = self._contest

        def late() -> bool:
            now = self._contest
            return asked is not None and (now is None or now.store is not asked.store)

        def done(value: Any) -> None:
            self._works_on(step, -1)
            if late():
                return
            if on_done is not None:
                on_done(value)
            self._tell(value, undoes=undoes)

        def refused(error: JudgeError) -> None:
            self._works_on(step, -1)
            if not late():
                (on_refused or self.show_error)(error)

        def goes_on(done: int, total: int, what: str) -> None:
            if on_progress is not None and not late():
                on_progress(done, total, what)

        self._works_on(step, 1)
        return self.tasks.run(
            work,
            on_done=done,
            on_refused=refused,
            on_progress=goes_on,
            aside=aside,
            head_start_s=head_start_s,
        )

    def _tell(self, value: Any, *, undoes: bool) -> None:
        """Tell what an outcome changed, and note how it is taken back."""
        kinds = getattr(value, "changed", None)
        if isinstance(kinds, frozenset) and kinds:
            self.bus.changed.emit(kinds)
        step = getattr(value, "undo", None)
        if step is not None and not undoes:
            self.undo.add(step)
