"""Marks on their places: one cell for each judge, contestant and criterion of a part.

Words: a *cell* holds a good mark as a whole number of the part's unit, the code of what is wrong
with the mark, `BARRED` where the judge must not mark, or None where nothing came. The *unit* of a
part is 1/``scale`` point, so that every good mark of the part is a whole number of it. A *sheet* is
the sum of a judge's cells for a contestant; it counts only if all of them are good marks.
A *row* is a contestant who competes; the withdrawn have none, and their marks are not looked at.

Marks come in by the million, so the usual one takes the short way of `Grid.take`: five look-ups
and no check, because what a points text is worth was worked out when it first appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, Literal, NamedTuple, Protocol, cast

from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import JudgeId
from judgeapp.domain.numbers import is_long_number, is_plain_decimal
from judgeapp.domain.tally_sheet import SheetCriterion, SheetPanel, SheetPart, TallySheet

ProblemCode = Literal[
    "unknown_judge",
    "unknown_contestant",
    "unknown_part",
    "unknown_criterion",
    "excluded_mark",
    "duplicate_mark",
    "not_a_number",
    "out_of_range",
    "off_step",
    "missing_mark",
    "too_few_sheets",
]
BARRED = "barred"
Cell = int | str | None


class RawMark(Protocol):
    """A mark as it came: any of its five values may be missing (None) or of another kind."""

    judge: Any
    contestant: Any
    part: Any
    criterion: Any
    points: Any


@dataclass(slots=True)
class Mark:
    """A raw mark of our own."""

    judge: Any
    contestant: Any
    part: Any
    criterion: Any
    points: Any


class Problem(NamedTuple):
    """Something that keeps a mark or a score from counting; what is not meant is None."""

    code: ProblemCode
    judge: str | None
    contestant: str | None
    part: str | None
    criterion: str | None


class PartGrid:
    """The cells and sheets of one part.

    Attributes:
        rows: how many compete.
        scale: units in a point.
        cells: row after row, in it judge after judge, in it criterion after criterion.
        sheets: row after row, in it judge after judge: units, or None if the sheet does not count.
    """

    def __init__(self, part: SheetPart, rows: int) -> None:
        self.part = part
        self.rows = rows
        self.scale = lcm(*(criterion.step.denominator for criterion in part.criteria))
        self.width = len(part.judges) * len(part.criteria)
        self.cells: list[Cell] = [None] * (rows * self.width)
        self.sheets: list[int | None] = []
        size = len(part.criteria)
        self.judge_at: dict[str, int] = {
            judge: index * size for index, judge in enumerate(part.judges)
        }
        self.criterion_at: dict[
            str, tuple[int, dict[object, int | ProblemCode], SheetCriterion]
        ] = {criterion.id: (index, {}, criterion) for index, criterion in enumerate(part.criteria)}

    def bar(self, row: int, judge: JudgeId) -> None:
        """Keep a judge from a row: that sheet is neither owed nor counted."""
        if judge in self.judge_at:
            first = row * self.width + self.judge_at[judge]
            for at in range(first, first + len(self.part.criteria)):
                self.cells[at] = BARRED

    def sheets_of(self, row: int) -> list[int | None]:
        """Return the row's sheets, judge by judge in the part's order."""
        judges = len(self.part.judges)
        return self.sheets[row * judges : (row + 1) * judges]

    def sheet(self, row: int, judge: JudgeId) -> int | None:
        """Return the counting sheet of that judge for the row, in units, or None."""
        index = self.judge_at[judge] // len(self.part.criteria)
        return self.sheets[row * len(self.part.judges) + index]

    def cells_of(self, row: int, judge_index: int) -> list[Cell]:
        """Return the cells of one sheet, criterion by criterion."""
        size = len(self.part.criteria)
        first = row * self.width + judge_index * size
        return self.cells[first : first + size]

    @cached_property
    def seats(self) -> list[tuple[SheetPanel, range]]:
        """The part's panels, each with the places of its judges; none where there are none."""
        found, first = [], 0
        for panel in self.part.panels:
            found.append((panel, range(first, first + len(panel.judges))))
            first += len(panel.judges)
        return found

    def column_of(self, row: int, criterion_index: int, seats: range | None = None) -> list[int]:
        """Return the marks of one criterion in the row's counting sheets, in units.

        With ``seats`` only those of the judges in these places.
        """
        column = self.cells[row * self.width : (row + 1) * self.width][
            criterion_index :: len(self.part.criteria)
        ]
        return [
            cell
            for at, (cell, sheet) in enumerate(zip(column, self.sheets_of(row), strict=True))
            if sheet is not None and isinstance(cell, int) and (seats is None or at in seats)
        ]

    def worth(self, points: object, criterion: SheetCriterion) -> int | ProblemCode:
        """Return what a points text is worth in units, or what is wrong with it."""
        if not isinstance(points, str) or not is_plain_decimal(points):
            return "not_a_number"
        value = Fraction(points)
        if not 0 <= value <= criterion.max:
            return "out_of_range"
        if value % criterion.step:
            return "off_step"
        return int(value * self.scale)

    def add_up(self) -> list[int]:
        """Add up the sheets; return where those begin that do not count."""
        broken: list[int] = []
        sheets, size = self.sheets, len(self.part.criteria)
        cells: list[Any] = self.cells
        for at in range(0, len(cells), size):
            try:
                sheets.append(sum(cells[at : at + size]))
            except TypeError:  # a cell without a good mark is no number
                sheets.append(None)
                broken.append(at)
        return broken


class Grid:
    """All marks of a sheet on their places, and what is wrong with them."""

    def __init__(self, sheet: TallySheet) -> None:
        self.sheet = sheet
        self.contestants = [item.id for item in sheet.contestants if not item.withdrawn]
        self.row_of: dict[str, int] = {item: row for row, item in enumerate(self.contestants)}
        self.parts = [PartGrid(part, len(self.contestants)) for part in sheet.parts]
        self.problems: list[Problem] = []
        self._part_of: dict[str, PartGrid] = {grid.part.id: grid for grid in self.parts}
        self._judges = {judge.id for judge in sheet.judges}
        self._withdrawn = {item.id for item in sheet.contestants if item.withdrawn}
        self._misplaced: dict[tuple[str | None, ...], ProblemCode] = {}
        for pair in sheet.excluded:
            row = self.row_of.get(pair.contestant)
            for grid in self.parts:
                if row is not None and pair.part in (None, grid.part.id):
                    grid.bar(row, pair.judge)

    def take(self, marks: Iterable[RawMark]) -> None:
        """Put every mark on its place.

        Raises:
            BadInput: ``results.sheet_number_too_long``.
        """
        row_of = self.row_of
        places = {
            grid.part.id: (grid.cells, grid.width, grid.judge_at, grid.criterion_at)
            for grid in self.parts
        }
        for mark in marks:
            try:
                cells, width, judge_at, criterion_at = places[mark.part]
                offset, known, _ = criterion_at[mark.criterion]
                at = row_of[mark.contestant] * width + judge_at[mark.judge] + offset
                value = known[mark.points]
            except (KeyError, TypeError):
                self._take_odd(mark)
                continue
            if cells[at] is None:
                cells[at] = value
            else:
                self._take_odd(mark)

    def _take_odd(self, mark: RawMark) -> None:
        """Put a mark on its place that did not go the short way."""
        if is_long_number(mark.points):
            place = "/".join(str(item) for item in (mark.judge, mark.contestant, mark.part))
            raise BadInput("results.sheet_number_too_long", place=place)
        key = tuple(
            item if isinstance(item, str) else None
            for item in (mark.judge, mark.contestant, mark.part, mark.criterion)
        )
        code = self._misplacement(*key)
        if code is not None:
            self._misplaced[key] = code
        elif key[1] not in self._withdrawn:
            self._place(mark)

    def _misplacement(
        self, judge: Any, contestant: Any, part: Any, criterion: Any
    ) -> ProblemCode | None:
        """Return the first thing that is wrong with where a mark belongs, or None."""
        if judge not in self._judges:
            return "unknown_judge"
        if contestant in self._withdrawn:
            return None
        if contestant not in self.row_of:
            return "unknown_contestant"
        if part not in self._part_of:
            return "unknown_part"
        grid = self._part_of[part]
        if criterion not in grid.criterion_at:
            return "unknown_criterion"
        at = grid.judge_at.get(judge)
        if at is None or grid.cells[self.row_of[contestant] * grid.width + at] == BARRED:
            return "excluded_mark"
        return None

    def _place(self, mark: RawMark) -> None:
        grid = self._part_of[mark.part]
        offset, known, rule = grid.criterion_at[mark.criterion]
        at = self.row_of[mark.contestant] * grid.width + grid.judge_at[mark.judge] + offset
        worth = grid.worth(mark.points, rule)
        if isinstance(mark.points, str):
            known[mark.points] = worth
        grid.cells[at] = worth if grid.cells[at] is None else "duplicate_mark"

    def close(self) -> None:
        """Add up all sheets and list what is wrong; no mark may be taken after this."""
        self.problems += [Problem(code, *key) for key, code in self._misplaced.items()]
        for grid in self.parts:
            for at in grid.add_up():
                self.problems += self._problems_at(grid, at)

    def _problems_at(self, grid: PartGrid, at: int) -> Iterator[Problem]:
        part, size = grid.part.id, len(grid.part.criteria)
        row, rest = divmod(at, grid.width)
        judge, contestant = grid.part.judges[rest // size], self.contestants[row]
        for cell, criterion in zip(grid.cells[at : at + size], grid.part.criteria, strict=True):
            if cell is None:
                yield Problem("missing_mark", judge, contestant, part, criterion.id)
            elif isinstance(cell, str) and cell != BARRED:
                yield Problem(cast("ProblemCode", cell), judge, contestant, part, criterion.id)


def fill_grid(sheet: TallySheet, marks: Iterable[RawMark]) -> Grid:
    """Return the grid of all marks, added up."""
    grid = Grid(sheet)
    grid.take(marks)
    grid.close()
    return grid
