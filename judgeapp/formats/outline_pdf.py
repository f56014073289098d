"""Writes an outline as a PDF with its fonts inside."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from judgeapp.formats.fonts import FALLBACK, FALLBACK_BOLD, registered
from judgeapp.formats.outline_text import OutlineText
from judgeapp.system.files import write_atomically

_MARGINS_MM = (30, 20, 20, 20)  # left, right, top, bottom


def write_outline_pdf(path: Path, outline: OutlineText) -> None:
    """Put an outline at ``path``: A4, the same bytes for the same text.

    Raises:
        JudgeError: ``files.disk_full`` and the like; nothing is left behind.
    """
    write_atomically(path, outline_pdf(outline))


def outline_pdf(outline: OutlineText) -> bytes:
    """Return an outline as a PDF file."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

    text = outline.composed()
    plain, bold = registered(FALLBACK).fontName, registered(FALLBACK_BOLD).fontName
    head = ParagraphStyle("head", fontName=bold, fontSize=14, leading=20, alignment=TA_CENTER)
    line = ParagraphStyle("line", fontName=plain, fontSize=13, leading=18, alignment=TA_CENTER)
    body = ParagraphStyle(
        "body", fontName=plain, fontSize=13, leading=20, alignment=TA_JUSTIFY, spaceAfter=6
    )
    story: list[Flowable] = [Paragraph(escape(item), head) for item in (text.heading, text.title)]
    story += [Paragraph(escape(item), line) for item in text.byline]
    story.append(Spacer(1, 6 * mm))
    story += [Paragraph(escape(item), body) for item in text.paragraphs]
    left, right, top, bottom = (side * mm for side in _MARGINS_MM)
    made = BytesIO()
    SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=left,
        rightMargin=right,
        topMargin=top,
        bottomMargin=bottom,
        title=text.title,
        invariant=1,
        initialFontName=plain,  # else each page names Helvetica without using it
    ).build(story)
    return made.getvalue()
