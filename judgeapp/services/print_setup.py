"""Setting a printer, so that text meets forms that were printed before. No contest is needed."""

from __future__ import annotations

from judgeapp.domain.printing import PrintWay
from judgeapp.formats.calibration_pdf import calibration_pdf
from judgeapp.system.texts import load_texts


def calibration_sheet(way: PrintWay, language: str = "vi") -> bytes:
    """Return the sheet to be held against the form, moved as certificates would be."""
    return calibration_pdf(way.right, way.down, load_texts(language))
