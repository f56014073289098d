"""Certificates as PDF: everything is checked before the first page is drawn.

What all pages share (frame, watermark, title, giver, signature) is one form in the file; a page
holds only its own fields. Equal certificates give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from judgeapp.domain.awards import Certificate
from judgeapp.domain.papers import Paper, PaperKind
from judgeapp.domain.printing import WHOLE, PrintWay
from judgeapp.formats.certificate_drum import Drum
from judgeapp.formats.certificate_layout import Misfit
from judgeapp.formats.certificate_lotus import Lotus
from judgeapp.formats.certificate_words import fixed_words, own_words
from judgeapp.formats.emblem import Emblem
from judgeapp.formats.pdf_page import draw_across, draw_rows, open_pdf
from judgeapp.formats.stack import Set
from judgeapp.formats.typeset import POINT, Row
from judgeapp.system.progress import Progress, no_progress

TemplateName = Literal["drum", "lotus"]
TEMPLATES: tuple[TemplateName, ...] = ("drum", "lotus")
_LAYOUTS: dict[TemplateName, Drum | Lotus] = {"drum": Drum(), "lotus": Lotus()}
_FORM, _BLACK = "ground", "000000"


@dataclass(frozen=True)
class Problem:
    """A field that cannot be printed.

    Attributes:
        certificate: whose, or None for a fact that all of them share.
        field: which one; ``text`` is what it says.
        letters: what none of our fonts can draw; empty where the text is too long for its place.
    """

    certificate: Certificate | None
    field: str
    text: str
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """Certificates that can be drawn: all places are known and every letter is there.

    Attributes:
        fixed: the rows that all pages share; ``signing`` those of them that are never printed
            beforehand.
        mark: a word across each page, where they are no real ones.
    """

    template: TemplateName
    title: str
    author: str
    fixed: tuple[Set, ...]
    signing: tuple[Set, ...]
    pages: tuple[tuple[Set, ...], ...]
    emblem: Emblem | None
    mark: str | None = None


def layout_of(template: TemplateName) -> Drum | Lotus:
    """Return how a template lays its pages out."""
    return _LAYOUTS[template]


def kind_of(template: TemplateName) -> PaperKind:
    """Return which kind of paper a template is."""
    return _LAYOUTS[template].kind


def prepare(
    certificates: Sequence[Certificate],
    *,
    template: TemplateName,
    paper: Paper,
    emblem: Emblem | None = None,
    mark: str | None = None,
) -> Prepared | list[Problem]:
    """Set everything without drawing it; where anything cannot be printed, return all problems."""
    layout = _LAYOUTS[template]
    words = fixed_words(paper)
    problems: list[Problem] = []
    fixed: list[Set] = []
    signing: list[Set] = []
    pages: list[tuple[Set, ...]] = []
    try:
        fixed, signing = layout.fixed_rows(words), layout.signing_rows(words)
    except Misfit as misfit:
        problems.append(Problem(None, misfit.field, misfit.text, misfit.letters))
    for certificate in certificates:
        try:
            pages.append(tuple(layout.own_rows({**words, **own_words(certificate, paper)})))
        except Misfit as misfit:
            own = None if misfit.field in words else certificate
            problem = Problem(own, misfit.field, misfit.text, misfit.letters)
            if problem not in problems:
                problems.append(problem)
    if problems:
        return problems
    contest = certificates[0].contest if certificates else ""
    title = " – ".join(part for part in (mark, words[layout.kind].capitalize(), contest) if part)
    author = paper.giver or contest
    rows = tuple(fixed), tuple(signing), tuple(pages)
    return Prepared(template, title, author, *rows, emblem, mark)


def draw(prepared: Prepared, way: PrintWay = WHOLE, *, progress: Progress = no_progress) -> bytes:
    """Return all certificates as one PDF, one a page.

    Raises:
        Cancelled: if the person stopped it; nothing is written.
    """
    return _draw(prepared, prepared.pages, way, progress)


def draw_one(prepared: Prepared, index: int, way: PrintWay = WHOLE) -> bytes:
    """Return one of the certificates as a PDF of its own."""
    return _draw(prepared, prepared.pages[index : index + 1], way, no_progress)


def _draw(
    prepared: Prepared, pages: Sequence[Sequence[Set]], way: PrintWay, progress: Progress
) -> bytes:
    layout = _LAYOUTS[prepared.template]
    target = BytesIO()
    canvas = open_pdf(
        target,
        width=layout.width,
        height=layout.height,
        title=prepared.title,
        author=prepared.author,
        base_font=layout.base_font,
    )
    canvas.beginForm(_FORM)
    if way.ground:
        canvas.addLiteral(layout.ornament().operators(layout.height))
        if prepared.emblem is not None:
            x, y, diameter = layout.emblem
            prepared.emblem.draw(canvas, x, y, diameter, layout.height)
    if prepared.mark is not None:
        draw_across(canvas, prepared.mark, layout.width, layout.height)
    draw_rows(canvas, prepared.fixed if way.ground else _black(prepared.signing), layout.height)
    canvas.endForm()
    for index, rows in enumerate(pages):
        progress(index, len(pages))
        canvas.translate(float(way.right) / POINT, -float(way.down) / POINT)
        canvas.doForm(_FORM)
        draw_rows(canvas, rows if way.ground else _black(rows), layout.height)
        canvas.showPage()
    canvas.save()
    progress(len(pages), len(pages))
    return target.getvalue()


def _black(rows: Sequence[Set]) -> list[Set]:
    """Return rows in black: what is printed on a form takes its colour from nothing."""
    return [
        Set(Row([(x, replace(line, colour=_BLACK)) for x, line in row.row.parts]), row.y)
        for row in rows
    ]
