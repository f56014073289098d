"""The minutes of a tie: what each rule says, the ways there are, room for reason and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from judgeapp.domain.contest import Round
from judgeapp.domain.round_names import names_of
from judgeapp.domain.tally_sheet import SheetContestant
from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD
from judgeapp.formats.report_pdf import (
    GREY,
    INK,
    Look,
    build_pdf,
    grid_rules,
    para,
    space,
    table,
    together,
)
from judgeapp.system.result_words import PLACES, exact_text, step_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

_WIDTH, _SIGN, _NAME, _ROOM = 165.0, 8.0, 26.0, 30.0
_BODY = Look(size=12.5, font=FALLBACK, leading=18, align="justify", first=22, after=4)
_CELL = Look(size=11, font=FALLBACK, leading=14.5)
_BOLD = Look(size=12.5, font=FALLBACK_BOLD, leading=18, align="centre")


@dataclass(frozen=True)
class TieForm:
    """What the minutes say; what is not known yet is a dotted line.

    Attributes:
        rules: each tie-breaker with the values of the tied; None where it cannot be asked.
        ways: the ways there are, in words, each with whether it was chosen.
        chosen: who was chosen, in words; "" for nobody yet. ``reason`` likewise.
        members: name and duty of who signs.
        superior: the body above, and who gives the paper, for its head; "" where not said.
        mark: the word of a rehearsal, or None.
    """

    contest: str
    held: Round
    contestants: Sequence[SheetContestant]
    total: Fraction
    seats: int
    rules: Sequence[tuple[str, Mapping[Any, Fraction] | None]]
    ways: Sequence[tuple[str, bool]]
    chosen: str
    reason: str
    members: Sequence[tuple[str, str]]
    judges: Mapping[str, str]
    superior: str
    giver: str
    mark: str | None = None


def tie_form_pdf(form: TieForm, texts: Texts) -> bytes:
    """Return the minutes as a PDF."""
    sheet = _Form(form, texts)
    return build_pdf(
        lambda: list(sheet.story()),
        title=texts("results.paper.tie.title"),
        author=form.contest,
        margins=(30, 15, 20, 14),
        mark=form.mark,
    )


class _Form:
    def __init__(self, form: TieForm, texts: Texts) -> None:
        self._form, self._texts = form, texts
        self._names = names_of(form.held, texts.language, form.judges)

    def story(self) -> Iterator[Flowable]:
        """Yield everything, top to bottom."""
        texts, form = self._texts, self._form
        head = [para(form.superior.upper(), _CELL.to("centre"))] if form.superior else []
        head.append(para((form.giver or form.contest).upper(), _CELL.bold().to("centre")))
        head.append(para("*", _CELL.to("centre")))
        yield table([[head, para(texts("results.paper.tie.day"), _CELL.to("centre"))]], [77, 88])
        yield space(4)
        yield para(texts("results.paper.tie.head"), replace(_BOLD, size=15))
        yield para(texts("results.paper.tie.subject", round=form.held.vi), _BOLD)
        yield space(4)
        yield para(
            texts(
                "results.paper.tie.facts",
                count=len(form.contestants),
                total=texts.number(form.total, PLACES),
                seats=form.seats,
                rules=len(form.rules),
            ),
            _BODY,
        )
        yield self._values()
        yield space(3)
        yield para(texts("results.paper.tie.ways"), _BODY)
        for words, chosen in form.ways:
            yield self._way(words, chosen=chosen)
        yield space(2)
        for name, value in (("chosen", form.chosen), ("reason", form.reason)):
            yield from self._said(texts(f"results.paper.tie.{name}"), value)
        yield para(texts("results.paper.tie.end"), _BODY)
        yield self._signatures()
        two = [texts("results.paper.tie.secretary"), texts("results.paper.tie.chair")]
        last = table([[para(words, _BOLD) for words in two]], [_WIDTH / 2, _WIDTH / 2])
        yield together([space(4), last, space(_ROOM)])

    def _values(self) -> Flowable:
        texts, people = self._texts, self._form.contestants
        middle = _CELL.to("centre")
        head: list[Paragraph] = []
        for one in people:
            name = f"{one.id} · {one.name or ''}\n{one.unit or ''}".strip()
            head += [para("", middle), para(name, middle.bold())]
        written = texts.number(self._form.total, PLACES)
        rows = [[para("", _CELL), *head[1:]]]
        rows.append([para(texts("results.column.total"), _CELL), *_equal([written] * len(people))])
        for number, (by, values) in enumerate(self._form.rules, 1):
            words = step_text(self._names, by, texts)
            known = [(values or {}).get(one.id) for one in people]
            told = ["–" if value is None else exact_text(value, texts) for value in known]
            rows.append([para(f"{number}. {words[:1].upper()}{words[1:]}", _CELL), *_equal(told)])
        first = 55.0 if len(people) <= 3 else 40.0
        share = (_WIDTH - first - _SIGN * (len(people) - 1)) / len(people)
        widths = [first, *[share, _SIGN] * (len(people) - 1), share]
        return table(rows, widths, rules=grid_rules(), head=1)

    def _way(self, words: str, *, chosen: bool) -> Flowable:
        box = para("X" if chosen else "", _CELL.bold().to("centre"))
        inner = table(
            [[box]], [5.5], heights=[5.5], rules=[("BOX", (0, 0), (-1, -1), 0.8, INK)], padding=0
        )
        return table([[inner, para(words, _CELL)]], [14, _WIDTH - 14], padding=2)

    def _said(self, name: str, value: str) -> Iterator[Flowable]:
        if value:
            yield para(f"{name}: {value}", _BODY)
            return
        look, line = replace(_BODY, first=0), [("LINEBELOW", (1, 0), (1, 0), 0.5, GREY)]
        wide = _NAME if len(name) < 10 else 1.7 * _NAME
        yield table([[para(f"{name}:", look), ""]], [wide, _WIDTH - wide], rules=line)
        yield table([["", ""]], [0, _WIDTH], heights=[9], rules=line)
        yield space(2)

    def _signatures(self) -> Flowable:
        texts = self._texts
        heads = ("number", "member", "duty", "signature")
        rows = [[para(texts(f"results.paper.tie.{head}"), _CELL.bold().to("centre"))
                 for head in heads]]  # fmt: skip
        for number, (name, duty) in enumerate(self._form.members, 1):
            rows.append([para(str(number), _CELL.to("centre")), para(name, _CELL),
                         para(duty[:1].upper() + duty[1:], _CELL), para("", _CELL)])  # fmt: skip
        heights = [9.0, *[13.0] * (len(rows) - 1)]
        return table(rows, [12, 62, 43, 48], heights=heights, rules=grid_rules(), head=1)


def _equal(told: Sequence[str]) -> list[Paragraph]:
    """Return the cells of a row of values, with a sign between two that are equal."""
    middle = _CELL.to("centre")
    cells = [para(told[0], middle)]
    for before, value in pairwise(told):
        cells += [para("=" if before == value else "", middle.bold()), para(value, middle)]
    return cells
