"""A judge's score sheet as a PDF to print and sign: one line for each entry, receipt and signature.

Not decided here: which marks there are, and every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from judgeapp.formats.fonts import FALLBACK
from judgeapp.formats.report_pdf import (
    A4,
    Look,
    build_pages,
    grid_rules,
    para,
    space,
    table,
    together,
)

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

# Millimetres.
_MARGINS = (20.0, 15.0, 15.0, 8.0)  # left, right, top, bottom
_NUMBER, _FIGURES, _TOTAL, _LEAST_NAME = 12.0, 17.0, 18.0, 40.0
_FRAME = 4.2  # what a page keeps free inside its margins
_SIGNED, _HAND = 85.0, 22.0
_WIDE_FROM = 6  # columns of figures, from which the sheet lies on its side


@dataclass(frozen=True)
class ScoreSheetPaper:
    """What stands on the sheet.

    Attributes:
        heading: contest and round, one line each.
        title: what the paper is.
        about: whose it is, when, and how many entries, one line each.
        columns: heads: number, name, one for each column of figures, total.
        rows: as many texts each; a missing mark is a dash.
        receipt: what it says of the score file that these marks are in, one line each.
        place_and_date: above the signature, with dots to be filled in.
        signature: what is signed as, and below it the name.
    """

    heading: Sequence[str]
    title: str
    about: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    receipt: Sequence[str]
    place_and_date: str
    signature: tuple[str, str]

    @property
    def is_wide(self) -> bool:
        """Whether the sheet lies on its side."""
        return len(self.columns) - 3 >= _WIDE_FROM


def score_sheet_pdf(paper: ScoreSheetPaper) -> tuple[bytes, int]:
    """Return the sheet as a PDF file, and how many pages it has; the same bytes for the same."""
    left, right, *_ = _MARGINS
    width = (A4[1] if paper.is_wide else A4[0]) - left - right - _FRAME
    return build_pages(
        lambda: _story(paper, width),
        title=paper.title,
        author=paper.heading[0],
        foot=f"{paper.signature[1]} · {paper.heading[-1]}",
        margins=_MARGINS,
        landscape=paper.is_wide,
    )


def _look(size: float) -> Look:
    return Look(size=size, font=FALLBACK, leading=size * 1.35)


def _story(paper: ScoreSheetPaper, width: float) -> list[Flowable]:
    plain = _look(12)
    title = replace(_look(15).bold().to("centre"), after=6)
    receipt = [para(text, plain) for text in paper.receipt]
    return [
        *(para(text, plain.to("centre")) for text in paper.heading),
        space(2),
        para(paper.title, title),
        *(para(text, plain) for text in paper.about),
        space(3),
        _marks(paper, width),
        space(3),
        together([*receipt, space(2), _signing(paper, width)]),
    ]


def _marks(paper: ScoreSheetPaper, width: float) -> Flowable:
    figures = len(paper.columns) - 3
    name = max(width - _NUMBER - figures * _FIGURES - _TOTAL, _LEAST_NAME)
    head, plain = _look(9).bold().to("centre"), _look(11)
    figure = plain.to("right")
    looks = [plain, plain, *[figure] * figures, figure.bold()]
    rows = [[para(text, head) for text in paper.columns]]
    rows += [
        [para(text, look) for text, look in zip(row, looks, strict=True)] for row in paper.rows
    ]
    widths = [_NUMBER, name, *[_FIGURES] * figures, _TOTAL]
    return table(rows, widths, rules=grid_rules(), head=1, padding=2.5, sides=4)


def _signing(paper: ScoreSheetPaper, width: float) -> Flowable:
    """Place, date, what is signed as, room for a hand, the name: at the right."""
    role, name = paper.signature
    strong = _look(12).bold().to("centre")
    column = [
        para(paper.place_and_date, _look(11).to("centre")),
        para(role, strong),
        space(_HAND),
        para(name, strong),
    ]
    return table([["", column]], [width - _SIGNED, _SIGNED])
