"""The panel judge by judge: who sits in it, whom each never marks, and whether that is enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from judgeapp.domain.contest import Definition, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, PartId, RoundId
from judgeapp.domain.names import clean
from judgeapp.domain.people import Conflict, Contestant, Judge, Role
from judgeapp.services.assignment import assigned
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition
from judgeapp.services.judging import DECLARED, find_number
from judgeapp.services.panel_undo import PanelState, panel_state, undo_of_panel
from judgeapp.services.roster import OWN_UNIT, contestants_of, excluded_pairs, seats_of
from judgeapp.store.uow import UnitOfWork

_JUDGE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", re.ASCII)
_BETWEEN = re.compile(r"[\s;,]+")


@dataclass(frozen=True)
class JudgeLine:
    """A judge with what follows from the rules.

    Attributes:
        declared: whom the judge never marks, as declared; ``own_unit`` because of the same
            organisation.
        reasons: why of the declared ones, where somebody said so.
        in_use: marks or score files have come; the judge can't be taken out any more.
    """

    judge: Judge
    declared: tuple[ContestantId, ...]
    own_unit: tuple[ContestantId, ...]
    in_use: bool
    reasons: Mapping[ContestantId, str]

    @property
    def id(self) -> str:
        """The judge's number."""
        return self.judge.id


@dataclass(frozen=True)
class SeenBy:
    """How many judges see the contestants of a part.

    Attributes:
        panel: whose judges are counted, where several mark the part.
        least: as few as a score needs; ``fewest`` and ``most`` that any contestant has.
        short: who has fewer than needed.
    """

    round_id: RoundId
    round_name: str
    part_id: PartId
    part_vi: str
    part_en: str
    panel: PanelId | None
    least: int
    fewest: int
    most: int
    short: tuple[ContestantId, ...]

    def part(self, language: str) -> str:
        """Return what is marked, and by which panel where there are several."""
        name = self.part_en if language == "en" else self.part_vi
        return f"{name} · {self.panel}" if self.panel else name

    @property
    def seen(self) -> str:
        """By how many judges, in figures: 4–5, or 5."""
        same = self.fewest == self.most
        return str(self.most) if same else f"{self.fewest}–{self.most}"


@dataclass(frozen=True)
class PanelOverview:
    """The panel, the names that it is shown with, and whether it is enough."""

    lines: tuple[JudgeLine, ...]
    contestants: Mapping[str, str]
    units: tuple[str, ...]
    seen: tuple[SeenBy, ...]


def panel_overview(app: Context) -> PanelOverview:
    """Return the panel as it is now; rounds whose contestants are not known yet are not checked."""
    with app.read() as u:
        everybody = u.people.contestants()
        pairs = excluded_pairs(u, everybody)
        marking = u.judging.judges_with_marks()
        lines = tuple(
            JudgeLine(
                judge,
                tuple(p.contestant for p in pairs if p.judge == judge.id and p.reason != OWN_UNIT),
                tuple(p.contestant for p in pairs if p.judge == judge.id and p.reason == OWN_UNIT),
                judge.id in marking or bool(u.packs.score_files_of(judge.id)),
                {
                    p.contestant: p.reason
                    for p in pairs
                    if p.judge == judge.id and p.reason not in (OWN_UNIT, DECLARED)
                },
            )
            for judge in u.judging.judges()
        )
        return PanelOverview(
            lines,
            {person.id: person.name for person in everybody},
            tuple(unit.name for unit in u.people.units()),
            _seen(u, read_definition(u)),
        )


def _seen(u: UnitOfWork, definition: Definition) -> tuple[SeenBy, ...]:
    found: list[SeenBy] = []
    for held in definition.rounds:
        try:
            present = [one for one in contestants_of(u, definition, held.id) if not one.withdrawn]
        except JudgeError:
            break  # who goes on is not signed off yet
        found += _seen_in(u, held, present) if present else []
    return tuple(found)


def _seen_in(u: UnitOfWork, held: Round, present: list[Contestant]) -> list[SeenBy]:
    assignment = assigned(u, held, present)
    found = []
    for part in held.parts:
        for seats in seats_of(u, part):
            counts = dict.fromkeys((one.id for one in present), 0)
            for judge in seats.judges:
                for contestant in assignment[judge.id].get(part.id, ()):
                    counts[contestant] += 1
            least = held.least_sheets(part, panel=len(seats.judges))
            short = tuple(number for number, count in counts.items() if count < least)
            panel = seats.panel if part.shares else None
            found.append(
                SeenBy(held.id, held.vi, part.id, part.vi, part.en, panel, least,
                       min(counts.values()), max(counts.values()), short)
            )  # fmt: skip
    return found


def save_judge(
    app: Context,
    *,
    judge: str,
    name: str,
    role: str = "member",
    unit: str = "",
    panel: str = "",
    conflicts: str = "",
    why: str = "",
    new: bool = False,
) -> Outcome[Judge]:
    """Put a judge into the panel, or change what is known about one.

    Args:
        app: the contest.
        judge: the judge's number, such as GK07.
        name: as it is printed.
        role: ``chair``, ``member`` or ``secretary``.
        unit: the judge's own organisation; its contestants are never marked by the judge.
        panel: the panel where there are several.
        conflicts: numbers of contestants, with blanks, commas or semicolons between.
        why: the reason of those that are new; the others keep theirs.
        new: there must be no judge of that number yet.

    Raises:
        JudgeError: ``panel.bad_id``, ``panel.name_missing``, ``panel.unknown_role``,
            ``panel.there_already``, ``panel.unknown_contestant``.
    """
    if not _JUDGE_ID.fullmatch(judge):
        raise JudgeError("panel.bad_id", place=judge)
    if not clean(name):
        raise JudgeError("panel.name_missing", place=judge)
    if role not in get_args(Role):
        raise JudgeError("panel.unknown_role", place=role)
    saved = Judge(
        JudgeId(judge), clean(name), cast("Role", role), clean(unit) or None,
        PanelId(clean(panel)) if clean(panel) else None,
    )  # fmt: skip
    with app.write() as u:
        before = panel_state(u)
        others = [one for one in u.judging.judges() if one.id != saved.id]
        taken = {one.id.casefold() for one in (u.judging.judges() if new else others)}
        if judge.casefold() in taken:
            raise JudgeError("panel.there_already", place=judge)
        kept = [one for one in u.judging.conflicts() if one.judge != saved.id]
        declared = _declared(u, saved.id, conflicts, clean(why) or DECLARED)
        after = _store(u, [*others, saved], [*kept, *declared])
    undo = undo_of_panel("panel_saved", saved.id, before, after)
    return changed(saved, [Kind.PANEL, Kind.RESULTS], undo)


def _declared(u: UnitOfWork, judge: JudgeId, typed: str, why: str) -> list[Conflict]:
    numbers = [person.id for person in u.people.contestants()]
    known = {pair.contestant: pair for pair in u.judging.conflicts() if pair.judge == judge}
    found = {}
    for word in _BETWEEN.split(typed.strip(" ;,")):
        number = find_number(word, numbers) if word else None
        if word and number is None:
            raise JudgeError("panel.unknown_contestant", place=word)
        if number is not None:
            found[number] = known.get(number) or Conflict(judge, number, why)  # 1 and 01 are one
    return list(found.values())


def remove_judge(app: Context, *, judge: str) -> Outcome[JudgeId]:
    """Take a judge out of the panel.

    Raises:
        JudgeError: ``panel.unknown_judge``; ``panel.has_marks`` once marks have come.
    """
    with app.write() as u:
        before = panel_state(u)
        judges = u.judging.judges()
        found = next((one for one in judges if one.id == judge), None)
        if found is None:
            raise JudgeError("panel.unknown_judge", place=judge)
        if found.id in u.judging.judges_with_marks() or u.packs.score_files_of(found.id):
            raise JudgeError("panel.has_marks", place=judge)
        kept = [one for one in u.judging.conflicts() if one.judge != found.id]
        after = _store(u, [one for one in judges if one.id != found.id], kept)
    undo = undo_of_panel("panel_removed", found.id, before, after)
    return changed(found.id, [Kind.PANEL, Kind.RESULTS], undo)


def _store(u: UnitOfWork, judges: list[Judge], conflicts: list[Conflict]) -> PanelState:
    u.judging.set_panel(judges, conflicts)
    u.log("judging.panel_set", judges=len(judges), conflicts=len(conflicts))
    after = panel_state(u)
    u.commit()
    return after
