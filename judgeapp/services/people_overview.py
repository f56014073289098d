"""Everybody in the contest at a glance, and what can still be done with the list."""

from __future__ import annotations

from dataclasses import dataclass

from judgeapp.domain.people import Unit
from judgeapp.services.context import Context
from judgeapp.services.people import PersonLine


@dataclass(frozen=True)
class LastImport:
    """The newest import that was not taken back; ``what`` is ``contestants`` or ``units``."""

    id: int
    what: str
    file: str
    at: str


@dataclass(frozen=True)
class PeopleOverview:
    """Everybody in the contest.

    Attributes:
        lines: those who withdrew too, in the order of their numbers.
        last_import: what would be taken back, or None.
        numbers_are_out: a judge pack was built; nothing can be taken back, nor numbers drawn.
    """

    lines: tuple[PersonLine, ...]
    units: tuple[Unit, ...]
    last_import: LastImport | None
    numbers_are_out: bool


def people_overview(app: Context) -> PeopleOverview:
    """Return everybody and all organisations, and what can still be taken back."""
    with app.read() as u:
        units = u.people.units()
        names = {unit.id: unit.name for unit in units}
        lines = tuple(
            PersonLine(person, names.get(person.unit_id) if person.unit_id else None)
            for person in u.people.contestants()
        )
        kept = [item for item in u.people.imports() if item.undone_at is None]
        last = LastImport(kept[-1].id, kept[-1].what, kept[-1].file, kept[-1].at) if kept else None
        return PeopleOverview(lines, tuple(units), last, u.people.packs_built() > 0)
