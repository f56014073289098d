"""How far each of the twelve steps of a contest is, and which one is next.

Words: a *step* (bước) is a place in the work of the office, from the contest's rules to its log.
A step *needs* somebody, is *done*, is *running* by itself, has *nothing* yet, or comes *later*.
The reason says why, in few words; a step that comes later can be looked at all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from judgeapp.domain.closing import ItemKind
from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.entries import kind_taken
from judgeapp.services.awards import prizes_of
from judgeapp.services.closing import ClosingState, state_of
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition
from judgeapp.services.entries import held_to_rules
from judgeapp.services.results_round import tally_groups
from judgeapp.services.roster import seats_of
from judgeapp.store.uow import UnitOfWork

State = Literal["nothing", "needs", "done", "running", "later"]
Reason = Literal[
    "next", "no_people", "no_panel", "no_packs", "not_signed", "one_round", "not_closed",
    "problems", "missing_entries", "unchecked", "few_judges", "outdated", "judges_owe",
    "conclude", "close", "tie", "sign", "changed", "starters", "sign_prizes", "print",
    "no_backup", "backed_up",
]  # fmt: skip

STEMS = (
    "contest", "people", "entries", "rubrics", "panel", "packs",
    "score_files", "results", "final",
    "awards", "documents", "log",
)  # fmt: skip
NOT_WORK = frozenset({"documents", "log"})
_OWED: frozenset[ItemKind] = frozenset({"missing_sheet", "missing_marks"})


@dataclass(frozen=True)
class Step:
    """One step as the rail shows it.

    Attributes:
        count: how many things need somebody, or None.
        reason: why it stands so, or None where there is nothing to say.
        params: what the words of the reason are about, such as the name of a round.
    """

    stem: str
    state: State
    count: int | None = None
    reason: Reason | None = None
    params: Mapping[str, object] = field(default_factory=dict)


def steps(app: Context) -> tuple[Step, ...]:
    """Return all twelve steps in the order of the work, from one state of the store."""
    with app.read() as u:
        return _with_next(_Look(u).steps())


def first_need(found: Iterable[Step]) -> Step | None:
    """Return the first of these steps that needs somebody."""
    return next((step for step in found if step.state == "needs"), None)


def _with_next(found: Iterable[Step]) -> tuple[Step, ...]:
    """Let the first step with nothing in it need somebody, unless an earlier one does."""
    told: list[Step] = []
    needed = False
    for step in found:
        if step.state == "nothing" and not needed and step.stem not in NOT_WORK:
            step = replace(step, state="needs", reason="next")
        needed = needed or step.state == "needs"
        told.append(step)
    return tuple(told)


class _Look:
    """One look at everything; each method tells one step, in the order of the work."""

    def __init__(self, u: UnitOfWork) -> None:
        self.u = u
        self.definition: Definition = read_definition(u)
        self.people = [one for one in u.people.contestants() if not one.withdrawn]
        self.judges = u.judging.judges()
        self.packs = u.packs.packs()
        self.first = self.definition.rounds[0]
        self._closing: dict[str, ClosingState] = {}

    def steps(self) -> Iterator[Step]:
        yield Step("contest", "done")
        yield Step("people", "done" if self.people else "nothing")
        yield self.entries()
        yield Step("rubrics", "done")
        panel = self.panel()
        yield panel
        yield self.pack(panel)
        yield self.score_files()
        yield self.results()
        yield self.final()
        yield self.awards()
        closed = any(self.closed(item) for item in self.definition.rounds)
        yield Step("documents", "done" if closed else "nothing")
        yield self.log()

    def closed(self, item: Round) -> bool:
        return self.u.judging.stage(item.id) == "closed"

    def closing(self, item: Round) -> ClosingState:
        if item.id not in self._closing:
            self._closing[item.id] = state_of(self.u, self.definition, item)
        return self._closing[item.id]

    def entries(self) -> Step:
        wanted = [part.id for part in self.first.parts if kind_taken(part)]
        if not wanted:
            return Step("entries", "done")
        if not self.people:
            return Step("entries", "later", reason="no_people")
        files = [file for file in self.u.entries.files() if file.round == self.first.id]
        if not files:
            return Step("entries", "nothing")
        if self.packs:
            return Step("entries", "done")
        unchecked = sum(file.check is None for file in files)
        if unchecked:
            return Step("entries", "needs", unchecked, "unchecked")
        bad = sum(held_to_rules(file, self.definition).asks for file in files)
        if bad:
            return Step("entries", "needs", bad, "problems")
        there = {(file.contestant, file.part) for file in files}
        missing = sum((one.id, part) not in there for one in self.people for part in wanted)
        if missing:
            return Step("entries", "needs", missing, "missing_entries")
        return Step("entries", "done")

    def panel(self) -> Step:
        if not self.judges:
            return Step("panel", "nothing")
        few = [
            part
            for part in self.first.parts
            if not part.objective
            and any(len(one.judges) < self.first.min_judges for one in seats_of(self.u, part))
        ]
        if few:
            return Step("panel", "needs", len(few), "few_judges")
        return Step("panel", "done")

    def log(self) -> Step:
        """Beside the log lies the care for the whole contest: has anybody ever backed it up."""
        if self.u.contest.newest_entry("upkeep.backed_up") is None:
            return Step("log", "nothing", reason="no_backup")
        return Step("log", "done", reason="backed_up")

    def pack(self, panel: Step) -> Step:
        if not self.people:
            return Step("packs", "later", reason="no_people")
        if panel.state != "done":
            return Step("packs", "later", reason="no_panel")
        if not self.packs:
            return Step("packs", "nothing")
        hashes = {item.id: rubric_hash(item) for item in self.definition.rounds}
        newest = {(pack.round_id, pack.panel): pack for pack in self.packs}
        outdated = sum(
            hashes.get(round_id) != pack.rubric_hash
            for (round_id, _), pack in newest.items()
            if self.u.judging.stage(round_id) != "closed"
        )
        if outdated:
            return Step("packs", "needs", outdated, "outdated")
        return Step("packs", "done")

    def score_files(self) -> Step:
        if self.closed(self.first):
            return Step("score_files", "done")
        if not self.packs:
            return Step("score_files", "later", reason="no_packs")
        owing = self._owing(self.first)
        if owing:
            return Step("score_files", "needs", owing, "judges_owe")
        return Step("score_files", "done")

    def _owing(self, item: Round) -> int:
        return len({one.judge for one in self.closing(item).items if one.kind in _OWED})

    def results(self) -> Step:
        before = self.definition.rounds[:-1] or self.definition.rounds
        for item in before:
            step = self._result_of(item)
            if step.state != "done":
                return step
        return Step("results", "done")

    def _result_of(self, item: Round) -> Step:
        params = {"round": item.vi}
        if not self.closed(item):
            if not self.packs and item is self.first:
                return Step("results", "later", reason="no_packs")
            items = self.closing(item).items
            if any(one.kind in _OWED or one.kind == "no_sheets_owed" for one in items):
                return Step("results", "later", reason="judges_owe", count=self._owing(item))
            if items:
                return Step("results", "needs", len(items), "conclude", params)
            return Step("results", "needs", None, "close", params)
        if item.cut is None:
            return Step("results", "done")
        cuts = [group.result.cut for group in tally_groups(self.u, self.definition, item)]
        signed = self.u.results.sign_off("finalists", item.id)
        if signed is not None:
            taken = {str(one) for cut in cuts for one in cut.taken}
            if taken != {str(one) for one in signed.body["contestants"]}:
                return Step("results", "needs", None, "changed", params)
            return Step("results", "done")
        ties = sum(bool(cut.undecided) for cut in cuts)
        if ties:
            return Step("results", "needs", ties, "tie", params)
        return Step("results", "needs", None, "sign", params)

    def final(self) -> Step:
        if len(self.definition.rounds) == 1:
            return Step("final", "done", reason="one_round")
        last = self.definition.rounds[-1]
        if self.closed(last):
            if self.results().state != "done":  # who came in is no longer who was signed off
                return Step("final", "needs", None, "starters", {"round": last.vi})
            return Step("final", "done")
        if not self._has_starters(last):
            return Step("final", "later", reason="not_signed")
        items = self.closing(last).items
        owing = self._owing(last)
        if owing:
            return Step("final", "needs", owing, "judges_owe")
        if items:
            return Step("final", "needs", len(items), "conclude", {"round": last.vi})
        return Step("final", "needs", None, "close", {"round": last.vi})

    def _has_starters(self, item: Round) -> bool:
        before = self.definition.before(item.id)
        if before is None:
            return bool(self.people)
        if before.cut is None:
            return self.closed(before)
        return self.u.results.sign_off("finalists", before.id) is not None

    def awards(self) -> Step:
        giving = [item for item in self.definition.rounds if item.prizes]
        if not giving:
            return Step("awards", "done")
        if not self.closed(giving[-1]):
            return Step("awards", "later", reason="not_closed")
        if self.u.results.sign_off("prizes", giving[-1].id) is None:
            return Step("awards", "needs", None, "sign_prizes")
        if self.results().state == "done" and prizes_of(self.u, giving[-1].id).differences:
            return Step("awards", "needs", None, "changed")
        if not self.u.awards.certificates():
            return Step("awards", "needs", None, "print")
        return Step("awards", "done")
