"""Lines of text by their ink: where each letter's ink lies, and how close two lines may come.

Words: a *shape* is a text in one font at size 1 (lengths in em): letters' origins, kerning,
tracking (extra space after each letter but the last) and ink; a *line* is a shape at a size in a
colour; a *row* is one or more lines on one baseline. Rows measure in mm, x from the left edge of
the sheet, heights upward from the baseline. Texts must be NFC and within the font's letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from judgeapp.formats.fonts import face

POINT = 25.4 / 72  # mm
CLEAR = 0.5  # mm of white between the ink of two lines
LEADING = 1.10  # em from baseline to baseline where no ink clashes


class Box(NamedTuple):
    """A rectangle of ink: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float


class Shape(NamedTuple):
    """A text set at size 1, lengths in em.

    Attributes:
        kerning: change of advance after each letter but the last.
        boxes: ink of the inked letters, from the line's origin.
        ink: the rectangle around all of them; all zero for a text without ink.
    """

    text: str
    font: str
    tracking: float
    kerning: tuple[float, ...]
    boxes: tuple[Box, ...]
    ink: Box


@lru_cache(maxsize=8192)
def shape(text: str, font: str, tracking: float = 0.0) -> Shape:
    """Set a text in a font at size 1."""
    source = face(font)
    glyphs = [source.glyph(char) for char in text]
    kerning = tuple(source.kern(text[i], text[i + 1]) for i in range(len(text) - 1))
    boxes = []
    x = 0.0
    for index, glyph in enumerate(glyphs):
        if glyph.inked:
            boxes.append(Box(x + glyph.left, glyph.bottom, x + glyph.right, glyph.top))
        if index < len(kerning):
            x += glyph.advance + kerning[index] + tracking
    return Shape(text, font, tracking, kerning, tuple(boxes), _around(boxes))


def _around(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


@dataclass(frozen=True)
class Style:
    """How a kind of text is set; sizes in pt, ``colour`` as six hexadecimal digits."""

    font: str
    colour: str
    tracking: float = 0.0


@dataclass(frozen=True)
class Line:
    """A shape at a size (pt), in a colour."""

    shape: Shape
    size: float
    colour: str

    @property
    def em(self) -> float:
        """The type size in mm."""
        return self.size * POINT

    @property
    def width(self) -> float:
        """The width of the ink in mm."""
        ink = self.shape.ink
        return (ink.right - ink.left) * self.em


class Row:
    """Lines on one baseline, each with the x of its origin in mm."""

    def __init__(self, parts: Sequence[tuple[float, Line]]) -> None:
        self.parts = tuple(parts)
        self.em = max(line.em for _, line in self.parts)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The ink of every letter, by left edge; heights from the baseline."""
        found = [
            Box(
                x + box.left * line.em,
                box.bottom * line.em,
                x + box.right * line.em,
                box.top * line.em,
            )
            for x, line in self.parts
            for box in line.shape.boxes
        ]
        return tuple(sorted(found))

    @cached_property
    def ink(self) -> Box:
        """The rectangle around all ink of the row."""
        return _around(self.boxes)


def centred(line: Line, axis: float) -> Row:
    """Place a line so that its ink is centred on ``axis`` (mm from the left edge)."""
    ink = line.shape.ink
    return Row([(axis - (ink.left + ink.right) / 2 * line.em, line)])


def flush(line: Line, left: float) -> Row:
    """Place a line so that its ink begins at ``left`` (mm from the left edge)."""
    return Row([(left - line.shape.ink.left * line.em, line)])


def side_by_side(lines: Sequence[Line], left: float, gap: float) -> Row:
    """Place lines on one baseline from ``left``, with ``gap`` mm between their inks."""
    parts: list[tuple[float, Line]] = []
    edge = left
    for line in lines:
        parts.append((edge - line.shape.ink.left * line.em, line))
        edge += line.width + gap
    return Row(parts)


def clearance(upper: Row, lower: Row) -> float:
    """Return the least distance of two baselines in mm by the skyline of their ink.

    Only letters that stand above each other count; they keep `CLEAR` between them. Rows that
    nowhere overlap may come as close as one likes: the answer is then 0.
    """
    least = 0.0
    start = 0
    below = lower.boxes
    widest = max((box.right - box.left for box in below), default=0.0)
    for box in upper.boxes:
        while start < len(below) and below[start].left < box.left - widest - CLEAR:
            start += 1
        for other in below[start:]:
            if other.left >= box.right + CLEAR / 2:
                break
            if other.right > box.left - CLEAR / 2:
                least = max(least, other.top - box.bottom + CLEAR)
    return least
