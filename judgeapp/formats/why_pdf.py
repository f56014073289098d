"""The printed explanation of a total: person and number, the steps, each mark, the place among all.

It is for the contestant and the file; how firm the place is stays on the screen (scoring.md 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from judgeapp.domain.contest import Round
from judgeapp.domain.explain import Explanation, Term, part_chain, part_terms, sheet_terms
from judgeapp.domain.numbers import decimals, shortest
from judgeapp.domain.penalties import Deduction
from judgeapp.domain.round_names import RoundNames, names_of
from judgeapp.domain.tally import Tally
from judgeapp.domain.tally_sheet import SheetContestant, SheetCriterion
from judgeapp.formats.dot_strip import Strip, dot_strip
from judgeapp.formats.report_pdf import (
    GREY,
    LINE,
    MEDIUM,
    SMALL,
    Look,
    build_pdf,
    para,
    space,
    table,
)
from judgeapp.system.result_words import (
    exact_text,
    reasons_text,
    step_text,
    totals_text,
    why_steps,
)
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Paragraph

_WIDTH, _BLUE, _SOFT = 172.0, "27406F", "F1F4F9"
_CELL = Look(size=9)
_HEAD = Look(size=8, colour=GREY)
_TITLE = Look(size=11, font="BeVietnamPro-SemiBold", before=7, after=3)


@dataclass(frozen=True)
class WhyPaper:
    """What is printed of a contestant.

    Attributes:
        contest: its name.
        judges: names by id.
        version: of the rules that hold.
        day: of printing, as people write it.
        mark: the word of a rehearsal, or None.
    """

    contest: str
    held: Round
    result: Tally
    deductions: Sequence[Deduction]
    explanation: Explanation
    judges: Mapping[str, str]
    version: int
    day: str
    mark: str | None = None


def why_pdf(paper: WhyPaper, texts: Texts) -> bytes:
    """Return the explanation as a PDF of, mostly, one page."""
    sheet = _Sheet(paper, texts)
    return build_pdf(
        lambda: list(sheet.story()),
        title=texts("results.paper.why.title"),
        author=paper.contest,
        foot=texts("results.paper.why.foot", version=paper.version, day=paper.day),
        mark=paper.mark,
    )


class _Sheet:
    def __init__(self, paper: WhyPaper, texts: Texts) -> None:
        self._paper, self._texts = paper, texts
        self._names: RoundNames = names_of(paper.held, texts.language, paper.judges)
        totals = [item.total for item in paper.result.ranking]
        self._write = totals_text(totals, paper.result.sheet.rules.round_total, texts)
        self._standing = paper.explanation.standing

    def story(self) -> Iterator[Flowable]:
        """Yield everything, top to bottom."""
        yield from self._head()
        yield from self._steps()
        for number, part in enumerate(part_terms(self._paper.explanation.total), 1):
            yield from self._marks(part, number)
        yield from self._ties()
        yield from self._place()

    def _person(self) -> SheetContestant:
        people = self._paper.result.sheet.contestants
        return next(item for item in people if item.id == self._standing.contestant)

    def _head(self) -> Iterator[Flowable]:
        texts, paper, person = self._texts, self._paper, self._person()
        yield para(f"{paper.contest} · {paper.held.vi}", SMALL)
        yield para(
            texts("results.paper.why.title"),
            Look(size=21, font="BeVietnamPro-Bold", colour=_BLUE, leading=30),
        )
        name = para(person.name or str(person.id), Look(size=16, font=MEDIUM, leading=23))
        second = texts("results.paper.why.number", number=person.id)
        who = [name, para(" · ".join(filter(None, (second, person.unit or ""))), SMALL)]
        total = Look(size=28, font="BeVietnamPro-Bold", colour=_BLUE, align="right", leading=36)
        place = para(self._placed(), SMALL.to("right"))
        yield space(3)
        yield table(
            [[who, [para(self._write(self._standing.total), total), place]]],
            [_WIDTH - 58, 58],
            rules=[("LINEABOVE", (0, 0), (-1, 0), 2, _BLUE), ("VALIGN", (0, 0), (-1, -1), "TOP")],
            padding=5,
            sides=0,
        )

    def _placed(self) -> str:
        standing, result, texts = self._standing, self._paper.result, self._texts
        if standing.rank is None:
            return texts("results.paper.why.no_rank")
        count = sum(1 for item in result.ranking if item.rank is not None)
        words = texts("results.paper.why.rank", rank=standing.rank, count=count)
        if standing.contestant in result.cut.taken:
            return f"{words} · {texts('results.paper.why.in')}"
        if standing.contestant in result.cut.undecided:
            return f"{words} · {texts('results.paper.why.tied')}"
        return words

    def _steps(self) -> Iterator[Flowable]:
        paper, texts = self._paper, self._texts
        reasons = reasons_text(paper.deductions, self._standing.contestant, texts)
        steps = why_steps(paper.explanation.total, self._names, reasons, texts)
        yield para(texts("results.paper.why.steps"), _TITLE)
        rows: list[list[Any]] = [
            [
                para(str(number), _HEAD),
                [para(step.title, _CELL), *([para(step.figures, SMALL)] if step.figures else [])],
                para(step.value, _CELL.bold().to("right")),
            ]
            for number, step in enumerate(steps, 1)
        ]
        yield table(
            rows, [8, _WIDTH - 34, 26],
            rules=[("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                   ("BACKGROUND", (0, -1), (-1, -1), _SOFT)],
        )  # fmt: skip

    def _marks(self, part: Term, number: int) -> Iterator[Flowable]:
        sheets = list(sheet_terms(part_chain(part)[0]))
        part_id = part.names.get("part", "")
        if not sheets:
            return
        yield para(f"{number}. {self._names.part(part_id)}", _TITLE)
        right = _CELL.to("right")
        first = 62.0 if len(sheets) <= 7 else 46.0
        widths = [first, 14.0, *[(_WIDTH - first - 14) / len(sheets)] * len(sheets)]
        head = [para("", _HEAD), para(self._texts("results.paper.why.most"), _HEAD.to("right"))]
        head += [para(sheet.names["judge"], _HEAD.to("right")) for sheet in sheets]
        rows = [head]
        criteria = next(one for one in self._paper.result.sheet.parts if one.id == part_id).criteria
        places = max(decimals(shortest(item.step)) for item in criteria)
        for at, criterion in enumerate(criteria):
            name = self._names.criterion(part_id, criterion.id)
            row = [para(name, _CELL), para(exact_text(criterion.max, self._texts), right)]
            rows.append([*row, *[para(self._mark(s.terms[at], places), right) for s in sheets]])
        rows.append(self._sums(criteria, sheets, places))
        yield table(
            rows, widths, head=1, padding=2,
            rules=[("LINEABOVE", (0, 0), (-1, 0), 0.8, _BLUE),
                   ("LINEBELOW", (0, 0), (-1, -2), 0.3, LINE),
                   ("BACKGROUND", (0, -1), (-1, -1), _SOFT)],
        )  # fmt: skip

    def _sums(
        self, criteria: Sequence[SheetCriterion], sheets: Sequence[Term], places: int
    ) -> list[Paragraph]:
        bold, texts = _CELL.bold(), self._texts
        most = sum((item.max for item in criteria), Fraction(0))
        row = [para(texts("results.paper.why.sums"), bold)]
        row.append(para(exact_text(most, texts), bold.to("right")))
        return [*row, *[para(self._mark(sheet, places), bold.to("right")) for sheet in sheets]]

    def _mark(self, term: Term, places: int) -> str:
        if term.value is None:
            return "–"
        written = self._texts.number(term.value, places)
        return f"({written})" if term.label == "sheet" and term.dropped else written

    def _ties(self) -> Iterator[Flowable]:
        for step in self._paper.explanation.tie_steps:
            order = " > ".join(" = ".join(piece) for piece in step.pieces)
            words = step_text(self._names, step.by, self._texts)
            yield para(self._texts("results.paper.why.tie", step=words, order=order), SMALL)

    def _place(self) -> Iterator[Flowable]:
        texts, result, own = self._texts, self._paper.result, self._standing
        totals = [item.total for item in result.ranking if item.total is not None]
        if own.total is None or len(totals) < 2:
            return
        yield para(texts("results.paper.why.place", count=len(totals)), _TITLE)
        cut = self._line(totals)
        words = texts("results.paper.why.line", size=result.cut.size)
        yield dot_strip(
            Strip(
                totals, (own.total, self._write(own.total)), None if cut is None else (cut, words)
            ),
            _WIDTH,
        )
        better = result.sheet.lower_is_better
        above = sum(1 for one in totals if (one < own.total if better else one > own.total))
        equal = sum(1 for one in totals if one == own.total) - 1
        yield para(texts("results.paper.why.among", above=above, equal=equal), SMALL)

    def _line(self, totals: Sequence[Fraction]) -> Fraction | None:
        """Return where the line of the cut lies: between the last inside and the first outside."""
        result = self._paper.result
        inside = {*result.cut.taken, *result.cut.undecided}
        out = [
            i.total for i in result.ranking if i.total is not None and i.contestant not in inside
        ]
        kept = [i.total for i in result.ranking if i.total is not None and i.contestant in inside]
        if result.cut.size is None or not out or not kept:
            return None
        return (kept[-1] + out[0]) / 2
