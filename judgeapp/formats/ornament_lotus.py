"""The ornament of the certificate: a quiet panel at the left with a lotus over water.

Lengths in mm on A4 landscape, from the top-left corner; petals are measured in units of 37.5 mm.
"""

from __future__ import annotations

from math import cos, pi, radians, sin
from typing import NamedTuple

from judgeapp.formats.pen import Pen, Point

TEAL, ROSE, GREY, TEXT, PANEL = "0E4B48", "B0305C", "5D6B69", "27383A", "EDF3F0"
_OUTLINE, _VEIN, _WATER, _BEHIND = "2C7A72", "A9CBC4", "78ADA6", "F6FAF8"
_UNIT = 37.5
_FOOT: Point = (48.0, 138.0)
PANEL_AXIS = 48.0


class Petal(NamedTuple):
    """One petal: degrees from upright, length and half width, turn inwards, where its foot is."""

    angle: float
    length: float
    width: float
    turn: float
    out: float
    down: float


# From back to front: angle from upright, length, half width, turn inwards (degrees), and how far
# the foot stands outward and down.
_PETALS = tuple(Petal(*numbers) for numbers in (
    (35, 0.95, 0.20, 10, 0.045, 0), (17, 0.98, 0.20, 4, 0.02, 0), (0, 1.0, 0.21, 0, 0, 0),
    (76, 0.92, 0.165, 32, 0.08, 0), (56, 0.92, 0.185, -4, 0.06, 0),
    (42, 0.66, 0.185, 12, 0.05, 0.03), (20, 0.70, 0.20, 6, 0.025, 0.045),
    (0, 0.66, 0.215, 0, 0, 0.05),
))  # fmt: skip


def lotus_ornament() -> Pen:
    """Return panel, water, lotus and bar."""
    pen = Pen()
    pen.fill(PANEL)
    pen.box(10, 10, 76, 190)
    _water(pen)
    for petal in _PETALS:
        for side in (-1, 1) if petal.angle else (1,):
            _draw_petal(pen, petal, side)
    pen.fill(ROSE)
    pen.box(100, 67.4, 20, 0.9)
    return pen


def _water(pen: Pen) -> None:
    pen.line(_WATER, 0.35)
    for index in range(6):
        half = 30.0 - 2.3 * index
        y = 143.4 + 2.28 * index
        points = []
        for step in range(61):
            t = -1 + step / 30
            x = t * half
            points.append((PANEL_AXIS + x, y + 0.5 * sin(x / 3.2 + 1.3 * index) * (1 - t * t)))
        pen.smooth(points, "S")


def _draw_petal(pen: Pen, petal: Petal, side: int) -> None:
    """Draw one petal: white, outlined, with five veins at each side of its midline."""
    shares = [step / 24 for step in range(25)]
    left = [_on_petal(petal, side, share, -1) for share in shares]
    right = [_on_petal(petal, side, share, 1) for share in shares]
    pen.fill("FFFFFF" if petal.length < 0.95 else _BEHIND)
    pen.polygon(left + right[-2:0:-1], "f")
    pen.line(_OUTLINE, 0.6)
    pen.smooth(left, "S")
    pen.smooth(right, "S")
    pen.line(_VEIN, 0.22)
    for vein in range(1, 6):
        inner = 1 - vein / 6  # towards the middle veins start later and end earlier
        first, last = 0.05 + 0.12 * inner, 0.95 - 0.17 * inner
        steps = [first + (last - first) * step / 12 for step in range(13)]
        for across in (-vein / 6, vein / 6):
            pen.smooth([_on_petal(petal, side, share, across) for share in steps], "S")


def _on_petal(petal: Petal, side: int, share: float, across: float) -> Point:
    """Return the point at ``share`` of the midline, ``across`` of the half width beside it."""
    up, out = _midline(petal, share)
    heading = radians(petal.angle - petal.turn * share)
    swell = max(sin(pi * share**0.78), 0.0) ** 0.92 * (1 - 0.15 * share)
    offset = petal.width * across * swell
    x = petal.out + out + offset * cos(heading)
    y = up - offset * sin(heading) - petal.down
    return _FOOT[0] + side * x * _UNIT, _FOOT[1] - y * _UNIT


def _midline(petal: Petal, share: float) -> tuple[float, float]:
    """Return how far up and how far out the midline, an arc, has come."""
    start, bend = radians(petal.angle), radians(petal.turn)
    if not petal.turn:
        return petal.length * share * cos(start), petal.length * share * sin(start)
    radius, end = petal.length / bend, start - bend * share
    return radius * (sin(start) - sin(end)), radius * (cos(end) - cos(start))
