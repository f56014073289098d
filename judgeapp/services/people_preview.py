"""What an import of contestants would do, worked out from the file and from who is known.

Nothing here writes. The steps: sheets and columns, rows by column, organisations, rows that may be
one person, who is known already, numbers. Each step adds its doubts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from judgeapp.domain.doubts import Answer, Doubt, DoubtKey, doubt, with_answers
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId
from judgeapp.domain.lists import SkippedRow
from judgeapp.domain.names import clean, match_key
from judgeapp.domain.namesakes import SamePerson, compare, merged
from judgeapp.domain.people import Contestant, Unit
from judgeapp.domain.people_list import PersonRow, read_people
from judgeapp.domain.person_fields import read_typed
from judgeapp.domain.registration import Registration, register
from judgeapp.domain.sheet_words import PEOPLE_HEADINGS, Field, Vocabulary
from judgeapp.domain.unit_names import (
    UnitGuess,
    blank_units,
    guesses_within_list,
    near_pairs,
    numbers_in,
    own_words,
    units_in_positions,
    with_equal_units,
    with_guessed_units,
    words_of,
)
from judgeapp.formats.sheet_in.lists import SheetFound, find_lists
from judgeapp.formats.sheet_in.workbook import read_workbook

Hidden = Literal["take", "skip"]
Answers = Mapping[DoubtKey, Answer]
NO_ANSWERS: Answers = {}
_CLOSE_ENOUGH = 80  # of 100: shares most of its letters with a known organisation


@dataclass(frozen=True)
class ListFile:
    """A file with its lists, read once.

    Attributes:
        file: its name as the person knows it.
        encoding: of a text file, else None; ``delimiter`` likewise.
    """

    file: str
    sha256: str
    encoding: str | None
    delimiter: str | None
    sheets: tuple[SheetFound, ...]

    @property
    def skipped(self) -> list[SkippedRow]:
        """Rows that are no data, with their reasons."""
        return [row for sheet in self.sheets if sheet.table for row in sheet.table.skipped]


@dataclass(frozen=True)
class Known:
    """Who and what is in the contest already.

    Attributes:
        people: everybody, those who withdrew too.
        units: the organisations.
        has_unit_list: they were imported from a list of their own, which is meant to be whole.
    """

    people: Sequence[Contestant]
    units: Sequence[Unit]
    has_unit_list: bool = False


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        rows: everybody whom the lists name, hidden rows and rows proposed as one person too.
        doubts: what a person must be shown, in the order of the rows.
        registration: who each row to be written is, if every proposal is taken.
        left_out: sheet and row of those that somebody left out, hidden ones too.
    """

    source: ListFile
    rows: tuple[PersonRow, ...]
    doubts: tuple[Doubt, ...]
    registration: Registration
    left_out: frozenset[tuple[str | None, int]] = field(default_factory=frozenset)

    @property
    def ready(self) -> bool:
        """Tell whether nothing needs an answer."""
        return not any(item.needs_answer for item in self.doubts)

    @property
    def numbers(self) -> dict[tuple[str | None, int], ContestantId]:
        """The number of the contestant that each row to be written is, by sheet and row."""
        return {
            (item.row.sheet, item.row.row): item.contestant for item in self.registration.placements
        }


def read_lists(
    file: Path,
    vocabulary: Vocabulary,
    *,
    wanted: Field,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> ListFile:
    """Return a file's lists; raises as `read_workbook` and `find_lists` do."""
    workbook, content = read_workbook(file)
    sheets = find_lists(workbook, vocabulary, wanted=wanted, sheet=sheet, columns=columns)
    return ListFile(
        workbook.file,
        hashlib.sha256(content).hexdigest(),
        workbook.encoding,
        workbook.delimiter,
        tuple(sheets),
    )


def require_seen(source: ListFile, seen: str | None) -> None:
    """Refuse a file that is no longer the one that was looked at.

    Raises:
        BadInput: ``people.file_changed``.
    """
    if seen is not None and source.sha256 != seen:
        raise BadInput("people.file_changed", file=source.file)


def may_write(doubts: Iterable[Doubt], *, accept: bool) -> bool:
    """Tell whether a list may be written: nothing needs an answer, or the proposals are accepted.

    Nobody accepts hidden rows by the way: what is to become of them is said in so many words.
    """
    asked = [item for item in doubts if item.needs_answer]
    return not asked or (accept and all(item.code != "hidden_row" for item in asked))


def read_people_lists(
    file: Path, *, sheet: str | None = None, columns: Mapping[str, str] | None = None
) -> ListFile:
    """Return the lists of contestants in a file; raises as `read_lists` does."""
    return read_lists(file, PEOPLE_HEADINGS, wanted="name", sheet=sheet, columns=columns)


def work_out(
    source: ListFile,
    *,
    known: Known,
    today: dt.date,
    hidden: Hidden | None,
    answers: Answers = NO_ANSWERS,
) -> ImportPreview:
    """Return what importing ``source`` would do.

    Args:
        source: the file's lists.
        known: who and what is in the contest already.
        today: no birth is after it.
        hidden: what to do with hidden rows; None: not decided yet.
        answers: what a person said to doubts; the others' proposals are taken.

    Raises:
        JudgeError: ``people.answer_unfit``, and as `read_typed` does for a value that was given.
    """
    people, doubts = _read(source, today)
    doubts += hidden_doubts(source, "name", hidden)
    people = _with_values(people, doubts, answers, today)
    gone = {(key.sheet, key.row) for key, answer in answers.items() if answer.choice == "skip"}
    gone |= {(row.sheet, row.row) for row in people if row.hidden and hidden == "skip"}
    taken = [row for row in people if (row.sheet, row.row) not in gone]
    left_out = [row for row in people if (row.sheet, row.row) in gone]
    places = frozenset((row.sheet, row.row) for row in left_out)
    doubts = [
        item for item in doubts
        if item.code == "hidden_row" or item.key in answers or (item.sheet, item.row) not in places
    ]  # fmt: skip
    taken, of_units = _settle_units(taken, doubts, known, answers)
    of_people, same = compare(taken)
    same = _said_to_be_same(taken, of_people, same, answers)
    names = {unit.id: unit.name for unit in known.units}
    registration = register(merged(taken, same), known.people, names)
    everything = [*doubts, *of_units, *of_people, *registration.doubts]
    rows = sorted([*taken, *left_out], key=lambda row: _place(source, row.sheet, row.row))
    return ImportPreview(
        source,
        tuple(rows),
        _in_order(source, with_answers(everything, answers)),
        _with_kept(registration, answers),
        places,
    )


def _with_values(
    people: Sequence[PersonRow], doubts: Iterable[Doubt], answers: Answers, today: dt.date
) -> list[PersonRow]:
    """Return the rows with the values that a person gave in answer to doubts about them."""
    given: dict[tuple[str | None, int | None], dict[str, str | None]] = {}
    for item in doubts:
        answer = answers.get(item.key)
        if answer is not None and answer.choice == "value" and item.field is not None:
            value = read_typed(item.field, answer.value or "", today)
            given.setdefault((item.sheet, item.row), {})[item.field] = value
    return [
        replace(row, **given.get((row.sheet, row.row), {}))  # type: ignore[arg-type]  # its fields
        for row in people
    ]


def _said_to_be_same(
    people: Sequence[PersonRow],
    doubts: Iterable[Doubt],
    same: Sequence[SamePerson],
    answers: Answers,
) -> list[SamePerson]:
    """Return the pairs that are one person, by proposal or by what a person said."""
    by_place = {(row.sheet, row.row): row for row in people}
    pairs = list(same)
    for item in doubts:
        answer = answers.get(item.key)
        if answer is None or item.row is None or not item.other_rows:
            continue
        first = by_place[(item.sheet, item.row)]
        second = by_place[(item.other_sheet or item.sheet, item.other_rows[0])]
        if answer.choice == "join":
            pairs.append(SamePerson(first, second))
        elif item.code == "same_person" and answer.choice == "keep":
            pairs.remove(SamePerson(first, second))
    return pairs


def _with_kept(registration: Registration, answers: Answers) -> Registration:
    """Return what would be written, without changes that a person does not want."""
    placements = tuple(
        replace(
            item,
            changes=tuple(
                change
                for change in item.changes
                if answers.get(DoubtKey("changed", item.row.sheet, item.row.row, change.field))
                != Answer("keep")
            ),
        )
        for item in registration.placements
    )
    return replace(registration, placements=placements)


def _read(source: ListFile, today: dt.date) -> tuple[list[PersonRow], list[Doubt]]:
    people: list[PersonRow] = []
    doubts: list[Doubt] = []
    for sheet in source.sheets:
        if sheet.table is None:
            continue
        of_sheet, found = read_people(sheet.table.rows, today)
        people += of_sheet
        doubts += found
        if "unit" not in sheet.table.header.places and not any(row.unit for row in of_sheet):
            doubts.append(doubt("no_unit_column", sheet.name, None, "unit"))
        doubts += [
            doubt("hidden_column", sheet.name, None, field, before=letters)
            for field, letters in sheet.hidden_fields.items()
        ]
    return people, doubts


def hidden_doubts(source: ListFile, wanted: Field, hidden: Hidden | None) -> list[Doubt]:
    """Return a doubt for each row that the file hides; it needs an answer until one is given."""
    return [
        Doubt("hidden_row", row.sheet, row.row, None, before=row.of(wanted).shown,
              after=hidden, needs_answer=hidden is None)
        for sheet in source.sheets if sheet.table
        for row in sheet.table.rows if row.hidden
    ]  # fmt: skip


def _settle_units(
    people: Sequence[PersonRow], read_doubts: Sequence[Doubt], known: Known, answers: Answers
) -> tuple[list[PersonRow], list[Doubt]]:
    """Return the rows with organisations as they would be stored, and what to ask about them."""
    names = [unit.name for unit in known.units]
    settled, spelled = with_equal_units(people, names)
    settled, placed = units_in_positions(settled, names)
    settled, blank = blank_units(settled, [*read_doubts, *placed])
    settled = _with_said_units(settled, [*placed, *blank], answers)
    counts = Counter(row.unit for row in settled if row.unit)
    if known.has_unit_list:
        guesses = _guess_known(counts, names)
    else:
        guesses = guesses_within_list(counts, known=names)
    _, guessed = with_guessed_units(settled, guesses)
    settled, _ = with_guessed_units(settled, guesses | _said_guesses(guessed, answers))
    asked = {item.before for item in guessed}
    spelled = [item for item in spelled if item.after not in asked]
    return settled, [*spelled, *placed, *blank, *guessed]


def _with_said_units(
    people: Sequence[PersonRow], doubts: Iterable[Doubt], answers: Answers
) -> list[PersonRow]:
    """Return the rows with the organisations that a person named for single rows."""
    said = {
        (item.sheet, item.row): clean(answer.value or "") or None
        for item in doubts
        if (answer := answers.get(item.key)) is not None and answer.choice == "value"
    }
    return [
        replace(row, unit=said[(row.sheet, row.row)]) if (row.sheet, row.row) in said else row
        for row in people
    ]


def _said_guesses(doubts: Iterable[Doubt], answers: Answers) -> dict[str, UnitGuess]:
    """Return what a person said about names of organisations, by the name."""
    said = {}
    for item in doubts:
        answer = answers.get(item.key)
        if answer is None or item.before is None:
            continue
        wanted = {
            "keep": item.before,
            "join": item.about,
            "value": clean(answer.value or ""),
        }.get(answer.choice)
        if wanted:
            said[item.before] = UnitGuess(item.code, wanted, item.about)
    return said


def _guess_known(counts: Mapping[str, int], known: Sequence[str]) -> dict[str, UnitGuess]:
    """Return what is proposed for names that the contest's organisations don't have."""
    from rapidfuzz import fuzz, process

    keys = {match_key(name) for name in known}
    unknown = [name for name in counts if match_key(name) not in keys]
    near = near_pairs(unknown, known)
    bare = [" ".join(words_of(name)) for name in known]
    own = _by_own_words(known)
    guesses = {}
    for name in unknown:
        likely = near.get(name) or own.get(own_words(name), [])
        if len(likely) == 1 or name in near:
            guesses[name] = UnitGuess("unit_near", likely[0], likely[0])
            continue
        words = words_of(name)
        best = process.extractOne(
            " ".join(words), bare, scorer=fuzz.token_sort_ratio, score_cutoff=_CLOSE_ENOUGH
        )
        closest = known[best[2]] if best else None
        if closest and numbers_in(words) == numbers_in(words_of(closest)):
            guesses[name] = UnitGuess("unit_near", closest, closest)
        else:
            guesses[name] = UnitGuess("unit_unknown", name)
    return guesses


def _by_own_words(names: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        found.setdefault(own_words(name), []).append(name)
    return found


def _place(source: ListFile, sheet: str | None, row: int | None) -> tuple[int, int]:
    names = [item.name for item in source.sheets]
    return (names.index(sheet) if sheet in names else -1, row if row is not None else -1)


def _in_order(source: ListFile, doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    return tuple(sorted(doubts, key=lambda item: _place(source, item.sheet, item.row)))
