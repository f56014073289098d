"""Rows of contestants, organisations and imports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Row, Table, delete, func, insert, select, update

from judgeapp.domain.ids import ContestantId, UnitId
from judgeapp.domain.people import Contestant, Gender, Unit, UnitKind
from judgeapp.store import tables
from judgeapp.store.rows import Rows, from_json, to_json

_AT_WORK = (tables.entry_files, tables.conflicts, tables.facts, tables.mark_events)


@dataclass(frozen=True)
class ImportRow:
    """One import of a list: ``what`` is ``contestants`` or ``units``."""

    id: int
    what: str
    file: str
    sha256: str
    actor: str
    at: str
    undone_at: str | None


@dataclass(frozen=True)
class ImportChange:
    """What an import changed about a known contestant or unit: only what differs."""

    subject: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class ContestantEvent:
    """Something that happened to a contestant after the imports: before, after, why."""

    id: int
    contestant: ContestantId
    what: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    actor: str
    at: str


class PeopleRows(Rows):
    """Reads and writes contestants, organisations and imports."""

    def contestants(self) -> list[Contestant]:
        """Return everybody, those who withdrew too, in the order of their numbers."""
        rows = self._connection.execute(
            select(tables.contestants).order_by(tables.contestants.c.id)
        )
        return [_contestant(row) for row in rows]

    def contestant(self, contestant: ContestantId) -> Contestant | None:
        """Return one contestant, or None."""
        row = self._connection.execute(
            select(tables.contestants).where(tables.contestants.c.id == contestant)
        ).one_or_none()
        return _contestant(row) if row is not None else None

    def units(self) -> list[Unit]:
        """Return all organisations in the order in which they were imported."""
        rows = self._connection.execute(select(tables.units).order_by(tables.units.c.id))
        return [
            Unit(UnitId(row.id), row.name, cast("UnitKind | None", row.kind), row.sector,
                 row.members)
            for row in rows
        ]  # fmt: skip

    def add_import(self, *, what: str, file: str, sha256: str) -> int:
        """Note that a list is being imported; return the import's number."""
        result = self._connection.execute(
            insert(tables.imports).values(
                what=what, file=file, sha256=sha256, actor=self._actor, at=self._at
            )
        )
        return int(result.inserted_primary_key[0])  # type: ignore[index]  # one row was inserted

    def imports(self) -> list[ImportRow]:
        """Return all imports, undone ones too, the oldest first."""
        rows = self._connection.execute(select(tables.imports).order_by(tables.imports.c.id))
        return [
            ImportRow(row.id, row.what, row.file, row.sha256, row.actor, row.at, row.undone_at)
            for row in rows
        ]

    def mark_undone(self, import_id: int) -> None:
        """Note that an import was taken back now."""
        self._connection.execute(
            update(tables.imports)
            .where(tables.imports.c.id == import_id)
            .values(undone_at=self._at)
        )

    def add_change(
        self,
        import_id: int,
        what: Literal["contestant", "unit"],
        subject: str,
        *,
        before: Mapping[str, object],
        after: Mapping[str, object],
    ) -> None:
        """Note for good what an import changed, so that it can be taken back."""
        self._connection.execute(
            insert(tables.import_changes).values(
                import_id=import_id,
                what=what,
                subject=subject,
                before=to_json(dict(before)),
                after=to_json(dict(after)),
            )
        )

    def changes(self, import_id: int, what: Literal["contestant", "unit"]) -> list[ImportChange]:
        """Return what an import changed."""
        table = tables.import_changes
        query = (
            select(table)
            .where(table.c.import_id == import_id, table.c.what == what)
            .order_by(table.c.id)
        )
        return [
            ImportChange(row.subject, from_json(row.before), from_json(row.after))
            for row in self._connection.execute(query)
        ]

    def add_units(self, units: Iterable[Unit], *, import_id: int | None) -> None:
        """Store new organisations."""
        values = [
            {"id": unit.id, "name": unit.name, "kind": unit.kind, "sector": unit.sector,
             "members": unit.members, "import_id": import_id}
            for unit in units
        ]  # fmt: skip
        if values:
            self._connection.execute(insert(tables.units), values)

    def update_unit(self, unit: Unit) -> None:
        """Store what is now known about an organisation."""
        self._connection.execute(
            update(tables.units)
            .where(tables.units.c.id == unit.id)
            .values(name=unit.name, kind=unit.kind, sector=unit.sector, members=unit.members)
        )

    def add_contestants(self, people: Iterable[Contestant], *, import_id: int | None) -> None:
        """Store new contestants."""
        values = [{**_values(person), "import_id": import_id} for person in people]
        if values:
            self._connection.execute(insert(tables.contestants), values)

    def update_contestant(self, person: Contestant) -> None:
        """Store what is now known about a contestant; the number stays."""
        values = _values(person)
        number = values.pop("id")
        self._connection.execute(
            update(tables.contestants).where(tables.contestants.c.id == number).values(**values)
        )

    def add_event(
        self,
        contestant: ContestantId,
        what: str,
        *,
        before: Mapping[str, object],
        after: Mapping[str, object],
        reason: str,
    ) -> None:
        """Note for good what happened to a contestant: only what differs, before and after."""
        self._connection.execute(
            insert(tables.contestant_events).values(
                contestant_id=contestant, what=what, before=to_json(dict(before)),
                after=to_json(dict(after)), reason=reason, actor=self._actor, at=self._at,
            )
        )  # fmt: skip

    def events(self, contestant: ContestantId | None = None) -> list[ContestantEvent]:
        """Return what happened to one contestant or to all, the oldest first."""
        query = select(tables.contestant_events).order_by(tables.contestant_events.c.id)
        if contestant is not None:
            query = query.where(tables.contestant_events.c.contestant_id == contestant)
        return [
            ContestantEvent(row.id, ContestantId(row.contestant_id), row.what,
                            from_json(row.before), from_json(row.after), row.reason, row.actor,
                            row.at)
            for row in self._connection.execute(query)
        ]  # fmt: skip

    def exchange_numbers(self, numbers: Mapping[ContestantId, ContestantId]) -> None:
        """Give people each other's numbers, ``numbers`` being a permutation: old → new.

        What refers to a number stays with the number; only what was noted before may do so.
        """
        table = tables.contestants
        rows = {row.id: row._asdict() for row in self._connection.execute(select(table))}
        for old, new in numbers.items():
            values = {name: value for name, value in rows[old].items() if name != "id"}
            self._connection.execute(update(table).where(table.c.id == new).values(**values))

    def contestants_of_import(self, import_id: int) -> list[ContestantId]:
        """Return who came into the contest with that import."""
        query = (
            select(tables.contestants.c.id)
            .where(tables.contestants.c.import_id == import_id)
            .order_by(tables.contestants.c.id)
        )
        return [ContestantId(number) for number in self._connection.scalars(query)]

    def units_of_import(self, import_id: int) -> list[UnitId]:
        """Return which organisations came into the contest with that import."""
        query = (
            select(tables.units.c.id)
            .where(tables.units.c.import_id == import_id)
            .order_by(tables.units.c.id)
        )
        return [UnitId(number) for number in self._connection.scalars(query)]

    def used_units(self) -> set[UnitId]:
        """Return the organisations that a contestant comes from."""
        query = select(tables.contestants.c.unit_id).where(
            tables.contestants.c.unit_id.is_not(None)
        )
        return {UnitId(number) for number in self._connection.scalars(query)}

    def used_contestants(self, among: Collection[ContestantId]) -> list[ContestantId]:
        """Return who of ``among`` already has entries, conflicts, facts, marks or events."""
        return self._named_in(among, *_AT_WORK, tables.contestant_events)

    def contestants_at_work(self, among: Collection[ContestantId]) -> list[ContestantId]:
        """Return who of ``among`` already has entries, conflicts, facts or marks."""
        return self._named_in(among, *_AT_WORK)

    def _named_in(self, among: Collection[ContestantId], *names: Table) -> list[ContestantId]:
        used: set[str] = set()
        for table in names:
            used |= set(self._connection.scalars(select(table.c.contestant_id).distinct()))
        return sorted(number for number in among if number in used)

    def delete_contestants(self, numbers: Collection[ContestantId]) -> None:
        """Take contestants of an undone import out of the contest."""
        self._delete(tables.contestants, numbers)

    def delete_units(self, numbers: Collection[UnitId]) -> None:
        """Take organisations of an undone import out of the contest."""
        self._delete(tables.units, numbers)

    def _delete(self, table: Table, numbers: Collection[str]) -> None:
        for number in numbers:
            self._connection.execute(delete(table).where(table.c.id == number))

    def packs_built(self) -> int:
        """Return how many judge packs were built: from the first on people's numbers are out."""
        return int(
            self._connection.execute(select(func.count()).select_from(tables.packs)).scalar_one()
        )


def _contestant(row: Row[Any]) -> Contestant:
    return Contestant(
        id=ContestantId(row.id),
        name=row.name,
        unit_id=UnitId(row.unit_id) if row.unit_id is not None else None,
        birth=row.birth,
        gender=cast("Gender | None", row.gender),
        position=row.position,
        topic=row.topic,
        phone=row.phone,
        email=row.email,
        note=row.note,
        group=row.group_id,
        withdrawn=row.withdrawn,
    )


def _values(person: Contestant) -> dict[str, object]:
    values = dict(vars(person))
    values["group_id"] = values.pop("group")
    return values
