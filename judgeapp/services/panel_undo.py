"""Taking back what was just done to the panel: judges and conflicts are as they were before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.people import Conflict, Judge
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.store.uow import UnitOfWork


@dataclass(frozen=True)
class PanelState:
    """Everybody in the panel, and all declared conflicts, whatever their order."""

    judges: frozenset[Judge]
    conflicts: frozenset[Conflict]


def panel_state(u: UnitOfWork) -> PanelState:
    """Return the panel as it is now."""
    return PanelState(frozenset(u.judging.judges()), frozenset(u.judging.conflicts()))


def undo_of_panel(what: str, judge: str, before: PanelState, after: PanelState) -> Undo:
    """Return how a change of the panel is taken back; ``what`` is ``panel_saved`` and so on."""
    return Undo(what, {"judge": judge}, partial(_put_back, what, judge, before, after))


def _put_back(
    what: str, judge: str, before: PanelState, after: PanelState, app: Context
) -> Outcome[None]:
    with app.write() as u:
        if panel_state(u) != after:
            raise JudgeError("undo.changed_since")
        marking = u.judging.judges_with_marks()
        kept = {one.id for one in before.judges}
        for one in sorted(one.id for one in after.judges if one.id not in kept):
            if one in marking or u.packs.score_files_of(one):
                raise JudgeError("panel.has_marks", place=one)
        judges = sorted(before.judges, key=lambda one: one.id)
        conflicts = sorted(before.conflicts, key=lambda pair: (pair.judge, pair.contestant))
        u.judging.set_panel(judges, conflicts)
        u.log("judging.panel_set", judges=len(judges), conflicts=len(conflicts))
        u.commit()
    return changed(None, [Kind.PANEL, Kind.RESULTS], undo_of_panel(what, judge, after, before))
