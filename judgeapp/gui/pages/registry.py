"""Which page belongs to which step of the rail; a page is imported when it is first opened.

Each page has its function here, and its line in `PAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from judgeapp.gui.pages.step_page import StepPage

if TYPE_CHECKING:
    from judgeapp.gui.page import Page
    from judgeapp.gui.session import Session

# The steps of the rail by groups, in the order of the work.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prepare", ("contest", "people", "entries", "rubrics", "panel", "packs")),
    ("judge", ("score_files", "results", "final")),
    ("after", ("awards", "documents", "log")),
)
STEPS = tuple(step for _, steps in GROUPS for step in steps)

PAGES: Mapping[str, Callable[[Session], Page]] = {}


def make_page(step: str, session: Session) -> Page:
    """Return the page of a step, made anew."""
    factory = PAGES.get(step)
    return factory(session) if factory else StepPage(session, step)
