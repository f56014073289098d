"""The ink of a printed page: origins of letters from the PDF, bounds of letters from the font.

Written apart from the app's own measuring: the PDF is read by another library, the bounds come
from the font files directly. Lengths in mm from the top-left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pymupdf
from fontTools.ttLib import TTFont

from judgeapp.system.paths import resources

MM = 25.4 / 72


def opened(content: bytes) -> pymupdf.Document:
    """Return a PDF's pages as another library sees them."""
    return pymupdf.open(stream=content, filetype="pdf")  # type: ignore[no-untyped-call]  # no types


@dataclass(frozen=True)
class Ink:
    """One printed letter: what, in which font and size, on which baseline, and its rectangle."""

    char: str
    font: str
    size: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Ink, clear: float = 0.0) -> bool:
        """Tell whether the letters touch, or stand above each other with less white between."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom + clear
            and other.top < self.bottom + clear
        )


@cache
def _font(name: str) -> tuple[dict[int, str], object, int]:
    font = TTFont(resources() / "fonts" / f"{name}.ttf")
    return font.getBestCmap(), font["glyf"], font["head"].unitsPerEm


def ink_of(page: pymupdf.Page) -> list[Ink]:
    """Return the ink of all letters of a page."""
    found = []
    for span in page.get_texttrace():  # type: ignore[no-untyped-call]  # no types
        name = span["font"].partition("+")[2] or span["font"]
        names, outlines, units = _font(name)
        scale = span["size"] / units * MM
        for code, _, (x, y), _ in span["chars"]:
            outline = outlines[names[code]]  # type: ignore[index]  # a font table has no types
            if not outline.numberOfContours:
                continue
            found.append(
                Ink(
                    chr(code),
                    name,
                    span["size"],
                    y * MM,
                    x * MM + outline.xMin * scale,
                    y * MM - outline.yMax * scale,
                    x * MM + outline.xMax * scale,
                    y * MM - outline.yMin * scale,
                )
            )
    return found


def lines_of(inks: list[Ink]) -> list[list[Ink]]:
    """Return the letters by baseline, from the top; what stands far apart is two lines."""
    lines: list[list[Ink]] = []
    for ink in sorted(inks, key=lambda item: (round(item.baseline, 2), item.left)):
        last = lines[-1] if lines else None
        if last and abs(last[-1].baseline - ink.baseline) < 0.05 and ink.left - last[-1].right < 12:
            last.append(ink)
        else:
            lines.append([ink])
    return lines


def clashes(lines: list[list[Ink]], clear: float = 0.0) -> list[tuple[Ink, Ink]]:
    """Return pairs of letters of different lines that touch or come nearer than ``clear``."""
    found = []
    for upper, lower in combinations(lines, 2):
        if max(i.bottom for i in upper) + clear < min(i.top for i in lower):
            continue
        found += [(a, b) for a in upper for b in lower if a.overlaps(b, clear)]
    return found
