"""What the views of the page of awards share: the page, and why there is nothing yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.widgets.empty import EmptyState


class AwardsHost(Page):
    """A page that knows in words what has to be done before there are awards."""

    def why_not(self, error: JudgeError) -> str | None:
        """Return in words what has to be done first, or None for another refusal."""
        key = f"gui.awards.first.{error.code.replace('.', '_')}"
        params = {"place": error.place or "", **error.params}
        return self.texts(key, **params) if self.texts.has(key) else None


class AwardsView(QWidget):
    """One view of the page: its body, or in its place what has to be done first."""

    def __init__(self, page: AwardsHost) -> None:
        super().__init__()
        self._page, self.texts = page, page.texts
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._body = QWidget()
        self._column.addWidget(self._body, 1)
        self._empty: QWidget | None = None

    def refused(self, error: JudgeError) -> None:
        """Say what has to be done first; another refusal is shown as such."""
        words = self._page.why_not(error)
        if words is None:
            self._page.session.show_error(error)
        else:
            self.say_empty(words)

    def say_empty(self, words: str) -> None:
        """Say why there is nothing yet; without words the body is shown again."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self._body.setVisible(not words)
        if words:
            self._page.set_summary("")
            self._page.hide_bar()
            self._page.set_actions()
            self._empty = EmptyState("award", self.texts("gui.awards.not_yet"), words)
            self._column.addWidget(self._empty, 1)
