"""The tables of a contest's results for people: contestants, marks, and a round's ranking.

Heads and words come from the catalogue. An exact value stands in a column of its own beside each
printed one, so that a check by hand ends in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from judgeapp.domain.contest import Round
from judgeapp.domain.numbers import decimals, exact, fixed, shortest
from judgeapp.domain.people import Contestant
from judgeapp.domain.round_names import RoundNames, names_of
from judgeapp.domain.tally import Standing, Tally
from judgeapp.domain.tally_sheet import SheetContestant
from judgeapp.formats.csv_out import Cell, Exact, Number, Table
from judgeapp.system.result_words import step_text
from judgeapp.system.texts import Texts

PRINTED_DECIMALS = 2


@dataclass(frozen=True)
class MarkRow:
    """One mark that counts, with the names that people know."""

    held: Round
    part: str
    judge: str
    judge_name: str
    contestant: str
    contestant_name: str
    criterion: str
    points: str
    comment: str | None


def contestants_table(
    contestants: Iterable[Contestant], units: Mapping[str, str], texts: Texts
) -> Table:
    """Return everybody of the contest, by number; ``units`` are names by id."""
    heads = ("contestant", "name", "birth", "gender", "unit", "position", "topic", "group",
             "phone", "mail", "note", "withdrawn")  # fmt: skip
    return Table(
        texts("results.table.contestants"),
        _heads(texts, heads),
        tuple(
            (
                one.id, one.name, one.birth, one.gender, units.get(one.unit_id or ""),
                one.position, one.topic, one.group, one.phone, one.email, one.note,
                texts("results.cell.withdrawn") if one.withdrawn else None,
            )
            for one in contestants
        ),
    )  # fmt: skip


def marks_table(marks: Iterable[MarkRow], texts: Texts) -> Table:
    """Return every mark that counts."""
    heads = ("round", "part", "criterion", "judge", "judge_name", "contestant", "name",
             "points", "comment")  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    known: dict[str, RoundNames] = {}
    for row in marks:
        names = known.get(row.held.id) or names_of(row.held, texts.language)
        known[row.held.id] = names
        rows.append(
            (
                row.held.vi,
                names.part(row.part),
                names.criterion(row.part, row.criterion),
                row.judge,
                row.judge_name,
                row.contestant,
                row.contestant_name,
                Number(row.points),
                row.comment,
            )
        )
    return Table(texts("results.table.marks"), _heads(texts, heads), tuple(rows))


def ranking_table(held: Round, groups: Iterable[tuple[str | None, Tally]], texts: Texts) -> Table:
    """Return a round's ranking with scores, penalties and exact values, group after group."""
    heads = [*_heads(texts, ("group", "rank", "contestant", "name", "unit", "total", "exact"))]
    names = names_of(held, texts.language)
    for part in held.parts:
        name = names.part(part.id)
        heads += [
            texts(f"results.column.part_{kind}", part=name)
            for kind in ("score", "exact", "penalty")
        ]
    heads += _heads(texts, ("tied_with", "decided_by", "goes_on"))
    rows = [
        (group, *_ranking_row(result, standing, people[standing.contestant], names, texts))
        for group, result in groups
        for people in [{item.id: item for item in result.sheet.contestants}]
        for standing in result.ranking
    ]
    title = texts("results.table.ranking", round=held.vi)
    return Table(title, tuple(heads), tuple(rows))


def _ranking_row(
    result: Tally,
    standing: Standing,
    contestant: SheetContestant,
    names: RoundNames,
    texts: Texts,
) -> list[Cell]:
    rules = result.sheet.rules
    row: list[Cell] = [
        standing.rank,
        standing.contestant,
        contestant.name,
        contestant.unit,
        _printed(standing.total, rules.round_total),
        _exact(standing.exact),
    ]
    for score in standing.parts:
        row += [
            _printed(score.score, rules.round_parts),
            _exact(score.exact),
            Number(shortest(score.penalty)),
        ]
    return [
        *row,
        ", ".join(standing.tied_with) or None,
        step_text(names, standing.decided_by, texts) if standing.decided_by else None,
        _place(result, standing, texts),
    ]


def _place(result: Tally, standing: Standing, texts: Texts) -> str | None:
    if standing.contestant in result.cut.taken:
        return texts("results.cell.in")
    undecided = standing.contestant in result.cut.undecided
    return texts("results.cell.on_the_line") if undecided else None


def _heads(texts: Texts, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts(f"results.column.{name}") for name in names)


def _printed(value: Fraction | None, step: str | None) -> Cell:
    places = PRINTED_DECIMALS if step is None else decimals(step)
    return None if value is None else Number(fixed(value, places))


def _exact(value: Fraction | None) -> Cell:
    return None if value is None else Exact(exact(value))
