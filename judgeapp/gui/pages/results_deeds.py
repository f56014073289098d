"""What can be done on the page of results: decisions, signing off, tables, and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judgeapp.gui.long_work import LongWork
from judgeapp.gui.page import Page
from judgeapp.gui.pages.results_tie import ALL, TieAnswer
from judgeapp.gui.paper_out import PaperOut, told_file
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.progress import Progress
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.services.results import Explained, RoundTally


def round_name(held: Round) -> str:
    """Return the round's name without what stands in brackets behind it."""
    return held.vi.partition(" (")[0]


def difference_text(found: RoundTally, texts: Texts) -> str:
    """Return in words how the marks of today differ from what was signed off; "" if they don't."""
    if found.difference is None:
        return ""
    return texts(
        "gui.results.differs",
        joined=", ".join(found.difference.joined) or "–",
        left=", ".join(found.difference.left) or "–",
    )


class ResultsDeeds:
    """The deeds of the page; each asks where it must, works in the background, and says so."""

    def __init__(self, page: Page) -> None:
        self._page, self._session = page, page.session
        self._work = LongWork(page)
        self.paper = PaperOut(page, self._work)

    def record(self, round_id: str, answer: TieAnswer) -> None:
        """Record a decision about a tie."""
        app = self._session.app

        def work(progress: Progress) -> object:
            from judgeapp.services.results import decide
            from judgeapp.services.results_line import take_all

            if answer.way == ALL:
                return take_all(app, round_id=round_id, by=answer.by, reason=answer.reason)
            return decide(
                app, round_id=round_id, order=answer.chosen, by=answer.by, reason=answer.reason
            )

        self._session.run(work, lambda _: self._told(self._page.texts("gui.results.decided")))

    def sign(self, found: RoundTally) -> None:
        """Ask, then sign off who goes on; a list that replaces one needs a reason."""
        texts = self._page.texts
        taken = [one for group in found.groups for one in group.result.cut.taken]
        title = texts("gui.results.sign.title", round=round_name(found.held))
        body = texts("gui.results.sign.body", count=len(taken))
        yes = texts("gui.results.sign.yes", count=len(taken))
        reason = None
        if found.sign_off is not None:
            reason = self._session.dialogs.ask_text(
                title, f"{difference_text(found, texts)} {body}", texts("gui.results.reason"),
                yes=yes,
            )  # fmt: skip
            if reason is None:
                return
        elif not self._session.dialogs.confirm(
            title, body, yes, facts=[(texts("gui.results.sign.who"), ", ".join(taken))]
        ):
            return
        app, round_id = self._session.app, found.held.id

        def work(progress: Progress) -> object:
            from judgeapp.services.results import finalists

            return finalists(app, round_id=round_id, replace_reason=reason)

        self._session.run(work, lambda _: self._told(texts("gui.results.signed_now")))

    def export(self) -> None:
        """Write tables and tally sheets into a folder that is asked for."""
        texts = self._page.texts
        folder = self._session.dialogs.open_folder(texts("gui.results.export.where"))
        if folder is None:
            return
        app, language = self._session.app, texts.language

        def work(progress: Progress) -> int:
            from judgeapp.services.results_export import export_results

            return len(export_results(app, out=folder, language=language).files)

        def done(count: int) -> None:
            told_file(
                self._page, folder, texts("gui.results.exported", count=count, folder=folder.name)
            )

        self._session.run(work, done)

    def print_why(self, button: Button, found: Explained) -> None:
        """Print or keep why a contestant has this total."""
        app, contestant = self._session.app, found.explanation.standing.contestant
        language, round_id = self._page.texts.language, found.held.id

        def make(progress: Progress) -> bytes:
            from judgeapp.services.results_papers import why_sheet

            return why_sheet(app, contestant=contestant, round_id=round_id, language=language)

        title = self._page.texts("results.paper.why.title")
        self.paper.offer(button, title, f"{title} {contestant}", make)

    def print_tie(self, button: Button, round_id: str, answer: TieAnswer) -> None:
        """Print or keep the minutes of a tie, with what is said so far."""
        app, language = self._session.app, self._page.texts.language

        def make(progress: Progress) -> bytes:
            from judgeapp.services.results_papers import tie_form

            return tie_form(
                app, round_id=round_id, way=answer.way or None, chosen=answer.chosen,
                reason=answer.reason, language=language,
            )  # fmt: skip

        title = self._page.texts("results.paper.tie.title")
        self.paper.offer(button, title, title, make)

    def _told(self, words: str) -> None:
        Toast.show_in(self._page.window(), words)
