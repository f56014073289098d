"""How a round is judged: panels with weights, entries shared out, codes and viewing orders."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from judgeapp.domain.assignment import Design, Given, Pair, look_at_design, share_out
from judgeapp.domain.contest import NEEDS_ALL, PanelShare, Part, Round
from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, PanelId
from judgeapp.domain.people import Contestant, Judge
from judgeapp.domain.rule_edits import with_part, with_round
from judgeapp.domain.typed_rules import read_amount
from judgeapp.services.assignment import Plan, panels_of_round, plan_of, store_plan
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.definition import read_definition, round_of
from judgeapp.services.judging import find_part, require_open
from judgeapp.services.revision import store_rules
from judgeapp.services.roster import contestants_of, excluded_pairs
from judgeapp.services.viewing import Viewing, codes_of, draw_codes, store_viewing, viewing_of
from judgeapp.store.uow import UnitOfWork

LARGEST_SEED = 1_000_000
MOST_WEIGHT = Decimal(1000)


@dataclass(frozen=True)
class PanelDesign:
    """A panel of a round, and who of it marks whom.

    Attributes:
        panel: None where the judges are one panel without a name.
        given: of each contestant the judges; of everybody where nothing is shared out.
        barred: pairs that are never marked, with the reason.
    """

    panel: PanelId | None
    judges: tuple[Judge, ...]
    given: Given
    barred: Mapping[Pair, str]
    design: Design


@dataclass(frozen=True)
class PanelSetup:
    """How a round is judged.

    Attributes:
        contestants: who takes part, without the withdrawn; nobody while it is not known yet.
        per_entry: how many judges of each panel an entry gets; None: everybody marks everything.
        seed: by which it was shared out.
        least: how few judges give a score.
        codes: what judges see instead of names, by contestant, where codes were drawn.
        packs_out: packs of the round were built; ``marks_came``: marks are there.
    """

    held: Round
    rounds: tuple[Round, ...]
    contestants: tuple[Contestant, ...]
    panels: tuple[PanelDesign, ...]
    per_entry: int | None
    seed: int | None
    least: int
    viewing: Viewing
    codes: Mapping[ContestantId, ContestantId]
    packs_out: bool
    marks_came: bool


def panel_setup(app: Context, *, round_id: str | None = None) -> PanelSetup:
    """Return how a round (the current one if None) is judged.

    Raises:
        JudgeError: ``contest.unknown_round``.
    """
    with app.read() as u:
        return _setup(u, round_id)


def _setup(u: UnitOfWork, round_id: str | None) -> PanelSetup:
    definition = read_definition(u)
    held = round_of(u, definition, round_id)
    try:
        present = [one for one in contestants_of(u, definition, held.id) if not one.withdrawn]
    except JudgeError:
        present = []  # who goes on is not signed off yet
    plan = plan_of(u, held.id)
    barred = {(pair.judge, pair.contestant): pair.reason for pair in excluded_pairs(u, present)}
    panels = panels_of_round(u, held)
    return PanelSetup(
        held=held,
        rounds=definition.rounds,
        contestants=tuple(present),
        panels=tuple(
            _design(held, panel, judges, present, barred, plan) for panel, judges in panels.items()
        ),
        per_entry=plan.per_entry if plan else None,
        seed=plan.seed if plan else None,
        least=_least(held),
        viewing=viewing_of(u, held.id),
        codes=codes_of(u, held.id),
        packs_out=bool(u.packs.of_round(held.id)),
        marks_came=bool(u.judging.mark_events(held.id)),
    )


def _least(held: Round) -> int:
    """Return how few judges of a panel give a score in every part that is judged."""
    judged = [part for part in held.parts if not part.objective]
    return max((held.least_sheets(part, panel=0) for part in judged), default=1)


def _design(
    held: Round,
    panel: PanelId | None,
    judges: Sequence[Judge],
    present: Sequence[Contestant],
    barred: Mapping[Pair, str],
    plan: Plan | None,
) -> PanelDesign:
    given = {
        one.id: tuple(
            judge.id
            for judge in judges
            if (judge.id, one.id) not in barred
            and (plan is None or plan.holds(panel, judge.id, one.id))
        )
        for one in present
    }
    wanted = plan.per_entry if plan else _least(held)
    design = look_at_design(given, [judge.id for judge in judges], wanted, barred)
    return PanelDesign(panel, tuple(judges), given, barred, design)


def share_entries(
    app: Context,
    *,
    round_id: str | None = None,
    per_entry: int | None,
    seed: int | None = None,
    look: bool = False,
) -> Outcome[PanelSetup]:
    """Share a round's entries out among the judges of each panel, or let everybody mark everything.

    Args:
        app: the contest.
        round_id: the round, the current one if None.
        per_entry: how many judges of each panel an entry gets; None: everybody.
        seed: decides between equals, from 0 to 1,000,000; drawn if None.
        look: only tell what would be, write nothing.

    Raises:
        JudgeError: ``panel.marks_came``, ``panel.needs_all``, ``panel.per_entry`` with the least
            and most, ``panel.too_few_eligible`` with whom too few judges may mark,
            ``panel.bad_seed``, ``panel.nobody_to_share``, ``judging.round_closed``.
    """
    drawn = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    if not 0 <= drawn <= LARGEST_SEED:
        raise JudgeError("panel.bad_seed", place=str(drawn))
    with app.write() as u:
        held = round_of(u, read_definition(u), round_id)
        require_open(u, held)
        _require_unmarked(u, held)
        plan = None if per_entry is None else _plan(u, held, per_entry, drawn)
        store_plan(u, held.id, plan)
        found = _setup(u, held.id)
        if look:
            return changed(found, [])
        few = sorted({str(one) for panel in found.panels for one in panel.design.too_few})
        if plan is not None and few:
            raise JudgeError(
                "panel.too_few_eligible", place=held.id, count=len(few), numbers=", ".join(few)
            )
        if per_entry is None:
            u.log("judging.all_mark_all", round=held.id)
        else:
            u.log("judging.shared_out", round=held.id, per_entry=per_entry, seed=drawn)
        u.commit()
    return changed(found, [Kind.PANEL, Kind.RESULTS])


def _require_unmarked(u: UnitOfWork, held: Round) -> None:
    if u.judging.mark_events(held.id):
        raise JudgeError("panel.marks_came", place=held.id, round=held.vi)


def _plan(u: UnitOfWork, held: Round, per_entry: int, seed: int) -> Plan:
    if held.aggregate.method in NEEDS_ALL:
        raise JudgeError("panel.needs_all", place=held.id, round=held.vi)
    present = [one for one in contestants_of(u, read_definition(u), held.id) if not one.withdrawn]
    panels = {panel: judges for panel, judges in panels_of_round(u, held).items() if judges}
    if not present or not panels:
        raise JudgeError("panel.nobody_to_share", place=held.id, round=held.vi)
    least, most = _least(held), min(len(judges) for judges in panels.values())
    if not least <= per_entry <= most:
        raise JudgeError("panel.per_entry", place=str(per_entry), least=least, most=most)
    barred = {(pair.judge, pair.contestant) for pair in excluded_pairs(u, present)}
    numbers = [one.id for one in present]
    given = {
        panel or "": {
            str(one): tuple(str(judge) for judge in sitting)
            for one, sitting in share_out(
                numbers, [judge.id for judge in judges], per_entry, barred, seed
            ).items()
        }
        for panel, judges in panels.items()
    }
    return Plan(per_entry, seed, given)


def set_viewing(
    app: Context,
    *,
    round_id: str | None = None,
    blind: bool | None = None,
    own_order: bool | None = None,
    seed: int | None = None,
) -> Outcome[Viewing]:
    """Say how judges see a round; what is None stays as it is.

    Packs that were built before are then changed: judges get new ones. Files that come from the
    old packs still count.

    Args:
        app: the contest.
        round_id: the round, the current one if None.
        blind: judges see codes instead of names and organisations.
        own_order: each judge begins elsewhere in one drawn order.
        seed: what that order is drawn from, from 0 to 1,000,000; drawn if None.

    Raises:
        JudgeError: ``panel.bad_seed``, ``judging.round_closed``, ``panel.marks_came``.
    """
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise JudgeError("panel.bad_seed", place=str(seed))
    with app.write() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        require_open(u, held)
        before = viewing_of(u, held.id)
        after = replace(
            before,
            blind=before.blind if blind is None else blind,
            own_order=before.own_order if own_order is None else own_order,
        )
        if after.own_order and (seed is not None or not before.own_order):
            after = replace(after, seed=secrets.randbelow(LARGEST_SEED) if seed is None else seed)
        if after == before:
            return changed(before, [])
        _require_unmarked(u, held)
        store_viewing(u, held.id, after)
        if after.blind:
            draw_codes(u, held.id, [one.id for one in contestants_of(u, definition, held.id)])
        u.log("judging.viewing_set", round=held.id)
        u.commit()
    return changed(after, [Kind.PANEL])


def set_part_panels(
    app: Context,
    *,
    part: str,
    panels: Mapping[str, str],
    reason: str = "",
    round_id: str | None = None,
) -> Outcome[int]:
    """Say which panels mark a part; return the number of the definition's version.

    Args:
        app: the contest.
        part: id or name of the part.
        panels: weight as typed, by panel; one panel needs no weight; none: every judge.
        reason: why, for the record; needed once the round is in use.
        round_id: the round, the current one if None.

    Raises:
        JudgeError: ``judging.no_such_part``, ``panel.objective_part``, ``panel.no_such_panel``,
            ``rules.bad_amount_above_zero``, ``panel.needs_mean``, ``judging.round_closed``,
            ``panel.marks_came`` while entries are shared out, or why `store_rules` refuses.
    """
    with app.write() as u:
        definition = read_definition(u)
        held = round_of(u, definition, round_id)
        require_open(u, held)
        part_id = find_part(held, part)
        found = next((one for one in held.parts if one.id == part_id), None)
        if found is None:
            raise JudgeError("judging.no_such_part", place=held.id, typed=part)
        after = with_part(held, _with_panels(u, held, found, panels))
        version, is_new = store_rules(u, with_round(definition, after), reason)
        if is_new:
            _share_again(u, held)
            u.commit()
    return changed(version, [Kind.CONTEST, Kind.PANEL, Kind.RESULTS] if is_new else [])


def _with_panels(u: UnitOfWork, held: Round, part: Part, panels: Mapping[str, str]) -> Part:
    if part.objective:
        raise JudgeError("panel.objective_part", place=part.id, part=part.vi)
    known = {judge.panel for judge in u.judging.judges() if judge.panel}
    for panel in panels:
        if panel not in known:
            names = ", ".join(sorted(known)) or "–"
            raise JudgeError("panel.no_such_panel", place=panel, known=names)
    if len(panels) > 1:
        if held.aggregate.method in NEEDS_ALL:
            raise JudgeError("panel.needs_mean", place=part.id, part=part.vi)
        shares = tuple(
            PanelShare(PanelId(panel), read_amount(typed, most=MOST_WEIGHT, above_zero=True))
            for panel, typed in panels.items()
        )
        return replace(part, panel=None, shares=shares)
    only = next(iter(panels), None)
    return replace(part, panel=PanelId(only) if only else None, shares=())


def _share_again(u: UnitOfWork, held: Round) -> None:
    """Share the entries out among the panels as they are now, as they were shared out before."""
    plan = plan_of(u, held.id)
    if plan is not None:
        _require_unmarked(u, held)
        now = round_of(u, read_definition(u), held.id)
        store_plan(u, held.id, _plan(u, now, plan.per_entry, plan.seed))
