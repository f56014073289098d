"""An outline as plain text, for programs without Word."""

from __future__ import annotations

from pathlib import Path

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.outlines import OutlineReading
from judgeapp.media.docx_text import read_docx_text


def read_outline(*, file: Path) -> OutlineReading:
    """Return the paragraphs, lists and tables of a DOCX outline.

    Raises:
        BadInput: ``entries.outline_unreadable`` if its text cannot be read.
        JudgeError: ``entries.no_such_file``.
    """
    try:
        return read_docx_text(file)
    except OSError as error:
        raise JudgeError("entries.no_such_file", file=file.name) from error
