"""The page of a step that has no page of its own: what the command line does for it, in words."""

from __future__ import annotations

from judgeapp.gui.page import Page
from judgeapp.gui.session import Session
from judgeapp.gui.widgets.empty import EmptyState


class StepPage(Page):
    """Says by which calls the step is done."""

    def __init__(self, session: Session, step: str) -> None:
        super().__init__(session, session.texts(f"shell.step.{step}"))
        words = session.texts("shell.step.by_calls", calls=session.texts(f"shell.calls.{step}"))
        title = session.texts(f"shell.step.{step}")
        self.content.addWidget(EmptyState("circle-dashed", title, words), 1)
