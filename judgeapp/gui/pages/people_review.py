"""An import while somebody looks at it: the file, what was said about it, what would be written.

Nothing here touches widgets or the contest; `read` and `write` are called in the background.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from judgeapp.domain.doubts import Answer, Doubt, DoubtKey

if TYPE_CHECKING:
    from judgeapp.services.context import Context, Outcome
    from judgeapp.services.people import ImportReport
    from judgeapp.services.people_preview import ImportPreview, ListFile
    from judgeapp.services.units import UnitsPreview, UnitsReport

What = Literal["contestants", "units"]
Place = tuple[str | None, int]


@dataclass(frozen=True)
class ReviewRow:
    """A row of the file as the table shows it.

    Attributes:
        values: what would be stored, by field, as people write it in the store.
        doubt: the first one that waits for an answer, or None.
        left_out: somebody said so; ``answered`` if something was said and it is taken.
        fate: what the import does with it, where the contest has some already: ``new``,
            ``changed``, ``same``; else "".
    """

    sheet: str | None
    row: int
    values: dict[str, str | None]
    doubt: Doubt | None = None
    left_out: bool = False
    answered: bool = False
    fate: str = ""

    @property
    def id(self) -> Place:
        """What makes it the same row after a reload."""
        return self.sheet, self.row


def places_of(doubt: Doubt) -> list[Place]:
    """Return the rows that a doubt is about."""
    others = [(doubt.other_sheet or doubt.sheet, row) for row in doubt.other_rows]
    return [*([(doubt.sheet, doubt.row)] if doubt.row is not None else []), *others]


@dataclass
class Review:
    """One look at a file before it is imported.

    Attributes:
        columns: field → column that a person chose; empty for none.
        answers: what a person said, by doubt.
        preview: what was worked out last.
    """

    what: What
    file: Path
    sheet: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    answers: dict[DoubtKey, Answer] = field(default_factory=dict)
    preview: ImportPreview | UnitsPreview | None = None

    def read(self, app: Context) -> ImportPreview | UnitsPreview:
        """Work out what importing the file would do."""
        from judgeapp.services.people import preview_import
        from judgeapp.services.units import preview_units

        if self.what == "units":
            return preview_units(
                app, file=self.file, sheet=self.sheet, columns=self.columns, answers=self.answers
            )
        return preview_import(
            app, file=self.file, sheet=self.sheet, columns=self.columns, answers=self.answers
        )

    def write(self, app: Context) -> Outcome[ImportReport] | Outcome[UnitsReport]:
        """Import the file that was looked at, with what was said."""
        from judgeapp.services.people import import_contestants
        from judgeapp.services.units import import_units

        if self.what == "units":
            return import_units(
                app, file=self.file, sheet=self.sheet, columns=self.columns, answers=self.answers,
                seen=self.source.sha256,
            )  # fmt: skip
        return import_contestants(
            app, file=self.file, sheet=self.sheet, columns=self.columns, answers=self.answers,
            seen=self.source.sha256,
        )  # fmt: skip

    @property
    def source(self) -> ListFile:
        """The file as it was read."""
        assert self.preview is not None, "read first"
        return self.preview.source

    def asked(self) -> list[Doubt]:
        """Return the doubts that need an answer or got one, in the order of the rows."""
        doubts = self.preview.doubts if self.preview else ()
        return [item for item in doubts if item.needs_answer or item.key in self.answers]

    def is_open(self, doubt: Doubt) -> bool:
        """Tell whether a doubt still waits."""
        return doubt.needs_answer and doubt.key not in self.answers

    def waiting(self) -> list[Doubt]:
        """Return the doubts that still wait."""
        return [item for item in self.asked() if self.is_open(item)]

    def count(self) -> int:
        """Return how many would be written."""
        registration = getattr(self.preview, "registration", None)
        if registration is not None:
            return sum(1 for item in registration.placements if not item.known or item.changes)
        new, updates = getattr(self.preview, "new", ()), getattr(self.preview, "updates", ())
        return len(new) + len(updates)

    def alike(self, doubt: Doubt, choice: str) -> list[Doubt]:
        """Return all doubts of that kind that wait and can be answered so, this one among them."""
        return [
            item for item in self.waiting()
            if item.code == doubt.code and item.field == doubt.field and choice in item.choices
        ]  # fmt: skip

    def take_again(self, place: Place) -> None:
        """Forget what was said about a row."""
        self.answers = {k: a for k, a in self.answers.items() if (k.sheet, k.row) != place}

    def rows(self) -> list[ReviewRow]:
        """Return all rows of the file that name somebody, and those that are doubtful."""
        first: dict[Place, Doubt] = {}
        said: set[Place] = set()
        for item in self.asked():
            if item.row is None:
                continue
            for place in places_of(item):
                if self.is_open(item):
                    first.setdefault(place, item)
                else:
                    said.add(place)
        left_out: frozenset[Place] = self.preview.left_out if self.preview else frozenset()
        values: dict[Place, dict[str, str | None]] = {}
        for row in self.preview.rows if self.preview else ():
            values[(row.sheet, row.row)] = {
                name: None if value is None else str(value) for name, value in vars(row).items()
            }
        for place in [*first, *said]:
            values.setdefault(place, {})
        order = {sheet.name: number for number, sheet in enumerate(self.source.sheets)}
        fates = self._fates()
        return [
            ReviewRow(
                *place,
                values[place],
                first.get(place),
                place in left_out,
                place in said,
                fates.get(place, ""),
            )
            for place in sorted(values, key=lambda place: (order.get(place[0], 0), place[1]))
        ]

    def _fates(self) -> dict[Place, str]:
        """Return what happens to each row of contestants; nothing while there are none yet."""
        registration = getattr(self.preview, "registration", None)
        placements = registration.placements if registration is not None else ()
        if not any(item.known for item in placements):
            return {}
        return {
            (item.row.sheet, item.row.row): "new" if not item.known
            else "changed" if item.changes else "same"
            for item in placements
        }  # fmt: skip

    def fate_counts(self) -> Counter[str]:
        """Return how many rows are new, changed and the same; empty while there are none yet."""
        return Counter(self._fates().values())

    def cells(self, doubt: Doubt) -> tuple[str, str, str]:
        """Return the name in a doubt's row, what its own cell shows, and where that cell is."""
        for sheet in self.source.sheets:
            if sheet.table is None or sheet.name != doubt.sheet:
                continue
            row = next((item for item in sheet.table.rows if item.row == doubt.row), None)
            if row is None:
                continue
            name = row.of("name" if self.what == "contestants" else "unit").shown
            letters = sheet.table.header.letters
            field_name = doubt.field or ""
            shown = row.of(field_name).shown if field_name in letters else ""
            at = letters.get(field_name)  # type: ignore[call-overload]  # as above
            return name, shown, f"{at.split('+')[0]}{doubt.row}" if at else ""
        return "", "", ""
