"""All totals of a round as dots on one axis, with one's own dot and the line of the cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from judgeapp.formats.fonts import registered
from judgeapp.formats.report_pdf import BOLD, MM, REGULAR

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

Place = Callable[[Fraction], float]
_HEIGHT, _DOT, _MOST = 21.0, 1.0, 4
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_BLUE, _PALE, _ROSE = (0.15, 0.25, 0.44), (0.66, 0.72, 0.82), (0.69, 0.19, 0.36)


@dataclass(frozen=True)
class Strip:
    """What the strip shows.

    Attributes:
        totals: of everybody, the own one among them.
        own: the own total, with its words.
        cut: where the line lies, between two totals, with its words; None without a cut.
    """

    totals: Sequence[Fraction]
    own: tuple[Fraction, str]
    cut: tuple[Fraction, str] | None


def dot_strip(strip: Strip, width: float) -> Flowable:
    """Return the strip, ``width`` mm wide."""
    from reportlab.platypus import Flowable

    class Drawn(Flowable):
        def wrap(self, *_: float) -> tuple[float, float]:
            return width * MM, _HEIGHT * MM

        def draw(self) -> None:
            _draw(self.canv, strip, width)

    return Drawn()


def _draw(canvas: Canvas, strip: Strip, width: float) -> None:
    low, high = min(strip.totals), max(strip.totals)
    step = next((one for one in _STEPS if (high - low) / one <= 12), _STEPS[-1])
    first, last = floor(low / step) * step, ceil(high / step) * step
    last = max(last, first + step)
    base = 6.0

    def x(value: Fraction) -> float:
        return (4 + float((value - first) / Fraction(last - first)) * (width - 8)) * MM

    registered(REGULAR)
    canvas.setStrokeColorRGB(0.55, 0.54, 0.51)
    canvas.setLineWidth(0.5)
    canvas.line(0, base * MM, width * MM, base * MM)
    canvas.setFillColorRGB(0.32, 0.31, 0.29)
    canvas.setFont(REGULAR, 7.5)
    for tick in range(first, last + step, step):
        at = x(Fraction(tick))
        canvas.line(at, base * MM, at, (base - 1) * MM)
        canvas.drawCentredString(at, (base - 4.2) * MM, str(tick))
    _dots(canvas, strip, x, base)
    _labels(canvas, strip, x, base, width)


def _dots(canvas: Canvas, strip: Strip, x: Place, base: float) -> None:
    own = False
    seen: dict[int, int] = {}  # dots that would lie on each other stand on each other
    for value in sorted(strip.totals):
        at = x(value)
        column = round(at / (2 * _DOT * MM))
        level = min(seen.get(column, 0), _MOST)
        seen[column] = level + 1
        mine = value == strip.own[0] and not own
        own = own or mine
        canvas.setFillColorRGB(*(_BLUE if mine else _PALE))
        canvas.circle(at, (base + 1.5 + level * 2.2) * MM, _DOT * MM, stroke=0, fill=1)


def _labels(canvas: Canvas, strip: Strip, x: Place, base: float, width: float) -> None:
    own = x(strip.own[0])
    if strip.cut is not None:
        at = x(strip.cut[0])
        canvas.setStrokeColorRGB(*_ROSE)
        canvas.setDash(2, 2)
        canvas.line(at, (base - 1) * MM, at, (base + 14) * MM)
        canvas.setDash()
        canvas.setFillColorRGB(*_ROSE)
        canvas.setFont(REGULAR, 7.5)
        words = strip.cut[1]
        if at > width * MM / 2:
            canvas.drawRightString(at - 1.5 * MM, (base + 11.5) * MM, words)
        else:
            canvas.drawString(at + 1.5 * MM, (base + 11.5) * MM, words)
    canvas.setFillColorRGB(*_BLUE)
    registered(BOLD)
    canvas.setFont(BOLD, 8.5)
    canvas.drawCentredString(
        min(max(own, 8 * MM), (width - 8) * MM), (base + 7.6) * MM, strip.own[1]
    )
