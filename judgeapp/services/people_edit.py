"""One contestant looked at and edited, and numbers drawn by lot before anybody is known by one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.lots import drawn_order
from judgeapp.domain.names import clean, match_key
from judgeapp.domain.people import Contestant, Unit
from judgeapp.domain.person_fields import read_typed
from judgeapp.domain.unit_list import kind_of_name, next_unit_id
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.people import person_of
from judgeapp.services.people_undo import undo_of_change
from judgeapp.store.people import ContestantEvent
from judgeapp.store.uow import UnitOfWork

_LARGEST_SEED = 1_000_000


@dataclass(frozen=True)
class Happening:
    """Something that happened to a person, in words that need no other row.

    Attributes:
        what: ``edited``, ``substituted``, ``withdrawn``, ``reinstated`` or ``drawn``.
        changes: field, before, after; an organisation by its name.
    """

    at: str
    actor: str
    what: str
    reason: str
    changes: tuple[tuple[str, str | None, str | None], ...]


@dataclass(frozen=True)
class PersonCard:
    """All that is known about a contestant, and what happened, the newest first."""

    contestant: Contestant
    unit: str | None
    history: tuple[Happening, ...]


@dataclass(frozen=True)
class DrawReport:
    """Numbers drawn by lot: by whom each old number is now known."""

    seed: int
    numbers: Mapping[ContestantId, ContestantId]


def show_person(app: Context, *, contestant: ContestantId) -> PersonCard:
    """Return one contestant with everything that happened to the person.

    Raises:
        JudgeError: ``people.unknown_contestant``.
    """
    with app.read() as u:
        person = person_of(u, contestant)
        names: dict[str | None, str] = {unit.id: unit.name for unit in u.people.units()}
        events = _of_the_person(u.people.events(), contestant)
    history = tuple(_happening(event, names) for event in events)
    return PersonCard(person, names.get(person.unit_id), history)


def _of_the_person(
    events: Sequence[ContestantEvent], contestant: ContestantId
) -> list[ContestantEvent]:
    """Return what happened to who has that number now, the newest first, under any number."""
    number: str = contestant
    draw: tuple[str, str] | None = None
    found = []
    for event in reversed(events):
        if event.contestant != number or (event.what == "drawn" and draw == _draw_of(event)):
            continue
        found.append(event)
        if event.what == "drawn":
            number, draw = event.before["id"], _draw_of(event)
    return found


def _draw_of(event: ContestantEvent) -> tuple[str, str]:
    """Return what the events of one draw have in common: the moment and the seed."""
    return event.at, event.reason


def _happening(event: ContestantEvent, units: Mapping[str | None, str]) -> Happening:
    changes = []
    for field in event.after:
        before, after = event.before.get(field), event.after[field]
        if field == "unit_id":
            field, before, after = "unit", units.get(before), units.get(after)
        if field != "withdrawn" and before != after:
            changes.append((field, before, after))
    return Happening(event.at, event.actor, event.what, event.reason, tuple(changes))


def edit_contestant(
    app: Context, *, contestant: ContestantId, changes: Mapping[str, str], reason: str
) -> Outcome[Contestant]:
    """Correct what is known about a contestant; number and marks stay.

    Args:
        app: the contest.
        contestant: the number.
        changes: field of `EDITABLE` → what is typed; empty takes the value away. An organisation
            is named; one that the contest does not have is added.
        reason: why, for the record.

    Raises:
        JudgeError: ``people.unknown_contestant``, ``people.reason_missing``,
            ``people.nothing_changed``, and as `read_typed` does.
    """
    why = clean(reason)
    if not why:
        raise JudgeError("people.reason_missing")
    today = app.machine.clock().date()
    typed = {field: read_typed(field, text, today) for field, text in changes.items()}
    with app.write() as u:
        person = person_of(u, contestant)
        if "unit" in typed:
            typed["unit_id"] = _unit_named(u, typed.pop("unit"))
        after = {field: value for field, value in typed.items() if value != getattr(person, field)}
        if not after:
            raise JudgeError("people.nothing_changed", place=contestant)
        edited = replace(person, **after)  # type: ignore[arg-type]  # fields of it, as typed
        u.people.update_contestant(edited)
        before = {field: getattr(person, field) for field in after}
        u.people.add_event(contestant, "edited", before=before, after=after, reason=why)
        u.log("people.edited", contestant=contestant, count=len(after))
        u.commit()
    undo = undo_of_change(edited, "edited", before, after)
    return changed(edited, [Kind.PEOPLE, Kind.RESULTS], undo)


def _unit_named(u: UnitOfWork, name: str | None) -> UnitId | None:
    """Return the organisation of that name; a new one is stored."""
    if name is None:
        return None
    known = u.people.units()
    for unit in known:
        if match_key(unit.name) == match_key(name):
            return unit.id
    new = Unit(next_unit_id(known), name, kind_of_name(name))
    u.people.add_units([new], import_id=None)
    return new.id


def draw_numbers(app: Context, *, seed: int | None = None) -> Outcome[DrawReport]:
    """Let the contestants' numbers be drawn by lot among those who take part.

    The order is that of SHA-256 of ``seed/number``, which anybody can work out again with any
    program; the seed is in the log. Who withdrew keeps the number.

    Args:
        app: the contest.
        seed: 0 to 999999; None: one is drawn.

    Raises:
        JudgeError: ``people.draw_seed``; ``people.draw_after_packs`` once a judge pack was built;
            ``people.draw_in_use`` if somebody has entries, conflicts or marks under the number;
            ``people.draw_nobody`` with fewer than two contestants.
    """
    drawn = secrets.randbelow(_LARGEST_SEED) if seed is None else seed
    if not 0 <= drawn < _LARGEST_SEED:
        raise JudgeError("people.draw_seed", place=str(drawn))
    with app.write() as u:
        if u.people.packs_built():
            raise JudgeError("people.draw_after_packs")
        old = [person.id for person in u.people.contestants() if not person.withdrawn]
        if len(old) < 2:
            raise JudgeError("people.draw_nobody")
        used = u.people.contestants_at_work(old)
        if used:
            raise JudgeError("people.draw_in_use", numbers=", ".join(used))
        order = drawn_order(old, drawn)
        numbers = dict(zip(order, old, strict=True))
        u.people.exchange_numbers(numbers)
        for before, after in numbers.items():
            u.people.add_event(
                after, "drawn", before={"id": before}, after={"id": after}, reason=str(drawn)
            )
        u.log("people.drawn", seed=drawn, count=len(numbers))
        u.commit()
    return changed(DrawReport(drawn, numbers), [Kind.PEOPLE])
