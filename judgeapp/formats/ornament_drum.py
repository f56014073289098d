"""The ornament of the commendation: a band of drum motifs round the sheet, a drum face beneath.

Lengths in mm on A4 landscape, from the top-left corner. The figures are drawn here, not copied:
ring chains, teeth, rays and flying birds as on bronze drums in general.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi

from judgeapp.formats.pen import Pen, Point, polar, star, tint

RED, GOLD, FLOURISH = "A1121E", "C28F2A", "B98220"
_WATERMARK = "D9AE55"
_LINES, _BIRDS, _STAR = tint(_WATERMARK, 0.66), tint(_WATERMARK, 0.86), tint(_WATERMARK, 0.80)

WIDTH, HEIGHT = 297.0, 210.0
_EDGE, _BAND, _CORNER = 8.0, 9.6, 15.5
CENTRE: Point = (148.5, 103.6)
_RADIUS = 66.0

Bend = Callable[[float, float], Point]


def drum_ornament() -> Pen:
    """Return watermark, frame and flourish in the order in which they are painted."""
    pen = Pen()
    _drum_face(pen)
    _frame(pen)
    _hairlines(pen)
    _flourish(pen, 148.5, 54.5, 46.0)
    return pen


def _frame(pen: Pen) -> None:
    long_side, short_side = WIDTH - 2 * (_EDGE + _CORNER), HEIGHT - 2 * (_EDGE + _CORNER)
    inner = _EDGE + _CORNER
    for length, at, angle in (
        (long_side, (inner, _EDGE), 0.0),
        (short_side, (WIDTH - _EDGE, inner), pi / 2),
        (long_side, (WIDTH - inner, HEIGHT - _EDGE), pi),
        (short_side, (_EDGE, HEIGHT - inner), -pi / 2),
    ):
        pen.placed(_side(length), at, angle)
    far_x, far_y = WIDTH - _EDGE - _CORNER, HEIGHT - _EDGE - _CORNER
    for x, y in ((_EDGE, _EDGE), (far_x, _EDGE), (_EDGE, far_y), (far_x, far_y)):
        _corner(pen, x, y)


def _side(length: float) -> Pen:
    """Draw one side of the band, from its outer edge (y 0) inward, with no figure cut."""
    pen = Pen()
    pen.fill(RED)
    pen.box(0, 0, length, 0.9)
    pen.box(0, _BAND - 0.3, length, 0.3)
    pen.line(GOLD, 0.35)
    for y in (1.35, 3.55, _BAND - 2.75, _BAND - 0.75):
        pen.polyline([(0, y), (length, y)])
    pen.fill(GOLD)
    count = round(length / 1.9)
    pitch = length / count
    for index in range(count):
        middle, half = (index + 0.5) * pitch, 0.44 * pitch
        for base, tip in ((1.75, 3.35), (_BAND - 0.95, _BAND - 2.55)):
            pen.polygon([(middle - half, base), (middle + half, base), (middle, tip)])
    _ring_chain(pen, length, 5.2, 1.35)
    return pen


def _ring_chain(pen: Pen, length: float, y: float, radius: float) -> None:
    count = round(length / (2.75 * radius))
    pitch = length / count
    pen.line(RED, 0.6)
    pen.fill(RED)
    for index in range(count):
        x = (index + 0.5) * pitch
        pen.circle((x, y), radius)
        pen.circle((x, y), 0.38 * radius, "f")
        if index < count - 1:
            pen.polyline(
                [
                    (x + 0.42 * radius, y + 0.9 * radius),
                    (x + pitch - 0.42 * radius, y - 0.9 * radius),
                ]
            )


def _corner(pen: Pen, x: float, y: float) -> None:
    half = _CORNER / 2
    centre = (x + half, y + half)
    radius = half - 1.7
    pen.fill(RED)
    pen.box(x, y, _CORNER, _CORNER)
    pen.line(GOLD, 0.6)
    pen.box(x + 1, y + 1, _CORNER - 2, _CORNER - 2, "S")
    pen.circle(centre, radius)
    pen.circle(centre, 0.66 * radius)
    pen.fill(GOLD)
    pen.polygon(star(centre, 12, 0.6 * radius, 0.24 * radius, -pi / 2))
    _teeth(pen, centre, 30, 0.72 * radius, 0.93 * radius)
    for dx in (-1, 1):
        for dy in (-1, 1):
            pen.circle((centre[0] + dx * (half - 2.1), centre[1] + dy * (half - 2.1)), 0.42, "f")


def _hairlines(pen: Pen) -> None:
    for inset, points in ((19.3, 0.4), (20.1, 0.2)):
        step = 5.9
        left, top, right, bottom = inset, inset, WIDTH - inset, HEIGHT - inset
        pen.line(GOLD, points)
        pen.polygon(
            [
                (left + step, top), (right - step, top), (right - step, top + step),
                (right, top + step), (right, bottom - step), (right - step, bottom - step),
                (right - step, bottom), (left + step, bottom), (left + step, bottom - step),
                (left, bottom - step), (left, top + step), (left + step, top + step),
            ],
            "S",
        )  # fmt: skip


def _flourish(pen: Pen, x: float, y: float, width: float) -> None:
    """Draw two tapering lines, a lozenge between them and two dots."""
    pen.fill(FLOURISH)
    half = width / 2
    for side in (-1, 1):
        near, far = x + side * 3.4, x + side * half
        pen.polygon([(near, y - 0.11), (far, y - 0.02), (far, y + 0.02), (near, y + 0.11)])
        pen.circle((x + side * 2.3, y), 0.3, "f")
    pen.polygon([(x - 1.35, y), (x, y - 0.95), (x + 1.35, y), (x, y + 0.95)])


def _drum_face(pen: Pen) -> None:
    r = _RADIUS
    pen.fill(_STAR)
    pen.polygon(star(CENTRE, 14, 0.30 * r, 0.105 * r, -pi / 2))
    pen.line(_LINES, 0.35)
    _chevrons(pen)
    for share in (0.33, 0.342, 0.385, 0.397, 0.452, 0.464, 0.505, 0.517, 0.745, 0.757, 0.80, 0.812,
                  0.872, 0.884, 0.93, 0.955, 1.0):  # fmt: skip
        pen.circle(CENTRE, share * r)
    for index in range(112):
        angle = 2 * pi * index / 112
        pen.polyline([polar(CENTRE, 0.342 * r, angle), polar(CENTRE, 0.385 * r, angle)])
    pen.fill(_LINES)
    _linked_rings(pen, 56, 0.4245 * r, 0.0182 * r)
    _linked_rings(pen, 104, 0.842 * r, 0.0205 * r)
    _teeth(pen, CENTRE, 84, 0.464 * r, 0.505 * r)
    _teeth(pen, CENTRE, 126, 0.80 * r, 0.757 * r)
    _teeth(pen, CENTRE, 140, 0.884 * r, 0.93 * r)
    pen.fill(_BIRDS)
    for index in range(10):
        _bird(pen, 2 * pi * (index + 0.5) / 10)


def _chevrons(pen: Pen) -> None:
    """Draw nested angles between the rays of the star."""
    r = _RADIUS
    for index in range(14):
        middle = -pi / 2 + pi * (2 * index + 1) / 14
        for tip in (0.292, 0.262, 0.232, 0.202, 0.172):
            foot = tip - 0.052
            ray = pi / 14 * max(0.0, 0.30 - foot) / (0.30 - 0.105)
            reach = max(0.0, pi / 14 - ray) * 0.78
            pen.polyline(
                [
                    polar(CENTRE, foot * r, middle - reach),
                    polar(CENTRE, tip * r, middle),
                    polar(CENTRE, foot * r, middle + reach),
                ]
            )


def _teeth(pen: Pen, centre: Point, count: int, base: float, tip: float) -> None:
    """Draw triangles round a circle, their bases on ``base`` and their tips on ``tip``."""
    half = pi / count * 0.86
    for index in range(count):
        middle = 2 * pi * (index + 0.5) / count
        pen.polygon(
            [
                polar(centre, base, middle - half),
                polar(centre, base, middle + half),
                polar(centre, tip, middle),
            ]
        )


def _linked_rings(pen: Pen, count: int, radius: float, ring: float) -> None:
    for index in range(count):
        angle = 2 * pi * index / count
        bend = _bent(angle, radius, 1.0)
        pen.circle(polar(CENTRE, radius, angle), ring)
        pen.circle(polar(CENTRE, radius, angle), 0.38 * ring, "f")
        pitch = 2 * pi / count * radius
        pen.polyline([bend(0.42 * ring, 0.9 * ring), bend(pitch - 0.42 * ring, -0.9 * ring)])


def _bent(angle: float, radius: float, scale: float) -> Bend:
    """Return the mapping that lays a figure along a circle round the drum's centre."""

    def bend(x: float, y: float) -> Point:
        return polar(CENTRE, radius + y * scale, angle - x * scale / radius)

    return bend


# The bird: flies to the right, about 1.9 long, y upward. Each step is a corner, or two control
# points and a corner.
_BIRD: tuple[tuple[float, ...], ...] = (
    (0.95, 0.0),  # tip of the beak
    (0.47, 0.075),
    (0.36, 0.20, 0.20, 0.26, -0.01, 0.305),  # the crest swept back
    (0.12, 0.235, 0.22, 0.15, 0.275, 0.062),
    (0.22, 0.035, 0.18, 0.035, 0.14, 0.058),
    (0.06, 0.25, -0.14, 0.41, -0.41, 0.475),  # the raised wing
    (-0.34, 0.34, -0.29, 0.20, -0.268, 0.052),
    (-0.36, 0.048, -0.45, 0.052, -0.53, 0.062),
    (-0.94, 0.20),  # the fan of the tail
    (-0.905, 0.09, -0.90, 0.0, -0.92, -0.125),
    (-0.53, -0.06),
    (-0.20, -0.12, 0.10, -0.10, 0.28, -0.05),  # the belly
    (0.50, -0.028, 0.72, -0.012, 0.95, 0.0),
)
_WING = ((-0.29, 0.33, -0.18, 0.10), (-0.20, 0.325, -0.10, 0.135), (-0.11, 0.27, -0.02, 0.11),
         (-0.03, 0.205, 0.05, 0.10))  # fmt: skip
_TAIL = ((-0.87, 0.115, -0.57, 0.03), (-0.89, 0.025, -0.57, 0.0), (-0.87, -0.07, -0.57, -0.03))
_LEGS = ((-0.24, -0.105, -0.70, -0.205), (-0.09, -0.105, -0.57, -0.265))


def _bird(pen: Pen, angle: float) -> None:
    r = _RADIUS
    bend = _bent(angle, 0.605 * r, 0.185 * r)
    pen.path([bend(*_BIRD[0])])
    at = _BIRD[0]
    for step in _BIRD[1:]:
        if len(step) == 2:
            step = _straight(at, step)
        x1, y1, x2, y2, x3, y3 = step
        pen.curve(bend(x1, y1), bend(x2, y2), bend(x3, y3))
        at = (x3, y3)
    pen.paint("h B")
    for x1, y1, x2, y2 in (*_WING, *_TAIL, *_LEGS):
        pen.polyline([bend(x1, y1), bend((x1 + x2) / 2, (y1 + y2) / 2), bend(x2, y2)])


def _straight(start: tuple[float, ...], end: tuple[float, ...]) -> tuple[float, ...]:
    """Return a straight step as a curve, so that bending keeps it on the circle."""
    (x1, y1), (x2, y2) = start[:2], end
    return (x1 + (x2 - x1) / 3, y1 + (y2 - y1) / 3, x1 + (x2 - x1) * 2 / 3, y1 + (y2 - y1) * 2 / 3,
            x2, y2)  # fmt: skip
