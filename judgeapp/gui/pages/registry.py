"""Which page belongs to which step of the rail; a page is imported when it is first opened.

Each page has its function here, and its line in `PAGES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from judgeapp.gui.page import Page
    from judgeapp.gui.pages.desk_shell import JudgeShell
    from judgeapp.gui.session import Session
    from judgeapp.services.going_on import GoingOn

# The steps of the rail by groups, in the order of the work.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prepare", ("contest", "people", "entries", "rubrics", "panel", "packs")),
    ("judge", ("score_files", "results", "final")),
    ("after", ("awards", "documents", "log")),
)
STEPS = tuple(step for _, steps in GROUPS for step in steps)
ICONS = {
    "contest": "flag", "people": "users", "entries": "clapperboard", "rubrics": "list-checks",
    "panel": "gavel", "packs": "package", "score_files": "inbox", "results": "trophy",
    "final": "presentation", "awards": "award", "documents": "file-text", "log": "history",
}  # fmt: skip


def _entries(session: Session) -> Page:
    from judgeapp.gui.pages.entries import EntriesPage

    return EntriesPage(session)


def _contest(session: Session) -> Page:
    from judgeapp.gui.pages.contest import ContestPage

    return ContestPage(session)


def _rubrics(session: Session) -> Page:
    from judgeapp.gui.pages.rubrics import RubricsPage

    return RubricsPage(session)


def _panel(session: Session) -> Page:
    from judgeapp.gui.pages.panel import PanelPage

    return PanelPage(session)


def _people(session: Session) -> Page:
    from judgeapp.gui.pages.people import PeoplePage

    return PeoplePage(session)


def _results(session: Session) -> Page:
    from judgeapp.gui.pages.results import ResultsPage

    return ResultsPage(session)


def _score_files(session: Session) -> Page:
    from judgeapp.gui.pages.score_files import ScoreFilesPage

    return ScoreFilesPage(session)


def _packs(session: Session) -> Page:
    from judgeapp.gui.pages.packs import PacksPage

    return PacksPage(session)


def _awards(session: Session) -> Page:
    from judgeapp.gui.pages.awards import AwardsPage

    return AwardsPage(session)


def _final(session: Session) -> Page:
    from judgeapp.gui.pages.final import FinalPage

    return FinalPage(session)


def _documents(session: Session) -> Page:
    from judgeapp.gui.pages.documents import DocumentsPage

    return DocumentsPage(session)


def _log(session: Session) -> Page:
    from judgeapp.gui.pages.log import LogPage

    return LogPage(session)


PAGES: Mapping[str, Callable[[Session], Page]] = {
    "entries": _entries,
    "contest": _contest,
    "panel": _panel,
    "rubrics": _rubrics,
    "people": _people,
    "results": _results,
    "score_files": _score_files,
    "packs": _packs,
    "awards": _awards,
    "final": _final,
    "documents": _documents,
    "log": _log,
}


def make_page(step: str, session: Session) -> Page:
    """Return the page of a step, made anew."""
    return PAGES[step](session)


def make_judge_shell(
    session: Session, pack: Path, leave: Callable[[], None], going_on: GoingOn | None = None
) -> JudgeShell:
    """Return what a judge works in with a pack, filling the window.

    Args:
        session: of the window; no contest is open in it.
        pack: the folder or zip that the judge opened.
        leave: goes back to the start page.
        going_on: the score file whose marks are taken over once the pack is open, or None.
    """
    from judgeapp.gui.pages.desk_shell import JudgeShell

    return JudgeShell(session, pack, leave, going_on)
