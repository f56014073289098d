"""What `people import` and its sisters say: what was read, row by row, and what is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from judgeapp.cli.output import Console
from judgeapp.system.doubt_words import place_of, sentence_of

if TYPE_CHECKING:
    from judgeapp.domain.doubts import Doubt
    from judgeapp.domain.lists import SkippedRow
    from judgeapp.services.people import PersonLine
    from judgeapp.services.people_preview import ImportPreview, ListFile
    from judgeapp.services.units import UnitsPreview
    from judgeapp.system.texts import Texts

_MOST_OF_A_KIND = 12
_PEOPLE_COLUMNS = ("row", "number", "name", "birth", "gender", "unit", "phone")


def say_people(preview: ImportPreview, console: Console) -> None:
    """Say what was read from a list of contestants; nothing with ``--json``."""
    if console.as_json:
        return
    _say_source(preview.source, len(preview.rows), console)
    numbers = preview.numbers
    several = len({row.sheet for row in preview.rows}) > 1
    hidden = console.texts("people.hidden_mark")
    rows = [
        (
            *([row.sheet or ""] if several else []),
            f"{row.row}{hidden if row.hidden else ''}",
            numbers.get((row.sheet, row.row), ""),
            row.name,
            birth_in_words(row.birth),
            gender_in_words(row.gender, console.texts),
            row.unit or "",
            row.phone or "",
        )
        for row in preview.rows
    ]
    heads = [console.texts(f"people.head.{name}") for name in _PEOPLE_COLUMNS]
    if several:
        heads.insert(0, console.texts("people.head.sheet"))
    if rows:
        console.line()
        console.table(heads, rows)
    _say_skipped(preview.source, console)
    _say_doubts(preview.doubts, console)
    console.line()


def say_units(preview: UnitsPreview, console: Console) -> None:
    """Say what was read from a list of organisations; nothing with ``--json``."""
    if console.as_json:
        return
    _say_source(preview.source, len(preview.rows), console)
    heads = [console.texts(f"people.head.{name}") for name in ("row", "unit", "kind", "sector",
                                                              "members")]  # fmt: skip
    if preview.rows:
        console.line()
        console.table(
            heads,
            [
                (
                    str(row.row),
                    row.name,
                    console.texts(f"people.kind.{row.kind}") if row.kind else "",
                    row.sector or "",
                    "" if row.members is None else str(row.members),
                )
                for row in preview.rows
            ],
        )
    _say_skipped(preview.source, console)
    _say_doubts(preview.doubts, console)
    console.line()


def say_list(lines: Sequence[PersonLine], console: Console, heads: Sequence[str]) -> None:
    """Say who is in the contest."""
    console.table(
        heads,
        [
            (
                line.contestant.id,
                line.contestant.name,
                birth_in_words(line.contestant.birth),
                line.unit or "",
                console.texts("people.has_withdrawn") if line.contestant.withdrawn else "",
            )
            for line in lines
        ],
    )
    console.say("people.count", count=len(lines))


def head(console: Console) -> list[str]:
    """Return the headings of the list of contestants."""
    names = ("number", "name", "birth", "unit", "state")
    return [console.texts(f"people.head.{name}") for name in names]


def gender_in_words(gender: str | None, texts: Texts) -> str:
    """Return a gender in the language of ``texts``."""
    if gender is None:
        return ""
    return texts("people.male") if gender == "nam" else texts("people.female")


def birth_in_words(birth: str | None) -> str:
    """Return a birth as people write it: 12/03/1985, 03/1985 or 1985."""
    return "/".join(reversed(birth.split("-"))) if birth else ""


def _say_source(source: ListFile, count: int, console: Console) -> None:
    console.say("people.read", file=source.file, count=count)
    for sheet in source.sheets:
        if sheet.table is None:
            if sheet.rows:
                key = "people.sheet_hidden" if sheet.hidden else "people.sheet_unused"
                console.say(key, sheet=sheet.name, rows=sheet.rows)
            continue
        header = sheet.table.header
        columns = ", ".join(
            f"{_label(field, console.texts)} = {letters}"
            for field, letters in header.letters.items()
        )
        rows = ", ".join(str(row) for row in header.rows) or "–"
        if sheet.name is None:
            console.say("people.file_used", rows=rows, columns=columns)
        else:
            console.say("people.sheet_used", sheet=sheet.name, rows=rows, columns=columns)
        for field, places in header.also.items():
            console.say(
                "people.also",
                field=_label(field, console.texts),
                code=field,
                column=places[0].letters,
            )


def _label(field: str, texts: Texts) -> str:
    return texts(f"people.field.{field}")


def _say_skipped(source: ListFile, console: Console) -> None:
    skipped = source.skipped
    if not skipped:
        return
    console.line()
    console.say("people.skipped", count=len(skipped))
    by_reason: dict[str, list[SkippedRow]] = {}
    for row in skipped:
        by_reason.setdefault(row.reason, []).append(row)
    for reason, rows in by_reason.items():
        cells = "; ".join(f"{row.row} “{_short(row.text)}”" for row in rows[:_MOST_OF_A_KIND])
        console.line(f"  {console.texts(f'people.skip.{reason}')}: {cells}{_more(rows, console)}")


def _more(items: Sequence[object], console: Console) -> str:
    """Return how many of a kind are not shown, or nothing."""
    left = len(items) - _MOST_OF_A_KIND
    return f" {console.texts('people.and_more', count=left)}" if left > 0 else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _say_doubts(doubts: Sequence[Doubt], console: Console) -> None:
    told = [item for item in doubts if item.code != "see_row"]
    asked = [item for item in told if item.needs_answer]
    shown = [item for item in told if not item.needs_answer]
    if asked:
        console.line()
        console.say("people.asked", count=len(asked))
        _say_by_kind(asked, console)
    if shown:
        console.line()
        console.say("people.shown", count=len(shown))
        _say_by_kind(shown, console)


def _say_by_kind(doubts: Sequence[Doubt], console: Console) -> None:
    """Say doubts kind by kind; rows about which the same is to be said share a line."""
    kinds: dict[str, dict[tuple[str | None, str], list[Doubt]]] = {}
    for item in doubts:
        sentence = sentence_of(item, console.texts)
        kinds.setdefault(item.code, {}).setdefault((item.sheet, sentence), []).append(item)
    several = len({item.sheet for item in doubts if item.row is not None}) > 1
    for lines in kinds.values():
        for (sheet, sentence), items in list(lines.items())[:_MOST_OF_A_KIND]:
            rows = ", ".join(str(item.row) for item in items[:_MOST_OF_A_KIND] if item.row)
            more = _more(items, console)
            place = place_of(sheet if several else None, rows + more, console.texts)
            text = console.texts("people.at", place=place, message=sentence) if rows else sentence
            console.line(f"  • {text}")
        more = _more(list(lines), console)
        if more:
            console.line(f"   {more}")
