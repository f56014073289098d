"""What was done and can be taken back: Ctrl Z takes back the last step, Ctrl Y does it again.

Services say by their outcome what can be taken back and how; here it is only kept in order. A step
that refuses to be taken back says why, and is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from judgeapp.services.context import Context, Outcome, Undo
    from judgeapp.system.texts import Texts

MOST = 50


class Works(Protocol):
    """What the steps need of the session."""

    texts: Texts

    @property
    def has_contest(self) -> bool:
        """Whether a contest is open."""

    @property
    def app(self) -> Context:
        """The open contest."""

    def run(
        self,
        work: Callable[[Any], Outcome[Any]],
        on_done: Callable[[Outcome[Any]], None],
        *,
        undoes: bool,
    ) -> object:
        """Run a service in the background; a refusal is shown."""


class UndoSteps(QObject):
    """The steps of the open contest, the latest last.

    Attributes:
        told: words for a toast, those of its button, and what the button does; or None.
    """

    told = Signal(str, str, object)

    def __init__(self, session: Works) -> None:
        super().__init__(session if isinstance(session, QObject) else None)
        self._session = session
        self._done: list[Undo] = []
        self._undone: list[Undo] = []

    def clear(self) -> None:
        """Forget all: the contest is closed."""
        self._done.clear()
        self._undone.clear()

    def add(self, step: Undo) -> None:
        """Take note of a step that was just done, and offer to take it back."""
        self._undone.clear()
        self._done = [*self._done, step][-MOST:]
        self.told.emit(self._words(step), self._session.texts("undo"), self.undo)

    @property
    def next_words(self) -> str:
        """What would be taken back, in words; empty if nothing can be."""
        return self._words(self._done[-1]) if self._done else ""

    def undo(self) -> None:
        """Take the last step back."""
        self._turn(self._done, self._undone, "undo.done", "undo.again", self.redo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._undone, self._done, "undo.redone", "undo", self.undo)

    def _turn(
        self, steps: list[Undo], others: list[Undo], done: str, button: str,
        back: Callable[[], None],
    ) -> None:  # fmt: skip
        texts = self._session.texts
        if not self._session.has_contest:
            return
        if not steps:
            self.told.emit(texts("undo.nothing"), "", None)
            return
        step, app = steps.pop(), self._session.app
        words = self._words(step)

        def over(outcome: Outcome[Any]) -> None:
            if outcome.undo is not None:
                others.append(outcome.undo)
            can = outcome.undo is not None
            said = texts(done, step=words)
            self.told.emit(said, texts(button) if can else "", back if can else None)

        self._session.run(lambda _: step.do(app), over, undoes=True)

    def _words(self, step: Undo) -> str:
        return self._session.texts(f"undo.{step.what}", **step.params)
