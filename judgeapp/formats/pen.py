"""Drawing ornaments: paths in mm from the top-left corner, written as PDF operators.

One block of operators for a whole ornament is several times faster and smaller than a call for
each line. Colours are six hexadecimal digits, line widths in pt (as printers think), numbers with
three decimals of a mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

from judgeapp.formats.typeset import POINT

Point = tuple[float, float]
_CIRCLE = 0.5522847498  # control points of a quarter circle as a Bézier curve


def rgb(colour: str) -> str:
    """Return a colour as the three numbers that PDF operators take."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4g}" for at in (0, 2, 4))


def tint(colour: str, white: float) -> str:
    """Return a colour mixed with white: ``white`` is the share of white from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(part + (255 - part) * white):02X}" for part in parts)


def polar(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at ``angle`` (radians, clockwise from the right on paper)."""
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def turned(points: Iterable[Point], centre: Point, angle: float) -> list[Point]:
    """Return points turned about ``centre``, clockwise on paper."""
    c, s = cos(angle), sin(angle)
    return [
        (centre[0] + (x - centre[0]) * c - (y - centre[1]) * s,
         centre[1] + (x - centre[0]) * s + (y - centre[1]) * c)
        for x, y in points
    ]  # fmt: skip


def star(centre: Point, rays: int, outer: float, inner: float, start: float) -> list[Point]:
    """Return the outline of a star whose first ray points to ``start``."""
    return [
        polar(centre, inner if index % 2 else outer, start + pi * index / rays)
        for index in range(2 * rays)
    ]


class Pen:
    """Collects operators; `operators` gives them as one block for a page of a given height."""

    def __init__(self) -> None:
        self._code: list[str] = []

    def operators(self, height: float) -> str:
        """Return everything drawn, for a sheet ``height`` mm high."""
        scale = 1 / POINT
        space = f"q {scale:.6f} 0 0 {-scale:.6f} 0 {height * scale:.4f} cm 1 j 1 J"
        return "\n".join([space, *self._code, "Q"])

    def fill(self, colour: str) -> None:
        """Fill with this colour from now on."""
        self._code.append(f"{rgb(colour)} rg")

    def line(self, colour: str, points: float) -> None:
        """Draw lines in this colour and width (pt) from now on."""
        self._code.append(f"{rgb(colour)} RG {points * POINT:.4f} w")

    def polygon(self, corners: Sequence[Point], paint: str = "f") -> None:
        """Draw a closed outline; ``paint`` is f (fill), S (line) or B (both)."""
        self.path(corners)
        self._code.append(f"h {paint}")

    def polyline(self, corners: Sequence[Point]) -> None:
        """Draw an open line through points."""
        self.path(corners)
        self._code.append("S")

    def path(self, corners: Sequence[Point]) -> None:
        """Begin a path at the first point and go straight to the others."""
        (x, y), *others = corners
        moves = [f"{x:.3f} {y:.3f} m", *[f"{a:.3f} {b:.3f} l" for a, b in others]]
        self._code.append(" ".join(moves))

    def curve(self, first: Point, second: Point, end: Point) -> None:
        """Go on in a Bézier curve with these two control points."""
        numbers = " ".join(f"{value:.3f}" for point in (first, second, end) for value in point)
        self._code.append(f"{numbers} c")

    def paint(self, how: str) -> None:
        """Paint the path: ``S`` line, ``f`` fill, ``B`` both; ``h`` before closes it."""
        self._code.append(how)

    def smooth(self, points: Sequence[Point], paint: str, *, closed: bool = False) -> None:
        """Draw a smooth curve through points (Catmull-Rom, written as Bézier curves)."""
        count = len(points)
        self.path(points[:1])
        for index in range(count if closed else count - 1):
            before, start, end, after = (
                points[(index + shift) % count] if closed else points[_inside(index + shift, count)]
                for shift in (-1, 0, 1, 2)
            )
            self.curve(
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
                end,
            )
        self.paint(paint)

    def circle(self, centre: Point, radius: float, paint: str = "S") -> None:
        """Draw a circle."""
        x, y = centre
        k = radius * _CIRCLE
        self.path([(x + radius, y)])
        for a, b, end in (
            ((x + radius, y + k), (x + k, y + radius), (x, y + radius)),
            ((x - k, y + radius), (x - radius, y + k), (x - radius, y)),
            ((x - radius, y - k), (x - k, y - radius), (x, y - radius)),
            ((x + k, y - radius), (x + radius, y - k), (x + radius, y)),
        ):
            self.curve(a, b, end)
        self.paint(paint)

    def box(self, left: float, top: float, width: float, height: float, paint: str = "f") -> None:
        """Draw a rectangle."""
        self._code.append(f"{left:.3f} {top:.3f} {width:.3f} {height:.3f} re {paint}")

    def placed(self, other: Pen, at: Point, angle: float = 0.0) -> None:
        """Draw what another pen drew, turned by ``angle`` (clockwise) and moved to ``at``."""
        c, s = cos(angle), sin(angle)
        self._code.append(f"q {c:.6f} {s:.6f} {-s:.6f} {c:.6f} {at[0]:.3f} {at[1]:.3f} cm")
        self._code.extend(other._code)
        self._code.append("Q")


def _inside(index: int, count: int) -> int:
    return min(max(index, 0), count - 1)
