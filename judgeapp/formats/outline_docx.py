"""Writes an outline as a DOCX, as offices type it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from judgeapp.formats.outline_text import OutlineText
from judgeapp.system.files import write_atomically

_FONT = "Times New Roman"
_SAVED = datetime(2026, 1, 1, tzinfo=UTC)  # the library's own template has an older one


def write_outline_docx(path: Path, outline: OutlineText) -> None:
    """Put an outline at ``path``.

    Raises:
        JudgeError: ``files.disk_full`` and the like; nothing is left behind.
    """
    write_atomically(path, outline_docx(outline))


def outline_docx(outline: OutlineText) -> bytes:
    """Return an outline as a DOCX file."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    text = outline.composed()
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    properties = document.core_properties
    properties.title, properties.author = text.title, ""
    properties.created = properties.modified = _SAVED
    for item in (text.heading, text.title):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(item).bold = True
    for item in text.byline:
        document.add_paragraph(item).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for item in text.paragraphs:
        document.add_paragraph(item).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    made = BytesIO()
    document.save(made)
    return made.getvalue()
