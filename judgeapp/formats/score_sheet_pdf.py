"""A judge's score sheet as a PDF to print and sign: one line for each entry, receipt and signature.

Not decided here: which marks there are, and every word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD, registered

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_MARGINS_MM = (20, 15, 15, 16)  # left, right, top, bottom
_NUMBER_MM, _FIGURES_MM, _TOTAL_MM = 12, 17, 18
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
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    left, right, top, bottom = (side * mm for side in _MARGINS_MM)
    size = landscape(A4) if paper.is_wide else A4
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=size,
        leftMargin=left,
        rightMargin=right,
        topMargin=top,
        bottomMargin=bottom,
        title=paper.title,
        lang="vi-VN",
        invariant=1,
        initialFontName=registered(FALLBACK).fontName,
    )
    foot = _Foot(paper)
    document.build(_story(paper, size[0] - left - right), onFirstPage=foot, onLaterPages=foot)
    return made.getvalue(), document.page


class _Foot:
    """The foot of each page: whose sheet, which page."""

    def __init__(self, paper: ScoreSheetPaper) -> None:
        self._words = f"{paper.signature[1]} · {paper.heading[-1]}"

    def __call__(self, canvas: Any, document: Any) -> None:
        """Write it."""
        left, right, _, bottom = _MARGINS_MM
        canvas.setFont(registered(FALLBACK).fontName, 9)
        canvas.drawString(left / 25.4 * 72, bottom / 25.4 * 36, self._words)
        width = document.pagesize[0] - right / 25.4 * 72
        canvas.drawRightString(width, bottom / 25.4 * 36, str(canvas.getPageNumber()))


def _style(
    size: float, *, bold: bool = False, align: Literal[0, 1, 2] = 0, after: float = 0
) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    font = registered(FALLBACK_BOLD if bold else FALLBACK).fontName
    return ParagraphStyle(
        f"s{size}{bold}{align}{after}",
        fontName=font,
        fontSize=size,
        leading=size * 1.35,
        alignment=align,
        spaceAfter=after,
    )


def _story(paper: ScoreSheetPaper, width: float) -> list[Flowable]:
    from reportlab.lib.enums import TA_CENTER
    from reportlab.platypus import KeepTogether, Paragraph, Spacer

    def lines(texts: Sequence[str], style: Any) -> list[Flowable]:
        return [Paragraph(escape(text), style) for text in texts]

    centred = _style(12, align=TA_CENTER)
    return [
        *lines(paper.heading, centred),
        Spacer(1, 6),
        *lines([paper.title], _style(15, bold=True, align=TA_CENTER, after=6)),
        *lines(paper.about, _style(12)),
        Spacer(1, 8),
        _table(paper, width),
        Spacer(1, 8),
        KeepTogether([*lines(paper.receipt, _style(12)), Spacer(1, 6), _signing(paper, width)]),
    ]


def _table(paper: ScoreSheetPaper, width: float) -> Flowable:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_CENTER, TA_RIGHT
    from reportlab.lib.units import mm
    from reportlab.platypus import LongTable, Paragraph

    figures = len(paper.columns) - 3
    fixed = (_NUMBER_MM + figures * _FIGURES_MM + _TOTAL_MM) * mm
    widths = [
        _NUMBER_MM * mm, max(width - fixed, 40 * mm), *[_FIGURES_MM * mm] * figures, _TOTAL_MM * mm,
    ]  # fmt: skip
    head, plain = _style(9, bold=True, align=TA_CENTER), _style(11)
    figure, total = _style(11, align=TA_RIGHT), _style(11, bold=True, align=TA_RIGHT)
    styles = [plain, plain, *[figure] * figures, total]
    body = [[Paragraph(escape(text), head) for text in paper.columns]]
    for row in paper.rows:
        cells = zip(row, styles, strict=True)
        body.append(
            [Paragraph(escape(text).replace("\n", "<br/>"), style) for text, style in cells]
        )
    table = LongTable(body, colWidths=widths, repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#555555")),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#EEEEEE")),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return table


def _signing(paper: ScoreSheetPaper, width: float) -> Flowable:
    """Place, date, what is signed as, room for a hand, the name: at the right."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Spacer, Table

    role, name = paper.signature
    column = [
        Paragraph(escape(paper.place_and_date), _style(11, align=TA_CENTER)),
        Paragraph(escape(role), _style(12, bold=True, align=TA_CENTER)),
        Spacer(1, 22 * mm),
        Paragraph(escape(name), _style(12, bold=True, align=TA_CENTER)),
    ]
    return Table([["", column]], colWidths=[width - 85 * mm, 85 * mm])
