"""What the views of the page of awards ask of the page they stand on."""

from __future__ import annotations

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page


class AwardsHost(Page):
    """A page that knows in words what has to be done before there are awards."""

    def why_not(self, error: JudgeError) -> str | None:
        """Return in words what has to be done first, or None for another refusal."""
        key = f"gui.awards.first.{error.code.replace('.', '_')}"
        params = {"place": error.place or "", **error.params}
        return self.texts(key, **params) if self.texts.has(key) else None
