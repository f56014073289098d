"""What a judge sees of the own marks: how far each entry is, totals, own ranks, what was handed in.

Words: what is *handed in* is the newest score file of this desk; it is *old* if marks were typed
since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from judgeapp.domain.ids import ContestantId, JudgeId
from judgeapp.domain.marks import MarkEvent, current_marks
from judgeapp.domain.own_marks import OwnEntry, own_entries, own_entries_after
from judgeapp.domain.packs import Pack, PackEntry
from judgeapp.exchange.score_file import receipt
from judgeapp.services.desk import Desk
from judgeapp.services.kept_scores import header_from
from judgeapp.store.uow import UnitOfWork


@dataclass(frozen=True)
class HandedIn:
    """The newest score file of this desk; ``old`` if there are newer marks than in it."""

    number: int
    receipt: str
    at: str
    whole: bool
    old: bool


@dataclass(frozen=True)
class DeskView:
    """All of a judge's own work in the open pack.

    Attributes:
        entries: those owed, in the pack's order.
        barred: entries of the pack that this judge may not mark.
        saved_at: when the newest mark was typed, as it is stored, or None.
    """

    pack: Pack
    judge: JudgeId
    entries: tuple[OwnEntry, ...]
    barred: tuple[PackEntry, ...]
    saved_at: str | None
    handed_in: HandedIn | None

    @property
    def missing(self) -> int:
        """How many marks are still owed."""
        return sum(entry.missing for entry in self.entries)

    def entry(self, contestant: ContestantId) -> OwnEntry:
        """Return the entry of that contestant.

        Raises:
            KeyError: if this judge does not mark it.
        """
        for entry in self.entries:
            if entry.contestant == contestant:
                return entry
        raise KeyError(contestant)

    def after(self, event: MarkEvent) -> DeskView:
        """Return the work as it stands with one event more that this desk has stored."""
        old = self.handed_in and replace(self.handed_in, old=True)
        entries = own_entries_after(self.entries, self.pack.round.parts, event)
        return replace(self, entries=tuple(entries), saved_at=event.at, handed_in=old)


def desk_view(app: Desk) -> DeskView:
    """Return the judge's own work as it stands now."""
    pack = app.pack
    with app.read() as u:
        events = u.judging.mark_events(pack.round.id, pack.rubric_hash, with_remarks=True)
        handed_in = _handed_in(app, u, len(events))
    newest = max(events, key=lambda event: event.counter, default=None)
    owed = pack.owed_by(app.judge)
    marked = {key[1] for key in owed}
    return DeskView(
        pack=pack,
        judge=app.judge,
        entries=tuple(own_entries(owed, pack.round.parts, current_marks(events))),
        barred=tuple(entry for entry in pack.entries if entry.id not in marked),
        saved_at=newest.at if newest else None,
        handed_in=handed_in,
    )


def _handed_in(app: Desk, u: UnitOfWork, marks: int) -> HandedIn | None:
    headers = [header_from(row.header) for row in u.packs.exports()]
    own = [header for header in headers if header.round == app.pack.round.id]
    if not own:
        return None
    last = max(own, key=lambda header: header.number)
    old = last.events != marks or last.rubric_hash != app.pack.rubric_hash
    return HandedIn(last.number, receipt(last.hash), last.at, last.final, old)
