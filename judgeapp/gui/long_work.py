"""Long work on a page: the row that shows how far it is, and its button to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.session import Work
from judgeapp.gui.widgets.progress import ProgressRow

T = TypeVar("T")


class LongWork:
    """Runs one long work at a time for a page; what was done before a stop stays.

    Attributes:
        row: stands at the foot of the page's content while the work takes more than a second.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.row = ProgressRow(page.texts)
        page.content.addWidget(self.row)
        self._cancel: Callable[[], None] | None = None
        self.row.stop_asked.connect(self.stop)

    @property
    def going_on(self) -> bool:
        """Whether a work is not over yet."""
        return self._cancel is not None

    def run(
        self,
        what: str,
        work: Work[T],
        on_done: Callable[[T], object],
        *,
        on_stopped: Callable[[], None] | None = None,
        on_refused: Callable[[JudgeError], None] | None = None,
    ) -> None:
        """Run a work unless one goes on; a stop is no refusal, which is shown unless taken."""
        if self.going_on:
            return
        self.row.start(what)

        def done(value: T) -> None:
            self._finish()
            on_done(value)

        def refused(error: JudgeError) -> None:
            self._finish()
            if error.code == "cancelled":
                if on_stopped is not None:
                    on_stopped()
                return
            (on_refused or self._page.session.show_error)(error)

        self._cancel = self._page.session.run(
            work, done, on_refused=refused, on_progress=self.row.advance, step=self._page.step
        )

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        if self._cancel is not None:
            self._cancel()

    def _finish(self) -> None:
        self._cancel = None
        self.row.finish()
