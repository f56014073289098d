"""The results of a round: ranking with the cut, why, ties, closing, signing off, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.page import Page
from judgeapp.gui.pages.results_close import ClosingPanel
from judgeapp.gui.pages.results_deeds import ResultsDeeds, difference_text, round_name
from judgeapp.gui.pages.results_list import RankingList, ranking_card
from judgeapp.gui.pages.results_rows import rank_rows, scale_of
from judgeapp.gui.pages.results_tie import ask_tie
from judgeapp.gui.pages.results_why import WhyPanel
from judgeapp.gui.session import Session
from judgeapp.gui.theme import theme
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.empty import EmptyState
from judgeapp.gui.widgets.pill import Pill, PillLook
from judgeapp.gui.widgets.segment import Segment
from judgeapp.gui.widgets.text import clear, label
from judgeapp.system.result_words import totals_text

if TYPE_CHECKING:
    from judgeapp.domain.contest import Round
    from judgeapp.domain.firmness import Firmness
    from judgeapp.services.closing import ClosingState
    from judgeapp.services.context import Context
    from judgeapp.services.results import Explained, RoundTally
    from judgeapp.services.results_line import LineTie

_ROOM_FOR_PILLS = 720
_MAIN = {
    "close": ("close", "lock"),
    "wait": ("sign", "file-check"),
    "look_close": ("closed", "lock"),
    "look_close_signed": ("signed", "circle-check"),
    "sign": ("sign", "file-check"),
}


@dataclass(frozen=True)
class ResultsView:
    """What the page shows: the rounds there are, and the tally of one of them.

    Attributes:
        refused: why there is no tally of that round yet.
    """

    rounds: tuple[Round, ...]
    found: RoundTally | None
    closing: ClosingState | None
    refused: JudgeError | None


def read_results(app: Context, round_id: str | None) -> ResultsView:
    """Return what the page shows of a round, of the latest marked one if None."""
    from judgeapp.services.closing import closing_state
    from judgeapp.services.contest import summary
    from judgeapp.services.results import tally_round

    rounds = summary(app).definition.rounds
    try:
        found = tally_round(app, round_id=round_id)
        closing = closing_state(app, round_id=found.held.id)
    except JudgeError as error:
        if round_id is None and len(rounds) > 1:  # the latest marked round cannot be shown yet
            return read_results(app, rounds[0].id)
        return ResultsView(rounds, None, None, error)
    return ResultsView(rounds, found, closing, None)


class ResultsPage(Page):
    """The page of the step ``results``."""

    step: ClassVar[str] = "results"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"CONTEST", "PEOPLE", "PANEL", "FACTS", "MARKS", "STAGES", "RESULTS", "SCORE_FILES"}
    )

    def __init__(self, session: Session) -> None:
        self._top_pills: list[Pill] = []
        super().__init__(session, session.texts("gui.results.title"))
        texts = self.texts
        self.view: ResultsView | None = None
        self._round: str | None = None
        self._shown: str | None = None
        self._rounds_row = QHBoxLayout()
        self._top = QHBoxLayout()
        for row in (self._rounds_row, self._top):
            row.setSpacing(8)
            self.content.addLayout(row)
        heads = tuple(texts(f"gui.results.head.{n}") for n in ("rank", "name", "total", "distance"))
        self.ranking = RankingList((heads[0], heads[1], heads[2], heads[3]),
                                   texts("gui.results.list"))  # fmt: skip
        self.ranking.opened.connect(self.explain)
        self.ranking.action_asked.connect(self.decide_tie)
        self._card = ranking_card(self.ranking)
        self.content.addWidget(self._card, 1)
        self._main_does = ""
        self.rounds: Segment | None = None
        self.deeds = ResultsDeeds(self)

    def first_focus(self) -> QWidget:
        """The list comes first."""
        return self.ranking

    def load(self) -> None:
        """Read the tally of the round that is shown."""
        app, round_id = self.session.app, self._round
        self.session.run(lambda progress: read_results(app, round_id), self._show)

    def _show(self, view: ResultsView) -> None:
        self.view = view
        found = view.found
        self.say_empty(None)
        self._show_top(view)
        self._show_actions(view)
        if found is None or not any(
            item.total is not None for group in found.groups for item in group.result.ranking
        ):
            self._show_empty(view)
            return
        self._card.show()
        held = found.held
        judges = {one for g in found.groups for p in g.result.sheet.parts for one in p.judges}
        people = sum(len(group.result.ranking) for group in found.groups)
        self.set_summary(
            self.texts(
                f"gui.results.summary.{found.stage}",
                count=people, judges=len(judges),
            )
        )  # fmt: skip
        low, high = scale_of(found)
        self.ranking.scale_text = f"{low} – {high}"
        self.ranking.show_rows(rank_rows(found, self.texts), with_cut=held.cut is not None)
        if self.drawer_is_open and self._shown is not None:
            self.explain(self._shown)

    def _show_empty(self, view: ResultsView) -> None:
        self._card.hide()
        self.set_summary("")
        key = "no_finalists" if view.refused is not None else "nothing"
        words = EmptyState(
            "trophy",
            self.texts(f"gui.results.empty.{key}"),
            self.texts(f"gui.results.empty.{key}.what"),
        )
        self.say_empty(words)

    def _show_top(self, view: ResultsView) -> None:
        self._top_pills = []
        clear(self._top)
        clear(self._rounds_row)
        self.rounds = None
        if len(view.rounds) > 1:
            self.rounds = Segment([(item.id, round_name(item)) for item in view.rounds])
            self.rounds.choose(self._held or view.rounds[0].id)
            self.rounds.chosen.connect(self.show_round)
            self._rounds_row.addWidget(self.rounds)
            self._rounds_row.addStretch(1)
        if view.found is not None:
            self._top_pills = [Pill(look) for look in self._pills(view.found)]
            for pill in self._top_pills:
                self._top.addWidget(pill)
            self._fit_pills()
        self.why_not = label("", "small", "warn", wrap=True)
        self.why_not.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._top.addWidget(self.why_not, 1)

    def _fit_pills(self) -> None:
        """Leave the last count out where there is no room: it follows from the others."""
        for pill in self._top_pills[1:][-1:]:
            pill.setVisible(self.width() >= theme().px(_ROOM_FOR_PILLS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the row over the list."""
        super().resizeEvent(event)
        self._fit_pills()

    def _pills(self, found: RoundTally) -> Sequence[PillLook]:
        if found.held.cut is None:
            return []
        cuts = [group.result.cut for group in found.groups]
        taken = sum(len(cut.taken) for cut in cuts)
        tied = sum(len(cut.undecided) for cut in cuts)
        ranked = sum(
            1 for group in found.groups for item in group.result.ranking if item.rank is not None
        )
        looks = [PillLook("flag", self.texts("gui.results.sure", count=taken), "ok")]
        if tied:
            looks.append(PillLook("equal", self.texts("gui.results.tied", count=tied), "warn"))
        out = self.texts("gui.results.out", count=ranked - taken - tied)
        return [*looks, PillLook("minus", out, "neutral")]

    @property
    def _held(self) -> str | None:
        """The round that is seen: the chosen one, else the latest marked."""
        found = self.view.found if self.view else None
        return found.held.id if found else self._round

    def show_round(self, round_id: str) -> None:
        """Show another round."""
        self._round = round_id
        self.close_drawer()
        self.load()

    def _show_actions(self, view: ResultsView) -> None:
        texts, found = self.texts, view.found
        self._main_does = ""
        self.export_button = Button(texts("gui.results.export"), icon="download")
        self.export_button.clicked.connect(self.deeds.export)
        self.export_button.setEnabled(found is not None)
        if found is None:
            self.set_actions(self.export_button)
            return
        does, primary, reason = self._next(view, found)
        self._main_does = does.removeprefix("look_")
        words, sign = _MAIN[does]
        self.why_not.setText(reason)
        self.main_button = Button(
            texts(f"gui.results.{words}"), kind="primary" if primary else "plain", icon=sign
        )
        self.main_button.setEnabled(does != "wait")
        self.main_button.clicked.connect(self._main)
        self.set_actions(self.export_button, self.main_button)

    def _next(self, view: ResultsView, found: RoundTally) -> tuple[str, bool, str]:
        """Return what the main button does, whether it is the next step, and what it waits for."""
        texts = self.texts
        tied = any(group.result.cut.undecided for group in found.groups)
        if found.stage != "closed":
            count = len(view.closing.items) if view.closing else 0
            reason = texts("gui.results.still_open", count=count) if count else ""
            return "close", not count and not tied, reason
        if tied:
            return "wait", False, texts("gui.results.after_tie")
        if found.held.cut is None:
            return "look_close", False, ""
        if found.sign_off is not None and found.difference is None:
            return "look_close_signed", False, ""
        return "sign", True, difference_text(found, texts)

    def _main(self) -> None:
        if self._main_does.startswith("close"):
            self.show_closing()
        elif self._main_does == "sign" and self.view is not None and self.view.found is not None:
            self.deeds.sign(self.view.found)

    def explain(self, contestant: str) -> None:
        """Show in the drawer why a contestant has this total."""
        from judgeapp.services.results import explain_total

        app, round_id = self.session.app, self._held
        self.session.run(
            lambda progress: explain_total(app, contestant=contestant, round_id=round_id),
            self._show_why,
        )

    def _show_why(self, found: Explained) -> None:
        standing = found.explanation.standing
        sheet = found.group.result.sheet
        person = next(item for item in sheet.contestants if item.id == standing.contestant)
        totals = [item.total for item in found.group.result.ranking]
        total = totals_text(totals, sheet.rules.round_total, self.texts)(standing.total)
        second = " · ".join(filter(None, (str(person.id), person.name or "", person.unit or "")))
        self._shown = standing.contestant
        self.ranking.select(standing.contestant)
        self.why = WhyPanel(found, self.texts)
        self.why.print_asked.connect(lambda: self.deeds.print_why(self.why.print_button, found))
        self.open_drawer(self.why, self.texts("gui.results.why", total=total), second=second)
        self._ask_how_firm(self.why, standing.contestant)

    def _ask_how_firm(self, panel: WhyPanel, contestant: str) -> None:
        from judgeapp.services.results import how_firm

        app, round_id = self.session.app, self._held

        def show(firm: Firmness | None) -> None:
            if self.why is panel and self.drawer_is_open:
                panel.show_firmness(firm)

        self.session.run(
            lambda progress: how_firm(app, contestant=contestant, round_id=round_id), show
        )

    def show_closing(self) -> None:
        """Show in the drawer what keeps the round open, or how to open it again."""
        if self.view is None or self.view.closing is None or self.view.found is None:
            return
        self._shown = None
        panel = ClosingPanel(self.session, self.view.closing, self.view.found)
        panel.done.connect(self.close_drawer)
        title = self.texts(f"gui.results.closing.{self.view.found.stage}")
        self.open_drawer(panel, title, second=round_name(self.view.found.held))
        self.closing = panel

    def decide_tie(self) -> None:
        """Ask for the decision about the tie on the line."""
        from judgeapp.services.results_line import line_tie

        app, round_id = self.session.app, self._held
        self.session.run(lambda progress: line_tie(app, round_id=round_id), self._ask_tie)

    def _ask_tie(self, tie: LineTie | None) -> None:
        if tie is None:
            self.load()
            return
        answer = ask_tie(self.window(), self.texts, tie, self.deeds.print_tie)
        if answer is not None:
            self.deeds.record(tie.held.id, answer)
