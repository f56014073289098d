"""Prizes: what the scheme gives, questions on the line of a prize, changes with a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from judgeapp.domain.awards import NO_PRIZE
from judgeapp.domain.ids import ContestantId
from judgeapp.gui.pages.awards_host import AwardsHost, AwardsView
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.notice import Notice
from judgeapp.gui.widgets.options import Option, OptionCards
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.rows import Column
from judgeapp.gui.widgets.table import Table
from judgeapp.gui.widgets.text import clear, frame, label
from judgeapp.gui.widgets.toast import Toast
from judgeapp.system.clock import shown_moment
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.services.awards import PrizeReport
    from judgeapp.services.context import Outcome


@dataclass(frozen=True)
class PrizeRow:
    """One contestant in the table of prizes.

    Attributes:
        prize: its id, None for none, or a question.
        state: ``proposed``, ``signed``, ``question``, ``changed`` or ``none``.
    """

    id: str
    rank: str
    name: str
    unit: str
    prize: str | None
    state: str


class PrizesView(AwardsView):
    """The table of prizes; what is changed here counts with the sign-off, not before."""

    def __init__(self, page: AwardsHost) -> None:
        super().__init__(page)
        self.report: PrizeReport | None = None
        self.choices: dict[str, str] = {}
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._notices = QVBoxLayout()
        column.addLayout(self._notices)
        self.table = Table(
            self._columns(),
            empty_text=self.texts("gui.awards.nobody"),
            accessible_name=self.texts("gui.awards.view.prizes"),
        )
        self.table.opened.connect(self.change)
        card = frame("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 6)
        inner.addWidget(self.table)
        column.addWidget(card, 1)

    def _columns(self) -> list[Column]:
        texts = self.texts

        def look(row: PrizeRow) -> PillLook | None:
            if row.state == "question":
                return PillLook("equal", texts("gui.awards.question"), "warn")
            if row.prize is None:
                return None
            return PillLook("award", self._prize(row.prize), "gold")

        def state(row: PrizeRow) -> PillLook:
            looks = {
                "signed": PillLook("circle-check", texts("gui.awards.state.signed"), "ok"),
                "changed": PillLook("pencil", texts("gui.awards.state.changed"), "warn"),
                "question": PillLook("triangle-alert", texts("gui.awards.state.question"), "warn"),
            }
            proposed = PillLook("circle-dashed", texts(f"gui.awards.state.{row.state}"), "neutral")
            return looks.get(row.state, proposed)

        return [
            Column(texts("awards.head.rank"), lambda row: row.rank, "number"),
            Column(
                texts("awards.head.name"),
                lambda row: f"{row.id} · {row.name}\n{row.unit}".rstrip(), "name", stretch=True,
            ),
            Column(
                texts("awards.head.prize"),
                lambda row: self._prize(row.prize), "pill", pill=look,
            ),
            Column(
                texts("gui.awards.head.state"), lambda row: state(row).text, "pill", pill=state
            ),
        ]  # fmt: skip

    def load(self) -> None:
        """Read the prizes."""
        app = self._page.session.app

        def work(progress: Progress) -> PrizeReport:
            from judgeapp.services.awards import propose

            return propose(app)

        self._page.session.run(work, self._show, on_refused=self.refused)

    def _show(self, report: PrizeReport) -> None:
        self.report = report
        if not any(placed.rank is not None for placed in report.ranking):
            self.say_empty(self.texts("gui.awards.first.no_totals"))
            return
        self.say_empty("")
        name = report.round.vi.partition(" (")[0]
        if report.signed is None:
            self._page.set_summary(self.texts("gui.awards.summary.proposed", round=name))
        else:
            words = self.texts(
                "gui.awards.summary.signed",
                round=name, count=len(report.signed.awards), at=shown_moment(report.signed.at),
            )  # fmt: skip
            self._page.set_summary(words)
        self._refresh()

    def _refresh(self) -> None:
        if self.report is not None:
            self.table.set_rows(self._rows(self.report))
            self._show_notices(self.report)
            self._show_bar(self.report)

    def _rows(self, report: PrizeReport) -> list[PrizeRow]:
        awards = report.signed.awards if report.signed else report.proposal.awards
        given = {str(award.contestant): award.prize for award in awards}
        asked = {str(one) for question in report.proposal.questions for one in question.contestants}
        rows = []
        ranked = [placed for placed in report.ranking if placed.rank is not None]
        for placed in ranked:
            number = str(placed.contestant)
            prize = given.get(number)
            state = "signed" if report.signed and prize else "proposed" if prize else "none"
            if not report.signed and number in asked:
                state = "question"
            if number in self.choices:
                chosen = self.choices[number]
                prize, state = (None if chosen == NO_PRIZE else chosen), "changed"
            winner = report.people[placed.contestant]
            rows.append(
                PrizeRow(number, str(placed.rank), winner.name, winner.unit or "", prize, state)
            )
        return rows

    def _given(self) -> Counter[str]:
        """Return how many get each prize, with what was chosen just now."""
        if self.report is None:
            return Counter()
        return Counter(row.prize for row in self._rows(self.report) if row.prize is not None)

    def _too_many(self, report: PrizeReport) -> str:
        """Return in words which prizes more people get than the scheme has; "" for none."""
        given = self._given()
        return "; ".join(
            self.texts("gui.awards.over", prize=one.vi, given=given[one.id], count=one.count)
            for one in report.round.prizes
            if given[one.id] > one.count
        )

    def _prize(self, prize: str | None) -> str:
        found = self.report.prize(prize) if self.report and prize and prize != NO_PRIZE else None
        return found.vi if found else self.texts("awards.no_prize")

    def _show_notices(self, report: PrizeReport) -> None:
        clear(self._notices)
        texts = self.texts
        over = self._too_many(report)
        if over:
            self._notices.addWidget(
                Notice("warn", "triangle-alert", over, texts("gui.awards.over.what"))
            )
            return
        if report.differences:
            people = "; ".join(
                f"{change.contestant} {report.people[change.contestant].name}"
                for change in report.differences
            )
            self._notices.addWidget(
                Notice("warn", "triangle-alert", texts("gui.awards.differs"),
                       texts("gui.awards.differs.what", people=people))
            )  # fmt: skip
            return
        if report.signed:
            return
        for question in report.proposal.questions[:1]:
            stake = ", ".join(f"{n} × {self._prize(p)}" for p, n in question.at_stake)
            people = "; ".join(f"{one} {report.people[one].name}" for one in question.contestants)
            title = texts("gui.awards.asks", rank=question.rank, count=len(question.contestants))
            self._notices.addWidget(
                Notice("warn", "equal", title,
                       texts("gui.awards.asks.what", people=people, stake=stake))
            )  # fmt: skip

    def _show_bar(self, report: PrizeReport) -> None:
        texts = self.texts
        if report.signed and not self.choices and not report.differences:
            self._page.hide_bar()
            return
        open_ones = [
            one for question in report.proposal.questions for one in question.contestants
            if str(one) not in self.choices
        ]  # fmt: skip
        self.sign_button = Button(texts("gui.awards.sign"), kind="primary", icon="file-check")
        self.sign_button.clicked.connect(self.sign)
        self.sign_button.setEnabled(not open_ones or bool(report.signed))
        key = "asks" if open_ones and not report.signed else "changes" if self.choices else "ready"
        sentence = texts(
            f"gui.awards.bar.{key}",
            count=len(self.choices) if key == "changes" else len(report.proposal.awards),
            people=", ".join(open_ones),
        )
        buttons = [self.sign_button]
        if self.choices:
            forget = Button(texts("gui.awards.forget"), kind="ghost")
            forget.clicked.connect(self.forget)
            buttons.insert(0, forget)
        self._page.show_bar(sentence, *buttons)

    def forget(self) -> None:
        """Take back the changes that are not signed off."""
        self.choices.clear()
        self._page.close_drawer()
        self._refresh()

    def change(self, row: PrizeRow) -> None:
        """Let a person choose the prize of a contestant in the drawer."""
        if self.report is None:
            return
        texts = self.texts
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(texts("gui.awards.change.what"), "body", "second", wrap=True))
        given = self._given()
        options = [
            Option(
                prize.id,
                prize.vi,
                texts("gui.awards.change.count", count=prize.count, given=given[prize.id]),
            )
            for prize in self.report.round.prizes
        ]
        options.append(Option(NO_PRIZE, texts("awards.no_prize"), texts("gui.awards.change.none")))
        self.options = OptionCards(options, accessible_name=texts("awards.head.prize"))
        if row.state != "question":
            self.options.choose(row.prize or NO_PRIZE)
        self.options.chosen.connect(lambda prize: self.choose(row.id, prize))
        column.addWidget(self.options)
        column.addStretch(1)
        self._page.open_drawer(panel, row.name, second=f"{row.id} · {row.unit}")

    def choose(self, contestant: str, prize: str) -> None:
        """Note the chosen prize; choosing what holds anyway takes the change back."""
        if self.report is None:
            return
        awards = self.report.signed.awards if self.report.signed else self.report.proposal.awards
        held = {str(award.contestant): award.prize for award in awards}
        asked = {str(o) for q in self.report.proposal.questions for o in q.contestants}
        same = held.get(contestant, NO_PRIZE) == prize
        if same and (self.report.signed or contestant not in asked):
            self.choices.pop(contestant, None)
        else:
            self.choices[contestant] = prize
        self._refresh()

    def sign(self) -> None:
        """Ask for the reason where one is needed, and sign off."""
        report, texts = self.report, self.texts
        if report is None:
            return
        reason = ""
        if self.choices or report.signed:
            typed = self._page.session.dialogs.ask_text(
                texts("gui.awards.sign.title"), texts("gui.awards.sign.reason"),
                texts("gui.results.reason"), yes=texts("gui.awards.sign"),
            )  # fmt: skip
            if typed is None:
                return
            reason = typed
        elif not self._page.session.dialogs.confirm(
            texts("gui.awards.sign.title"), texts("gui.awards.sign.body"), texts("gui.awards.sign")
        ):
            return
        app = self._page.session.app
        choices = {ContestantId(key): prize for key, prize in self._all_choices(report).items()}

        def work(progress: Progress) -> Outcome[PrizeReport]:
            from judgeapp.services.awards import sign_prizes

            return sign_prizes(app, choices=choices, reason=reason)

        self._page.session.run(work, self._signed)

    def _all_choices(self, report: PrizeReport) -> dict[str, str]:
        """Return the choices with those of the sign-off before that still hold."""
        before: dict[str, str] = {}
        if report.signed is not None and self.choices:
            before = {
                str(change.contestant): change.given or NO_PRIZE for change in report.signed.changes
            }
        return before | self.choices

    def _signed(self, outcome: Outcome[PrizeReport]) -> None:
        self.choices.clear()
        self._page.close_drawer()
        self._show(outcome.value)
        Toast.show_in(self._page.window(), self.texts("gui.awards.signed"))
