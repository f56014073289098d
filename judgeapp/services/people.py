"""Contestants and organisations: imported with a preview, taken back, withdrawn, substituted.

Nothing is written while a doubt needs an answer; one call writes all or nothing. A contestant's
number and marks stay whatever happens to the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.names import clean, match_key
from judgeapp.domain.people import Contestant, Unit
from judgeapp.domain.people_list import PersonRow
from judgeapp.domain.registration import Placement
from judgeapp.domain.unit_list import kind_of_name, next_unit_id
from judgeapp.services.context import Context, Kind, Outcome, changed
from judgeapp.services.people_preview import (
    NO_ANSWERS,
    Answers,
    Hidden,
    ImportPreview,
    Known,
    may_write,
    read_people_lists,
    require_seen,
    work_out,
)
from judgeapp.services.people_undo import undo_of_change, undo_of_import
from judgeapp.store.uow import UnitOfWork

_OF_THE_PERSON = ("birth", "gender", "position", "phone", "email", "note")


@dataclass(frozen=True)
class ImportReport:
    """What an import of contestants did.

    Attributes:
        import_id: its number, or None if nothing was written.
        new: who came into the contest; ``changed`` whose data changed.
    """

    preview: ImportPreview
    import_id: int | None = None
    new: tuple[ContestantId, ...] = ()
    changed: tuple[ContestantId, ...] = ()

    @property
    def written(self) -> int:
        """How many contestants were written."""
        return len(self.new) + len(self.changed)


@dataclass(frozen=True)
class PersonLine:
    """A contestant with the name of the organisation, for lists."""

    contestant: Contestant
    unit: str | None


def preview_import(
    app: Context,
    *,
    file: Path,
    sheet: str | None = None,
    hidden: Hidden | None = None,
    columns: Mapping[str, str] | None = None,
    answers: Answers = NO_ANSWERS,
) -> ImportPreview:
    """Return what importing contestants from ``file`` would do; nothing is written.

    Args:
        app: the contest.
        file: a spreadsheet of any kind, as an office sends it.
        sheet: read this sheet only; else every visible one that holds a list.
        hidden: what to do with rows that the file hides; None: not decided yet.
        columns: field → columns that a person named (``C``, ``C+D``, a heading).
        answers: what a person said to doubts of an earlier preview.

    Raises:
        JudgeError, BadInput: as `find_lists`, `read_workbook` and `work_out` do.
    """
    source = read_people_lists(file, sheet=sheet, columns=columns)
    with app.read() as u:
        known = _known(u)
    today = app.machine.clock().date()
    return work_out(source, known=known, today=today, hidden=hidden, answers=answers)


def import_contestants(
    app: Context,
    *,
    file: Path,
    sheet: str | None = None,
    hidden: Hidden | None = None,
    columns: Mapping[str, str] | None = None,
    accept: bool = False,
    answers: Answers = NO_ANSWERS,
    seen: str | None = None,
) -> Outcome[ImportReport]:
    """Bring the contestants of ``file`` into the contest, unless a doubt still needs an answer.

    Args:
        app: the contest.
        file: as for `preview_import`, ``sheet``, ``hidden`` and ``columns`` too.
        sheet: see there.
        hidden: see there; must be given where rows are hidden.
        columns: see there.
        accept: take every proposal that nothing else was said to.
        answers: what a person said to doubts.
        seen: SHA-256 of the file that was looked at before; None: it was not.

    Returns the report; where something needs an answer its ``import_id`` is None, and nothing was
    written.

    Raises:
        JudgeError, BadInput: as `preview_import` does; ``people.file_changed`` if the file is no
            longer the one that was looked at.
    """
    source = read_people_lists(file, sheet=sheet, columns=columns)
    require_seen(source, seen)
    with app.write() as u:
        today = app.machine.clock().date()
        preview = work_out(source, known=_known(u), today=today, hidden=hidden, answers=answers)
        news = [item for item in preview.registration.placements if not item.known or item.changes]
        if not news or not may_write(preview.doubts, accept=accept):
            return changed(ImportReport(preview), ())
        report = _write(u, preview, news)
        u.log(
            "people.imported",
            import_id=report.import_id,
            new=len(report.new),
            changed=len(report.changed),
        )
        u.commit()
    return changed(report, [Kind.PEOPLE], undo_of_import(report.import_id, source.file))


def _known(u: UnitOfWork) -> Known:
    listed = any(item.what == "units" and item.undone_at is None for item in u.people.imports())
    return Known(u.people.contestants(), u.people.units(), listed)


def _write(u: UnitOfWork, preview: ImportPreview, news: list[Placement]) -> ImportReport:
    source = preview.source
    import_id = u.people.add_import(what="contestants", file=source.file, sha256=source.sha256)
    units = _units_for(u, (item.row for item in news), import_id)
    new = [item for item in news if not item.known]
    u.people.add_contestants([_contestant(item, units) for item in new], import_id=import_id)
    known = {person.id: person for person in u.people.contestants()}
    updated = [item for item in news if item.known]
    for item in updated:
        _update(u, item, known[item.contestant], units, import_id)
    return ImportReport(
        preview,
        import_id,
        tuple(item.contestant for item in new),
        tuple(item.contestant for item in updated),
    )


def _units_for(u: UnitOfWork, rows: Iterable[PersonRow], import_id: int) -> dict[str, UnitId]:
    """Return the organisation of each name by its key; those that are new are stored."""
    known = u.people.units()
    by_key = {match_key(unit.name): unit.id for unit in known}
    new: list[Unit] = []
    for name in dict.fromkeys(row.unit for row in rows if row.unit):
        key = match_key(name)
        if key not in by_key:
            by_key[key] = next_unit_id([*known, *new])
            new.append(Unit(by_key[key], name, kind_of_name(name)))
    u.people.add_units(new, import_id=import_id)
    return by_key


def _contestant(item: Placement, units: Mapping[str, UnitId]) -> Contestant:
    row = item.row
    return Contestant(
        item.contestant,
        row.name,
        units[match_key(row.unit)] if row.unit else None,
        row.birth,
        row.gender,
        row.position,
        row.topic,
        row.phone,
        row.email,
        row.note,
        row.group,
    )


def _update(
    u: UnitOfWork,
    item: Placement,
    person: Contestant,
    units: Mapping[str, UnitId],
    import_id: int,
) -> None:
    after: dict[str, str] = {}
    for change in item.changes:
        if change.field == "unit":
            after["unit_id"] = units[match_key(change.after)]
        else:
            after[change.field] = change.after
    before = {field: getattr(person, field) for field in after}
    u.people.update_contestant(replace(person, **after))  # type: ignore[arg-type]  # fields of it
    u.people.add_change(import_id, "contestant", person.id, before=before, after=after)


def person_of(u: UnitOfWork, contestant: ContestantId) -> Contestant:
    """Return who has that number.

    Raises:
        JudgeError: ``people.unknown_contestant``.
    """
    person = u.people.contestant(contestant)
    if person is None:
        raise JudgeError("people.unknown_contestant", place=contestant)
    return person


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise JudgeError("people.reason_missing")
    return reason


def withdraw(app: Context, *, contestant: ContestantId, reason: str) -> Outcome[Contestant]:
    """Let a contestant leave the ranking; the marks stay.

    Raises:
        JudgeError: ``people.unknown_contestant``, ``people.already_withdrawn``,
            ``people.reason_missing``.
    """
    return _set_withdrawn(app, contestant, reason, withdrawn=True)


def reinstate(app: Context, *, contestant: ContestantId, reason: str) -> Outcome[Contestant]:
    """Let a contestant who withdrew take part again.

    Raises:
        JudgeError: ``people.unknown_contestant``, ``people.not_withdrawn``,
            ``people.reason_missing``.
    """
    return _set_withdrawn(app, contestant, reason, withdrawn=False)


def _set_withdrawn(
    app: Context, contestant: ContestantId, reason: str, *, withdrawn: bool
) -> Outcome[Contestant]:
    why = _reason(reason)
    with app.write() as u:
        person = person_of(u, contestant)
        if person.withdrawn == withdrawn:
            code = "people.already_withdrawn" if withdrawn else "people.not_withdrawn"
            raise JudgeError(code, place=contestant)
        after = replace(person, withdrawn=withdrawn)
        u.people.update_contestant(after)
        what = "withdrawn" if withdrawn else "reinstated"
        u.people.add_event(
            contestant, what, before={"withdrawn": not withdrawn},
            after={"withdrawn": withdrawn}, reason=why,
        )  # fmt: skip
        u.log("people.withdrawn" if withdrawn else "people.reinstated", contestant=contestant)
        u.commit()
    was, now = {"withdrawn": not withdrawn}, {"withdrawn": withdrawn}
    return changed(
        after, [Kind.PEOPLE, Kind.RESULTS], undo_of_change(after, what, before=was, after=now)
    )


def substitute(
    app: Context, *, contestant: ContestantId, name: str, reason: str
) -> Outcome[Contestant]:
    """Let somebody else of the same organisation compete under a contestant's number.

    The marks, the organisation, the topic and the group stay; what belonged to the person before
    is kept in the event. Somebody who withdrew is in the contest again.

    Raises:
        JudgeError: ``people.unknown_contestant``, ``people.name_missing``, ``people.same_name``,
            ``people.reason_missing``.
    """
    why = _reason(reason)
    new_name = clean(name)
    if not any(char.isalpha() for char in new_name):
        raise JudgeError("people.name_missing")
    with app.write() as u:
        person = person_of(u, contestant)
        if match_key(person.name) == match_key(new_name) and not person.withdrawn:
            raise JudgeError("people.same_name", place=contestant)
        after = replace(
            person, name=new_name, birth=None, gender=None, position=None, phone=None,
            email=None, note=None, withdrawn=False,
        )  # fmt: skip
        u.people.update_contestant(after)
        fields = ("name", *_OF_THE_PERSON, "withdrawn")
        was = {field: getattr(person, field) for field in fields}
        now = {field: getattr(after, field) for field in fields}
        u.people.add_event(contestant, "substituted", before=was, after=now, reason=why)
        u.log("people.substituted", contestant=contestant)
        u.commit()
    return changed(
        after, [Kind.PEOPLE, Kind.RESULTS], undo_of_change(after, "substituted", was, now)
    )


def list_people(app: Context) -> tuple[PersonLine, ...]:
    """Return everybody in the contest, those who withdrew too, in the order of their numbers."""
    with app.read() as u:
        names = {unit.id: unit.name for unit in u.people.units()}
        return tuple(
            PersonLine(person, names.get(person.unit_id) if person.unit_id else None)
            for person in u.people.contestants()
        )
