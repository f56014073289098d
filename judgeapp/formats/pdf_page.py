"""Pages of a PDF: opened with everything that must be said of it, rows of text put in their place.

Only embedded fonts: the canvas' own base font is one of ours too. The same input gives the same
bytes, so a file can be told by its hash.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from judgeapp.formats.fonts import FALLBACK_BOLD, registered
from judgeapp.formats.pen import rgb
from judgeapp.formats.stack import Set
from judgeapp.formats.typeset import POINT, Line, shape

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PRODUCER = "judgeapp"
_PALE = "F0D9D6"


def open_pdf(
    target: BytesIO, *, width: float, height: float, title: str, author: str, base_font: str
) -> Canvas:
    """Return a canvas for pages of ``width`` × ``height`` mm, in Vietnamese, with its metadata."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # binary streams: a quarter smaller, and twice as fast
    registered(base_font)
    canvas = Canvas(
        target,
        pagesize=(width / POINT, height / POINT),
        pageCompression=1,
        invariant=1,
        lang="vi-VN",
        initialFontName=base_font,  # type: ignore[arg-type]  # the stubs say float, it is a name
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator(_PRODUCER)
    canvas.setProducer(_PRODUCER)
    return canvas


def draw_rows(canvas: Canvas, rows: Iterable[Set], height: float) -> None:
    """Draw rows at their places on a sheet ``height`` mm high, in the given order."""
    code = ["BT"]
    for placed in rows:
        y = (height - placed.y) / POINT
        for x, line in placed.row.parts:
            code.append(f"{_colour(line.colour)} {line.shape.tracking * line.size:.4g} Tc")
            code.append(f"1 0 0 1 {x / POINT:.3f} {y:.3f} Tm")
            code += _show(canvas, line)
    code.append("0 Tc ET")
    canvas.addLiteral("\n".join(code))


def draw_across(canvas: Canvas, word: str, width: float, height: float) -> None:
    """Draw a word from corner to corner of a sheet of ``width`` × ``height`` mm, pale.

    It is drawn first: what stands on the sheet stays readable over it.
    """
    face = shape(word, FALLBACK_BOLD, 0.06)
    length = math.hypot(width, height)
    size = 0.66 * length / (face.ink.right - face.ink.left) / POINT
    line = Line(face, size, _PALE)
    cos, sin = width / length, height / length
    along = (face.ink.left + face.ink.right) / 2 * size
    up = (face.ink.bottom + face.ink.top) / 2 * size
    x = width / 2 / POINT - along * cos + up * sin
    y = height / 2 / POINT - along * sin - up * cos
    code = ["BT", f"{_colour(_PALE)} {face.tracking * size:.4g} Tc"]
    code.append(f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.3f} {y:.3f} Tm")
    code += _show(canvas, line)
    code.append("0 Tc ET")
    canvas.addLiteral("\n".join(code))


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    return f"{rgb(colour)} rg"


def _show(canvas: Canvas, line: Line) -> list[str]:
    """Return the operators that show a line: few strings, moved apart where a pair is kerned."""
    shape = line.shape
    font = registered(shape.font)
    document = canvas._doc  # type: ignore[attr-defined]  # as the manual of ttfonts shows it
    kerning = (*shape.kerning, 0.0)
    operators = []
    at = 0
    for subset, letters in font.splitString(shape.text, document):
        name = font.getSubsetInternalName(subset, document)
        pieces: list[str] = []
        start = 0
        for index in range(len(letters)):
            change = kerning[at + index]
            if change:
                pieces.append(f"<{letters[start : index + 1].hex()}>{-1000 * change:.4g}")
                start = index + 1
        if start < len(letters):
            pieces.append(f"<{letters[start:].hex()}>")
        operators.append(f"{name} {line.size:.4g} Tf [{''.join(pieces)}] TJ")
        at += len(letters)
    return operators
