"""Lists on paper: the contestants by number, and a round's ranking with its line and signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from judgeapp.domain.contest import Round
from judgeapp.domain.people import Contestant
from judgeapp.domain.round_names import names_of
from judgeapp.domain.tally import Standing, Tally
from judgeapp.formats.report_pdf import (
    SMALL,
    Look,
    build_pdf,
    grid_rules,
    para,
    space,
    table,
    together,
)
from judgeapp.system.result_words import PLACES, totals_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_WIDTH, _ROOM = 174.0, 30.0
_TITLE = Look(size=15, font="BeVietnamPro-Bold", align="centre", leading=21)
_SECOND = Look(size=10.5, align="centre", after=6)
_HEAD = Look(size=8.5, font="BeVietnamPro-SemiBold", align="centre")
_CELL = Look(size=9.5)
_LINE = ("LINEBELOW", 1.6, "1B1B1A")


@dataclass(frozen=True)
class Head:
    """What stands on every list: the contest, the day of printing, the word of a rehearsal."""

    contest: str
    day: str
    mark: str | None = None


def contestants_pdf(
    head: Head, people: Iterable[Contestant], units: Mapping[str, str], texts: Texts
) -> bytes:
    """Return everybody of the contest, by number; ``units`` are names by id."""
    heads = [texts(f"results.column.{name}") for name in ("contestant", "name", "birth", "unit")]
    rows: list[list[Any]] = [
        [para(words, _HEAD) for words in [*heads, texts("results.column.note")]]
    ]
    for one in people:
        birth = "/".join(reversed(one.birth.split("-"))) if one.birth else ""
        note = texts("results.cell.withdrawn") if one.withdrawn else ""
        cells = [para(one.name, _CELL.bold()), para(birth, _CELL)]
        cells += [para(units.get(one.unit_id or "", ""), _CELL), para(note, _CELL)]
        rows.append([para(one.id, _CELL.to("centre")), *cells])
    title = texts("results.list.contestants")
    count = texts("results.list.count", count=len(rows) - 1)

    def story() -> Iterator[Flowable]:
        yield from _opening(head, title, count)
        yield table(rows, [16, 52, 24, 60, 22], rules=grid_rules(), head=1)

    return _built(head, title, story, texts)


def ranking_pdf(
    head: Head, held: Round, groups: Sequence[tuple[str | None, Tally]], texts: Texts
) -> bytes:
    """Return a round's ranking, group after group, with the line of its cut."""
    title = texts("results.list.ranking", round=held.vi)

    def story() -> Iterator[Flowable]:
        yield from _opening(head, title, "")
        for group, result in groups:
            if group is not None:
                yield para(texts("results.group", group=group), _SECOND.bold())
            yield _ranking(held, result, texts)
            yield space(4)
        yield from _signatures(texts)

    return _built(head, title, story, texts)


def _opening(head: Head, title: str, second: str) -> Iterator[Flowable]:
    yield para(head.contest, SMALL.to("centre"))
    yield para(title, _TITLE)
    yield para(second, _SECOND)


def _built(head: Head, title: str, story: Any, texts: Texts) -> bytes:
    return build_pdf(
        lambda: list(story()),
        title=title,
        author=head.contest,
        foot=texts("results.list.foot", day=head.day),
        margins=(18, 18, 16, 14),
        mark=head.mark,
    )


def _ranking(held: Round, result: Tally, texts: Texts) -> Flowable:
    names = names_of(held, texts.language)
    people = {item.id: item for item in result.sheet.contestants}
    rules = result.sheet.rules
    write = totals_text([item.total for item in result.ranking], rules.round_total, texts)
    heads = [texts(f"results.column.{name}") for name in ("rank", "contestant", "name", "unit")]
    heads += [names.part(part.id) for part in result.sheet.parts]
    heads.append(texts("results.column.total"))
    rows: list[list[Any]] = [[para(words, _HEAD) for words in heads]]
    line = 0
    for item in result.ranking:
        person = people[item.contestant]
        rank = "–" if item.rank is None else str(item.rank)
        row = [para(rank, _CELL.to("centre")), para(str(person.id), _CELL.to("centre"))]
        row += [para(person.name or "", _CELL.bold()), para(person.unit or "", _CELL)]
        row += [para(words, _CELL.to("right")) for words in _scores(item, texts)]
        rows.append([*row, para(write(item.total), _CELL.bold().to("right"))])
        if item.contestant in (*result.cut.taken, *result.cut.undecided):
            line = len(rows) - 1
    parts = len(result.sheet.parts)
    share = min(20.0, 60.0 / parts)
    left = _WIDTH - 12 - 14 - 18 - share * parts
    widths = [12, 14, left * 0.44, left * 0.56, *[share] * parts, 18]
    rule = [(_LINE[0], (0, line), (-1, line), *_LINE[1:])] if line else []
    return table(rows, widths, rules=[*grid_rules(), *rule], head=1)


def _scores(item: Standing, texts: Texts) -> list[str]:
    return ["–" if part.score is None else texts.number(part.score, PLACES) for part in item.parts]


def _signatures(texts: Texts) -> Iterator[Flowable]:
    two = [texts("results.list.secretary"), texts("results.list.chair")]
    look = Look(size=10.5, font="BeVietnamPro-SemiBold", align="centre")
    yield together(
        [table([[para(words, look) for words in two]], [_WIDTH / 2, _WIDTH / 2]), space(_ROOM)]
    )
