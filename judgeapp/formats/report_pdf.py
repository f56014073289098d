"""Papers made of words and tables on A4: paragraphs in bundled fonts, grids, and a foot.

A text is set in a font that has all its letters: the wished one, else Noto Serif for the whole
text; a letter that neither has is written as its code, so that nothing is lost silently.
The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from judgeapp.domain.names import nfc
from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD, face, face_for, registered
from judgeapp.formats.pdf_page import draw_across

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph, Table

Align = Literal["left", "right", "centre", "justify"]
_ALIGN: dict[Align, Literal[0, 1, 2, 4]] = {"left": 0, "centre": 1, "right": 2, "justify": 4}
MM = 72 / 25.4
_FRAME = 6  # pt: the padding that a page has inside its margins
A4 = (210.0, 297.0)
REGULAR, MEDIUM, BOLD = "BeVietnamPro-Regular", "BeVietnamPro-Medium", "BeVietnamPro-SemiBold"
INK, GREY, LINE = "1B1B1A", "504E4A", "C9C7C0"


@dataclass(frozen=True)
class Look:
    """How a paragraph is set; sizes in pt, ``leading`` from baseline to baseline.

    Attributes:
        before: white above it in pt; ``after`` below.
        first: indent of its first line in pt.
    """

    size: float = 10
    font: str = REGULAR
    colour: str = INK
    align: Align = "left"
    leading: float = 0
    before: float = 0
    after: float = 0
    first: float = 0

    def bold(self) -> Look:
        """Return the same in the heavier font of its family."""
        heavier = FALLBACK_BOLD if self.font in (FALLBACK, FALLBACK_BOLD) else BOLD
        return replace(self, font=heavier)

    def to(self, align: Align) -> Look:
        """Return the same, aligned otherwise."""
        return replace(self, align=align)


BODY = Look()
SMALL = Look(size=8.5, colour=GREY)


def printable(text: str, font: str) -> tuple[str, str]:
    """Return a text and the font it is set in; letters that no font has become their codes."""
    words = nfc(text)
    fallback = FALLBACK_BOLD if font.endswith(("Bold", "SemiBold")) else FALLBACK
    bare = words.replace("\n", " ")
    found = face_for(bare, font, fallback)
    if found is not None:
        return words, found.name
    missing = set(face(fallback).missing(bare))
    return "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in words), fallback


def para(text: str, look: Look = BODY) -> Paragraph:
    """Return a paragraph; a line feed in the text is a break that is made."""
    from reportlab.platypus import Paragraph

    words, font = printable(text, look.font)
    return Paragraph(escape(words).replace("\n", "<br/>"), _style(replace(look, font=font)))


@lru_cache(maxsize=128)
def _style(look: Look) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    registered(look.font)
    return ParagraphStyle(
        "look",
        fontName=look.font,
        fontSize=look.size,
        leading=look.leading or look.size * 1.4,
        textColor=HexColor(f"#{look.colour}"),
        alignment=_ALIGN[look.align],
        spaceBefore=look.before,
        spaceAfter=look.after,
        firstLineIndent=look.first,
        splitLongWords=1,
    )


def space(millimetres: float) -> Flowable:
    """Return white of that height."""
    from reportlab.platypus import Spacer

    return Spacer(1, millimetres * MM)


def together(parts: Sequence[Flowable]) -> Flowable:
    """Return parts that are never torn apart by the end of a page."""
    from reportlab.platypus import KeepTogether

    return KeepTogether(list(parts))


def table(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    heights: Sequence[float] | None = None,
    rules: Sequence[tuple[Any, ...]] = (),
    head: int = 0,
    padding: float = 3,
    sides: float = 3,
) -> Table:
    """Return a table of flowables and texts.

    Args:
        rows: cells are paragraphs, or "" for nothing.
        widths: of the columns in mm.
        heights: of the rows in mm; None: as high as their words.
        rules: ReportLab's own, such as ``("LINEBELOW", (0, 0), (-1, 0), 0.4, colour)``; a colour
            is six hexadecimal digits.
        head: how many first rows are repeated on each page.
        padding: above and below the words of a cell, in pt.
        sides: the same at their left and right.
    """
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    def coloured(rule: tuple[Any, ...]) -> tuple[Any, ...]:
        last = rule[-1]
        return (
            (*rule[:-1], HexColor(f"#{last}")) if isinstance(last, str) and len(last) == 6 else rule
        )

    made = Table(
        [list(row) for row in rows],
        colWidths=[width * MM for width in widths],
        rowHeights=None if heights is None else [height * MM for height in heights],
        repeatRows=head,
    )
    made.hAlign = "LEFT"
    made.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), sides),
            ("RIGHTPADDING", (0, 0), (-1, -1), sides),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            *[coloured(rule) for rule in rules],
        ]
    )
    return made


def grid_rules(head: int = 1) -> list[tuple[Any, ...]]:
    """Return the rules of a table with all its lines, its head on a ground that a copier keeps."""
    return [
        ("GRID", (0, 0), (-1, -1), 0.4, INK),
        ("BACKGROUND", (0, 0), (-1, head - 1), "EFEFEF"),
    ]


def build_pdf(
    story: Callable[[], Sequence[Flowable]],
    *,
    title: str,
    author: str,
    foot: str = "",
    margins: tuple[float, float, float, float] = (20, 18, 18, 16),
    landscape: bool = False,
    mark: str | None = None,
) -> bytes:
    """Return a paper as a PDF; the arguments are those of `build_pages`."""
    return build_pages(
        story, title=title, author=author, foot=foot, margins=margins, landscape=landscape,
        mark=mark,
    )[0]  # fmt: skip


def build_pages(
    story: Callable[[], Sequence[Flowable]],
    *,
    title: str,
    author: str,
    foot: str = "",
    margins: tuple[float, float, float, float] = (20, 18, 18, 16),
    landscape: bool = False,
    mark: str | None = None,
) -> tuple[bytes, int]:
    """Return a paper as a PDF, and how many pages it has.

    Args:
        story: makes what it holds, anew for each of the two passes.
        title: of the file, as a viewer shows it.
        author: of the file.
        foot: stands at the left of each page's foot; the number of the page at its right.
        margins: left, right, top, bottom in mm.
        landscape: the sheet lies.
        mark: a word across each page, where the paper is no real one.
    """
    look = title, author, foot, margins, landscape, mark
    pages = _build(story(), look, of=0)[1]
    return _build(story(), look, of=pages)


Around = tuple[str, str, str, tuple[float, float, float, float], bool, str | None]


def _build(story: Sequence[Flowable], look: Around, *, of: int) -> tuple[bytes, int]:
    from reportlab.platypus import SimpleDocTemplate

    title, author, foot, margins, landscape, mark = look
    left, right, top, bottom = (side * MM for side in margins)
    wide, high = (side * MM for side in (A4[::-1] if landscape else A4))
    registered(REGULAR)
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=(wide, high),
        leftMargin=left,
        rightMargin=right,
        topMargin=top,
        bottomMargin=bottom + 6 * MM,
        title=title,
        author=author,
        subject=title,
        creator="judgeapp",
        producer="judgeapp",
        lang="vi-VN",
        invariant=1,
        initialFontName=REGULAR,  # else each page names Helvetica without using it
    )

    def numbered(canvas: Canvas, document: Any) -> None:
        if mark is not None:
            draw_across(canvas, mark, wide / MM, high / MM)
        canvas.saveState()
        canvas.setFillColorRGB(0.32, 0.31, 0.29)
        words, font = printable(foot, REGULAR)
        canvas.setFont(registered(font).fontName, 8)
        canvas.drawString(left + _FRAME, bottom, words)
        canvas.setFont(REGULAR, 8)
        if of > 1:
            canvas.drawRightString(wide - right - _FRAME, bottom, f"{document.page}/{of}")
        canvas.restoreState()

    document.build(list(story), onFirstPage=numbered, onLaterPages=numbered)
    return made.getvalue(), document.page
