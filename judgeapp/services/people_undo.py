"""Taking back what was just done to people: an import as a whole, or a change of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.people import Contestant
from judgeapp.services.context import Context, Kind, Outcome, Undo, changed
from judgeapp.store.people import ImportRow
from judgeapp.store.uow import UnitOfWork
from judgeapp.system.texts import load_texts

Values = Mapping[str, Any]
_OPPOSITE = {"withdrawn": "reinstated", "reinstated": "withdrawn"}


@dataclass(frozen=True)
class UndoReport:
    """What taking an import back did."""

    import_id: int
    what: str
    file: str
    removed: int
    restored: int


def undo_of_import(import_id: int | None, file: str) -> Undo:
    """Return how an import is taken back, while it is the newest one."""
    return Undo("imported", {"file": file}, partial(undo_import, import_id=import_id))


def undo_import(app: Context, *, import_id: int | None = None) -> Outcome[UndoReport]:
    """Take the newest import back: who came with it is gone, what it changed is as before.

    Args:
        app: the contest.
        import_id: take it back only if it is this one.

    Raises:
        JudgeError: ``people.nothing_to_undo``; ``undo.changed_since`` if another one is the newest;
            ``people.undo_after_packs`` once a judge pack was built; ``people.undo_in_use`` if
            somebody of it has entries, marks or a later change.
    """
    with app.write() as u:
        open_imports = [item for item in u.people.imports() if item.undone_at is None]
        if not open_imports:
            raise JudgeError("people.nothing_to_undo")
        newest = open_imports[-1]
        if import_id not in (None, newest.id):
            raise JudgeError("undo.changed_since")
        if u.people.packs_built():
            raise JudgeError("people.undo_after_packs", file=newest.file)
        people = u.people.contestants_of_import(newest.id)
        used = u.people.used_contestants(people) or _changed_since(u, newest)
        if used:
            raise JudgeError("people.undo_in_use", file=newest.file, numbers=", ".join(used))
        restored = _restore_changed(u, newest.id) + _restore_units(u, newest.id)
        u.people.delete_contestants(people)
        in_use = u.people.used_units()
        units = [unit for unit in u.people.units_of_import(newest.id) if unit not in in_use]
        u.people.delete_units(units)
        u.people.mark_undone(newest.id)
        removed = len(people) if newest.what == "contestants" else len(units)
        u.log("people.import_undone", import_id=newest.id, removed=removed, restored=restored)
        u.commit()
    report = UndoReport(newest.id, newest.what, newest.file, removed, restored)
    return changed(report, [Kind.PEOPLE])


def _changed_since(u: UnitOfWork, newest: ImportRow) -> list[ContestantId]:
    """Return whom the import changed and something happened to since."""
    changed_then = {item.subject for item in u.people.changes(newest.id, "contestant")}
    return sorted(
        {
            event.contestant
            for event in u.people.events()
            if event.contestant in changed_then and event.at >= newest.at
        }
    )


def _restore_changed(u: UnitOfWork, import_id: int) -> int:
    """Give contestants that the import changed what they had before; return how many."""
    changes = u.people.changes(import_id, "contestant")
    people = {str(person.id): person for person in u.people.contestants()}
    for change in changes:
        u.people.update_contestant(replace(people[change.subject], **change.before))
    return len(changes)


def _restore_units(u: UnitOfWork, import_id: int) -> int:
    """Give organisations that the import changed what they had before; return how many."""
    changes = u.people.changes(import_id, "unit")
    units = {str(unit.id): unit for unit in u.people.units()}
    for change in changes:
        u.people.update_unit(replace(units[change.subject], **change.before))
    return len(changes)


def undo_of_change(person: Contestant, what: str, before: Values, after: Values) -> Undo:
    """Return how a change of a contestant is taken back.

    Args:
        person: who it is now.
        what: ``edited``, ``withdrawn``, ``reinstated`` or ``substituted``.
        before: what the changed fields held, by field; ``after`` what they hold now.
        after: see there.
    """
    params = {"number": person.id, "name": person.name}
    return Undo(f"person_{what}", params, partial(_put_back, person.id, what, before, after))


def _put_back(
    contestant: ContestantId, what: str, before: Values, after: Values, app: Context
) -> Outcome[Contestant]:
    reason = load_texts(app.machine.settings.language)("undo.reason")
    turned = _OPPOSITE.get(what, what)
    with app.write() as u:
        person = u.people.contestant(contestant)
        if person is None or any(getattr(person, name) != value for name, value in after.items()):
            raise JudgeError("undo.changed_since")
        restored = replace(person, **before)
        u.people.update_contestant(restored)
        u.people.add_event(contestant, turned, before=after, after=before, reason=reason)
        u.log("people.put_back", contestant=contestant)
        u.commit()
    again = undo_of_change(restored, turned, after, before)
    return changed(restored, [Kind.PEOPLE, Kind.RESULTS], again)
